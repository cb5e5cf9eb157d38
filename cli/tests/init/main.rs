//! `inseam init`, then `inseam check` and for some `inseam train`, on exports of shop platforms.
//! The tests write the exports themselves, after the platforms' documentation, and edit no line of
//! the pipeline file.

mod amazon;
mod kit;
mod other;
mod returns;
mod shopify;
mod stores;
