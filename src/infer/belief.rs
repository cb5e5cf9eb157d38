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
    pub(crate) fn new(mean: DVector<f64>, covariance: DMatrix<f64>, traits: [Gaussian; TRAITS]) -> Self {
        Self { mean, covariance, traits }
    }

    /// Marginal belief about the latent size on one axis.
    pub(crate) fn size(&self, axis: usize) -> Gaussian {
        Gaussian::new(self.mean[axis], self.covariance[(axis, axis)])
    }

    /// Joint mean and covariance of the latent sizes.
    #[cfg(feature = "train")]
    pub(crate) fn sizes(&self) -> (&DVector<f64>, &DMatrix<f64>) {
        (&self.mean, &self.covariance)
    }

    /// Takes in evidence about one axis (or, with negative precision, takes it out): a rank-one update.
    pub(crate) fn observe(&mut self, axis: usize, evidence: Gaussian) {
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
        let column = self.covariance.column(axis).clone_owned();
        self.mean.axpy(pull, &column, 1.0);
        self.covariance.ger(-shrink, &column, &column, 1.0);
    }
}
