//! Builds the graph of a history: who bought what, as indices that do not depend on the order of
//! the rows.

use super::articles::{ArticleClass, article_records};
use super::attributes::Attributes;
use super::evidence::read_evidence;
use super::measurements::measurements;
use super::nodes::{ArticleNode, BrandNode, CustomerNode, OrderLine, ScaleNode, Slot};
use super::rows::{canonical_labels, check_lengths, deduplicated, parse_systems};
use super::scales::scales;
use crate::error::Error;
use crate::infer::Evidence;
use crate::model::{Features, MAX_GROUPS, Measurement};
use crate::outcome::Outcome;
use crate::train::columns::{Columns, history_error};
use crate::train::reports::HistorySummary;
use std::collections::{BTreeSet, HashMap};

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
    pub(crate) lines: Vec<OrderLine>,
    /// Sizes that all lines were chosen from, together.
    pub(crate) offered: usize,
    /// Indices of lines, by article.
    pub(crate) by_article: Vec<u32>,
    pub(crate) article_lines: Vec<std::ops::Range<usize>>,
    pub(crate) summary: HistorySummary,
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
            return Err(history_error(format!(
                "no purchase in it is evidence ({rows} rows, {} of them pending); at least one must be kept or returned",
                summary.pending
            )));
        }

        let records = article_records(columns, &systems, &evidence, &labels)?;
        let groups: Vec<String> = records
            .iter()
            .map(|a| a.class.group.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if groups.len() > MAX_GROUPS {
            return Err(history_error(format!(
                "{} fit groups, at most {MAX_GROUPS} are possible; map them to fewer under [history.groups], or name the column \
                 `category` instead of `group`",
                groups.len()
            )));
        }
        let group_of =
            |name: &str| groups.binary_search_by(|g| g.as_str().cmp(name)).map_or(0, |i| i as u16);
        let brand_node = |k: &ArticleClass| BrandNode {
            group: group_of(&k.group),
            name: k.brand.clone(),
            category: k.category.clone(),
        };
        let brands: Vec<BrandNode> = records
            .iter()
            .map(|a| brand_node(&a.class))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let (scales, scale_of) = scales(&records, &groups, group_of, size_runs)?;

        let mut slots = Vec::new();
        let mut articles = Vec::with_capacity(records.len());
        let mut slot_of: HashMap<(u32, u16), u32> = HashMap::new();
        for (i, a) in records.iter().enumerate() {
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
            let brand =
                brands.binary_search(&brand_node(&a.class)).expect("collected above") as u32;
            let group = group_of(&a.class.group);
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
            records.iter().enumerate().filter_map(|(i, a)| a.code.map(|c| (c, i as u32))).collect();
        let label_index: Vec<HashMap<&str, u16>> = scales
            .iter()
            .map(|s| s.labels.iter().enumerate().map(|(i, l)| (l.as_str(), i as u16)).collect())
            .collect();
        let mut order: Vec<(u32, OrderLine)> = evidence
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
                    OrderLine {
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
        let mut lines: Vec<OrderLine> = order.into_iter().map(|(_, l)| l).collect();
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
    pub(crate) fn group_of(&self, line: &OrderLine) -> usize {
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
