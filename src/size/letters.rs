//! Case, words and white space in untrusted text, without Unicode's full tables, which would add 14
//! kB to what the browser loads.

/// Whether two names are equal apart from case and surrounding white space.
///
/// Case is ignored for the Latin, Greek and Cyrillic letters of modern languages; other letters
/// must be identical.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    a.trim().chars().map(lower).eq(b.trim().chars().map(lower))
}

/// The lower case of a letter; other characters stay the same.
pub(super) fn lower(c: char) -> char {
    let code = u32::from(c);
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => {
            code + 32
        }
        0x400..=0x40F => code + 80,
        // The Turkish dotted capital I.
        0x130 => u32::from('i'),
        0x178 => 0xFF,
        // Upper and lower case alternate.
        0x100..=0x137 | 0x14A..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17E => (code + 1) & !1,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// A small letter of a Latin alphabet without its accent.
#[cfg(feature = "train")]
pub(super) fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' => 't',
        'ù'..='ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        c => c,
    }
}

/// Whether a character is part of a word: not white space, punctuation or a symbol.
pub(super) fn in_word(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{BF}' | '×' | '÷' | '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{303F}' => {
            false
        }
        _ => true,
    }
}

/// Whether a list of words, separated by single spaces, contains this one.
pub(super) fn lists(list: &str, word: &[u8]) -> bool {
    list.as_bytes().split(|b| *b == b' ').any(|listed| listed == word)
}

/// The words of a text with single spaces between them.
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
    fn lower_case_agrees_with_unicode_in_the_supported_alphabets() {
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
    fn names_are_equal_in_any_case() {
        assert!(same_name(" Étoile ŁÓDŹ", "étoile łódź "));
        assert!(same_name("İpekyol", "ipekyol"));
        assert!(!same_name("Acme", "Acne"));
        assert!(!same_name("Acme", "Acme 2"));
    }

    #[test]
    fn words_end_at_other_characters() {
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
