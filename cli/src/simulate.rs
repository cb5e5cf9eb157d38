use crate::args::SimulateArgs;
use crate::failure::Failure;
use crate::progress::Progress;
pub(crate) fn run(_args: &SimulateArgs, _progress: Progress) -> Result<(), Failure> { Ok(()) }
