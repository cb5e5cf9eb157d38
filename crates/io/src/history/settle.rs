//! Decides which of many statements about order lines count, and completes them to a history.

use super::ids::DigestOfId;
use super::lines::{self, Resolved};
use super::load::complete;
use super::quantity;
use super::read::mark_pending;
use super::report::{Finding, ReadingReport};
use super::returns;
use super::rows::retain_rows;
use crate::failure::Failure;
use crate::pipeline::Pipeline;
use crate::table::Places;
use inseam::train::Columns;

/// Statements about order lines, of many files.
#[derive(Clone, Debug, Default)]
pub struct Unsettled {
    /// The columns, without catalogue and charts.
    pub columns: Columns,
    /// The number of pieces of each row.
    pub quantities: Vec<f64>,
    /// For each row whether it states its outcome.
    pub stated: Vec<bool>,
    /// For each row the place of its file among all files, the latest last.
    pub places: Vec<u32>,
}

/// The history that the statements make, with the returns, the catalogue and the size charts that
/// the pipeline names. `rename` makes of a customer's id in the table of returns what the
/// statements have in its place, `digest` the digests of ids. Adds to the report what was left
/// out.
pub fn settle(
    pipeline: &Pipeline,
    statements: Unsettled,
    rename: &dyn Fn(&str) -> String,
    digest: DigestOfId<'_>,
    report: &mut ReadingReport,
) -> Result<Columns, Failure> {
    let Unsettled { mut columns, quantities, stated, places } = statements;
    let mut keep = vec![true; columns.outcome.len()];
    let mut leave_out = |keep: &mut [bool], what: &str, rows: &[u32]| {
        rows.iter().for_each(|&row| keep[row as usize] = false);
        if !rows.is_empty() {
            let found = Finding { what: what.to_owned(), rows: rows.len() as u64, first: None };
            report.left_out.push(found);
        }
    };
    let place = |row: u32| places[row as usize];
    let resolved = resolved_lines(&columns, &quantities, &place, &keep)?;
    resolved.apply(&mut columns);
    leave_out(&mut keep, "a later statement about the same order line counts", &resolved.earlier);
    let pieces = quantity::apply(&mut columns, &quantities, &stated, &keep);
    leave_out(&mut keep, "the quantity is 0", &pieces.nothing);
    leave_out(
        &mut keep,
        "the quantity is negative: the row takes back an earlier purchase, which counts as returned",
        &pieces.matched,
    );
    leave_out(
        &mut keep,
        "the quantity is negative, and no purchase is known yet that it takes back",
        &pieces.unmatched,
    );
    if let Some(mut returns) = returns::read(pipeline, digest, report)? {
        returns.rename_customers(rename);
        let joined = returns::join(&mut columns, Some(&quantities), &keep, &returns);
        joined.report(&returns, &Places::default(), report);
        joined.unclear.iter().for_each(|&row| keep[row as usize] = false);
    }
    if keep.contains(&false) {
        retain_rows(&mut columns, &keep);
    }
    mark_pending(pipeline, &mut columns);
    complete(pipeline, &mut columns, report)?;
    Ok(columns)
}

/// Fails if statements contradict each other about what an order line is. `place` is the place of a
/// row's file among all files.
pub fn require_same_lines(
    columns: &Columns,
    quantities: &[f64],
    place: &dyn Fn(u32) -> u32,
) -> Result<(), Failure> {
    resolved_lines(columns, quantities, place, &vec![true; quantities.len()]).map(drop)
}

fn resolved_lines(
    columns: &Columns,
    quantities: &[f64],
    place: &dyn Fn(u32) -> u32,
    keep: &[bool],
) -> Result<Resolved, Failure> {
    lines::resolve(columns, Some(quantities), place, keep).map_err(|_| {
        Failure::new("has an order line with another customer and another article than before").remedy(
            "line_id under [history.columns] must name a column with a different value for each order line, also over all files",
        )
    })
}
