//! Reading CSV: separators , ; and tab, quotes, gzip.
//!
//! On `csv-core` and not `csv`: an unclosed quote in a large file must run into a cap, not into the
//! machine's memory.

use super::lines::{self, Opened};
use super::{BATCH_ROWS, Batch, Places, RECORD_CAP};
use crate::failure::{Failure, Row};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use csv_core::ReadRecordResult;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

/// Most columns a file may have.
const COLUMNS_CAP: usize = 1 << 14;
/// A batch is closed once it holds this much text, so that 32-bit offsets suffice.
const BATCH_BYTES: usize = 64 << 20;

/// The records of a CSV file, header included.
struct Records {
    file: Arc<Path>,
    input: Box<dyn BufRead + Send>,
    core: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
}

impl Records {
    fn open(file: Arc<Path>) -> Result<Self, Failure> {
        let Opened { beginning, input } = lines::open(&file)?;
        let core = csv_core::ReaderBuilder::new().delimiter(separator(&beginning)).build();
        Ok(Self { file, input, core, text: vec![0; 1 << 12], ends: vec![0; 64], fields: 0 })
    }

    /// Reads the next record; gives the line it begins on, or `None` at the end.
    fn next(&mut self) -> Result<Option<u64>, Failure> {
        let (mut text, mut fields) = (0, 0);
        loop {
            let input = self.input.fill_buf().map_err(|e| lines::read_failure(&self.file, &e))?;
            let (result, used, written, ended) =
                self.core.read_record(input, &mut self.text[text..], &mut self.ends[fields..]);
            let newline = used > 0 && input[used - 1] == b'\n';
            self.input.consume(used);
            text += written;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.text.len() < RECORD_CAP => {
                    self.text.resize(self.text.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < COLUMNS_CAP => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::OutputFull => {
                    let inside = count_newlines(&self.text[..text]);
                    let began = self.core.line() - inside;
                    return Err(lines::too_long(&self.file, began, "a record")
                        .remedy("is a quote left open on that line?"));
                }
                ReadRecordResult::OutputEndsFull => {
                    return Err(Failure::new(format!("more than {COLUMNS_CAP} columns"))
                        .in_file(&self.file)
                        .at(Row::Line(self.core.line())));
                }
                ReadRecordResult::Record => {
                    self.fields = fields;
                    // The parser skips blank lines before a record, so the line it began on is
                    // counted from its end.
                    return Ok(Some(
                        self.core.line() - u64::from(newline) - count_newlines(&self.text[..text]),
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

    /// The header's names, trimmed.
    fn header(&mut self) -> Result<Vec<String>, Failure> {
        let Some(line) = self.next()? else {
            return Err(Failure::new("is empty")
                .in_file(&self.file)
                .remedy("its first line must name the columns"));
        };
        (0..self.fields)
            .map(|i| match lines::not_utf8(self.field(i)) {
                Some(why) => Err(Failure::new(format!("the header {why}"))
                    .in_file(&self.file)
                    .at(Row::Line(line))),
                None => Ok(String::from_utf8_lossy(self.field(i)).trim().to_owned()),
            })
            .collect()
    }
}

fn count_newlines(text: &[u8]) -> u64 {
    text.iter().map(|&b| u64::from(b == b'\n')).sum()
}

/// The separator: whichever of , ; and tab is most frequent in the header outside quotes.
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
    // `max_by_key` takes the last of equals, and a comma should win a draw.
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
    /// For each wanted column, its field in a record.
    wanted: Vec<usize>,
    width: usize,
    ended: bool,
}

impl CsvBatches {
    /// Opens `file` to read the columns at these indexes of its header.
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
        let (mut places, mut broken, mut bytes) = (Vec::new(), Vec::new(), 0);
        while places.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            let Some(line) = self.records.next()? else {
                self.ended = true;
                break;
            };
            let mut why = (self.records.fields != self.width).then(|| {
                format!("has {} fields where the header has {}", self.records.fields, self.width)
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
                        why = why.or_else(|| lines::not_utf8(cell));
                    }
                }
            }
            broken.extend(why.map(|why| (places.len(), why)));
            places.push(line);
        }
        if places.is_empty() {
            return Ok(None);
        }
        let columns = builders.iter_mut().map(|b| Arc::new(b.finish()) as ArrayRef).collect();
        let file = Arc::clone(&self.records.file);
        let rows = RecordBatch::try_new(Arc::clone(&self.schema), columns)
            .map_err(|e| Failure::new(e.to_string()).in_file(&file))?;
        Ok(Some(Batch { rows, file, broken, places: Places::Lines(places) }))
    }
}

impl Iterator for CsvBatches {
    type Item = Result<Batch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read();
        // After a failure the parser's state means nothing.
        self.ended |= batch.is_err();
        batch.transpose()
    }
}
