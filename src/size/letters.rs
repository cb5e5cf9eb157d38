//! Letters and words in text from outside.
//!
//! Without the tables of all of Unicode: those are 14 kB of what the browser loads, and what is
//! compared here is brands and sizes.

/// Whether two names are the same but for upper and lower case and for the spaces around them.
///
/// Case is known of the Latin, Greek and Cyrillic letters of modern languages; other letters have
/// to be the same.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    a.trim().chars().map(lower).eq(b.trim().chars().map(lower))
}

/// The small letter of a capital one; any other character is itself.
fn lower(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => {
            code + 32
        }
        0x400..=0x40F => code + 80,
        // Turkish: its small letter has a dot, as ours has.
        0x130 => u32::from('i'),
        0x178 => 0xFF,
        // Capital and small letters take turns.
        0x100..=0x137 | 0x14A..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17E => (code + 1) & !1,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// Whether a character is part of a word, rather than between words: not so spaces, punctuation and
/// signs.
pub(super) fn in_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{BF}' | '×' | '÷' | '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{303F}' => {
            false
        }
        _ => true,
    }
}

/// Whether a list of words, with one space between them, has this one.
pub(super) fn lists(list: &str, word: &[u8]) -> bool {
    list.as_bytes().split(|b| *b == b' ').any(|listed| listed == word)
}

/// White space folded: the words of a text with one space between them.
pub(super) fn folded(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    let mut space = false;
    for c in text {
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if space {
            out.push(' ');
            space = false;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowers_as_unicode_does_in_the_alphabets_it_knows() {
        let known = [('\0', '\u{17E}'), ('Α', 'Ρ'), ('Σ', 'ω'), ('\u{400}', '\u{45F}')];
        for c in known.into_iter().flat_map(|(first, last)| first..=last).filter(|&c| c != 'İ') {
            assert_eq!(
                lower(c).to_string(),
                c.to_lowercase().to_string(),
                "{c} U+{:04X}",
                u32::from(c)
            );
        }
    }

    #[test]
    fn names_are_the_same_whatever_their_case() {
        assert!(same_name(" Étoile ŁÓDŹ", "étoile łódź "));
        assert!(same_name("İpekyol", "ipekyol"));
        assert!(!same_name("Acme", "Acne"));
        assert!(!same_name("Acme", "Acme 2"));
    }

    #[test]
    fn words_end_at_what_is_no_letter() {
        let words = |text: &'static str| {
            text.split(|c| !in_word(c)).filter(|w| !w.is_empty()).collect::<Vec<_>>()
        };
        assert_eq!(words("Größe: 38–40\u{A0}«M»"), ["Größe", "38", "40", "M"]);
        assert!(
            lists("one two", b"two") && !lists("one two", b"tw") && !lists("one two", b"one two")
        );
    }

    #[test]
    fn folds_white_space() {
        assert_eq!(folded("  a \u{A0}b\tc ".chars()), "a b c");
        assert_eq!(folded(" ".chars()), "");
    }
}
