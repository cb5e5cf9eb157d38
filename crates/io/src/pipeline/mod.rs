//! The pipeline file: where a shop's tables are, what their columns are called, and what their
//! words mean.

mod expand;
mod mapping;

#[cfg(test)]
mod tests;

pub use mapping::{Field, Mapping, resolve};

use crate::failure::{Failure, Row};
use crate::table::parse_day;
use inseam::outcome::Outcome;
use inseam::train::{Privacy, Settings};
use serde::{Deserialize, Deserializer, de::Error as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Longest pipeline file, in bytes.
const FILE_CAP: u64 = 1 << 20;

/// A pipeline file, read and checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// Where it was read from; its paths are relative to the folder of it.
    #[serde(skip)]
    pub file: PathBuf,
    /// The purchase history.
    #[serde(default)]
    pub history: History,
    /// Articles known beforehand.
    pub catalogue: Option<Catalogue>,
    /// How to train.
    #[serde(default)]
    pub train: Train,
    /// Where the model goes.
    #[serde(default)]
    pub model: ModelFile,
    /// What `evaluate` measures on.
    pub test: Option<Test>,
}

/// `[history]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct History {
    path: Option<OneOrMany>,
    /// Only rows in which these columns (as the file calls them) have this value, or one of these.
    #[serde(rename = "where")]
    pub only: Where,
    /// Ours = theirs; an empty text says that there is none.
    pub columns: Columns,
    /// Theirs = ours. The empty text stands for an empty cell, which otherwise means kept.
    pub outcomes: BTreeMap<String, OutcomeName>,
    /// Theirs = ours; `*` for every other.
    pub groups: BTreeMap<String, String>,
    /// Ours = the file's column.
    pub measurements: BTreeMap<String, String>,
}

/// Conditions on columns: each must have one of its values.
pub type Where = BTreeMap<String, OneOrMany>;

/// `[history.columns]`: what the file calls our columns. What is not given is looked for under the
/// usual names.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    pub customer_id: Option<String>,
    pub article_id: Option<String>,
    pub size: Option<String>,
    pub outcome: Option<String>,
    pub ordered_at: Option<String>,
    pub order_id: Option<String>,
    pub group: Option<String>,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub size_system: Option<String>,
}

/// `[catalogue]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    path: OneOrMany,
    /// Ours = theirs.
    #[serde(default)]
    pub columns: CatalogueColumns,
    /// What articles are made of or made for: ours = the file's column, of numbers or of words.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

/// `[catalogue.columns]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CatalogueColumns {
    pub article_id: Option<String>,
    pub group: Option<String>,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub size_system: Option<String>,
    pub sizes: Option<String>,
}

/// `[train]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Train {
    /// Most sweeps over the history, 1 to 1000.
    #[serde(deserialize_with = "sweeps")]
    sweeps: Option<usize>,
    /// Stops once a sweep changes less than this; above 0.
    #[serde(deserialize_with = "positive")]
    tolerance: Option<f64>,
    /// Strength of fresh messages, above 0 to 1.
    #[serde(deserialize_with = "fraction")]
    damping: Option<f64>,
    /// What fewer customers than this stand behind is published as its parent expects it; at least
    /// 1, which publishes all that is known; 20 if not given.
    #[serde(deserialize_with = "customers")]
    min_customers: Option<usize>,
    /// Publishes beliefs about articles with noise: the largest privacy loss of a customer, .1 to
    /// 100.
    #[serde(deserialize_with = "epsilon")]
    pub epsilon: Option<f64>,
    /// Chance of a larger loss, 1e-12 to .01 and at most one over the number of customers; 1e-6 if
    /// not given.
    #[serde(deserialize_with = "delta")]
    delta: Option<f64>,
    /// Days in which a purchase may still come back: kept ones younger than this are pending.
    /// Without it every purchase without a return counts as kept.
    pub return_window_days: Option<u16>,
    /// The day to count the return window back from; the last day of the history if not given.
    #[serde(deserialize_with = "day")]
    pub today: Option<i32>,
}

impl Train {
    /// The core's settings: its defaults where the file says nothing. Noise, if any, comes from
    /// this secret.
    pub fn settings(&self, secret: [u8; 16]) -> Settings {
        let default = Settings::default();
        let privacy = |epsilon| Privacy { epsilon, delta: self.delta.unwrap_or(DELTA), secret };
        Settings {
            sweeps: self.sweeps.unwrap_or(default.sweeps),
            tolerance: self.tolerance.unwrap_or(default.tolerance),
            damping: self.damping.unwrap_or(default.damping),
            min_customers: self.min_customers.unwrap_or(MIN_CUSTOMERS),
            privacy: self.epsilon.map(privacy),
            without: None,
        }
    }
}

/// Customers that have to stand behind what is published, where the pipeline says nothing: what
/// tells of few is to be somebody's decision.
const MIN_CUSTOMERS: usize = 20;
/// Chance of a privacy loss above epsilon where the pipeline names none.
const DELTA: f64 = 1e-6;

/// `[model]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelFile {
    out: Option<String>,
}

/// `[test]`: purchases that training does not see, in the history's columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    path: Option<OneOrMany>,
    /// As in `[history]`.
    #[serde(rename = "where", default)]
    pub only: Where,
}

/// A text or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a text, or several in [ ]")]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    /// The texts.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// An outcome by our own name for it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct OutcomeName(pub Outcome);

impl TryFrom<String> for OutcomeName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Outcome::ALL.into_iter().find(|o| o.name() == name).map(Self).ok_or_else(|| {
            format!(
                "\"{}\" is no outcome: expected one of {}",
                crate::failure::shown(&name),
                outcome_names()
            )
        })
    }
}

/// Our names of the outcomes, for messages.
pub fn outcome_names() -> String {
    Outcome::ALL.map(Outcome::name).join(", ")
}

fn sweeps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let n = usize::deserialize(deserializer)?;
    (1..=1000)
        .contains(&n)
        .then_some(Some(n))
        .ok_or_else(|| D::Error::custom("sweeps go from 1 to 1000"))
}

fn customers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    let n = usize::deserialize(deserializer)?;
    (n >= 1)
        .then_some(Some(n))
        .ok_or_else(|| D::Error::custom("at least one customer stands behind a purchase"))
}

fn epsilon<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let [least, most] = Privacy::EPSILON;
    let x = f64::deserialize(deserializer)?;
    let wrong = || {
        D::Error::custom(format!(
            "epsilon goes from {least} to {most}; without the line there is no noise"
        ))
    };
    (x >= least && x <= most).then_some(Some(x)).ok_or_else(wrong)
}

fn delta<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let [least, most] = Privacy::DELTA;
    let x = f64::deserialize(deserializer)?;
    let wrong = || D::Error::custom(format!("delta goes from {least:e} to {most}"));
    (x >= least && x <= most).then_some(Some(x)).ok_or_else(wrong)
}

fn positive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let x = f64::deserialize(deserializer)?;
    (x > 0.0 && x.is_finite())
        .then_some(Some(x))
        .ok_or_else(|| D::Error::custom("expected a number above 0"))
}

fn fraction<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let x = f64::deserialize(deserializer)?;
    (x > 0.0 && x <= 1.0)
        .then_some(Some(x))
        .ok_or_else(|| D::Error::custom("expected a number above 0 and up to 1"))
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i32>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_day(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom("expected a date in quotes, like \"2026-01-31\""))
}

impl Pipeline {
    /// Reads and checks a pipeline file.
    pub fn read(file: &Path) -> Result<Self, Failure> {
        let size = std::fs::metadata(file).map_err(|e| Failure::io(file, "cannot open", &e))?.len();
        if size > FILE_CAP {
            return Err(Failure::new("is too large for a pipeline file").in_file(file));
        }
        let bytes = std::fs::read(file).map_err(|e| Failure::io(file, "cannot read", &e))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new("is not UTF-8").in_file(file).remedy("save the pipeline file as UTF-8")
        })?;
        let mut pipeline = Self::parse(&text).map_err(|failure| failure.in_file(file))?;
        pipeline.file = file.to_owned();
        if pipeline.train.delta.is_some() && pipeline.train.epsilon.is_none() {
            let failure = Failure::new("has a delta under [train], and no epsilon").in_file(file);
            return Err(failure.remedy("give both, or neither for a model without noise"));
        }
        Ok(pipeline)
    }

    fn parse(text: &str) -> Result<Self, Failure> {
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
            let failure = Failure::new(error.message().lines().collect::<Vec<_>>().join("; "))
                .at(Row::Line(line));
            let written = text.lines().nth(line as usize - 1).unwrap_or_default().trim();
            if written.is_empty() {
                failure
            } else {
                failure.remedy(format!("in: {}", crate::failure::shown(written)))
            }
        })
    }

    /// The files of the history.
    pub fn history_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        match &self.history.path {
            Some(paths) => self.resolve_all(paths),
            None => Err(Failure::new("names no history")
                .in_file(&self.file)
                .remedy("give [history] a path, or the program --history FILE")),
        }
    }

    /// The files of the catalogue; none if there is no catalogue.
    pub fn catalogue_paths(&self) -> Result<Vec<PathBuf>, Failure> {
        self.catalogue
            .as_ref()
            .map_or(Ok(Vec::new()), |catalogue| self.resolve_all(&catalogue.path))
    }

    /// What to measure on: files, and conditions on their rows. `given` replaces the files of
    /// `[test]`; where neither names any, they are those of the history, and then the conditions
    /// have to keep them apart.
    pub fn test(&self, given: Option<&Path>) -> Result<(Vec<PathBuf>, Where), Failure> {
        let only = self.test.as_ref().map(|test| test.only.clone()).unwrap_or_default();
        let paths = match (given, self.test.as_ref().and_then(|test| test.path.as_ref())) {
            (Some(given), _) => vec![given.to_owned()],
            (None, Some(paths)) => self.resolve_all(paths)?,
            (None, None) if !only.is_empty() => self.history_paths()?,
            (None, None) => {
                return Err(Failure::new("says nothing to measure on")
                    .in_file(&self.file)
                    .remedy("give --test FILE, or a [test] table with a path or a where"));
            }
        };
        Ok((paths, only))
    }

    /// Where the model goes.
    pub fn model_path(&self) -> Result<PathBuf, Failure> {
        match &self.model.out {
            Some(out) => self.resolve(out),
            None => Err(Failure::new("names no model file")
                .in_file(&self.file)
                .remedy("give [model] an out, or the program --out FILE")),
        }
    }

    fn resolve_all(&self, paths: &OneOrMany) -> Result<Vec<PathBuf>, Failure> {
        paths.texts().iter().map(|path| self.resolve(path)).collect()
    }

    /// A path of this file: variables filled in, relative to the file's folder.
    fn resolve(&self, path: &str) -> Result<PathBuf, Failure> {
        let expanded = expand::expand(path, |name| std::env::var(name).ok())
            .map_err(|f| f.in_file(&self.file))?;
        let folder = self.file.parent().unwrap_or(Path::new(""));
        Ok(folder.join(expanded))
    }
}
