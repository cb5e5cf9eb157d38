//! The normal distribution, Gaussian algebra and small numerical helpers.
//!
//! Every transcendental function comes from `libm`, so that native code and WebAssembly compute the
//! same bits.

#[cfg(feature = "private")]
pub(crate) mod binary16;
mod gaussian;
mod moments;
mod normal;
mod order;
mod score;
#[cfg(feature = "train")]
mod straight_line;

pub use gaussian::Gaussian;
pub use moments::Moments;
pub use normal::{cdf, inverse_mills, log_cdf, pdf, quantile};
pub(crate) use order::sort_short;
pub use score::Score;
#[cfg(feature = "train")]
pub(crate) use straight_line::StraightLine;
