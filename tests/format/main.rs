//! Tests of the file formats: round trips, the error of storing, every refusal with its offset, and
//! agreement with independent readers.

mod block;
mod bound;
mod fixtures;
mod header;
mod header_refusal;
mod private;
mod python;
#[path = "../tiny/random.rs"]
#[allow(dead_code)] // other tests use the rest
mod random;
mod refusal;
mod round_trip;
mod shop;
mod surgery;
