//! Columns of repeated words as small numbers.

use super::Batch;
use super::cells::{Cells, Raw};
use crate::failure::Failure;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use inseam::train::Coded;
use std::hash::BuildHasher;

/// Encodes `column` over all batches: each text once, by first appearance. Cells are compared as
/// text without blanks around them.
pub fn encode(batches: &[Batch], column: &str) -> Result<Coded, Failure> {
    let rows = batches.iter().map(|b| b.rows.num_rows()).sum::<usize>();
    if rows >= Coded::MISSING as usize {
        return Err(Failure::new(format!("more than {} rows", Coded::MISSING))
            .remedy("train on a shorter history"));
    }
    let mut coder = Coder { codes: Vec::with_capacity(rows), ..Coder::default() };
    for batch in batches {
        coder.push(&batch.cells(column)?);
    }
    Ok(Coded { codes: coder.codes, values: coder.words.names })
}

/// Only the rows for which `keep` holds, and only the texts that they have.
pub fn filter(coded: &Coded, keep: &[bool]) -> Coded {
    let mut new_code = vec![Coded::MISSING; coded.values.len()];
    let mut values = Vec::new();
    let kept = coded.codes.iter().zip(keep).filter(|(_, keep)| **keep);
    let codes = kept.map(|(&code, _)| {
        let Some(new) = new_code.get_mut(code as usize) else { return Coded::MISSING };
        if *new == Coded::MISSING {
            *new = values.len() as u32;
            values.push(coded.values[code as usize].clone());
        }
        *new
    });
    Coded { codes: codes.collect(), values }
}

/// Every text, and the lack of one, replaced by what `translate` makes of it; texts that become
/// equal become one.
pub fn map(coded: &Coded, mut translate: impl FnMut(Option<&str>) -> Option<String>) -> Coded {
    let mut words = Words::default();
    let mut code = |text: Option<String>| text.map_or(Coded::MISSING, |text| words.code(&text));
    let translated: Vec<u32> =
        coded.values.iter().map(|value| code(translate(Some(value)))).collect();
    let missing = code(translate(None));
    let codes = coded
        .codes
        .iter()
        .map(|&code| translated.get(code as usize).copied().unwrap_or(missing))
        .collect();
    Coded { codes, values: words.names }
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
                None => Coded::MISSING,
                Some(Raw::Text(text)) => self.words.code(text),
                Some(Raw::Int(number)) => {
                    let words = &mut self.words;
                    *self.numbers.entry(number).or_insert_with(|| words.code(&number.to_string()))
                }
                Some(Raw::Code(inner)) => *translated[inner].get_or_insert_with(|| {
                    cells.text(i).map_or(Coded::MISSING, |text| self.words.code(&text))
                }),
                Some(Raw::Other) => {
                    cells.text(i).map_or(Coded::MISSING, |text| self.words.code(&text))
                }
            };
            self.codes.push(code);
        }
    }
}
