//! The ways to find the order line of a return: by the id of the line, by order and article, or by
//! customer, article and size.

use super::lines::ReturnedLines;
use inseam::train::{Coded, Columns, IdDigest};
use std::collections::HashMap;
use std::hash::Hash;

/// A way to find the order line of a return: the values that both must have.
pub(super) struct Way<'a> {
    pub(super) parts: Vec<KeyPart<'a>>,
    /// Whether the values may belong to lines of several sizes.
    pub(super) any_size: bool,
    /// Whether all lines with these values are the same one.
    pub(super) one_line: bool,
}

/// One value of a way.
pub(super) enum KeyPart<'a> {
    /// The codes of the history and those of the returns, translated to the history's.
    Codes(&'a [u32], Vec<u32>),
    /// The digests of the history and those of the returns.
    Ids(&'a [IdDigest], &'a [IdDigest]),
}

/// The most values of a way.
const MAX_PARTS: usize = 3;

/// The values that a return and its line have in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum KeyValue {
    Code(u32),
    Id(IdDigest),
}

pub(super) type Key = [KeyValue; MAX_PARTS];

impl Way<'_> {
    /// The key of a return; `None` if it lacks a value.
    pub(super) fn key_of_return(&self, row: u32) -> Option<Key> {
        let row = row as usize;
        self.key(|part| match part {
            KeyPart::Codes(_, codes) => KeyValue::Code(codes[row]),
            KeyPart::Ids(_, ids) => KeyValue::Id(ids[row]),
        })
    }

    /// The key of an order line; `None` if it lacks a value.
    pub(super) fn key_of_line(&self, row: u32) -> Option<Key> {
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

/// The ways for which both tables have the columns, the best first.
pub(super) fn ways<'a>(columns: &'a Columns, returns: &'a ReturnedLines) -> Vec<Way<'a>> {
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
