//! Selects the rows that meet the conditions of the pipeline.

use super::column_use::{ColumnUse, Purpose};
use super::values::{ReadColumn, Values};
use crate::failure::{Failure, shown};
use crate::pipeline::RowConditions;

/// The failure for a history of which no row is selected. It lists values that the columns of the
/// conditions have.
pub(super) fn nothing_selected(
    uses: &[ColumnUse],
    read: &[ReadColumn],
    conditions: &RowConditions,
) -> Failure {
    let columns = uses.iter().zip(read).filter(|(column, _)| column.purpose == Purpose::Condition);
    let mut listed = Vec::new();
    for (column, read) in columns {
        let (Values::Texts(coded), Some(condition)) = (&read.values, conditions.get(&column.name))
        else {
            continue;
        };
        if coded.codes.is_empty() {
            return Failure::new("has no rows");
        }
        let values: Vec<String> = coded.values.iter().take(5).map(|value| shown(value)).collect();
        listed.push(format!("{} = {condition} (the file has {})", column.name, values.join(", ")));
    }
    if listed.is_empty() {
        return Failure::new("has no rows");
    }
    Failure::new("has no row that meets the conditions")
        .remedy(format!("where: {}", listed.join(", ")))
}

/// For each row, whether it meets all conditions.
pub(super) fn selected_rows(
    uses: &[ColumnUse],
    read: &[ReadColumn],
    conditions: &RowConditions,
    rows: usize,
) -> Vec<bool> {
    let mut selected = vec![true; rows];
    let columns = uses.iter().zip(read);
    for (column, read) in columns.filter(|(column, _)| column.purpose == Purpose::Condition) {
        let (Values::Texts(coded), Some(wanted)) = (&read.values, conditions.get(&column.name))
        else {
            continue;
        };
        let good: Vec<bool> =
            coded.values.iter().map(|value| wanted.is_met_by(Some(value))).collect();
        let empty = wanted.is_met_by(None);
        for (selected, code) in selected.iter_mut().zip(&coded.codes) {
            *selected &= good.get(*code as usize).copied().unwrap_or(empty);
        }
    }
    selected
}
