//! The tables of the pipeline file: `[history]`, `[returns]`, `[catalogue]`, `[model]`, `[test]`.

use super::conditions::RowConditions;
use super::fill::{Fill, Unusable};
use super::mapping::NamedColumns;
use super::outcomes::OutcomeName;
use crate::dates::DateOrder;
use crate::table::{FileOptions, delimiter, encoding_name, header_row};
use crate::vocabulary::StandardColumn;
use encoding_rs::Encoding;
use inseam::size::System;
use serde::{Deserialize, Deserializer, de::Error as _};
use std::collections::BTreeMap;

/// `[history]`: the purchases to train on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HistoryTable {
    /// The files of the history.
    #[serde(alias = "files")]
    pub(super) path: Option<OneOrMany>,
    /// The byte between two fields of delimited text; the reader finds it if it is not set.
    #[serde(deserialize_with = "delimiter")]
    delimiter: Option<u8>,
    /// The encoding of text files; the reader finds it if it is not set.
    #[serde(deserialize_with = "encoding_name")]
    encoding: Option<&'static Encoding>,
    /// The line of the header, from 1; the reader finds it if it is not set.
    #[serde(deserialize_with = "header_row")]
    header_row: Option<u64>,
    /// Whether delimited text has quoted fields; the reader finds out if it is not set.
    quoting: Option<bool>,
    /// What a column is that some of the files lack.
    missing_columns: MissingColumns,
    /// The order of day, month and year in dates; the reader finds it if it is not set.
    pub date_order: Option<DateOrder>,
    /// The size system of rows and articles that name none.
    #[serde(deserialize_with = "system")]
    pub system: Option<System>,
    /// The conditions that a row must meet; `where` in the file.
    #[serde(rename = "where")]
    pub conditions: RowConditions,
    /// Columns whose empty cells have the value of another row.
    pub fill: Option<Fill>,
    /// What the reader does with a row that it cannot use.
    pub unusable: Unusable,
    /// The names of the columns in the files.
    pub columns: HistoryColumns,
    /// The outcome of each of the shop's words for one. The empty text stands for an empty cell,
    /// which means kept if it is not listed.
    pub outcomes: BTreeMap<String, OutcomeName>,
    /// The fit group of each of the shop's words for one; `*` stands for every other word.
    pub groups: BTreeMap<String, String>,
    /// The name of the column of each measurement.
    pub measurements: BTreeMap<String, String>,
}

impl HistoryTable {
    /// How the files are written, as far as the pipeline says so.
    pub fn file_options(&self) -> FileOptions {
        FileOptions {
            fill_missing_columns: self.missing_columns == MissingColumns::Empty,
            ..written(self.delimiter, self.encoding, self.header_row, self.quoting)
        }
    }
}

/// The options that four tables have. They are keys of each table, because serde can flatten a
/// struct into others only without the positions of mistakes.
pub(super) fn written(
    delimiter: Option<u8>,
    encoding: Option<&'static Encoding>,
    header_row: Option<u64>,
    quoting: Option<bool>,
) -> FileOptions {
    FileOptions { delimiter, encoding, header_row, quoting, fill_missing_columns: false }
}

/// What a column is that some of several files lack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum MissingColumns {
    /// It is a mistake.
    #[default]
    Refuse,
    /// Its cells are empty.
    Empty,
}

/// `[returns]`: returned order lines, which another system lists than the purchases.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnsTable {
    /// The files of the returns.
    #[serde(alias = "files")]
    pub(super) path: OneOrMany,
    /// The byte between two fields of delimited text; the reader finds it if it is not set.
    #[serde(deserialize_with = "delimiter", default)]
    delimiter: Option<u8>,
    /// The encoding of text files; the reader finds it if it is not set.
    #[serde(deserialize_with = "encoding_name", default)]
    encoding: Option<&'static Encoding>,
    /// The line of the header, from 1; the reader finds it if it is not set.
    #[serde(deserialize_with = "header_row", default)]
    header_row: Option<u64>,
    /// Whether delimited text has quoted fields; the reader finds out if it is not set.
    quoting: Option<bool>,
    /// The order of day, month and year in dates; the reader finds it if it is not set.
    pub date_order: Option<DateOrder>,
    /// The conditions that a row must meet; `where` in the file.
    #[serde(rename = "where", default)]
    pub conditions: RowConditions,
    /// The names of the columns in the files.
    #[serde(default)]
    pub columns: ReturnsColumns,
}

impl ReturnsTable {
    /// How the files are written, as far as the pipeline says so.
    pub fn file_options(&self) -> FileOptions {
        written(self.delimiter, self.encoding, self.header_row, self.quoting)
    }
}

/// `[returns.columns]`: the name of each column in the files of the returns, as in
/// [`HistoryColumns`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReturnsColumns {
    /// The id of the order line.
    pub line_id: Option<String>,
    /// The order's id.
    pub order_id: Option<String>,
    /// The article's id.
    pub article_id: Option<String>,
    /// The size label.
    pub size: Option<String>,
    /// The customer's id.
    pub customer_id: Option<String>,
    /// How many pieces of the line came back.
    pub quantity: Option<String>,
    /// The reason of the return.
    pub reason: Option<String>,
    /// The day of the return.
    pub returned_at: Option<String>,
}

impl ReturnsColumns {
    /// The names, each with its standard column: the reason is an outcome. The day of the return is
    /// not among them.
    pub fn by_standard_column(&self) -> NamedColumns<'_> {
        vec![
            (StandardColumn::LineId, self.line_id.as_deref()),
            (StandardColumn::OrderId, self.order_id.as_deref()),
            (StandardColumn::ArticleId, self.article_id.as_deref()),
            (StandardColumn::Size, self.size.as_deref()),
            (StandardColumn::CustomerId, self.customer_id.as_deref()),
            (StandardColumn::Quantity, self.quantity.as_deref()),
            (StandardColumn::Outcome, self.reason.as_deref()),
        ]
    }
}

/// `[history.columns]`: the name of each standard column in the files. An empty name means that
/// there is no such column. The reader looks for the columns without a name by the usual headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HistoryColumns {
    /// The customer's id. Of several columns, the first counts that has an id and not a guest.
    pub customer_id: Option<OneOrMany>,
    /// The article's id.
    pub article_id: Option<String>,
    /// The size label.
    pub size: Option<String>,
    /// The outcome.
    pub outcome: Option<String>,
    /// The day of the order.
    pub ordered_at: Option<String>,
    /// The order's id.
    pub order_id: Option<String>,
    /// The id of the order line. Rows with the same id are one purchase.
    pub line_id: Option<String>,
    /// The number of pieces; negative for a return.
    pub quantity: Option<String>,
    /// The fit group.
    pub group: Option<String>,
    /// The category, a level below the fit group.
    pub category: Option<String>,
    /// The brand.
    pub brand: Option<String>,
    /// The size system.
    pub size_system: Option<String>,
}

impl HistoryColumns {
    /// The names, each with its standard column.
    pub fn by_standard_column(&self) -> NamedColumns<'_> {
        vec![
            (StandardColumn::CustomerId, self.customer_id.as_ref().map(OneOrMany::first)),
            (StandardColumn::ArticleId, self.article_id.as_deref()),
            (StandardColumn::Size, self.size.as_deref()),
            (StandardColumn::Outcome, self.outcome.as_deref()),
            (StandardColumn::OrderedAt, self.ordered_at.as_deref()),
            (StandardColumn::OrderId, self.order_id.as_deref()),
            (StandardColumn::LineId, self.line_id.as_deref()),
            (StandardColumn::Quantity, self.quantity.as_deref()),
            (StandardColumn::Group, self.group.as_deref()),
            (StandardColumn::Category, self.category.as_deref()),
            (StandardColumn::Brand, self.brand.as_deref()),
            (StandardColumn::SizeSystem, self.size_system.as_deref()),
        ]
    }
}

/// `[catalogue]`: articles known before any purchase.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The files of the catalogue.
    pub(super) path: OneOrMany,
    /// The byte between two fields of delimited text; the reader finds it if it is not set.
    #[serde(deserialize_with = "delimiter", default)]
    delimiter: Option<u8>,
    /// The encoding of text files; the reader finds it if it is not set.
    #[serde(deserialize_with = "encoding_name", default)]
    encoding: Option<&'static Encoding>,
    /// The line of the header, from 1; the reader finds it if it is not set.
    #[serde(deserialize_with = "header_row", default)]
    header_row: Option<u64>,
    /// Whether delimited text has quoted fields; the reader finds out if it is not set.
    quoting: Option<bool>,
    /// Columns whose empty cells have the value of another row.
    pub fill: Option<Fill>,
    /// The names of the columns in the files.
    #[serde(default)]
    pub columns: CatalogueColumns,
    /// The name of the column of each attribute of articles. An attribute has numbers or texts.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

impl Catalogue {
    /// How the files are written, as far as the pipeline says so.
    pub fn file_options(&self) -> FileOptions {
        written(self.delimiter, self.encoding, self.header_row, self.quoting)
    }
}

/// `[catalogue.columns]`: the name of each standard column in the catalogue's files, as in
/// [`HistoryColumns`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CatalogueColumns {
    /// The article's id.
    pub article_id: Option<String>,
    /// The fit group.
    pub group: Option<String>,
    /// The category, a level below the fit group.
    pub category: Option<String>,
    /// The brand.
    pub brand: Option<String>,
    /// The size system.
    pub size_system: Option<String>,
    /// The list of the article's sizes.
    pub sizes: Option<String>,
}

impl CatalogueColumns {
    /// The names, each with its standard column.
    pub fn by_standard_column(&self) -> NamedColumns<'_> {
        vec![
            (StandardColumn::ArticleId, self.article_id.as_deref()),
            (StandardColumn::Group, self.group.as_deref()),
            (StandardColumn::Category, self.category.as_deref()),
            (StandardColumn::Brand, self.brand.as_deref()),
            (StandardColumn::SizeSystem, self.size_system.as_deref()),
            (StandardColumn::Sizes, self.sizes.as_deref()),
        ]
    }
}

/// `[model]`: the file of the model.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelTable {
    pub(super) out: Option<String>,
}

/// `[test]`: purchases to evaluate on, with the columns of the history.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestTable {
    /// The files of the purchases; those of the history if there are none.
    pub(super) path: Option<OneOrMany>,
    /// The conditions that a row must meet; `where` in the file.
    #[serde(rename = "where", default)]
    pub conditions: RowConditions,
}

/// One text, or a list of texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected a text, or several in [ ]")]
pub enum OneOrMany {
    /// One text.
    One(String),
    /// A list of texts.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The first text; empty if there is none.
    pub fn first(&self) -> &str {
        self.texts().first().map_or("", String::as_str)
    }

    /// The texts.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// Reads the name of a size system.
fn system<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<System>, D::Error> {
    let name = String::deserialize(deserializer)?;
    System::parse(&name).map(Some).ok_or_else(|| {
        D::Error::custom("is not a size system: expected one like \"DE\", \"UK\" or \"US\"")
    })
}
