//! The prior of day zero: what is expected of the regression on measurements before any customer
//! is measured.

use super::charts::{brand_chart_offsets, placed_rows};
use super::design::{Case, Known, people};
use super::measures::{BodyMeasures, Measure, Person, Wearers};
use super::projection::Projector;
use super::sized_by::{PlacedChartRow, SizedBy};
use super::widening::{Remaining, known_sets, shares};
use crate::body::{Entered, Sex};
use crate::model::{Measurement, MeasurementKind};
use crate::train::columns::ChartRow;
use crate::train::graph::Graph;
use crate::train::size_report::BodySource;

/// Sd of the mean size of a shop's customers about that of the survey's people, steps: some shops
/// are for the young, some for the tall.
const POPULATION_SD: f64 = 1.5;
/// The same where the shop has measured the height and the weight of customers, or one of them.
const MEASURED_SD: [f64; 2] = [0.3, 1.0];
/// Bounds of the widening of somebody of whom nothing is known.
const WIDENING: (f64, f64) = (1.2, 30.0);
/// Probability of a woman where neither the shopper nor the shop tells, and where the shop has fit
/// groups for women only.
const FEMALE: [f64; 2] = [0.5, 0.8];

/// The prior of day zero of a shop.
#[derive(Clone, Debug)]
pub(crate) struct DayZero {
    measures: BodyMeasures,
    /// By fit group; `None` where nothing tells which bodies its sizes are for.
    groups: Vec<Option<SizedBy>>,
    /// Probability of a woman where the sex is not known.
    female: f64,
    /// Whether the shop has measured customers' heights and weights.
    measured: [bool; 2],
}

/// What training has learned about the latent sizes in a fit group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LearnedSizes {
    /// Mean over the customers, steps.
    pub(crate) mean: f64,
    /// Variance among customers of whom nothing is known, steps squared.
    pub(crate) variance: f64,
}

/// What is expected of the regressions on measurements.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ExpectedRegression {
    /// By fit group: one coefficient for each feature; all 0 where nothing is expected.
    pub(crate) coefficients: Vec<Vec<f64>>,
    /// What each missing measurement adds to the widening.
    pub(crate) missing: Vec<f64>,
}

/// The level of a fit group's sizes, and the spread that remains.
struct Level {
    /// Size that the people of the shop wear on average by charts or standards, steps.
    mean: f64,
    /// Share of the difference between that and the learned mean that the labels explain; the
    /// people explain the rest.
    labels: f64,
    /// Variance of the level that remains, steps squared.
    variance: f64,
    /// Learned steps for each step of charts or standards.
    scale: f64,
}

impl DayZero {
    /// The prior of a shop with these fit groups and charts. Adds the measurements that shoppers
    /// can be asked for to those that the history has. `None` if nothing tells about any fit group.
    pub(crate) fn new(graph: &mut Graph, charts: &[ChartRow]) -> Option<Self> {
        let mut groups: Vec<Option<SizedBy>> = (0..graph.groups.len())
            .map(|group| {
                let rows = placed_rows(graph, group, charts).into_iter();
                let placed: Vec<PlacedChartRow<'_>> = rows.map(|(row, _)| row).collect();
                SizedBy::new(&graph.groups[group], graph.group_sizes[group], &placed)
            })
            .collect();
        let sources = groups.iter().zip(&graph.groups).map(|(group, name)| {
            (name.clone(), group.as_ref().map_or(BodySource::Nothing, SizedBy::source))
        });
        graph.report.bodies = sources.collect();
        let any = |wanted: &dyn Fn(&SizedBy) -> bool| groups.iter().flatten().any(wanted);
        let for_sex = |sex: Sex| any(&|g| g.sex == Some(sex));
        let (women, men) = (for_sex(Sex::Female), for_sex(Sex::Male));
        if men {
            // Beside departments for men, those without a name are for women.
            for group in groups.iter_mut().flatten().filter(|g| !g.for_children()) {
                group.sex = group.sex.or(Some(Sex::Female));
            }
        }
        let any = |wanted: &dyn Fn(&SizedBy) -> bool| groups.iter().flatten().any(wanted);
        let wearers = Wearers {
            adults: any(&|g| !g.for_children()),
            children: any(&SizedBy::for_children),
            // A shop that measures its customers has decided whether to ask for their sex.
            shared: !graph.measured && any(&|g| g.sex.is_none() && !g.for_children()),
        };
        if !wearers.adults && !wearers.children {
            return None;
        }
        let mut measures = BodyMeasures::find(&graph.measurements);
        let has = |wanted: fn(&Measure) -> bool| measures.found.iter().any(|(_, m)| wanted(m));
        let measured =
            [has(|m| matches!(m, Measure::Height(_))), has(|m| matches!(m, Measure::Weight(_)))];
        measures.add_missing(&mut graph.measurements, wearers);
        graph.width = crate::model::Features::width(&graph.measurements);
        if !charts.is_empty() {
            graph.chart_offsets = brand_chart_offsets(graph, &groups, charts);
        }
        let female = FEMALE[usize::from(women && !men)];
        Some(Self { measures, groups, female, measured })
    }

    /// What is expected of the regressions, given what training has learned about the latent sizes
    /// in every fit group.
    pub(crate) fn expect(
        &self,
        measurements: &[Measurement],
        learned: &[LearnedSizes],
    ) -> ExpectedRegression {
        let projector = Projector::new(&self.measures, measurements);
        let width = crate::model::Features::width(measurements);
        let mut coefficients = vec![vec![0.0; width]; self.groups.len()];
        let (mut remaining, mut log_widening, mut count) = (Vec::new(), 0.0, 0.0);
        for (g, sized_by) in self.groups.iter().enumerate() {
            let Some(sized_by) = sized_by else { continue };
            let group = GroupExpectation::new(self, sized_by, measurements, learned[g]);
            coefficients[g] =
                projector.coefficients(&group.people, |case| group.size_above_mean(case));
            let widening = learned[g].variance / group.known_variance;
            log_widening += libm::log(widening.clamp(WIDENING.0, WIDENING.1));
            count += 1.0;
            remaining.extend(group.remaining);
        }
        let widening = libm::exp(log_widening / f64::max(count, 1.0));
        let mut missing = vec![0.0; measurements.len()];
        for ((at, _), share) in self.measures.found.iter().zip(shares(&self.measures, &remaining)) {
            missing[*at] = (widening - 1.0) * share;
        }
        ExpectedRegression { coefficients, missing }
    }

    /// The level of a fit group's sizes: labels and people both differ from charts and survey.
    fn level(
        &self,
        sized_by: &SizedBy,
        measurements: &[Measurement],
        learned: LearnedSizes,
    ) -> Level {
        let person = self.mean_person(sized_by, measurements);
        let anybody = sized_by.expected_size(&Entered::default(), self.female);
        let mean = sized_by.expected_size(&person, self.female).mean;
        let people_sd = match self.measured.into_iter().filter(|measured| *measured).count() {
            _ if sized_by.for_children() => POPULATION_SD,
            0 => POPULATION_SD,
            1 => MEASURED_SD[1],
            _ => MEASURED_SD[0],
        };
        let people = people_sd * people_sd;
        if sized_by.level_sd.is_infinite() {
            let scale = libm::sqrt(learned.variance / anybody.variance);
            return Level { mean, labels: 1.0, variance: people * scale * scale, scale };
        }
        let labels = sized_by.level_sd * sized_by.level_sd;
        Level {
            mean,
            labels: labels / (labels + people),
            variance: labels * people / (labels + people),
            scale: 1.0,
        }
    }

    /// What is known of the shop's mean customer.
    fn mean_person(&self, sized_by: &SizedBy, measurements: &[Measurement]) -> Entered {
        let mut person = Entered { sex: sized_by.sex, ..Entered::default() };
        if sized_by.for_children() {
            return person;
        }
        for (at, measure) in &self.measures.found {
            let MeasurementKind::Numeric { mean, .. } = measurements[*at].kind else { continue };
            match measure {
                Measure::Height(cm) if self.measured[0] => person.height = Some(cm * mean),
                Measure::Weight(kg) if self.measured[1] => person.weight = Some(kg * mean),
                _ => {}
            }
        }
        person
    }
}

/// What is expected in one fit group.
struct GroupExpectation<'d> {
    day_zero: &'d DayZero,
    sized_by: &'d SizedBy,
    people: Vec<Person>,
    level: Level,
    learned: LearnedSizes,
    /// Variance of the latent size where everything is known, steps squared.
    known_variance: f64,
    remaining: Vec<Remaining>,
}

impl<'d> GroupExpectation<'d> {
    fn new(
        day_zero: &'d DayZero,
        sized_by: &'d SizedBy,
        measurements: &[Measurement],
        learned: LearnedSizes,
    ) -> Self {
        let people = people(sized_by);
        let level = day_zero.level(sized_by, measurements, learned);
        let variance = |known: Known| {
            let of_person = |person: &Person| {
                sized_by.expected_size(&known.entered(person), day_zero.female).variance
            };
            people.iter().map(of_person).sum::<f64>() / people.len() as f64
        };
        let anybody = sized_by.expected_size(&Entered::default(), day_zero.female).variance;
        let sets: Vec<(Known, f64)> =
            known_sets(&day_zero.measures).map(|known| (known, variance(known))).collect();
        let least = sets.iter().map(|(_, variance)| *variance).fold(anybody, f64::min);
        let remaining = sets
            .iter()
            .map(|&(known, variance)| Remaining {
                known,
                share: ((variance - least) / (anybody - least).max(1e-9)).clamp(0.0, 1.0),
            })
            .collect();
        let known_variance = least * level.scale * level.scale + level.variance;
        Self { day_zero, sized_by, people, level, learned, known_variance, remaining }
    }

    /// The expected latent size in a case, above the mean of the shop's customers.
    fn size_above_mean(&self, case: &Case) -> f64 {
        let entered = case.known.entered(&case.person);
        let expected = self.sized_by.expected_size(&entered, self.day_zero.female).mean;
        let Level { mean, labels, scale, .. } = self.level;
        // What is not known of somebody is as in the shop's customers, who differ from the survey's
        // people as far as the labels do not explain their mean size.
        let unknown = self
            .remaining
            .iter()
            .find(|remaining| remaining.known == case.known)
            .map_or(0.0, |remaining| remaining.share);
        scale * (expected - mean) - (1.0 - unknown) * (1.0 - labels) * (self.learned.mean - mean)
    }
}
