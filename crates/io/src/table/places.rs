//! Where rows are in their files, for messages about rows whose batches are gone.

use super::batch::{Batch, RowNumbers};
use crate::failure::{Failure, RowNumber};
use std::path::Path;
use std::sync::Arc;

/// The places of the rows of a table, batch by batch.
#[derive(Clone, Debug, Default)]
pub struct Places {
    parts: Vec<Part>,
    rows: usize,
    /// The rows that the reader could not read properly, rising, each with its problem.
    broken: Vec<(u32, String)>,
}

/// The rows of one batch.
#[derive(Clone, Debug)]
struct Part {
    /// The end of its rows among all rows.
    end: usize,
    file: Arc<Path>,
    numbers: Numbers,
}

/// The numbers of the rows of a part. Rows with consecutive numbers are one run: its first index in
/// the part, and the number of that row.
#[derive(Clone, Debug)]
enum Numbers {
    Rows(u64),
    Lines(Vec<(u32, u64)>),
}

impl Places {
    /// Adds the rows of the next batch.
    pub fn push(&mut self, batch: &Batch) {
        let first = self.rows;
        let numbers = match &batch.numbers {
            RowNumbers::From(number) => Numbers::Rows(*number),
            RowNumbers::Lines(lines) => Numbers::Lines(runs(lines)),
        };
        let broken = batch.broken.iter();
        self.broken.extend(broken.map(|row| ((first + row.index) as u32, row.problem.clone())));
        self.rows += batch.rows.num_rows();
        self.parts.push(Part { end: self.rows, file: Arc::clone(&batch.file), numbers });
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The rows that the reader could not read properly, rising, each with its problem as the end
    /// of a sentence that begins with the row.
    pub fn broken(&self) -> impl Iterator<Item = (u32, &str)> {
        self.broken.iter().map(|(row, problem)| (*row, problem.as_str()))
    }

    /// The file of each batch, with the end of its rows among all rows.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<Path>, usize)> {
        self.parts.iter().map(|part| (&part.file, part.end))
    }

    /// The file of a row, and its number there.
    pub fn find(&self, row: u32) -> Option<(&Path, RowNumber)> {
        let at = self.parts.partition_point(|part| part.end <= row as usize);
        let part = self.parts.get(at)?;
        let first = if at == 0 { 0 } else { self.parts[at - 1].end };
        let index = row as usize - first;
        let number = match &part.numbers {
            Numbers::Rows(number) => RowNumber::Row(number + index as u64),
            Numbers::Lines(runs) => {
                let run = runs.partition_point(|(first, _)| *first as usize <= index) - 1;
                let (first, line) = runs[run];
                RowNumber::Line(line + (index - first as usize) as u64)
            }
        };
        Some((&part.file, number))
    }

    /// A failure that names a row.
    pub fn failure(&self, row: u32, problem: impl Into<String>) -> Failure {
        let failure = Failure::new(problem);
        match self.find(row) {
            Some((file, number)) => failure.in_file(file).at(number),
            None => failure,
        }
    }
}

fn runs(lines: &[u64]) -> Vec<(u32, u64)> {
    let mut runs = Vec::new();
    for (index, &line) in lines.iter().enumerate() {
        if index == 0 || lines[index - 1] + 1 != line {
            runs.push((index as u32, line));
        }
    }
    runs.shrink_to_fit();
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::BrokenRow;
    use arrow_array::{ArrayRef, NullArray, RecordBatch};

    fn batch(file: &str, numbers: RowNumbers, rows: usize, broken: &[usize]) -> Batch {
        let column = Arc::new(NullArray::new(rows)) as ArrayRef;
        let problem = |&index: &usize| BrokenRow { index, problem: "is broken".into() };
        Batch {
            rows: RecordBatch::try_from_iter([("a", column)]).unwrap(),
            file: Path::new(file).into(),
            broken: broken.iter().map(problem).collect(),
            numbers,
        }
    }

    #[test]
    fn rows_are_found_as_in_their_batches() {
        let lines = vec![2, 3, 7, 8, 20];
        let batches = [
            batch("a.csv", RowNumbers::Lines(lines), 5, &[1, 4]),
            batch("b.parquet", RowNumbers::From(1), 3, &[]),
            batch("b.parquet", RowNumbers::From(4), 2, &[0]),
        ];
        let mut places = Places::default();
        batches.iter().for_each(|batch| places.push(batch));
        let mut row = 0;
        for batch in &batches {
            for index in 0..batch.rows.num_rows() {
                assert_eq!(places.find(row), Some((&*batch.file, batch.row_number(index))));
                row += 1;
            }
        }
        assert_eq!((places.rows(), places.find(row)), (10, None));
        assert_eq!(places.broken().map(|(row, _)| row).collect::<Vec<_>>(), [1, 4, 8]);
        let message = places.failure(2, "is wrong").to_string();
        assert!(message.contains("a.csv") && message.contains("line 7"), "{message}");
    }
}
