//! Standard output.

use inseam_io::failure::Failure;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes `text` to standard output. A reader that has gone (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io(Path::new("standard output"), "cannot write", &error))
        }
        _ => Ok(()),
    }
}
