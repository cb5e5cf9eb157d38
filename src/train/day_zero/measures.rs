//! The measurements that a body prior goes by: height, weight, age and sex.

use crate::body::Sex;
use crate::model::{Measurement, MeasurementKind, MeasurementValue};

/// One of the four, with the unit of the shop.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    /// Height; so many cm are one of the shop's units.
    Height(f64),
    /// Weight; so many kg are one of the shop's units.
    Weight(f64),
    /// Age, years.
    Age,
    /// Sex: the shop's words for women and men.
    Sex {
        /// Its word for women.
        female: Option<String>,
        /// Its word for men.
        male: Option<String>,
    },
}

/// The measurements among a model's that the body prior goes by.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyMeasures {
    /// Each with its index among the model's measurements.
    pub(super) found: Vec<(usize, Measure)>,
}

/// Which people a shop's clothes are for: they decide what is asked, and on which scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wearers {
    pub(super) adults: bool,
    pub(super) children: bool,
    /// Whether a fit group may have clothes for women and for men.
    pub(super) shared: bool,
}

/// Cm of the units that names of heights end with.
const LENGTHS: [(&str, f64); 6] =
    [("cm", 1.0), ("mm", 0.1), ("m", 100.0), ("in", 2.54), ("inch", 2.54), ("inches", 2.54)];
/// Kg of the units that names of weights end with.
const MASSES: [(&str, f64); 5] =
    [("kg", 1.0), ("lb", POUND), ("lbs", POUND), ("pounds", POUND), ("st", 14.0 * POUND)];
const POUND: f64 = 0.453_592_37;

/// Words for women and men among the levels of a measurement.
const FEMALE: [&str; 12] = [
    "female", "f", "w", "woman", "women", "weiblich", "frau", "femme", "donna", "mujer", "kvinna",
    "kobieta",
];
const MALE: [&str; 12] = [
    "male",
    "m",
    "man",
    "men",
    "männlich",
    "mann",
    "homme",
    "uomo",
    "hombre",
    "herr",
    "mężczyzna",
    "h",
];

impl BodyMeasures {
    /// Finds them among these measurements, by the first word of their names.
    pub(crate) fn find(measurements: &[Measurement]) -> Self {
        let mut found: Vec<(usize, Measure)> = Vec::new();
        for (i, measurement) in measurements.iter().enumerate() {
            let Some(measure) = recognised(measurement) else { continue };
            let kind = std::mem::discriminant(&measure);
            if found.iter().all(|(_, other)| std::mem::discriminant(other) != kind) {
                found.push((i, measure));
            }
        }
        Self { found }
    }

    /// Adds the measurements that these people can be asked for and that are not there yet.
    pub(super) fn add_missing(&mut self, measurements: &mut Vec<Measurement>, wearers: Wearers) {
        // Values are clipped at four sds from the mean: where children are among the customers, the
        // scale has to cover both.
        let scale = |adults: [f64; 2], all: [f64; 2]| if wearers.children { all } else { adults };
        let wanted = [
            (true, "height_cm", Measure::Height(1.0), scale([170.0, 10.0], [145.0, 28.0])),
            (wearers.adults, "weight_kg", Measure::Weight(1.0), scale([74.0, 16.0], [60.0, 24.0])),
            (true, "age", Measure::Age, scale([40.0, 14.0], [32.0, 18.0])),
        ];
        for (is_wanted, name, measure, [mean, sd]) in wanted {
            if is_wanted {
                self.add(measurements, name, measure, MeasurementKind::Numeric { mean, sd });
            }
        }
        if wearers.shared {
            let levels = vec!["female".to_owned(), "male".to_owned()];
            let measure =
                Measure::Sex { female: Some(levels[0].clone()), male: Some(levels[1].clone()) };
            self.add(measurements, "sex", measure, MeasurementKind::Categorical { levels });
        }
    }

    fn add(
        &mut self,
        measurements: &mut Vec<Measurement>,
        name: &str,
        measure: Measure,
        kind: MeasurementKind,
    ) {
        let same = std::mem::discriminant(&measure);
        let is_there = self.found.iter().any(|(_, m)| std::mem::discriminant(m) == same)
            || measurements.iter().any(|m| m.name == name);
        if !is_there {
            self.found.push((measurements.len(), measure));
            measurements.push(Measurement { name: name.to_owned(), kind, missing: 0.0 });
        }
    }
}

impl Measure {
    /// The shop's value for somebody of this height in cm, weight in kg, age and sex.
    pub(super) fn value(&self, person: &Person) -> MeasurementValue {
        match self {
            Self::Height(cm) => MeasurementValue::Number(person.height / cm),
            Self::Weight(kg) => MeasurementValue::Number(person.weight / kg),
            Self::Age => MeasurementValue::Number(person.age),
            Self::Sex { female, male } => {
                let word = if person.sex == Sex::Female { female } else { male };
                word.clone().map_or(MeasurementValue::Missing, MeasurementValue::Word)
            }
        }
    }
}

/// Somebody whom all four are known of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Person {
    /// Cm.
    pub(super) height: f64,
    /// Kg.
    pub(super) weight: f64,
    /// Years.
    pub(super) age: f64,
    pub(super) sex: Sex,
}

fn recognised(measurement: &Measurement) -> Option<Measure> {
    let name = measurement.name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let first = words.next()?;
    let last = words.next_back().unwrap_or_default();
    let unit = |units: &[(&str, f64)]| units.iter().find(|(name, _)| *name == last).map(|u| u.1);
    match (first, &measurement.kind) {
        ("height" | "stature", &MeasurementKind::Numeric { mean, .. }) => {
            Some(Measure::Height(unit(&LENGTHS).unwrap_or_else(|| length_unit(mean))))
        }
        ("weight", &MeasurementKind::Numeric { mean, .. }) => {
            Some(Measure::Weight(unit(&MASSES).unwrap_or_else(|| mass_unit(mean))))
        }
        ("age", MeasurementKind::Numeric { .. }) => Some(Measure::Age),
        ("sex" | "gender", MeasurementKind::Categorical { levels }) => {
            let word = |words: &[&str]| {
                levels.iter().find(|level| words.contains(&level.to_lowercase().as_str())).cloned()
            };
            let (female, male) = (word(&FEMALE), word(&MALE));
            (female.is_some() || male.is_some()).then_some(Measure::Sex { female, male })
        }
        _ => None,
    }
}

/// The unit of heights with this mean: metres, feet, inches or centimetres.
fn length_unit(mean: f64) -> f64 {
    match mean {
        ..3.0 => 100.0,
        3.0..8.0 => 30.48,
        8.0..90.0 => 2.54,
        _ => 1.0,
    }
}

/// The unit of weights with this mean: stones, kilograms or pounds.
fn mass_unit(mean: f64) -> f64 {
    match mean {
        ..25.0 => 14.0 * POUND,
        25.0..105.0 => 1.0,
        _ => POUND,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numeric(name: &str, mean: f64) -> Measurement {
        let kind = MeasurementKind::Numeric { mean, sd: 1.0 };
        Measurement { name: name.to_owned(), kind, missing: 0.0 }
    }

    #[test]
    fn measurements_are_found_with_their_units() {
        let levels = vec!["Frau".to_owned(), "Mann".to_owned()];
        let sex = Measurement {
            name: "Gender".to_owned(),
            kind: MeasurementKind::Categorical { levels },
            missing: 0.0,
        };
        let shop =
            [numeric("bust", 34.0), numeric("height", 65.2), numeric("weight_kg", 70.0), sex];
        let found = BodyMeasures::find(&shop).found;
        let expected = vec![
            (1, Measure::Height(2.54)),
            (2, Measure::Weight(1.0)),
            (3, Measure::Sex { female: Some("Frau".into()), male: Some("Mann".into()) }),
        ];
        assert_eq!(found, expected);
        for (name, mean, unit) in [
            ("height", 1.7, 100.0),
            ("height", 168.0, 1.0),
            ("height_in", 168.0, 2.54),
            ("stature", 5.6, 30.48),
        ] {
            let found = BodyMeasures::find(&[numeric(name, mean)]).found;
            assert_eq!(found, [(0, Measure::Height(unit))], "{name} {mean}");
        }
        let pounds = BodyMeasures::find(&[numeric("weight", 137.0)]).found;
        assert_eq!(pounds, [(0, Measure::Weight(POUND))]);
    }

    #[test]
    fn only_what_is_missing_is_added() {
        let mut shop = vec![numeric("height", 170.0)];
        let mut measures = BodyMeasures::find(&shop);
        let wearers = Wearers { adults: true, ..Wearers::default() };
        measures.add_missing(&mut shop, wearers);
        let names: Vec<&str> = shop.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["height", "weight_kg", "age"], "one sex: nobody is asked for it");
        let mut empty = Vec::new();
        let children = Wearers { children: true, ..Wearers::default() };
        BodyMeasures::default().add_missing(&mut empty, children);
        let names: Vec<&str> = empty.iter().map(|m| m.name.as_str()).collect();
        assert_eq!(names, ["height_cm", "age"], "no weight for children's sizes");
    }
}
