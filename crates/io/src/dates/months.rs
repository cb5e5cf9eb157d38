//! The names of months in the languages of the shops that name them in dates.

/// For each month the beginnings of its names, in lower case: English, German, French, Spanish,
/// Italian, Portuguese, Dutch and the Scandinavian languages.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrt", "mrz", "maa"],
    &["apr", "avr", "abr"],
    &["may", "mai", "maj", "mei", "mag"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "août", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "déc", "dez", "dic", "des"],
];

/// The number of the month that a word names, whole or by its first three letters; `None` for any
/// other word.
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.chars().any(|c| !c.is_alphabetic()) {
        return None;
    }
    let names = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)));
    names.map(|index| index as i8 + 1)
}
