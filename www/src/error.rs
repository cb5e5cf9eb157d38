//! Errors as JavaScript sees them: an `Error` with a `name` to tell kinds apart and a message for people.

use js_sys::Error;

/// The bytes are no model, or a damaged one, or one of a later version.
pub const DAMAGED: &str = "InseamDamaged";

/// What the core refuses.
pub(crate) fn refused(refused: inseam::Error) -> Error {
    let error = Error::new(&refused.message());
    error.set_name(DAMAGED);
    error
}
