//! Conditions on rows: `where` in the pipeline file.

use crate::vocabulary::is_missing;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// Conditions on rows: for each column, by its name in the files, which values a row may have. A
/// row must meet all of them.
pub type RowConditions = BTreeMap<String, Condition>;

/// A condition on the values of one column.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Condition {
    /// The values as the pipeline file writes them. The empty text stands for an empty cell.
    values: Vec<String>,
    /// Whether a row must have none of the values.
    negated: bool,
}

impl Condition {
    /// The values as the pipeline file writes them.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// Whether a row with this value meets the condition; `None` is an empty cell. Upper and lower
    /// case are the same, and so are numbers with and without zeros behind the point. The empty
    /// text in the condition also stands for a word for a missing value, like NULL.
    pub fn is_met_by(&self, value: Option<&str>) -> bool {
        let value = value.unwrap_or_default();
        let simple = simplified(value);
        let listed = self
            .values
            .iter()
            .any(|wanted| simplified(wanted) == simple || (wanted.is_empty() && is_missing(value)));
        listed != self.negated
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            write!(f, "{{ not = {:?} }}", self.values)
        } else {
            write!(f, "{:?}", self.values)
        }
    }
}

/// A text as conditions compare it.
fn simplified(text: &str) -> String {
    let text = text.trim();
    let whole = text.split_once('.').filter(|(digits, zeros)| {
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        let are =
            |text: &str, f: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(f);
        are(digits, u8::is_ascii_digit) && are(zeros, |byte| *byte == b'0')
    });
    whole.map_or(text, |(digits, _)| digits).to_lowercase()
}

/// What a condition must be, for messages.
const EXPECTED: &str = "expected a value, several in [ ], or { not = ... } with these";

/// A condition as written.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a value, several in [ ], or { not = ... } with these")]
enum Written {
    Values(Values),
    Table(BTreeMap<String, Values>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    One(Value),
    Many(Vec<Value>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    Truth(bool),
    Whole(i64),
    Number(f64),
}

impl TryFrom<Written> for Condition {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let (values, negated) = match written {
            Written::Values(values) => (values, false),
            Written::Table(mut table) => match (table.remove("not"), table.is_empty()) {
                (Some(values), true) => (values, true),
                _ => return Err(EXPECTED),
            },
        };
        let values = match values {
            Values::One(value) => vec![value],
            Values::Many(values) => values,
        };
        let text = |value| match value {
            Value::Text(text) => text,
            Value::Truth(truth) => truth.to_string(),
            Value::Whole(number) => number.to_string(),
            Value::Number(number) => number.to_string(),
        };
        Ok(Self { values: values.into_iter().map(text).collect(), negated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(written: &str) -> Condition {
        toml::from_str::<BTreeMap<String, Condition>>(&format!("c = {written}"))
            .unwrap()
            .remove("c")
            .unwrap()
    }

    #[test]
    fn values_lists_and_not() {
        for (written, met, unmet) in [
            ("\"DE\"", vec!["DE", "de", " DE "], vec!["AT", ""]),
            ("\"\"", vec!["", "NULL", "-"], vec!["2026-01-01", "0"]),
            ("[\"false\", \"\"]", vec!["false", "FALSE", ""], vec!["true"]),
            (
                "{ not = [\"voided\", \"Cancelled\"] }",
                vec!["paid", ""],
                vec!["VOIDED", "cancelled"],
            ),
            ("{ not = \"\" }", vec!["x"], vec!["", "null"]),
            ("false", vec!["false", "False"], vec!["true", ""]),
            ("1", vec!["1", "1.0", "1.00"], vec!["-1", "10", "1.5", ""]),
            ("1.5", vec!["1.5"], vec!["1"]),
        ] {
            let condition = condition(written);
            let value = |text: &'static str| Some(text).filter(|text| !text.is_empty());
            assert!(met.into_iter().all(|text| condition.is_met_by(value(text))), "{written}");
            assert!(!unmet.into_iter().any(|text| condition.is_met_by(value(text))), "{written}");
        }
    }

    #[test]
    fn mistakes_are_refused() {
        for written in ["{ nott = \"x\" }", "{}", "[[1]]"] {
            let parsed = toml::from_str::<BTreeMap<String, Condition>>(&format!("c = {written}"));
            assert!(parsed.unwrap_err().message().contains("{ not = ... }"), "{written}");
        }
    }
}
