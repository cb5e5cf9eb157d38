//! Writes results to standard output.

use inseam_io::failure::Failure;
use serde::Serialize;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes `text` to standard output. It is no error if the reader has gone (`| head`).
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(Path::new("standard output"), "cannot write", &error))
        }
        _ => Ok(()),
    }
}

/// Writes a value to standard output as indented JSON.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|e| Failure::new(format!("cannot write the result as JSON: {e}")))?;
    print(&(text + "\n"))
}
