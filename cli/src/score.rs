//! `inseam score`.

use crate::args::ScoreArgs;
use crate::failure::Failure;
use crate::progress::Progress;

/// Runs `inseam score`.
pub(crate) fn run(_args: &ScoreArgs, _progress: Progress) -> Result<(), Failure> {
    Err(Failure::usage("this build of the program has no `score`"))
}
