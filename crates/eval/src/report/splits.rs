//! The report on random splits: means over the splits, with the range of a single one.

use super::page::Page;
use super::slices::{ARTICLE_PURCHASES, CUSTOMER_PURCHASES, CountRange};
use super::text::figure;
use crate::measured_purchase::MeasuredPurchase;
use crate::metrics::{auc, log_loss, macro_auc};
use crate::off_policy::{MeasuredChoice, OffPolicyFigures};
use crate::protocols::SplitResults;
use crate::protocols::random_splits::Split;
use serde::Serialize;
use std::fmt::Write;

/// All figures of a report on random splits.
#[derive(Debug, Serialize)]
pub(super) struct SplitFigures {
    /// Number of rows of the history.
    history_rows: usize,
    /// What the advice and other rules would do, from the purchases of all splits; `None` where
    /// nothing came back.
    off_policy: Option<OffPolicyFigures>,
    /// All purchases, then by the number of the customer's purchases in training and of the
    /// article's: none is cold.
    parts: Vec<PartFigures>,
}

/// The figures of a part of the purchases.
#[derive(Debug, Serialize)]
struct PartFigures {
    /// Whose purchases are counted: `all`, `customer` or `article`.
    by: &'static str,
    /// The range of their number.
    name: &'static str,
    /// Number of purchases measured, mean over the splits.
    rows: f64,
    /// Mean of the one-vs-rest AUC of too small, fits and too large.
    macro_auc: Option<Spread>,
    log_loss: Option<Spread>,
    class_prior_log_loss: Option<Spread>,
    /// AUC of returns for any reason.
    returned_auc: Option<Spread>,
    /// Share of the kept purchases whose size is the advised one.
    advised: Option<Spread>,
}

/// Computes a figure of a split from the probabilities and classes of its purchases.
type OutcomeFigure = fn(&Split, &[[f64; 3]], &[usize]) -> Option<f64>;

/// A figure over the splits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
struct Spread {
    mean: f64,
    /// Standard deviation between splits.
    sd: f64,
    /// The range of 95 % of the splits, as normal: 1.96 sd on either side.
    low: f64,
    high: f64,
}

impl Spread {
    /// Of the figures of the splits that have one; `None` for fewer than two.
    fn new(figures: impl Iterator<Item = Option<f64>>) -> Option<Self> {
        let figures: Vec<f64> = figures.flatten().collect();
        let n = figures.len() as f64;
        let mean = figures.iter().sum::<f64>() / n;
        let squares: f64 = figures.iter().map(|x| (x - mean) * (x - mean)).sum();
        let sd = (squares / (n - 1.0)).sqrt();
        let half = 1.96 * sd;
        (figures.len() > 1).then_some(Self { mean, sd, low: mean - half, high: mean + half })
    }
}

impl SplitFigures {
    pub(super) fn new(results: &SplitResults) -> Self {
        let choices: Vec<&MeasuredChoice> = results
            .splits
            .iter()
            .flat_map(|split| split.purchases.iter().filter_map(|p| p.choice.as_deref()))
            .collect();
        let part = |by, name, is: &dyn Fn(&MeasuredPurchase) -> bool| {
            PartFigures::new(by, name, &results.splits, is)
        };
        let mut parts = vec![part("all", "all", &|_| true)];
        let mut ranges =
            |by, ranges: &'static [CountRange], count: fn(&MeasuredPurchase) -> u32| {
                parts.extend(ranges.iter().map(|r| part(by, r.name, &|p| r.contains(count(p)))));
            };
        ranges("customer", &CUSTOMER_PURCHASES, |p| p.customer_purchases);
        ranges("article", &ARTICLE_PURCHASES, |p| p.article_purchases);
        Self {
            history_rows: results.history_rows,
            off_policy: results
                .successes
                .and_then(|summary| OffPolicyFigures::new(summary, &choices)),
            parts,
        }
    }

    pub(super) fn write_text(&self, explanation: &str, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{explanation}\n")?;
        self.off_policy.as_ref().map_or(Ok(()), |figures| figures.write(out))?;
        writeln!(out, "MEAN OVER THE SPLITS, plus or minus 1.96 sd between splits")?;
        write!(out, "  {:<22}", "")?;
        HEADS.iter().try_for_each(|head| write!(out, "{head:>18}"))?;
        writeln!(out)?;
        for part in &self.parts {
            write!(out, "  {:<22}", part.title())?;
            part.cells().iter().try_for_each(|cell| write!(out, "{cell:>18}"))?;
            writeln!(out)?;
        }
        Ok(())
    }

    pub(super) fn show(&self, page: &mut Page) {
        if let Some(figures) = &self.off_policy {
            page.headline(|cards| figures.show_card(cards));
            figures.show(page);
        }
        let about = "Means over the splits, plus or minus 1.96 standard deviations between splits. Customers and articles \
                     without a purchase in training are cold.";
        page.section("How good are the predictions?", about, |page| {
            let titles: Vec<String> = self.parts.iter().map(PartFigures::title).collect();
            let names: Vec<&str> = titles.iter().map(String::as_str).collect();
            let cells: Vec<Vec<String>> = self.parts.iter().map(PartFigures::cells).collect();
            page.table("By purchases in training", &HEADS, &names, &cells);
        });
    }
}

const HEADS: [&str; 6] =
    ["rows", "macro AUC", "log loss", "prior's", "returned, AUC", "kept as advised"];

impl PartFigures {
    fn new(
        by: &'static str,
        name: &'static str,
        splits: &[Split],
        is: &dyn Fn(&MeasuredPurchase) -> bool,
    ) -> Self {
        let rows = |split: &'_ Split| split.purchases.iter().filter(|p| is(p)).count();
        // Probabilities and classes of the purchases of a split that have both, if a misfit is
        // among them.
        let classes = |split: &Split| {
            let rows = split.purchases.iter().filter(|p| is(p));
            let (p, classes): (Vec<[f64; 3]>, Vec<usize>) =
                rows.filter_map(|m| m.probabilities.zip(m.class)).unzip();
            classes.iter().any(|&class| class != 1).then_some((p, classes))
        };
        let outcome = |value: OutcomeFigure| {
            let figure = |split| classes(split).and_then(|(p, classes)| value(split, &p, &classes));
            Spread::new(splits.iter().map(figure))
        };
        let returned = |split: &Split| {
            let rows = split.purchases.iter().filter(|p| is(p));
            let (p, kept): (Vec<f64>, Vec<bool>) =
                rows.filter_map(|m| Some((m.returned?.model, m.kept))).unzip();
            auc(&p, |row| !kept[row])
        };
        let advised = |split: &Split| {
            let kept: Vec<_> = split.purchases.iter().filter(|p| is(p) && p.kept).collect();
            let hits = kept.iter().filter(|p| p.is_advised).count();
            (!kept.is_empty()).then(|| hits as f64 / kept.len() as f64)
        };
        Self {
            by,
            name,
            rows: splits.iter().map(rows).sum::<usize>() as f64 / splits.len() as f64,
            macro_auc: outcome(|_, p, classes| macro_auc(p, classes)),
            log_loss: outcome(|_, p, classes| Some(log_loss(p, classes))),
            class_prior_log_loss: outcome(|split, p, classes| {
                Some(log_loss(&vec![split.class_prior; p.len()], classes))
            }),
            returned_auc: Spread::new(splits.iter().map(returned)),
            advised: Spread::new(splits.iter().map(advised)),
        }
    }

    fn title(&self) -> String {
        match (self.by, self.name) {
            ("all", _) => "all purchases".to_owned(),
            (by, "0") => format!("{by}: none, cold"),
            (by, name) => format!("{by}: {name}"),
        }
    }

    fn cells(&self) -> Vec<String> {
        let spread = |spread: Option<Spread>| match spread {
            Some(Spread { mean, sd, .. }) => format!("{mean:.4} \u{b1} {:.4}", 1.96 * sd),
            None => figure(None),
        };
        let Self { macro_auc, log_loss, class_prior_log_loss, returned_auc, advised, .. } = *self;
        let spreads = [macro_auc, log_loss, class_prior_log_loss, returned_auc, advised];
        std::iter::once(format!("{:.0}", self.rows)).chain(spreads.map(spread)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spread_of_three_splits_by_hand() {
        let found = Spread::new([Some(0.5), None, Some(0.7), Some(0.6)].into_iter()).unwrap();
        assert!((found.mean - 0.6).abs() < 1e-12 && (found.sd - 0.1).abs() < 1e-12, "{found:?}");
        assert!((found.low - 0.404).abs() < 1e-12 && (found.high - 0.796).abs() < 1e-12);
        assert_eq!(Spread::new([Some(0.5), None].into_iter()), None);
    }
}
