//! The beliefs about one customer that the private file keeps.

use super::TRAITS;
use crate::math::Gaussian;

/// The beliefs about one customer, with prior and evidence apart: the prior means, which come from
/// measurements, and the summed messages of the history. Together with any model of the same
/// training they give the posterior.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CustomerBelief {
    /// Prior mean of the latent size in each fit group, by group index; steps.
    pub prior: Vec<f64>,
    /// Factor on the groups' prior covariance of the latent sizes; at least 1.
    pub widening: f64,
    /// Prior means of the traits.
    pub trait_priors: [f64; TRAITS],
    /// Summed messages of the history to the traits.
    pub traits: [Gaussian; TRAITS],
    /// Summed messages of the history to the latent sizes, sorted by group; groups without history
    /// are absent.
    pub sizes: Vec<GroupEvidence>,
}

/// The evidence of a history on the latent size in one fit group.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GroupEvidence {
    /// Index of the fit group.
    pub group: u16,
    /// Number of purchases, without pending ones.
    pub purchases: u32,
    /// The summed message.
    pub evidence: Gaussian,
}
