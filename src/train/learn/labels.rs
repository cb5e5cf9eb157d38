//! Learns all parameters of size labels from which sizes customers take: calls `positions` and
//! `lengths`, and updates lengths, appeals and the noise of each scale.

use super::label_step::{APPEAL_PRECISION, LabelStep, label_step};
use super::lengths::find_lengths;
use super::positions::{shift_scales, stretch_scales};
use super::step::newton_step;
use crate::train::graph::Graph;
use crate::train::state::{Labels, Parameters};
use crate::train::sweep::ScaleSums;

/// Prior precision of the logarithm of a scale's own noise: sd a third.
const NOISE_PRECISION: f64 = 10.0;
/// Bound of that logarithm: a factor of four.
const MAX_LOG_NOISE: f64 = 1.4;
/// Longest length, in sd of the customers' wishes.
const MAX_LENGTH: f64 = 4.0;
/// The sweep at which lengths are found from the affinities.
const LENGTHS_AT: usize = 4;

/// Moves all labels a Newton step towards higher evidence of which sizes customers took. `sweep`
/// counts from 1.
pub(crate) fn learn_labels(
    graph: &Graph,
    parameters: &mut Parameters,
    sums: &[ScaleSums],
    sweep: usize,
) {
    let scales = parameters.labels.iter().zip(&graph.scales).zip(sums);
    let steps: Vec<Vec<LabelStep>> = scales
        .map(|((labels, node), sums)| {
            let labelled = sums.labels.iter().enumerate();
            labelled.map(|(label, sums)| label_step(labels, node, sums, label)).collect()
        })
        .collect();
    for g in 0..graph.groups.len() {
        let (known, unknown): (Vec<usize>, Vec<usize>) =
            scales_of(graph, g).into_iter().partition(|&s| graph.scales[s].known);
        shift_scales(graph, &mut parameters.labels, sums, &known);
        stretch_scales(graph, &mut parameters.labels, sums, &steps, &unknown);
        step_noises(&mut parameters.labels, sums, &[known, unknown].concat());
    }
    for ((labels, sums), steps) in parameters.labels.iter_mut().zip(sums).zip(&steps) {
        step_weights(labels, sums, steps);
    }
    if sweep == LENGTHS_AT {
        find_lengths(graph, parameters, sums);
    }
}

/// The scales of a fit group.
fn scales_of(graph: &Graph, group: usize) -> Vec<usize> {
    (0..graph.scales.len()).filter(|&s| usize::from(graph.scales[s].group) == group).collect()
}

/// Moves appeals, affinities and lengths.
fn step_weights(labels: &mut Labels, sums: &ScaleSums, steps: &[LabelStep]) {
    for (affinity, sum) in labels.affinity.iter_mut().zip(&sums.affinity) {
        *affinity += newton_step(sum.get(), APPEAL_PRECISION, *affinity);
    }
    for ((appeal, length), step) in labels.appeal.iter_mut().zip(&mut labels.length).zip(steps) {
        *appeal += step.appeal;
        *length = (*length + step.length).clamp(-MAX_LENGTH, MAX_LENGTH);
    }
}

/// Moves the noise of each of a group's scales. Their common part is taken out, as the group's own
/// noise has it.
fn step_noises(labels: &mut [Labels], sums: &[ScaleSums], scales: &[usize]) {
    let next: Vec<f64> = scales
        .iter()
        .map(|&s| {
            let now = libm::log(labels[s].noise);
            now + newton_step(sums[s].noise.get(), NOISE_PRECISION, now)
        })
        .collect();
    let (mut total, mut mean) = (0.0, 0.0);
    for (&s, x) in scales.iter().zip(&next) {
        let information = sums[s].noise.get().information;
        total += information;
        mean += information * x;
    }
    let mean = if total > 0.0 { mean / total } else { 0.0 };
    for (&s, x) in scales.iter().zip(next) {
        labels[s].noise = libm::exp((x - mean).clamp(-MAX_LOG_NOISE, MAX_LOG_NOISE));
    }
}
