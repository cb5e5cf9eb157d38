//! Leaving a term of the model out, to see what it pays.

use super::state::Parameters;
use crate::model::{Group, LENGTH};

/// A variance so small that what it is of stays where it is.
const NO_VARIANCE: f64 = 1e-4;

/// A part of the model that training can do without. `model/README.md` has their formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelTerm {
    /// Size runs: left out, articles whose labels no table knows share one scale.
    SizeRuns,
    /// Lengths of labels (petite, long).
    Lengths,
    /// Appeal of labels: that some are taken oftener than position and length say.
    Appeals,
    /// Popularity: that a size of one article is taken oftener than its label's appeal says.
    Popularity,
    /// Cuts: that smaller or larger sizes are taken of one article than of others.
    Cuts,
    /// What came of a choice, as a hint on the size wished for.
    OutcomeShift,
    /// That customers allow for an article's offset when they choose.
    Awareness,
    /// How far the size taken lies from the one expected, in the outcome.
    Distance,
    /// That who takes a larger size than usual calls it a misfit more or less readily, either way.
    Lean,
    /// What a label adds to the chances of its outcomes where it was chosen.
    Thresholds,
    /// By how much the noise in a choice differs between size scales.
    Noises,
    /// How readily something is called a misfit, from month to month.
    Trend,
    /// Customers who call anything a misfit more readily.
    Fussiness,
    /// Customers who like it loose, or close.
    Preference,
    /// Body measurements.
    Measurements,
    /// Brands: left out, every article stands for itself.
    Brands,
    /// Articles with misfits on both sides.
    Spreads,
    /// Single sizes that are off their article's run.
    Deviations,
    /// Articles whose offset grows from size to size.
    Grades,
}

impl ModelTerm {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::SizeRuns,
        Self::Lengths,
        Self::Appeals,
        Self::Popularity,
        Self::Cuts,
        Self::OutcomeShift,
        Self::Awareness,
        Self::Distance,
        Self::Lean,
        Self::Thresholds,
        Self::Noises,
        Self::Trend,
        Self::Fussiness,
        Self::Preference,
        Self::Measurements,
        Self::Brands,
        Self::Spreads,
        Self::Deviations,
        Self::Grades,
    ];

    /// In a word or two, as a report has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SizeRuns => "size runs",
            Self::Lengths => "lengths",
            Self::Appeals => "appeals",
            Self::Popularity => "popularity",
            Self::Cuts => "cuts",
            Self::OutcomeShift => "outcome shift",
            Self::Awareness => "awareness",
            Self::Distance => "distance",
            Self::Lean => "lean",
            Self::Thresholds => "thresholds of labels",
            Self::Noises => "noise of scales",
            Self::Trend => "trend",
            Self::Fussiness => "fussiness",
            Self::Preference => "preference",
            Self::Measurements => "measurements",
            Self::Brands => "brands",
            Self::Spreads => "spreads",
            Self::Deviations => "deviations",
            Self::Grades => "grades",
        }
    }

    /// Puts the parameters of the term to where the term has no effect. Size runs and measurements
    /// are left out earlier, when the history is read.
    pub(crate) fn disable(self, parameters: &mut Parameters) {
        match self {
            Self::SizeRuns | Self::Measurements => {}
            Self::Lengths => {
                parameters.traits[LENGTH].coefficients.fill(0.0);
                for labels in &mut parameters.labels {
                    labels.length.fill(0.0);
                    labels.affinity.fill(0.0);
                }
            }
            Self::Appeals => {
                parameters.labels.iter_mut().for_each(|labels| labels.appeal.fill(0.0))
            }
            Self::Popularity => {
                parameters.choice_variances.iter_mut().for_each(|v| v.popularity = NO_VARIANCE)
            }
            Self::Cuts => {
                parameters.choice_variances.iter_mut().for_each(|v| v.choice_offset = NO_VARIANCE)
            }
            Self::Thresholds => {
                parameters.labels.iter_mut().for_each(|labels| labels.thresholds.fill([0.0; 2]))
            }
            Self::Noises => parameters.labels.iter_mut().for_each(|labels| labels.noise = 1.0),
            Self::Trend => parameters.trend.values.fill([0.0; 2]),
            Self::Fussiness | Self::Preference => {
                let prior = &mut parameters.traits[usize::from(self == Self::Preference)];
                prior.variance = NO_VARIANCE;
                prior.coefficients.fill(0.0);
            }
            _ => parameters.groups.iter_mut().for_each(|group| self.disable_group(group)),
        }
    }

    fn disable_group(self, group: &mut Group) {
        match self {
            Self::OutcomeShift => group.choice.outcome_shift = [0.0; 2],
            Self::Awareness => group.choice.awareness = 0.0,
            // The basis is 1, x, x^2 and then the two of the distance.
            Self::Distance => group.outcome.terms.iter_mut().for_each(|terms| terms[3..].fill(0.0)),
            Self::Lean => group.outcome.lean = 0.0,
            Self::Grades => group.grade_variance = NO_VARIANCE,
            Self::Brands => {
                (group.offset_variance.brand, group.spread_variance.brand) =
                    (NO_VARIANCE, NO_VARIANCE)
            }
            Self::Spreads => group.spread_variance = [NO_VARIANCE; 2].into(),
            Self::Deviations => group.offset_variance.size = NO_VARIANCE,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_has_a_name_of_its_own() {
        let mut names: Vec<&str> = ModelTerm::ALL.iter().map(|t| t.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ModelTerm::ALL.len());
    }
}
