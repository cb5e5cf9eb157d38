//! A public model file in memory, checked, for the verbs that work on its bytes.

use inseam::format::{Digest, Head};
use inseam::model::Model;
use inseam_io::failure::Failure;
use inseam_io::hex::hexadecimal;
use inseam_io::stores;
use std::path::Path;

/// A public model file: its bytes, and what they contain.
pub(crate) struct ModelFile {
    pub(crate) bytes: Vec<u8>,
    pub(crate) head: Head,
    pub(crate) model: Model,
}

impl ModelFile {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a whole and valid model.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let bytes = stores::read_file(path)?;
        let (head, model) = Head::read_all(&bytes).map_err(in_file(path))?;
        Ok(Self { bytes, head, model })
    }

    /// The model's name, as hexadecimal digits: a digest of the head.
    pub(crate) fn name(&self) -> String {
        let name: Digest = self.head.name();
        hexadecimal(&name)
    }
}

/// Turns an error of the core library into a failure that names the file.
pub(crate) fn in_file(path: &Path) -> impl Fn(inseam::Error) -> Failure {
    move |error| Failure::new(error.to_string()).in_file(path)
}
