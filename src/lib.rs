//! Inseam: size advice for online fashion from a latent-size model.
//!
//! `train` learns a [`model::Model`] from a shop's purchase-and-return history: the beliefs about
//! all articles, small enough for a product page. [`infer`] computes the posterior of one
//! customer's size from their own history, and [`recommend`] computes advice from that posterior
//! and an article. Everything here is pure computation on values, without files, clock, network or
//! output, and gives the same bits in native code and in WebAssembly.
//!
//! Layers, lowest first: [`math`] < [`size`], [`outcome`], `body` < [`model`] < [`infer`],
//! [`format`](mod@format) < [`recommend`], `train`. A layer uses only those below it.
//! `model/README.md` in the repository has the model in formulas.
//!
//! With the feature `serde`, public values such as [`recommend::Advice`] can be serialised.

// The tests' small shop names this crate as other crates do.
#[cfg(test)]
extern crate self as inseam;

#[cfg(feature = "train")]
pub mod body;
pub mod error;
pub mod format;
pub mod infer;
pub mod math;
pub mod model;
pub mod outcome;
pub mod recommend;
pub mod size;
mod text;
#[cfg(feature = "train")]
pub mod train;

pub use error::Error;
pub use model::Model;
