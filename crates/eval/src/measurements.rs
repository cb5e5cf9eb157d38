//! The body measurements of one row of a history.

use inseam::model::MeasurementValue;
use inseam::train::{Columns, MeasurementColumn};

/// The measurements that a row gives, by name.
pub fn measurements(columns: &Columns, row: usize) -> Vec<(&str, MeasurementValue)> {
    columns
        .measurements
        .iter()
        .map(|(name, column)| {
            let value = match column {
                MeasurementColumn::Number(v) if v[row].is_finite() => {
                    MeasurementValue::Number(v[row])
                }
                MeasurementColumn::Word(w) if !w.text(row).is_empty() => {
                    MeasurementValue::Word(w.text(row).to_owned())
                }
                _ => MeasurementValue::Missing,
            };
            (name.as_str(), value)
        })
        .collect()
}
