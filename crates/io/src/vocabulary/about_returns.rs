//! Words in names of files and headers that are about returns.

use super::fold::squeezed;

/// Beginnings of such words. Folded.
const WORDS: [&str; 13] = [
    "return", "rma", "retoure", "retour", "rueck", "ruck", "devolu", "resi", "reso", "zwrot",
    "palaut", "refund", "reclam",
];

/// Whether one of the words of a name begins like a word about returns.
pub(crate) fn is_about_returns(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter_map(squeezed);
    words.into_iter().any(|word| WORDS.iter().any(|start| word.starts_with(start)))
}
