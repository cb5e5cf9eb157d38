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
        let known = KnownFeatures::new(measurements, measurements.iter().map(value));
        let KnownFeatures { known, z, widening } = known;
        let mut phi = vec![0.0; Self::width(measurements)];
        known.into_iter().for_each(|(i, x)| phi[i] = x);
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

impl KnownFeatures {
    /// Features of a customer with these values, one for each measurement. A value of the wrong
    /// type, or one that is not finite, counts as missing.
    pub(crate) fn new<'a>(
        measurements: &[Measurement],
        values: impl Iterator<Item = &'a MeasurementValue>,
    ) -> Self {
        let most = measurements.len();
        let mut features = Self {
            known: Vec::with_capacity(NUMBER_WIDTH * most),
            z: Vec::with_capacity(most),
            widening: 1.0,
        };
        // Whether each number is known; the words that are, by their place among all words.
        let (mut numbers, mut words) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut word_count = 0;
        let mut at = 0;
        for (m, value) in measurements.iter().zip(values) {
            let own = features.known.len();
            match (&m.kind, value) {
                (&MeasurementKind::Numeric { mean, sd }, MeasurementValue::Number(x))
                    if x.is_finite() =>
                {
                    let z = ((x - mean) / sd).clamp(-MAX_Z, MAX_Z);
                    let of_z = [z, z * z - 1.0, (z - 1.0).max(0.0), (-z - 1.0).max(0.0), 1.0];
                    (at..).zip(of_z).for_each(|(i, x)| features.push(i, x));
                    features.z.push(z);
                    numbers.push(true);
                }
                (MeasurementKind::Numeric { .. }, _) => {
                    features.z.push(0.0);
                    numbers.push(false);
                }
                (MeasurementKind::Categorical { levels }, value) => {
                    for (i, level) in levels.iter().enumerate() {
                        if matches!(value, MeasurementValue::Word(word) if word == level) {
                            features.push(at + i, 1.0);
                            words.push(word_count + i);
                        }
                    }
                    word_count += levels.len();
                }
            }
            if features.known.len() == own {
                features.widening += m.missing;
            }
            at += m.width();
        }
        features.add_products(at, &numbers, &words, word_count);
        features
    }

    /// Adds the features of two measurements, from index `at` on. `numbers` tells of each number
    /// whether it is known, `words` which of all `word_count` words are.
    fn add_products(
        &mut self,
        mut at: usize,
        numbers: &[bool],
        words: &[usize],
        word_count: usize,
    ) {
        let z = std::mem::take(&mut self.z);
        for (i, a) in z.iter().enumerate() {
            z[i + 1..].iter().zip(at..).for_each(|(b, at)| self.push(at, a * b));
            at += z.len() - i - 1;
        }
        // Where one measurement is missing, the others have other effects: without a weight, the
        // bust is a proxy for it too.
        for (i, known) in numbers.iter().enumerate() {
            let others = z[..i].iter().chain(&z[i + 1..]);
            if !known {
                others.zip(at..).for_each(|(&x, at)| self.push(at, x));
                let first = at + z.len() - 1;
                words.iter().for_each(|word| self.push(first + word, 1.0));
            }
            at += z.len() - 1 + word_count;
        }
        self.z = z;
    }

    fn push(&mut self, index: usize, x: f64) {
        if x != 0.0 {
            self.known.push((index, x));
        }
    }
}
