//! Trains on small made-up exports, and checks what the model has of their sizes and what the
//! program says.

mod drafts;
mod kit;
mod outcomes;
mod sizes;
