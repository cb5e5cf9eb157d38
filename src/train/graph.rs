//! A validated history: who bought what, as indices, independent of the order of the rows.

use super::attributes::Attributes;
use super::body::measurements;
use super::history::{Coded, Columns, MeasurementColumn};
use super::scales::scales;
use crate::error::Error;
use crate::infer::Evidence;
use crate::model::{Features, MAX_GROUPS, Measurement, article_key};
use crate::outcome::Outcome;
use crate::size::{Label, System};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The fit group of a history that names none.
pub const ONLY_GROUP: &str = "all";

/// One purchase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) article: u32,
    /// Index into [`Graph::slots`].
    pub(crate) slot: u32,
    pub(crate) outcome: Outcome,
    pub(crate) evidence: Evidence,
    /// Weight of what it says of its article.
    pub(crate) share: f64,
    pub(crate) day: i32,
    /// What it says of the sizes it was chosen from begins here in
    /// [`State::said_popular`](super::state::State::said_popular).
    pub(crate) menu: usize,
}

/// One size of one article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) article: u32,
    pub(crate) label: u16,
}

#[derive(Clone, Debug)]
pub(crate) struct ArticleNode {
    pub(crate) key: u64,
    pub(crate) brand: u32,
    pub(crate) scale: u16,
    pub(crate) group: u16,
    pub(crate) slots: std::ops::Range<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BrandNode {
    pub(crate) group: u16,
    pub(crate) name: String,
    pub(crate) category: String,
}

#[derive(Clone, Debug)]
pub(crate) struct ScaleNode {
    pub(crate) group: u16,
    pub(crate) system: System,
    pub(crate) labels: Vec<String>,
    /// Starting positions, steps.
    pub(crate) start: Vec<f64>,
    /// Lengths that the labels themselves say.
    pub(crate) lengths: Vec<f64>,
    /// Whether the start comes from a public table, and so is worth more.
    pub(crate) known: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct CustomerNode {
    pub(crate) id: u32,
    pub(crate) lines: std::ops::Range<usize>,
}

/// What was done to the rows on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistorySummary {
    /// Rows given.
    pub rows: usize,
    /// Rows that repeat an earlier one in every column; counted once.
    pub duplicates: usize,
    /// Rows still inside their return window; not evidence.
    pub pending: usize,
    /// Returns without a reason whose direction a kept size of the same article and customer names
    /// (bracketing, exchange).
    pub named_by_bracket: usize,
    /// Distinct customers, articles and brands with purchases that are evidence.
    pub customers: usize,
    /// Distinct articles, those of the catalogue included.
    pub articles: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) groups: Vec<String>,
    pub(crate) measurements: Vec<Measurement>,
    pub(crate) scales: Vec<ScaleNode>,
    pub(crate) brands: Vec<BrandNode>,
    pub(crate) articles: Vec<ArticleNode>,
    /// What the catalogue says of them.
    pub(crate) attributes: Attributes,
    pub(crate) slots: Vec<Slot>,
    pub(crate) customers: Vec<CustomerNode>,
    /// Features of every customer; their widening is not in them, as it is learned.
    pub(crate) features: Vec<Features>,
    /// Of every customer the measurements that are missing, a bit each.
    pub(crate) missing: Vec<u64>,
    pub(crate) width: usize,
    /// Sorted by customer, then day, article and size.
    pub(crate) lines: Vec<Line>,
    /// Sizes that all lines were chosen from, together.
    pub(crate) offered: usize,
    /// Indices of lines, by article.
    pub(crate) by_article: Vec<u32>,
    pub(crate) article_lines: Vec<std::ops::Range<usize>>,
    pub(crate) summary: HistorySummary,
}

/// What an article is: indices into the columns' distinct texts, or into the catalogue's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Kind {
    pub(super) group: String,
    brand: String,
    category: String,
    pub(super) system: System,
}

impl Graph {
    pub(crate) fn build(columns: &Columns, size_runs: bool) -> Result<Self, Error> {
        let rows = columns.outcome.len();
        check_lengths(columns, rows)?;
        let labels = canonical_labels(columns)?;
        let systems = parse_systems(columns)?;
        let kept = deduplicated(columns, rows);
        let mut summary =
            HistorySummary { rows, duplicates: rows - kept.len(), ..HistorySummary::default() };
        let evidence: Vec<u32> =
            kept.into_iter().filter(|&r| columns.outcome[r as usize] != Outcome::Pending).collect();
        summary.pending = rows - summary.duplicates - evidence.len();
        if evidence.is_empty() {
            return Err(history(format!(
                "no purchase in it is evidence ({rows} rows, {} of them pending); at least one must be kept or returned",
                summary.pending
            )));
        }

        let kinds = article_kinds(columns, &systems, &evidence, &labels)?;
        let groups: Vec<String> = kinds
            .iter()
            .map(|a| a.kind.group.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if groups.len() > MAX_GROUPS {
            return Err(history(format!(
                "{} fit groups, at most {MAX_GROUPS} are possible; map them to fewer under [history.groups], or name the column \
                 `category` instead of `group`",
                groups.len()
            )));
        }
        let group_of =
            |name: &str| groups.binary_search_by(|g| g.as_str().cmp(name)).map_or(0, |i| i as u16);
        let brand_node = |k: &Kind| BrandNode {
            group: group_of(&k.group),
            name: k.brand.clone(),
            category: k.category.clone(),
        };
        let brands: Vec<BrandNode> = kinds
            .iter()
            .map(|a| brand_node(&a.kind))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let (scales, scale_of) = scales(&kinds, &groups, group_of, size_runs)?;

        let mut slots = Vec::new();
        let mut articles = Vec::with_capacity(kinds.len());
        let mut slot_of: HashMap<(u32, u16), u32> = HashMap::new();
        for (i, a) in kinds.iter().enumerate() {
            let scale = scale_of[i];
            let first = slots.len() as u32;
            let mut indices: Vec<u16> = a
                .sizes
                .keys()
                .map(|&l| {
                    scales[scale].labels.iter().position(|x| x == l).expect("collected above")
                        as u16
                })
                .collect();
            indices.sort_unstable();
            for label in indices {
                slot_of.insert((i as u32, label), slots.len() as u32);
                slots.push(Slot { article: i as u32, label });
            }
            let brand = brands.binary_search(&brand_node(&a.kind)).expect("collected above") as u32;
            let group = group_of(&a.kind.group);
            articles.push(ArticleNode {
                key: a.key,
                brand,
                scale: scale as u16,
                group,
                slots: first..slots.len() as u32,
            });
        }

        let keyed: Vec<(u64, u16)> =
            articles.iter().map(|a: &ArticleNode| (a.key, a.group)).collect();
        let attributes = Attributes::of(&columns.catalogue, &keyed, groups.len())?;
        let article_index: HashMap<u32, u32> =
            kinds.iter().enumerate().filter_map(|(i, a)| a.code.map(|c| (c, i as u32))).collect();
        let label_index: Vec<HashMap<&str, u16>> = scales
            .iter()
            .map(|s| s.labels.iter().enumerate().map(|(i, l)| (l.as_str(), i as u16)).collect())
            .collect();
        let mut order: Vec<(u32, Line)> = evidence
            .iter()
            .map(|&r| {
                let r = r as usize;
                let article = article_index[&columns.article.codes[r]];
                let scale = usize::from(articles[article as usize].scale);
                let label = label_index[scale][labels[columns.size.codes[r] as usize].as_str()];
                let slot = slot_of[&(article, label)];
                let day = columns.day.as_ref().map_or(0, |d| d[r]);
                (
                    columns.customer.codes[r],
                    Line {
                        article,
                        slot,
                        outcome: columns.outcome[r],
                        evidence: Evidence::None,
                        share: 1.0,
                        day,
                        menu: 0,
                    },
                )
            })
            .collect();
        order.sort_unstable_by_key(|(c, l)| (*c, l.day, l.article, l.slot, l.outcome));

        let mut customers: Vec<CustomerNode> = Vec::new();
        for (i, (id, _)) in order.iter().enumerate() {
            match customers.last_mut() {
                Some(c) if c.id == *id => c.lines.end = i + 1,
                _ => customers.push(CustomerNode { id: *id, lines: i..i + 1 }),
            }
        }
        let mut lines: Vec<Line> = order.into_iter().map(|(_, l)| l).collect();
        let mut menu = 0;
        for line in &mut lines {
            line.menu = menu;
            menu += articles[line.article as usize].slots.len();
        }
        for c in &customers {
            summary.named_by_bracket += read_evidence(&mut lines[c.lines.clone()], |slot| {
                let slot = slots[slot as usize];
                scales[usize::from(articles[slot.article as usize].scale)].start
                    [usize::from(slot.label)]
            });
        }
        summary.customers = customers.len();
        summary.articles = articles.len();

        let (measurements, features, missing) = measurements(columns, &customers);
        let width = Features::width(&measurements);
        let mut by_article: Vec<u32> = (0..lines.len() as u32).collect();
        by_article.sort_unstable_by_key(|&l| (lines[l as usize].article, l));
        let mut article_lines = vec![0..0; articles.len()];
        for (i, &l) in by_article.iter().enumerate() {
            let range = &mut article_lines[lines[l as usize].article as usize];
            *range = if range.start == range.end { i..i + 1 } else { range.start..i + 1 };
        }
        Ok(Self {
            groups,
            measurements,
            scales,
            brands,
            articles,
            attributes,
            slots,
            customers,
            features,
            missing,
            width,
            lines,
            offered: menu,
            by_article,
            article_lines,
            summary,
        })
    }

    /// The fit group a line was bought in.
    pub(crate) fn group_of(&self, line: &Line) -> usize {
        usize::from(self.articles[line.article as usize].group)
    }

    /// How many sizes a customer's purchases were chosen from, together.
    pub(crate) fn offered_to(&self, customer: &CustomerNode) -> usize {
        self.lines[customer.lines.clone()]
            .iter()
            .map(|l| self.articles[l.article as usize].slots.len())
            .sum()
    }

    pub(crate) fn features(&self, customer: usize) -> &[f64] {
        &self.features[customer].phi
    }
}

pub(super) fn history(what: String) -> Error {
    Error::History { what }
}

fn check_lengths(columns: &Columns, rows: usize) -> Result<(), Error> {
    let optional =
        [&columns.group, &columns.category, &columns.brand, &columns.system, &columns.order];
    let coded = [Some(&columns.customer), Some(&columns.article), Some(&columns.size)];
    let wrong = coded
        .into_iter()
        .chain(optional.into_iter().map(Option::as_ref))
        .flatten()
        .any(|c| c.codes.len() != rows)
        || columns.day.as_ref().is_some_and(|d| d.len() != rows)
        || columns.measurements.iter().any(|(_, m)| match m {
            MeasurementColumn::Number(v) => v.len() != rows,
            MeasurementColumn::Word(c) => c.codes.len() != rows,
        });
    if wrong {
        return Err(history(format!(
            "columns of different lengths; all must have {rows} rows, as the outcomes have"
        )));
    }
    if rows > u32::MAX as usize {
        return Err(history(format!("{rows} rows; one training takes at most {}", u32::MAX)));
    }
    for (name, c) in [
        ("customer_id", &columns.customer),
        ("article_id", &columns.article),
        ("size", &columns.size),
    ] {
        if let Some(row) = c.codes.iter().position(|&code| code as usize >= c.values.len()) {
            return Err(history(format!("row {}: no {name}; every purchase needs one", row + 1)));
        }
    }
    Ok(())
}

fn canonical_labels(columns: &Columns) -> Result<Vec<String>, Error> {
    let mut out = Vec::with_capacity(columns.size.values.len());
    for (code, text) in columns.size.values.iter().enumerate() {
        match Label::parse(text) {
            Ok(label) => out.push(label.as_str().to_owned()),
            Err(e) => {
                let row = columns
                    .size
                    .codes
                    .iter()
                    .position(|&c| c as usize == code)
                    .map_or(0, |r| r + 1);
                return Err(history(format!("row {row}: {e}")));
            }
        }
    }
    Ok(out)
}

fn parse_systems(columns: &Columns) -> Result<Vec<System>, Error> {
    let Some(column) = &columns.system else { return Ok(Vec::new()) };
    let parse = |text: &String| {
        if text.trim().is_empty() {
            return Ok(System::Unspecified);
        }
        System::parse(text).ok_or_else(|| {
            let known: Vec<&str> = System::ALL.iter().map(|s| s.name()).collect();
            history(format!(
                "unknown size system {text:?}; known are {} and their short forms",
                known.join(", ")
            ))
        })
    };
    column.values.iter().map(parse).collect()
}

/// Rows that do not repeat an earlier one in customer, article, size, day, order and outcome.
fn deduplicated(columns: &Columns, rows: usize) -> Vec<u32> {
    let mut seen = HashSet::with_capacity(rows);
    (0..rows as u32)
        .filter(|&r| {
            let r = r as usize;
            // Without a date and an order, two equal rows may well be two purchases.
            let (Some(day), order) = (&columns.day, &columns.order) else { return true };
            let order = order.as_ref().map_or(Coded::MISSING, |o| o.codes[r]);
            let (customer, article) = (columns.customer.codes[r], columns.article.codes[r]);
            seen.insert((
                customer,
                article,
                columns.size.codes[r],
                day[r],
                order,
                columns.outcome[r],
            ))
        })
        .collect()
}

/// An article with what it is and how often each of its sizes was bought.
pub(super) struct ArticleKind<'a> {
    key: u64,
    code: Option<u32>,
    pub(super) kind: Kind,
    pub(super) sizes: BTreeMap<&'a str, u64>,
}

/// Every article's kind, the catalogue's word before the history's, the history's by majority;
/// sorted by key.
fn article_kinds<'a>(
    columns: &'a Columns,
    systems: &[System],
    evidence: &[u32],
    labels: &'a [String],
) -> Result<Vec<ArticleKind<'a>>, Error> {
    let mut votes: HashMap<u32, HashMap<[u32; 4], u64>> = HashMap::new();
    let mut sizes: HashMap<u32, BTreeMap<&str, u64>> = HashMap::new();
    let code = |c: &Option<Coded>, r: usize| c.as_ref().map_or(Coded::MISSING, |c| c.codes[r]);
    for &r in evidence {
        let r = r as usize;
        let article = columns.article.codes[r];
        let kind = [&columns.group, &columns.brand, &columns.category, &columns.system]
            .map(|c| code(c, r));
        *votes.entry(article).or_default().entry(kind).or_default() += 1;
        let label = labels[columns.size.codes[r] as usize].as_str();
        *sizes.entry(article).or_default().entry(label).or_default() += 1;
    }
    let text = |c: &Option<Coded>, code: u32| {
        c.as_ref()
            .and_then(|c| c.values.get(code as usize))
            .map_or(String::new(), |s| s.trim().to_owned())
    };
    let kind_of = |[group, brand, category, system]: [u32; 4]| {
        let group = text(&columns.group, group);
        Kind {
            group: if group.is_empty() { ONLY_GROUP.to_owned() } else { group },
            brand: text(&columns.brand, brand),
            category: text(&columns.category, category),
            system: systems.get(system as usize).copied().unwrap_or_default(),
        }
    };
    let mut out: BTreeMap<u64, ArticleKind<'a>> = BTreeMap::new();
    for (article, votes) in votes {
        let (_, kind) = votes
            .into_iter()
            .map(|(codes, n)| (n, kind_of(codes)))
            .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))
            .expect("an article with purchases has a kind");
        let key = article_key(&columns.article.values[article as usize]);
        let sizes = sizes.remove(&article).unwrap_or_default();
        if out.insert(key, ArticleKind { key, code: Some(article), kind, sizes }).is_some() {
            return Err(history(format!(
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
                history(format!(
                    "catalogue article {:?}: unknown size system {:?}",
                    entry.article, entry.system
                ))
            })?
        };
        let group = if entry.group.is_empty() { ONLY_GROUP } else { &entry.group };
        let kind = Kind {
            group: group.to_owned(),
            brand: entry.brand.clone(),
            category: entry.category.clone(),
            system,
        };
        let article = out.entry(key).or_insert_with(|| ArticleKind {
            key,
            code: None,
            kind: kind.clone(),
            sizes: BTreeMap::new(),
        });
        article.kind = kind;
        for size in &entry.sizes {
            // The catalogue's labels were made canonical by whoever read it; an odd one is kept as
            // it is.
            article.sizes.entry(size).or_default();
        }
    }
    Ok(out.into_values().filter(|a| !a.sizes.is_empty()).collect())
}

/// However often one customer buys an article, they say as much of it as this many purchases: what
/// it is on one body, it is again.
const MOST_WORDS: f64 = 2.0;

/// Says what each of one customer's outcomes is evidence of; returns how many reasons a kept size
/// names.
fn read_evidence(lines: &mut [Line], position: impl Fn(u32) -> f64) -> usize {
    let purchases: Vec<_> =
        lines.iter().map(|l| (l.article, position(l.slot), l.outcome)).collect();
    for (i, line) in lines.iter_mut().enumerate() {
        line.evidence = Evidence::of(&purchases, i);
        let same = purchases.iter().filter(|(article, ..)| *article == line.article).count();
        line.share = (MOST_WORDS / same as f64).min(1.0);
    }
    let named = |l: &&Line| match l.outcome {
        Outcome::UnknownReason => l.evidence != Evidence::Unknown,
        Outcome::SizeReason => l.evidence != Evidence::SmallOrLarge,
        _ => false,
    };
    lines.iter().filter(named).count()
}
