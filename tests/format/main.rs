//! The files: round trips, every refusal with its offset, and the encodings of others reading the same bytes.

mod fixtures;
mod header;
mod private;
mod refusal;
mod round_trip;
mod shop;
mod surgery;
