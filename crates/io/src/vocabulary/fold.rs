//! Folds texts, so that spellings of one word compare equal.

/// The longest text that is looked up, in bytes. Longer texts are comments, not words.
const MAX_BYTES: usize = 160;

/// The words of a text in lower case, without accents and punctuation: "Zu groß!" becomes `zu`,
/// `gross`. An apostrophe joins: "doesn't" is one word. `None` if the text has no words, or is too
/// long for a reason.
pub(crate) fn words(text: &str) -> Option<Vec<String>> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut words = vec![String::new()];
    for c in text.chars().filter(|c| !matches!(c, '\'' | '\u{2019}' | '`' | '\u{b4}')) {
        // Combining accents, as in a decomposed "é", belong to their letter.
        if c.is_alphanumeric() || is_accent(c) {
            // `words` is never empty.
            if let Some(word) = words.last_mut() {
                c.to_lowercase().for_each(|c| push_folded(word, c));
            }
        } else if words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    (!words.is_empty()).then_some(words)
}

/// Whether a list of words, separated by blanks, has this word.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// The words of a text as one text without blanks, the form in which lists are searched.
pub(crate) fn squeezed(text: &str) -> Option<String> {
    words(text).map(|words| words.concat())
}

/// Appends a letter without its accents.
fn push_folded(out: &mut String, c: char) {
    out.push_str(match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' | 'ă' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ı' => "i",
        'í' | 'ì' | 'î' | 'ï' => "i",
        'ł' | 'ľ' | 'ĺ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        // The form of sigma at the end of words, which capitals do not have.
        'ς' => "σ",
        c if is_accent(c) => "",
        c => return out.push(c),
    });
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_become_equal() {
        for (text, folded) in [
            ("Zu groß!", vec!["zu", "gross"]),
            ("TROP_SERRÉ", vec!["trop", "serre"]),
            ("Doesn\u{2019}t fit", vec!["doesnt", "fit"]),
            ("e\u{301}troit", vec!["etroit"]),
            ("ΛΆΘΟΣ ΜΕΓΕΘΟΣ", vec!["λαθοσ", "μεγεθοσ"]),
            ("λάθος μέγεθος", vec!["λαθοσ", "μεγεθοσ"]),
            ("Mărime greșită", vec!["marime", "gresita"]),
        ] {
            assert_eq!(words(text).unwrap(), folded, "{text}");
        }
        assert_eq!(words("-_-"), None);
        assert_eq!(words(&"a".repeat(161)), None);
        assert_eq!(squeezed("CR-UNWANTED_ITEM").unwrap(), "crunwanteditem");
    }
}
