//! One record of delimited text, and the rules that split it into fields.
//!
//! A field that begins with a quote mark ends with the next one that is not doubled. It may contain
//! delimiters and line ends. Any other quote mark is part of the text.

const QUOTE: u8 = b'"';

/// The fields of a record, one after the other.
#[derive(Default)]
pub(super) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn field(&self, index: usize) -> &[u8] {
        let from = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[from..self.ends[index]]
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Splits a line in which quote marks have no meaning.
    pub(super) fn split_plain(&mut self, line: &[u8], delimiter: u8) {
        self.clear();
        for field in without_line_end(line).split(|&byte| byte == delimiter) {
            self.text.extend_from_slice(field);
            self.ends.push(self.text.len());
        }
    }

    /// Splits a line at every delimiter, and takes the quote marks from fields that have a proper
    /// pair of them. All other quote marks are text.
    pub(super) fn split_literally(&mut self, line: &[u8], delimiter: u8) {
        self.clear();
        for field in without_line_end(line).split(|&byte| byte == delimiter) {
            match unquoted(field) {
                Some(text) => self.text.extend(text),
                None => self.text.extend_from_slice(field),
            }
            self.ends.push(self.text.len());
        }
    }
}

/// The line without the line end.
pub(super) fn without_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// How many fields a line has if quote marks have no meaning.
pub(super) fn plain_fields(line: &[u8], delimiter: u8) -> usize {
    1 + line.iter().filter(|&&byte| byte == delimiter).count()
}

/// The text of a field inside a proper pair of quote marks.
fn unquoted(field: &[u8]) -> Option<Vec<u8>> {
    let inner = field.strip_prefix(&[QUOTE])?.strip_suffix(&[QUOTE])?;
    let mut text = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter();
    while let Some(&byte) = bytes.next() {
        if byte == QUOTE && bytes.next() != Some(&QUOTE) {
            return None;
        }
        text.push(byte);
    }
    Some(text)
}

/// Splits a record with quote marks into fields, line by line.
#[derive(Default)]
pub(super) struct Splitter {
    state: State,
    /// Whether text follows the quote mark that ends a field.
    pub(super) malformed: bool,
    /// The index of the field that the last quote mark opened.
    pub(super) opened: usize,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum State {
    #[default]
    FieldStart,
    Plain,
    Quoted,
    /// After a quote mark inside a quoted field: it ends the field, or it is the first of a pair.
    QuoteInQuoted,
}

impl Splitter {
    /// Adds a line, with its line end, to the record. Returns whether the record goes on in the
    /// next line.
    pub(super) fn push(&mut self, line: &[u8], delimiter: u8, record: &mut Record) -> bool {
        if self.state == State::FieldStart {
            record.clear();
        }
        let content = without_line_end(line);
        for &byte in content {
            self.state = match self.state {
                State::FieldStart if byte == QUOTE => {
                    self.opened = record.ends.len();
                    State::Quoted
                }
                State::Quoted if byte == QUOTE => State::QuoteInQuoted,
                State::Quoted => {
                    record.text.push(byte);
                    State::Quoted
                }
                State::QuoteInQuoted if byte == QUOTE => {
                    record.text.push(byte);
                    State::Quoted
                }
                _ if byte == delimiter => {
                    record.ends.push(record.text.len());
                    State::FieldStart
                }
                state => {
                    self.malformed |= state == State::QuoteInQuoted;
                    record.text.push(byte);
                    State::Plain
                }
            };
        }
        let open = self.state == State::Quoted;
        if open {
            record.text.extend_from_slice(&line[content.len()..]);
        } else {
            record.ends.push(record.text.len());
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(record: &Record) -> Vec<String> {
        (0..record.len()).map(|i| String::from_utf8_lossy(record.field(i)).into_owned()).collect()
    }

    #[test]
    fn quotes_pairs_and_line_ends() {
        let mut record = Record::default();
        let mut splitter = Splitter::default();
        assert!(splitter.push(b"a,\"x, \"\"y\"\"\r\n", b',', &mut record));
        assert!(!splitter.push(b"z\",,12\" tee\r\n", b',', &mut record));
        assert!(!splitter.malformed);
        assert_eq!(fields(&record), ["a", "x, \"y\"\r\nz", "", "12\" tee"]);
    }

    #[test]
    fn text_after_the_closing_quote_is_malformed() {
        let mut record = Record::default();
        let mut splitter = Splitter::default();
        splitter.push(b"a,\"Mom\" Tee,M\n", b',', &mut record);
        assert!(splitter.malformed);
        record.split_literally(b"a,\"Mom\" Tee,\"M \"\"x\"\"\"\n", b',');
        assert_eq!(fields(&record), ["a", "\"Mom\" Tee", "M \"x\""]);
        record.split_plain(b"\"a\tb\n", b'\t');
        assert_eq!(fields(&record), ["\"a", "b"]);
    }
}
