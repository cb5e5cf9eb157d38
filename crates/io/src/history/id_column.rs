//! Reads a column of ids of which only digests are kept.

use super::ids::{DigestOfId, IdKind, id_problem, plain_id};
use super::rejects::Problem;
use super::values::name_problem;
use crate::table::Cells;
use crate::vocabulary::is_missing;
use inseam::train::IdDigest;
use std::sync::Arc;

/// Reads a column of ids, batch by batch.
pub(super) struct IdColumn<'d> {
    kind: IdKind,
    digest: DigestOfId<'d>,
    /// The index of the column among the uses of columns.
    column: usize,
    /// Whether the column has floating-point numbers in any file.
    float: bool,
    digests: Vec<IdDigest>,
    problems: Vec<Problem>,
    last: LastId,
}

/// The id of the last row: the next row is often of the same order.
#[derive(Default)]
struct LastId {
    text: String,
    digest: IdDigest,
    problem: Option<Arc<str>>,
}

impl<'d> IdColumn<'d> {
    pub(super) fn new(kind: IdKind, digest: DigestOfId<'d>, column: usize, float: bool) -> Self {
        let (digests, problems, last) = (Vec::new(), Vec::new(), LastId::default());
        Self { kind, digest, column, float, digests, problems, last }
    }

    pub(super) fn push(&mut self, cells: &Cells<'_>) {
        for i in 0..cells.len() {
            let Some(text) = cells.coded_text(i) else {
                self.digests.push(IdDigest::MISSING);
                continue;
            };
            if *text != *self.last.text {
                self.last = self.read(&text);
            }
            let (row, column) = (self.digests.len() as u32, self.column);
            let problem = self.last.problem.iter().cloned();
            self.problems.extend(problem.map(|what| Problem { row, column, what }));
            self.digests.push(self.last.digest);
        }
    }

    fn read(&self, text: &str) -> LastId {
        if is_missing(text) {
            return LastId { text: text.to_owned(), ..LastId::default() };
        }
        let problem = name_problem(text).or_else(|| id_problem(text, self.float));
        LastId {
            text: text.to_owned(),
            digest: (self.digest)(self.kind, &plain_id(text)),
            problem: problem.map(Arc::from),
        }
    }

    /// The digests of all rows, and their problems.
    pub(super) fn finish(self) -> (Vec<IdDigest>, Vec<Problem>) {
        (self.digests, self.problems)
    }
}
