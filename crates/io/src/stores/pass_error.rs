//! The error of one pass over the customers.

use crate::failure::Failure;

/// The failure for what the core refuses to write.
pub(super) fn refused(e: inseam::Error) -> Failure {
    Failure::new(format!("the trained model cannot be written: {e}"))
}

/// The error of one pass over the customers: of the store, of the format, or of a file.
pub(super) struct PassError(pub(super) Failure);

impl From<inseam::Error> for PassError {
    fn from(e: inseam::Error) -> Self {
        Self(refused(e))
    }
}

impl From<Failure> for PassError {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}
