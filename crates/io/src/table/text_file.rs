//! Opens text files: unpacks gzip, skips a byte order mark and refuses other encodings.

use super::format::is_gzip;
use crate::failure::{Failure, RowNumber, shown};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// The longest line or CSV record, in bytes. A longer one is a sign of damage: an unclosed quote,
/// or a file that is no text.
pub(super) const MAX_RECORD_BYTES: usize = 16 << 20;
/// How many bytes [`TextFile::beginning`] has at most.
const BEGINNING_BYTES: u64 = 1 << 16;
/// The size of the read buffers, in bytes.
const BUFFER_BYTES: usize = 1 << 18;

/// An opened text file, without its byte order mark.
pub(super) struct TextFile {
    /// The first bytes of the text, for finding its separator.
    pub(super) beginning: Vec<u8>,
    /// Reads the whole text, from its first byte.
    pub(super) input: Box<dyn BufRead + Send>,
}

/// Opens a text file, and unpacks it if its name ends in `.gz`.
pub(super) fn open(path: &Path) -> Result<TextFile, Failure> {
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
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return Err(Failure::new("is UTF-16").in_file(path).remedy("save it as UTF-8"));
    }
    if beginning.starts_with(b"\xef\xbb\xbf") {
        beginning.drain(..3);
    }
    let format = match beginning.as_slice() {
        [0x1f, 0x8b, ..] => Some(("gzip", ".gz")),
        [b'P', b'A', b'R', b'1', ..] => Some(("Parquet", ".parquet")),
        _ => None,
    };
    if let Some((format, ending)) = format {
        return Err(Failure::new(format!("is {format}, but its name has another ending"))
            .in_file(path)
            .remedy(format!("let the name of the file end in {ending}")));
    }
    let whole = Cursor::new(beginning.clone()).chain(input);
    Ok(TextFile { beginning, input: Box::new(BufReader::with_capacity(BUFFER_BYTES, whole)) })
}

/// The failure of a read. Damaged gzip data fails in the same way as a damaged disk.
pub(super) fn read_failure(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(path, "cannot read", error)
}

/// What is wrong with bytes that are not UTF-8, and what to do; `None` for UTF-8.
pub(super) fn utf8_problem(bytes: &[u8]) -> Option<String> {
    let at = std::str::from_utf8(bytes).err()?.valid_up_to();
    Some(format!(
        "is not UTF-8: byte 0x{:02x} after \"{}\" (if it is Latin-1 or Windows-1252, convert it, for example with iconv -f WINDOWS-1252 -t UTF-8)",
        bytes[at],
        shown(&String::from_utf8_lossy(&bytes[at.saturating_sub(20)..at])),
    ))
}

/// The failure for a line or record of more than [`MAX_RECORD_BYTES`].
pub(super) fn too_long(path: &Path, line: u64, what: &str) -> Failure {
    Failure::new(format!("{what} of more than {} MiB", MAX_RECORD_BYTES >> 20))
        .in_file(path)
        .at(RowNumber::Line(line))
}
