//! Runs `inseam score`.

use super::args::ScoreArgs;
use super::{grid, pairs};
use inseam_io::failure::Failure;
use inseam_io::progress::Progress;

/// Runs `inseam score`.
pub(crate) fn run(args: &ScoreArgs, progress: Progress) -> Result<(), Failure> {
    match (&args.what.pairs, &args.out) {
        (Some(pairs), Some(out)) => pairs::run(args, pairs, out, progress),
        _ => grid::run(args, progress),
    }
}
