//! The derivatives of a choice's log evidence by everything except the latent size: by the wish for
//! length, and, for learning only, by positions, weights and noise scale.

use super::offered_size::OfferedSize;
use super::probabilities::{FREEDOM, Probabilities};
use super::quadrature::{HALF, NODES, SPACING};
use crate::math::{Moments, Score};

/// Nodes with less posterior weight than this are left out of the scores.
const NEGLIGIBLE: f64 = 1e-4;

/// The scores of one choice. The buffers are reused from choice to choice.
#[derive(Clone, Debug, Default)]
pub(crate) struct ChoiceScores {
    /// By the position of each size on offer; for learning only.
    pub(crate) positions: Vec<Score>,
    /// By the logarithm of each size's weight; for learning only.
    pub(crate) weights: Vec<Score>,
    /// The information of each size's position and logarithm of the weight about each other: how
    /// far a change of one makes up for one of the other; for learning only.
    pub(crate) crosses: Vec<f64>,
    /// By the logarithm of the noise scale; for learning only.
    pub(crate) scale: Score,
    /// By the customer's wish for length.
    pub(crate) length: Score,
}

impl ChoiceScores {
    /// Computes the score by the wish for length, and the others if learning needs them, where
    /// `offers[taken]` was chosen. `posterior` has the weight of each node after the choice.
    pub(super) fn compute(
        &mut self,
        probabilities: &Probabilities,
        offers: &[OfferedSize],
        taken: usize,
        scale: f64,
        v: Moments,
        posterior: &[f64; NODES],
    ) {
        if probabilities.learns() {
            self.learn(probabilities, taken, scale, v, posterior);
        } else if probabilities.weighs() {
            self.weights(probabilities, taken, posterior);
        }
        let mut length = Score::ZERO;
        if offers.iter().any(|o| o.length != 0.0) {
            for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
                // Mean and mean square of the length under the model's probabilities.
                let (mut mean, mut square) = (0.0, 0.0);
                for (offer, chance) in offers.iter().zip(probabilities.at(n)) {
                    let by = chance * offer.length;
                    mean += by;
                    square += by * offer.length;
                }
                length.score += p * (offers[taken].length - mean);
                length.information += p * (square - mean * mean);
            }
        }
        self.length = length;
    }

    /// The scores of a choice that is the customer's own with this probability.
    pub(crate) fn weigh(&mut self, own: f64) {
        for score in self.positions.iter_mut().chain(&mut self.weights) {
            *score = score.weighed(own);
        }
        self.crosses.iter_mut().for_each(|cross| *cross *= own);
        self.scale = self.scale.weighed(own);
        self.length = self.length.weighed(own);
    }

    /// Computes the scores by weight alone.
    fn weights(&mut self, probabilities: &Probabilities, taken: usize, posterior: &[f64; NODES]) {
        self.weights.clear();
        self.weights.resize(probabilities.len(), Score::ZERO);
        for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
            for (i, (weight, chance)) in
                self.weights.iter_mut().zip(probabilities.at(n)).enumerate()
            {
                weight.score += p * (f64::from(i == taken) - chance);
                weight.information += p * chance * (1.0 - chance);
            }
        }
    }

    /// Computes the scores by position, weight and scale.
    fn learn(
        &mut self,
        probabilities: &Probabilities,
        taken: usize,
        scale: f64,
        v: Moments,
        posterior: &[f64; NODES],
    ) {
        let Self { positions, weights, crosses, .. } = self;
        let (sizes, sd) = (probabilities.len(), v.variance.sqrt());
        positions.clear();
        positions.resize(sizes, Score::ZERO);
        weights.clear();
        weights.resize(sizes, Score::ZERO);
        crosses.clear();
        crosses.resize(sizes, 0.0);
        let (mut by_scale, per_scale) = (Score::ZERO, 1.0 / scale);
        for (n, &p) in posterior.iter().enumerate().filter(|(_, p)| **p >= NEGLIGIBLE) {
            let v = v.mean + (n as f64 - HALF as f64) * SPACING * sd;
            let (mut mean, mut square, mut own) = (0.0, 0.0, 0.0);
            for (i, (chance, (x, q))) in probabilities.at(n).zip(probabilities.roots(n)).enumerate()
            {
                let slope = -(FREEDOM + 1.0) / FREEDOM * per_scale * ((x - v) * per_scale) * q;
                let surprise = f64::from(i == taken) - chance;
                let spread = p * chance * (1.0 - chance);
                positions[i].score += p * surprise * slope;
                positions[i].information += spread * slope * slope;
                crosses[i] += spread * slope;
                weights[i].score += p * surprise;
                weights[i].information += spread;
                let by = (v - x) * slope;
                mean += chance * by;
                square += chance * by * by;
                if i == taken {
                    own = by;
                }
            }
            by_scale.score += p * (own - mean);
            by_scale.information += p * (square - mean * mean);
        }
        self.scale = by_scale;
    }
}
