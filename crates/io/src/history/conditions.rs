//! Selects the rows that meet the conditions of the pipeline.

use super::column_use::{ColumnUse, Purpose};
use super::mapping::is_on_first_line_only;
use super::values::{ReadColumn, Values};
use crate::failure::{Failure, shown};
use crate::pipeline::RowConditions;
use crate::vocabulary::StandardColumn;
use inseam::train::Coded;

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
    let columns = || uses.iter().zip(read);
    let is_order =
        |use_of: &ColumnUse| use_of.purpose == Purpose::Standard(StandardColumn::OrderId);
    let order = columns().find(|(column, _)| is_order(column));
    for (column, read) in columns().filter(|(column, _)| column.purpose == Purpose::Condition) {
        let (Values::Texts(coded), Some(wanted)) = (&read.values, conditions.get(&column.name))
        else {
            continue;
        };
        let good: Vec<bool> =
            coded.values.iter().map(|value| wanted.is_met_by(Some(value))).collect();
        let empty = wanted.is_met_by(None);
        let filled = match order {
            Some((of_order, ReadColumn { values: Values::Texts(order), .. }))
                if is_on_first_line_only(&column.name, &of_order.name) =>
            {
                filled_by_order(coded, order)
            }
            _ => coded.codes.clone(),
        };
        for (selected, code) in selected.iter_mut().zip(filled) {
            *selected &= good.get(code as usize).copied().unwrap_or(empty);
        }
    }
    selected
}

/// The codes of a column, where an empty cell has the first value of its order.
fn filled_by_order(coded: &Coded, order: &Coded) -> Vec<u32> {
    let mut first = vec![Coded::MISSING; order.values.len()];
    let rows = || coded.codes.iter().zip(&order.codes);
    for (&code, &order) in rows().filter(|(code, _)| **code != Coded::MISSING) {
        if let Some(first) = first.get_mut(order as usize)
            && *first == Coded::MISSING
        {
            *first = code;
        }
    }
    let filled = |(&code, &order): (&u32, &u32)| match code {
        Coded::MISSING => first.get(order as usize).copied().unwrap_or(code),
        code => code,
    };
    rows().map(filled).collect()
}
