//! Collects the articles of a history and its catalogue: fit group, brand, category, system, sizes.

use super::rows::CustomerRows;
use crate::error::Error;
use crate::model::{MAX_GROUPS, article_key};
use crate::size::System;
use crate::train::columns::{Coded, Columns, history_error};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

/// The fit group of a history that names none.
pub const ONLY_GROUP: &str = "all";

/// What articles of one kind share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ArticleClass {
    pub(super) group: String,
    pub(super) brand: String,
    pub(super) category: String,
    pub(super) system: System,
}

/// An article of the history or the catalogue, with the purchases of each of its sizes.
pub(super) struct ArticleRecord<'a> {
    pub(super) key: u64,
    /// Its index among the distinct texts of the article column; `None` where the catalogue alone
    /// has it.
    pub(super) code: Option<u32>,
    pub(super) class: ArticleClass,
    pub(super) sizes: BTreeMap<&'a str, u64>,
    /// Whether the catalogue lists its sizes.
    pub(super) listed: bool,
}

/// Every article with a size, sorted by key. Its class is the catalogue's; for an article outside
/// the catalogue it is the class of most of its rows. The second value is the number of fit groups
/// that the history names, if they are too many and became categories.
///
/// # Errors
/// [`Error::History`] for two articles of the same key.
pub(super) fn article_records<'a>(
    columns: &'a Columns,
    rows: &CustomerRows,
) -> Result<(Vec<ArticleRecord<'a>>, Option<usize>), Error> {
    let mut records = records_of_history(columns, rows)?;
    add_catalogue(&mut records, columns);
    let too_many = groups_as_categories(&mut records);
    Ok((records.into_values().filter(|a| !a.sizes.is_empty()).collect(), too_many))
}

/// Treats fit groups as categories where there are more than a model may have: a shop's tree of
/// departments says which articles are alike, not which share a size scale. Returns their number in
/// that case.
fn groups_as_categories(records: &mut BTreeMap<u64, ArticleRecord<'_>>) -> Option<usize> {
    let groups: BTreeSet<&str> = records.values().map(|a| a.class.group.as_str()).collect();
    let count = groups.len();
    if count <= MAX_GROUPS {
        return None;
    }
    for class in records.values_mut().map(|record| &mut record.class) {
        let group = std::mem::replace(&mut class.group, ONLY_GROUP.to_owned());
        class.category =
            if class.category.is_empty() { group } else { format!("{group} / {}", class.category) };
    }
    Some(count)
}

/// Codes of an article's group, brand, category and system in one row.
type ClassCodes = [u32; 4];

/// What the rows of one article contain, with how many rows have it.
#[derive(Default)]
struct ArticleCounts {
    classes: Counts<ClassCodes>,
    /// By the code of the size.
    sizes: Counts<u32>,
}

/// How often each value occurs.
#[derive(Default)]
struct Counts<T> {
    /// The first values: nearly all articles have few.
    few: Vec<(T, u64)>,
    others: HashMap<T, u64>,
}

impl<T: Eq + Hash> Counts<T> {
    const FEW: usize = 16;

    fn add(&mut self, value: T) {
        if let Some((_, count)) = self.few.iter_mut().find(|(counted, _)| *counted == value) {
            *count += 1;
        } else if self.few.len() < Self::FEW {
            self.few.push((value, 1));
        } else {
            *self.others.entry(value).or_default() += 1;
        }
    }

    fn all(self) -> impl Iterator<Item = (T, u64)> {
        self.few.into_iter().chain(self.others)
    }
}

fn records_of_history<'a>(
    columns: &'a Columns,
    rows: &CustomerRows,
) -> Result<BTreeMap<u64, ArticleRecord<'a>>, Error> {
    let mut records: BTreeMap<u64, ArticleRecord<'a>> = BTreeMap::new();
    for (code, counts) in (0..).zip(article_counts(columns, rows)) {
        if counts.sizes.few.is_empty() {
            continue;
        }
        let (_, class) = counts
            .classes
            .all()
            .map(|(codes, n)| (n, class_of_codes(columns, codes)))
            .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
            .expect("an article with purchases has a class");
        let id = &columns.article.values[code as usize];
        let key = article_key(id);
        let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
        for (size, n) in counts.sizes.all() {
            // Two codes may have one label.
            *sizes.entry(columns.size.values[size as usize].as_str()).or_default() += n;
        }
        let record = ArticleRecord { key, code: Some(code), class, sizes, listed: false };
        if records.insert(key, record).is_some() {
            return Err(history_error(format!(
                "two articles share the key {key:013x} (a chance of 1 in 9,000 at a million articles): rename {id:?}",
            )));
        }
    }
    Ok(records)
}

/// By the code of the article.
fn article_counts(columns: &Columns, rows: &CustomerRows) -> Vec<ArticleCounts> {
    fn code<T>(column: &Option<Coded<T>>, row: usize) -> u32 {
        column.as_ref().map_or(Coded::MISSING, |column| column.codes[row])
    }
    let mut counts: Vec<ArticleCounts> = Vec::new();
    counts.resize_with(columns.article.values.len(), ArticleCounts::default);
    for &row in rows.evidence().flat_map(|(_, rows)| rows) {
        let r = row as usize;
        let class = [
            code(&columns.group, r),
            code(&columns.brand, r),
            code(&columns.category, r),
            code(&columns.system, r),
        ];
        let article = &mut counts[columns.article.codes[r] as usize];
        article.classes.add(class);
        article.sizes.add(columns.size.codes[r]);
    }
    counts
}

fn class_of_codes(columns: &Columns, [group, brand, category, system]: ClassCodes) -> ArticleClass {
    let text = |c: &Option<Coded>, code: u32| {
        c.as_ref()
            .and_then(|c| c.values.get(code as usize))
            .map_or(String::new(), |s| s.trim().to_owned())
    };
    let group = text(&columns.group, group);
    ArticleClass {
        group: if group.is_empty() { ONLY_GROUP.to_owned() } else { group },
        brand: text(&columns.brand, brand),
        category: text(&columns.category, category),
        system: columns
            .system
            .as_ref()
            .and_then(|column| column.values.get(system as usize).copied())
            .unwrap_or_default(),
    }
}

/// Adds the articles of the catalogue, and replaces the class of those that the history has too.
fn add_catalogue<'a>(records: &mut BTreeMap<u64, ArticleRecord<'a>>, columns: &'a Columns) {
    for entry in &columns.catalogue {
        let group = if entry.group.is_empty() { ONLY_GROUP } else { &entry.group };
        let class = ArticleClass {
            group: group.to_owned(),
            brand: entry.brand.clone(),
            category: entry.category.clone(),
            system: entry.system,
        };
        let key = article_key(&entry.article);
        let article = records.entry(key).or_insert_with(|| ArticleRecord {
            key,
            code: None,
            class: class.clone(),
            sizes: BTreeMap::new(),
            listed: false,
        });
        article.class = class;
        article.listed |= !entry.sizes.is_empty();
        for size in &entry.sizes {
            article.sizes.entry(size.as_str()).or_default();
        }
    }
}
