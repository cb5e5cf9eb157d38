//! The privacy budget of a release: (epsilon, delta), and the concentrated loss rho behind them
//! (`model/README.md`, section 12).

use crate::error::Error;
use std::fmt;

/// Publishes the beliefs about articles with noise that gives each customer (epsilon, delta)
/// differential privacy.
///
/// Except with probability `delta`, the published beliefs are at most e^`epsilon` times likelier
/// with a customer's whole history in the training than without it. The guarantee takes the
/// parameters that all customers share (those of groups, labels and measurements) and the list of
/// articles and sizes as given. Each training is a release of its own, see [`rho`].
#[derive(Clone, PartialEq)]
pub struct Privacy {
    /// Largest privacy loss, within [`Privacy::EPSILON`].
    pub epsilon: f64,
    /// Probability of a larger loss, within [`Privacy::DELTA`] and at most one over the number of
    /// customers.
    pub delta: f64,
    /// The shop's secret, which seeds the noise. Whoever has it can remove the noise.
    pub secret: [u8; 16],
}

impl Privacy {
    /// Smallest and largest epsilon.
    pub const EPSILON: [f64; 2] = [0.1, 100.0];
    /// Smallest and largest delta.
    pub const DELTA: [f64; 2] = [1e-12, 1e-2];

    /// # Errors
    /// [`Error::History`] for values out of range, and a delta that would allow publishing one of
    /// the customers in full.
    pub(crate) fn check(&self, customers: usize) -> Result<(), Error> {
        let refuse = |what: String| Err(Error::History { what });
        for (name, x, [min, max]) in
            [("epsilon", self.epsilon, Self::EPSILON), ("delta", self.delta, Self::DELTA)]
        {
            if !(min..=max).contains(&x) {
                return refuse(format!("{name} is {x}; it must be from {min} to {max}"));
            }
        }
        let max = 1.0 / customers as f64;
        if self.delta > max {
            return refuse(format!(
                "delta is {}; with {customers} customers it must be at most {max:.1e}, as a larger delta allows publishing one of them in full",
                self.delta
            ));
        }
        Ok(())
    }
}

/// Without the secret: debug output may end in a log.
impl fmt::Debug for Privacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Privacy")
            .field("epsilon", &self.epsilon)
            .field("delta", &self.delta)
            .finish_non_exhaustive()
    }
}

/// Halvings of an interval: further ones change nothing in double precision.
const HALVINGS: usize = 200;

/// The delta that belongs to an epsilon under a `rho`-concentrated privacy loss. Gaussian noise of
/// variance s^2 on a vector that one customer changes by at most D has rho = D^2 / 2 s^2. `rho` and
/// `epsilon` must be above 0.
///
/// Source: Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (NeurIPS
/// 2020), corollary 13: the least over alpha > 1 of exp((alpha - 1) (alpha rho - epsilon)) (1 - 1 /
/// alpha)^alpha / (alpha - 1). Every alpha gives a bound, so a search that ends early gives
/// too large a delta, never too small a one.
///
/// ```
/// let delta = inseam::train::delta(0.5, 4.0);
/// assert!((delta - 1.958e-4_f64).abs() < 1e-7);
/// ```
#[must_use]
pub fn delta(rho: f64, epsilon: f64) -> f64 {
    let (mut low, mut high) = (1.01, (epsilon + 1.0) / (2.0 * rho) + 2.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        let slope = (2.0 * middle - 1.0) * rho - epsilon + libm::log1p(-1.0 / middle);
        if slope < 0.0 { low = middle } else { high = middle }
    }
    let alpha = high;
    let exponent = (alpha - 1.0) * (alpha * rho - epsilon) + alpha * libm::log1p(-1.0 / alpha);
    (libm::exp(exponent) / (alpha - 1.0)).min(1.0)
}

/// The largest concentrated privacy loss that is still (epsilon, delta) private.
///
/// The losses of several releases from one history add up: after n trainings a customer's loss is n
/// times this, and [`delta`] gives the remaining guarantee.
///
/// ```
/// use inseam::train::{delta, rho};
/// let once = rho(1.0, 1e-6);
/// assert!(delta(once, 1.0) <= 1e-6);
/// // Four trainings: hardly more than twice the epsilon.
/// assert!(delta(4.0 * once, 2.2) < 1e-6);
/// ```
#[must_use]
pub fn rho(epsilon: f64, delta: f64) -> f64 {
    let (mut low, mut high) = (0.0, epsilon + 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if self::delta(middle, epsilon) <= delta { low = middle } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaningless_budgets_are_refused() {
        let privacy = |epsilon, delta| Privacy { epsilon, delta, secret: [0; 16] };
        assert!(privacy(1.0, 1e-6).check(1000).is_ok());
        for (refused, word) in [
            (privacy(0.0, 1e-6), "epsilon is 0;"),
            (privacy(f64::NAN, 1e-6), "epsilon is NaN;"),
            (privacy(1.0, 0.0), "delta is 0;"),
            (privacy(1.0, 0.002), "at most 1.0e-3"),
        ] {
            let said = refused.check(1000).expect_err("refused").to_string();
            assert!(said.contains(word), "{said}");
        }
    }

    #[test]
    fn the_secret_is_not_printed() {
        let privacy = Privacy { epsilon: 1.0, delta: 1e-6, secret: [0xab; 16] };
        assert_eq!(format!("{privacy:?}"), "Privacy { epsilon: 1.0, delta: 1e-6, .. }");
    }
}
