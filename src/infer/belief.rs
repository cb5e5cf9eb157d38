//! The joint belief about one customer: latent sizes in several fit groups, and traits
//! (`model/README.md`, section 1).

use crate::math::Gaussian;
use crate::model::TRAITS;
use nalgebra::{DMatrix, DVector};

/// A joint Gaussian over a customer's latent sizes, and independent Gaussians over their traits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Belief {
    mean: DVector<f64>,
    covariance: DMatrix<f64>,
    /// Fussiness, preference, length and returning, see [`crate::Model::traits`].
    pub(crate) traits: [Gaussian; TRAITS],
}

impl Belief {
    pub(crate) fn new(
        mean: DVector<f64>,
        covariance: DMatrix<f64>,
        traits: [Gaussian; TRAITS],
    ) -> Self {
        Self { mean, covariance, traits }
    }

    /// Marginal belief about the latent size on one axis, that is in one fit group; steps.
    pub(crate) fn size(&self, axis: usize) -> Gaussian {
        Gaussian::new(self.mean[axis], self.covariance[(axis, axis)])
    }

    /// The means of all sizes and traits.
    pub(crate) fn means(&self) -> impl Iterator<Item = f64> {
        self.mean.iter().copied().chain(self.traits.iter().map(|t| t.mean()))
    }

    /// Joint mean and covariance of the latent sizes.
    #[cfg(feature = "train")]
    pub(crate) fn sizes(&self) -> (&DVector<f64>, &DMatrix<f64>) {
        (&self.mean, &self.covariance)
    }

    /// Multiplies the belief by a message about one axis, or divides by it where its precision is
    /// negative: a rank-one update of mean and covariance.
    pub(crate) fn observe(&mut self, axis: usize, evidence: Gaussian) {
        if evidence.precision == 0.0 && evidence.precision_mean == 0.0 {
            return; // No information: the message of a factor that does not involve the size.
        }
        let scale = 1.0 + evidence.precision * self.covariance[(axis, axis)];
        if scale <= 1e-9 {
            return; // The posterior would have negative precision; only rounding can cause this.
        }
        let pull = (evidence.precision_mean - evidence.precision * self.mean[axis]) / scale;
        let shrink = evidence.precision / scale;
        let n = self.mean.len();
        if n == 1 {
            // Most customers buy in one group only.
            let v = self.covariance[0];
            self.mean[0] += v * pull;
            self.covariance[0] = v / scale;
            return;
        }
        let (mean, covariance) = (self.mean.as_mut_slice(), self.covariance.as_mut_slice());
        let own = axis * n;
        for (i, mean) in mean.iter_mut().enumerate() {
            *mean += pull * covariance[own + i];
        }
        // All other columns read the axis's own column, so update it last.
        for column in (0..n).filter(|&column| column != axis).chain([axis]) {
            let by = -shrink * covariance[own + column];
            for i in 0..n {
                covariance[column * n + i] += by * covariance[own + i];
            }
        }
    }
}
