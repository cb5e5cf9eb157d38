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

/// The regression features of one customer that are not 0: words give many that are.
#[cfg(feature = "train")]
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct KnownFeatures {
    /// Features by their index in [`Features::phi`], rising.
    pub(crate) known: Vec<(usize, f64)>,
    /// As [`Features::z`].
    pub(crate) z: Vec<f64>,
    /// As [`Features::widening`].
    pub(crate) widening: f64,
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
}

impl Features {
    /// Features of a customer; `value` returns their value of the measurement with this name.
    #[must_use]
    pub fn new<'a>(
        measurements: &[Measurement],
        value: &dyn Fn(&str) -> Option<&'a MeasurementValue>,
    ) -> Self {
        let value = |m: &Measurement| value(&m.name).unwrap_or(&MeasurementValue::Missing);
        let values = measurements.iter().map(value);
        let mut phi = vec![0.0; Self::width(measurements)];
        let (z, widening) = each_feature(measurements, values, |i, x| phi[i] = x);
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

#[cfg(feature = "train")]
impl KnownFeatures {
    /// Features of a customer with these values, one for each measurement.
    pub(crate) fn new<'a>(
        measurements: &[Measurement],
        values: impl Iterator<Item = &'a MeasurementValue>,
    ) -> Self {
        let mut known = Vec::with_capacity(NUMBER_WIDTH * measurements.len());
        let add = |i, x| {
            if x != 0.0 {
                known.push((i, x));
            }
        };
        let (z, widening) = each_feature(measurements, values, add);
        Self { known, z, widening }
    }
}

/// Calls `f` with the index in [`Features::phi`] and the value of every feature that may not be 0,
/// and returns [`Features::z`] and [`Features::widening`]. A value of the wrong type, or one that
/// is not finite, counts as missing.
fn each_feature<'a>(
    measurements: &[Measurement],
    values: impl Iterator<Item = &'a MeasurementValue>,
    mut f: impl FnMut(usize, f64),
) -> (Vec<f64>, f64) {
    // z of each number, and whether it is known; the words that are, by their place among all.
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    let (mut widening, mut word_count, mut at) = (1.0, 0, 0);
    for (m, value) in measurements.iter().zip(values) {
        let mut known = false;
        match &m.kind {
            &MeasurementKind::Numeric { mean, sd } => {
                let mut z = 0.0;
                if let MeasurementValue::Number(x) = value
                    && x.is_finite()
                {
                    known = true;
                    z = ((x - mean) / sd).clamp(-MAX_Z, MAX_Z);
                    let of_z = [z, z * z - 1.0, (z - 1.0).max(0.0), (-z - 1.0).max(0.0), 1.0];
                    (at..).zip(of_z).for_each(|(i, x)| f(i, x));
                }
                numbers.push((z, known));
                at += NUMBER_WIDTH;
            }
            MeasurementKind::Categorical { levels } => {
                for level in levels {
                    if matches!(value, MeasurementValue::Word(word) if word == level) {
                        known = true;
                        f(at, 1.0);
                        words.push(word_count);
                    }
                    word_count += 1;
                    at += 1;
                }
            }
        }
        if !known {
            widening += m.missing;
        }
    }
    for (i, (a, _)) in numbers.iter().enumerate() {
        for (b, _) in &numbers[i + 1..] {
            f(at, a * b);
            at += 1;
        }
    }
    // Where one measurement is missing, the others have other effects: without a weight, the bust
    // is a proxy for it too.
    for (i, (_, known)) in numbers.iter().enumerate() {
        for (j, (x, _)) in numbers.iter().enumerate() {
            if j != i {
                f(at, if *known { 0.0 } else { *x });
                at += 1;
            }
        }
        if !known {
            words.iter().for_each(|word| f(at + word, 1.0));
        }
        at += word_count;
    }
    (numbers.into_iter().map(|(z, _)| z).collect(), widening)
}
