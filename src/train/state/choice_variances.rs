//! Prior variances of the latents of an article that only the choice depends on.

/// Variances of what the choice alone sees of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ChoiceVariances {
    /// Of its cut, steps squared.
    pub(crate) cut: f64,
    /// Of the popularity of each of its sizes, a log weight squared.
    pub(crate) popularity: f64,
}
