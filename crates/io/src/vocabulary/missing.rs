//! Words that stand for a value that is not there.

use super::fold::lists;

/// Words for missing values that programs and people write, in lower case and without punctuation.
///
/// `nv`, `nd`, `wert`, `bezug` and `nul` are from the errors of spreadsheets in German and French:
/// `#NV`, `#N/D`, `#WERT!`, `#BEZUG!`, `#NUL!`.
const WORDS: &str = "null na nan nat none nil undefined undef missing blank empty leer vide vacio vacío vuoto \
     notavailable notapplicable notset notspecified nodata novalue keine keineangabe ka nv nd sd sindatos \
     nichtangegeben nonrenseigné nondisponibile nondisponible";
/// The errors of spreadsheets behind the sign #, in lower case and without punctuation.
const ERRORS: &str = "na nv nd nul null ref value name num div0 wert bezug zahl valeur valor";
/// The longest text that is compared with the words, in bytes.
const MAX_WORD: usize = 24;

/// What a check mark or a cross says.
pub(super) fn check_mark(text: &str) -> Option<bool> {
    match text.trim().trim_end_matches('\u{fe0f}') {
        "✓" | "✔" | "☑" | "✅" => Some(true),
        "✗" | "✘" | "☐" | "❌" => Some(false),
        _ => None,
    }
}

/// Whether a text stands for a missing value: `NULL`, `N/A`, `nan`, `None`, `#N/A`, `(blank)`,
/// `k.A.` and the like, or a text without letters and digits, such as `-`, `--` and `?`.
pub fn is_missing(text: &str) -> bool {
    // Most values are told by their digits: no word for a missing value has any, besides #DIV/0!.
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    if text.len() > MAX_WORD || (has_digit && !text.starts_with('#')) {
        return false;
    }
    let word: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let listed = |words: &str| lists(words, &word);
    if word.is_empty() || text == "\\N" {
        return check_mark(text).is_none();
    }
    let error = text.trim().starts_with('#');
    // Two letters may be an abbreviation of a shop, like the size system SD.
    let abbreviated = word.len() == 2 && word != "na" && !text.contains(['.', '/']);
    (listed(WORDS) && !abbreviated) || (error && listed(ERRORS))
}

/// More words that stand for a missing value in a column of sizes, in lower case and with letters
/// only: words of more languages, and what a form shows before a size is chosen.
const NO_SIZE_WORDS: &str = "unknown unbekannt inconnu desconocido sconosciuto onbekend nieznany okänd ukendt ukjent tuntematon nul \
     void tbd tba nvt niet brak brakdanych bd nd nv puste leeg vazio tom tyhjä žádný yok нет неизвестно неуказан なし 無 无 없음 未指定 不明 \
     noneselected nosizeselected selectsize selectasize chooseasize chooseanoption chooseasizeoption pleaseselect pleasechoose \
     selectanoption bittewählen größewählen choisiruneoption choisirunetaille eligeunaopción eligetalla seleccionaunaopción \
     seleccionartalla scegliunopzione scegliunataglia kieseenoptie kieseenmaat wybierzopcję wybierzrozmiar väljettalternativ \
     väljstorlek selecioneotamanho escolhaumaopção";

/// Whether a text in a column of sizes stands for a missing one: what [`is_missing`] knows, and
/// `unknown`, `Select size`, `n.v.t.`, `なし` and the like.
pub fn is_no_size(text: &str) -> bool {
    if is_missing(text) {
        return true;
    }
    if text.len() > 2 * MAX_WORD || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // "null,null": the same of several columns.
    let parts = || text.split([',', ';', '|']).map(str::trim);
    if parts().count() > 1 && parts().all(is_missing) {
        return true;
    }
    let word: String =
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    lists(NO_SIZE_WORDS, &word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_missing_values() {
        for text in [
            "",
            "-",
            "--",
            "?",
            "\u{2013}",
            ".",
            "...",
            "/",
            "NULL",
            "null",
            "(null)",
            "<NA>",
            "N/A",
            "n/a",
            "NA",
            "n.a.",
            "#N/A",
            "#NV",
            "#N/D",
            "#REF!",
            "#WERT!",
            "nan",
            "NaN",
            "NaT",
            "None",
            "none",
            "nil",
            "undefined",
            "(blank)",
            "[missing]",
            "\\N",
            "k.A.",
            "Keine Angabe",
            "s/d",
            "not available",
        ] {
            assert!(is_missing(text), "{text:?}");
        }
    }

    #[test]
    fn words_that_are_no_size() {
        for text in [
            "NULL",
            "unknown",
            "Select size",
            "Bitte wählen",
            "n.v.t.",
            "なし",
            "nul",
            "null,null",
            "b/d",
        ] {
            assert!(is_no_size(text), "{text:?}");
        }
        for text in ["M", "0", "One Size", "U", "T", "Uni", "ND/3", "M,L", "Tom Tailor", "-1"] {
            assert!(!is_no_size(text), "{text:?}");
        }
    }

    #[test]
    fn other_texts_are_values() {
        for text in [
            "0",
            "M",
            "S",
            "c1",
            "Nana",
            "nan1",
            "Nike",
            "NB",
            "ND",
            "nv",
            "KA",
            "#12",
            "#5 navy",
            "ref",
            "value",
            "Keine Fotos GmbH",
            "サイズ",
            "+1",
            "unknown",
        ] {
            assert!(!is_missing(text), "{text:?}");
        }
    }
}
