//! Momentum: a part of how far a parameter moved in the last sweep is added to its next step
//! (`model/README.md`, section 6.10).

use super::step::LONGEST_STEP;
use crate::model::{Choice, OutcomeTerms, SizePrior};
use crate::train::state::Parameters;

/// Part of the last movement that is added: steps that all go the same way become 1 / (1 - .7)
/// times as long.
const MOMENTUM: f64 = 0.7;
/// The first sweep with momentum: the lengths have been found, and the variances have moved.
const FROM: usize = 8;

/// Where the parameters with momentum were before the last learning step; empty before the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Before {
    /// Those that learning keeps within bounds.
    pub(crate) bounded: Vec<f64>,
    /// The means of the customers' latents.
    pub(crate) means: Vec<f64>,
}

/// What is added to the means of the customers' latents once they have been learned: a regression
/// replaces them.
#[derive(Debug)]
pub(crate) struct MeanMomentum(Vec<f64>);

/// Moves the parameters on by a part of their last movement, and stores in `before` where they
/// were. Without `moves` it only stores. `sweep` counts from 1. Called before the learning steps,
/// which keep parameters within their bounds; the result is for after them.
///
/// Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
pub(crate) fn add_momentum(
    parameters: &mut Parameters,
    before: &mut Before,
    sweep: usize,
    moves: bool,
) -> MeanMomentum {
    let moves = moves && sweep >= FROM;
    let moved = |now: f64, before: Option<&f64>| match before {
        Some(before) if moves => (MOMENTUM * (now - before)).clamp(-LONGEST_STEP, LONGEST_STEP),
        _ => 0.0,
    };
    let (mut now, mut of_means) = (Before::default(), Vec::new());
    each_bounded(parameters, &mut |x| {
        let moved = moved(*x, before.bounded.get(now.bounded.len()));
        now.bounded.push(*x);
        *x += moved;
    });
    each_mean(parameters, &mut |x| {
        of_means.push(moved(*x, before.means.get(now.means.len())));
        now.means.push(*x);
    });
    *before = now;
    MeanMomentum(of_means)
}

impl MeanMomentum {
    pub(crate) fn add(self, parameters: &mut Parameters) {
        let mut moved = self.0.into_iter();
        each_mean(parameters, &mut |x| *x += moved.next().unwrap_or(0.0));
    }
}

/// Visits all parameters of labels, choice and outcome that have momentum. Variances and shares
/// have none.
fn each_bounded(parameters: &mut Parameters, visit: &mut dyn FnMut(&mut f64)) {
    for labels in &mut parameters.labels {
        each_log(&mut labels.noise, visit);
        let columns = [&mut labels.position, &mut labels.length, &mut labels.appeal];
        columns.into_iter().flatten().for_each(&mut *visit);
    }
    for group in &mut parameters.groups {
        let Choice { scale, awareness, others: _ } = &mut group.choice;
        each_log(scale, visit);
        visit(awareness);
        let OutcomeTerms { terms, slope, chosen_slope, advised: _ } = &mut group.outcome;
        terms.as_flattened_mut().iter_mut().chain([slope, chosen_slope]).for_each(&mut *visit);
    }
}

/// Visits intercepts and coefficients of the customers' latents.
fn each_mean(parameters: &mut Parameters, visit: &mut dyn FnMut(&mut f64)) {
    let sizes = parameters.groups.iter_mut().map(|group| &mut group.size);
    for SizePrior { intercept, coefficients, variance: _ } in sizes.chain(&mut parameters.traits) {
        visit(intercept);
        coefficients.iter_mut().for_each(&mut *visit);
    }
}

/// Visits the logarithm of a positive parameter.
fn each_log(x: &mut f64, visit: &mut dyn FnMut(&mut f64)) {
    let before = libm::log(*x);
    let mut log = before;
    visit(&mut log);
    // The very same bits where it does not move.
    if log != before {
        *x = libm::exp(log);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::start_fixture::started;

    #[test]
    fn momentum_goes_on_in_the_direction_of_the_last_step() {
        let (_, mut parameters, _) = started();
        let step = |parameters: &mut Parameters| {
            let group = &mut parameters.groups[0];
            group.choice.scale *= 1.1;
            group.choice.awareness += 0.01;
            group.size.intercept -= 2.0;
            group.size.variance *= 1.5;
        };
        let mut before = Before::default();
        let add = |parameters: &mut Parameters, before: &mut Before, sweep, moves| {
            add_momentum(parameters, before, sweep, moves).add(parameters);
        };
        add(&mut parameters, &mut before, FROM - 1, true);
        step(&mut parameters);
        let stood = parameters.clone();
        let mut early = before.clone();
        add(&mut parameters, &mut early, FROM - 1, true);
        add(&mut parameters, &mut before.clone(), FROM, false);
        assert_eq!(format!("{parameters:?}"), format!("{stood:?}"), "too early, or not wanted");
        add(&mut parameters, &mut before, FROM, true);
        let (old, new) = (&stood.groups[0], &parameters.groups[0]);
        let scale = new.choice.scale / old.choice.scale;
        assert!((libm::log(scale) - MOMENTUM * libm::log(1.1)).abs() < 1e-12, "{scale}");
        let awareness = new.choice.awareness - old.choice.awareness;
        assert!((awareness - MOMENTUM * 0.01).abs() < 1e-12, "{awareness}");
        let intercept = new.size.intercept - old.size.intercept;
        assert!((intercept + LONGEST_STEP).abs() < 1e-12, "bounded: {intercept}");
        assert_eq!(new.size.variance, old.size.variance);
        assert_eq!(parameters.labels[0].position, stood.labels[0].position);
        assert_eq!(before, early, "where the parameters were before");
    }
}
