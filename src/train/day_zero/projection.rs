//! Expresses an expected size in the features of the measurements, by least squares.

use super::design::{Case, cases};
use super::feature_names::feature_names;
use super::measures::{BodyMeasures, Measure, Person};
use crate::model::{Features, Measurement, MeasurementValue};
use nalgebra::{Cholesky, DMatrix, DVector};

/// Prior precision of a coefficient about 0, for each unit of the cases' weight: so small that it
/// decides only between features that say the same.
const RIDGE: f64 = 1e-5;

/// The measurements of the body prior among all of a model's.
pub(super) struct Projector<'m> {
    /// The body measurements alone, in the order of the model.
    own: Vec<Measurement>,
    /// What each of these measures.
    measures: Vec<&'m Measure>,
    /// For each feature of these its index among the features of all measurements.
    places: Vec<usize>,
    /// Number of features of all measurements.
    width: usize,
}

impl<'m> Projector<'m> {
    pub(super) fn new(measures: &'m BodyMeasures, all: &[Measurement]) -> Self {
        let mut found: Vec<&(usize, Measure)> = measures.found.iter().collect();
        found.sort_unstable_by_key(|(i, _)| *i);
        let own: Vec<Measurement> = found.iter().map(|(i, _)| all[*i].clone()).collect();
        let names = feature_names(all, |i| i);
        let places = feature_names(&own, |i| found[i].0)
            .into_iter()
            .map(|name| names.iter().position(|n| *n == name).expect("a part of all features"))
            .collect();
        let measures = found.into_iter().map(|(_, measure)| measure).collect();
        Self { own, measures, places, width: names.len() }
    }

    /// The features of a case; `None` where the measurements cannot say all that is known in it.
    fn features(&self, case: &Case) -> Option<Vec<f64>> {
        let value = |measure: &&Measure| {
            if case.known.has(measure) {
                measure.value(&case.person)
            } else {
                MeasurementValue::Missing
            }
        };
        let values: Vec<MeasurementValue> = self.measures.iter().map(value).collect();
        let said = values.iter().filter(|value| **value != MeasurementValue::Missing).count();
        let of_name = |name: &str| self.own.iter().position(|m| m.name == name).map(|i| &values[i]);
        (said == case.known.count()).then(|| Features::new(&self.own, &of_name).phi)
    }

    /// One coefficient for each feature of all measurements: with them, the features of each case
    /// of these people give what `wanted` says, as far as they can.
    pub(super) fn coefficients(
        &self,
        people: &[Person],
        wanted: impl Fn(&Case) -> f64,
    ) -> Vec<f64> {
        let n = self.places.len();
        let mut normal = DMatrix::<f64>::zeros(n, n);
        let mut right = DVector::<f64>::zeros(n);
        let mut total = 0.0;
        for case in &cases(people) {
            let Some(phi) = self.features(case) else { continue };
            let size = wanted(case);
            total += case.weight;
            for (i, a) in phi.iter().enumerate().filter(|(_, a)| **a != 0.0) {
                right[i] += case.weight * a * size;
                for (j, b) in phi.iter().enumerate() {
                    normal[(i, j)] += case.weight * a * b;
                }
            }
        }
        (0..n).for_each(|i| normal[(i, i)] += RIDGE * total);
        let mut coefficients = vec![0.0; self.width];
        if let Some(cholesky) = Cholesky::new(normal) {
            let solution = cholesky.solve(&right);
            self.places.iter().zip(solution.iter()).for_each(|(&at, &x)| coefficients[at] = x);
        }
        coefficients
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::{Entered, Sex};
    use crate::size::Axis;
    use crate::train::day_zero::design::{Known, people};
    use crate::train::day_zero::measures::Wearers;
    use crate::train::day_zero::sized_by::SizedBy;
    use crate::train::graph::GroupSizes;

    /// The features say the expected size of bodies between those of the design, too, and of the
    /// tall, the small and the heavy.
    #[test]
    fn features_say_the_expected_size() {
        let wearers = [
            ("dresses", Axis::Women, false, 0.2),
            ("mens shoes", Axis::ShoesMen, false, 0.2),
            // Women and men grow by other steps, which the features cannot say.
            ("tops", Axis::Women, true, 0.5),
        ];
        for (name, axis, shared, most) in wearers {
            let sizes = GroupSizes { axis: Some(axis), named: true, letters: true, placed: true };
            let sized_by = SizedBy::new(name, sizes, &[]).unwrap();
            let (mut all, mut measures) = (Vec::new(), BodyMeasures::default());
            measures.add_missing(&mut all, Wearers { adults: true, shared, ..Wearers::default() });
            let projector = Projector::new(&measures, &all);
            let size = |known: Known, person: &Person| {
                sized_by.expected_size(&known.entered(person), 0.5).mean
            };
            let people = people(&sized_by);
            let anybody = sized_by.expected_size(&Entered::default(), 0.5).mean;
            let coefficients =
                projector.coefficients(&people, |case| size(case.known, &case.person) - anybody);
            let sex = sized_by.sex.unwrap_or(Sex::Female);
            let more = [(150.0, 48.0), (182.0, 85.0), (165.0, 120.0), (172.0, 55.0)];
            let others = more.map(|(height, weight)| Person { height, weight, age: 45.0, sex });
            for person in people.iter().step_by(5).chain(&others) {
                let known = Known { height: true, weight: true, age: true, sex: shared };
                let case = Case { person: *person, known, weight: 1.0 };
                let phi = projector.features(&case).unwrap();
                let said: f64 = phi.iter().zip(&coefficients).map(|(x, b)| x * b).sum();
                let wanted = size(known, person) - anybody;
                let error = (said - wanted).abs();
                assert!(
                    error < most * (1.0 + 0.4 * wanted.abs()),
                    "{name} {person:?}: {said} {wanted}"
                );
            }
        }
    }
}
