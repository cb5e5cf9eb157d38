//! The columns of a table that is scored.

use crate::failure::Failure;
use crate::history::plain_id;
use crate::pipeline::find_columns;
use crate::stores::OpenedModel;
use crate::table::{Batch, Cells, Source, missing_column};
use crate::vocabulary::{CustomerKind, StandardColumn, customer_kind, is_missing};
use inseam::model::{Measurement, MeasurementKind, MeasurementValue};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Finds these columns by the mapping that training stored. One that the table does not have under
/// that name is looked for under the usual headers.
///
/// # Errors
/// If the table has none of the `required` ones.
pub fn standard_columns(
    opened: &OpenedModel,
    source: &Source,
    wanted: &[StandardColumn],
    required: &[StandardColumn],
) -> Result<BTreeMap<StandardColumn, String>, Failure> {
    let mapping = &opened.mapping.columns;
    let trained = !mapping.columns.is_empty();
    let name = |column: StandardColumn| {
        // A column that training did not have is not looked for, except that of stock, which a
        // history never has.
        let unused = (trained && column != StandardColumn::Sizes).then_some("");
        let name = mapping.get(column).or(unused);
        (column, name.filter(|name| name.is_empty() || source.has(name)))
    };
    let given: Vec<(StandardColumn, Option<&str>)> =
        required.iter().chain(wanted).map(|&column| name(column)).collect();
    let columns = find_columns(&given, source)?;
    match required.iter().find(|column| !columns.contains_key(column)) {
        None => Ok(columns),
        Some(&column) => {
            let wanted = mapping.get(column).unwrap_or(column.name());
            Err(missing_column(source.first_file(), wanted, source.columns()))
        }
    }
}

/// The columns of a table that name its customers and describe their bodies.
#[derive(Clone, Debug)]
pub struct CustomerColumns {
    /// The column of ids.
    pub customer: String,
    /// The columns for rows in which the first has no id or that of a guest.
    others: Vec<String>,
    measurements: Vec<MeasurementColumn>,
}

/// A measurement's name in the model, and its column.
#[derive(Clone, Debug)]
struct MeasurementColumn {
    name: String,
    column: String,
    numeric: bool,
}

impl CustomerColumns {
    /// The columns of a table whose ids are in `customer`.
    pub fn new(opened: &OpenedModel, source: &Source, customer: String) -> Self {
        let mapping = &opened.mapping.columns;
        let measurement = |m: &Measurement| MeasurementColumn {
            name: m.name.clone(),
            column: mapping.measurements.get(&m.name).unwrap_or(&m.name).clone(),
            numeric: matches!(m.kind, MeasurementKind::Numeric { .. }),
        };
        let others = mapping.other_customer_ids.iter().filter(|name| source.has(name));
        let measurements = opened.model.measurements.iter().map(measurement);
        Self {
            others: others.filter(|name| **name != customer).cloned().collect(),
            customer,
            measurements: measurements.filter(|m| source.has(&m.column)).collect(),
        }
    }

    /// The names of the columns, each once.
    pub fn names(&self) -> Vec<String> {
        let measurements = self.measurements.iter().map(|m| &m.column);
        let mut names: Vec<String> = std::iter::once(&self.customer)
            .chain(&self.others)
            .chain(measurements)
            .cloned()
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The cells of these columns in a batch.
    pub fn cells<'a>(&'a self, batch: &'a Batch) -> Result<CustomerCells<'a>, Failure> {
        let measurements = self.measurements.iter();
        Ok(CustomerCells {
            ids: std::iter::once(&self.customer)
                .chain(&self.others)
                .map(|name| batch.cells(name))
                .collect::<Result<_, Failure>>()?,
            measurements: measurements
                .map(|m| Ok((m, batch.cells(&m.column)?)))
                .collect::<Result<_, Failure>>()?,
        })
    }
}

/// The cells of one batch that tell who a customer is.
pub struct CustomerCells<'a> {
    /// Of these columns the first counts that has an id and not a guest.
    ids: Vec<Cells<'a>>,
    measurements: Vec<(&'a MeasurementColumn, Cells<'a>)>,
}

impl CustomerCells<'_> {
    /// The customer's id in a row; empty for a visitor without account.
    pub fn id(&self, row: usize) -> String {
        let several = self.ids.len() > 1;
        let is_person = |id: &Cow<'_, str>| {
            !is_missing(id) && (!several || customer_kind(id) == CustomerKind::Person)
        };
        let ids = self.ids.iter().filter_map(|cells| cells.text(row));
        ids.map(|id| Cow::Owned(plain_id(&id).into_owned()))
            .find(is_person)
            .map_or(String::new(), Cow::into_owned)
    }

    /// The measurements in a row, by name.
    pub fn measurements(
        &self,
        batch: &Batch,
        row: usize,
    ) -> Result<Vec<(&str, MeasurementValue)>, Failure> {
        let value = |(m, cells): &(&MeasurementColumn, Cells<'_>)| {
            let text = || cells.text(row).map(Cow::into_owned);
            if !m.numeric {
                return Ok(text().map(MeasurementValue::Word));
            }
            let number = cells.number(row);
            number.map(|number| number.map(MeasurementValue::Number)).map_err(|why| {
                batch.failure(row, why).column(&m.column).value(&text().unwrap_or_default())
            })
        };
        self.measurements
            .iter()
            .map(|m| Ok((m.0.name.as_str(), value(m)?.unwrap_or(MeasurementValue::Missing))))
            .collect()
    }
}
