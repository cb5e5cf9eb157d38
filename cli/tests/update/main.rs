//! `inseam update` from the outside.

mod interruptions;
mod kit;
mod refusals;
mod statements;
