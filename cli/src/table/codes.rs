//! Columns of repeated words as small numbers.

use super::Batch;
use super::cells::{Cells, Raw};
use crate::failure::Failure;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use std::hash::BuildHasher;

/// The code of an empty cell.
pub(crate) const MISSING: u32 = u32::MAX;

/// One column over all batches: for each row the index of its text, by first appearance, or [`MISSING`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Coded {
    /// One for each row.
    pub(crate) codes: Vec<u32>,
    /// The texts, each once.
    pub(crate) names: Vec<String>,
}

impl Coded {
    /// Encodes `column`. Cells are compared as text without blanks around them.
    pub(crate) fn new(batches: &[Batch], column: &str) -> Result<Self, Failure> {
        let rows = batches.iter().map(|b| b.rows.num_rows()).sum::<usize>();
        if rows >= MISSING as usize {
            return Err(Failure::new(format!("more than {MISSING} rows")).remedy("train on a shorter history"));
        }
        let mut coder = Coder { codes: Vec::with_capacity(rows), ..Coder::default() };
        for batch in batches {
            coder.push(&batch.cells(column)?);
        }
        Ok(Self { codes: coder.codes, names: coder.words.names })
    }

    /// A column in which every cell is empty.
    pub(crate) fn missing(rows: usize) -> Self {
        Self { codes: vec![MISSING; rows], names: Vec::new() }
    }

    /// The text of a row.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        self.names.get(self.codes[row] as usize).map(String::as_str)
    }

    /// Only the rows for which `keep` holds, and only the texts that they have.
    pub(crate) fn filter(&self, keep: &[bool]) -> Self {
        let mut new_code = vec![MISSING; self.names.len()];
        let mut names = Vec::new();
        let codes = self.codes.iter().zip(keep).filter(|(_, keep)| **keep).map(|(&code, _)| {
            let Some(new) = new_code.get_mut(code as usize) else { return MISSING };
            if *new == MISSING {
                *new = names.len() as u32;
                names.push(self.names[code as usize].clone());
            }
            *new
        });
        Self { codes: codes.collect(), names }
    }

    /// Every text replaced by what `translate` makes of it; texts that become equal become one.
    pub(crate) fn map(self, mut translate: impl FnMut(&str) -> String) -> Self {
        let mut words = Words::default();
        let translated: Vec<u32> = self.names.iter().map(|name| words.code(&translate(name))).collect();
        let codes = self.codes.iter().map(|&code| translated.get(code as usize).copied().unwrap_or(MISSING)).collect();
        Self { codes, names: words.names }
    }
}

/// Texts, each with its code.
#[derive(Default)]
struct Words {
    names: Vec<String>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Words {
    fn code(&mut self, text: &str) -> u32 {
        let (names, hasher) = (&mut self.names, &self.hasher);
        let hash = hasher.hash_one(text);
        let entry = self.table.entry(
            hash,
            |&code| names[code as usize] == text,
            |&code| hasher.hash_one(names[code as usize].as_str()),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => *entry.get(),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let code = names.len() as u32;
                entry.insert(code);
                names.push(text.to_owned());
                code
            }
        }
    }
}

#[derive(Default)]
struct Coder {
    codes: Vec<u32>,
    words: Words,
    /// Codes of whole numbers, so that each is formatted once.
    numbers: HashMap<i128, u32>,
}

impl Coder {
    fn push(&mut self, cells: &Cells<'_>) {
        // Codes of this batch's dictionary in ours.
        let mut translated = vec![None; cells.values().map_or(0, Cells::len)];
        for i in 0..cells.len() {
            let code = match cells.raw(i) {
                None => MISSING,
                Some(Raw::Text(text)) => self.words.code(text),
                Some(Raw::Int(number)) => {
                    let words = &mut self.words;
                    *self.numbers.entry(number).or_insert_with(|| words.code(&number.to_string()))
                }
                Some(Raw::Code(inner)) => *translated[inner]
                    .get_or_insert_with(|| cells.text(i).map_or(MISSING, |text| self.words.code(&text))),
                Some(Raw::Other) => cells.text(i).map_or(MISSING, |text| self.words.code(&text)),
            };
            self.codes.push(code);
        }
    }
}
