//! Reads CSV with the separators `,`, `;` and tab.
//!
//! This uses `csv-core` instead of `csv`, because only `csv-core` lets the reader cap the length of
//! a record. Without a cap an unclosed quote in a large file would fill the memory.

use super::batch::{Batch, BrokenRow, MAX_BATCH_ROWS, RowNumbers};
use super::text_file::{self, MAX_RECORD_BYTES, TextFile};
use crate::failure::{Failure, RowNumber};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use csv_core::ReadRecordResult;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

/// The largest number of columns of a file.
const MAX_COLUMNS: usize = 1 << 14;
/// A batch ends with the row that brings its text to this many bytes. This keeps the offsets of
/// Arrow's string columns within 32 bits.
const MAX_BATCH_BYTES: usize = 64 << 20;

/// Reads the records of a CSV file, the header included.
struct Records {
    file: Arc<Path>,
    input: Box<dyn BufRead + Send>,
    parser: csv_core::Reader,
    /// The text of the current record's fields, one after the other.
    text: Vec<u8>,
    /// The end of each field in `text`.
    ends: Vec<usize>,
    /// The number of fields of the current record.
    fields: usize,
}

impl Records {
    fn open(file: Arc<Path>) -> Result<Self, Failure> {
        let TextFile { beginning, input } = text_file::open(&file)?;
        let parser = csv_core::ReaderBuilder::new().delimiter(separator(&beginning)).build();
        Ok(Self { file, input, parser, text: vec![0; 1 << 12], ends: vec![0; 64], fields: 0 })
    }

    /// Reads the next record and returns the line on which it begins; `None` at the end.
    fn next(&mut self) -> Result<Option<u64>, Failure> {
        let (mut text, mut fields) = (0, 0);
        loop {
            let input =
                self.input.fill_buf().map_err(|e| text_file::read_failure(&self.file, &e))?;
            let (result, used, written, ended) =
                self.parser.read_record(input, &mut self.text[text..], &mut self.ends[fields..]);
            let newline = used > 0 && input[used - 1] == b'\n';
            self.input.consume(used);
            text += written;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() < MAX_RECORD_BYTES => {
                    self.text.resize(self.text.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MAX_COLUMNS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull => {
                    let inside = count_newlines(&self.text[..text]);
                    let began = self.parser.line() - inside;
                    return Err(text_file::too_long(&self.file, began, "a record")
                        .remedy("look for an unclosed quote on that line"));
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err(Failure::new(format!("more than {MAX_COLUMNS} columns"))
                        .in_file(&self.file)
                        .at(RowNumber::Line(self.parser.line())));
                }
                ReadRecordResult::Record => {
                    self.fields = fields;
                    // The parser skips blank lines before a record. Therefore this counts back
                    // from the line on which the record ends.
                    return Ok(Some(
                        self.parser.line()
                            - u64::from(newline)
                            - count_newlines(&self.text[..text]),
                    ));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn field(&self, index: usize) -> &[u8] {
        let from = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[from..self.ends[index]]
    }

    /// The names of the columns, without the blanks around them.
    fn header(&mut self) -> Result<Vec<String>, Failure> {
        let Some(line) = self.next()? else {
            return Err(Failure::new("is empty")
                .in_file(&self.file)
                .remedy("its first line must name the columns"));
        };
        (0..self.fields)
            .map(|i| match text_file::utf8_problem(self.field(i)) {
                Some(problem) => Err(Failure::new(format!("the header {problem}"))
                    .in_file(&self.file)
                    .at(RowNumber::Line(line))),
                None => Ok(String::from_utf8_lossy(self.field(i)).trim().to_owned()),
            })
            .collect()
    }
}

fn count_newlines(text: &[u8]) -> u64 {
    text.iter().map(|&b| u64::from(b == b'\n')).sum()
}

/// The separator: the most frequent of `,`, `;` and tab in the header, outside quotes.
fn separator(beginning: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for &byte in beginning.iter().skip_while(|b| b.is_ascii_whitespace()) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                counts.iter_mut().filter(|(c, _)| *c == byte).for_each(|(_, n)| *n += 1)
            }
            _ => {}
        }
    }
    // `max_by_key` returns the last of several maxima, and the comma should win a tie.
    counts.into_iter().rev().max_by_key(|&(_, n)| n).map_or(b',', |(c, _)| c)
}

/// The names of a file's columns.
pub(super) fn columns(file: Arc<Path>) -> Result<Vec<String>, Failure> {
    Records::open(file)?.header()
}

/// The rows of a CSV file, batch by batch.
pub(super) struct CsvBatches {
    records: Records,
    schema: SchemaRef,
    /// The field of each wanted column.
    wanted: Vec<usize>,
    /// The number of fields of the header.
    width: usize,
    ended: bool,
}

impl CsvBatches {
    /// Opens `file` to read the columns with these indexes in its header.
    pub(super) fn open(file: Arc<Path>, wanted: Vec<usize>) -> Result<Self, Failure> {
        let mut records = Records::open(file)?;
        let header = records.header()?;
        let schema = Schema::new(
            wanted
                .iter()
                .map(|&i| Field::new(header[i].as_str(), DataType::Utf8, true))
                .collect::<Vec<_>>(),
        );
        Ok(Self { records, schema: Arc::new(schema), wanted, width: header.len(), ended: false })
    }

    fn read(&mut self) -> Result<Option<Batch>, Failure> {
        let mut builders: Vec<_> = self.wanted.iter().map(|_| StringBuilder::new()).collect();
        let (mut lines, mut broken, mut bytes) = (Vec::new(), Vec::new(), 0);
        while lines.len() < MAX_BATCH_ROWS && bytes < MAX_BATCH_BYTES {
            let Some(line) = self.records.next()? else {
                self.ended = true;
                break;
            };
            let mut problem = (self.records.fields != self.width).then(|| {
                format!("has {} fields, but the header has {}", self.records.fields, self.width)
            });
            for (builder, &field) in builders.iter_mut().zip(&self.wanted) {
                if field >= self.records.fields {
                    builder.append_null();
                    continue;
                }
                let cell = self.records.field(field);
                bytes += cell.len();
                match std::str::from_utf8(cell) {
                    Ok("") => builder.append_null(),
                    Ok(cell) => builder.append_value(cell),
                    Err(_) => {
                        builder.append_value(String::from_utf8_lossy(cell));
                        problem = problem.or_else(|| text_file::utf8_problem(cell));
                    }
                }
            }
            let index = lines.len();
            broken.extend(problem.map(|problem| BrokenRow { index, problem }));
            lines.push(line);
        }
        if lines.is_empty() {
            return Ok(None);
        }
        let columns = builders.iter_mut().map(|b| Arc::new(b.finish()) as ArrayRef).collect();
        let file = Arc::clone(&self.records.file);
        let rows = RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|e| Failure::new(e.to_string()).in_file(&file))?;
        Ok(Some(Batch { rows, file, broken, numbers: RowNumbers::Lines(lines) }))
    }
}

impl Iterator for CsvBatches {
    type Item = Result<Batch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read();
        // After a failure the state of the parser is undefined.
        self.ended |= batch.is_err();
        batch.transpose()
    }
}
