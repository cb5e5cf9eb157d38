//! What the lists of customers and of articles share: texts in little memory, and what became of
//! the rows.

use crate::history::{Finding, RowExample};
use crate::table::Batch;
use serde_json::{Value, json};
use std::fmt;

/// Texts one after the other in one buffer, because ten million ids of customers may be listed.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, index: usize) -> &str {
        let from = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[from..self.ends[index]]
    }
}

/// What became of the rows of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListCounts {
    /// Rows read.
    pub read: u64,
    /// Rows that name what an earlier row names.
    pub repeated: u64,
    /// Rows that are left out, by the reason.
    pub left_out: Vec<Finding>,
    /// What is remarkable about rows that are used.
    pub notes: Vec<Finding>,
}

impl ListCounts {
    /// Leaves out a row.
    pub(super) fn leave_out(&mut self, what: &str, batch: &Batch, row: usize) {
        add(&mut self.left_out, what, batch, row);
    }

    /// Notes something about a row.
    pub(super) fn note(&mut self, what: &str, batch: &Batch, row: usize) {
        add(&mut self.notes, what, batch, row);
    }

    /// What became of the rows, for the manifest.
    pub fn to_json(&self) -> Value {
        let findings = |list: &[Finding]| -> Value {
            list.iter().map(|f| json!({ "reason": f.what, "rows": f.rows })).collect()
        };
        json!({
            "read": self.read,
            "repeated": self.repeated,
            "rejected": self.left_out.iter().map(|f| f.rows).sum::<u64>(),
            "left_out": findings(&self.left_out),
            "notes": findings(&self.notes),
        })
    }
}

/// One line for each finding.
impl fmt::Display for ListCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.left_out.iter().map(|finding| ("left out", finding));
        let lines = lines.chain(self.notes.iter().map(|finding| ("note", finding)));
        for (i, (kind, finding)) in lines.enumerate() {
            write!(f, "{}  {kind}: {finding}", if i > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

fn add(findings: &mut Vec<Finding>, what: &str, batch: &Batch, row: usize) {
    match findings.iter_mut().find(|finding| finding.what == what) {
        Some(finding) => finding.rows += 1,
        None => findings.push(Finding {
            what: what.to_owned(),
            rows: 1,
            first: Some(RowExample { file: batch.file.to_path_buf(), row: batch.row_number(row) }),
        }),
    }
}
