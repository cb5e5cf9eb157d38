//! The outcome of sizes that a customer did not choose, with everything computed beforehand that
//! depends on the customer alone or on the garment alone.
//!
//! The sums have the terms of `PurchaseFactors::chances` in the same order, so the results have the
//! same bits.

use super::outcome::class_chances;
use super::purchase::{PurchaseFactors, SIGN};
use crate::infer::choice_model::noise_variance;
use crate::infer::probit::{LinearTerm, Projection};
use crate::math::Gaussian;
use crate::model::{OutcomeTerms, TRAITS};

/// A latent's part in the argument of "too large": in its mean, and in its variance.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    mean: f64,
    variance: f64,
}

impl From<LinearTerm> for Part {
    fn from(term: LinearTerm) -> Self {
        let LinearTerm { mean, variance, weight } = term;
        Self { mean: weight * mean, variance: weight * weight * variance }
    }
}

/// A garment's part in the arguments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreparedGarment {
    fixed: [f64; 2],
    offset: Part,
    grade: Part,
    spread: Part,
    /// What customers know of their own size adds to the variance.
    unknown: f64,
}

/// A customer's part in the arguments, in one fit group.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PreparedCustomer {
    size: f64,
    fussiness: f64,
    preference: f64,
    /// Their part in the variance, and the unit noise of the probit.
    variance: f64,
}

impl PreparedGarment {
    /// Prepares the garment of these factors, which must be without a choice.
    pub(crate) fn new(factors: &PurchaseFactors<'_>) -> Self {
        let anybody = Gaussian::new(0.0, 1.0);
        let latents = factors.garment.latents;
        let [_, _, _, offset, grade, spread] =
            factors.outcome_terms(1, anybody, [anybody; TRAITS], latents).map(Part::from);
        let unknown = factors.terms.slope - factors.terms.chosen_slope;
        Self {
            fixed: factors.fixed(&OutcomeTerms::basis(factors.garment.position)),
            offset,
            grade,
            spread,
            unknown: unknown * unknown * noise_variance(factors.garment.noise),
        }
    }

    /// Chances of too small, fits and too large; they sum to one.
    pub(crate) fn chances(&self, customer: &PreparedCustomer) -> [f64; 3] {
        let variance = customer.variance
            + self.offset.variance
            + self.grade.variance
            + self.spread.variance
            + self.unknown;
        let [small, large] = [0, 1].map(|k| {
            // The same latents with the opposite sign, but for fussiness and spread.
            let sign = SIGN[k];
            let mean = self.fixed[k]
                + sign * customer.size
                + customer.fussiness
                + sign * customer.preference
                + sign * self.offset.mean
                + sign * self.grade.mean
                + self.spread.mean;
            Projection { mean, variance }.probability()
        });
        class_chances(small, large)
    }
}

impl PreparedCustomer {
    /// Prepares a customer with this belief about their latent size, for a garment with these
    /// factors, which must be without a choice.
    pub(crate) fn new(
        factors: &PurchaseFactors<'_>,
        size: Gaussian,
        traits: [Gaussian; TRAITS],
    ) -> Self {
        let latents = factors.garment.latents;
        let [size, fussiness, preference, ..] =
            factors.outcome_terms(1, size, traits, latents).map(Part::from);
        Self {
            size: size.mean,
            fussiness: fussiness.mean,
            preference: preference.mean,
            variance: 1.0 + size.variance + fussiness.variance + preference.variance,
        }
    }
}
