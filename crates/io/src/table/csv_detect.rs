//! Finds how a file of delimited text is written: its delimiter, the line of its header, whether it
//! quotes.

use super::csv::Records;
use super::csv_form::CsvForm;
use super::options::FileOptions;
use super::record::without_line_end;
use encoding_rs::UTF_8;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

/// The delimiters that the reader looks for. The first wins a tie.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many records of the beginning are looked at.
const RECORDS: usize = 200;

/// A record of the beginning: its line and its fields.
struct SampleRow {
    line: u64,
    fields: Vec<String>,
}

/// A delimiter with what speaks for it.
struct Candidate {
    form: CsvForm,
    /// The share of the records from the header on that have the usual number of fields.
    consistent: f64,
    fields: usize,
}

/// The form of a file whose text begins with these bytes, which are all of it if `whole`.
pub(super) fn find(beginning: &[u8], whole: bool, options: &FileOptions) -> CsvForm {
    let line_end =
        if beginning.contains(&b'\r') && !beginning.contains(&b'\n') { b'\r' } else { b'\n' };
    let lines = || beginning.split_inclusive(move |&byte| byte == line_end);
    let first = lines().next().unwrap_or_default();
    let hint = separator_line(first);
    let form = CsvForm {
        delimiter: options.delimiter.or(hint).unwrap_or(b','),
        header_row: 1 + u64::from(hint.is_some()),
        quoting: options.quoting.unwrap_or(true),
        line_end,
    };
    // The last line may be cut off.
    let length = if whole { beginning.len() } else { last_line_end(beginning, line_end) };
    let sample: Arc<[u8]> = beginning[..length].into();
    let given = options.delimiter.or(hint);
    let candidates = DELIMITERS.into_iter().filter(|d| given.is_none_or(|given| given == *d));
    let candidates = candidates.chain(given.filter(|given| !DELIMITERS.contains(given)));
    let best = candidates
        .filter_map(|delimiter| candidate(&sample, CsvForm { delimiter, ..form }))
        .reduce(|best, other| if other.is_better_than(&best) { other } else { best });
    let mut form = best.map_or_else(
        || CsvForm {
            delimiter: given.unwrap_or_else(|| most_frequent(lines(), form.header_row)),
            ..form
        },
        |best| best.form,
    );
    if options.quoting.is_none() && form.delimiter == b'\t' && has_only_stray_quotes(&sample) {
        form.quoting = false;
    }
    if let Some(row) = options.header_row {
        form.header_row = row;
    }
    form
}

fn last_line_end(bytes: &[u8], line_end: u8) -> usize {
    bytes.iter().rposition(|&byte| byte == line_end).map_or(bytes.len(), |at| at + 1)
}

/// The delimiter that a first line like `sep=;` names. Spreadsheets write and obey such lines.
fn separator_line(line: &[u8]) -> Option<u8> {
    let line = without_line_end(line).trim_ascii_start();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    let (name, rest) = line.split_at_checked(4)?;
    let rest = rest.strip_suffix(b"\"").unwrap_or(rest);
    match rest {
        _ if !name.eq_ignore_ascii_case(b"sep=") => None,
        [delimiter] => Some(*delimiter),
        b"\\t" => Some(b'\t'),
        _ => None,
    }
}

/// The records of the beginning, split by this delimiter.
fn sample_rows(sample: &Arc<[u8]>, form: CsvForm) -> Vec<SampleRow> {
    let input = Box::new(Cursor::new(Arc::clone(sample)));
    let mut records = Records::new(Arc::from(Path::new("")), input, form, UTF_8);
    let mut rows = Vec::new();
    while rows.len() < RECORDS
        && let Ok(Some(place)) = records.next()
    {
        let field = |i| String::from_utf8_lossy(records.record.field(i)).trim().to_owned();
        let fields = (0..records.record.len()).map(field).collect();
        if place.line >= form.header_row {
            rows.push(SampleRow { line: place.line, fields });
        }
    }
    rows
}

/// What speaks for the delimiter of this form; `None` if nothing does.
fn candidate(sample: &Arc<[u8]>, form: CsvForm) -> Option<Candidate> {
    let rows = sample_rows(sample, form);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.fields.len() > 1) {
        *counts.entry(row.fields.len()).or_default() += 1;
    }
    let (fields, _) = counts.into_iter().max_by_key(|&(fields, rows)| (rows, fields))?;
    // Rows may end with a delimiter where the header does not.
    let mut usual_rows = rows.iter().filter(|row| row.fields.len() == fields);
    let one_less = usual_rows.all(|row| row.fields.last().is_some_and(String::is_empty));
    let header = rows.iter().position(|row| {
        may_be_header(row, fields) || (one_less && may_be_header(row, fields - 1))
    })?;
    let table = &rows[header..];
    let usual = table.iter().filter(|row| row.fields.len() == fields).count();
    let form = CsvForm { header_row: rows[header].line, ..form };
    Some(Candidate { form, consistent: usual as f64 / table.len() as f64, fields })
}

/// Whether a record may be the header of a table whose records usually have this many fields. A
/// title above a table has fewer filled cells. A header has few numbers.
fn may_be_header(row: &SampleRow, usual: usize) -> bool {
    let count = row.fields.len();
    let filled = row.fields.iter().filter(|field| !field.is_empty()).count();
    let numeric = |field: &&String| {
        field.bytes().any(|byte| byte.is_ascii_digit())
            && field.bytes().all(|byte| byte.is_ascii_digit() || b" .,:/-+".contains(&byte))
    };
    let numbers = row.fields.iter().filter(numeric).count();
    let enough = filled >= 2 && 2 * filled >= usual;
    let similar = count == usual || (count > 2 && count.abs_diff(usual) == 1);
    enough && similar && (2 * numbers < filled || (count == usual && filled == usual))
}

impl Candidate {
    /// More records of the usual length win, then an earlier header, then more fields.
    fn is_better_than(&self, other: &Self) -> bool {
        if (self.consistent - other.consistent).abs() > 0.1 {
            return self.consistent > other.consistent;
        }
        let (header, of_other) = (self.form.header_row, other.form.header_row);
        header < of_other || (header == of_other && self.fields > other.fields)
    }
}

/// The delimiter that the header has most often outside quotes; the comma wins a tie.
fn most_frequent<'a>(lines: impl Iterator<Item = &'a [u8]>, header_row: u64) -> u8 {
    let mut lines = lines.skip(header_row as usize - 1);
    let line = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let mut counts = DELIMITERS.map(|delimiter| (delimiter, 0));
    let mut quoted = false;
    for &byte in line {
        quoted ^= byte == b'"';
        counts.iter_mut().filter(|(d, _)| !quoted && *d == byte).for_each(|(_, n)| *n += 1);
    }
    counts.into_iter().rev().max_by_key(|&(_, n)| n).map_or(b',', |(delimiter, _)| delimiter)
}

/// Whether text separated by tabs has quote marks at the beginning of fields, but none that ends a
/// field: such a file quotes nothing.
fn has_only_stray_quotes(sample: &[u8]) -> bool {
    let fields = || {
        let lines = sample.split(|&byte| byte == b'\n').map(without_line_end);
        lines.flat_map(|line| line.split(|&byte| byte == b'\t'))
    };
    let opens = |field: &[u8]| field.first() == Some(&b'"');
    let closes = |field: &[u8]| field.len() > 1 && field.last() == Some(&b'"');
    fields().any(opens)
        && !fields().any(|field| opens(field) && closes(field))
        && !fields().any(|field| closes(field) && !field.contains(&b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> (char, u64, bool) {
        let form = find(text.as_bytes(), true, &FileOptions::default());
        (char::from(form.delimiter), form.header_row, form.quoting)
    }

    #[test]
    fn delimiters() {
        for (text, delimiter) in [
            ("customer_id,sku,size\n1,2,M\n", ','),
            ("customer_id;sku;size\n1;2;M\n", ';'),
            ("customer_id|sku|size\n1|2|M\n", '|'),
            ("customer_id\tsku\tsize\n1\t2\tM\n", '\t'),
            // Decimal commas, commas in titles, lists in cells.
            ("a;b\n1,5;2,5\n3,5;4,5\n", ';'),
            ("name;size\nDress, red, long;M\nDress, blue, short;L\n", ';'),
            ("id,sizes\na,36;38;40\nb,36;38;42\n", ','),
            ("id,sizes\na,S|M|L\nb,S|M|L\n", ','),
            ("id\tsizes\na\tS, M, L\nb\tS, M, L\n", '\t'),
            ("only\n1\n", ','),
            ("a,b\n", ','),
            ("\"a;x\",\"b;y\"\n1,2\n", ','),
        ] {
            assert_eq!(form(text), (delimiter, 1, true), "{text:?}");
        }
    }

    #[test]
    fn lines_above_the_header() {
        for (text, delimiter, row) in [
            ("sep=;\na;b\n1;2\n", ';', 2),
            ("\"sep=,\"\na,b;c\n1,2\n", ',', 2),
            ("SEP=\t\na\tb,c\n1\t2\n", '\t', 2),
            ("sep=^\na^b\n1^2\n", '^', 2),
            ("Orders report\nGenerated 2026-01-01\n\na,b,c\nx,2,3\ny,5,6\n", ',', 4),
            ("Orders report,,,\nGenerated,2026-01-01,,\n,,,\na,b,c,d\nx,2,3,1\ny,5,6,1\n", ',', 4),
            ("Report, March 2026\nShop: Berlin, Mitte\na;b;c\nx;1,5;z\ny;2,5;z\n", ';', 3),
            ("# made by a program\ncustomer,sku,size\nc,a,M\n", ',', 2),
            ("\n\na\tb\n1\t2\n", '\t', 3),
        ] {
            assert_eq!(form(text), (delimiter, row, true), "{text:?}");
        }
    }

    #[test]
    fn a_header_is_never_taken_for_a_title() {
        for text in [
            "customer_id,2024,2025,2026\nc,a,M,x\n",
            "a,b,c\n1,2,3,\n4,5,6,\n7,8,9,\n",
            "customer,size\nc,M,\nd,M,\n",
            "a,b\n1,2\n3\n4\n5\n",
        ] {
            assert_eq!(form(text).1, 1, "{text:?}");
        }
    }

    #[test]
    fn options_win() {
        let options = FileOptions {
            delimiter: Some(b';'),
            header_row: Some(2),
            quoting: Some(false),
            ..FileOptions::default()
        };
        let form = find(b"a,b\nc;d\n", true, &options);
        assert_eq!((form.delimiter, form.header_row, form.quoting), (b';', 2, false));
    }

    #[test]
    fn reports_that_quote_nothing() {
        assert!(!form("a\tb\n1\t\"Best Mom Tee\n2\t12\" Tee\n").2);
        assert!(form("a\tb\n1\t\"Best \"\"Mom\"\" Tee\"\n").2);
        assert!(form("a\tb\n1\t\"two\nlines\"\n").2);
    }
}
