//! `inseam update` from the outside.

mod interruptions;
mod kit;
mod measurements;
mod refusals;
mod statements;
