//! The `[train]` table of the pipeline file, with the ranges of its values.

use crate::dates::parse_day;
use inseam::train::{Privacy, Settings};
use serde::{Deserialize, Deserializer, de::Error as _};

/// `min_customers` if the pipeline does not set it. The core publishes every belief by default; a
/// shop must decide to publish what it knows from only a few customers.
const DEFAULT_MIN_CUSTOMERS: usize = 20;
/// `delta` if the pipeline sets only `epsilon`.
const DEFAULT_DELTA: f64 = 1e-6;

/// `[train]`: the settings of training.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainTable {
    /// The largest number of sweeps over the history, from 1 to 1000.
    #[serde(deserialize_with = "sweeps")]
    sweeps: Option<usize>,
    /// Training ends when a sweep changes the log evidence of a purchase by less; above 0.
    #[serde(deserialize_with = "positive")]
    tolerance: Option<f64>,
    /// The weight of new messages against those of the last sweep, above 0 and up to 1.
    #[serde(deserialize_with = "fraction")]
    damping: Option<f64>,
    /// The public model replaces beliefs that come from fewer customers by the prior of their
    /// parent; at least 1, which publishes every belief.
    #[serde(deserialize_with = "customers", alias = "least_customers")]
    min_customers: Option<usize>,
    /// Training learns hyperparameters on a sample of about so many customers first, where the shop
    /// has at least twice as many; at least 1.
    #[serde(deserialize_with = "sampled")]
    sample_customers: Option<usize>,
    /// Training publishes article beliefs with noise: the largest privacy loss of a customer, from
    /// .1 to 100.
    #[serde(deserialize_with = "epsilon")]
    pub epsilon: Option<f64>,
    /// The probability of a larger privacy loss, from 1e-12 to .01.
    #[serde(deserialize_with = "delta")]
    pub(super) delta: Option<f64>,
    /// Whether a shopper's height, weight, age and sex tell their size before customers with
    /// measurements do; true if not set.
    body_prior: Option<bool>,
    /// The number of days in which a customer may return a purchase. Younger kept purchases are
    /// pending. If it is not set, every purchase without a return is kept.
    pub return_window_days: Option<u16>,
    /// The day from which the return window counts back, in days since 1970-01-01; the last day of
    /// the history if not set.
    #[serde(deserialize_with = "day")]
    pub today: Option<i32>,
}

impl TrainTable {
    /// The settings of training, with the core's defaults for what the file does not set. Training
    /// draws the noise, if any, from this secret.
    pub fn settings(&self, secret: [u8; 16]) -> Settings {
        let default = Settings::default();
        let delta = self.delta.unwrap_or(DEFAULT_DELTA);
        Settings {
            sweeps: self.sweeps.unwrap_or(default.sweeps),
            tolerance: self.tolerance.unwrap_or(default.tolerance),
            damping: self.damping.unwrap_or(default.damping),
            min_customers: self.min_customers.unwrap_or(DEFAULT_MIN_CUSTOMERS),
            sample_customers: self.sample_customers.unwrap_or(default.sample_customers),
            privacy: self.epsilon.map(|epsilon| Privacy { epsilon, delta, secret }),
            body_prior: self.body_prior.unwrap_or(true),
            without: None,
        }
    }
}

/// Reads a value and checks that it is valid.
fn checked<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
    is_valid: impl Fn(&T) -> bool,
    message: impl std::fmt::Display,
) -> Result<Option<T>, D::Error> {
    let value = T::deserialize(deserializer)?;
    if is_valid(&value) { Ok(Some(value)) } else { Err(D::Error::custom(message)) }
}

fn sweeps<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    checked(deserializer, |n| (1..=1000).contains(n), "sweeps must be from 1 to 1000")
}

fn customers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    checked(deserializer, |n| *n >= 1, "min_customers must be at least 1")
}

fn sampled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    checked(deserializer, |n| *n >= 1, "sample_customers must be at least 1")
}

fn epsilon<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let [min, max] = Privacy::EPSILON;
    let message =
        format!("epsilon must be from {min} to {max}; remove the line for a model with no noise");
    checked(deserializer, |x| (min..=max).contains(x), message)
}

fn delta<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    let [min, max] = Privacy::DELTA;
    let message = format!("delta must be from {min:e} to {max}");
    checked(deserializer, |x| (min..=max).contains(x), message)
}

fn positive<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    checked(deserializer, |x: &f64| *x > 0.0 && x.is_finite(), "expected a number above 0")
}

fn fraction<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    checked(deserializer, |x| *x > 0.0 && *x <= 1.0, "expected a number above 0 and up to 1")
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i32>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_day(&text)
        .map(Some)
        .ok_or_else(|| D::Error::custom("expected a date in quotes, like \"2026-01-31\""))
}
