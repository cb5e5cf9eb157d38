//! The positions among the parameters of size labels: whole scales known to a table move together,
//! unknown ones stretch.

use super::step::{LONGEST_STEP, newton_step};
use super::straight_line::StraightLine;
use crate::train::graph::Graph;
use crate::train::state::Labels;
use crate::train::sweep::ScaleSums;

/// Prior precision of a position that no table knows about its start: sd a step and a half.
const UNKNOWN_PRECISION: f64 = 0.44;
/// Prior precision of a whole scale's shift off its public table: sd 0.2 steps.
const SHIFT_PRECISION: f64 = 25.0;

/// Shifts each scale that a public table knows, and all back by their mean shift: the axis stays
/// where it is. The labels of a scale keep their distances.
pub(super) fn shift_scales(
    graph: &Graph,
    labels: &mut [Labels],
    sums: &[ScaleSums],
    scales: &[usize],
) {
    let mut shifts = Vec::with_capacity(scales.len());
    let (mut total, mut mean) = (0.0, 0.0);
    for &s in scales {
        let start = &graph.scales[s].start;
        let (score, information) = sums[s].labels.iter().fold((0.0, 0.0), |(g, i), sums| {
            let position = sums.position.get();
            (g + position.score, i + position.information)
        });
        // All labels of a scale have the same shift at any time.
        let now = labels[s].position[0] - start[0];
        let step = (score - SHIFT_PRECISION * now) / (information + SHIFT_PRECISION);
        let shift = now + step.clamp(-LONGEST_STEP, LONGEST_STEP);
        shifts.push(shift);
        total += information;
        mean += information * shift;
    }
    if total > 0.0 {
        for (&s, shift) in scales.iter().zip(shifts) {
            let start = &graph.scales[s].start;
            labels[s].position = start.iter().map(|x| x + shift - mean / total).collect();
        }
    }
}

/// Moves the labels that no table knows one by one. `alone` means that no other scale of the group
/// holds the axis: then the straight line that is common to all labels is taken out, which keeps
/// the unit a step.
pub(super) fn stretch_scales(
    graph: &Graph,
    labels: &mut [Labels],
    sums: &[ScaleSums],
    scales: &[usize],
    alone: bool,
) {
    let mut fit = StraightLine::default();
    for &s in scales {
        let positions = labels[s].position.iter_mut().zip(&graph.scales[s].start);
        for ((x, &start), sums) in positions.zip(&sums[s].labels) {
            let position = sums.position.get();
            *x += newton_step(position, UNKNOWN_PRECISION, *x - start);
            fit.add(start, *x, position.information);
        }
    }
    let (intercept, slope) = if alone { fit.rising().unwrap_or((0.0, 1.0)) } else { (0.0, 1.0) };
    for &s in scales {
        labels[s].position.iter_mut().for_each(|x| *x = (*x - intercept) / slope);
    }
}
