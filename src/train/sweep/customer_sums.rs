//! What one customer adds to the sums of a sweep, besides their purchases one by one.

use super::customer_belief::CustomerPrior;
use super::sums::SweepSums;
use super::variance_score::variance_score;
use crate::infer::{Belief, Sites};
use crate::math::{Gaussian, Score};
use crate::train::events::{Customer, CustomerViewMut};
use crate::train::state::{Broadcast, REGRESSED};

/// Adds the scores of the variances of sizes and traits, and of what missing measurements add.
pub(super) fn add_customer(
    sums: &mut SweepSums,
    broadcast: Broadcast<'_>,
    customer: &Customer,
    prior: &CustomerPrior,
    belief: &Belief,
) {
    let parameters = broadcast.parameters;
    let (mean, covariance) = belief.sizes();
    let widening = prior.widening;
    for (i, &g) in prior.groups.iter().enumerate() {
        let variance = widening * parameters.covariance[(g, g)];
        let (moved, left) = (mean[i] - prior.size_means[i], covariance[(i, i)]);
        let Score { score, information } = variance_score(moved, left, variance);
        let group = &mut sums.groups[g];
        group.size_variance.add(Score { score: score / widening, information });
        group.size_mean.add(Score {
            score: moved / variance,
            information: (1.0 - left / variance) / variance,
        });
        // The same score by the widening itself, in its own units.
        let by_widening = Score {
            score: score / variance / widening,
            information: information / (widening * widening),
        };
        if broadcast.graph.measured {
            add_missing(sums, broadcast, customer, by_widening);
        }
    }
    add_pairs(sums, prior, belief);
    for (i, sum) in sums.traits.iter_mut().enumerate() {
        let t = belief.traits[i];
        let moved = t.mean() - prior.trait_means[i];
        sum.add(variance_score(moved, t.variance(), parameters.traits[i].variance));
    }
}

fn add_missing(
    sums: &mut SweepSums,
    broadcast: Broadcast<'_>,
    customer: &Customer,
    by_widening: Score,
) {
    let n = broadcast.graph.measurements.len();
    for a in customer.missing.iter() {
        sums.missing.score.add(a, by_widening.score);
        for b in customer.missing.iter() {
            sums.missing.information.add(n * a + b, by_widening.information);
        }
    }
}

/// Adds the second moments of the latent sizes in each two fit groups, per unit of widening.
fn add_pairs(sums: &mut SweepSums, prior: &CustomerPrior, belief: &Belief) {
    let (mean, covariance) = belief.sizes();
    let moment = |i: usize, j: usize| {
        ((mean[i] - prior.size_means[i]) * (mean[j] - prior.size_means[j]) + covariance[(i, j)])
            / prior.widening
    };
    let groups = sums.groups.len();
    for (i, &g) in prior.groups.iter().enumerate() {
        for (j, &h) in prior.groups.iter().enumerate().skip(i + 1) {
            let pair = &mut sums.pairs[g * groups + h];
            pair.product.add(moment(i, j));
            pair.first_square.add(moment(i, i));
            pair.second_square.add(moment(j, j));
            pair.customers.add(1.0);
        }
    }
}

/// Buffers of [`Regressor::add`].
#[derive(Debug, Default)]
pub(super) struct Regressor {
    /// The product of the messages to each latent size and trait.
    evidence: Vec<Gaussian>,
    /// The regression's features that are not 0, the constant first.
    features: Vec<(usize, f64)>,
}

impl Regressor {
    /// Adds one customer to the regressions on measurements: least squares weighted by how well
    /// their purchases determine each latent.
    pub(super) fn add(
        &mut self,
        sums: &mut SweepSums,
        broadcast: Broadcast<'_>,
        view: &CustomerViewMut<'_>,
        prior: &CustomerPrior,
    ) {
        let (graph, parameters) = (broadcast.graph, broadcast.parameters);
        let Some(regressions) = &mut sums.regressions else { return };
        self.features.clear();
        self.features.push((0, 1.0));
        self.features.extend(view.customer.features.known.iter().map(|&(i, x)| (i + 1, x)));
        self.gather(prior, view.lines.iter().map(|l| graph.group_of(l.article)).zip(&*view.sites));
        let groups = graph.groups.len();
        let targets = prior.groups.iter().copied().chain(groups..groups + REGRESSED);
        let m = graph.width + 1;
        for (&evidence, target) in self.evidence.iter().zip(targets) {
            let variance = match target.checked_sub(groups) {
                Some(i) => parameters.traits[i].variance,
                None => prior.widening * parameters.covariance[(target, target)],
            };
            let seen = evidence.widen(variance);
            let sums = &mut regressions[target];
            for (n, &(i, row)) in self.features.iter().enumerate() {
                sums.right.add(i, seen.precision_mean * row);
                let weighted = seen.precision * row;
                for &(j, column) in &self.features[n..] {
                    sums.normal.add(i * m + j, weighted * column);
                }
            }
        }
    }

    /// Multiplies the messages to each latent size and trait. `sites` have their fit groups.
    fn gather<'s>(
        &mut self,
        prior: &CustomerPrior,
        sites: impl Iterator<Item = (usize, &'s Sites)>,
    ) {
        let axes = prior.groups.len();
        self.evidence.clear();
        self.evidence.resize(axes + REGRESSED, Gaussian::FLAT);
        for (group, sites) in sites {
            let axis = prior.axis(group);
            self.evidence[axis] = self.evidence[axis].combine(sites.size());
            for (i, message) in sites.traits().into_iter().take(REGRESSED).enumerate() {
                self.evidence[axes + i] = self.evidence[axes + i].combine(message);
            }
        }
    }
}
