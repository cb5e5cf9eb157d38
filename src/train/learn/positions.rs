//! The positions among the parameters of size labels: whole scales known to a table move together,
//! unknown ones stretch.

use super::label_step::{LabelStep, UNKNOWN_PRECISION};
use super::step::LONGEST_STEP;
use crate::math::StraightLine;
use crate::train::graph::{Graph, ScaleNode};
use crate::train::state::Labels;
use crate::train::sweep::ScaleSums;

/// Least distance of neighbouring labels, as a part of their first one.
const LEAST_DISTANCE: f64 = 0.1;
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

/// Moves the labels that no table knows by these `steps`. Where no other scale of the group holds
/// the axis, the straight line that is common to all labels is taken out, which keeps the unit a
/// step.
pub(super) fn stretch_scales(
    graph: &Graph,
    labels: &mut [Labels],
    sums: &[ScaleSums],
    steps: &[Vec<LabelStep>],
    scales: &[usize],
) {
    let mut fit = StraightLine::default();
    for &s in scales {
        let positions = labels[s].position.iter_mut().zip(&graph.scales[s].start);
        for (((x, &start), sums), step) in positions.zip(&sums[s].labels).zip(&steps[s]) {
            *x += step.position;
            fit.add(start, *x, sums.position.get().information);
        }
    }
    let group = |s: usize| graph.scales[s].group;
    let alone = scales.first().is_some_and(|&first| {
        graph.scales.iter().all(|scale| !scale.known || scale.group != group(first))
    });
    let (intercept, slope) = if alone { fit.rising().unwrap_or((0.0, 1.0)) } else { (0.0, 1.0) };
    for &s in scales {
        labels[s].position.iter_mut().for_each(|x| *x = (*x - intercept) / slope);
        keep_order(&mut labels[s].position, &graph.scales[s], &sums[s]);
    }
}

/// Moves positions that contradict the order of their run to their common mean, weighted by what
/// is known of each: isotonic regression (Barlow et al., 1972). Neighbours stay a part of their
/// first distance apart, so that no two share one position.
fn keep_order(position: &mut [f64], scale: &ScaleNode, sums: &ScaleSums) {
    for list in &scale.ascending {
        let least = |i: usize| LEAST_DISTANCE * scale.start[i];
        let free: Vec<(f64, f64)> = list
            .iter()
            .map(|&i| {
                let information = sums.labels[i].position.get().information;
                (position[i] - least(i), information + UNKNOWN_PRECISION)
            })
            .collect();
        for (&i, x) in list.iter().zip(rising(&free)) {
            position[i] = x + least(i);
        }
    }
}

/// The rising values nearest to these in weighted squares, by pooling neighbours that fall.
fn rising(values: &[(f64, f64)]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(values.len());
    for &(x, weight) in values {
        let mut pool = (x, weight, 1);
        while let Some(last) = pools.pop_if(|last| last.0 > pool.0) {
            let weight = last.1 + pool.1;
            pool = ((last.0 * last.1 + pool.0 * pool.1) / weight, weight, last.2 + pool.2);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(x, _, n)| std::iter::repeat_n(x, n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn falling_neighbours_are_pooled_by_their_weights() {
        let values = [(1.0, 1.0), (3.0, 1.0), (2.0, 3.0), (2.1, 1.0), (5.0, 1.0)];
        let expected = [1.0, 2.22, 2.22, 2.22, 5.0];
        for (x, expected) in rising(&values).into_iter().zip(expected) {
            assert!((x - expected).abs() < 1e-12, "{x} {expected}");
        }
        assert!(rising(&[]).is_empty());
    }
}
