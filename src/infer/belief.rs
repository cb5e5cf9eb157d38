//! The joint belief about one customer: latent sizes in several fit groups, and traits.

use crate::math::Gaussian;
use crate::model::TRAITS;
use nalgebra::{DMatrix, DVector};

/// Joint Gaussian over a customer's latent sizes, and independent ones over their traits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Belief {
    mean: DVector<f64>,
    covariance: DMatrix<f64>,
    /// Fussiness, preference and length, see [`crate::Model::traits`].
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

    /// Marginal belief about the latent size on one axis.
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

    /// Takes in evidence about one axis (or, with negative precision, takes it out): a rank-one
    /// update.
    pub(crate) fn observe(&mut self, axis: usize, evidence: Gaussian) {
        if evidence.precision == 0.0 && evidence.precision_mean == 0.0 {
            return; // says nothing: what a factor that speaks of something else sends
        }
        let scale = 1.0 + evidence.precision * self.covariance[(axis, axis)];
        if scale <= 1e-9 {
            return; // would leave less than no information: only rounding can ask for it
        }
        let pull = (evidence.precision_mean - evidence.precision * self.mean[axis]) / scale;
        let shrink = evidence.precision / scale;
        let n = self.mean.len();
        if n == 1 {
            // The usual customer buys in one group: no need to copy a column.
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
        // The axis's own column last, as all others take from it: so it need not be copied.
        for column in (0..n).filter(|&column| column != axis).chain([axis]) {
            let by = -shrink * covariance[own + column];
            for i in 0..n {
                covariance[column * n + i] += by * covariance[own + i];
            }
        }
    }
}
