//! The normal distribution and Gaussian algebra. Every transcendental goes through `libm`, so that
//! native and WASM agree bit for bit.

mod gaussian;
mod normal;
mod order;

pub use gaussian::Gaussian;
pub use normal::{cdf, inverse_mills, log_cdf, pdf, quantile};
pub(crate) use order::sort_short;
