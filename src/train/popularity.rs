//! How much a size's share of its article's sales says of who takes it: one exponent a fit group, by the likelihood of the choices made.

use super::fixed::Sums;
use super::graph::Graph;
use super::state::State;
use crate::infer::choice;

/// Purchases at the shares of the whole scale that stand before an article's own: a new article sells as its scale does.
const SMOOTHING: f64 = 5.0;
/// Newton steps; the likelihood is concave in the exponent.
const STEPS: usize = 3;
/// Most purchases looked at, about.
const MOST_LINES: usize = 1 << 16;

/// Purchases of every slot, and the share of every label in its scale.
pub(crate) struct Shares {
    pub(crate) slots: Vec<f64>,
    pub(crate) labels: Vec<Vec<f64>>,
    pub(crate) articles: Vec<f64>,
}

impl Shares {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut slots = vec![0.0; graph.slots.len()];
        let mut articles = vec![0.0; graph.articles.len()];
        for line in &graph.lines {
            slots[line.slot as usize] += 1.0;
            articles[line.article as usize] += 1.0;
        }
        let mut labels: Vec<Vec<f64>> = graph.scales.iter().map(|s| vec![0.5; s.labels.len()]).collect();
        for (slot, n) in graph.slots.iter().zip(&slots) {
            labels[usize::from(graph.articles[slot.article as usize].scale)][usize::from(slot.label)] += n;
        }
        for scale in &mut labels {
            let total: f64 = scale.iter().sum();
            scale.iter_mut().for_each(|n| *n /= total);
        }
        Self { slots, labels, articles }
    }

    /// Log share of a slot in its article, `without` purchases of it left out.
    pub(crate) fn log_share(&self, graph: &Graph, slot: u32, without: f64, without_article: f64) -> f64 {
        let node = graph.slots[slot as usize];
        let article = &graph.articles[node.article as usize];
        let labels = &self.labels[usize::from(article.scale)];
        let offered: f64 = article.slots.clone().map(|s| labels[usize::from(graph.slots[s as usize].label)]).sum();
        let before = labels[usize::from(node.label)] / offered;
        let n = self.slots[slot as usize] - without;
        let all = self.articles[node.article as usize] - without_article;
        libm::log((n + SMOOTHING * before) / (all + SMOOTHING))
    }
}

/// Sets every group's `choice.popularity`. Each purchase is predicted with itself left out, of the latent size and of the shares.
pub(crate) fn learn(graph: &Graph, state: &mut State) {
    let shares = Shares::of(graph);
    // One exponent a group needs no more purchases than this; which ones depends on the articles alone, not on the order of the rows.
    let stride = graph.lines.len().div_ceil(MOST_LINES) as u64;
    for _ in 0..STEPS {
        let zero = || vec![Sums::new(2); graph.groups.len()];
        let sums = super::sweep::sum_lines(graph, state, zero, |sums, belief, axis, line, said| {
            let node = &graph.articles[line.article as usize];
            if !node.key.is_multiple_of(stride) {
                return;
            }
            let group = usize::from(node.group);
            let terms = &state.groups[group].choice;
            // The outcome is left in: it is not known before, but what it says is small against the choice.
            let cavity = belief.size(axis).remove(said.size());
            let article = state.articles[line.article as usize].offset;
            let variance = cavity.variance() + terms.awareness * terms.awareness * article.variance();
            let (mut total, mut mean, mut square, mut own) = (0.0, 0.0, 0.0, 0.0);
            for slot in node.slots.clone() {
                let chosen = slot == line.slot;
                let share = shares.log_share(graph, slot, f64::from(chosen), 1.0);
                let distance = state.position(graph, slot) + terms.awareness * article.mean() - cavity.mean();
                let weight = libm::exp(terms.popularity * share) * choice::density(distance, variance, terms.scale);
                total += weight;
                mean += weight * share;
                square += weight * share * share;
                if chosen {
                    own = share;
                }
            }
            if total > 1e-280 {
                let mean = mean / total;
                sums[group].add(0, own - mean);
                sums[group].add(1, square / total - mean * mean);
            }
        });
        for (group, sums) in state.groups.iter_mut().zip(&sums) {
            let step = sums.get(0) / (sums.get(1) + 1.0);
            group.choice.popularity = (group.choice.popularity + step.clamp(-0.3, 0.3)).clamp(0.0, 2.0);
        }
    }
}
