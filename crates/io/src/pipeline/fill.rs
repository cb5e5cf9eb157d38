//! Columns that only the first of several rows has: `fill` in the pipeline file.

use serde::Deserialize;

/// Columns whose empty cells have the value of another row. Shopify writes the status of an order
/// into its first line only, and the title of a product into its first variant only.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// The column whose equal values say which rows belong together, like that of the order.
    pub by: String,
    /// The columns whose empty cells get the first value of these rows.
    pub columns: Vec<String>,
}

/// What the reader does with a row that it cannot use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unusable {
    /// It stops.
    #[default]
    Stop,
    /// It leaves the row out and reports it.
    LeaveOut,
}
