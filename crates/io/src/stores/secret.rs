//! The secret of a model's private files.

use super::paths::PrivatePaths;
use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::hex::hexadecimal;
use std::path::Path;

/// The secret under which customers' ids are hashed, and from which training draws the noise of a
/// private model.
pub type Secret = [u8; 16];

/// The secret of the private files beside this model. Creates the file of the secret if there is
/// none yet. Later trainings use the same secret, so that their files can be compared.
pub fn model_secret(model: &Path) -> Result<Secret, Failure> {
    let path = PrivatePaths::beside(model).key;
    if path.exists() {
        return read_secret(&path);
    }
    let secret = temporary_secret()?;
    let text = hexadecimal(&secret) + "\n";
    AtomicFile::write_private(&path, text.as_bytes())?;
    Ok(secret)
}

/// The secret of the private files beside this model, if there is one.
pub fn known_secret(model: &Path) -> Result<Option<Secret>, Failure> {
    let path = PrivatePaths::beside(model).key;
    if path.exists() { read_secret(&path).map(Some) } else { Ok(None) }
}

/// A random secret that no file keeps.
pub fn temporary_secret() -> Result<Secret, Failure> {
    let mut secret = [0; 16];
    getrandom::fill(&mut secret)
        .map_err(|e| Failure::new(format!("the system returned no random bytes: {e}")))?;
    Ok(secret)
}

/// Reads the file of a secret.
pub(super) fn read_secret(path: &Path) -> Result<Secret, Failure> {
    let bad = || {
        Failure::new("is not a key of 32 hexadecimal digits on one line")
            .in_file(path)
            .remedy("restore the key, or delete all private files and train again")
    };
    let bytes = std::fs::read(path)
        .map_err(|e| Failure::io(path, "cannot read the key of the private files", &e))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| bad())?.trim();
    if text.len() != 32 || !text.is_ascii() {
        return Err(bad());
    }
    let mut secret = [0; 16];
    for (i, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
    }
    Ok(secret)
}
