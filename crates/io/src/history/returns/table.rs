//! Reads the table of returns.

use super::lines::{ReturnedLines, gather};
use crate::failure::Failure;
use crate::history::column_reader::ColumnReader;
use crate::history::column_use::{ColumnUse, Purpose, column_uses};
use crate::history::conditions::selected_rows;
use crate::history::fill::{self, Filler};
use crate::history::ids::DigestOfId;
use crate::history::input::Input;
use crate::history::mapping::columns_to_fill;
use crate::history::rejects::{Problem, bad_rows};
use crate::history::report::{Finding, ReadingReport};
use crate::history::values::ReadColumn;
use crate::pipeline::{Mapping, Pipeline, ReturnsTable, find_columns, find_header};
use crate::table::{Source, missing_column};
use crate::vocabulary::{PiecesBack, StandardColumn, counts_ordered_pieces, pieces_back};
use inseam::outcome::Outcome;

/// The usual headers of the day of a return.
const RETURNED_AT: &str = "returnedat returndate datereturned refundedat refunddate returncreatedat rmadate processedat createdat date";

/// The table of returns, as read.
pub(in crate::history) struct Returns {
    pub(in crate::history) input: Input,
    pub(in crate::history) uses: Vec<ColumnUse>,
    /// The rows that cannot be used.
    pub(in crate::history) bad: Vec<Problem>,
    pub(super) lines: ReturnedLines,
}

/// Reads the pipeline's returns; `None` if it has none. `digest` makes the digests of ids.
pub(in crate::history) fn read(
    pipeline: &Pipeline,
    digest: DigestOfId<'_>,
    report: &mut ReadingReport,
) -> Result<Option<Returns>, Failure> {
    let Some(table) = &pipeline.returns else { return Ok(None) };
    let source = Source::open_with(&pipeline.returns_paths()?, &table.file_options())?;
    report.add_files(&source);
    let (mapping, returned_at) = returns_mapping(pipeline, table, &source)?;
    let order = table.date_order.or(pipeline.history.date_order);
    let mut uses = column_uses(&mapping, &table.conditions, order, &source)?;
    uses.extend(returned_at.map(|name| ColumnUse {
        purpose: Purpose::Day(order),
        name,
        of_variant: false,
    }));
    let mut names: Vec<String> = uses.iter().map(|column| column.name.clone()).collect();
    let fill = columns_to_fill(None, &mapping, &table.conditions, &[]);
    fill::add_group(&mut names, fill.as_ref(), &source)?;
    names.sort();
    names.dedup();
    source.require_in_every_file(&names)?;
    let is_filled = |name: &str| fill.as_ref().is_some_and(|fill| Filler::fills(fill, name));
    let mut readers = ColumnReader::all(pipeline, &uses, &source, &is_filled, digest);
    let input = Input::read(source, names, fill.as_ref(), |batch| {
        readers.iter_mut().try_for_each(|reader| reader.push(batch))
    })?;
    let read: Vec<ReadColumn> =
        readers.into_iter().map(|reader| reader.finish(&input)).collect::<Result<_, _>>()?;
    let rows = input.places.rows();
    let selected = selected_rows(&uses, &read, &table.conditions, rows);
    // A return without a date or a number of pieces is a return.
    let needed = |problem: &&Problem| {
        let purpose = &uses[problem.column].purpose;
        let of_pieces = *purpose == Purpose::Standard(StandardColumn::Quantity);
        !of_pieces && !matches!(purpose, Purpose::Day(_))
    };
    let problems = read.iter().flat_map(|column| &column.problems).filter(needed);
    let bad = bad_rows(&input.places, problems, &selected);
    let mut lines = gather(&uses, read);
    let mut used = selected;
    bad.iter().for_each(|problem| used[problem.row as usize] = false);
    let is_return = |row: &u32| {
        used[*row as usize]
            && lines.outcome.as_ref().is_none_or(|outcome| outcome[*row as usize] != Outcome::Kept)
    };
    let returns = (0..rows as u32).filter(is_return);
    let (rows, nothing): (Vec<u32>, Vec<u32>) = returns.partition(|row| lines.pieces(*row) > 0.0);
    lines.rows = rows;
    let what = "a row of the returns has 0 pieces";
    report.left_out.extend(Finding::in_rows(what, &input.places, nothing.into_iter()));
    Ok(Some(Returns { input, uses, bad, lines }))
}

impl Returns {
    /// Replaces the ids of customers.
    pub(in crate::history) fn rename_customers(&mut self, rename: &dyn Fn(&str) -> String) {
        let values = self.lines.customer.iter_mut().flat_map(|column| &mut column.values);
        values.for_each(|id| *id = rename(id));
    }
}

/// Finds the columns of the returns, and that of their day. A column that the pipeline does not
/// name has its name in the history or a usual one.
fn returns_mapping(
    pipeline: &Pipeline,
    table: &ReturnsTable,
    source: &Source,
) -> Result<(Mapping, Option<String>), Failure> {
    let of_history = pipeline.history.columns.by_standard_column();
    let pieces = pieces_column(source);
    let mut named = table.columns.by_standard_column();
    for (column, name) in &mut named {
        if *column == StandardColumn::Quantity {
            // What the history calls its pieces are those that were ordered.
            *name = name.or(Some(pieces.as_deref().unwrap_or_default()));
            continue;
        }
        let same =
            of_history.iter().find(|(other, _)| *other == *column).and_then(|(_, name)| *name);
        *name = name.or(same.filter(|name| !name.is_empty() && source.has(name)));
    }
    let columns = find_columns(&named, source)?;
    let has = |column| columns.contains_key(&column);
    use StandardColumn::{ArticleId, CustomerId, LineId, OrderId, Size};
    let by_article = has(ArticleId) && (has(OrderId) || (has(CustomerId) && has(Size)));
    if !has(LineId) && !by_article {
        return Err(missing_column(source.first_file(), LineId.name(), source.columns())
            .also("name the columns of the order line under [returns.columns]: line_id, or order_id and article_id with size if it is there, or customer_id, article_id and size"));
    }
    let returned_at = match table.columns.returned_at.as_deref() {
        Some("") => None,
        Some(name) if source.has(name) => Some(name.to_owned()),
        Some(name) => return Err(missing_column(source.first_file(), name, source.columns())),
        None => find_header(source, RETURNED_AT),
    };
    Ok((Mapping { columns, ..Mapping::default() }, returned_at))
}

/// The column with the pieces that came back: one that says so, or one of pieces that are not those
/// of the order.
fn pieces_column(source: &Source) -> Option<String> {
    let says_so = |name: &&String| pieces_back(name) == Some(PiecesBack::Returned);
    let usual = || {
        let headers: Vec<&str> = StandardColumn::Quantity.usual_headers().collect();
        find_header(source, &headers.join(" ")).filter(|name| !counts_ordered_pieces(name))
    };
    source.columns().iter().find(says_so).cloned().or_else(usual)
}
