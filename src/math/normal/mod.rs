//! The standard normal distribution, accurate in both tails.

mod coefficients;
mod distribution;
#[cfg(test)]
mod exact_values;
#[cfg(test)]
mod tests;

pub use distribution::{cdf, inverse_mills, log_cdf, pdf, quantile};
