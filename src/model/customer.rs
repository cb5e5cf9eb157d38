//! What the private file keeps of one customer.

use super::TRAITS;
use crate::math::Gaussian;

/// What is believed of one customer, as evidence apart from the prior, so that it can be combined
/// again with any model of the same training: the prior means (from measurements) and the summed
/// messages of the history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CustomerBelief {
    /// Prior mean of the latent size in each fit group, steps, by group index.
    pub prior: Vec<f64>,
    /// How much wider than the groups' the prior of the latent sizes is; at least 1.
    pub widening: f64,
    /// Prior means of the traits.
    pub trait_priors: [f64; TRAITS],
    /// Summed messages of the history to the traits, in natural parameters.
    pub traits: [Gaussian; TRAITS],
    /// Summed messages of the history to the latent sizes; groups without history are absent.
    /// Sorted by group.
    pub sizes: Vec<GroupEvidence>,
}

/// The history's evidence on the latent size in one fit group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupEvidence {
    /// Index of the fit group.
    pub group: u16,
    /// Number of purchases behind it, pending ones not counted.
    pub purchases: u32,
    /// Summed message, in natural parameters.
    pub evidence: Gaussian,
}
