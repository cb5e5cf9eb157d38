//! Numbers and lines of a report.

use crate::calibration::Bin;
use std::fmt::Write;

/// A figure with four decimals, or a dash.
pub(super) fn figure(x: Option<f64>) -> String {
    x.map_or_else(|| "-".to_owned(), |x| format!("{x:.4}"))
}

/// A change of a figure, with its sign, or a dash.
pub(super) fn change(x: Option<f64>) -> String {
    x.map_or_else(|| "-".to_owned(), |x| format!("{x:+.4}"))
}

/// A share in per cent.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Writes one line of a text report: a name and a column for each cell.
pub(super) fn write_line(
    out: &mut String,
    name: &str,
    cells: impl IntoIterator<Item = String>,
) -> std::fmt::Result {
    write!(out, "  {name:<28}")?;
    for cell in cells {
        write!(out, "{cell:>10}")?;
    }
    writeln!(out)
}

/// Writes one line with a number for each calibration bin.
pub(super) fn write_bins(
    out: &mut String,
    name: &str,
    bins: &[Bin],
    value: fn(&Bin) -> f64,
) -> std::fmt::Result {
    write!(out, "  {name:<24}")?;
    bins.iter().try_for_each(|bin| write!(out, "{:>7.3}", value(bin)))?;
    writeln!(out)
}
