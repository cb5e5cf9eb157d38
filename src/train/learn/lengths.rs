//! Finds which labels are long or short where no label names its length.

use crate::math::StraightLine;
use crate::model::{LENGTH, MeasurementKind, SizePrior};
use crate::train::graph::Graph;
use crate::train::state::{Labels, Parameters};
use crate::train::sweep::ScaleSums;
use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Starts the lengths from the labels' affinities: from which customers take one label rather than
/// another at the same position. Then clears the affinities.
///
/// The affinities' common part besides the position is taken for length: the first principal
/// direction of the rest predicts the wish for length from the measurements. With that start, the
/// wish goes on to be learned from the sizes that customers take.
pub(super) fn find_lengths(graph: &Graph, parameters: &mut Parameters, sums: &[ScaleSums]) {
    let numbers = graph.measured_numbers();
    let named = graph.scales.iter().any(|s| s.lengths.iter().any(|&l| l != 0.0));
    if numbers > 0 && !named {
        let rests: Vec<Vec<f64>> = parameters
            .labels
            .iter()
            .zip(sums)
            .map(|(labels, sums)| without_position(labels, sums, numbers))
            .collect();
        let direction = principal_direction(&rests, sums, numbers);
        for (labels, rest) in parameters.labels.iter_mut().zip(&rests) {
            for (length, r) in labels.length.iter_mut().zip(rest.chunks(numbers)) {
                *length = direction.iter().zip(r).map(|(d, r)| d * r).sum();
            }
        }
        predict_wish(graph, &mut parameters.traits[LENGTH], &direction);
    }
    parameters.labels.iter_mut().for_each(|l| l.affinity.clear());
}

/// The affinities less their part that goes with the position on a straight line.
fn without_position(labels: &Labels, sums: &ScaleSums, numbers: usize) -> Vec<f64> {
    let mut rest = labels.affinity.clone();
    for k in 0..numbers {
        let mut fit = StraightLine::default();
        for (l, (&x, sums)) in labels.position.iter().zip(&sums.labels).enumerate() {
            fit.add(x, labels.affinity[l * numbers + k], sums.position.get().information);
        }
        let (intercept, slope) = fit.shrunk();
        for (l, x) in labels.position.iter().enumerate() {
            rest[l * numbers + k] -= intercept + slope * x;
        }
    }
    rest
}

/// The first principal direction, its largest component positive.
fn principal_direction(rests: &[Vec<f64>], sums: &[ScaleSums], numbers: usize) -> DVector<f64> {
    let mut scatter = DMatrix::<f64>::zeros(numbers, numbers);
    for (rest, sums) in rests.iter().zip(sums) {
        for (r, sums) in rest.chunks(numbers).zip(&sums.labels) {
            let weight = sums.position.get().information;
            for i in 0..numbers {
                for j in 0..numbers {
                    scatter[(i, j)] += weight * r[i] * r[j];
                }
            }
        }
    }
    let eigen = SymmetricEigen::new(scatter);
    let direction = eigen.eigenvectors.column(eigen.eigenvalues.imax()).into_owned();
    if direction[direction.iamax()] < 0.0 { -direction } else { direction }
}

/// Sets the coefficients of the numeric measurements' z in the prior of the wish for length.
fn predict_wish(graph: &Graph, prior: &mut SizePrior, direction: &DVector<f64>) {
    let mut directions = direction.iter();
    let mut at = 0;
    for m in &graph.measurements {
        if matches!(m.kind, MeasurementKind::Numeric { .. }) {
            prior.coefficients[at] = *directions.next().expect("one for each number");
        }
        at += m.width();
    }
}
