//! Encodes columns of repeated texts: each distinct text once, and a small number for each row.

use super::cells::{Cells, GroupKey};
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use inseam::train::Coded;
use std::hash::BuildHasher;

/// Replaces every text, and the missing value, by what `translation` returns for it. Texts with
/// the same translation get the same code.
pub fn translate(
    mut coded: Coded,
    mut translation: impl FnMut(Option<&str>) -> Option<String>,
) -> Coded {
    let mut texts = CodedTexts::default();
    let mut code = |text: Option<String>| text.map_or(Coded::MISSING, |text| texts.code(&text));
    let translated: Vec<u32> =
        coded.values.iter().map(|value| code(translation(Some(value)))).collect();
    let missing = code(translation(None));
    for code in &mut coded.codes {
        *code = translated.get(*code as usize).copied().unwrap_or(missing);
    }
    Coded { codes: coded.codes, values: texts.values }
}

/// Distinct texts. The code of a text is its index.
#[derive(Default)]
struct CodedTexts {
    values: Vec<String>,
    /// The hash of each value with its code, so that no text is hashed twice.
    table: HashTable<(u64, u32)>,
    hasher: DefaultHashBuilder,
}

impl CodedTexts {
    /// The code of this text, which becomes a new value if it is not one yet.
    fn code(&mut self, text: &str) -> u32 {
        let (values, hasher) = (&mut self.values, &self.hasher);
        let hash = hasher.hash_one(text);
        let entry = self.table.entry(
            hash,
            |&(other, code)| other == hash && values[code as usize] == text,
            |&(hash, _)| hash,
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => entry.get().1,
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let code = values.len() as u32;
                entry.insert((hash, code));
                values.push(text.to_owned());
                code
            }
        }
    }
}

/// Encodes one column, batch by batch. Cells with the same text, without the blanks around it, get
/// the same code. The codes follow the order of first appearance.
#[derive(Default)]
pub struct Coder {
    codes: Vec<u32>,
    texts: CodedTexts,
    /// The code of the last text. Tables that are sorted have equal texts in turn.
    last: u32,
    /// The codes of whole numbers, so that each distinct number is formatted once.
    numbers: HashMap<i128, u32>,
}

impl Coder {
    /// Adds the cells of the next batch.
    pub fn push(&mut self, cells: &Cells<'_>) {
        // The code of each value of this batch's dictionary.
        let mut dictionary = vec![None; cells.dictionary().map_or(0, Cells::len)];
        for i in 0..cells.len() {
            let code = match cells.group_key(i) {
                None => Coded::MISSING,
                Some(GroupKey::Text(text)) => {
                    if self.texts.values.get(self.last as usize).is_none_or(|last| last != text) {
                        self.last = self.texts.code(text);
                    }
                    self.last
                }
                Some(GroupKey::Int(number)) => {
                    let texts = &mut self.texts;
                    *self.numbers.entry(number).or_insert_with(|| texts.code(&number.to_string()))
                }
                Some(GroupKey::Dictionary(key)) => *dictionary[key].get_or_insert_with(|| {
                    cells.text(i).map_or(Coded::MISSING, |text| self.texts.code(&text))
                }),
                Some(GroupKey::Other) => {
                    cells.text(i).map_or(Coded::MISSING, |text| self.texts.code(&text))
                }
            };
            self.codes.push(code);
        }
    }

    /// Adds one cell with this text.
    pub fn push_text(&mut self, text: Option<&str>) {
        let code = text.map_or(Coded::MISSING, |text| self.texts.code(text));
        self.codes.push(code);
    }

    /// The column.
    pub fn finish(self) -> Coded {
        Coded { codes: self.codes, values: self.texts.values }
    }
}
