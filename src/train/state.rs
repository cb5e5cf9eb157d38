//! All that training changes from sweep to sweep.

use super::fixed::Sums;
use super::graph::{Graph, Line};
use crate::infer::{Event, Garment, Messages, Place};
use crate::math::{Gaussian, quantile};
use crate::model::{Choice, Group, OutcomeTerms, SizePrior};
use crate::outcome::Outcome;
use nalgebra::DMatrix;

/// Beliefs about an article: what its brand says before its own purchases are seen, and with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ArticleBelief {
    pub(crate) offset: Gaussian,
    pub(crate) spread: Gaussian,
}

#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) groups: Vec<Group>,
    pub(crate) covariance: DMatrix<f64>,
    /// Priors of fussiness and preference.
    pub(crate) traits: [SizePrior; 2],
    /// Position of each label of each scale.
    pub(crate) positions: Vec<Vec<f64>>,
    /// Place of each slot among its article's sizes; follows the positions.
    pub(crate) places: Vec<Place>,
    pub(crate) brands: Vec<ArticleBelief>,
    pub(crate) articles: Vec<ArticleBelief>,
    /// Deviation of each slot.
    pub(crate) deviations: Vec<Gaussian>,
    /// Messages of each line.
    pub(crate) messages: Vec<Messages>,
}

/// Where the scales of the model start; all are learned from there. Those of dress sizes are the study's order of magnitude.
mod start {
    pub(super) const SIZE_VARIANCE: f64 = 2.0;
    pub(super) const CORRELATION: f64 = 0.5;
    pub(super) const TRAIT_VARIANCE: [f64; 2] = [0.2, 0.1];
    pub(super) const OFFSET_VARIANCE: [f64; 3] = [0.1, 0.1, 0.03];
    pub(super) const SPREAD_VARIANCE: [f64; 2] = [0.03, 0.03];
    pub(super) const SLOPE: f64 = 0.4;
    pub(super) const CHOICE_SCALE: f64 = 0.6;
    pub(super) const POPULARITY: f64 = 0.4;
    pub(super) const UNRELATED: f64 = 0.3;
}

impl State {
    pub(crate) fn start(graph: &Graph) -> Self {
        let groups: Vec<Group> = (0..graph.groups.len()).map(|g| start_group(graph, g)).collect();
        let n = groups.len();
        let covariance = DMatrix::from_fn(n, n, |i, j| {
            if i == j { start::SIZE_VARIANCE } else { start::CORRELATION * start::SIZE_VARIANCE }
        });
        let positions: Vec<Vec<f64>> = graph.scales.iter().map(|s| s.start.clone()).collect();
        let brand = |g: u16| {
            let g = &groups[usize::from(g)];
            ArticleBelief {
                offset: Gaussian::new(0.0, g.offset_variance[0]),
                spread: Gaussian::new(0.0, g.spread_variance[0]),
            }
        };
        let brands: Vec<ArticleBelief> = graph.brands.iter().map(|b| brand(b.group)).collect();
        let articles = graph
            .articles
            .iter()
            .map(|a| {
                let g = &groups[usize::from(a.group)];
                let above = brands[a.brand as usize];
                ArticleBelief {
                    offset: above.offset.widen(g.offset_variance[1]),
                    spread: above.spread.widen(g.spread_variance[1]),
                }
            })
            .collect();
        let deviations = graph
            .slots
            .iter()
            .map(|s| {
                Gaussian::new(0.0, groups[usize::from(graph.articles[s.article as usize].group)].offset_variance[2])
            })
            .collect();
        let traits = start::TRAIT_VARIANCE.map(|variance| SizePrior {
            intercept: 0.0,
            coefficients: vec![0.0; graph.width],
            variance,
        });
        let messages = vec![Messages::default(); graph.lines.len()];
        let places = places(graph, &positions);
        Self { groups, covariance, traits, positions, places, brands, articles, deviations, messages }
    }

    /// Position of a slot's label.
    pub(crate) fn position(&self, graph: &Graph, slot: u32) -> f64 {
        let slot = graph.slots[slot as usize];
        self.positions[usize::from(graph.articles[slot.article as usize].scale)][usize::from(slot.label)]
    }

    /// A line as the message passing sees it: the beliefs about its article without what the line itself said.
    pub(crate) fn event<'s>(&'s self, graph: &Graph, line: &Line, said: &Messages, axis: usize) -> Event<'s> {
        let article = self.articles[line.article as usize];
        let [offset, deviation, spread] = said.article();
        let group = &self.groups[usize::from(graph.articles[line.article as usize].group)];
        Event {
            axis,
            garment: Garment {
                position: self.position(graph, line.slot),
                place: self.places[line.slot as usize],
                offset: article.offset.remove(offset),
                deviation: self.deviations[line.slot as usize].remove(deviation),
                spread: article.spread.remove(spread),
            },
            evidence: line.evidence,
            slope: group.outcome.chosen_slope,
            terms: &group.outcome,
            choice: &group.choice,
        }
    }
}

/// Place of each slot among its article's sizes.
pub(crate) fn places(graph: &Graph, positions: &[Vec<f64>]) -> Vec<Place> {
    let mut places = Vec::with_capacity(graph.slots.len());
    for article in &graph.articles {
        let positions = &positions[usize::from(article.scale)];
        let of = |slot: u32| positions[usize::from(graph.slots[slot as usize].label)];
        places.extend(article.slots.clone().map(|slot| Place::of(of(slot), article.slots.clone().map(of))));
    }
    places
}

fn start_group(graph: &Graph, g: usize) -> Group {
    let mut counts = [0.0_f64; 3];
    // In fixed point: customers come in the order of the rows.
    let (mut sum, mut n) = (Sums::new(1), 0.0);
    for line in &graph.lines {
        let article = &graph.articles[line.article as usize];
        if usize::from(article.group) != g {
            continue;
        }
        match line.outcome {
            Outcome::TooSmall => counts[0] += 1.0,
            Outcome::Kept => counts[1] += 1.0,
            Outcome::TooLarge => counts[2] += 1.0,
            _ => {}
        }
        n += 1.0;
        let slot = graph.slots[line.slot as usize];
        sum.add(0, graph.scales[usize::from(article.scale)].start[usize::from(slot.label)]);
    }
    // One of each beforehand: a group without one kind of outcome still has a finite threshold.
    let share = |k: usize| (counts[k] + 1.0) / (counts.iter().sum::<f64>() + 3.0);
    Group {
        name: graph.groups[g].clone(),
        size: SizePrior {
            intercept: if n > 0.0 { sum.get(0) / n } else { 0.0 },
            coefficients: vec![0.0; graph.width],
            variance: start::SIZE_VARIANCE,
        },
        outcome: OutcomeTerms {
            intercept: [quantile(share(0)), quantile(share(2))],
            linear: [0.0; 2],
            quadratic: [0.0; 2],
            slope: start::SLOPE,
            chosen_slope: start::SLOPE,
            unrelated: start::UNRELATED,
        },
        choice: Choice { scale: start::CHOICE_SCALE, popularity: start::POPULARITY, awareness: 0.0 },
        offset_variance: start::OFFSET_VARIANCE,
        spread_variance: start::SPREAD_VARIANCE,
    }
}
