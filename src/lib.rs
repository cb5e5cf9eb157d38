//! Inseam: size advice for online fashion from a latent-size model.
//!
//! A shop's purchase-and-return history goes in; what comes out is a [`model::Model`], the beliefs
//! about how every article runs, small enough for a product page. [`infer`] turns one customer's
//! own history into what is believed of their size, [`recommend`] turns that and an article into
//! advice, and `train` learns the model. Everything here is pure computation on values: no files,
//! no clock, no network, no prints, and the same bits natively and in WASM.
//!
//! The floors, lowest first: [`math`], then [`size`] and [`outcome`], then [`model`], then
//! [`infer`] and [`format`](mod@format), then [`recommend`] and `train`. A floor uses only those
//! below it. `model/README.md` in the repository has the model in formulas.

// The small shop that tests train on names the crate as everyone else does.
#[cfg(test)]
extern crate self as inseam;

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
