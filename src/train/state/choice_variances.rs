//! Prior variances of the latents of an article that only the choice depends on.

/// Prior variances of the latents of an article that only the choice depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ChoiceVariances {
    /// Of the choice offset, steps squared.
    pub(crate) choice_offset: f64,
    /// Of the popularity of each size, a log weight squared.
    pub(crate) popularity: f64,
}
