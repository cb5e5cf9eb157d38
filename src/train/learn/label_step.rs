//! The joint Newton step of a label's position, length and appeal (`model/README.md`, section 6.7).

use super::step::LONGEST_STEP;
use crate::math::Score;
use crate::train::graph::ScaleNode;
use crate::train::state::Labels;
use crate::train::sweep::LabelSums;
use nalgebra::{Cholesky, Matrix3, Vector3};

/// Prior precision of a position that no table knows about its start: sd a step and a half.
pub(super) const UNKNOWN_PRECISION: f64 = 0.44;
/// Prior precision of a label's length about the length that it names.
const LENGTH_PRECISION: f64 = 3.0;
/// Prior precision of an appeal, and of an affinity: most labels have neither.
pub(super) const APPEAL_PRECISION: f64 = 10.0;
/// Part of a Newton step that is taken: neighbouring labels share their evidence, and all move at
/// once.
const NEWTON: f64 = 0.8;

/// How far the parameters of one label move.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LabelStep {
    /// 0 where a table knows the position.
    pub(super) position: f64,
    pub(super) length: f64,
    pub(super) appeal: f64,
}

/// The step of one label. A size at the end of a run is taken as often if it lies farther out and
/// has more appeal; steps of one parameter after the other would follow such a ridge slowly.
pub(super) fn label_step(
    labels: &Labels,
    node: &ScaleNode,
    sums: &LabelSums,
    label: usize,
) -> LabelStep {
    let under = |score: Score, precision: f64, distance: f64| {
        (score.score - precision * distance, score.information + precision)
    };
    let length = labels.length[label] - node.lengths[label];
    let (by_length, length) = under(sums.length.get(), LENGTH_PRECISION, length);
    let (by_appeal, appeal) = under(sums.appeal.get(), APPEAL_PRECISION, labels.appeal[label]);
    let length_appeal = sums.length_appeal.get();
    let (mut by_position, mut position, mut crosses) = (0.0, 1.0, [0.0; 2]);
    if !node.known {
        let distance = labels.position[label] - node.start[label];
        (by_position, position) = under(sums.position.get(), UNKNOWN_PRECISION, distance);
        crosses = [sums.position_length.get(), sums.position_appeal.get()];
    }
    let [position_length, position_appeal] = crosses;
    let information = Matrix3::new(
        position,
        position_length,
        position_appeal,
        position_length,
        length,
        length_appeal,
        position_appeal,
        length_appeal,
        appeal,
    );
    // The sums of information are positive semidefinite up to rounding, and the priors are added.
    let Some(cholesky) = Cholesky::new(information) else { return LabelStep::default() };
    let step = cholesky.solve(&Vector3::new(by_position, by_length, by_appeal)) * NEWTON;
    let [position, length, appeal] = [0, 1, 2].map(|i| step[i].clamp(-LONGEST_STEP, LONGEST_STEP));
    LabelStep { position, length, appeal }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::System;

    /// One label between two positions far apart: farther out with more appeal is nearly as likely.
    #[test]
    fn a_ridge_of_position_and_appeal_is_followed_at_once() {
        let (score, slope) = (1.0, -1.6);
        let mut sums = LabelSums::default();
        // Purchases at two distances, whose scores by position are `slope` times those by appeal,
        // give or take a tenth.
        for by in [0.9 * slope, 1.1 * slope] {
            sums.position.add(Score { score: score * by, information: 100.0 * by * by });
            sums.appeal.add(Score { score, information: 100.0 });
            sums.position_appeal.add(100.0 * by);
        }
        let node = ScaleNode {
            group: 0,
            given: String::new(),
            system: System::default(),
            searched: false,
            labels: vec!["38".to_owned()],
            start: vec![0.0],
            lengths: vec![0.0],
            known: false,
            ascending: Vec::new(),
        };
        let labels = Labels::start(&node, 0);
        let step = label_step(&labels, &node, &sums, 0);
        // A whole Newton step leads to the maximum of the quadratic, where both scores are 0.
        let (position, appeal) = (step.position / NEWTON, step.appeal / NEWTON);
        let [p, a] = [sums.position.get(), sums.appeal.get()];
        let cross = sums.position_appeal.get();
        let left = [
            p.score - (p.information + UNKNOWN_PRECISION) * position - cross * appeal,
            a.score - cross * position - (a.information + APPEAL_PRECISION) * appeal,
        ];
        assert!(left.iter().all(|score| score.abs() < 1e-6), "{step:?} leaves {left:?}");
        assert_eq!(step.length, 0.0);
        let known = label_step(&labels, &ScaleNode { known: true, ..node }, &sums, 0);
        assert_eq!(known.position, 0.0);
        assert!(
            (known.appeal - NEWTON * a.score / (a.information + APPEAL_PRECISION)).abs() < 1e-9
        );
    }
}
