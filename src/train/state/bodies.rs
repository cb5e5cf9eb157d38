//! How the prior of day zero enters the parameters (`model/README.md`, section 13).

use super::parameters::Parameters;
use crate::train::day_zero::{DayZero, LearnedSizes};
use crate::train::graph::Graph;

impl Parameters {
    /// Before the first sweep: where the shop has measured customers, the regressions start from
    /// what is expected of them, and are learned about it.
    pub(crate) fn expect_bodies(&mut self, graph: &Graph, day_zero: &DayZero) {
        if graph.measured {
            self.expected = day_zero.expect(&graph.measurements, &self.learned_sizes());
            self.take_expected();
        }
    }

    /// After the last sweep of a shop that has not measured anybody: the mean and the variance that
    /// were learned are those of customers of whom nothing is known. Somebody who enters
    /// measurements has the expected size, with less variance.
    pub(crate) fn add_bodies(&mut self, graph: &Graph, day_zero: &DayZero) {
        self.expected = day_zero.expect(&graph.measurements, &self.learned_sizes());
        self.take_expected();
    }

    fn learned_sizes(&self) -> Vec<LearnedSizes> {
        let sizes = self.groups.iter().map(|group| &group.size);
        sizes.map(|size| LearnedSizes { mean: size.intercept, variance: size.variance }).collect()
    }

    /// The product of the covariance and of the widening of somebody of whom nothing is known stays
    /// as it is.
    fn take_expected(&mut self) {
        self.missing.clone_from(&self.expected.missing);
        let widening = 1.0 + self.missing.iter().sum::<f64>();
        self.covariance /= widening;
        for (g, coefficients) in self.expected.coefficients.iter().enumerate() {
            let size = &mut self.groups[g].size;
            size.coefficients.clone_from(coefficients);
            size.variance = self.covariance[(g, g)];
        }
    }
}
