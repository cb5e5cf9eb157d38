//! Body measurements as regression features (`model/README.md`, section 1).

/// One body measurement column.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Measurement {
    /// Its name in the pipeline file.
    pub name: String,
    /// Number or word, and how values become features.
    pub kind: MeasurementKind,
    /// What its absence adds to the widening of the prior covariance of the latent sizes; not
    /// negative.
    pub missing: f64,
}

/// How a measurement's values become features.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum MeasurementKind {
    /// A number with five features: z = (value - mean) / sd clipped to [-4, 4], z^2 - 1, the parts
    /// of z beyond 1 and -1, and 1 if known. All are 0 if it is missing.
    Numeric {
        /// Mean in the training history.
        mean: f64,
        /// Standard deviation in the training history; positive.
        sd: f64,
    },
    /// A word with one feature per level: 1 for the given level, otherwise 0. All are 0 if it is
    /// missing or unknown.
    Categorical {
        /// The levels, sorted.
        levels: Vec<String>,
    },
}

/// One customer's value of one measurement.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum MeasurementValue {
    /// Not given.
    Missing,
    /// A finite number.
    Number(f64),
    /// A word.
    Word(String),
}

/// The regression features of one customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// The feature vector phi: the features of each measurement in order; then for each pair of
    /// numbers the product of their z; then for each number, only where it is missing, z of the
    /// other numbers and the features of the words.
    pub phi: Vec<f64>,
    /// z of every number; 0 where it is missing.
    pub z: Vec<f64>,
    /// Factor on the prior covariance of the latent sizes; at least 1.
    pub widening: f64,
}

/// Number of features of a number.
const NUMBER_WIDTH: usize = 5;
/// Bound of standardised values: absurd ones (an age of 116) must not determine a size.
const MAX_Z: f64 = 4.0;

impl Measurement {
    /// Number of features of this measurement.
    pub(crate) fn width(&self) -> usize {
        match &self.kind {
            MeasurementKind::Numeric { .. } => NUMBER_WIDTH,
            MeasurementKind::Categorical { levels } => levels.len(),
        }
    }

    /// Whether `value` is a value of this measurement: a finite number, or one of its levels.
    #[must_use]
    pub fn knows(&self, value: &MeasurementValue) -> bool {
        match (&self.kind, value) {
            (MeasurementKind::Numeric { .. }, MeasurementValue::Number(x)) => x.is_finite(),
            (MeasurementKind::Categorical { levels }, MeasurementValue::Word(word)) => {
                levels.contains(word)
            }
            _ => false,
        }
    }

    /// Appends this measurement's features of `value`. A value of the wrong type, or one that is
    /// not finite, counts as missing.
    fn push_features(&self, value: &MeasurementValue, out: &mut Vec<f64>) {
        match (&self.kind, value) {
            (MeasurementKind::Numeric { mean, sd }, MeasurementValue::Number(x))
                if x.is_finite() =>
            {
                let z = ((x - mean) / sd).clamp(-MAX_Z, MAX_Z);
                out.extend([z, z * z - 1.0, (z - 1.0).max(0.0), (-z - 1.0).max(0.0), 1.0]);
            }
            (MeasurementKind::Categorical { levels }, MeasurementValue::Word(word)) => {
                out.extend(levels.iter().map(|level| f64::from(level == word)));
            }
            _ => out.extend(std::iter::repeat_n(0.0, self.width())),
        }
    }
}

impl Features {
    /// Features of a customer; `value` returns their value of the measurement with this name.
    #[must_use]
    pub fn new<'a>(
        measurements: &[Measurement],
        value: &dyn Fn(&str) -> Option<&'a MeasurementValue>,
    ) -> Self {
        let value = |m: &Measurement| value(&m.name).unwrap_or(&MeasurementValue::Missing);
        Self::of_values(measurements, measurements.iter().map(value))
    }

    /// Features of a customer with these values, one for each measurement.
    pub(crate) fn of_values<'a>(
        measurements: &[Measurement],
        values: impl Iterator<Item = &'a MeasurementValue>,
    ) -> Self {
        let mut phi = Vec::with_capacity(Self::width(measurements));
        let (mut z, mut known, mut words) = (Vec::new(), Vec::new(), Vec::<f64>::new());
        let mut widening = 1.0;
        for (m, value) in measurements.iter().zip(values) {
            let at = phi.len();
            m.push_features(value, &mut phi);
            match m.kind {
                MeasurementKind::Numeric { .. } => {
                    z.push(phi[at]);
                    known.push(m.knows(value));
                }
                MeasurementKind::Categorical { .. } => words.extend_from_slice(&phi[at..]),
            }
            if !m.knows(value) {
                widening += m.missing;
            }
        }
        for (i, a) in z.iter().enumerate() {
            phi.extend(z[i + 1..].iter().map(|b| a * b));
        }
        // Where one measurement is missing, the others have other effects: without a weight, the
        // bust is a proxy for it too.
        for (i, &known) in known.iter().enumerate() {
            for (j, &x) in z.iter().chain(&words).enumerate() {
                if j != i {
                    phi.push(if known { 0.0 } else { x });
                }
            }
        }
        Self { phi, z, widening }
    }

    /// Number of features of these measurements.
    #[must_use]
    pub fn width<'m>(measurements: impl IntoIterator<Item = &'m Measurement>) -> usize {
        let (mut numbers, mut words) = (0, 0);
        for measurement in measurements {
            match &measurement.kind {
                MeasurementKind::Numeric { .. } => numbers += 1,
                MeasurementKind::Categorical { levels } => words += levels.len(),
            }
        }
        let others = usize::saturating_sub(numbers, 1);
        numbers * NUMBER_WIDTH + words + numbers * others / 2 + numbers * (others + words)
    }

    /// Number of these measurements that are numbers.
    #[must_use]
    pub fn numbers(measurements: &[Measurement]) -> usize {
        measurements.iter().filter(|m| matches!(m.kind, MeasurementKind::Numeric { .. })).count()
    }
}
