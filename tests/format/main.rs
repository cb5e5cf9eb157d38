//! The files: round trips, what storing costs, every refusal with its offset, and the encodings of
//! others reading the same bytes.

mod block;
mod bound;
mod fixtures;
mod header;
mod private;
mod python;
mod refusal;
mod round_trip;
mod shop;
mod surgery;
