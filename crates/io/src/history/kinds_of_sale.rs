//! Columns that have the header of a fit group and say how articles are sold: `product_type` with
//! "configurable" and "simple".

use super::gathered::Gathered;
use super::report::Finding;
use crate::failure::shown;
use crate::pipeline::{HistoryColumns, Mapping};
use crate::vocabulary::{StandardColumn, is_kind_of_sale};
use inseam::train::Coded;

/// Leaves out columns of fit groups, categories and brands that say how articles are sold, unless
/// the pipeline names them. Returns what the report says about them.
pub(super) fn leave_out(
    named: &HistoryColumns,
    mapping: &mut Mapping,
    gathered: &mut Gathered,
    keep: &[bool],
) -> Vec<Finding> {
    let columns = &mut gathered.columns;
    let candidates = [
        (StandardColumn::Group, &named.group, &mut columns.group),
        (StandardColumn::Category, &named.category, &mut columns.category),
        (StandardColumn::Brand, &named.brand, &mut columns.brand),
    ];
    let mut findings = Vec::new();
    for (standard, named, column) in candidates {
        if named.is_some() || !column.as_ref().is_some_and(|column| tells_nothing(column, keep)) {
            continue;
        }
        *column = None;
        let Some(name) = mapping.columns.remove(&standard) else { continue };
        findings.push(Finding::general(format!(
            "column \"{}\" is not used as the {}, because its words say how articles are sold",
            shown(&name),
            standard.name()
        )));
    }
    findings
}

/// Whether most rows have a word for how their article is sold.
fn tells_nothing(column: &Coded, keep: &[bool]) -> bool {
    let of_sale: Vec<bool> = column.values.iter().map(|text| is_kind_of_sale(text)).collect();
    let (mut all, mut technical) = (0_u64, 0_u64);
    for (code, _) in column.codes.iter().zip(keep).filter(|(_, keep)| **keep) {
        let Some(of_sale) = of_sale.get(*code as usize) else { continue };
        all += 1;
        technical += u64::from(*of_sale);
    }
    all > 0 && 2 * technical >= all
}
