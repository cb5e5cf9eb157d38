//! Checks the rows of a history, sorts them by customer, and drops repeated and pending rows.
//!
//! Each customer's rows are examined by themselves, so that parts of the customers can be examined
//! apart from each other.

use crate::error::Error;
use crate::outcome::Outcome;
use crate::train::columns::{Columns, MeasurementColumn, PurchaseIdentity, history_error};

/// The rows of a history, customer by customer.
#[derive(Debug)]
pub(crate) struct CustomerRows {
    /// Codes of the customers with evidence, sorted.
    codes: Vec<u32>,
    /// Where the rows of each of them are.
    spans: Vec<Span>,
    /// Indices of rows, by customer.
    rows: Vec<u32>,
    /// Rows that repeat an earlier one.
    pub(crate) duplicates: usize,
    /// Rows still inside their return window.
    pub(crate) pending: usize,
}

/// One customer's part of all rows: first those that are evidence, then those that are not.
#[derive(Debug)]
struct Span {
    start: usize,
    evidence_end: usize,
    end: usize,
}

impl CustomerRows {
    /// # Errors
    /// [`Error::History`] for columns of different lengths, a missing id, and a history without
    /// evidence.
    pub(crate) fn read(columns: &Columns) -> Result<Self, Error> {
        let count = columns.outcome.len();
        check_lengths(columns, count)?;
        let (mut rows, ends) = grouped(&columns.customer.codes, columns.customer.values.len());
        let (mut codes, mut spans, mut duplicates, mut pending) = (Vec::new(), Vec::new(), 0, 0);
        let mut identities = Vec::new();
        let mut start = 0;
        for (code, end) in (0..).zip(ends) {
            let own = &mut rows[start..end];
            let distinct = repeated_last(columns, own, &mut identities);
            let is_pending = |&row: &u32| columns.outcome[row as usize] == Outcome::Pending;
            own[..distinct].sort_by_key(is_pending);
            let evidence = own[..distinct].partition_point(|row| !is_pending(row));
            duplicates += own.len() - distinct;
            pending += distinct - evidence;
            if evidence > 0 {
                codes.push(code);
                spans.push(Span { start, evidence_end: start + evidence, end });
            }
            start = end;
        }
        if codes.is_empty() {
            return Err(history_error(format!(
                "no purchase in it is evidence ({count} rows, {pending} of them pending); at least one must be kept or returned",
            )));
        }
        Ok(Self { codes, spans, rows, duplicates, pending })
    }

    /// Each customer's code, with the rows that are evidence, rising.
    pub(crate) fn evidence(&self) -> impl Iterator<Item = (u32, &[u32])> {
        (0..self.customers()).map(|customer| self.evidence_of(customer))
    }

    /// Number of customers with evidence.
    pub(crate) fn customers(&self) -> usize {
        self.codes.len()
    }

    /// [`Self::evidence`] of the customer with this index.
    pub(crate) fn evidence_of(&self, customer: usize) -> (u32, &[u32]) {
        let Span { start, evidence_end, .. } = self.spans[customer];
        (self.codes[customer], &self.rows[start..evidence_end])
    }

    /// All rows of each customer with evidence, in the same order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[u32]> {
        self.spans.iter().map(|span| &self.rows[span.start..span.end])
    }
}

/// The indices of the codes, by code and rising; and where those of each code end. `codes` are
/// below `count`.
fn grouped(codes: &[u32], count: usize) -> (Vec<u32>, Vec<usize>) {
    let mut next = vec![0; count];
    codes.iter().for_each(|&code| next[code as usize] += 1);
    let mut before = 0;
    for next in &mut next {
        (*next, before) = (before, before + *next);
    }
    let mut rows = vec![0; codes.len()];
    for (row, &code) in (0..).zip(codes) {
        let next = &mut next[code as usize];
        rows[*next] = row;
        *next += 1;
    }
    (rows, next)
}

/// Moves the rows of one customer that repeat an earlier one behind the others, which stay in
/// order; returns the number of the others.
fn repeated_last(
    columns: &Columns,
    rows: &mut [u32],
    identities: &mut Vec<(PurchaseIdentity, u32)>,
) -> usize {
    let identity = |&row: &u32| Some((columns.purchase_identity(row as usize)?, row));
    identities.clear();
    identities.extend(rows.iter().filter_map(identity));
    identities.sort_unstable();
    let repeats = identities.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let mut repeats: Vec<u32> = repeats.map(|pair| pair[1].1).collect();
    repeats.sort_unstable();
    rows.sort_by_key(|row| repeats.binary_search(row).is_ok());
    rows.len() - repeats.len()
}

/// Refuses columns of different lengths, and rows without a customer, an article or a size.
fn check_lengths(columns: &Columns, rows: usize) -> Result<(), Error> {
    let required = [
        ("customer_id", &columns.customer.codes, columns.customer.values.len()),
        ("article_id", &columns.article.codes, columns.article.values.len()),
        ("size", &columns.size.codes, columns.size.values.len()),
    ];
    let optional = [&columns.group, &columns.category, &columns.brand];
    let lengths = required
        .iter()
        .map(|(_, codes, _)| codes.len())
        .chain(optional.into_iter().flatten().map(|c| c.codes.len()))
        .chain([&columns.order, &columns.line].into_iter().flatten().map(Vec::len))
        .chain(columns.system.as_ref().map(|c| c.codes.len()))
        .chain(columns.day.as_ref().map(Vec::len))
        .chain(columns.measurements.iter().map(|(_, m)| match m {
            MeasurementColumn::Number(v) => v.len(),
            MeasurementColumn::Word(c) => c.codes.len(),
        }));
    if lengths.into_iter().any(|length| length != rows) {
        return Err(history_error(format!(
            "columns of different lengths; all must have {rows} rows, as the outcomes have"
        )));
    }
    if rows > u32::MAX as usize {
        return Err(history_error(format!("{rows} rows; one training takes at most {}", u32::MAX)));
    }
    for (name, codes, values) in required {
        if let Some(row) = codes.iter().position(|&code| code as usize >= values) {
            return Err(history_error(format!(
                "row {}: no {name}; every purchase needs one",
                row + 1
            )));
        }
    }
    Ok(())
}
