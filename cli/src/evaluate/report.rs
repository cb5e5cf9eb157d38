//! The figures of an evaluation, for people and for machines.

use super::Measured;
use super::baseline::Baselines;
use super::metrics::{CLASSES, accuracy, ece, log_loss, macro_auc};
use crate::failure::Failure;
use serde::Serialize;
use std::fmt::Write;

/// Everything `inseam evaluate` says.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// Rows of the history that the baselines were counted on.
    training_rows: usize,
    /// Rows measured.
    test_rows: usize,
    /// Rows whose outcome is known and whose size could be placed.
    outcome: Option<OutcomeFigures>,
    kept_size: Option<HitFigures>,
    by_history: Vec<Slice>,
    by_support: Vec<Slice>,
}

#[derive(Debug, Serialize)]
struct OutcomeFigures {
    rows: usize,
    macro_auc: Option<f64>,
    log_loss: f64,
    class_prior_log_loss: f64,
    /// Expected calibration error, by class.
    ece: [f64; 3],
    /// (coverage, accuracy) of the likeliest outcome.
    accuracy: Vec<(f64, f64)>,
}

#[derive(Debug, Serialize)]
struct HitFigures {
    rows: usize,
    advised: f64,
    advised_or_next: f64,
    customer_mode: f64,
    article_mode: f64,
}

#[derive(Debug, Serialize)]
struct Slice {
    name: &'static str,
    outcome: Option<OutcomeFigures>,
    kept_size: Option<HitFigures>,
}

const HISTORY: [(&str, u32, u32); 5] = [("0", 0, 0), ("1", 1, 1), ("2-3", 2, 3), ("4-9", 4, 9), ("10+", 10, u32::MAX)];
const SUPPORT: [(&str, u32, u32); 4] = [("0", 0, 0), ("1-9", 1, 9), ("10-99", 10, 99), ("100+", 100, u32::MAX)];

impl Report {
    pub(crate) fn of(rows: &[Measured], baselines: &Baselines<'_>) -> Self {
        let all: Vec<&Measured> = rows.iter().collect();
        let slices = |bounds: &[(&'static str, u32, u32)], of: fn(&Measured) -> u32| {
            let slice = |&(name, from, to): &(&'static str, u32, u32)| {
                let rows: Vec<&Measured> = all.iter().copied().filter(|m| (from..=to).contains(&of(m))).collect();
                Slice { name, outcome: outcome(&rows, baselines.prior), kept_size: hits(&rows) }
            };
            bounds.iter().map(slice).collect()
        };
        Self {
            training_rows: baselines.rows(),
            test_rows: rows.len(),
            outcome: outcome(&all, baselines.prior),
            kept_size: hits(&all),
            by_history: slices(&HISTORY, |m| m.history),
            by_support: slices(&SUPPORT, |m| m.support),
        }
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self).map_err(|e| Failure::new(format!("the report: {e}")))?;
        Ok(text + "\n")
    }

    /// As a page of text.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        // Writing into memory cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{} purchases measured, {} behind the baselines\n", self.test_rows, self.training_rows)?;
        match &self.outcome {
            None => writeln!(out, "OUTCOME: no row with a known outcome\n")?,
            Some(o) => {
                writeln!(out, "OUTCOME of a purchase (too small, fits, too large), {} rows", o.rows)?;
                writeln!(out, "  {:<28}{:>10}{:>14}", "", "model", "class prior")?;
                writeln!(out, "  {:<28}{:>10}{:>14}", "macro one-vs-rest AUC", figure(o.macro_auc), "0.5000")?;
                writeln!(out, "  {:<28}{:>10.4}{:>14.4}", "log loss", o.log_loss, o.class_prior_log_loss)?;
                for (class, ece) in CLASSES.iter().zip(o.ece) {
                    writeln!(out, "  {:<28}{ece:>10.4}", format!("calibration error, {class}"))?;
                }
                for (coverage, accuracy) in &o.accuracy {
                    writeln!(
                        out,
                        "  {:<28}{accuracy:>10.4}",
                        format!("accuracy at {:.0} % coverage", 100.0 * coverage)
                    )?;
                }
                writeln!(out)?;
            }
        }
        match &self.kept_size {
            None => writeln!(out, "KEPT SIZE: no row that was kept\n")?,
            Some(h) => {
                writeln!(out, "KEPT SIZE named, {} rows", h.rows)?;
                for (name, share) in [
                    ("advised size", h.advised),
                    ("advised or next best", h.advised_or_next),
                    ("customer's modal size", h.customer_mode),
                    ("article's modal size", h.article_mode),
                ] {
                    writeln!(out, "  {name:<28}{share:>10.4}")?;
                }
                writeln!(out)?;
            }
        }
        for (title, slices) in
            [("BY PURCHASES OF THE CUSTOMER", &self.by_history), ("BY PURCHASES OF THE ARTICLE", &self.by_support)]
        {
            writeln!(out, "{title}")?;
            writeln!(
                out,
                "  {:<8}{:>9}{:>9}{:>10}{:>9}{:>10}{:>10}",
                "", "rows", "AUC", "log loss", "advised", "customer", "article"
            )?;
            for s in slices {
                let (rows, auc, loss) = match &s.outcome {
                    Some(o) => (o.rows, figure(o.macro_auc), format!("{:.4}", o.log_loss)),
                    None => (0, "-".to_owned(), "-".to_owned()),
                };
                let hit = |f: fn(&HitFigures) -> f64| figure(s.kept_size.as_ref().map(f));
                let (advised, customer, article) =
                    (hit(|h| h.advised), hit(|h| h.customer_mode), hit(|h| h.article_mode));
                writeln!(out, "  {:<8}{rows:>9}{auc:>9}{loss:>10}{advised:>9}{customer:>10}{article:>10}", s.name)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn figure(x: Option<f64>) -> String {
    x.map_or_else(|| "-".to_owned(), |x| format!("{x:.4}"))
}

fn outcome(rows: &[&Measured], prior: [f64; 3]) -> Option<OutcomeFigures> {
    let known: Vec<([f64; 3], usize)> = rows.iter().filter_map(|m| m.chances.zip(m.class)).collect();
    if known.is_empty() {
        return None;
    }
    let (chances, classes): (Vec<[f64; 3]>, Vec<usize>) = known.into_iter().unzip();
    Some(OutcomeFigures {
        rows: classes.len(),
        macro_auc: macro_auc(&chances, &classes),
        log_loss: log_loss(&chances, &classes),
        class_prior_log_loss: log_loss(&vec![prior; classes.len()], &classes),
        ece: [0, 1, 2].map(|k| ece(&chances, &classes, k)),
        accuracy: [1.0, 0.8, 0.5, 0.2].map(|c| (c, accuracy(&chances, &classes, c))).to_vec(),
    })
}

fn hits(rows: &[&Measured]) -> Option<HitFigures> {
    let kept: Vec<&&Measured> = rows.iter().filter(|m| m.kept).collect();
    if kept.is_empty() {
        return None;
    }
    let share = |of: fn(&Measured) -> bool| kept.iter().filter(|m| of(m)).count() as f64 / kept.len() as f64;
    Some(HitFigures {
        rows: kept.len(),
        advised: share(|m| m.advised),
        advised_or_next: share(|m| m.advised || m.next),
        customer_mode: share(|m| m.customer_mode),
        article_mode: share(|m| m.article_mode),
    })
}
