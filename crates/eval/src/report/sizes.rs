//! Figures of sizes kept, each left out of training: how often it comes first, and among the first
//! two.

use super::page::{Page, percent};
use super::{HISTORY, Way, figure, line};
use crate::calibration::{Bin, bins};
use crate::cases::{Case, Place};
use inseam_io::progress::count;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Debug, Serialize)]
pub struct SizeFigures {
    /// Rows of the history.
    rows: usize,
    /// Purchases advised on.
    cases: usize,
    /// The same by the customer's earlier purchases.
    cases_by_slice: BTreeMap<&'static str, usize>,
    /// Share of them whose size is among the article's candidates.
    truth_among: f64,
    /// Candidates on average.
    candidates: f64,
    /// By the chance to be chosen.
    #[serde(flatten)]
    choice: Hits,
    /// Mean negative log chance of the size kept, nats, where it is among the candidates; and by
    /// the article's sales.
    log_loss: Option<f64>,
    article_log_loss: Option<f64>,
    /// The size advised, then the next best.
    advised: Hits,
    /// The candidate nearest to the customer's modal size; absent where no case has a history.
    customer_mode: Option<Hits>,
    article_mode: Hits,
    /// Chance of the likeliest choice beside how often it was the one.
    confidence: Vec<Bin>,
}

/// Shares of cases; one whose size is not among the candidates counts as missed.
#[derive(Debug, Serialize)]
struct Hits {
    hit: f64,
    hit2: f64,
    /// The first by the customer's earlier purchases; slices without cases are absent.
    slices: BTreeMap<&'static str, f64>,
}

impl Hits {
    fn of(cases: &[Case], place: fn(&Case) -> Place) -> Self {
        let share = |cases: &[&Case], first: usize| {
            cases.iter().filter(|c| place(c).is_some_and(|p| p < first)).count() as f64
                / cases.len().max(1) as f64
        };
        let all: Vec<&Case> = cases.iter().collect();
        Self {
            hit: share(&all, 1),
            hit2: share(&all, 2),
            slices: slices(cases)
                .filter(|(_, of)| !of.is_empty())
                .map(|(name, of)| (name, share(&of, 1)))
                .collect(),
        }
    }

    /// All, the first two, then every slice.
    fn cells(&self) -> Vec<String> {
        let slices = HISTORY.iter().map(|(name, ..)| figure(self.slices.get(name).copied()));
        [self.hit, self.hit2].map(|x| figure(Some(x))).into_iter().chain(slices).collect()
    }
}

fn slices(cases: &[Case]) -> impl Iterator<Item = (&'static str, Vec<&Case>)> {
    HISTORY.iter().map(|&(name, from, to)| {
        let within = |c: &&Case| (from as usize..=to as usize).contains(&c.history);
        (name, cases.iter().filter(within).collect())
    })
}

impl SizeFigures {
    /// `new`: nothing is known of any customer, who so have no modal size either.
    pub fn of(cases: &[Case], rows: usize, new: bool) -> Self {
        let n = cases.len().max(1) as f64;
        let chances: Vec<[f64; 2]> = cases.iter().filter_map(|c| c.chances).collect();
        let loss = |k: usize| {
            let total: f64 = chances.iter().map(|p| -libm::log(p[k].max(1e-15))).sum();
            (!chances.is_empty()).then(|| total / chances.len() as f64)
        };
        let sure: Vec<(f64, bool)> =
            cases.iter().filter_map(|c| c.likeliest.map(|p| (p, c.choice == Some(0)))).collect();
        let (likeliest, right): (Vec<f64>, Vec<bool>) = sure.into_iter().unzip();
        Self {
            rows,
            cases: cases.len(),
            cases_by_slice: slices(cases).map(|(name, of)| (name, of.len())).collect(),
            truth_among: chances.len() as f64 / n,
            candidates: cases.iter().map(|c| c.candidates).sum::<usize>() as f64 / n,
            choice: Hits::of(cases, |c| c.choice),
            log_loss: loss(0),
            article_log_loss: loss(1),
            advised: Hits::of(cases, |c| c.advised),
            customer_mode: (!new).then(|| Hits::of(cases, |c| c.customer_mode)),
            article_mode: Hits::of(cases, |c| c.article_mode),
            confidence: bins(&likeliest, |i| right[i], 10),
        }
    }

    /// Every ranking, with its name.
    fn rankings(&self) -> Vec<(&'static str, &Hits)> {
        let mode = self.customer_mode.as_ref().map(|hits| ("customer's modal size", hits));
        let ours = [("choice", &self.choice), ("advised size", &self.advised)];
        ours.into_iter().chain(mode).chain([("article's modal size", &self.article_mode)]).collect()
    }

    pub fn write(&self, way: &Way, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{}\n", way.explained())?;
        writeln!(
            out,
            "{} purchases, {:.1} sizes to choose from on average, the one kept among them in {:.1} %\n",
            self.cases,
            self.candidates,
            100.0 * self.truth_among
        )?;
        line(
            out,
            "KEPT SIZE named",
            ["hit", "hit@2"].into_iter().chain(HISTORY.map(|h| h.0)).map(str::to_owned),
        )?;
        for (name, hits) in self.rankings() {
            line(out, name, hits.cells())?;
        }
        let cases = HISTORY.map(|h| self.cases_by_slice[h.0].to_string());
        line(out, "cases", [self.cases.to_string(), String::new()].into_iter().chain(cases))?;
        writeln!(out, "  by the customer's earlier purchases from the third column on\n")?;
        line(out, "LOG LOSS of the choice", [figure(self.log_loss)])?;
        line(out, "article's sales", [figure(self.article_log_loss)])?;
        write!(out, "\nLIKELIEST CHOICE, by tenths of what was said\n")?;
        for (name, of) in
            [("said", (|b| b.predicted) as fn(&Bin) -> f64), ("happened", |b| b.observed)]
        {
            write!(out, "  {name:<12}")?;
            self.confidence.iter().try_for_each(|b| write!(out, "{:>7.3}", of(b)))?;
            writeln!(out)?;
        }
        Ok(())
    }

    pub fn show(&self, page: &mut Page) {
        let beside = |of: fn(&Hits) -> f64| {
            let customer = self
                .customer_mode
                .as_ref()
                .map(|h| format!("customer's usual size {}, ", percent(of(h))));
            format!("{}article's {}", customer.unwrap_or_default(), percent(of(&self.article_mode)))
        };
        page.headline(|cards| {
            cards.card(
                "Size kept is the likeliest choice",
                percent(self.choice.hit),
                beside(|h| h.hit),
            );
            cards.card("... or the second", percent(self.choice.hit2), beside(|h| h.hit2));
            let next = format!("or the next best {}", percent(self.advised.hit2));
            cards.card("Size kept is the one advised", percent(self.advised.hit), next);
            let article = format!("article's sales {}", figure(self.article_log_loss));
            cards.card("Log loss of the choice", figure(self.log_loss), article);
            let among = percent(self.truth_among);
            let of = format!(
                "{:.1} sizes to choose from, the one kept among them in {among}",
                self.candidates
            );
            cards.card("Purchases", count(self.cases as u64), of);
        });
        page.section(
            "Are the chances right?",
            "The chance of the likeliest choice beside how often it was the one kept, in tenths of the purchases; bars are \
             95 % ranges.",
            |page| page.reliability("The likeliest choice", "", &self.confidence),
        );
        page.section(
            "Where is it good?",
            "By how many earlier purchases of the customer are known.",
            |page| {
                self.show_slices(page);
            },
        );
    }

    fn show_slices(&self, page: &mut Page) {
        let names = HISTORY.map(|h| h.0);
        let some = |hits: &Hits| HISTORY.map(|h| hits.slices.get(h.0).copied()).to_vec();
        if self.customer_mode.is_some() {
            let series: Vec<(&str, Vec<Option<f64>>)> =
                self.rankings().into_iter().map(|(name, hits)| (name, some(hits))).collect();
            page.by_slice("Kept size named first", "earlier purchases", &names, &series);
        }
        let (rows, cells): (Vec<&str>, Vec<Vec<String>>) =
            self.rankings().into_iter().map(|(name, hits)| (name, hits.cells())).unzip();
        let heads: Vec<&str> = ["all", "first two"].into_iter().chain(names).collect();
        page.table("Share named first, by earlier purchases", &heads, &rows, &cells);
    }
}
