//! The choice factor: the position chosen is the latent size plus heavy-tailed noise (habit, gift, bracket).

use crate::math::{Gaussian, cdf, inverse_mills};

/// A Student t with 3 degrees of freedom as a mixture of Gaussians: (weight, variance).
///
/// Fitted by least Kullback-Leibler divergence (2.5e-4 nats; density within 13 % for |z| < 10): a mixture makes both the
/// message to the latent size and the chance of each size closed forms.
const COMPONENTS: [(f64, f64); 4] = [
    (0.498_530_26, 0.641_439_88),
    (0.423_937_27, 2.502_458_34),
    (0.073_518_1, 13.089_566_51),
    (0.004_014_37, 135.957_040_31),
];

/// Where a size lies among the sizes its article is offered in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Place {
    /// There are smaller and larger ones: who took it wanted about this.
    #[default]
    Inside,
    /// The smallest: who took it wanted at most this position, the middle to the next size.
    Smallest(f64),
    /// The largest: who took it wanted at least this position.
    Largest(f64),
    /// The only one: taking it says nothing.
    Only,
}

/// Labels this near to the end of the run are at the end too, steps: the same size in another length.
const SAME_SIZE: f64 = 0.25;

impl Place {
    /// Of a position among all positions that its article is offered in.
    pub(crate) fn of(position: f64, offered: impl Iterator<Item = f64> + Clone) -> Self {
        let least = offered.clone().fold(f64::INFINITY, f64::min);
        let most = offered.clone().fold(f64::NEG_INFINITY, f64::max);
        if most - least < SAME_SIZE {
            return Self::Only;
        }
        if position < least + SAME_SIZE {
            let next = offered.filter(|&x| x >= least + SAME_SIZE).fold(most, f64::min);
            return Self::Smallest(0.5 * (position + next));
        }
        if position > most - SAME_SIZE {
            let next = offered.filter(|&x| x <= most - SAME_SIZE).fold(least, f64::max);
            return Self::Largest(0.5 * (position + next));
        }
        Self::Inside
    }
}

/// What a chosen size says of the latent size; `shift` is added to its position and to the bounds of its place.
pub(crate) fn update(position: f64, place: Place, shift: f64, scale: f64, cavity: Gaussian) -> ChoiceUpdate {
    match place {
        Place::Inside => inside(position + shift, scale, cavity),
        Place::Smallest(bound) => beyond(-1.0, bound + shift, scale, cavity),
        Place::Largest(bound) => beyond(1.0, bound + shift, scale, cavity),
        Place::Only => ChoiceUpdate { message: Gaussian::FLAT, scaled_square: None, log_evidence: 0.0 },
    }
}

/// The factor P(sign (u + noise) > sign bound): a run of sizes ends somewhere, and those beyond its end take the last one.
fn beyond(sign: f64, bound: f64, scale: f64, cavity: Gaussian) -> ChoiceUpdate {
    let (mean, variance) = (cavity.mean(), cavity.variance());
    let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
    for (weight, spread) in COMPONENTS {
        let v = variance + scale * scale * spread;
        let distance = sign * (mean - bound) / v.sqrt();
        let evidence = weight * cdf(distance);
        let mills = inverse_mills(distance);
        // As in the probit factors: u under this component, shifted towards and narrowed by the bound.
        let shift = sign * variance * mills / v.sqrt();
        let left = variance * (1.0 - variance * mills * (mills + distance) / v);
        total += evidence;
        first += evidence * shift;
        second += evidence * (left + shift * shift);
    }
    if total < 1e-290 {
        return ChoiceUpdate { message: Gaussian::FLAT, scaled_square: None, log_evidence: -660.0 };
    }
    let shift = first / total;
    let message = matched(cavity, shift, second / total - shift * shift);
    ChoiceUpdate { message, scaled_square: None, log_evidence: libm::log(total) }
}

/// The message that takes the cavity to a posterior with its mean moved by `shift` and this variance.
fn matched(cavity: Gaussian, shift: f64, variance: f64) -> Gaussian {
    let message = Gaussian::new(cavity.mean() + shift, variance).remove(cavity);
    if message.precision > 0.0 {
        message
    } else {
        // An outlier makes the mixture wider than the cavity: keep its pull, as a message that claims no precision.
        Gaussian { precision: 0.0, precision_mean: shift * cavity.precision }
    }
}

/// What one chosen position says of the latent size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ChoiceUpdate {
    /// Message to the latent size.
    pub(crate) message: Gaussian,
    /// Expected squared noise under the posterior, each component's in units of its own variance: for learning the scale. `None`
    /// where the end of the run hides the noise.
    pub(crate) scaled_square: Option<f64>,
    /// Log density of the chosen position under the cavity, or log chance of a place at the end of the run.
    pub(crate) log_evidence: f64,
}

/// Density of `distance` under noise of this scale about a mean with this variance.
pub(crate) fn density(distance: f64, variance: f64, scale: f64) -> f64 {
    COMPONENTS
        .iter()
        .map(|&(weight, spread)| {
            let v = variance + scale * scale * spread;
            let exponent = -0.5 * distance * distance / v;
            // Next to the widest component, nothing: most sizes are far from most customers, and an exponential is dear.
            if exponent < NOTHING && spread < COMPONENTS[3].1 { 0.0 } else { weight * libm::exp(exponent) / v.sqrt() }
        })
        .sum::<f64>()
        * INV_SQRT_TAU
}

/// An exponent whose exponential is left out of a sum that has a far larger term.
const NOTHING: f64 = -40.0;

const INV_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// Moment-matched message of the factor t((position - u) / scale) to u, given what else is believed of u.
fn inside(position: f64, scale: f64, cavity: Gaussian) -> ChoiceUpdate {
    let (mean, variance) = (cavity.mean(), cavity.variance());
    let distance = position - mean;
    let (mut total, mut first, mut second, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for (weight, spread) in COMPONENTS {
        let noise = scale * scale * spread;
        let v = variance + noise;
        let evidence = weight * libm::exp(-0.5 * distance * distance / v) / v.sqrt();
        // Posterior of u - mean under this component.
        let shift = distance * variance / v;
        let left = variance * noise / v;
        total += evidence;
        first += evidence * shift;
        second += evidence * (left + shift * shift);
        squares += evidence * ((distance - shift) * (distance - shift) + left) / noise;
    }
    if total < 1e-290 {
        // Further out than the widest component reaches: a gift, not evidence.
        return ChoiceUpdate { message: Gaussian::FLAT, scaled_square: Some(1.0), log_evidence: -660.0 };
    }
    let shift = first / total;
    let message = matched(cavity, shift, second / total - shift * shift);
    ChoiceUpdate { message, scaled_square: Some(squares / total), log_evidence: libm::log(total * INV_SQRT_TAU) }
}
