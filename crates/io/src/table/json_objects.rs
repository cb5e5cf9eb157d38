//! Reads the JSON objects of a file one by one: from lines, from an array, or from the one array of
//! an object.

use super::text_file::{self, MAX_RECORD_BYTES};
use crate::failure::{Failure, RowNumber, shown};
use encoding_rs::Encoding;
use std::io::{BufRead, Read};
use std::path::Path;
use std::sync::Arc;

/// How the objects of a file are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum JsonForm {
    /// One object on each line.
    Lines,
    /// An array of objects.
    Array,
    /// An object that has the array of objects under this key.
    ArrayIn(String),
}

/// The objects of a file. `bytes` has the text of the current one, and `line` the number of the
/// line on which it begins.
pub(super) struct Objects {
    pub(super) file: Arc<Path>,
    input: Box<dyn BufRead + Send>,
    form: JsonForm,
    started: bool,
    /// The number of line ends before the next byte.
    line_ends: u64,
    pub(super) line: u64,
    pub(super) bytes: Vec<u8>,
}

impl Objects {
    pub(super) fn open(
        file: Arc<Path>,
        form: JsonForm,
        encoding: &'static Encoding,
    ) -> Result<Self, Failure> {
        let input = text_file::open(&file, encoding)?;
        Ok(Self { file, input, form, started: false, line_ends: 0, line: 0, bytes: Vec::new() })
    }

    /// Reads the next object; returns false at the end.
    pub(super) fn next(&mut self) -> Result<bool, Failure> {
        match self.form {
            JsonForm::Lines => self.next_line(),
            _ => self.next_element(),
        }
    }

    /// Reads the next line that is not blank.
    fn next_line(&mut self) -> Result<bool, Failure> {
        loop {
            self.bytes.clear();
            let mut limited = (&mut self.input).take(MAX_RECORD_BYTES as u64 + 1);
            let read = limited
                .read_until(b'\n', &mut self.bytes)
                .map_err(|e| text_file::read_failure(&self.file, &e))?;
            if read == 0 {
                return Ok(false);
            }
            self.line += 1;
            if read > MAX_RECORD_BYTES {
                return Err(text_file::too_long(&self.file, self.line, "a line"));
            }
            if !self.bytes.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    fn next_byte(&mut self) -> Result<Option<u8>, Failure> {
        let buffer = self.input.fill_buf().map_err(|e| text_file::read_failure(&self.file, &e))?;
        let Some(&byte) = buffer.first() else { return Ok(None) };
        self.input.consume(1);
        self.line_ends += u64::from(byte == b'\n');
        Ok(Some(byte))
    }

    /// The next byte that is no white space.
    fn next_sign(&mut self) -> Result<Option<u8>, Failure> {
        loop {
            match self.next_byte()? {
                Some(byte) if byte.is_ascii_whitespace() => {}
                byte => return Ok(byte),
            }
        }
    }

    /// Reads the next element of the array.
    fn next_element(&mut self) -> Result<bool, Failure> {
        if !self.started {
            self.started = true;
            match self.form.clone() {
                JsonForm::ArrayIn(key) => self.find_array(&key)?,
                _ => drop(self.next_sign()?),
            }
        }
        let mut sign = self.next_sign()?;
        if sign == Some(b',') {
            sign = self.next_sign()?;
        }
        match sign {
            Some(b']') => Ok(false),
            Some(first) => {
                self.line = self.line_ends + 1;
                self.value(first)?;
                Ok(true)
            }
            None => Err(self.cut_off()),
        }
    }

    fn cut_off(&self) -> Failure {
        Failure::new("ends inside a JSON array")
            .in_file(&self.file)
            .at(RowNumber::Line(self.line_ends + 1))
            .remedy("check that the file is complete")
    }

    /// Reads a value whose first byte is `first` into `bytes`, without what follows it.
    fn value(&mut self, first: u8) -> Result<(), Failure> {
        self.bytes.clear();
        self.bytes.push(first);
        let nested = matches!(first, b'{' | b'[');
        let mut depth = usize::from(nested);
        let (mut in_string, mut escaped) = (first == b'"', false);
        let begins = self.line_ends + 1;
        loop {
            if depth == 0 && !in_string {
                // A number or a word ends before a comma or a bracket.
                let next = self.input.fill_buf().map(|b| b.first().copied());
                let next = next.map_err(|e| text_file::read_failure(&self.file, &e))?;
                let ends = nested || first == b'"';
                if ends || next.is_none_or(|b| b",]}".contains(&b) || b.is_ascii_whitespace()) {
                    return Ok(());
                }
            }
            let byte = self.next_byte()?.ok_or_else(|| self.cut_off())?;
            self.bytes.push(byte);
            if self.bytes.len() > MAX_RECORD_BYTES {
                return Err(text_file::too_long(&self.file, begins, "an object"));
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_string => escaped = true,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// Goes into the array under this key of the file's object.
    fn find_array(&mut self, wanted: &str) -> Result<(), Failure> {
        self.next_sign()?; // the brace that opens the object
        while let Some(key) = self.next_key()? {
            let first = self.next_sign()?.ok_or_else(|| self.cut_off())?;
            if key == wanted && first == b'[' {
                return Ok(());
            }
            self.value(first)?;
        }
        Err(self.cut_off())
    }

    /// The next key of the file's object, and its colon; `None` at the object's end.
    fn next_key(&mut self) -> Result<Option<String>, Failure> {
        let mut sign = self.next_sign()?;
        if sign == Some(b',') {
            sign = self.next_sign()?;
        }
        if sign != Some(b'"') {
            return Ok(None);
        }
        self.value(b'"')?;
        let key = serde_json::from_slice(&self.bytes).unwrap_or_default();
        Ok((self.next_sign()? == Some(b':')).then_some(key))
    }
}

/// The form of the JSON in a file.
pub(super) fn find_form(
    file: &Arc<Path>,
    encoding: &'static Encoding,
    beginning: &[u8],
) -> Result<JsonForm, Failure> {
    let text = beginning.trim_ascii_start();
    match text.first() {
        Some(b'[') => return Ok(JsonForm::Array),
        Some(b'{') => {}
        _ => return Ok(JsonForm::Lines),
    }
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let is_object = |bytes: &[u8]| {
        serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes).is_ok()
    };
    let of_lines = file.to_string_lossy().to_lowercase().contains(".jsonl")
        || file.to_string_lossy().to_lowercase().contains(".ndjson");
    let more = text[line.len()..].trim_ascii_start().first() == Some(&b'{');
    if is_object(line) && (of_lines || more) {
        return Ok(JsonForm::Lines);
    }
    let mut arrays = arrays_of_objects(file, encoding)?;
    match (arrays.len(), arrays.pop()) {
        (1, Some(key)) => Ok(JsonForm::ArrayIn(key)),
        (0, _) | (_, None) => Ok(JsonForm::Lines),
        (_, Some(last)) => {
            let listed = arrays.iter().chain([&last]).map(|key| shown(key)).collect::<Vec<_>>();
            Err(Failure::new(format!("has several arrays of objects: {}", listed.join(", ")))
                .in_file(file)
                .remedy("write the rows of one table to a file of their own"))
        }
    }
}

/// The keys of the file's object under which it has arrays of objects. None if the file is no
/// object.
fn arrays_of_objects(
    file: &Arc<Path>,
    encoding: &'static Encoding,
) -> Result<Vec<String>, Failure> {
    let mut objects = Objects::open(Arc::clone(file), JsonForm::Array, encoding)?;
    objects.next_sign()?;
    let mut keys = Vec::new();
    while let Some(key) = objects.next_key()? {
        let Some(first) = objects.next_sign()? else { break };
        if first != b'[' {
            if objects.value(first).is_err() {
                break;
            }
            continue;
        }
        // Goes through the elements, which together may be longer than a value can be.
        objects.started = true;
        let mut of_objects = false;
        while matches!(objects.next_element(), Ok(true)) {
            of_objects |= objects.bytes.first() == Some(&b'{');
        }
        if of_objects {
            keys.push(key);
        }
    }
    Ok(keys)
}
