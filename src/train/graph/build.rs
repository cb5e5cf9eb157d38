//! Builds the static tables of a history. They do not depend on the order of the rows.

use super::articles::{ArticleClass, ArticleRecord, article_records};
use super::attributes::Attributes;
use super::groups::{group_index, group_names};
use super::nodes::{ArticleNode, BrandNode, GroupSizes, ScaleNode, Slot, TablesBefore};
use super::rows::CustomerRows;
use super::scales::Scales;
use crate::error::Error;
use crate::format::MAX_MEASUREMENTS;
use crate::model::{Features, Measurement};
use crate::train::columns::{Columns, history_error};
use crate::train::size_report::SizeReport;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

/// The static tables of a history, as indices into each other. No purchases.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Graph {
    /// Names of the fit groups, sorted.
    pub(crate) groups: Vec<String>,
    /// What the sizes of each fit group tell about the bodies they are for.
    #[serde(skip)]
    pub(crate) group_sizes: Vec<GroupSizes>,
    pub(crate) measurements: Vec<Measurement>,
    /// Whether the history has a measurement of any customer.
    pub(crate) measured: bool,
    /// By brand, how much larger its size charts are than those of all brands in the fit group,
    /// steps; empty without charts.
    #[serde(skip)]
    pub(crate) chart_offsets: Vec<f64>,
    pub(crate) scales: Vec<ScaleNode>,
    /// Sorted by group, name and category.
    pub(crate) brands: Vec<BrandNode>,
    /// Sorted by key.
    pub(crate) articles: Vec<ArticleNode>,
    /// What the catalogue has about the articles besides their sizes.
    #[serde(skip)]
    pub(crate) attributes: Attributes,
    /// All sizes of all articles.
    pub(crate) slots: Vec<Slot>,
    /// Number of measurement features of a customer.
    pub(crate) width: usize,
    /// What was found out about the sizes.
    #[serde(skip)]
    pub(crate) report: SizeReport,
}

/// Index of the article of each distinct text of the article column; `None` for one without
/// evidence.
pub(crate) type ArticleIndex = Vec<Option<u32>>;

impl Graph {
    /// Without `size_runs`, the articles of each fit group and size system that the history names
    /// share one scale. With the tables of `before`, articles keep their scales and fit groups.
    ///
    /// # Errors
    /// [`Error::History`] for too many fit groups, labels or measurements, two articles of the same
    /// key, a catalogue that cannot be read, and articles that do not suit the scales of `before`.
    pub(crate) fn build(
        columns: &Columns,
        rows: &CustomerRows,
        measurements: Vec<Measurement>,
        size_runs: bool,
        before: Option<&Self>,
    ) -> Result<(Self, ArticleIndex), Error> {
        if measurements.len() > MAX_MEASUREMENTS {
            return Err(history_error(format!(
                "{} body measurements, at most {MAX_MEASUREMENTS} are possible",
                measurements.len()
            )));
        }
        let (mut records, groups_as_categories) = article_records(columns, rows)?;
        let before = before.map(|before| TablesBefore {
            groups: &before.groups,
            scales: &before.scales,
            articles: &before.articles,
        });
        let found = Scales::find(columns, rows, &records, size_runs, before)?;
        let groups = group_names(found.groups.iter().map(String::as_str))?;
        let scales = found.nodes(&groups);
        let report = SizeReport { groups_as_categories, ..found.report(&scales) };
        let group_sizes = found.group_sizes(&groups);
        let scale_of = take_over(&found, &mut records);
        for (article, sizes) in found.presumed(&records) {
            records[article].sizes.extend(sizes.into_iter().map(|size| (size, 0)));
        }
        let brands: Vec<BrandNode> = records
            .iter()
            .map(|a| brand_node(&groups, &a.class))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let (articles, slots) = article_nodes(&records, &groups, &brands, &scales, &scale_of);
        let keyed: Vec<(u64, u16)> = articles.iter().map(|a| (a.key, a.group)).collect();
        let attributes = Attributes::new(&columns.catalogue, &keyed, groups.len())?;
        let mut index = vec![None; columns.article.values.len()];
        for (i, record) in records.iter().enumerate() {
            if let Some(code) = record.code {
                index[code as usize] = Some(i as u32);
            }
        }
        let (width, measured) = (Features::width(&measurements), !measurements.is_empty());
        let graph = Self {
            groups,
            group_sizes,
            measurements,
            measured,
            chart_offsets: Vec::new(),
            scales,
            brands,
            articles,
            attributes,
            slots,
            width,
            report,
        };
        Ok((graph, index))
    }

    /// The slot of an article's size by its label in normal form.
    pub(crate) fn slot(&self, article: u32, label: &str) -> Option<u32> {
        let node = &self.articles[article as usize];
        let labels = &self.scales[usize::from(node.scale)].labels;
        self.slot_of_label(article, labels.binary_search_by(|l| l.as_str().cmp(label)).ok()? as u16)
    }

    /// The slot of an article's size by the index of the label in its scale.
    pub(super) fn slot_of_label(&self, article: u32, label: u16) -> Option<u32> {
        let slots = self.slots_of(article);
        let at = self.slots[slots.clone()].binary_search_by_key(&label, |slot| slot.label).ok()?;
        Some((slots.start + at) as u32)
    }

    /// Number of measurements that are numbers; 0 if no customer is measured.
    pub(crate) fn measured_numbers(&self) -> usize {
        if self.measured { Features::numbers(&self.measurements) } else { 0 }
    }

    /// The fit group of an article.
    pub(crate) fn group_of(&self, article: u32) -> usize {
        usize::from(self.articles[article as usize].group)
    }

    /// In how many sizes an article is sold.
    pub(crate) fn sizes_of(&self, article: u32) -> usize {
        self.articles[article as usize].slots.len()
    }

    /// Where the slots of an article are among all.
    pub(crate) fn slots_of(&self, article: u32) -> Range<usize> {
        let slots = &self.articles[article as usize].slots;
        slots.start as usize..slots.end as usize
    }

    /// Starting position of a slot, steps.
    pub(crate) fn start_position(&self, slot: u32) -> f64 {
        let Slot { article, label } = self.slots[slot as usize];
        let scale = usize::from(self.articles[article as usize].scale);
        self.scales[scale].start[usize::from(label)]
    }
}

/// Gives each article the fit group of its run. Returns the scale of each article.
fn take_over(found: &Scales<'_>, records: &mut [ArticleRecord<'_>]) -> Vec<usize> {
    let mut scale_of = vec![0; records.len()];
    for (run, (articles, group)) in found.runs.iter().zip(&found.groups).enumerate() {
        for &article in &articles.articles {
            scale_of[article] = run;
            records[article].class.group.clone_from(group);
        }
    }
    scale_of
}

fn brand_node(groups: &[String], class: &ArticleClass) -> BrandNode {
    BrandNode {
        group: group_index(groups, &class.group),
        name: class.brand.clone(),
        category: class.category.clone(),
    }
}

/// The articles, and their sizes in the order of the scale's labels.
fn article_nodes(
    records: &[ArticleRecord<'_>],
    groups: &[String],
    brands: &[BrandNode],
    scales: &[ScaleNode],
    scale_of: &[usize],
) -> (Vec<ArticleNode>, Vec<Slot>) {
    let mut slots = Vec::new();
    let mut articles = Vec::with_capacity(records.len());
    for (article, (record, &scale)) in records.iter().zip(scale_of).enumerate() {
        let first = slots.len() as u32;
        let labels = &scales[scale].labels;
        // Both are sorted.
        slots.extend(record.sizes.keys().map(|&size| {
            let label = labels.binary_search_by(|l| l.as_str().cmp(size));
            Slot { article: article as u32, label: label.expect("a label of its scale") as u16 }
        }));
        let brand = brands.binary_search(&brand_node(groups, &record.class));
        articles.push(ArticleNode {
            key: record.key,
            brand: brand.expect("a brand collected from the same articles") as u32,
            scale: scale as u16,
            group: group_index(groups, &record.class.group),
            slots: first..slots.len() as u32,
        });
    }
    (articles, slots)
}
