//! Parts of the model that the ablation can leave out, to measure what each brings.

use super::state::Parameters;
use crate::model::{Group, LENGTH};

/// A variance so small that the latent stays at its prior mean.
const NO_VARIANCE: f64 = 1e-4;

/// A term of the model that training can leave out. `model/README.md` has their formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelTerm {
    /// Size runs: left out, articles whose labels no table knows share one scale.
    SizeRuns,
    /// Lengths of labels (petite, long).
    Lengths,
    /// Appeals: customers take some labels oftener than position and length explain.
    Appeals,
    /// Popularity: customers take a size of one article oftener than its label's appeal explains.
    Popularity,
    /// Choice offsets: customers take smaller or larger sizes of one article than of others.
    ChoiceOffsets,
    /// Purchases for somebody else: left out, all are for the customer.
    Others,
    /// Awareness: customers allow for an article's offset when they choose.
    Awareness,
    /// The distance between the size taken and the expected one, in the outcome.
    Distance,
    /// Lean: customers who take a larger size than usual call it a misfit more or less readily.
    Lean,
    /// What a chosen label adds to the arguments of its outcomes.
    Thresholds,
    /// Factors of size scales on the noise in a choice.
    Noises,
    /// Trend: customers call something a misfit more or less readily from month to month.
    Trend,
    /// Fussiness: some customers call anything a misfit more readily.
    Fussiness,
    /// Preference: some customers like it loose, some close.
    Preference,
    /// Body measurements.
    Measurements,
    /// Brands: left out, articles share no prior besides their fit group's.
    Brands,
    /// Spreads: some articles have more misfits on both sides.
    Spreads,
    /// Grades: the offset of some articles grows with the size.
    Grades,
}

impl ModelTerm {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::SizeRuns,
        Self::Lengths,
        Self::Appeals,
        Self::Popularity,
        Self::ChoiceOffsets,
        Self::Others,
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
        Self::Grades,
    ];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SizeRuns => "size runs",
            Self::Lengths => "lengths",
            Self::Appeals => "appeals",
            Self::Popularity => "popularity",
            Self::ChoiceOffsets => "choice offsets",
            Self::Others => "purchases for others",
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
            Self::ChoiceOffsets => {
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
            Self::Others => group.choice.others.share = NO_VARIANCE,
            Self::Awareness => group.choice.awareness = 0.0,
            // The basis is 1, x, x^2 and then the two of the distance.
            Self::Distance => {
                group.purchase.terms.iter_mut().for_each(|terms| terms[3..].fill(0.0));
            }
            Self::Lean => group.purchase.lean = 0.0,
            Self::Grades => group.grade_variance = NO_VARIANCE,
            Self::Brands => {
                (group.offset_variance.brand, group.spread_variance.brand) =
                    (NO_VARIANCE, NO_VARIANCE)
            }
            Self::Spreads => group.spread_variance = [NO_VARIANCE; 2].into(),
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
