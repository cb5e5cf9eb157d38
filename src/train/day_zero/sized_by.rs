//! Which girths the sizes of a fit group go by: from size charts, or from public standards.

use crate::body::{Dimension, GirthLine, Sex, shared_mens_chest, standard_girth};
use crate::math::StraightLine;
use crate::size::{Axis, is_for_women, is_lower_body};
use crate::train::graph::GroupSizes;
use crate::train::size_report::BodySource;
use std::collections::BTreeMap;

/// Sd between the level of a fit group's size charts and that of the bodies that wear its sizes,
/// steps.
const CHART_SD: f64 = 0.4;
/// The same of a public standard: shops' sizes are rather larger than the standard's.
const STANDARD_SD: f64 = 0.8;

/// What the sizes of a fit group go by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SizedBy {
    pub(super) axis: Axis,
    /// Whom the clothes are for; `None` for both sexes.
    pub(super) sex: Option<Sex>,
    /// The girths, with weights that add up to 1.
    pub(super) girths: Vec<SizedGirth>,
    /// Sd of the level of the sizes about the lines, steps; infinite where the positions have a
    /// level and a unit of their own.
    pub(super) level_sd: f64,
}

/// One girth that sizes go by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SizedGirth {
    pub(super) dimension: Dimension,
    pub(super) weight: f64,
    female: GirthLine,
    male: GirthLine,
}

impl SizedGirth {
    pub(super) fn line(&self, sex: Sex) -> GirthLine {
        match sex {
            Sex::Female => self.female,
            Sex::Male => self.male,
        }
    }
}

/// One size of a chart: its position, and the girths in cm.
pub(super) struct PlacedChartRow<'c> {
    pub(super) position: f64,
    pub(super) girths: &'c BTreeMap<Dimension, f64>,
}

impl SizedBy {
    /// `None` where nothing tells which bodies the sizes are for.
    pub(super) fn new(
        name: &str,
        sizes: GroupSizes,
        charts: &[PlacedChartRow<'_>],
    ) -> Option<Self> {
        let axis = sizes.axis?;
        let sex = wearer(name, sizes, axis);
        let lower = sizes.named && is_lower_body(name);
        let wanted = weights(axis, lower);
        let charted: Vec<(Dimension, f64, GirthLine)> = Dimension::ALL
            .into_iter()
            .filter_map(|d| Some((d, chart_line(charts, d, standard(axis, d, sex))?)))
            .map(|(d, line)| {
                let weight = wanted.iter().find(|(wanted, _)| *wanted == d).map_or(0.0, |w| w.1);
                (d, weight, line)
            })
            .collect();
        // A chart without the girths that this kind of garment usually goes by still has others.
        let main = charted.iter().any(|(_, weight, _)| *weight > 0.0);
        let mut girths: Vec<SizedGirth> = charted
            .into_iter()
            .filter(|(d, weight, _)| if main { *weight > 0.0 } else { *d != Dimension::Inseam })
            .map(|(dimension, weight, line)| SizedGirth {
                dimension,
                weight: if main { weight } else { 1.0 },
                female: line,
                male: line,
            })
            .collect();
        let has_charts = !girths.is_empty();
        if !has_charts {
            girths = standard_girths(axis, sex, sizes.letters, &wanted);
        }
        let total: f64 = girths.iter().map(|girth| girth.weight).sum();
        girths.iter_mut().for_each(|girth| girth.weight /= total);
        let level_sd = match (has_charts, sizes.placed) {
            (true, _) => CHART_SD,
            (false, true) => STANDARD_SD,
            (false, false) => f64::INFINITY,
        };
        (!girths.is_empty()).then_some(Self { axis, sex, girths, level_sd })
    }

    /// The position of a size that is made for these girths; `None` where they are others than the
    /// sizes go by.
    pub(super) fn position_of(&self, girths: &BTreeMap<Dimension, f64>) -> Option<f64> {
        let (mut sum, mut total) = (0.0, 0.0);
        for sized in &self.girths {
            if let Some(&cm) = girths.get(&sized.dimension) {
                let line = sized.line(self.sex.unwrap_or(Sex::Female));
                sum += sized.weight * line.position(cm);
                total += sized.weight;
            }
        }
        (total > 0.0).then(|| sum / total)
    }

    /// What relates the sizes to bodies.
    pub(super) fn source(&self) -> BodySource {
        match self.level_sd {
            CHART_SD => BodySource::Charts,
            STANDARD_SD => BodySource::Standards,
            _ => BodySource::Spread,
        }
    }

    pub(super) fn for_children(&self) -> bool {
        self.axis.is_for_children()
    }
}

/// Whom the clothes of a fit group are for.
fn wearer(name: &str, sizes: GroupSizes, axis: Axis) -> Option<Sex> {
    let named = if sizes.named { is_for_women(name) } else { None };
    match (named, axis) {
        (Some(true), _) | (_, Axis::Bra) => Some(Sex::Female),
        (Some(false), _) | (_, Axis::Men | Axis::ShoesMen) => Some(Sex::Male),
        _ => None,
    }
}

/// The girths that garments on an axis go by, with their weights: by EN 13402-1 the chest and, for
/// women, the hips above the waist line; waist and hips below it.
fn weights(axis: Axis, lower_body: bool) -> Vec<(Dimension, f64)> {
    match axis {
        Axis::Women if lower_body => vec![(Dimension::Hip, 0.8), (Dimension::Waist, 0.2)],
        Axis::Women => vec![(Dimension::Chest, 0.7), (Dimension::Hip, 0.3)],
        Axis::Men => vec![(Dimension::Chest, 0.8), (Dimension::Waist, 0.2)],
        Axis::Waist => vec![(Dimension::Waist, 0.7), (Dimension::Hip, 0.3)],
        Axis::Bra => vec![(Dimension::Chest, 1.0)],
        Axis::ShoesWomen | Axis::ShoesMen | Axis::ShoesChildren => vec![(Dimension::Foot, 1.0)],
        Axis::Children => vec![(Dimension::Height, 1.0)],
    }
}

fn standard(axis: Axis, dimension: Dimension, sex: Option<Sex>) -> Option<GirthLine> {
    standard_girth(axis, dimension, sex.unwrap_or(Sex::Female))
}

/// The girths of public standards.
fn standard_girths(
    axis: Axis,
    sex: Option<Sex>,
    letters: bool,
    wanted: &[(Dimension, f64)],
) -> Vec<SizedGirth> {
    let both = |&(dimension, weight): &(Dimension, f64)| {
        let female = standard_girth(axis, dimension, Sex::Female)?;
        let male = standard_girth(axis, dimension, Sex::Male)?;
        Some(SizedGirth { dimension, weight, female, male })
    };
    if axis == Axis::Women && sex.is_none() {
        // What men wear of shared clothes goes by the chest.
        let dimension = Dimension::Chest;
        let female = standard_girth(axis, dimension, Sex::Female);
        let male = shared_mens_chest(letters);
        return female
            .map(|female| SizedGirth { dimension, weight: 1.0, female, male })
            .into_iter()
            .collect();
    }
    wanted.iter().filter_map(both).collect()
}

/// The straight line of a dimension through the rows of charts. With one size alone, its step is
/// the standard's. `None` where charts do not have the dimension, or girths that do not rise.
fn chart_line(
    charts: &[PlacedChartRow<'_>],
    dimension: Dimension,
    standard: Option<GirthLine>,
) -> Option<GirthLine> {
    let mut line = StraightLine::default();
    let (mut sum, mut count) = (0.0, 0.0);
    for row in charts {
        if let Some(&girth) = row.girths.get(&dimension) {
            line.add(row.position, girth, 1.0);
            let per_step = standard.map_or(4.0, |line| line.per_step);
            sum += girth - per_step * row.position;
            count += 1.0;
        }
    }
    if count == 0.0 {
        return None;
    }
    match line.rising() {
        Some((at_zero, per_step)) => Some(GirthLine { at_zero, per_step }),
        None => standard.map(|line| GirthLine { at_zero: sum / count, ..line }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(axis: Axis) -> GroupSizes {
        GroupSizes { axis: Some(axis), named: true, letters: false, placed: true }
    }

    #[test]
    fn charts_replace_the_standard() {
        let standard = SizedBy::new("dresses", sizes(Axis::Women), &[]).unwrap();
        assert_eq!(standard.sex, Some(Sex::Female));
        assert_eq!(standard.girths.len(), 2);
        assert_eq!(standard.girths[0].line(Sex::Female).position(92.0), 1.0);
        let girths: Vec<BTreeMap<Dimension, f64>> =
            [90.0, 95.0, 100.0].map(|chest| [(Dimension::Chest, chest)].into()).to_vec();
        let rows = |n: usize| -> Vec<PlacedChartRow<'_>> {
            girths[..n]
                .iter()
                .zip([-1.0, 0.0, 1.0])
                .map(|(girths, position)| PlacedChartRow { position, girths })
                .collect()
        };
        let charted = SizedBy::new("dresses", sizes(Axis::Women), &rows(3)).unwrap();
        assert_eq!(charted.girths.len(), 1);
        let line = charted.girths[0].line(Sex::Female);
        assert!((line.at_zero - 95.0).abs() < 1e-9 && (line.per_step - 5.0).abs() < 1e-9);
        // A chart with one size has the level, the standard the step.
        let one = SizedBy::new("dresses", sizes(Axis::Women), &rows(1)).unwrap();
        let line = one.girths[0].line(Sex::Female);
        assert_eq!((line.at_zero, line.per_step), (94.0, 4.0));
    }

    #[test]
    fn fit_groups_are_for_women_men_or_both() {
        let sex = |name, axis| SizedBy::new(name, sizes(axis), &[]).unwrap().sex;
        assert_eq!(sex("mens shirts", Axis::Men), Some(Sex::Male));
        assert_eq!(sex("Damenhosen", Axis::Women), Some(Sex::Female));
        assert_eq!(sex("tops", Axis::Women), None);
        assert_eq!(sex("footwear", Axis::ShoesWomen), None);
        let nothing = GroupSizes { axis: None, ..sizes(Axis::Women) };
        assert_eq!(SizedBy::new("all", nothing, &[]), None);
    }
}
