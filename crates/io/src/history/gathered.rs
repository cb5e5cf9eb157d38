//! Puts the columns that were read into the struct that training takes.

use super::column_use::{ColumnUse, Purpose};
use super::values::Values;
use crate::vocabulary::{OutcomeKind, StandardColumn};
use inseam::outcome::Outcome;
use inseam::train::{Coded, Columns};

/// The columns of a history, before it is known which rows are purchases of whom.
pub(super) struct Gathered {
    /// The columns that training takes, without the customers.
    pub(super) columns: Columns,
    /// The columns of customers, the first first.
    pub(super) customers: Vec<Coded>,
    /// The number of pieces of each row.
    pub(super) quantities: Option<Vec<f64>>,
    /// The texts before the sizes, where the column of sizes has more than sizes.
    pub(super) titles: Option<Coded>,
    /// The kind of the column of outcomes, if there is one.
    pub(super) outcome_kind: Option<OutcomeKind>,
    /// For each row whether it states its outcome; empty without a column of outcomes.
    pub(super) stated: Vec<bool>,
}

/// Puts the columns together.
pub(super) fn gather(uses: &[ColumnUse], read: Vec<Values>, rows: usize) -> Gathered {
    let mut columns = Columns::default();
    let (mut outcomes, mut outcome_kind, mut titles) = (None, None, None);
    let (mut customers, mut quantities, mut stated) = (Vec::new(), None, Vec::new());
    for (column, values) in uses.iter().zip(read) {
        match (&column.purpose, values) {
            (Purpose::Standard(StandardColumn::CustomerId), Values::Texts(coded)) => {
                customers.insert(0, coded);
            }
            (Purpose::OtherCustomerId, Values::Texts(coded)) => customers.push(coded),
            (Purpose::Standard(standard), Values::Texts(coded)) => match standard {
                StandardColumn::ArticleId => columns.article = coded,
                StandardColumn::Group => columns.group = Some(coded),
                StandardColumn::Category => columns.category = Some(coded),
                StandardColumn::Brand => columns.brand = Some(coded),
                // Their values are of other types.
                StandardColumn::CustomerId
                | StandardColumn::OrderId
                | StandardColumn::LineId
                | StandardColumn::Size
                | StandardColumn::SizeSystem
                | StandardColumn::Outcome
                | StandardColumn::OrderedAt
                | StandardColumn::Quantity
                | StandardColumn::Sizes => {}
            },
            (Purpose::Standard(StandardColumn::OrderId), Values::Ids(ids)) => {
                columns.order = Some(ids);
            }
            (Purpose::Standard(StandardColumn::LineId), Values::Ids(ids)) => {
                columns.line = Some(ids);
            }
            (_, Values::Sizes(values, before)) => (columns.size, titles) = (values, before),
            (_, Values::Systems(values)) => columns.system = Some(values),
            (_, Values::Outcomes(values, own, kind)) => {
                (outcomes, stated, outcome_kind) = (Some(values), own, Some(kind));
            }
            (_, Values::Quantities(values, _)) => quantities = Some(values),
            (_, Values::Days(values)) => columns.day = Some(values),
            (Purpose::Measurement(name), Values::Measurement(values)) => {
                columns.measurements.push((name.clone(), values));
            }
            _ => {}
        }
    }
    columns.outcome = outcomes.unwrap_or_else(|| vec![Outcome::Kept; rows]);
    Gathered { columns, customers, quantities, titles, outcome_kind, stated }
}
