//! Opens text files: unpacks gzip, finds the encoding and decodes it to UTF-8.

use super::encoding::{self, DecodedText};
use super::format::is_gzip;
use crate::failure::{Failure, RowNumber, shown};
use encoding_rs::{Encoding, UTF_8};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// The longest line or CSV record, in bytes. A longer one is a sign of damage: an unclosed quote,
/// or a file that is no text.
pub(super) const MAX_RECORD_BYTES: usize = 16 << 20;
/// How many bytes [`beginning`] returns at most.
const BEGINNING_BYTES: u64 = 1 << 16;
/// The size of the read buffers, in bytes.
const BUFFER_BYTES: usize = 1 << 18;

/// The bytes of a file, unpacked if its name ends in `.gz`: its first ones, and all of them.
fn unpacked(path: &Path) -> Result<(Vec<u8>, Box<dyn BufRead + Send>), Failure> {
    let file = File::open(path).map_err(|e| Failure::io(path, "cannot open", &e))?;
    let file = BufReader::with_capacity(BUFFER_BYTES, file);
    let mut input: Box<dyn BufRead + Send> = if is_gzip(path) {
        Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    };
    let mut beginning = Vec::new();
    (&mut input)
        .take(BEGINNING_BYTES)
        .read_to_end(&mut beginning)
        .map_err(|e| read_failure(path, &e))?;
    let whole = Cursor::new(beginning.clone()).chain(input);
    Ok((beginning, Box::new(BufReader::with_capacity(BUFFER_BYTES, whole))))
}

/// Whether a file is a web page, as which some programs write what they call a spreadsheet.
fn is_web_page(beginning: &[u8]) -> bool {
    let text =
        beginning.strip_prefix("\u{feff}".as_bytes()).unwrap_or(beginning).trim_ascii_start();
    [&b"<!doctype html"[..], b"<html", b"<table"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start)))
}

/// The encoding of a text file. Fails for files that are no text.
pub(super) fn encoding(path: &Path) -> Result<&'static Encoding, Failure> {
    let (beginning, mut input) = unpacked(path)?;
    let format = match beginning.as_slice() {
        [0x1f, 0x8b, ..] => Some(("gzip", ".gz")),
        [b'P', b'A', b'R', b'1', ..] => Some(("Parquet", ".parquet")),
        [b'P', b'K', 3, 4, ..] => Some(("a ZIP archive or a spreadsheet", ".zip or .xlsx")),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(("an old spreadsheet", ".xls")),
        page if is_web_page(page) => Some(("a web page", ".html")),
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some(("UTF-32", "")),
        _ => None,
    };
    if let Some((format, ending)) = format {
        let failure =
            Failure::new(format!("is {format}, but its name has another ending")).in_file(path);
        return Err(if ending.is_empty() {
            Failure::new(format!("is {format}")).in_file(path).remedy("save it as UTF-8")
        } else if ending.contains(".zip") {
            failure.remedy("unpack it, or save the sheet as CSV")
        } else if ending == ".xls" || ending == ".html" {
            failure.remedy("open it in a spreadsheet, and save the sheet as CSV")
        } else {
            failure.remedy(format!("let the name of the file end in {ending}"))
        });
    }
    match encoding::from_beginning(&beginning) {
        Some(encoding) => Ok(encoding),
        None => encoding::from_text(&mut input).map_err(|e| read_failure(path, &e)),
    }
}

/// Opens a text file of this encoding to read it as UTF-8, without its byte order mark.
pub(super) fn open(
    path: &Path,
    encoding: &'static Encoding,
) -> Result<Box<dyn BufRead + Send>, Failure> {
    let (beginning, mut input) = unpacked(path)?;
    if encoding != UTF_8 {
        return Ok(Box::new(DecodedText::new(input, encoding)));
    }
    if beginning.starts_with(b"\xef\xbb\xbf") {
        let mark = input.fill_buf().map_or(0, |bytes| bytes.len().min(3));
        input.consume(mark);
    }
    Ok(input)
}

/// The first bytes of a file's text as UTF-8, and whether they are the whole text.
pub(super) fn beginning(
    path: &Path,
    encoding: &'static Encoding,
) -> Result<(Vec<u8>, bool), Failure> {
    let mut text = Vec::new();
    open(path, encoding)?
        .take(BEGINNING_BYTES + 1)
        .read_to_end(&mut text)
        .map_err(|e| read_failure(path, &e))?;
    let whole = text.len() as u64 <= BEGINNING_BYTES;
    Ok((text, whole))
}

/// The failure of a read. Damaged gzip data fails in the same way as a damaged disk.
pub(super) fn read_failure(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(path, "cannot read", error)
}

/// What is wrong with the bytes of a text, and what to do; `None` if nothing is.
pub(super) fn text_problem(bytes: &[u8], encoding: &'static Encoding) -> Option<String> {
    let Err(error) = std::str::from_utf8(bytes) else {
        // Where it was decoded, bytes that the encoding does not have are U+FFFD.
        let replaced = encoding != UTF_8 && contains(bytes, "\u{fffd}".as_bytes());
        return replaced.then(|| {
            format!(
                "has bytes that {} does not have: set the file's encoding in the pipeline file",
                encoding.name()
            )
        });
    };
    let at = error.valid_up_to();
    Some(format!(
        "is not UTF-8: byte 0x{:02x} after \"{}\" (other rows are UTF-8; if the whole file is in another encoding, set it in the pipeline file, as in encoding = \"windows-1252\")",
        bytes[at],
        shown(&String::from_utf8_lossy(&bytes[at.saturating_sub(20)..at])),
    ))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The failure for a line or record of more than [`MAX_RECORD_BYTES`].
pub(super) fn too_long(path: &Path, line: u64, what: &str) -> Failure {
    Failure::new(format!("{what} of more than {} MiB", MAX_RECORD_BYTES >> 20))
        .in_file(path)
        .at(RowNumber::Line(line))
}
