//! `inseam train`.

use crate::args::TrainArgs;
use crate::failure::Failure;
use crate::progress::Progress;

/// Runs `inseam train`.
pub(crate) fn run(_args: &TrainArgs, _progress: Progress) -> Result<(), Failure> {
    Err(Failure::usage("this build of the program has no `train`"))
}
