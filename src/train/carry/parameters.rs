//! The parameters of the training before, for the tables now.

use super::kept::Kept;
use super::matched::Matched;
use crate::train::graph::{Graph, ScaleNode};
use crate::train::state::{Effects, Labels, Parameters};

/// The parameters that were kept, with the labels of the scales now.
pub(crate) fn carried_parameters(kept: &Kept, now: &Graph, matched: &Matched) -> Parameters {
    let before = &kept.parameters;
    let scales = now.scales.iter().zip(&matched.labels).zip(&before.labels);
    let labels = scales
        .map(|((node, known), before)| carried_labels(node, known, before, now.measured_numbers()));
    let mut parameters = Parameters { labels: labels.collect(), ..before.clone() };
    let effects = Effects::start(&now.attributes);
    let width = |effects: &[Effects]| effects.first().map(|effects| effects.coefficients.len());
    if width(&effects) != width(&before.effects) {
        // Other words are features now. The coefficients are learned with every belief.
        parameters.effects = effects;
    }
    parameters.refresh();
    parameters
}

/// The labels of a scale. A new one is placed by its starting position beside the known ones, and
/// is bought as rarely as the rarest of them until training learns its appeal.
fn carried_labels(
    node: &ScaleNode,
    known: &[Option<usize>],
    before: &Labels,
    numbers: usize,
) -> Labels {
    let mut labels = Labels::start(node, numbers);
    labels.noise = before.noise;
    let pairs = || known.iter().enumerate().filter_map(|(now, label)| Some((now, (*label)?)));
    let count = pairs().count().max(1) as f64;
    let moved: f64 = pairs().map(|(now, label)| before.position[label] - node.start[now]).sum();
    let rarest = pairs().map(|(_, label)| before.appeal[label]).fold(0.0, f64::min);
    for (now, label) in known.iter().enumerate() {
        let Some(label) = *label else {
            labels.position[now] += moved / count;
            labels.appeal[now] = rarest;
            continue;
        };
        labels.position[now] = before.position[label];
        labels.length[now] = before.length[label];
        labels.appeal[now] = before.appeal[label];
        labels.thresholds[now] = before.thresholds[label];
    }
    if before.affinity.is_empty() {
        labels.affinity.clear();
    } else {
        for (now, label) in pairs() {
            let (to, from) = (now * numbers, label * numbers);
            labels.affinity[to..to + numbers].copy_from_slice(&before.affinity[from..][..numbers]);
        }
    }
    labels
}
