//! Reads tables of JSON objects.

use super::batch::{Batch, BrokenRow, MAX_BATCH_ROWS, ReadBatches, RowNumbers};
use super::json_objects::{JsonForm, Objects};
use super::text_file::{self, MAX_RECORD_BYTES};
use crate::failure::{Failure, RowNumber, shown};
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use encoding_rs::Encoding;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// How many objects the reader searches for the names of the columns.
const HEADER_OBJECTS: usize = 1_000;
/// Marks a column, in its metadata, whose values were all JSON numbers or truth values. The JSONL
/// writer writes them without quotes.
pub(super) const UNQUOTED: &str = "inseam.unquoted";

/// The names of a file's columns: the keys of its first objects, in the order of first appearance.
pub(super) fn columns(
    file: Arc<Path>,
    form: JsonForm,
    encoding: &'static Encoding,
) -> Result<Vec<String>, Failure> {
    let mut objects = Objects::open(file, form, encoding)?;
    let mut names: Vec<String> = Vec::new();
    for _ in 0..HEADER_OBJECTS {
        if !objects.next()? {
            break;
        }
        // Reading the rows reports a bad line with its number.
        let mut json = serde_json::Deserializer::from_slice(&objects.bytes);
        drop(json.deserialize_map(KeyCollector(&mut names)));
    }
    if objects.line == 0 {
        return Err(Failure::new("is empty")
            .in_file(&objects.file)
            .remedy("expected one JSON object on each line, or an array of objects"));
    }
    if names.is_empty() {
        return Err(Failure::new(format!("no JSON object in the first {HEADER_OBJECTS} lines"))
            .in_file(&objects.file)
            .at(RowNumber::Line(objects.line))
            .remedy("expected one JSON object on each line, or an array of objects"));
    }
    Ok(names)
}

/// Adds the keys of an object that are new to the names, in their order.
struct KeyCollector<'a>(&'a mut Vec<String>);

impl<'de> Visitor<'de> for KeyCollector<'_> {
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
    value_type: ValueType,
}

/// The type of a JSON value.
#[derive(Default, Clone, Copy, PartialEq)]
enum ValueType {
    #[default]
    Null,
    /// A string, or a nested value as JSON text.
    Text,
    /// A number or a truth value.
    Unquoted,
    /// A number that floating point cannot hold exactly.
    Inexact,
}

/// Reads one object into the cells of the wanted names.
struct ObjectReader<'a> {
    names: &'a [String],
    cells: &'a mut [Cell],
    /// Whether a key that is not among the names is an error.
    closed: bool,
}

impl<'de> DeserializeSeed<'de> for ObjectReader<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectReader<'_> {
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
                        "key \"{}\" is not in the first {HEADER_OBJECTS} objects",
                        shown(&key)
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
        let value = serde_json::Value::deserialize(deserializer)?;
        self.value_type = match &value {
            serde_json::Value::Null => ValueType::Null,
            serde_json::Value::String(_) => ValueType::Text,
            serde_json::Value::Number(n)
                if n.is_f64() && n.as_f64().is_some_and(|x| x.abs() >= 9_007_199_254_740_992.0) =>
            {
                ValueType::Inexact
            }
            serde_json::Value::Number(_) | serde_json::Value::Bool(_) => ValueType::Unquoted,
            serde_json::Value::Array(_) | serde_json::Value::Object(_) => ValueType::Text,
        };
        match value {
            serde_json::Value::String(text) => self.text = text,
            value => drop(write!(self.text, "{value}")),
        }
        Ok(())
    }
}

/// The rows of a file, batch by batch.
pub(super) struct JsonBatches {
    objects: Objects,
    encoding: &'static Encoding,
    names: Vec<String>,
    /// Whether a line with any other key is broken.
    closed: bool,
}

impl JsonBatches {
    /// Opens `file` to read the values of these keys. A line with any other key is broken if
    /// `closed`.
    pub(super) fn open(
        file: Arc<Path>,
        form: JsonForm,
        encoding: &'static Encoding,
        names: Vec<String>,
        closed: bool,
    ) -> Result<Self, Failure> {
        let objects = Objects::open(file, form, encoding)?;
        Ok(Self { objects, encoding, names, closed })
    }

    /// Parses the line in the buffer into the cells; returns what is wrong with it, if anything.
    fn parse(&self, cells: &mut [Cell]) -> Option<String> {
        let bytes = &self.objects.bytes;
        if let Some(problem) = text_file::text_problem(bytes, self.encoding) {
            return Some(problem);
        }
        let mut json = serde_json::Deserializer::from_slice(bytes);
        let reader = ObjectReader { names: &self.names, cells, closed: self.closed };
        if let Err(error) = reader.deserialize(&mut json).and_then(|()| json.end()) {
            // The line number of serde_json is that within the buffer; the caller knows the real
            // one.
            let text = error.to_string();
            let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
            return Some(format!("is not a usable JSON object: {what} (byte {})", error.column()));
        }
        let inexact = cells.iter().position(|cell| cell.value_type == ValueType::Inexact)?;
        Some(format!(
            "key \"{}\": the number {} is too large for floating point to keep its digits: write it as a string",
            shown(&self.names[inexact]),
            shown(&cells[inexact].text)
        ))
    }
}

impl ReadBatches for JsonBatches {
    fn read(&mut self, ended: &mut bool) -> Result<Option<Batch>, Failure> {
        let mut builders: Vec<_> = self.names.iter().map(|_| StringBuilder::new()).collect();
        // Whether a column has unquoted values, and whether it has others.
        let mut unquoted: Vec<bool> = vec![false; self.names.len()];
        let mut quoted = unquoted.clone();
        let mut cells: Vec<Cell> = self.names.iter().map(|_| Cell::default()).collect();
        let (mut lines, mut broken, mut bytes) = (Vec::new(), Vec::new(), 0);
        while lines.len() < MAX_BATCH_ROWS && bytes < MAX_RECORD_BYTES {
            if !self.objects.next()? {
                *ended = true;
                break;
            }
            bytes += self.objects.bytes.len();
            cells.iter_mut().for_each(|cell| cell.value_type = ValueType::Null);
            if let Some(problem) = self.parse(&mut cells) {
                broken.push(BrokenRow { index: lines.len(), problem });
            }
            for (column, (builder, cell)) in builders.iter_mut().zip(&cells).enumerate() {
                if cell.value_type == ValueType::Null {
                    builder.append_null();
                    continue;
                }
                builder.append_value(&cell.text);
                let is_unquoted = cell.value_type == ValueType::Unquoted;
                unquoted[column] |= is_unquoted;
                quoted[column] |= !is_unquoted;
            }
            lines.push(self.objects.line);
        }
        if lines.is_empty() {
            return Ok(None);
        }
        let fields = self.names.iter().enumerate().map(|(column, name)| {
            let field = Field::new(name.as_str(), DataType::Utf8, true);
            if unquoted[column] && !quoted[column] {
                field.with_metadata(HashMap::from([(UNQUOTED.to_owned(), String::new())]))
            } else {
                field
            }
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let columns = builders.iter_mut().map(|b| Arc::new(b.finish()) as ArrayRef).collect();
        let file = Arc::clone(&self.objects.file);
        let rows = RecordBatch::try_new(schema, columns)
            .map_err(|e| Failure::new(e.to_string()).in_file(&file))?;
        Ok(Some(Batch { rows, file, broken, numbers: RowNumbers::Lines(lines) }))
    }
}
