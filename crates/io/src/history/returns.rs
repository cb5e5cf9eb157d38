//! Returns that another table lists than the purchases: reads them, and joins them to the order
//! lines of the history.

use super::column_reader::ColumnReader;
use super::column_use::{ColumnUse, Purpose, column_uses};
use super::conditions::selected_rows;
use super::fill::{self, Filler};
use super::ids::DigestOfId;
use super::input::Input;
use super::lines::stronger;
use super::mapping::columns_to_fill;
use super::rejects::{Problem, bad_rows};
use super::report::{Finding, ReadingReport};
use super::values::{ReadColumn, Values};
use crate::failure::Failure;
use crate::pipeline::{Mapping, Pipeline, ReturnsTable, find_columns, find_header};
use crate::table::{Places, Source, missing_column};
use crate::vocabulary::StandardColumn;
use inseam::outcome::Outcome;
use inseam::size::Label;
use inseam::train::{Coded, Columns, IdDigest};
use std::collections::HashMap;
use std::hash::Hash;

/// The usual headers of the day of a return.
const RETURNED_AT: &str = "returnedat returndate datereturned refundedat refunddate returncreatedat rmadate processedat createdat date";

/// The table of returns, as read.
pub(super) struct Returns {
    pub(super) input: Input,
    pub(super) uses: Vec<ColumnUse>,
    /// The rows that cannot be used.
    pub(super) bad: Vec<Problem>,
    lines: ReturnedLines,
}

/// What the returns tell of order lines.
#[derive(Default)]
struct ReturnedLines {
    /// The rows that are returns.
    rows: Vec<u32>,
    line: Option<Vec<IdDigest>>,
    order: Option<Vec<IdDigest>>,
    article: Option<Coded>,
    customer: Option<Coded>,
    size: Option<Coded<Label>>,
    outcome: Option<Vec<Outcome>>,
    day: Option<Vec<i32>>,
}

/// How the returns met the order lines.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Joined {
    /// The rows of returns of which the history has no order line.
    pub(super) unmatched: Vec<u32>,
    /// The rows of returns of a line that another one returns as well.
    pub(super) repeated: Vec<u32>,
    /// The rows of the history of which some came back, but not known which.
    pub(super) unclear: Vec<u32>,
    /// How many order lines came back.
    pub(super) returned: u64,
}

/// Reads the pipeline's returns; `None` if it has none. `digest` makes the digests of ids.
pub(super) fn read(
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
    // A return without a date is a return.
    let dated = |problem: &&Problem| !matches!(uses[problem.column].purpose, Purpose::Day(_));
    let problems = read.iter().flat_map(|column| &column.problems).filter(dated);
    let bad = bad_rows(&input.places, problems, &selected);
    let mut lines = gather(&uses, read);
    let mut used = selected;
    bad.iter().for_each(|problem| used[problem.row as usize] = false);
    let is_return = |row: &u32| {
        used[*row as usize]
            && lines.outcome.as_ref().is_none_or(|outcome| outcome[*row as usize] != Outcome::Kept)
    };
    lines.rows = (0..rows as u32).filter(is_return).collect();
    Ok(Some(Returns { input, uses, bad, lines }))
}

impl Returns {
    /// Replaces the ids of customers.
    pub(super) fn rename_customers(&mut self, rename: &dyn Fn(&str) -> String) {
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
    let mut named = table.columns.by_standard_column();
    for (column, name) in &mut named {
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

fn gather(uses: &[ColumnUse], read: Vec<ReadColumn>) -> ReturnedLines {
    let mut returns = ReturnedLines::default();
    for (column, ReadColumn { values, problems }) in uses.iter().zip(read) {
        match (&column.purpose, values) {
            (Purpose::Standard(StandardColumn::LineId), Values::Ids(ids)) => {
                returns.line = Some(ids);
            }
            (Purpose::Standard(StandardColumn::OrderId), Values::Ids(ids)) => {
                returns.order = Some(ids);
            }
            (Purpose::Standard(StandardColumn::ArticleId), Values::Texts(c)) => {
                returns.article = Some(c);
            }
            (Purpose::Standard(StandardColumn::CustomerId), Values::Texts(c)) => {
                returns.customer = Some(c);
            }
            (_, Values::Sizes(sizes, _)) => returns.size = Some(sizes),
            (_, Values::Outcomes(outcomes, stated)) => {
                let outcome =
                    |(outcome, stated)| if stated { outcome } else { Outcome::UnknownReason };
                returns.outcome = Some(outcomes.into_iter().zip(stated).map(outcome).collect());
            }
            (Purpose::Day(_), Values::Days(mut days)) => {
                problems.iter().for_each(|problem| days[problem.row as usize] = i32::MAX);
                returns.day = Some(days);
            }
            _ => {}
        }
    }
    returns
}

/// A way to find the order line of a return: the values that both must have.
struct Way<'a> {
    parts: Vec<KeyPart<'a>>,
    /// Whether the values may belong to lines of several sizes.
    any_size: bool,
    /// Whether all lines with these values are the same one.
    one_line: bool,
}

/// One value of a way.
enum KeyPart<'a> {
    /// The codes of the history and those of the returns, translated to the history's.
    Codes(&'a [u32], Vec<u32>),
    /// The digests of the history and those of the returns.
    Ids(&'a [IdDigest], &'a [IdDigest]),
}

/// The most values of a way.
const MAX_PARTS: usize = 3;

/// The values that a return and its line have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum KeyValue {
    Code(u32),
    Id(IdDigest),
}

type Key = [KeyValue; MAX_PARTS];

impl Way<'_> {
    /// The key of a return; `None` if it lacks a value.
    fn key_of_return(&self, row: u32) -> Option<Key> {
        let row = row as usize;
        self.key(|part| match part {
            KeyPart::Codes(_, codes) => KeyValue::Code(codes[row]),
            KeyPart::Ids(_, ids) => KeyValue::Id(ids[row]),
        })
    }

    /// The key of an order line; `None` if it lacks a value.
    fn key_of_line(&self, row: u32) -> Option<Key> {
        let row = row as usize;
        self.key(|part| match part {
            KeyPart::Codes(codes, _) => KeyValue::Code(codes[row]),
            KeyPart::Ids(ids, _) => KeyValue::Id(ids[row]),
        })
    }

    fn key(&self, value: impl Fn(&KeyPart<'_>) -> KeyValue) -> Option<Key> {
        let mut key = [KeyValue::Code(0); MAX_PARTS];
        for (known, part) in key.iter_mut().zip(&self.parts) {
            *known = value(part);
            if [KeyValue::Code(Coded::MISSING), KeyValue::Id(IdDigest::MISSING)].contains(known) {
                return None;
            }
        }
        Some(key)
    }
}

/// Joins the returns to the order lines of the history: by the id of the line, else by order and
/// article (and size), else by customer, article and size. Marks the lines as returned. Rows of the
/// history that `keep` leaves out take no part.
pub(super) fn join(columns: &mut Columns, keep: &[bool], returns: &Returns) -> Joined {
    join_lines(columns, keep, &returns.lines)
}

fn join_lines(columns: &mut Columns, keep: &[bool], returns: &ReturnedLines) -> Joined {
    let mut joined = Joined::default();
    let mut left = returns.rows.clone();
    let mut outcome = std::mem::take(&mut columns.outcome);
    for way in ways(columns, returns) {
        let mut groups: HashMap<Key, (Vec<u32>, Vec<u32>)> = HashMap::new();
        let mut later = Vec::new();
        for row in left {
            match way.key_of_return(row) {
                Some(key) => groups.entry(key).or_default().0.push(row),
                None => later.push(row),
            }
        }
        for row in (0..keep.len() as u32).filter(|row| keep[*row as usize]) {
            let key = way.key_of_line(row);
            if let Some((_, lines)) = key.and_then(|key| groups.get_mut(&key)) {
                lines.push(row);
            }
        }
        for (of_returns, lines) in groups.into_values() {
            if lines.is_empty() {
                later.extend(of_returns);
            } else {
                join_group(columns, &mut outcome, returns, &way, of_returns, lines, &mut joined);
            }
        }
        later.sort_unstable();
        left = later;
    }
    columns.outcome = outcome;
    joined.unmatched = left;
    for rows in [&mut joined.unmatched, &mut joined.repeated, &mut joined.unclear] {
        rows.sort_unstable();
    }
    joined
}

/// The ways for which both tables have the columns, the best first.
fn ways<'a>(columns: &'a Columns, returns: &'a ReturnedLines) -> Vec<Way<'a>> {
    fn codes<'a, T: Hash + Eq>(
        history: &'a Coded<T>,
        returned: &Option<Coded<T>>,
    ) -> Option<KeyPart<'a>> {
        let returned = returned.as_ref()?;
        Some(KeyPart::Codes(&history.codes, translated(returned, &history.values)))
    }
    fn ids<'a>(
        history: &'a Option<Vec<IdDigest>>,
        returned: &'a Option<Vec<IdDigest>>,
    ) -> Option<KeyPart<'a>> {
        Some(KeyPart::Ids(history.as_ref()?, returned.as_ref()?))
    }
    let order = || ids(&columns.order, &returns.order);
    let article = || codes(&columns.article, &returns.article);
    let size = || codes(&columns.size, &returns.size);
    let mut ways = Vec::new();
    if let Some(line) = ids(&columns.line, &returns.line) {
        let parts = [Some(line), order()].into_iter().flatten().collect();
        ways.push(Way { parts, any_size: false, one_line: true });
    }
    if let (Some(order), Some(article)) = (order(), article()) {
        let size = size();
        let any_size = size.is_none();
        let parts = [Some(order), Some(article), size].into_iter().flatten().collect();
        ways.push(Way { parts, any_size, one_line: false });
    }
    if let (Some(customer), Some(article), Some(size)) =
        (codes(&columns.customer, &returns.customer), article(), size())
    {
        let parts = vec![customer, article, size];
        ways.push(Way { parts, any_size: false, one_line: false });
    }
    ways
}

/// For each row of a column of returns, the code that the history has for its value.
fn translated<T: Hash + Eq>(column: &Coded<T>, values: &[T]) -> Vec<u32> {
    let mut codes: HashMap<&T, u32> = HashMap::with_capacity(values.len());
    for (code, value) in values.iter().enumerate() {
        codes.entry(value).or_insert(code as u32);
    }
    let missing = Coded::MISSING;
    let new: Vec<u32> =
        column.values.iter().map(|value| codes.get(value).copied().unwrap_or(missing)).collect();
    column.codes.iter().map(|&code| new.get(code as usize).copied().unwrap_or(missing)).collect()
}

/// Joins the returns and the order lines that have the same values.
fn join_group(
    columns: &Columns,
    outcome: &mut [Outcome],
    returns: &ReturnedLines,
    way: &Way<'_>,
    of_returns: Vec<u32>,
    lines: Vec<u32>,
    joined: &mut Joined,
) {
    let reason = |row: u32| match &returns.outcome {
        Some(outcomes) => outcomes[row as usize],
        None => Outcome::UnknownReason,
    };
    let day = |row: u32| returns.day.as_ref().map_or(i32::MAX, |days| days[row as usize]);
    let bought = |line: u32| columns.day.as_ref().map_or(i32::MIN, |days| days[line as usize]);
    if way.one_line {
        let reasons = of_returns.iter().map(|&row| reason(row));
        let strongest = reasons.reduce(stronger).unwrap_or(Outcome::UnknownReason);
        lines.iter().for_each(|&line| set(outcome, line, strongest));
        joined.returned += 1;
        joined.repeated.extend(&of_returns[1..]);
        return;
    }
    let size = |line: &u32| columns.size.codes[*line as usize];
    let several_sizes = lines.iter().any(|line| size(line) != size(&lines[0]));
    if way.any_size && several_sizes && of_returns.len() < lines.len() {
        joined.unclear.extend(lines);
        return;
    }
    let mut free = lines;
    for row in of_returns {
        // The latest purchase before the return, or the first in the file without dates.
        let before = free.iter().enumerate().filter(|(_, line)| bought(**line) <= day(row));
        let latest = before.max_by_key(|(at, line)| (bought(**line), std::cmp::Reverse(*at)));
        match latest.map(|(at, _)| at) {
            Some(at) => {
                set(outcome, free.remove(at), reason(row));
                joined.returned += 1;
            }
            None => joined.repeated.push(row),
        }
    }
}

/// Marks a line as returned.
fn set(outcome: &mut [Outcome], line: u32, reason: Outcome) {
    let old = &mut outcome[line as usize];
    *old = if reason == Outcome::Pending { reason } else { stronger(*old, reason) };
}

impl Joined {
    /// What the join found, for the report.
    pub(super) fn report(&self, returns: &Returns, places: &Places, report: &mut ReadingReport) {
        let of_returns = |what: &str, rows: &[u32]| {
            Finding::in_rows(what, &returns.input.places, rows.iter().copied())
        };
        report.guesses.extend((self.returned > 0).then(|| Finding {
            what: "purchases that the table of returns marks as returned".to_owned(),
            rows: self.returned,
            first: None,
        }));
        report.guesses.extend(of_returns(
            "further returns of an order line that is already returned count once",
            &self.repeated,
        ));
        report.warnings.extend(of_returns(
            "the history has no order line for this row of the returns",
            &self.unmatched,
        ));
        report.left_out.extend(Finding::in_rows(
            "some sizes of this article in this order came back, and the table of returns does not say which: give it a column with the size or the id of the line",
            places,
            self.unclear.iter().copied(),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: Outcome = Outcome::Kept;
    const SMALL: Outcome = Outcome::TooSmall;

    fn coded<const N: usize>(rows: &[[&str; N]], at: usize) -> Coded {
        rows.iter().map(|row| row[at]).collect()
    }

    fn ids(rows: &[[&str; 4]], at: usize) -> Vec<IdDigest> {
        rows.iter().map(|row| IdDigest::of(row[at])).collect()
    }

    /// A history with rows of line, order, article and size, all of customer c.
    fn history(rows: &[[&str; 4]]) -> Columns {
        Columns {
            customer: rows.iter().map(|_| "c").collect(),
            line: Some(ids(rows, 0)),
            order: Some(ids(rows, 1)),
            article: coded(rows, 2),
            size: coded(rows, 3).map(|size| Label::parse(&size).unwrap()),
            outcome: vec![KEPT; rows.len()],
            ..Columns::default()
        }
    }

    fn returns(rows: &[[&str; 4]]) -> ReturnedLines {
        ReturnedLines {
            rows: (0..rows.len() as u32).collect(),
            line: Some(ids(rows, 0)),
            order: Some(ids(rows, 1)),
            article: Some(coded(rows, 2)),
            customer: Some(rows.iter().map(|_| "c").collect()),
            size: Some(coded(rows, 3).map(|size| Label::parse(&size).unwrap())),
            outcome: Some(vec![SMALL; rows.len()]),
            day: None,
        }
    }

    fn joined(columns: &mut Columns, returns: &ReturnedLines) -> Joined {
        join_lines(columns, &vec![true; columns.outcome.len()], returns)
    }

    #[test]
    fn lines_are_found_by_their_id_and_count_once() {
        let mut columns = history(&[["1", "o1", "a", "M"], ["2", "o1", "a", "L"]]);
        let returns =
            returns(&[["2", "o1", "a", "L"], ["2", "o1", "a", "L"], ["9", "o9", "a", "XL"]]);
        let result = joined(&mut columns, &returns);
        assert_eq!(columns.outcome, [KEPT, SMALL]);
        assert_eq!((result.returned, result.repeated, result.unmatched), (1, vec![1], vec![2]));
    }

    #[test]
    fn without_ids_by_order_article_and_size_then_by_customer() {
        let rows = [["", "o1", "a", "M"], ["", "o1", "a", "L"], ["", "o2", "b", "M"]];
        let mut columns = history(&rows);
        columns.line = None;
        // The second has the number of the return instead of the order's.
        let returns = returns(&[["", "o1", "a", "Large"], ["", "r7", "b", "M"]]);
        let result = joined(&mut columns, &returns);
        assert_eq!(columns.outcome, [KEPT, SMALL, SMALL]);
        assert_eq!((result.returned, result.unmatched.len()), (2, 0));
    }

    #[test]
    fn without_a_size_it_is_unclear_which_size_came_back() {
        let rows = [["", "o1", "a", "M"], ["", "o1", "a", "L"], ["", "o2", "a", "M"]];
        let mut columns = history(&rows);
        columns.line = None;
        let mut one = returns(&[["", "o1", "a", "M"], ["", "o2", "a", "M"]]);
        one.size = None;
        let result = joined(&mut columns, &one);
        assert_eq!(
            (columns.outcome.clone(), result.unclear),
            (vec![KEPT, KEPT, SMALL], vec![0, 1])
        );
        let mut both = returns(&[["", "o1", "a", "M"], ["", "o1", "a", "L"]]);
        both.size = None;
        assert_eq!(joined(&mut columns, &both).unclear, Vec::<u32>::new());
        assert_eq!(columns.outcome, [SMALL; 3]);
    }

    #[test]
    fn by_customer_the_latest_purchase_before_the_return() {
        let mut columns = history(&[["", "", "a", "M"], ["", "", "a", "M"], ["", "", "a", "M"]]);
        (columns.line, columns.order) = (None, None);
        columns.day = Some(vec![10, 20, 30]);
        let mut returns = returns(&[["", "", "a", "M"]]);
        returns.day = Some(vec![25]);
        joined(&mut columns, &returns);
        assert_eq!(columns.outcome, [KEPT, SMALL, KEPT]);
    }
}
