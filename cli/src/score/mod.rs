//! `inseam score`: advice and probabilities for a table of pairs, or for every customer with every
//! article of two lists.

mod args;
mod done;
mod grid;
mod pairs;
mod run;

pub(crate) use args::ScoreArgs;
pub(crate) use run::run;
