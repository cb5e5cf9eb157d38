//! Collects the articles of a history and its catalogue: fit group, brand, category, system, sizes.

use crate::error::Error;
use crate::model::article_key;
use crate::size::System;
use crate::train::columns::{Coded, Columns, history_error};
use std::collections::{BTreeMap, HashMap};

/// The fit group of a history that names none.
pub const ONLY_GROUP: &str = "all";

/// What an article is: indices into the columns' distinct texts, or into the catalogue's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ArticleClass {
    pub(super) group: String,
    pub(super) brand: String,
    pub(super) category: String,
    pub(super) system: System,
}

/// An article with what it is and how often each of its sizes was bought.
pub(super) struct ArticleRecord<'a> {
    pub(super) key: u64,
    pub(super) code: Option<u32>,
    pub(super) class: ArticleClass,
    pub(super) sizes: BTreeMap<&'a str, u64>,
}

/// Every article's class, the catalogue's word before the history's, the history's by majority;
/// sorted by key.
pub(super) fn article_records<'a>(
    columns: &'a Columns,
    systems: &[System],
    evidence: &[u32],
    labels: &'a [String],
) -> Result<Vec<ArticleRecord<'a>>, Error> {
    let mut votes: HashMap<u32, HashMap<[u32; 4], u64>> = HashMap::new();
    let mut sizes: HashMap<u32, BTreeMap<&str, u64>> = HashMap::new();
    let code = |c: &Option<Coded>, r: usize| c.as_ref().map_or(Coded::MISSING, |c| c.codes[r]);
    for &r in evidence {
        let r = r as usize;
        let article = columns.article.codes[r];
        let class = [&columns.group, &columns.brand, &columns.category, &columns.system]
            .map(|c| code(c, r));
        *votes.entry(article).or_default().entry(class).or_default() += 1;
        let label = labels[columns.size.codes[r] as usize].as_str();
        *sizes.entry(article).or_default().entry(label).or_default() += 1;
    }
    let text = |c: &Option<Coded>, code: u32| {
        c.as_ref()
            .and_then(|c| c.values.get(code as usize))
            .map_or(String::new(), |s| s.trim().to_owned())
    };
    let class_of = |[group, brand, category, system]: [u32; 4]| {
        let group = text(&columns.group, group);
        ArticleClass {
            group: if group.is_empty() { ONLY_GROUP.to_owned() } else { group },
            brand: text(&columns.brand, brand),
            category: text(&columns.category, category),
            system: systems.get(system as usize).copied().unwrap_or_default(),
        }
    };
    let mut out: BTreeMap<u64, ArticleRecord<'a>> = BTreeMap::new();
    for (article, votes) in votes {
        let (_, class) = votes
            .into_iter()
            .map(|(codes, n)| (n, class_of(codes)))
            .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
            .expect("an article with purchases has a kind");
        let key = article_key(&columns.article.values[article as usize]);
        let sizes = sizes.remove(&article).unwrap_or_default();
        if out.insert(key, ArticleRecord { key, code: Some(article), class, sizes }).is_some() {
            return Err(history_error(format!(
                "two articles share the key {key:013x} (a chance of 1 in 9,000 at a million articles): rename {:?}",
                columns.article.values[article as usize]
            )));
        }
    }
    for entry in &columns.catalogue {
        let key = article_key(&entry.article);
        let system = if entry.system.is_empty() {
            System::Unspecified
        } else {
            System::parse(&entry.system).ok_or_else(|| {
                history_error(format!(
                    "catalogue article {:?}: unknown size system {:?}",
                    entry.article, entry.system
                ))
            })?
        };
        let group = if entry.group.is_empty() { ONLY_GROUP } else { &entry.group };
        let class = ArticleClass {
            group: group.to_owned(),
            brand: entry.brand.clone(),
            category: entry.category.clone(),
            system,
        };
        let article = out.entry(key).or_insert_with(|| ArticleRecord {
            key,
            code: None,
            class: class.clone(),
            sizes: BTreeMap::new(),
        });
        article.class = class;
        for size in &entry.sizes {
            // The catalogue's labels were made canonical by whoever read it; an odd one is kept as
            // it is.
            article.sizes.entry(size).or_default();
        }
    }
    Ok(out.into_values().filter(|a| !a.sizes.is_empty()).collect())
}
