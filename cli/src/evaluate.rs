//! `inseam evaluate`.

use crate::args::EvaluateArgs;
use crate::failure::Failure;
use crate::progress::Progress;

/// Runs `inseam evaluate`.
pub(crate) fn run(_args: &EvaluateArgs, _progress: Progress) -> Result<(), Failure> {
    Err(Failure::usage("this build of the program has no `evaluate`"))
}
