//! Outcomes in the pipeline file, by their names in Inseam.

use crate::failure::shown;
use inseam::outcome::Outcome;
use serde::Deserialize;

/// An outcome that the file gives by its name in Inseam.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct OutcomeName(pub Outcome);

impl TryFrom<String> for OutcomeName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Outcome::ALL.into_iter().find(|o| o.name() == name).map(Self).ok_or_else(|| {
            format!("\"{}\" is not an outcome: expected one of {}", shown(&name), outcome_names())
        })
    }
}

/// The names of all outcomes, for messages.
pub fn outcome_names() -> String {
    Outcome::ALL.map(Outcome::name).join(", ")
}
