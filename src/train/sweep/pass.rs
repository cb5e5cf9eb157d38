//! One sweep of message passing over all customers, and the sums that learning needs from it.

use super::customer_belief::{axis_of, belief};
use super::sums::{SweepSums, TERMS, label, label_width, noise_at, scalar};
use super::variance_score::variance_score;
use crate::infer::{Belief, Choosing, Event, EventStats, Evidence, Messages, Offer, Pull};
use crate::math::Gaussian;
use crate::model::{BASIS, TRAITS};
use crate::train::fixed_point::Sums;
use crate::train::graph::{CustomerNode, Graph, OrderLine};
use crate::train::state::{PopularitySite, REGRESSED, State};
use nalgebra::DVector;

/// Customers a task: large enough that its sums are cheap beside it.
const CHUNK: usize = 2048;

/// Passes once over every customer, replacing `state.messages`; articles are as the last sweep left
/// them.
pub(crate) fn sweep(graph: &Graph, state: &mut State, damping: f64, regress: bool) -> SweepSums {
    let mut messages = std::mem::take(&mut state.messages);
    let mut popular = std::mem::take(&mut state.popularity_sites);
    let shared: &State = state;
    let mut tasks = Vec::with_capacity(graph.customers.len() / CHUNK + 1);
    let (mut rest, mut popular_rest) = (messages.as_mut_slice(), popular.as_mut_slice());
    for customers in 0..graph.customers.len().div_ceil(CHUNK) {
        let range = customers * CHUNK..graph.customers.len().min((customers + 1) * CHUNK);
        let lines: usize = graph.customers[range.clone()].iter().map(|c| c.lines.len()).sum();
        let (mine, others) = rest.split_at_mut(lines);
        rest = others;
        let offered = graph.customers[range.clone()].iter().map(|c| graph.offered_to(c)).sum();
        let (popular, others) = popular_rest.split_at_mut(offered);
        popular_rest = others;
        tasks.push((range, mine, popular));
    }
    let run = |(range, mut mine, mut popular): (
        std::ops::Range<usize>,
        &mut [Messages],
        &mut [PopularitySite],
    )| {
        let mut sums = SweepSums::new(graph, regress);
        let mut work = Work::new();
        for c in range {
            let node = &graph.customers[c];
            let (here, others) = mine.split_at_mut(node.lines.len());
            mine = others;
            let (said, others) = popular.split_at_mut(graph.offered_to(node));
            popular = others;
            work.customer(graph, shared, c, node, here, said, damping, regress, &mut sums);
        }
        sums
    };
    let none = || SweepSums::new(graph, regress);
    #[cfg(feature = "parallel")]
    let sums = {
        use rayon::prelude::*;
        tasks.into_par_iter().map(run).reduce(none, |a, b| a.merge(&b))
    };
    #[cfg(not(feature = "parallel"))]
    let sums = tasks.into_iter().map(run).fold(none(), |a, b| a.merge(&b));
    state.messages = messages;
    state.popularity_sites = popular;
    sums
}

/// Buffers kept from customer to customer.
struct Work {
    /// Fit groups this customer bought in; an index into it is an axis of the belief.
    groups: Vec<usize>,
    evidence: Vec<Gaussian>,
    choosing: Choosing,
    offers: Vec<Offer>,
    /// The regression's features that are not 0, the constant first.
    basis: Vec<(usize, f64)>,
}

impl Work {
    fn new() -> Self {
        let (groups, evidence, offers, basis) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { groups, evidence, choosing: Choosing::learning(), offers, basis }
    }

    #[allow(clippy::too_many_arguments)]
    fn customer(
        &mut self,
        graph: &Graph,
        state: &State,
        c: usize,
        node: &CustomerNode,
        messages: &mut [Messages],
        mut popular: &mut [PopularitySite],
        damping: f64,
        regress: bool,
        sums: &mut SweepSums,
    ) {
        let features = graph.features(c);
        let z = graph.features[c].z.as_slice();
        let width = label_width(graph);
        let lines = &graph.lines[node.lines.clone()];
        let (mut belief, prior_mean) = belief(graph, state, c, lines, messages, &mut self.groups);
        let trait_means = std::array::from_fn(|i| state.traits[i].mean(features));
        for (line, said) in lines.iter().zip(messages.iter_mut()) {
            let article = &graph.articles[line.article as usize];
            let g = usize::from(article.group);
            let (of_sizes, others) = popular.split_at_mut(article.slots.len());
            popular = others;
            let taken = state.offers(graph, line, z, of_sizes, &mut self.offers);
            let event =
                state.event(graph, line, said, axis_of(&self.groups, g), (&self.offers, taken));
            let stats = event.pass(&mut belief, said, damping, &mut self.choosing);
            add_outcome(sums, g, &event, &stats);
            let at = usize::from(graph.slots[line.slot as usize].label) * width + label::THRESHOLDS;
            for (k, pull) in stats.pulls.iter().enumerate() {
                let Some(pull) = pull else { continue };
                if event.menu.is_some() {
                    let labels = &mut sums.labels[usize::from(article.scale)];
                    labels.add(at + 2 * k, pull.gradient);
                    labels.add(at + 2 * k + 1, pull.curvature);
                }
                for (knot, weight) in state.trend.weights(line.day).into_iter().flatten() {
                    sums.trend.add(4 * knot + 2 * k, weight * pull.gradient);
                    sums.trend.add(4 * knot + 2 * k + 1, weight * pull.curvature);
                }
            }
            if let (Some(pull), Some((offers, taken))) = (&stats.choice, event.menu) {
                add_choice(&mut sums.scalars[g], &event, &stats, pull, &self.choosing);
                let wish = stats.wish;
                let affine = !state.labels[usize::from(article.scale)].affinity.is_empty();
                let first = line.slot as usize - taken;
                let labels = &mut sums.labels[usize::from(article.scale)];
                let noise = noise_at(graph, usize::from(article.scale));
                labels.add(noise, self.choosing.scale[0]);
                labels.add(noise + 1, self.choosing.scale[1]);
                for (i, slot) in graph.slots[first..first + offers.len()].iter().enumerate() {
                    let at = usize::from(slot.label) * width;
                    let mut add = |at: usize, [score, information]: [f64; 2], by: f64| {
                        labels.add(at, score * by);
                        labels.add(at + 1, information * by * by);
                    };
                    add(at + label::POSITION, self.choosing.positions[i], 1.0);
                    let weight = self.choosing.weights[i];
                    let before = state.popularity[first + i].remove(of_sizes[i].gaussian()).mean();
                    of_sizes[i] =
                        of_sizes[i].renewed(before, weight.map(|w| w * line.share), damping);
                    // The logarithm of the weight is appeal + length (wish - length / 2), with the
                    // wish's own variance.
                    add(at + label::LENGTH, weight, wish[0] - offers[i].length * (1.0 - wish[1]));
                    add(at + label::APPEAL, weight, 1.0);
                    if affine {
                        for (k, z) in z.iter().enumerate() {
                            add(at + label::AFFINITY + 2 * k, weight, *z);
                        }
                    }
                }
            }
        }
        self.add_customer(graph, state, c, &belief, &prior_mean, trait_means, sums);
        if regress {
            self.add_regression(graph, state, c, features, lines, messages, sums);
        }
    }

    /// What one customer says of the variances of sizes and fussiness.
    #[allow(clippy::too_many_arguments)]
    fn add_customer(
        &self,
        graph: &Graph,
        state: &State,
        customer: usize,
        belief: &Belief,
        prior_mean: &DVector<f64>,
        trait_means: [f64; TRAITS],
        sums: &mut SweepSums,
    ) {
        let (mean, covariance) = belief.sizes();
        let widening = state.widening(graph, customer);
        let bits = graph.missing[customer];
        let n = graph.measurements.len().min(64);
        for (i, &g) in self.groups.iter().enumerate() {
            let prior = widening * state.covariance[(g, g)];
            let (top, bottom) = variance_score(mean[i] - prior_mean[i], covariance[(i, i)], prior);
            sums.scalars[g].add(scalar::SIZE_TOP, top / widening);
            sums.scalars[g].add(scalar::SIZE_BOTTOM, bottom);
            // By the mean of the prior, too.
            sums.scalars[g].add(scalar::SIZE_MEAN, (mean[i] - prior_mean[i]) / prior);
            sums.scalars[g].add(scalar::SIZE_MEAN + 1, (1.0 - covariance[(i, i)] / prior) / prior);
            // The same by the widening itself, in its own units.
            let (score, information) = (top / prior / widening, bottom / (widening * widening));
            for a in (0..n).filter(|a| bits >> a & 1 == 1) {
                sums.missing.add(n * n + a, score);
                for b in (0..n).filter(|b| bits >> b & 1 == 1) {
                    sums.missing.add(n * a + b, information);
                }
            }
            for (j, &h) in self.groups.iter().enumerate().skip(i + 1) {
                let d = |i: usize, j: usize| {
                    ((mean[i] - prior_mean[i]) * (mean[j] - prior_mean[j]) + covariance[(i, j)])
                        / widening
                };
                let at = 4 * (g * graph.groups.len() + h);
                sums.pairs.add(at, d(i, j));
                sums.pairs.add(at + 1, d(i, i));
                sums.pairs.add(at + 2, d(j, j));
                sums.pairs.add(at + 3, 1.0);
            }
        }
        for (i, trait_mean) in trait_means.into_iter().enumerate() {
            let t = belief.traits[i];
            let (top, bottom) =
                variance_score(t.mean() - trait_mean, t.variance(), state.traits[i].variance);
            sums.traits.add(2 * i, top);
            sums.traits.add(2 * i + 1, bottom);
        }
    }

    /// What one customer says of the regressions on measurements: least squares weighted by how
    /// much their history says.
    #[allow(clippy::too_many_arguments)]
    fn add_regression(
        &mut self,
        graph: &Graph,
        state: &State,
        customer: usize,
        features: &[f64],
        lines: &[OrderLine],
        messages: &[Messages],
        sums: &mut SweepSums,
    ) {
        self.basis.clear();
        self.basis.push((0, 1.0));
        // Words give many features that are 0, and the normal matrix is quadratic in the rest.
        self.basis.extend(
            features.iter().enumerate().filter(|(_, x)| **x != 0.0).map(|(i, &x)| (i + 1, x)),
        );
        self.evidence.clear();
        self.evidence.resize(self.groups.len() + REGRESSED, Gaussian::FLAT);
        for (line, said) in lines.iter().zip(messages) {
            let axis = axis_of(&self.groups, graph.group_of(line));
            self.evidence[axis] = self.evidence[axis].combine(said.size());
            for (i, message) in said.traits().into_iter().take(REGRESSED).enumerate() {
                let at = self.groups.len() + i;
                self.evidence[at] = self.evidence[at].combine(message);
            }
        }
        let targets =
            self.groups.iter().copied().chain(graph.groups.len()..graph.groups.len() + REGRESSED);
        for (&evidence, g) in self.evidence.iter().zip(targets) {
            let variance = match g.checked_sub(graph.groups.len()) {
                Some(i) => state.traits[i].variance,
                None => state.widening(graph, customer) * state.covariance[(g, g)],
            };
            let seen = evidence.widen(variance);
            let m = graph.width + 1;
            for (n, &(i, row)) in self.basis.iter().enumerate() {
                sums.right[g].add(i, seen.precision_mean * row);
                let weighted = seen.precision * row;
                for &(j, column) in &self.basis[n..] {
                    sums.normal[g].add(i * m + j, weighted * column);
                }
            }
        }
    }
}

/// What one purchase says of the parameters of the choice.
fn add_choice(s: &mut Sums, event: &Event<'_>, stats: &EventStats, pull: &Pull, scores: &Choosing) {
    let mut add = |at: usize, score: f64, information: f64| {
        s.add(at, score);
        s.add(at + 1, information);
    };
    add(scalar::SCALE, scores.scale[0], scores.scale[1]);
    // Awareness and shifts move the mean of what the choice sees, by the offset and by one.
    let curvature = pull.curvature.max(0.0);
    let offset = stats.offset;
    add(scalar::AWARENESS, -offset * pull.gradient, offset * offset * curvature);
    if event.evidence != Evidence::None {
        for (k, w) in stats.weights.into_iter().enumerate() {
            add(scalar::SHIFT + 2 * k, -w * pull.gradient, w * w * curvature);
        }
    }
    s.add(scalar::CHOICE_COUNT, 1.0);
    s.add(scalar::CHOICE_LOG, pull.log_evidence);
}

/// What one purchase says of the outcome terms.
fn add_outcome(sums: &mut SweepSums, g: usize, event: &Event<'_>, stats: &EventStats) {
    let s = &mut sums.scalars[g];
    s.add(scalar::COUNT, 1.0);
    let Some(log_evidence) = stats.outcome_log_evidence else { return };
    s.add(scalar::OUTCOME_LOG, log_evidence);
    s.add(scalar::OUTCOME_COUNT, 1.0);
    if !matches!(event.evidence, Evidence::Known(1) | Evidence::Beaten(_)) {
        s.add(scalar::MISFITS, 1.0 - stats.unrelated);
        s.add(scalar::UNRELATED, stats.unrelated);
    }
    if event.evidence == Evidence::Unknown {
        s.add(scalar::UNKNOWN_MISFITS, 1.0 - stats.unrelated);
        s.add(scalar::UNKNOWN_UNRELATED, stats.unrelated);
    }
    if let Some(pull) = &stats.returned {
        s.add(scalar::RETURNING, pull.gradient);
        s.add(scalar::RETURNING + 1, pull.curvature);
    }
    for k in 0..2 {
        let Some(pull) = stats.pulls[k] else { continue };
        // The argument is mean / sqrt(variance), and the slopes are in both.
        let pulled = stats.means[k] / stats.variances[k];
        let slope = [event.terms.chosen_slope, event.terms.slope];
        let [chosen, garment] =
            [0, 1].map(|i| stats.misfit[k][i] - slope[i] * stats.misfit_variance[i] * pulled);
        let mut row = [0.0; BASIS + 3];
        row[..BASIS].copy_from_slice(&stats.basis);
        row[BASIS..].copy_from_slice(&[chosen, garment, stats.distance]);
        let index: [usize; BASIS + 3] = std::array::from_fn(|i| match i {
            _ if i < BASIS => k * BASIS + i,
            _ => BASIS + i,
        });
        for (a, &i) in index.iter().enumerate() {
            sums.gradient[g].add(i, pull.gradient * row[a]);
            for (b, &j) in index.iter().enumerate().skip(a) {
                sums.curvature[g].add(i * TERMS + j, pull.curvature * row[a] * row[b]);
            }
        }
    }
}
