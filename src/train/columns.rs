//! The columns of a history, with one row for each order line.

use crate::body::Dimension;
use crate::error::Error;
use crate::outcome::Outcome;
use crate::size::{Label, System};
use std::collections::BTreeMap;
use xxhash_rust::xxh64::xxh64;

/// A column of repeated values: the distinct values, and for each row a code.
#[derive(Clone, Debug, PartialEq)]
pub struct Coded<T = String> {
    /// The distinct values. A value may occur twice if the shop has two spellings of it.
    pub values: Vec<T>,
    /// For each row the index of its value; [`Coded::MISSING`] for none.
    pub codes: Vec<u32>,
}

impl<T> Default for Coded<T> {
    fn default() -> Self {
        Self { values: Vec::new(), codes: Vec::new() }
    }
}

impl Coded {
    /// Code of a row without a value.
    pub const MISSING: u32 = u32::MAX;

    /// Text of a row; empty for none.
    #[must_use]
    pub fn text(&self, row: usize) -> &str {
        self.value(row).map_or("", String::as_str)
    }
}

impl<T> Coded<T> {
    /// Value of a row.
    #[must_use]
    pub fn value(&self, row: usize) -> Option<&T> {
        self.values.get(self.codes[row] as usize)
    }

    /// The column with each distinct value replaced.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Coded<U> {
        Coded { values: self.values.into_iter().map(f).collect(), codes: self.codes }
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

/// A digest of 96 bits, which tells an id apart from others, where nobody needs the id's text.
/// Ids of orders and of order lines are almost as many as purchases, and their texts would take
/// most of the memory of a history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdDigest([u32; 3]);

impl IdDigest {
    /// Digest of a row without an id.
    pub const MISSING: Self = Self([0; 3]);
    /// Bytes of a digest.
    pub const BYTES: usize = 12;

    /// The digest of an id, by XXH64 with two seeds.
    #[must_use]
    pub fn of(id: &str) -> Self {
        let [first, second] = [0, 1].map(|seed| xxh64(id.as_bytes(), seed));
        Self([first as u32, (first >> 32) as u32, second as u32])
    }

    /// A digest that was made in another way.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        let word = |i: usize| {
            u32::from_le_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]])
        };
        Self([word(0), word(1), word(2)])
    }

    /// Its first 64 bits: a hash, as digests of ids are.
    #[must_use]
    pub fn first_bits(self) -> u64 {
        u64::from(self.0[0]) | u64::from(self.0[1]) << 32
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        for (part, word) in bytes.chunks_exact_mut(4).zip(self.0) {
            part.copy_from_slice(&word.to_le_bytes());
        }
        bytes
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
    /// For each distinct customer their [`sample_rank`], where the texts of the customers are not
    /// their ids; `None` where they are.
    pub sample_ranks: Option<Vec<u16>>,
    /// Article ids.
    pub article: Coded,
    /// Size labels.
    pub size: Coded<Label>,
    /// Outcomes.
    pub outcome: Vec<Outcome>,
    /// Fit groups; one group for all without the column.
    pub group: Option<Coded>,
    /// Categories, a level under the fit group.
    pub category: Option<Coded>,
    /// Brands.
    pub brand: Option<Coded>,
    /// Size systems.
    pub system: Option<Coded<System>>,
    /// Order ids.
    pub order: Option<Vec<IdDigest>>,
    /// Ids of order lines, each unique within its order.
    pub line: Option<Vec<IdDigest>>,
    /// Days since 1970-01-01.
    pub day: Option<Vec<i32>>,
    /// Body measurements, by name.
    pub measurements: Vec<(String, MeasurementColumn)>,
    /// Articles known beforehand, sold or not.
    pub catalogue: Vec<CatalogueEntry>,
    /// Size charts: which bodies brands make their sizes for.
    pub charts: Vec<ChartRow>,
}

/// Which customers belong to the sample that hyperparameters are learned on: those of the lowest
/// ranks. The rank of a customer is the highest 16 bits of the XXH64 of their id.
#[must_use]
pub fn sample_rank(id: &str) -> u16 {
    (xxh64(id.as_bytes(), 0) >> 48) as u16
}

/// What tells a customer's purchase from their others: two rows of one customer with the same
/// identity are one purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PurchaseIdentity(Identity);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Identity {
    /// The shop names the order line.
    Line { order: IdDigest, line: IdDigest },
    /// The shop does not, so that rows which agree in all of these are one purchase.
    Facts { article: u32, size: u32, day: i32, order: IdDigest, outcome: Outcome },
}

impl Columns {
    /// The identity of the purchase in a row. `None` without dates and ids of order lines: then two
    /// equal rows may be two purchases.
    #[must_use]
    pub fn purchase_identity(&self, row: usize) -> Option<PurchaseIdentity> {
        let digest = |column: &Option<Vec<IdDigest>>| {
            column.as_ref().map_or(IdDigest::MISSING, |column| column[row])
        };
        let (order, line) = (digest(&self.order), digest(&self.line));
        if line != IdDigest::MISSING {
            return Some(PurchaseIdentity(Identity::Line { order, line }));
        }
        Some(PurchaseIdentity(Identity::Facts {
            article: self.article.codes[row],
            size: self.size.codes[row],
            day: self.day.as_ref()?[row],
            order,
            outcome: self.outcome[row],
        }))
    }
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
    /// Its size system.
    pub system: System,
    /// The labels it is offered in.
    pub sizes: Vec<Label>,
    /// Attributes such as stretch, material and cut: each a number or words, empty where unknown.
    /// Every article has the same number of attributes in the same order. An attribute is numeric
    /// where all its values are numbers.
    pub attributes: Vec<String>,
}

/// One row of a size chart: the body that a brand makes a size for.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartRow {
    /// The brand; empty for a chart of all brands.
    pub brand: String,
    /// The fit group; empty for all of them.
    pub group: String,
    /// The size system of the size; unspecified for that of the brand's articles.
    pub system: System,
    /// The size.
    pub size: Label,
    /// Dimensions of the body, cm; the middle of a range.
    pub girths: BTreeMap<Dimension, f64>,
}

/// The error for a history that training cannot use.
pub(crate) fn history_error(what: String) -> Error {
    Error::History { what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_id_tells_purchases_apart() {
        let same = |n: usize| std::iter::repeat_n("x", n).collect::<Coded>();
        let mut columns = Columns {
            customer: same(4),
            article: same(4),
            size: same(4).map(|_| Label::parse("M").unwrap()),
            outcome: vec![Outcome::Kept; 4],
            ..Columns::default()
        };
        assert_eq!(columns.purchase_identity(0), None);
        columns.day = Some(vec![1; 4]);
        assert_eq!(columns.purchase_identity(0), columns.purchase_identity(1));
        // Two colours of one article, a repeated line, and a row without an id.
        let digests = |ids: [&str; 4]| ids.map(IdDigest::of).to_vec();
        let mut line = digests(["1", "2", "2", "3"]);
        line[3] = IdDigest::MISSING;
        columns.line = Some(line);
        let identities = [0, 1, 2, 3].map(|row| columns.purchase_identity(row).unwrap());
        assert_ne!(identities[0], identities[1]);
        assert_eq!(identities[1], identities[2]);
        assert_ne!(identities[2], identities[3]);
        // The same number in two orders is two lines.
        columns.order = Some(digests(["a", "a", "b", "b"]));
        assert_ne!(columns.purchase_identity(1), columns.purchase_identity(2));
    }

    #[test]
    fn digests_tell_ids_apart_and_survive_as_bytes() {
        let digests: Vec<IdDigest> = (0..1000).map(|i| IdDigest::of(&i.to_string())).collect();
        let distinct: std::collections::HashSet<_> = digests.iter().collect();
        assert_eq!((distinct.len(), distinct.contains(&IdDigest::MISSING)), (1000, false));
        assert!(digests.iter().all(|d| IdDigest::from_bytes(d.to_bytes()) == *d));
    }
}
