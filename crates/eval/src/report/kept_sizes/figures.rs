//! Figures of kept sizes: how often the kept size ranks first, and among the first two.

use super::super::slices::{CUSTOMER_PURCHASES, CountRange};
use super::super::text::figure;
use crate::calibration::{Bin, bins};
use crate::kept_size::{KeptSizeCase, Rank};
use crate::metrics::mean_log_loss;
use crate::protocols::{KeptSizeResults, Protocol};
use serde::Serialize;
use std::collections::BTreeMap;

/// Number of bins of the likeliest choice's probability.
const DECILES: usize = 10;

/// All figures of a report on kept sizes.
#[derive(Debug, Serialize)]
pub(in crate::report) struct KeptSizeFigures {
    /// Number of rows of the history.
    rows: usize,
    /// Number of purchases predicted.
    pub(super) cases: usize,
    /// The same by the number of the customer's earlier purchases.
    pub(super) cases_by_slice: BTreeMap<&'static str, usize>,
    /// Share of them whose size is among the article's sizes.
    pub(super) truth_among: f64,
    /// Mean number of the article's sizes.
    pub(super) candidates: f64,
    /// By the probability to be chosen.
    #[serde(flatten)]
    pub(super) choice: HitRates,
    /// Mean negative log probability of the kept size, nats, where it is among the article's sizes:
    /// by the choice model, and by the article's sales.
    pub(super) log_loss: Option<f64>,
    pub(super) article_log_loss: Option<f64>,
    /// The advised size, then the next best.
    pub(super) advised: HitRates,
    /// The size nearest to the customer's modal size; absent where customers have no history.
    pub(super) customer_mode: Option<HitRates>,
    /// The size nearest to the one that the customer has kept most often of articles in the fit
    /// group that the model has found; absent where customers have no history.
    pub(super) customer_group_mode: Option<HitRates>,
    pub(super) article_mode: HitRates,
    /// Predicted probability of the likeliest choice, and how often it was the kept size.
    pub(super) confidence: Vec<Bin>,
}

/// Shares of cases; one whose size is not among the article's sizes counts as missed.
#[derive(Debug, Serialize)]
pub(super) struct HitRates {
    /// The kept size ranks first.
    pub(super) hit: f64,
    /// It ranks first or second.
    pub(super) hit2: f64,
    /// It ranks first, by the number of earlier purchases; slices without cases are absent.
    pub(super) slices: BTreeMap<&'static str, f64>,
}

impl HitRates {
    fn new(cases: &[KeptSizeCase], rank: fn(&KeptSizeCase) -> Rank) -> Self {
        let share = |cases: &[&KeptSizeCase], ranks: usize| {
            let hit = |c: &&&KeptSizeCase| rank(c).is_some_and(|rank| rank < ranks);
            cases.iter().filter(hit).count() as f64 / cases.len().max(1) as f64
        };
        let all: Vec<&KeptSizeCase> = cases.iter().collect();
        Self {
            hit: share(&all, 1),
            hit2: share(&all, 2),
            slices: slices(cases)
                .filter(|(_, cases)| !cases.is_empty())
                .map(|(name, cases)| (name, share(&cases, 1)))
                .collect(),
        }
    }

    /// The shares of each slice, in order.
    pub(super) fn by_slice(&self) -> Vec<Option<f64>> {
        slice_names().map(|name| self.slices.get(name).copied()).collect()
    }

    /// First, among the first two, then first in every slice.
    pub(super) fn cells(&self) -> Vec<String> {
        let all = [Some(self.hit), Some(self.hit2)];
        all.into_iter().chain(self.by_slice()).map(figure).collect()
    }
}

/// Names of the slices by the number of earlier purchases.
pub(super) fn slice_names() -> impl Iterator<Item = &'static str> {
    CUSTOMER_PURCHASES.iter().map(|range| range.name)
}

fn slices(cases: &[KeptSizeCase]) -> impl Iterator<Item = (&'static str, Vec<&KeptSizeCase>)> {
    let within = |range: &'static CountRange| {
        move |c: &&KeptSizeCase| range.contains(c.earlier_purchases as u32)
    };
    CUSTOMER_PURCHASES
        .iter()
        .map(move |range| (range.name, cases.iter().filter(within(range)).collect()))
}

impl KeptSizeFigures {
    pub(in crate::report) fn new(results: &KeptSizeResults) -> Self {
        let cases = results.cases.as_slice();
        // New customers have no purchases, hence no modal size.
        let new_customers = matches!(results.protocol, Protocol::NewCustomers { .. });
        let n = cases.len().max(1) as f64;
        let choices: Vec<f64> = cases.iter().filter_map(|c| c.choice_probability).collect();
        let shares: Vec<f64> = cases.iter().filter_map(|c| c.sales_share).collect();
        let (likeliest, right): (Vec<f64>, Vec<bool>) =
            cases.iter().filter_map(|c| Some((c.likeliest?, c.by_choice == Some(0)))).unzip();
        Self {
            rows: results.history_rows,
            cases: cases.len(),
            cases_by_slice: slices(cases).map(|(name, cases)| (name, cases.len())).collect(),
            truth_among: choices.len() as f64 / n,
            candidates: cases.iter().map(|c| c.candidates).sum::<usize>() as f64 / n,
            choice: HitRates::new(cases, |c| c.by_choice),
            log_loss: mean_log_loss(&choices),
            article_log_loss: mean_log_loss(&shares),
            advised: HitRates::new(cases, |c| c.by_advice),
            customer_mode: (!new_customers).then(|| HitRates::new(cases, |c| c.by_customer_mode)),
            customer_group_mode: (!new_customers)
                .then(|| HitRates::new(cases, |c| c.by_group_mode)),
            article_mode: HitRates::new(cases, |c| c.by_article_sales),
            confidence: bins(&likeliest, |i| right[i], DECILES),
        }
    }

    /// Every ranking, with its name.
    pub(super) fn rankings(&self) -> Vec<(&'static str, &HitRates)> {
        let mode = self.customer_mode.as_ref().map(|hits| ("customer's modal size", hits));
        let group =
            self.customer_group_mode.as_ref().map(|hits| ("customer's within the group", hits));
        let model = [("choice model", &self.choice), ("advised size", &self.advised)];
        let article = [("article's modal size", &self.article_mode)];
        model.into_iter().chain(mode).chain(group).chain(article).collect()
    }
}
