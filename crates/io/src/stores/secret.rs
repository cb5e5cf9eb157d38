//! The secret of a model's private files.

use super::paths::PrivatePaths;
use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::hex::{bytes_of_hexadecimal, hexadecimal};
use std::path::Path;

/// The secret under which customers' ids are hashed, and from which training draws the noise of a
/// private model.
pub type Secret = [u8; 16];

/// The secret of the private files beside this model. Creates the file of the secret if there is
/// none yet. Later trainings use the same secret, so that their files can be compared.
pub fn model_secret(model: &Path) -> Result<Secret, Failure> {
    if let Some(secret) = known_secret(model)? {
        return Ok(secret);
    }
    let secret = temporary_secret()?;
    keep_secret(model, secret)?;
    Ok(secret)
}

/// Makes this the secret of the private files beside a model that has none yet. Fails if it has
/// another one.
pub fn keep_secret(model: &Path, secret: Secret) -> Result<(), Failure> {
    let path = PrivatePaths::beside(model).key;
    match known_secret(model)? {
        Some(known) if known == secret => Ok(()),
        Some(_) => Err(Failure::new("has changed since the files were read")
            .in_file(&path)
            .remedy("train again")),
        None => AtomicFile::write_private(&path, (hexadecimal(&secret) + "\n").as_bytes()),
    }
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
    bytes_of_hexadecimal(text).ok_or_else(bad)
}
