//! Errors as JavaScript sees them: an `Error` with a `name` to tell kinds apart and a message for people.

use js_sys::Error;

/// The bytes are no model, or a damaged one, or one of a later version.
pub const DAMAGED: &str = "InseamDamaged";
/// A value that the page handed over is not what it should be.
pub const INPUT: &str = "InseamInput";

/// An error of this kind.
pub(crate) fn error(name: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name(name);
    error
}
