//! `inseam inspect`.

use crate::args::InspectArgs;
use crate::failure::Failure;
use crate::progress::Progress;

/// Runs `inseam inspect`.
pub(crate) fn run(_args: &InspectArgs, _progress: Progress) -> Result<(), Failure> {
    Err(Failure::usage("this build of the program has no `inspect`"))
}
