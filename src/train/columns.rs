//! A history as a shop's tables have it: columns of one row a purchase line, not validated yet.

use crate::error::Error;
use crate::outcome::Outcome;

/// A text column, each distinct text once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coded {
    /// The distinct texts.
    pub values: Vec<String>,
    /// For each row the index of its text; [`Coded::MISSING`] for none.
    pub codes: Vec<u32>,
}

impl Coded {
    /// Code of a row without a value.
    pub const MISSING: u32 = u32::MAX;

    /// Text of a row; empty for none.
    #[must_use]
    pub fn text(&self, row: usize) -> &str {
        self.values.get(self.codes[row] as usize).map_or("", String::as_str)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Coded {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut index = std::collections::HashMap::new();
        let mut out = Self::default();
        for text in texts {
            let text = text.as_ref();
            let code = *index.entry(text.to_owned()).or_insert_with(|| {
                out.values.push(text.to_owned());
                out.values.len() as u32 - 1
            });
            out.codes.push(code);
        }
        out
    }
}

/// One measurement column.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasurementColumn {
    /// Numbers; NaN for missing.
    Number(Vec<f64>),
    /// Words.
    Word(Coded),
}

/// The columns of a history; all of the same length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Customer ids.
    pub customer: Coded,
    /// Article ids.
    pub article: Coded,
    /// Size labels.
    pub size: Coded,
    /// Outcomes.
    pub outcome: Vec<Outcome>,
    /// Fit groups; one group for all without the column.
    pub group: Option<Coded>,
    /// Categories, a level under the fit group.
    pub category: Option<Coded>,
    /// Brands.
    pub brand: Option<Coded>,
    /// Size systems, by any name [`crate::size::System::parse`] knows.
    pub system: Option<Coded>,
    /// Order ids.
    pub order: Option<Coded>,
    /// Days since 1970-01-01.
    pub day: Option<Vec<i32>>,
    /// Body measurements, by name.
    pub measurements: Vec<(String, MeasurementColumn)>,
    /// Articles known beforehand, sold or not.
    pub catalogue: Vec<CatalogueEntry>,
}

/// One article of a catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogueEntry {
    /// The article's id.
    pub article: String,
    /// Its fit group, category and brand; empty for none.
    pub group: String,
    /// A level under the fit group; empty for none.
    pub category: String,
    /// Its brand; empty for none.
    pub brand: String,
    /// Its size system's name; empty for unspecified.
    pub system: String,
    /// The labels it is offered in.
    pub sizes: Vec<String>,
    /// What it is made of or made for (stretch, material, cut): a number or words each, empty for
    /// not known. As many for every article, in the same order; an attribute is a number where all
    /// its values are.
    pub attributes: Vec<String>,
}

/// The error for a history that training cannot use.
pub(crate) fn history_error(what: String) -> Error {
    Error::History { what }
}
