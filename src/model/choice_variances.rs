//! Prior variances of the latents of an article that only the choice depends on.

/// Prior variances of the latents of an article that only the choice depends on, for one fit group.
/// They are positive. The public file does not have them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChoiceVariances {
    /// Of the choice offset, steps squared.
    pub choice_offset: f64,
    /// Of the popularity of each size, a log weight squared.
    pub popularity: f64,
}
