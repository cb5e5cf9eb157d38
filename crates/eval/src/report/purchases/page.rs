//! The figures of purchases as charts and tables.

use super::super::page::{Cards, Page};
use super::super::text::{figure, percent};
use super::figures::{
    ABLATION_HEADS, Curves, KeptSizeHits, OutcomeFigures, PurchaseFigures, ReturnFigures, Slice,
};
use crate::calibration::Bin;
use crate::html::{Axis, Bars, Chart, Series};
use crate::protocols::ablation::AblatedModel;
use inseam_io::progress::count;

impl PurchaseFigures {
    pub(in crate::report) fn show(&self, page: &mut Page) {
        page.headline(|cards| self.show_headline(cards));
        if let Some(figures) = &self.off_policy {
            figures.show(page);
        }
        if let Some((outcome, curves)) = self.outcome.as_ref().zip(self.curves.as_ref()) {
            let caution = self.caution().map_or(String::new(), |caution| format!(" {caution}."));
            let about = "Predicted probabilities of a purchase's outcome against observed shares, in bins of equal \
                         counts; bars are 95 % intervals. Calibrated probabilities lie on the diagonal.";
            page.section(
                "Are the probabilities calibrated?",
                &format!("{about}{caution}"),
                |page| {
                    show_calibration(outcome, curves, page);
                },
            );
            page.section(
                "How sure, how often right?",
                "Accuracy of the likeliest outcome among the purchases with the highest probabilities.",
                |page| show_accuracy(curves, page),
            );
        }
        if let Some(returned) = &self.returned {
            let missing = self.missing().map_or(String::new(), |missing| format!(" {missing}"));
            let about = "Predicted probability that a purchase comes back, for its size or for any other reason, against \
                         the share that did, in tenths by prediction; bars are 95 % intervals.";
            page.section("Does it come back?", &format!("{about}{missing}"), |page| {
                show_returns(returned, page);
            });
        } else if let Some(missing) = self.missing() {
            page.section("What is not measured", missing, |_| ());
        }
        if let Some(whole) = self.ablation.first() {
            let about = "The model is trained again without each of its terms and measured on the same purchases. \
                         Bars show how much the log loss rises, in ten-thousandths; below 0 the model is better \
                         without the term here.";
            page.section("What does each term gain?", about, |page| {
                self.show_ablation(whole, page)
            });
        }
        page.section("Where is it good?", "The same figures by how much is known.", |page| {
            self.show_slices(page);
        });
    }

    fn show_headline(&self, cards: &mut Cards<'_>) {
        if let Some(figures) = &self.off_policy {
            figures.show_card(cards);
        }
        if let Some(hits) = &self.kept_size {
            show_kept_size(hits, cards);
        }
        if let Some(r) = &self.returned {
            let prior = format!("the share in the history {:.4}", r.prior_log_loss);
            let comparison = r
                .log_loss_without_sizes
                .map_or(prior, |without| format!("a model that ignores sizes {without:.4}"));
            cards.card("AUC of a return for any reason", figure(r.auc), "by chance 0.5000".into());
            cards.card("Log loss of a return", figure(Some(r.log_loss)), comparison);
        }
        let Some(o) = &self.outcome else { return };
        cards.card("Macro AUC of the outcome", figure(o.macro_auc), "by chance 0.5000".to_owned());
        let prior = format!("class prior {:.4}", o.class_prior_log_loss);
        cards.card("Log loss of the outcome", figure(Some(o.log_loss)), prior);
        let [ece, floor] = [o.ece, o.ece_floor].map(|of| of.iter().sum::<f64>() / 3.0);
        let floor = format!("by noise alone {floor:.4}");
        cards.card("Calibration error, mean of three classes", figure(Some(ece)), floor);
    }

    fn show_ablation(&self, whole: &AblatedModel, page: &mut Page) {
        let mut bars = |title: &str, loss: fn(&AblatedModel) -> Option<f64>| {
            let rise = |m: &AblatedModel| Some(1e4 * (loss(m)? - loss(whole)?));
            let rows: Vec<(&str, f64)> =
                self.ablation[1..].iter().filter_map(|m| Some((m.term, rise(m)?))).collect();
            if !rows.is_empty() {
                page.bars(&Bars { title, label: "log loss, ten-thousandths", rows });
            }
        };
        bars("Outcome: the rise without the term", |m| Some(m.log_loss));
        bars("Choice: the rise without the term", |m| m.choice_log_loss);
        let (names, cells): (Vec<&str>, Vec<Vec<String>>) =
            self.ablation_rows().into_iter().unzip();
        let caption = "Trained without: the outcome's macro AUC and log loss, the choice's log loss (nats), the share of \
                       kept sizes that were advised";
        page.table(caption, &ABLATION_HEADS, &names, &cells);
    }

    fn show_slices(&self, page: &mut Page) {
        for (by, slices) in self.slices() {
            let hit = |share: fn(&KeptSizeHits) -> f64| -> Vec<Option<f64>> {
                slices.iter().map(|s| s.kept_size.as_ref().map(share)).collect()
            };
            let names: Vec<&str> = slices.iter().map(Slice::name).collect();
            // Groups have no order, so a line through them would mean nothing.
            if by != "fit group" {
                let series = [
                    ("advised size", hit(|h| h.advised)),
                    ("customer's usual size", hit(|h| h.customer_mode)),
                    ("customer's within the group", hit(|h| h.customer_group_mode)),
                    ("article's usual size", hit(|h| h.article_mode)),
                ];
                page.by_slice("The kept size is the", by, &names, &series);
            }
            let cells: Vec<Vec<String>> = slices.iter().map(Slice::cells).collect();
            page.table(&format!("By {by}"), &self.slice_heads(), &names, &cells);
        }
    }
}

fn show_calibration(outcome: &OutcomeFigures, curves: &Curves, page: &mut Page) {
    for (k, class) in ["Too small", "Fits", "Too large"].into_iter().enumerate() {
        let note =
            format!("error {:.4}, by noise alone {:.4}", outcome.ece[k], outcome.ece_floor[k]);
        page.reliability(class, &note, &curves.calibration[k]);
    }
    for (title, bins) in [
        ("The advised size fits, for any such customer", &curves.advised_fits),
        ("The advised size fits, given that it was chosen", &curves.advised_taken_fits),
    ] {
        let [predicted, observed] = [mean(bins, |b| b.predicted), mean(bins, |b| b.observed)];
        let note = format!(
            "where it was bought: predicted {}, observed {}",
            percent(predicted),
            percent(observed)
        );
        page.reliability(title, &note, bins);
    }
}

fn show_accuracy(curves: &Curves, page: &mut Page) {
    let points = curves.accuracy.clone();
    page.chart(&Chart {
        title: "Accuracy against coverage",
        note: String::new(),
        x: Axis::shares("share of the purchases, highest probability first", 0.0, 1.0),
        y: Axis::around("accuracy", points.iter().map(|p| p.1)),
        diagonal: false,
        series: vec![Series::curve("likeliest outcome", points)],
    });
}

fn show_returns(returned: &ReturnFigures, page: &mut Page) {
    let note = format!(
        "predicted {}, observed {}; error {:.4}",
        percent(returned.mean),
        percent(returned.share),
        returned.ece
    );
    page.reliability("Comes back", &note, &returned.calibration);
}

fn show_kept_size(hits: &KeptSizeHits, cards: &mut Cards<'_>) {
    let [customer, group, article] =
        [hits.customer_mode, hits.customer_group_mode, hits.article_mode].map(percent);
    cards.card(
        "The kept size is the advised one",
        percent(hits.advised),
        format!(
            "customer's usual size {customer}, within the fit group {group}, article's {article}"
        ),
    );
    let (rows, none) = (count(hits.rows as u64), percent(hits.without_advice));
    let note = format!(
        "of {rows} purchases kept; {none} without advice, as the model does not know the article"
    );
    cards.card("... or the next best", percent(hits.advised_or_next), note);
    cards.card(
        "Log loss of the choice",
        figure(hits.choice_log_loss),
        "of the kept size, given the sizes on offer, nats".to_owned(),
    );
}

/// Mean over the rows of all bins.
fn mean(bins: &[Bin], value: fn(&Bin) -> f64) -> f64 {
    let rows = bins.iter().map(|b| b.cases).sum::<usize>().max(1) as f64;
    bins.iter().map(|b| b.cases as f64 * value(b)).sum::<f64>() / rows
}
