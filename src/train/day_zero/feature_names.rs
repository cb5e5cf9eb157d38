//! What each feature of [`Features`] is made of, so that coefficients for some measurements find
//! their places among those for all.

use crate::model::{Features, Measurement, MeasurementKind};

/// Features of a number of its own: z and what follows from it, and that it is known.
const OWN_FEATURES: usize = 5;

/// One feature. Measurements are indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FeatureName {
    /// A feature of one measurement, by its number among them: for a word that of its level.
    Own { measurement: usize, number: usize },
    /// The product of two numbers.
    Product { first: usize, second: usize },
    /// A copy of the first feature of a number, or of the level of a word, where another number is
    /// missing.
    Copy { missing: usize, measurement: usize, number: usize },
}

/// The features of these measurements in their order; `index` translates the measurements.
pub(super) fn feature_names(
    measurements: &[Measurement],
    index: impl Fn(usize) -> usize,
) -> Vec<FeatureName> {
    let is_number = |m: &Measurement| matches!(m.kind, MeasurementKind::Numeric { .. });
    let mut names = Vec::with_capacity(Features::width(measurements));
    let mut numbers = Vec::new();
    let mut levels = Vec::new();
    for (i, measurement) in measurements.iter().enumerate() {
        let measurement_index = index(i);
        let count = match &measurement.kind {
            MeasurementKind::Numeric { .. } => OWN_FEATURES,
            MeasurementKind::Categorical { levels } => levels.len(),
        };
        let own =
            (0..count).map(|number| FeatureName::Own { measurement: measurement_index, number });
        names.extend(own);
        if is_number(measurement) {
            numbers.push(measurement_index);
        } else {
            levels.extend((0..count).map(|number| (measurement_index, number)));
        }
    }
    for (i, &first) in numbers.iter().enumerate() {
        let products = numbers[i + 1..].iter();
        names.extend(products.map(|&second| FeatureName::Product { first, second }));
    }
    for &missing in &numbers {
        let others = numbers.iter().filter(|&&other| other != missing).map(|&other| (other, 0));
        names.extend(
            others.chain(levels.iter().copied()).map(|(measurement, number)| FeatureName::Copy {
                missing,
                measurement,
                number,
            }),
        );
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MeasurementValue;

    #[test]
    fn names_have_the_order_of_the_features() {
        let number = |name: &str| Measurement {
            name: name.to_owned(),
            kind: MeasurementKind::Numeric { mean: 0.0, sd: 1.0 },
            missing: 0.0,
        };
        let levels = vec!["f".to_owned(), "m".to_owned()];
        let kind = MeasurementKind::Categorical { levels };
        let word = Measurement { name: "sex".to_owned(), kind, missing: 0.0 };
        let all = [number("a"), word, number("b"), number("c")];
        let names = feature_names(&all, |i| i);
        assert_eq!(names.len(), Features::width(&all));
        let at = |name: FeatureName| names.iter().position(|n| *n == name).unwrap();
        let values = [0.5, f64::NAN, 2.0, 3.0].map(MeasurementValue::Number);
        let male = MeasurementValue::Word("m".to_owned());
        let value = |name: &str| match name {
            "a" => Some(&values[0]),
            "b" => Some(&values[2]),
            "sex" => Some(&male),
            _ => None,
        };
        let phi = Features::new(&all, &value).phi;
        assert_eq!(phi[at(FeatureName::Own { measurement: 2, number: 0 })], 2.0);
        assert_eq!(phi[at(FeatureName::Own { measurement: 1, number: 1 })], 1.0);
        assert_eq!(phi[at(FeatureName::Own { measurement: 3, number: 4 })], 0.0);
        assert_eq!(phi[at(FeatureName::Product { first: 0, second: 2 })], 1.0);
        let copy = |measurement, number| FeatureName::Copy { missing: 3, measurement, number };
        assert_eq!(phi[at(copy(2, 0))], 2.0);
        assert_eq!(phi[at(copy(1, 1))], 1.0);
        assert_eq!(phi[at(FeatureName::Copy { missing: 0, measurement: 2, number: 0 })], 0.0);
    }
}
