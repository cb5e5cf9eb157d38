//! The tables of the pipeline file: `[history]`, `[catalogue]`, `[model]` and `[test]`.

use super::mapping::NamedColumns;
use super::outcomes::OutcomeName;
use crate::vocabulary::StandardColumn;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `[history]`: the purchases to train on.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HistoryTable {
    /// The files of the history.
    pub(super) path: Option<OneOrMany>,
    /// The conditions that a row must meet; `where` in the file.
    #[serde(rename = "where")]
    pub conditions: RowConditions,
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

/// Conditions on rows: for each column, by its name in the files, the values of which a row must
/// have one.
pub type RowConditions = BTreeMap<String, OneOrMany>;

/// `[history.columns]`: the name of each standard column in the files. An empty name means that
/// there is no such column. The reader looks for the columns without a name by the usual headers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HistoryColumns {
    /// The customer's id.
    pub customer_id: Option<String>,
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
            (StandardColumn::CustomerId, self.customer_id.as_deref()),
            (StandardColumn::ArticleId, self.article_id.as_deref()),
            (StandardColumn::Size, self.size.as_deref()),
            (StandardColumn::Outcome, self.outcome.as_deref()),
            (StandardColumn::OrderedAt, self.ordered_at.as_deref()),
            (StandardColumn::OrderId, self.order_id.as_deref()),
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
    /// The names of the columns in the files.
    #[serde(default)]
    pub columns: CatalogueColumns,
    /// The name of the column of each attribute of articles. An attribute has numbers or texts.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
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
    /// The texts.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}
