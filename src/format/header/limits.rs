//! Limits of what a header may contain, so that a reader's memory is bounded.

/// Maximal length of a text in a file, bytes of UTF-8.
pub const MAX_TEXT: usize = 1024;
/// Maximal number of measurements.
pub const MAX_MEASUREMENTS: usize = 256;
/// Maximal number of levels of one categorical measurement.
pub const MAX_LEVELS: usize = 4096;
/// Maximal number of measurement features in total.
pub const MAX_FEATURES: usize = 4096;
/// Maximal number of knots of the trend.
pub(super) const MAX_KNOTS: usize = 256;
/// Maximal total length of all brands' names and categories, bytes; a text used twice counts twice.
pub(super) const MAX_BRAND_TEXT: usize = 1 << 24;
/// Bound of a label's length and appeal, which are exponents.
pub(super) const MAX_LOG: f64 = 64.0;
/// Largest share that is below 1.
pub(super) const BELOW_1: f64 = 1.0 - f64::EPSILON;
/// Largest exponent of P(fits) in the score of a size.
pub(super) const MAX_WEIGHT: f64 = 64.0;
/// Largest number of sizes on either side of an advised one whose chances the history supports.
pub(super) const MAX_REACH: u8 = 8;
