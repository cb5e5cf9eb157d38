//! Opening text files: gzip, byte order marks, encodings.

use crate::failure::{Failure, Row};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::Path;

/// How much of a file is looked at to find its separator.
const PEEK: usize = 1 << 16;

/// A text file opened: its beginning, and a reader of all of it (the beginning included), without
/// byte order mark.
pub(super) struct Opened {
    pub(super) beginning: Vec<u8>,
    pub(super) input: Box<dyn BufRead + Send>,
}

/// Opens a text file, unpacking it if its name ends in `.gz`.
pub(super) fn open(path: &Path) -> Result<Opened, Failure> {
    let file = File::open(path).map_err(|e| Failure::io(path, "cannot open", &e))?;
    let file = BufReader::with_capacity(1 << 18, file);
    let gzip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    let mut input: Box<dyn BufRead + Send> = if gzip {
        Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(file)))
    } else {
        Box::new(file)
    };
    let mut beginning = Vec::new();
    (&mut input)
        .take(PEEK as u64)
        .read_to_end(&mut beginning)
        .map_err(|e| read_failure(path, &e))?;
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return Err(Failure::new("is UTF-16").in_file(path).remedy("save it as UTF-8"));
    }
    if beginning.starts_with(b"\xef\xbb\xbf") {
        beginning.drain(..3);
    }
    if beginning.starts_with(b"\x1f\x8b") || beginning.starts_with(b"PAR1") {
        let really = if beginning[0] == 0x1f { "gzip" } else { "Parquet" };
        return Err(
            Failure::new(format!("is {really}, which its ending does not say")).in_file(path)
        );
    }
    let input =
        Box::new(BufReader::with_capacity(1 << 18, Cursor::new(beginning.clone()).chain(input)));
    Ok(Opened { beginning, input })
}

/// A read that failed, possibly because the gzip data is damaged.
pub(super) fn read_failure(path: &Path, error: &std::io::Error) -> Failure {
    Failure::io(path, "cannot read", error)
}

/// What is wrong with bytes that are not UTF-8, and what to do: `column` is the bytes' offset in
/// their line or cell.
pub(super) fn not_utf8(bytes: &[u8]) -> Option<String> {
    let at = std::str::from_utf8(bytes).err()?.valid_up_to();
    Some(format!(
        "is not UTF-8: byte 0x{:02x} after \"{}\" (Latin-1 or Windows-1252? convert it, for example with iconv -f WINDOWS-1252 -t UTF-8)",
        bytes[at],
        crate::failure::shown(&String::from_utf8_lossy(&bytes[at.saturating_sub(20)..at])),
    ))
}

/// A record beyond the cap.
pub(super) fn too_long(path: &Path, line: u64, what: &str) -> Failure {
    Failure::new(format!("{what} of more than {} MiB", super::RECORD_CAP >> 20))
        .in_file(path)
        .at(Row::Line(line))
}
