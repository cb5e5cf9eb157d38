//! Body measurements as regression features.

/// One body measurement column.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Its name, as the pipeline has it.
    pub name: String,
    /// How values become features.
    pub kind: MeasurementKind,
    /// How much wider the latent size is believed of who does not give it: its part of the
    /// variance, added to 1.
    pub missing: f64,
}

/// How a measurement's values become features.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasurementKind {
    /// A number: five features, z = (value - mean) / sd clipped to [-4, 4], z^2 - 1, the parts of z
    /// beyond 1 and -1, and 1 if known; all 0 if missing.
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

/// What the measurements say of a customer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// The feature vector phi: for each measurement in order its features; then for each pair of
    /// numbers the product of their z; then for each number, where it is missing, z of the other
    /// numbers and the words' features once more.
    pub phi: Vec<f64>,
    /// z of every number, 0 where it is missing.
    pub z: Vec<f64>,
    /// How much wider than the group's variance the latent size is believed to vary about its
    /// regression; at least 1.
    pub widening: f64,
}

/// Features of a number.
const NUMBER_WIDTH: usize = 5;
/// Standardised values beyond this many sd are recorded as this: absurd ones (an age of 116) must
/// not steer a size.
const CLIP: f64 = 4.0;

impl Measurement {
    /// How many features this measurement gives.
    pub(crate) fn width(&self) -> usize {
        match &self.kind {
            MeasurementKind::Numeric { .. } => NUMBER_WIDTH,
            MeasurementKind::Categorical { levels } => levels.len(),
        }
    }

    /// Whether this measurement can make use of `value`.
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

    /// Appends this measurement's features for `value`; a value of the other kind, or not finite,
    /// counts as missing.
    fn push_features(&self, value: &MeasurementValue, out: &mut Vec<f64>) {
        match (&self.kind, value) {
            (MeasurementKind::Numeric { mean, sd }, MeasurementValue::Number(x))
                if x.is_finite() =>
            {
                let z = ((x - mean) / sd).clamp(-CLIP, CLIP);
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
    /// Features of a customer whose values are given by measurement name; names not in the model
    /// are ignored.
    #[must_use]
    pub fn of<'a>(
        measurements: &[Measurement],
        value: &dyn Fn(&str) -> Option<&'a MeasurementValue>,
    ) -> Self {
        let mut phi = Vec::with_capacity(Self::width(measurements));
        let (mut z, mut known, mut words) = (Vec::new(), Vec::new(), Vec::<f64>::new());
        let mut widening = 1.0;
        for m in measurements {
            let value = value(&m.name).unwrap_or(&MeasurementValue::Missing);
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
        // What the others say of a size is another thing where one of them is missing: without a
        // weight, the bust stands for it too.
        for (i, &known) in known.iter().enumerate() {
            for (j, &x) in z.iter().chain(&words).enumerate() {
                if j != i {
                    phi.push(if known { 0.0 } else { x });
                }
            }
        }
        Self { phi, z, widening }
    }

    /// How many features these measurements give.
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

    /// How many of these measurements are numbers.
    #[must_use]
    pub fn numbers(measurements: &[Measurement]) -> usize {
        measurements.iter().filter(|m| matches!(m.kind, MeasurementKind::Numeric { .. })).count()
    }
}
