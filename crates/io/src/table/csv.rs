//! Reads delimited text: CSV, TSV and their relatives.
//!
//! This has its own reader instead of the crate `csv`, because it must cap the length of a record,
//! name the line of a stray quote mark, and continue on the next line after one.

use super::batch::{Batch, BrokenRow, MAX_BATCH_ROWS, ReadBatches, RowNumbers};
use super::csv_form::CsvForm;
use super::record::{Record, Splitter, plain_fields, without_line_end};
use super::text_file::{self, MAX_RECORD_BYTES};
use crate::failure::{Failure, RowNumber, shown};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use encoding_rs::{Encoding, UTF_8};
use std::collections::VecDeque;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

/// The largest number of columns of a file.
const MAX_COLUMNS: usize = 1 << 14;
/// A batch ends with the row that brings its text to this many bytes. This keeps the offsets of
/// Arrow's string columns within 32 bits.
const MAX_BATCH_BYTES: usize = 64 << 20;

/// Reads the records of a file, the header included.
pub(super) struct Records {
    file: Arc<Path>,
    input: Box<dyn BufRead + Send>,
    form: CsvForm,
    encoding: &'static Encoding,
    /// Lines that were read ahead, to be read again.
    pending: VecDeque<Vec<u8>>,
    /// The number of the last line read, from 1.
    line: u64,
    /// The bytes of the last line read, with its line end.
    bytes: Vec<u8>,
    pub(super) record: Record,
    /// The number of columns; 0 before the header is read.
    width: usize,
    /// The fields of the header, without blanks around them.
    header: Vec<Vec<u8>>,
}

/// The line on which a record begins, and what is wrong with the record, if anything.
pub(super) struct RecordPlace {
    pub(super) line: u64,
    problem: Option<String>,
}

impl Records {
    pub(super) fn new(
        file: Arc<Path>,
        input: Box<dyn BufRead + Send>,
        form: CsvForm,
        encoding: &'static Encoding,
    ) -> Self {
        Self {
            file,
            input,
            form,
            encoding,
            pending: VecDeque::new(),
            line: 0,
            bytes: Vec::new(),
            record: Record::default(),
            width: 0,
            header: Vec::new(),
        }
    }

    pub(super) fn open(
        file: Arc<Path>,
        form: CsvForm,
        encoding: &'static Encoding,
    ) -> Result<Self, Failure> {
        let input = text_file::open(&file, encoding)?;
        Ok(Self::new(file, input, form, encoding))
    }

    /// Reads the next line; returns false at the end.
    fn next_line(&mut self) -> Result<bool, Failure> {
        if let Some(line) = self.pending.pop_front() {
            self.bytes = line;
            self.line += 1;
            return Ok(true);
        }
        self.bytes.clear();
        let mut limited = (&mut self.input).take(MAX_RECORD_BYTES as u64 + 1);
        let read = limited
            .read_until(self.form.line_end, &mut self.bytes)
            .map_err(|e| text_file::read_failure(&self.file, &e))?;
        if read > MAX_RECORD_BYTES {
            return Err(text_file::too_long(&self.file, self.line + 1, "a line"));
        }
        if self.form.line_end == b'\r' && self.bytes.last() == Some(&b'\r') {
            *self.bytes.last_mut().expect("not empty") = b'\n';
        }
        self.line += u64::from(read > 0);
        Ok(read > 0)
    }

    /// Reads the next record that is not a blank line, empty in all fields, or the header once
    /// more; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<RecordPlace>, Failure> {
        loop {
            if !self.next_line()? {
                return Ok(None);
            }
            if without_line_end(&self.bytes).is_empty() {
                continue;
            }
            let line = self.line;
            let problem = if self.form.quoting && self.bytes.contains(&b'"') {
                self.split_quoted()?
            } else {
                self.record.split_plain(&self.bytes, self.form.delimiter);
                None
            };
            if problem.is_some() || !self.is_filler() {
                return Ok(Some(RecordPlace { line, problem }));
            }
        }
    }

    /// Whether the record is no row: spreadsheets export empty rows as delimiters, and files that
    /// were joined have their header several times.
    fn is_filler(&self) -> bool {
        let fields = || (0..self.record.len()).map(|i| self.record.field(i).trim_ascii());
        let Some(first) = fields().next().filter(|_| self.record.len() > 1) else { return false };
        let mark: &[u8] = "\u{feff}".as_bytes();
        let first = first.strip_prefix(mark).unwrap_or(first);
        let repeats = self.header.first().is_some_and(|name| name == first)
            && self.record.len() == self.width
            && fields().zip(&self.header).skip(1).all(|(field, name)| field == name);
        repeats || first.is_empty() && self.width > 0 && fields().all(<[u8]>::is_empty)
    }

    /// Splits a record that begins on the current line and has quote marks. Returns what is wrong
    /// with the record, if anything.
    fn split_quoted(&mut self) -> Result<Option<String>, Failure> {
        let delimiter = self.form.delimiter;
        let mut splitter = Splitter::default();
        let mut open = splitter.push(&self.bytes, delimiter, &mut self.record);
        if !open {
            if splitter.malformed {
                self.record.split_literally(&self.bytes, delimiter);
            }
            return Ok(None);
        }
        let first = std::mem::take(&mut self.bytes);
        let (first_line, opened) = (self.line, splitter.opened);
        // Reports of market places separate by tabs and quote nothing.
        let fits = plain_fields(&first, delimiter) == self.width;
        let fits_literally = delimiter == b'\t' && fits;
        if fits_literally && opened + 1 < self.width {
            self.record.split_literally(&first, delimiter);
            return Ok(None);
        }
        let (mut ahead, mut length, mut alike) = (VecDeque::new(), first.len(), fits);
        while open {
            let more = self.next_line().map_err(|failure| {
                if self.bytes.len() > MAX_RECORD_BYTES { self.endless(first_line) } else { failure }
            })?;
            if !more {
                if !fits_literally {
                    return Err(self.unclosed(&first, first_line, opened));
                }
                break;
            }
            length += self.bytes.len();
            if length > MAX_RECORD_BYTES {
                return Err(self.endless(first_line));
            }
            open = splitter.push(&self.bytes, delimiter, &mut self.record);
            alike &= plain_fields(&self.bytes, delimiter) == self.width;
            ahead.push_back(std::mem::take(&mut self.bytes));
        }
        // Each of the lines is a row of its own, if quote marks have no meaning.
        let rows_of_their_own = alike && self.width > 2;
        if !open && !splitter.malformed && !rows_of_their_own {
            return Ok(None);
        }
        self.line = first_line;
        ahead.append(&mut self.pending);
        self.pending = ahead;
        self.record.split_literally(&first, delimiter);
        Ok((!fits_literally).then(|| stray_quote(&first, delimiter, opened)))
    }

    fn endless(&self, line: u64) -> Failure {
        text_file::too_long(&self.file, line, "a record")
            .remedy("look for an unclosed quote mark on that line")
    }

    fn unclosed(&self, line: &[u8], number: u64, opened: usize) -> Failure {
        Failure::new(stray_quote(line, self.form.delimiter, opened))
            .in_file(&self.file)
            .at(RowNumber::Line(number))
    }

    /// The names of the columns, without the blanks around them.
    pub(super) fn header(&mut self) -> Result<Vec<String>, Failure> {
        while self.line + 1 < self.form.header_row {
            if !self.next_line()? {
                break;
            }
        }
        let Some(place) = self.next()? else {
            return Err(Failure::new("is empty")
                .in_file(&self.file)
                .remedy("its first line must name the columns"));
        };
        let at = |problem: String| {
            Failure::new(problem).in_file(&self.file).at(RowNumber::Line(place.line))
        };
        self.width = self.record.len();
        if self.width > MAX_COLUMNS {
            return Err(at(format!("more than {MAX_COLUMNS} columns")));
        }
        if let Some(problem) = place.problem {
            return Err(at(problem));
        }
        let names = (0..self.width)
            .map(|i| match text_file::text_problem(self.record.field(i), self.encoding) {
                Some(problem) => Err(at(format!("the header {problem}"))),
                None => Ok(String::from_utf8_lossy(self.record.field(i)).trim().to_owned()),
            })
            .collect::<Result<Vec<String>, Failure>>()?;
        self.header = names.iter().map(|name| name.as_bytes().to_vec()).collect();
        Ok(names)
    }
}

/// The problem of a quote mark that opens a field of a line and is not closed as it should be.
fn stray_quote(line: &[u8], delimiter: u8, opened: usize) -> String {
    let line = without_line_end(line);
    let from = line.split(|&byte| byte == delimiter).take(opened).map(|field| field.len() + 1);
    let field = String::from_utf8_lossy(&line[from.sum::<usize>().min(line.len())..]);
    format!(
        "a quote mark opens field {}, {}, and none closes it properly: double a quote mark that belongs to the text, or set quoting = false in the pipeline file if the file quotes nothing",
        opened + 1,
        shown(&field.chars().take(30).collect::<String>())
    )
}

/// The names of a file's columns.
pub(super) fn columns(
    file: Arc<Path>,
    form: CsvForm,
    encoding: &'static Encoding,
) -> Result<Vec<String>, Failure> {
    Records::open(file, form, encoding)?.header()
}

/// The rows of a file, batch by batch.
pub(super) struct CsvBatches {
    records: Records,
    schema: SchemaRef,
    /// The index of each wanted column; `None` for a column that this file does not have.
    wanted: Vec<Option<usize>>,
}

impl CsvBatches {
    /// Opens `file` to read the columns with these names and indexes.
    pub(super) fn open(
        file: Arc<Path>,
        form: CsvForm,
        encoding: &'static Encoding,
        names: &[String],
        wanted: Vec<Option<usize>>,
    ) -> Result<Self, Failure> {
        let mut records = Records::open(file, form, encoding)?;
        records.header()?;
        let fields = names.iter().map(|name| Field::new(name.as_str(), DataType::Utf8, true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        Ok(Self { records, schema, wanted })
    }
}

impl ReadBatches for CsvBatches {
    fn read(&mut self, ended: &mut bool) -> Result<Option<Batch>, Failure> {
        let mut builders: Vec<_> = self.wanted.iter().map(|_| StringBuilder::new()).collect();
        let (mut lines, mut broken, mut bytes) = (Vec::new(), Vec::new(), 0);
        while lines.len() < MAX_BATCH_ROWS && bytes < MAX_BATCH_BYTES {
            let Some(place) = self.records.next()? else {
                *ended = true;
                break;
            };
            let Records { record, width, encoding, .. } = &self.records;
            let mut problem = place.problem.or_else(|| {
                (record.len() != *width)
                    .then(|| format!("has {} fields, but the header has {width}", record.len()))
            });
            for (builder, &field) in builders.iter_mut().zip(&self.wanted) {
                let Some(field) = field.filter(|field| *field < record.len()) else {
                    builder.append_null();
                    continue;
                };
                let cell = record.field(field);
                bytes += cell.len();
                match std::str::from_utf8(cell) {
                    Ok("") => builder.append_null(),
                    Ok(text) if *encoding == UTF_8 => builder.append_value(text),
                    _ => {
                        problem = problem.or_else(|| text_file::text_problem(cell, encoding));
                        builder.append_value(String::from_utf8_lossy(cell));
                    }
                }
            }
            let index = lines.len();
            broken.extend(problem.map(|problem| BrokenRow { index, problem }));
            lines.push(place.line);
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
