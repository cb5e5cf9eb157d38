//! Reading the public file's header: bincode's numbers one after the other, each checked where it stands.

use super::quantum::{Grid, MOST};
use super::runs::{self, Run};
use super::{bytes::Cursor, column, fault};
use crate::Error;
use crate::model::{
    Brand, Choice, Features, Group, MAX_GROUPS, Measurement, MeasurementKind, Model, OutcomeTerms, Returns, Scale,
    ScaleLabel, SizePrior, TRAITS, Trend,
};
use crate::size::System;
use nalgebra::{Cholesky, DMatrix};
use std::collections::BTreeSet;

/// Longest text in a file, bytes of UTF-8.
pub const MAX_TEXT: usize = 1024;
/// Most measurements.
pub const MAX_MEASUREMENTS: usize = 256;
/// Most levels of one categorical measurement.
pub const MAX_LEVELS: usize = 4096;
/// Most knots of the trend.
pub(super) const MAX_KNOTS: usize = 256;
/// Most measurement features altogether.
pub const MAX_FEATURES: usize = 4096;

/// Most bytes of all brands' names and categories together, each counted as often as it is used.
pub(super) const MAX_BRAND_TEXT: usize = 1 << 24;

/// Bound of a label's length and appeal: they stand in exponents.
pub(super) const MOST_LOG: f64 = 64.0;

const POSITIVE: (f64, f64) = (f64::MIN_POSITIVE, f64::INFINITY);
const NOT_NEGATIVE: (f64, f64) = (0.0, f64::INFINITY);

/// Reads the header that fills `cursor`'s part: a model whose articles are still to come, and the size runs that many of them share, ascending.
pub(super) fn read(cursor: Cursor<'_>) -> Result<(Model, Vec<Run>), Error> {
    let mut fields = Fields(cursor);
    let measurements = fields.measurements()?;
    let features = Features::width(&measurements);
    let mut groups = fields.groups(features)?;
    let covariance = fields.covariance(groups.len())?;
    for (i, group) in groups.iter_mut().enumerate() {
        group.size.variance = covariance[(i, i)];
    }
    let traits = fields.traits(features)?;
    let trend = fields.trend()?;
    let scales = fields.scales(groups.len())?;
    let runs = fields.runs(&scales)?;
    let brands = fields.brands(&groups)?;
    match fields.left() {
        0 => {
            Ok((Model { groups, covariance, traits, trend, measurements, scales, brands, articles: Vec::new() }, runs))
        }
        left => Err(fault(fields.at(), format!("{left} bytes follow the end of the header"))),
    }
}

/// The fields one after the other.
struct Fields<'a>(Cursor<'a>);

impl Fields<'_> {
    fn at(&self) -> usize {
        self.0.at()
    }

    fn left(&self) -> usize {
        self.0.left()
    }

    // Called from many places: as a function of its own it is there once.
    #[inline(never)]
    fn finite(&mut self, field: &str) -> Result<f64, Error> {
        let at = self.at();
        let x = f32::from_le_bytes(self.0.array(field)?);
        if x.is_finite() { Ok(f64::from(x)) } else { Err(fault(at, format!("{field} is not finite"))) }
    }

    /// A finite number from `range.0` to `range.1`; `rule` says in words what it must be.
    #[inline(never)]
    fn ranged(&mut self, field: &str, rule: &str, range: (f64, f64)) -> Result<f64, Error> {
        let at = self.at();
        let x = self.finite(field)?;
        if x < range.0 || x > range.1 { Err(fault(at, format!("{field} must be {rule}"))) } else { Ok(x) }
    }

    fn array<const N: usize>(&mut self, field: &str) -> Result<[f64; N], Error> {
        let mut out = [0.0; N];
        for x in &mut out {
            *x = self.finite(field)?;
        }
        Ok(out)
    }

    fn variances<const N: usize>(&mut self, field: &str) -> Result<[f64; N], Error> {
        let mut out = [0.0; N];
        for x in &mut out {
            *x = self.ranged(field, "at least 0", NOT_NEGATIVE)?;
        }
        Ok(out)
    }

    /// The length of a list: at most `max`, and not more than the bytes that are left can hold at `least` bytes an entry, so that
    /// memory may be reserved for it.
    #[inline(never)]
    fn count(&mut self, list: &str, max: usize, least: usize) -> Result<usize, Error> {
        let at = self.at();
        let count = self.0.varint(list)?;
        if count > max as u64 {
            return Err(fault(at, format!("{list}: {count} of them, and at most {max} may be")));
        }
        let count = count as usize;
        if count.checked_mul(least).is_none_or(|bytes| bytes > self.left()) {
            return Err(fault(at, format!("{list}: {count} of them do not fit into the bytes that are left")));
        }
        Ok(count)
    }

    #[inline(never)]
    fn text(&mut self, field: &str) -> Result<String, Error> {
        let length = self.count(field, MAX_TEXT, 1)?;
        let at = self.at();
        let bytes = self.0.slice(length, field)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(e) => Err(fault(at + e.valid_up_to(), format!("{field} is not UTF-8"))),
        }
    }

    #[inline(never)]
    fn index(&mut self, field: &str, count: usize) -> Result<u16, Error> {
        let at = self.at();
        let index = self.0.varint(field)?;
        if index < count as u64 {
            Ok(index as u16)
        } else {
            Err(fault(at, format!("{field} is {index}, and there are {count}")))
        }
    }

    fn measurements(&mut self) -> Result<Vec<Measurement>, Error> {
        let count = self.count("measurements", MAX_MEASUREMENTS, 7)?;
        let mut out: Vec<Measurement> = Vec::with_capacity(count);
        for _ in 0..count {
            let at = self.at();
            let name = self.text("a measurement's name")?;
            if out.iter().any(|m| m.name == name) {
                return Err(fault(at, format!("two measurements are named \"{name}\"")));
            }
            let kind_at = self.at();
            let kind = match self.0.varint("a measurement's kind")? {
                0 => MeasurementKind::Numeric {
                    mean: self.finite("a measurement's mean")?,
                    sd: self.ranged("a measurement's sd", "above 0", POSITIVE)?,
                },
                1 => MeasurementKind::Categorical { levels: self.levels()? },
                other => return Err(fault(kind_at, format!("a measurement's kind is {other}, and must be 0 or 1"))),
            };
            let missing = self.ranged("what a missing measurement adds", "at least 0", NOT_NEGATIVE)?;
            out.push(Measurement { name, kind, missing });
            if Features::width(&out) > MAX_FEATURES {
                return Err(fault(at, format!("more than {MAX_FEATURES} measurement features")));
            }
        }
        Ok(out)
    }

    fn levels(&mut self) -> Result<Vec<String>, Error> {
        let count = self.count("a measurement's levels", MAX_LEVELS, 1)?;
        let mut out: Vec<String> = Vec::with_capacity(count);
        for _ in 0..count {
            let at = self.at();
            let level = self.text("a measurement's level")?;
            if out.last().is_some_and(|last| *last >= level) {
                return Err(fault(at, format!("level \"{level}\" is not in ascending order")));
            }
            out.push(level);
        }
        Ok(out)
    }

    #[inline(never)]
    fn coefficients(&mut self, features: usize) -> Result<Vec<f64>, Error> {
        let at = self.at();
        let count = self.count("coefficients", MAX_FEATURES, 4)?;
        if count != features {
            return Err(fault(at, format!("{count} coefficients for {features} measurement features")));
        }
        (0..count).map(|_| self.finite("a coefficient")).collect()
    }

    fn traits(&mut self, features: usize) -> Result<[SizePrior; TRAITS], Error> {
        let none = || SizePrior { intercept: 0.0, coefficients: Vec::new(), variance: 1.0 };
        let mut out: [SizePrior; TRAITS] = std::array::from_fn(|_| none());
        for prior in &mut out {
            prior.intercept = self.finite("a trait's intercept")?;
            prior.coefficients = self.coefficients(features)?;
            prior.variance = self.ranged("a trait's variance", "above 0", POSITIVE)?;
        }
        Ok(out)
    }

    fn trend(&mut self) -> Result<Trend, Error> {
        let count = self.count("knots of the trend", MAX_KNOTS, 9)?;
        let mut out = Trend::default();
        for _ in 0..count {
            let at = self.at();
            // bincode's signed numbers: the sign is the lowest bit.
            let code = self.0.varint("a day of the trend")?;
            let Ok(day) = i32::try_from((code >> 1) as i64 ^ -((code & 1) as i64)) else {
                return Err(fault(at, "a day of the trend is no 32-bit number"));
            };
            if out.days.last().is_some_and(|last| *last >= day) {
                return Err(fault(at, format!("day {day} of the trend is not in ascending order")));
            }
            out.days.push(day);
            out.values.push(self.array("a value of the trend")?);
        }
        Ok(out)
    }

    fn groups(&mut self, features: usize) -> Result<Vec<Group>, Error> {
        let at = self.at();
        let count = self.count("fit groups", MAX_GROUPS, 114)?;
        if count == 0 {
            return Err(fault(at, "fit groups: at least one is needed"));
        }
        let mut out: Vec<Group> = Vec::with_capacity(count);
        for _ in 0..count {
            let at = self.at();
            let name = self.text("a fit group's name")?;
            if out.iter().any(|g| g.name == name) {
                return Err(fault(at, format!("two fit groups are named \"{name}\"")));
            }
            let intercept = self.finite("a fit group's intercept")?;
            // The variance is on the diagonal of the covariance, which comes later.
            let size = SizePrior { intercept, coefficients: self.coefficients(features)?, variance: 0.0 };
            let terms = [self.array("an outcome term")?, self.array("an outcome term")?];
            let slope = self.ranged("an outcome's slope", "at least 0", NOT_NEGATIVE)?;
            let lean = self.finite("a lean")?;
            let outcome = OutcomeTerms {
                terms,
                slope,
                lean,
                chosen_slope: self.ranged(
                    "a chosen slope",
                    "between minus the slope and the slope",
                    (-slope, slope),
                )?,
            };
            let choice = Choice {
                scale: self.ranged("a choice scale", "above 0", POSITIVE)?,
                awareness: self.finite("a choice awareness")?,
                outcome_shift: self.array("a choice's outcome shift")?,
            };
            let returns = Returns {
                intercept: self.finite("a return intercept")?,
                article_variance: self.ranged("a return variance", "above 0", POSITIVE)?,
                unexplained: self.ranged("the unexplained ratio", "above 0", POSITIVE)?,
                beaten: self.ranged("the share of lesser sizes", "from 0 to 1", (0.0, 1.0))?,
            };
            let offset_variance = self.variances("an offset variance")?;
            let grade_variance = self.ranged("a grade variance", "above 0", POSITIVE)?;
            let spread_variance = self.variances("a spread variance")?;
            out.push(Group { name, size, outcome, choice, returns, offset_variance, grade_variance, spread_variance });
        }
        Ok(out)
    }

    fn covariance(&mut self, groups: usize) -> Result<DMatrix<f64>, Error> {
        let at = self.at();
        let count = self.count("covariances", MAX_GROUPS * (MAX_GROUPS + 1) / 2, 8)?;
        if count != groups * (groups + 1) / 2 {
            return Err(fault(at, format!("{count} covariances for {groups} fit groups")));
        }
        let mut out = DMatrix::zeros(groups, groups);
        for i in 0..groups {
            for j in 0..=i {
                let at = self.at();
                let x = f64::from_le_bytes(self.0.array("a covariance")?);
                if !x.is_finite() {
                    return Err(fault(at, "a covariance is not finite"));
                }
                (out[(i, j)], out[(j, i)]) = (x, x);
            }
        }
        if Cholesky::new(out.clone()).is_none() {
            return Err(fault(at, "the covariance is not positive definite"));
        }
        Ok(out)
    }

    fn scales(&mut self, groups: usize) -> Result<Vec<Scale>, Error> {
        let count = self.count("size scales", 1 << 16, 8)?;
        let mut out = Vec::with_capacity(count);
        for _ in 0..count {
            let group = self.index("a size scale's fit group", groups)?;
            let at = self.at();
            let code = self.0.u8("a size system")?;
            let system = System::from_code(code)
                .ok_or_else(|| fault(at, format!("{code} stands for no size system of version 1")))?;
            out.push(Scale { group, system, labels: self.labels()? });
        }
        Ok(out)
    }

    fn labels(&mut self) -> Result<Vec<ScaleLabel>, Error> {
        let at = self.at();
        let count = self.count("size labels", 1 << 16, 21)?;
        if count == 0 {
            return Err(fault(at, "size labels: a scale needs at least one"));
        }
        let mut out: Vec<ScaleLabel> = Vec::with_capacity(count);
        for _ in 0..count {
            let text = self.text("a size label")?;
            let at = self.at();
            let position = self.finite("a size label's position")?;
            if out.last().is_some_and(|last| last.position > position) {
                return Err(fault(at, format!("size label \"{text}\" lies below the one before it")));
            }
            let at = self.at();
            let (length, appeal) = (self.finite("a size label's length")?, self.finite("a size label's appeal")?);
            if length.abs() > MOST_LOG || appeal.abs() > MOST_LOG {
                return Err(fault(at, format!("size label \"{text}\" has a length or an appeal beyond +-64")));
            }
            let thresholds = self.array("a size label's threshold")?;
            out.push(ScaleLabel { text, position, length, appeal, thresholds });
        }
        let mut texts = BTreeSet::new();
        if let Some(twice) = out.iter().find(|l| !texts.insert(l.text.as_str())) {
            return Err(fault(at, format!("a scale has two size labels \"{}\"", twice.text)));
        }
        Ok(out)
    }

    fn runs(&mut self, scales: &[Scale]) -> Result<Vec<Run>, Error> {
        let count = self.count("size runs", 1 << 16, 2)?;
        let mut out: Vec<Run> = Vec::with_capacity(count);
        for _ in 0..count {
            let at = self.at();
            let scale = self.index("a size run's scale", scales.len())?;
            let labels = scales[usize::from(scale)].labels.len();
            let mut bits = Vec::with_capacity(labels);
            column::read_bits(&mut self.0, labels, 1, "a size run's labels", |bit| {
                bits.push(bit == 1);
                true
            })?;
            let run = runs::of_bits(scale, bits.into_iter())
                .ok_or_else(|| fault(at, format!("a size run has no labels, or more than {}", runs::MAX_SIZES)))?;
            if out.last().is_some_and(|last| *last >= run) {
                return Err(fault(at, "a size run is not in ascending order"));
            }
            out.push(run);
        }
        Ok(out)
    }

    /// Brands as columns: names and categories as indices into a list of texts.
    fn brands(&mut self, groups: &[Group]) -> Result<Vec<Brand>, Error> {
        let texts = self.count("texts of brands", 1 << 24, 1)?;
        let texts = (0..texts).map(|_| self.text("a text of brands")).collect::<Result<Vec<_>, _>>()?;
        let at = self.at();
        let count = self.0.varint("brands")?;
        // Texts are had once each; a brand's own memory is bounded by the bits of its group.
        if count / 4 > self.left() as u64 {
            return Err(fault(at, format!("brands: {count} of them do not fit into the bytes that are left")));
        }
        let (count, cursor) = (count as usize, &mut self.0);
        let at = cursor.at();
        let most = texts.len() as i64 - 1;
        let names = column::read(cursor, count, (0, most), "a brand's name")?;
        let categories = column::read(cursor, count, (0, most), "a brand's category")?;
        let of = column::read(cursor, count, (0, groups.len() as i64 - 1), "a brand's fit group")?;
        let mut codes = [(); 4].map(|()| Vec::new());
        for (i, codes) in codes.iter_mut().enumerate() {
            *codes = column::read(cursor, count, ([-MOST, 1][i % 2], MOST), "what is believed of a brand")?;
        }
        let bytes = |i: usize| texts[names[i] as usize].len() + texts[categories[i] as usize].len();
        if (0..count).fold(0_usize, |sum, i| sum.saturating_add(bytes(i))) > MAX_BRAND_TEXT {
            return Err(fault(at, format!("the brands' names come to more than {MAX_BRAND_TEXT} bytes")));
        }
        let brand = |i: usize| {
            let group = of[i] as u16;
            let offsets = Grid::of_offsets(&groups[usize::from(group)]).of_brand();
            Brand {
                name: texts[names[i] as usize].clone(),
                category: texts[categories[i] as usize].clone(),
                group,
                offset: offsets.decode([codes[0][i], codes[1][i]]),
                spread: Grid::SPREAD.of_brand().decode([codes[2][i], codes[3][i]]),
            }
        };
        Ok((0..count).map(brand).collect())
    }
}
