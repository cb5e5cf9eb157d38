//! Which columns of the files the reader needs, and what for.

use crate::dates::DateOrder;
use crate::failure::Failure;
use crate::pipeline::{Mapping, RowConditions};
use crate::table::{Source, missing_column};
use crate::vocabulary::StandardColumn;

/// What the reader needs a column for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    /// It is one of the standard columns.
    Standard(StandardColumn),
    /// It has the day of the order or of the return, in this order of day and month if it is known.
    Day(Option<DateOrder>),
    /// It may have the customer's id where the first column of customers does not.
    OtherCustomerId,
    /// It is the measurement with this name in the pipeline.
    Measurement(String),
    /// A condition on rows needs it.
    Condition,
}

/// One use of a column of the files. A column may have several uses.
#[derive(Clone, Debug)]
pub(super) struct ColumnUse {
    /// What the reader needs the column for.
    pub(super) purpose: Purpose,
    /// The name of the column in the files.
    pub(super) name: String,
    /// Whether its texts are names of variants, which have both the article and the size.
    pub(super) of_variant: bool,
}

/// All uses of columns: those of the mapping and those of the conditions. Fails if the files do not
/// have the column of a condition.
pub(super) fn column_uses(
    mapping: &Mapping,
    conditions: &RowConditions,
    date_order: Option<DateOrder>,
    source: &Source,
) -> Result<Vec<ColumnUse>, Failure> {
    if let Some(name) = conditions.keys().find(|name| !source.has(name)) {
        return Err(missing_column(source.first_file(), name, source.columns()));
    }
    // One column with both is a column of names, like "Linen Dress - Navy / M".
    let article = mapping.get(StandardColumn::ArticleId);
    let of_variant = article.filter(|name| mapping.get(StandardColumn::Size) == Some(name));
    let standard = mapping.columns.iter();
    let standard = standard.map(|(column, name)| match column {
        StandardColumn::OrderedAt => (Purpose::Day(date_order), name),
        column => (Purpose::Standard(*column), name),
    });
    let others = mapping.other_customer_ids.iter().map(|name| (Purpose::OtherCustomerId, name));
    let measurements = mapping.measurements.iter();
    let measurements =
        measurements.map(|(measurement, name)| (Purpose::Measurement(measurement.clone()), name));
    let conditions = conditions.keys().map(|name| (Purpose::Condition, name));
    Ok(standard
        .chain(others)
        .chain(measurements)
        .chain(conditions)
        .map(|(purpose, name)| ColumnUse {
            purpose,
            name: name.clone(),
            of_variant: of_variant.is_some_and(|of_variant| of_variant == name),
        })
        .collect())
}
