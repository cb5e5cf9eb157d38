//! Reading JSONL: one object a line, gzip too.

use super::lines::{self, Opened};
use super::{BATCH_ROWS, Batch, Places, RECORD_CAP};
use crate::failure::{Failure, Row};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use std::collections::HashMap;
use std::fmt;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

/// How many lines are looked at to find the names of the columns.
const HEADER_LINES: usize = 1_000;
/// Metadata of a column in which every value was a JSON number or truth value: a JSONL writer
/// leaves the quotes off.
pub(super) const BARE: &str = "inseam.bare";

/// The lines of a file that are not blank.
struct Lines {
    file: Arc<Path>,
    input: Box<dyn BufRead + Send>,
    buffer: Vec<u8>,
    line: u64,
}

impl Lines {
    fn open(file: Arc<Path>) -> Result<Self, Failure> {
        let Opened { input, .. } = lines::open(&file)?;
        Ok(Self { file, input, buffer: Vec::new(), line: 0 })
    }

    /// Reads the next line that is not blank into the buffer; false at the end.
    fn next(&mut self) -> Result<bool, Failure> {
        loop {
            self.buffer.clear();
            let mut limited = (&mut self.input).take(RECORD_CAP as u64 + 1);
            let read = limited
                .read_until(b'\n', &mut self.buffer)
                .map_err(|e| lines::read_failure(&self.file, &e))?;
            if read == 0 {
                return Ok(false);
            }
            self.line += 1;
            if read > RECORD_CAP {
                return Err(lines::too_long(&self.file, self.line, "a line"));
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }
}

/// The names of a file's columns: the keys of its first lines, in the order of appearance.
pub(super) fn columns(file: Arc<Path>) -> Result<Vec<String>, Failure> {
    let mut lines = Lines::open(file)?;
    let mut names: Vec<String> = Vec::new();
    for _ in 0..HEADER_LINES {
        if !lines.next()? {
            break;
        }
        // A bad line is reported when the rows are read, by its number.
        drop(serde_json::Deserializer::from_slice(&lines.buffer).deserialize_map(Keys(&mut names)));
    }
    if lines.line == 0 {
        return Err(Failure::new("is empty")
            .in_file(&lines.file)
            .remedy("expected one JSON object a line"));
    }
    if names.is_empty() {
        return Err(Failure::new("no JSON object in its first lines")
            .in_file(&lines.file)
            .at(Row::Line(lines.line))
            .remedy("expected one JSON object a line"));
    }
    Ok(names)
}

/// Adds an object's keys to the names that are not there yet, in their order.
struct Keys<'a>(&'a mut Vec<String>);

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
            if !self.0.contains(&key) {
                self.0.push(key);
            }
        }
        Ok(())
    }
}

/// One value of the line being read.
#[derive(Default)]
struct Cell {
    text: String,
    kind: CellKind,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum CellKind {
    #[default]
    Null,
    Text,
    /// A number or a truth value.
    Bare,
    /// A number beyond what its digits can hold exactly.
    Inexact,
}

/// Reads one object into the cells of the wanted names.
struct Line<'a> {
    names: &'a [String],
    cells: &'a mut [Cell],
    /// Whether every key has to be among the names.
    closed: bool,
}

impl<'de> DeserializeSeed<'de> for Line<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Line<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match self.names.iter().position(|name| *name == key) {
                Some(i) => map.next_value_seed(&mut self.cells[i])?,
                None if self.closed => {
                    return Err(serde::de::Error::custom(format!(
                        "key \"{}\" is not in the first {HEADER_LINES} lines",
                        crate::failure::shown(&key)
                    )));
                }
                None => drop(map.next_value::<serde::de::IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut Cell {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        use serde::Deserialize;
        use std::fmt::Write;
        self.text.clear();
        // Nested values are rare and keep their JSON as text.
        let value = serde_json::Value::deserialize(deserializer)?;
        self.kind = match &value {
            serde_json::Value::Null => CellKind::Null,
            serde_json::Value::String(_) => CellKind::Text,
            serde_json::Value::Number(n)
                if n.is_f64() && n.as_f64().is_some_and(|x| x.abs() >= 9_007_199_254_740_992.0) =>
            {
                CellKind::Inexact
            }
            serde_json::Value::Number(_) | serde_json::Value::Bool(_) => CellKind::Bare,
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => CellKind::Text,
        };
        match value {
            serde_json::Value::String(text) => self.text = text,
            value => drop(write!(self.text, "{value}")),
        }
        Ok(())
    }
}

/// The rows of a JSONL file, batch by batch.
pub(super) struct JsonBatches {
    lines: Lines,
    names: Vec<String>,
    closed: bool,
    ended: bool,
}

impl JsonBatches {
    /// Opens `file` to read the values of these keys; if `closed`, a line with any other key is
    /// broken.
    pub(super) fn open(file: Arc<Path>, names: Vec<String>, closed: bool) -> Result<Self, Failure> {
        Ok(Self { lines: Lines::open(file)?, names, closed, ended: false })
    }

    fn read(&mut self) -> Result<Option<Batch>, Failure> {
        let mut builders: Vec<_> = self.names.iter().map(|_| StringBuilder::new()).collect();
        let mut bare: Vec<(bool, bool)> = vec![(false, false); self.names.len()];
        let mut cells: Vec<Cell> = self.names.iter().map(|_| Cell::default()).collect();
        let (mut places, mut broken, mut bytes) = (Vec::new(), Vec::new(), 0);
        while places.len() < BATCH_ROWS && bytes < RECORD_CAP {
            if !self.lines.next()? {
                self.ended = true;
                break;
            }
            bytes += self.lines.buffer.len();
            cells.iter_mut().for_each(|cell| cell.kind = CellKind::Null);
            if let Some(why) = self.parse(&mut cells) {
                broken.push((places.len(), why));
            }
            for ((builder, cell), (some, other)) in builders.iter_mut().zip(&cells).zip(&mut bare) {
                match cell.kind {
                    CellKind::Null => builder.append_null(),
                    kind => {
                        builder.append_value(&cell.text);
                        *if kind == CellKind::Bare { some } else { other } = true;
                    }
                }
            }
            places.push(self.lines.line);
        }
        if places.is_empty() {
            return Ok(None);
        }
        let fields = self.names.iter().zip(bare).map(|(name, (some, other))| {
            let field = Field::new(name.as_str(), DataType::Utf8, true);
            if some && !other {
                field.with_metadata(HashMap::from([(BARE.to_owned(), String::new())]))
            } else {
                field
            }
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let columns = builders.iter_mut().map(|b| Arc::new(b.finish()) as ArrayRef).collect();
        let file = Arc::clone(&self.lines.file);
        let rows = RecordBatch::try_new(schema, columns)
            .map_err(|e| Failure::new(e.to_string()).in_file(&file))?;
        Ok(Some(Batch { rows, file, broken, places: Places::Lines(places) }))
    }

    /// Parses the line in the buffer into the cells, or says what is wrong with it.
    fn parse(&self, cells: &mut [Cell]) -> Option<String> {
        let bytes = &self.lines.buffer;
        if let Some(why) = lines::not_utf8(bytes) {
            return Some(why);
        }
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let line = Line { names: &self.names, cells, closed: self.closed };
        if let Err(error) = line.deserialize(&mut json).and_then(|()| json.end()) {
            // serde_json counts lines within what it was given; the caller names the real one.
            let text = error.to_string();
            let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
            return Some(format!("is not a usable JSON object: {what} (byte {})", error.column()));
        }
        cells.iter().zip(&self.names).find(|(cell, _)| cell.kind == CellKind::Inexact).map(
            |(_, name)| {
                format!(
                    "key \"{}\": a number of this size loses digits; write it as a string",
                    crate::failure::shown(name)
                )
            },
        )
    }
}

impl Iterator for JsonBatches {
    type Item = Result<Batch, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let batch = self.read();
        self.ended |= batch.is_err();
        batch.transpose()
    }
}
