//! Reads the columns of a history, leaves rows out and puts unusable rows aside.

use super::column_reader::ColumnReader;
use super::column_use::{ColumnUse, Purpose, column_uses};
use super::conditions::{nothing_selected, selected_rows};
use super::customers::{Customers, crowd_warning};
use super::file_order::FilePlaces;
use super::fill::{self, Filler};
use super::gathered::{Gathered, gather};
use super::ids::{DigestOfId, plain_digest};
use super::input::Input;
use super::kinds_of_sale;
use super::lines::{self, Resolved};
use super::mapping::{columns_to_fill, history_mapping};
use super::quantity;
use super::rejects::{self, Problem, RejectedRows, WHOLE_ROW};
use super::report::{Finding, ReadingReport, UNUSABLE};
use super::returns::{self, Returns};
use super::rows::retain_rows;
use super::side_columns::{Rows as SideRows, SideColumns};
use super::titles;
use super::values::{ReadColumn, Values, empty_problems};
use crate::failure::{Failure, RowNumber, shown};
use crate::pipeline::{Mapping, Pipeline, RowConditions, Unusable};
use crate::table::Source;
use crate::vocabulary::{StandardColumn, is_about_returns};
use inseam::outcome::Outcome;
use inseam::train::Columns;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// A history, as read from its files.
#[derive(Clone, Debug)]
pub struct History {
    /// The columns that training takes, with the catalogue.
    pub columns: Columns,
    /// The names of the columns in the files.
    pub mapping: Mapping,
    /// How many rows were read, left out and rejected.
    pub counts: RowCounts,
    /// What the reader did with the files and rows.
    pub report: ReadingReport,
}

/// How many rows were read, left out and rejected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// All rows of the files.
    pub read: u64,
    /// The rows that the pipeline's `where` leaves out.
    pub left_out: u64,
    /// The unusable rows, which the reader has put into the file of rejects.
    pub rejected: u64,
}

/// Reads the rows of these files that meet the conditions, without the catalogue. If `rejects` is a
/// path, writes unusable rows there; if not, the first of them is a failure.
pub(super) fn read(
    pipeline: &Pipeline,
    paths: &[PathBuf],
    conditions: &RowConditions,
    rejects: Option<&Path>,
) -> Result<History, Failure> {
    let Opened { mut table, mut gathered, bad, left_out } =
        open(pipeline, paths, conditions, Rows::AtLeastOne, &plain_digest)?;
    let returns = returns::read(pipeline, &plain_digest, &mut table.report)?;
    table.stop_at_unusable(rejects, &bad, returns.as_ref())?;
    table.report_unusable(&bad);
    let unmatched = table.settle_returns(&mut gathered, returns.as_ref())?;
    if let Some(path) = rejects {
        table.write_rejects(path, &bad, returns.as_ref(), unmatched)?;
    }
    table.finish(gathered, left_out, &bad)
}

/// How many rows there must be.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Rows {
    AtLeastOne,
    Any,
}

/// A table whose rows have been judged one by one.
pub(super) struct Opened<'p> {
    pub(super) table: Table<'p>,
    pub(super) gathered: Gathered,
    pub(super) bad: Vec<Problem>,
    /// Rows that do not meet the conditions.
    pub(super) left_out: u64,
}

/// Reads the rows of these files that meet the conditions, and judges each by itself. `digest`
/// makes the digests of ids.
pub(super) fn open<'p>(
    pipeline: &'p Pipeline,
    paths: &[PathBuf],
    conditions: &RowConditions,
    needed: Rows,
    digest: DigestOfId<'_>,
) -> Result<Opened<'p>, Failure> {
    let source = Source::open_with(paths, &pipeline.history.file_options())?;
    let mapping = history_mapping(pipeline, &source)?;
    let uses = column_uses(&mapping, conditions, pipeline.history.date_order, &source)?;
    // A column with several uses is read once.
    let mut names: Vec<String> = uses.iter().map(|column| column.name.clone()).collect();
    let mut side_columns = SideColumns::find(pipeline, &mapping, &uses, &source);
    names.extend(side_columns.names().cloned());
    let given = pipeline.history.fill.as_ref();
    let fill = columns_to_fill(given, &mapping, conditions, &side_columns.statuses());
    fill::add_group(&mut names, fill.as_ref(), &source)?;
    names.sort();
    names.dedup();
    source.require_in_every_file(&names)?;
    let mut report = ReadingReport::default();
    report.add_files(&source);
    report.guesses.extend(uses.iter().find(|column| column.of_variant).map(|column| {
        let name = shown(&column.name);
        let what = "names of variants: the article is the name without its variant";
        Finding::general(format!("column \"{name}\" has {what}"))
    }));
    let is_filled = |name: &str| fill.as_ref().is_some_and(|fill| Filler::fills(fill, name));
    let mut readers = ColumnReader::all(pipeline, &uses, &source, &is_filled, digest);
    let input = Input::read(source, names, fill.as_ref(), |batch| {
        side_columns.push(batch)?;
        readers.par_iter_mut().try_for_each(|reader| reader.push(batch))
    })?;
    let rows = input.places.rows();
    report.rows = rows as u64;
    // One after the other: each column needs more memory before it is finished than after.
    let read: Vec<ReadColumn> =
        readers.into_iter().map(|reader| reader.finish(&input)).collect::<Result<_, _>>()?;
    let keep = selected_rows(&uses, &read, conditions, rows);
    let left_out = keep.iter().filter(|keep| !**keep).count();
    if left_out == rows && needed == Rows::AtLeastOne {
        return Err(nothing_selected(&uses, &read, conditions).in_file(input.first_file()));
    }
    let mut table = Table { pipeline, mapping, uses, input, keep, report };
    let (mut gathered, bad) = table.judge(read);
    let Table { input, keep, report, .. } = &mut table;
    let mut rows = SideRows { input, keep, report };
    side_columns.finish().apply(pipeline.returns.is_some(), &mut gathered, &mut rows);
    Ok(Opened { table, gathered, bad, left_out: left_out as u64 })
}

/// A history while it is read: its rows, and which of them are still kept.
pub(super) struct Table<'p> {
    pipeline: &'p Pipeline,
    pub(super) mapping: Mapping,
    uses: Vec<ColumnUse>,
    pub(super) input: Input,
    pub(super) keep: Vec<bool>,
    pub(super) report: ReadingReport,
}

/// The rows that take back a purchase which the history does not have, by table.
#[derive(Default)]
pub(super) struct Unmatched {
    of_history: Vec<u32>,
    of_returns: Vec<u32>,
}

impl Table<'_> {
    fn leave_out(&mut self, rows: impl Iterator<Item = u32>) {
        rows.for_each(|row| self.keep[row as usize] = false);
    }

    /// Fails for the first unusable row, unless such rows are put aside.
    pub(super) fn stop_at_unusable(
        &self,
        rejects: Option<&Path>,
        bad: &[Problem],
        returns: Option<&Returns>,
    ) -> Result<(), Failure> {
        if rejects.is_some() || self.pipeline.history.unusable != Unusable::Stop {
            return Ok(());
        }
        let first = rejects::first_failure(&self.input, &self.uses, bad);
        let of_returns = || {
            let returns = returns?;
            rejects::first_failure(&returns.input, &returns.uses, &returns.bad)
        };
        first.or_else(of_returns).map_or(Ok(()), Err)
    }

    /// Leaves out the unusable rows, and reports them by column and problem.
    pub(super) fn report_unusable(&mut self, bad: &[Problem]) {
        self.leave_out(bad.iter().map(|problem| problem.row));
        let mut kinds: Vec<(String, Vec<u32>)> = Vec::new();
        for problem in bad {
            let column = self.uses.get(problem.column).map(|column| shown(&column.name));
            let place = column.map_or_else(String::new, |name| format!("column \"{name}\" "));
            let what = format!("{UNUSABLE}{place}{}", problem.what);
            match kinds.iter_mut().find(|(kind, _)| *kind == what) {
                Some((_, rows)) => rows.push(problem.row),
                None => kinds.push((what, vec![problem.row])),
            }
        }
        for (what, rows) in kinds {
            let found = Finding::in_rows(what, &self.input.places, rows.into_iter());
            self.report.left_out.extend(found);
        }
    }

    /// Leaves out rows for a reason, and reports them.
    fn leave_out_because(&mut self, what: &str, rows: &[u32]) {
        self.leave_out(rows.iter().copied());
        let found = Finding::in_rows(what, &self.input.places, rows.iter().copied());
        self.report.left_out.extend(found);
    }

    fn index_of(&self, standard: StandardColumn) -> usize {
        let wanted = Purpose::Standard(standard);
        self.uses.iter().position(|column| column.purpose == wanted).unwrap_or(WHOLE_ROW)
    }

    /// Puts the columns together, leaves out the rows of guests, and finds the unusable rows.
    fn judge(&mut self, read: Vec<ReadColumn>) -> (Gathered, Vec<Problem>) {
        let mut problems: Vec<Problem> = Vec::new();
        let read: Vec<Values> = read
            .into_iter()
            .map(|column| {
                problems.extend(column.problems);
                column.values
            })
            .collect();
        let mut gathered = gather(&self.uses, read, self.keep.len());
        let customers = Customers::resolve(std::mem::take(&mut gathered.customers), &self.keep);
        let guests: Vec<u32> = (0..self.keep.len())
            .filter(|row| self.keep[*row] && customers.is_guest(*row))
            .map(|row| row as u32)
            .collect();
        let what = format!("no customer: {} stands for guests", customers.guest_words());
        self.leave_out_because(&what, &guests);
        self.report.guesses.extend(customers.guesses(&self.mapping.other_customer_ids));
        let named = &self.pipeline.history.columns;
        let mapping = &mut self.mapping;
        let found = kinds_of_sale::leave_out(named, mapping, &mut gathered, &self.keep);
        self.report.guesses.extend(found);
        let columns = &mut gathered.columns;
        columns.customer = customers.ids;
        let index = |standard| self.index_of(standard);
        problems.extend(empty_problems(&columns.customer, index(StandardColumn::CustomerId)));
        problems.extend(empty_problems(&columns.article, index(StandardColumn::ArticleId)));
        problems.extend(empty_problems(&columns.size, index(StandardColumn::Size)));
        // The row of a guest is left out, whatever else is wrong with it.
        let guest: std::collections::HashSet<u32> = guests.into_iter().collect();
        problems.retain(|problem| !guest.contains(&problem.row));
        problems.sort_by_key(|problem| (problem.row, problem.column));
        let bad = rejects::bad_rows(&self.input.places, problems.iter(), &self.keep);
        self.use_titles(&mut gathered);
        (gathered, bad)
    }

    /// Reports sizes that are part of a longer text, and makes one article of the variants of
    /// a title unless the pipeline names the column of articles.
    fn use_titles(&mut self, gathered: &mut Gathered) {
        let Some(titles) = &gathered.titles else { return };
        let titled =
            (0..self.keep.len()).filter(|row| self.keep[*row] && titles.value(*row).is_some());
        let mut what = "the size is part of a longer text".to_owned();
        if self.pipeline.history.columns.article_id.is_none()
            && titles::join_variants(&mut gathered.columns, titles)
        {
            what.push_str(JOINED_VARIANTS);
        }
        let found = Finding::in_rows(what, &self.input.places, titled.map(|row| row as u32));
        self.report.guesses.extend(found);
    }

    /// Decides which purchases came back, by numbers of pieces, the table of returns and repeated
    /// lines.
    fn settle_returns(
        &mut self,
        gathered: &mut Gathered,
        returns: Option<&Returns>,
    ) -> Result<Unmatched, Failure> {
        let resolved = self.resolved_lines(gathered)?;
        let columns = &mut gathered.columns;
        resolved.apply(columns);
        self.leave_out_because(RESTATED, &resolved.earlier);
        let mut unmatched = Unmatched::default();
        if let Some(quantities) = &gathered.quantities {
            let pieces = quantity::apply(columns, quantities, &gathered.stated, &self.keep);
            self.leave_out_because("the quantity is 0", &pieces.nothing);
            let what = "the quantity is negative: the row takes back an earlier purchase, which counts as returned";
            self.leave_out_because(what, &pieces.matched);
            self.leave_out_because(UNMATCHED, &pieces.unmatched);
            unmatched.of_history = pieces.unmatched;
        }
        if let Some(returns) = returns {
            let joined =
                returns::join(columns, gathered.quantities.as_deref(), &self.keep, returns);
            joined.report(returns, &self.input.places, &mut self.report);
            self.leave_out(joined.unclear.iter().copied());
            unmatched.of_returns = joined.unmatched;
            let bad = returns.bad.iter().map(|problem| problem.row);
            let what = "a row of the returns cannot be used";
            let found = Finding::in_rows(what, &returns.input.places, bad);
            self.report.left_out.extend(found);
        } else if gathered.outcome_kind.is_none() {
            self.warn_without_outcomes(gathered);
        }
        Ok(unmatched)
    }

    /// What counts of the rows with the same id of an order line. A column that has no such ids is
    /// refused if the pipeline names it, and otherwise not used.
    pub(super) fn resolved_lines(&mut self, gathered: &mut Gathered) -> Result<Resolved, Failure> {
        let columns = &mut gathered.columns;
        let places = FilePlaces::new(&self.input.places);
        let quantities = gathered.quantities.as_deref();
        let place = |row| places.of_row(row);
        let conflict = match lines::resolve(columns, quantities, &place, &self.keep) {
            Ok(resolved) => return Ok(resolved),
            Err(conflict) => conflict,
        };
        let name = self.mapping.get(StandardColumn::LineId).unwrap_or_default().to_owned();
        if self.pipeline.history.columns.line_id.is_some() {
            let places = &self.input.places;
            let (Some((file, _)), Some((other, number))) =
                (places.find(conflict.second), places.find(conflict.first))
            else {
                return Ok(Resolved::default());
            };
            let (RowNumber::Line(first) | RowNumber::Row(first)) = number;
            let of_other = if other == file {
                String::new()
            } else {
                format!(" of {}", shown(&other.display().to_string()))
            };
            return Err(places
                .failure(conflict.second, format!("has the id of row {first}{of_other}, but another customer, article or size"))
                .column(&name)
                .remedy("line_id under [history.columns] must name a column with a different value for each order line"));
        }
        columns.line = None;
        self.mapping.columns.remove(&StandardColumn::LineId);
        self.report.guesses.push(Finding::general(format!(
            "column \"{}\" is not used as the id of order lines, because different lines share a value",
            shown(&name)
        )));
        Ok(Resolved::default())
    }

    fn warn_without_outcomes(&mut self, gathered: &Gathered) {
        if gathered.columns.outcome.iter().any(|outcome| *outcome != Outcome::Kept) {
            return;
        }
        let columns = self.input.all_columns().iter().filter(|name| is_about_returns(name));
        let columns: Vec<String> = columns.map(|name| format!("\"{}\"", shown(name))).collect();
        let perhaps = match columns.len() {
            0 => String::new(),
            _ => format!(" (perhaps {})", columns.join(" or ")),
        };
        self.report.warnings.push(Finding::general(format!(
            "no column tells what became of a purchase, so every row counts as kept: name one as outcome under [history.columns]{perhaps}, or the table of returns under [returns], and leave out cancelled orders, as in where = {{ Status = {{ not = [\"cancelled\", \"refunded\"] }} }}"
        )));
    }

    /// Writes the file of rejects: the unusable rows, and those that take back an unknown purchase.
    pub(super) fn write_rejects(
        &self,
        path: &Path,
        bad: &[Problem],
        returns: Option<&Returns>,
        unmatched: Unmatched,
    ) -> Result<(), Failure> {
        let problem = |row, what: &str| Problem { row, column: WHOLE_ROW, what: what.into() };
        let column = self.index_of(StandardColumn::Quantity);
        let of_history = unmatched.of_history.into_iter();
        let mut rows = bad.to_vec();
        rows.extend(of_history.map(|row| Problem { column, ..problem(row, UNMATCHED) }));
        rows.sort_by_key(|problem| problem.row);
        let mut tables = vec![RejectedRows { input: &self.input, uses: &self.uses, bad: &rows }];
        let mut names = self.input.names.clone();
        let mut of_returns = Vec::new();
        if let Some(returns) = returns {
            of_returns.extend(returns.bad.iter().cloned());
            of_returns.extend(unmatched.of_returns.into_iter().map(|row| problem(row, NO_LINE)));
            of_returns.sort_by_key(|problem| problem.row);
            for ColumnUse { name, .. } in &returns.uses {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
            tables.push(RejectedRows {
                input: &returns.input,
                uses: &returns.uses,
                bad: &of_returns,
            });
        }
        rejects::write(path, &names, &tables)
    }

    /// The history of the rows that are kept.
    fn finish(
        mut self,
        gathered: Gathered,
        left_out: u64,
        bad: &[Problem],
    ) -> Result<History, Failure> {
        if self.keep.iter().all(|keep| !keep) {
            let mut failure =
                Failure::new(format!("has {} rows, and none of them can be used", self.keep.len()))
                    .in_file(self.input.first_file());
            if let Some(most) = self.report.left_out.iter().max_by_key(|found| found.rows) {
                failure = failure.also(&most.to_string());
            }
            if let Some(problem) = bad.first() {
                failure = failure.also(&format!("the first of them {}", problem.what));
            }
            return Err(failure);
        }
        let mut columns = gathered.columns;
        if let Some(name) = self.mapping.get(StandardColumn::CustomerId) {
            let warning = crowd_warning(&columns.customer, &self.keep, name, &self.input.places);
            self.report.warnings.extend(warning);
        }
        if self.keep.contains(&false) {
            retain_rows(&mut columns, &self.keep);
        }
        mark_pending(self.pipeline, &mut columns);
        let rejected = bad.len() as u64;
        let counts = RowCounts { read: self.report.rows, left_out, rejected };
        Ok(History { columns, mapping: self.mapping, counts, report: self.report })
    }
}

/// What the reader says where it has made one article of several variants.
pub(crate) const JOINED_VARIANTS: &str =
    ", and the text beside it is the article, because each article has one size only";
const RESTATED: &str = "a later file has another statement about the same order line";

const UNMATCHED: &str = "the quantity is negative, but the history has no earlier purchase of the same customer, article and size that it takes back";
const NO_LINE: &str = "the history has no order line for this return";

/// Marks kept purchases that are younger than the return window as pending.
pub(super) fn mark_pending(pipeline: &Pipeline, columns: &mut Columns) {
    let (Some(window), Some(days)) = (pipeline.train.return_window_days, &columns.day) else {
        return;
    };
    let today = pipeline.train.today.or_else(|| days.iter().copied().max()).unwrap_or_default();
    for (outcome, &day) in columns.outcome.iter_mut().zip(days) {
        if *outcome == Outcome::Kept && i64::from(today) - i64::from(day) < i64::from(window) {
            *outcome = Outcome::Pending;
        }
    }
}
