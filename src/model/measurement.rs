//! Body measurements as regression features.

/// One body measurement column.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Its name, as the pipeline has it.
    pub name: String,
    /// How values become features.
    pub kind: MeasurementKind,
}

/// How a measurement's values become features.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasurementKind {
    /// A number: three features, z = (value - mean) / sd clipped to [-4, 4], z^2 - 1, and 1 if known; all 0 if missing.
    Numeric {
        /// Mean in the training history.
        mean: f64,
        /// Standard deviation in the training history; positive.
        sd: f64,
    },
    /// A word: one feature per level, 1 for the one that holds; all 0 if missing or unknown.
    Categorical {
        /// The levels, sorted.
        levels: Vec<String>,
    },
}

/// One customer's value of one measurement.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasurementValue {
    /// Not given.
    Missing,
    /// A finite number.
    Number(f64),
    /// A word.
    Word(String),
}

/// The feature vector phi of a customer: for each measurement in order, its features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features(pub Vec<f64>);

/// Standardised values beyond this many sd are recorded as this: absurd ones (an age of 116) must not steer a size.
const CLIP: f64 = 4.0;

impl Measurement {
    /// How many features this measurement gives.
    #[must_use]
    pub fn width(&self) -> usize {
        match &self.kind {
            MeasurementKind::Numeric { .. } => 3,
            MeasurementKind::Categorical { levels } => levels.len(),
        }
    }

    /// Appends this measurement's features for `value`; a value of the other kind, or not finite, counts as missing.
    pub fn push_features(&self, value: &MeasurementValue, out: &mut Vec<f64>) {
        match (&self.kind, value) {
            (MeasurementKind::Numeric { mean, sd }, MeasurementValue::Number(x)) if x.is_finite() => {
                let z = ((x - mean) / sd).clamp(-CLIP, CLIP);
                out.extend([z, z * z - 1.0, 1.0]);
            }
            (MeasurementKind::Categorical { levels }, MeasurementValue::Word(word)) => {
                out.extend(levels.iter().map(|level| f64::from(level == word)));
            }
            _ => out.extend(std::iter::repeat_n(0.0, self.width())),
        }
    }
}

impl Features {
    /// Features of a customer whose values are given by measurement name; names not in the model are ignored.
    #[must_use]
    pub fn of<'a>(measurements: &[Measurement], value: impl Fn(&str) -> Option<&'a MeasurementValue>) -> Self {
        let mut out = Vec::with_capacity(measurements.iter().map(Measurement::width).sum());
        for m in measurements {
            m.push_features(value(&m.name).unwrap_or(&MeasurementValue::Missing), &mut out);
        }
        Self(out)
    }
}
