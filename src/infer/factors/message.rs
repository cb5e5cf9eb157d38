//! Damping of messages, and the bound on the influence of one purchase on its article
//! (`model/README.md`, sections 5 and 12).

use crate::infer::probit::LinearTerm;
use crate::math::Gaussian;

/// Bound on how hard one purchase pulls at a latent of its article, as a multiple of the latent's
/// weight: about the pull of an observation four standard deviations off.
const MAX_PULL: f64 = 4.0;

/// A message to an article, with bounded influence.
///
/// Its precision is at most the square of the latent's weight, because a probit has one unit of
/// noise. Its pull, the change of precision times mean beyond its own precision, is at most
/// [`MAX_PULL`] times the weight.
pub(super) fn bounded(message: Gaussian, term: LinearTerm) -> Gaussian {
    let max = MAX_PULL * term.weight.abs();
    let precision = message.precision.min(term.weight * term.weight);
    let pull = message.precision_mean - message.precision * term.mean;
    if pull.abs() <= max && precision == message.precision {
        return message; // The very same bits.
    }
    Gaussian { precision, precision_mean: precision * term.mean + pull.clamp(-max, max) }
}

/// The new site: `damping` of the fresh message, the rest of the old one.
pub(super) fn damp(old: Gaussian, fresh: Gaussian, damping: f64) -> Gaussian {
    if damping == 1.0 { fresh } else { fresh.scale(damping).combine(old.scale(1.0 - damping)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::infer::probit::{Answers, Projection, mixed_messages};

    /// For any cavity and any answer, a message to an article keeps its bounds; within them it is
    /// unchanged.
    #[test]
    fn one_purchase_has_bounded_influence() {
        let (mut clipped, mut unchanged) = (0, 0);
        for fixed in [-30.0, -6.0, -1.0, 0.0, 0.5, 9.0] {
            for (mean, variance) in [(0.0, 1e-6), (0.3, 0.2), (-5.0, 40.0), (800.0, 3.0)] {
                for weight in [-4.0, -0.3, 1e-3, 1.0] {
                    let term = LinearTerm { mean, variance, weight };
                    let projection = Projection::new(fixed, &[term]);
                    for (yes, no) in [(1.0, 0.0), (0.0, 1.0), (0.4, 0.1), (0.0, 0.0)] {
                        let (_, [fresh]) = mixed_messages(projection, &[term], Answers { yes, no });
                        let message = bounded(fresh, term);
                        let pull = message.precision_mean - message.precision * mean;
                        assert!(message.precision >= 0.0 && message.precision <= weight * weight);
                        // At a mean of 800 the difference loses ten digits.
                        assert!(
                            pull.abs()
                                <= MAX_PULL * weight.abs() + 1e-9 * mean.abs() * weight * weight
                        );
                        if message == fresh { unchanged += 1 } else { clipped += 1 }
                    }
                }
            }
        }
        assert!(clipped > 20 && unchanged > 20, "{clipped} clipped, {unchanged} unchanged");
    }
}
