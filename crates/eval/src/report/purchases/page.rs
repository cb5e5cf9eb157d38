//! The figures of purchases as charts and tables.

use super::super::figure;
use super::super::page::{Cards, Page, percent};
use super::{HEADS, HitFigures, OutcomeFigures, PurchaseFigures, Slice, WITHOUT_HEADS};
use crate::calibration::Bin;
use crate::html::{Axis, Bars, Chart, Series};
use inseam_io::progress::count;

impl PurchaseFigures {
    pub(in crate::report) fn show(&self, page: &mut Page) {
        page.headline(|cards| self.show_headline(cards));
        if let Some(outcome) = &self.outcome {
            let caution = self.caution().map_or(String::new(), |caution| format!(" {caution}."));
            let about = "What was said of a purchase beside what happened, in bins of equal counts; bars are 95 % ranges. \
                         On the diagonal, chances are what they say.";
            page.section("Are the chances right?", &format!("{about}{caution}"), |page| {
                self.show_calibration(outcome, page)
            });
            page.section(
                "How sure, how often right?",
                "Accuracy of the likeliest outcome among the purchases it is surest of.",
                |page| self.show_accuracy(page),
            );
        }
        if let Some(whole) = self.ablation.first() {
            let about = "The model trained without one of its terms, measured on the same purchases: how much log loss that costs, ten-thousandths. \
                         Below 0 it would be better left out here.";
            page.section("What does each part pay?", about, |page| {
                self.show_ablation(whole.log_loss, page)
            });
        }
        page.section("Where is it good?", "The same figures by how much is known.", |page| {
            self.show_slices(page)
        });
    }

    fn show_headline(&self, cards: &mut Cards<'_>) {
        if let Some(h) = &self.kept_size {
            let [customer, article] = [h.customer_mode, h.article_mode].map(percent);
            cards.card(
                "Size kept is the one advised",
                percent(h.advised),
                format!("customer's usual size {customer}, article's {article}"),
            );
            let none = percent(h.without_advice);
            let of = format!(
                "of {} purchases kept; {none} without advice, the article unknown",
                count(h.rows as u64)
            );
            cards.card("... or the next best", percent(h.advised_or_next), of);
        }
        if let Some(o) = &self.outcome {
            cards.card(
                "Outcome told apart (macro AUC)",
                figure(o.macro_auc),
                "by chance 0.5000".to_owned(),
            );
            let prior = format!("class prior {:.4}", o.class_prior_log_loss);
            cards.card("Log loss of the outcome", figure(Some(o.log_loss)), prior);
            if let Some(r) = &self.returned {
                let alone = format!("customer and article alone {:.4}", r.log_loss_without_sizes);
                cards.card(
                    "Log loss of coming back, whatever the reason",
                    figure(Some(r.log_loss)),
                    alone,
                );
            }
            let [ece, floor] = [o.ece, o.ece_floor].map(|of| of.iter().sum::<f64>() / 3.0);
            let floor = format!("of chances that are right {floor:.4}");
            cards.card("Calibration error, mean of three", figure(Some(ece)), floor);
        }
    }

    fn show_calibration(&self, outcome: &OutcomeFigures, page: &mut Page) {
        for (k, class) in ["Too small", "Fits", "Too large"].into_iter().enumerate() {
            let note =
                format!("error {:.4}, noise alone {:.4}", outcome.ece[k], outcome.ece_floor[k]);
            page.reliability(class, &note, &self.curves.calibration[k]);
        }
        for (title, advised) in [
            ("The advised size fits, said to whoever may take it", &self.curves.advised_fits),
            ("The advised size fits, said of who took it", &self.curves.advised_taken_fits),
        ] {
            let (said, happened) = means(advised);
            let note = format!(
                "where it was bought: said {}, happened {}",
                percent(said),
                percent(happened)
            );
            page.reliability(title, &note, advised);
        }
    }

    fn show_accuracy(&self, page: &mut Page) {
        let points = self.curves.accuracy.clone();
        page.chart(&Chart {
            title: "Accuracy against coverage",
            note: String::new(),
            x: Axis::shares("share of the purchases, surest first", 0.0, 1.0),
            y: Axis::around("accuracy", points.iter().map(|p| p.1)),
            diagonal: false,
            series: vec![Series::curve("likeliest outcome", points)],
        });
    }

    fn show_ablation(&self, whole: f64, page: &mut Page) {
        page.bars(&Bars {
            title: "What leaving it out costs",
            label: "log loss, ten-thousandths",
            rows: self.ablation[1..].iter().map(|w| (w.term, 1e4 * (w.log_loss - whole))).collect(),
        });
        let (names, cells): (Vec<&str>, Vec<Vec<String>>) = self.without().into_iter().unzip();
        page.table("Trained without", &WITHOUT_HEADS, &names, &cells);
    }

    fn show_slices(&self, page: &mut Page) {
        for (by, slices) in self.slices() {
            let hit = |of: fn(&HitFigures) -> f64| -> Vec<Option<f64>> {
                slices.iter().map(|s| s.kept_size.as_ref().map(of)).collect()
            };
            let names: Vec<&str> = slices.iter().map(Slice::name).collect();
            // Groups have no order, so no line goes through them.
            if by != "fit group" {
                let series = [
                    ("advised size", hit(|h| h.advised)),
                    ("customer's usual size", hit(|h| h.customer_mode)),
                    ("article's usual size", hit(|h| h.article_mode)),
                ];
                page.by_slice("Kept size named", by, &names, &series);
            }
            let cells: Vec<Vec<String>> = slices.iter().map(Slice::cells).collect();
            page.table(&format!("By {by}"), &HEADS, &names, &cells);
        }
    }
}

/// Mean prediction and share over all bins.
fn means(bins: &[Bin]) -> (f64, f64) {
    let n = bins.iter().map(|b| b.cases).sum::<usize>().max(1) as f64;
    let mean = |of: fn(&Bin) -> f64| bins.iter().map(|b| b.cases as f64 * of(b)).sum::<f64>() / n;
    (mean(|b| b.predicted), mean(|b| b.observed))
}
