//! Figures of purchases: what was said of them beside what became of them, and the size advised
//! beside the one kept.

mod page;
mod text;

use super::{HISTORY, SUPPORT, figure};
use crate::ablation::Without;
use crate::baseline::Baselines;
use crate::calibration::{BINS, Bin, bins, error, floor};
use crate::metrics::{accuracy, auc, log_loss, macro_auc};
use crate::purchases::Measured;
use inseam_io::progress::count;
use serde::Serialize;
use std::collections::BTreeMap;

/// Bins of the advised size's chance to fit.
const DECILES: usize = 10;

#[derive(Debug, Serialize)]
pub struct PurchaseFigures {
    /// Rows of the history that the baselines were counted on.
    training_rows: usize,
    /// Rows measured.
    test_rows: usize,
    /// Returns without a direction: not in the outcome's figures, which so have fewer misfits than
    /// there were.
    unnamed_returns: usize,
    /// Of rows whose outcome is known and whose size could be placed.
    outcome: Option<OutcomeFigures>,
    /// Of rows whose size could be placed, where some return is not for its size.
    returned: Option<ReturnedFigures>,
    /// Of rows that were kept.
    kept_size: Option<HitFigures>,
    curves: Curves,
    by_history: Vec<Slice>,
    by_support: Vec<Slice>,
    by_group: Vec<Slice>,
    /// The whole model, and then without each term in turn; empty unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ablation: Vec<Without>,
}

#[derive(Debug, Serialize)]
struct OutcomeFigures {
    rows: usize,
    macro_auc: Option<f64>,
    log_loss: f64,
    class_prior_log_loss: f64,
    /// Expected calibration error, by class.
    ece: [f64; 3],
    /// What it would be, on average, of labels drawn from these very chances.
    ece_floor: [f64; 3],
}

/// Coming back for whatever reason.
#[derive(Debug, Serialize)]
struct ReturnedFigures {
    rows: usize,
    share: f64,
    /// Mean chance that was said.
    mean: Option<f64>,
    auc: Option<f64>,
    log_loss: f64,
    /// The same from who bought what, whatever the size.
    auc_without_sizes: Option<f64>,
    log_loss_without_sizes: f64,
}

#[derive(Debug, Serialize)]
struct HitFigures {
    rows: usize,
    /// Share without advice, the article being unknown to the model; they count as missed.
    without_advice: f64,
    advised: f64,
    advised_or_next: f64,
    customer_mode: f64,
    article_mode: f64,
}

#[derive(Debug, Serialize)]
struct Curves {
    /// By class, the bins behind the calibration error.
    calibration: [Vec<Bin>; 3],
    /// (Coverage, accuracy) of the likeliest outcome.
    accuracy: Vec<(f64, f64)>,
    /// Of rows bought in the advised size: its chance to fit as the advice has it, beside the share
    /// that fitted.
    advised_fits: Vec<Bin>,
    /// Of the same rows: its chance to fit now that it is known to be the one the customer took,
    /// beside the share that fitted.
    advised_taken_fits: Vec<Bin>,
}

#[derive(Debug, Serialize)]
struct Slice {
    name: String,
    outcome: Option<OutcomeFigures>,
    kept_size: Option<HitFigures>,
}

impl Slice {
    fn of(name: &str, rows: &[&Measured], prior: [f64; 3]) -> Self {
        Self { name: name.to_owned(), outcome: outcome(rows, prior), kept_size: hits(rows) }
    }
}

impl PurchaseFigures {
    pub fn of(rows: &[Measured], baselines: &Baselines<'_>, ablation: Vec<Without>) -> Self {
        let all: Vec<&Measured> = rows.iter().collect();
        let prior = baselines.prior;
        let slices = |bounds: &[(&str, u32, u32)], of: fn(&Measured) -> u32| {
            let slice = |&(name, from, to): &(&str, u32, u32)| {
                let rows: Vec<&Measured> =
                    all.iter().copied().filter(|m| (from..=to).contains(&of(m))).collect();
                Slice::of(name, &rows, prior)
            };
            bounds.iter().map(slice).collect()
        };
        let mut groups: BTreeMap<&str, Vec<&Measured>> = BTreeMap::new();
        for &row in &all {
            groups.entry(&row.group).or_default().push(row);
        }
        // Of articles that the model does not know, the group has no name.
        let by_group = match groups.keys().filter(|name| !name.is_empty()).count() {
            0 | 1 => Vec::new(),
            _ => groups.iter().map(|(name, rows)| Slice::of(name, rows, prior)).collect(),
        };
        Self {
            training_rows: baselines.rows(),
            test_rows: rows.len(),
            unnamed_returns: rows.iter().filter(|m| m.unnamed).count(),
            outcome: outcome(&all, prior),
            returned: returned(&all),
            kept_size: hits(&all),
            curves: curves(&all),
            by_history: slices(&HISTORY, |m| m.history),
            by_support: slices(&SUPPORT, |m| m.support),
            by_group,
            ablation,
        }
    }

    /// What to bear in mind of the outcome's figures, if anything.
    fn caution(&self) -> Option<String> {
        (self.unnamed_returns > 0).then(|| {
            format!(
                "{} returns whose reason names no direction are not in these figures: misfits are rarer in them than they were, \
                 and chances that are right look too high for misfits",
                count(self.unnamed_returns as u64)
            )
        })
    }

    /// The slices there are, with what they are by.
    fn slices(&self) -> impl Iterator<Item = (&'static str, &[Slice])> {
        [
            ("purchases of the customer", self.by_history.as_slice()),
            ("purchases of the article", &self.by_support),
            ("fit group", &self.by_group),
        ]
        .into_iter()
        .filter(|(_, slices)| !slices.is_empty())
    }
}

/// Columns of the table of terms left out.
const WITHOUT_HEADS: [&str; 4] = ["AUC", "change", "log loss", "change"];

impl PurchaseFigures {
    /// The rows of that table, each with its name.
    fn without(&self) -> Vec<(&str, Vec<String>)> {
        let Some(whole) = self.ablation.first() else { return Vec::new() };
        let change = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |x| format!("{x:+.4}"));
        let row = |w: &Without| {
            let auc = w.macro_auc.zip(whole.macro_auc).map(|(a, b)| a - b);
            vec![
                figure(w.macro_auc),
                change(auc),
                figure(Some(w.log_loss)),
                change(Some(w.log_loss - whole.log_loss)),
            ]
        };
        let name = |w: &Without| if w.term.is_empty() { "(nothing)" } else { w.term };
        self.ablation.iter().map(|w| (name(w), row(w))).collect()
    }
}

/// Columns of a table of slices.
const HEADS: [&str; 6] = ["rows", "AUC", "log loss", "advised", "customer", "article"];

impl Slice {
    fn name(&self) -> &str {
        if self.name.is_empty() { "unknown" } else { &self.name }
    }

    fn cells(&self) -> Vec<String> {
        let o = self.outcome.as_ref();
        let hit = |f: fn(&HitFigures) -> f64| figure(self.kept_size.as_ref().map(f));
        vec![
            o.map_or(0, |o| o.rows).to_string(),
            figure(o.and_then(|o| o.macro_auc)),
            figure(o.map(|o| o.log_loss)),
            hit(|h| h.advised),
            hit(|h| h.customer_mode),
            hit(|h| h.article_mode),
        ]
    }
}

fn known(rows: &[&Measured]) -> (Vec<[f64; 3]>, Vec<usize>) {
    rows.iter().filter_map(|m| m.chances.zip(m.class)).unzip()
}

fn outcome(rows: &[&Measured], prior: [f64; 3]) -> Option<OutcomeFigures> {
    let (chances, classes) = known(rows);
    (!classes.is_empty()).then(|| OutcomeFigures {
        rows: classes.len(),
        macro_auc: macro_auc(&chances, &classes),
        log_loss: log_loss(&chances, &classes),
        class_prior_log_loss: log_loss(&vec![prior; classes.len()], &classes),
        ece: calibration(&chances, &classes).map(|bins| error(&bins)),
        ece_floor: floor(&chances),
    })
}

fn returned(rows: &[&Measured]) -> Option<ReturnedFigures> {
    let (said, back): (Vec<[f64; 2]>, Vec<usize>) =
        rows.iter().filter_map(|m| m.returned.zip(Some(usize::from(!m.kept)))).unzip();
    let by = |i: usize| -> Vec<f64> { said.iter().map(|p| p[i]).collect() };
    let loss =
        |i: usize| log_loss(&by(i).iter().map(|&p| [1.0 - p, p, 0.0]).collect::<Vec<_>>(), &back);
    let area = |i: usize| auc(&by(i), |row| back[row] == 1);
    (!back.is_empty()).then(|| ReturnedFigures {
        rows: back.len(),
        share: back.iter().sum::<usize>() as f64 / back.len() as f64,
        mean: Some(by(0).iter().sum::<f64>() / back.len() as f64),
        auc: area(0),
        log_loss: loss(0),
        auc_without_sizes: area(1),
        log_loss_without_sizes: loss(1),
    })
}

fn calibration(chances: &[[f64; 3]], classes: &[usize]) -> [Vec<Bin>; 3] {
    [0, 1, 2].map(|k| {
        let predicted: Vec<f64> = chances.iter().map(|p| p[k]).collect();
        bins(&predicted, |i| classes[i] == k, BINS)
    })
}

fn curves(rows: &[&Measured]) -> Curves {
    let (chances, classes) = known(rows);
    let of_advised = |said: fn(&Measured) -> Option<f64>| {
        let advised = rows.iter().filter(|m| m.advised).filter_map(|m| said(m).zip(m.class));
        let (said, happened): (Vec<f64>, Vec<usize>) = advised.unzip();
        bins(&said, |i| happened[i] == 1, DECILES)
    };
    Curves {
        calibration: calibration(&chances, &classes),
        accuracy: accuracy(&chances, &classes),
        advised_fits: of_advised(|m| m.advised_fits),
        advised_taken_fits: of_advised(|m| m.chances.map(|chances| chances[1])),
    }
}

fn hits(rows: &[&Measured]) -> Option<HitFigures> {
    let kept: Vec<&&Measured> = rows.iter().filter(|m| m.kept).collect();
    if kept.is_empty() {
        return None;
    }
    let share = |of: fn(&Measured) -> bool| {
        kept.iter().filter(|m| of(m)).count() as f64 / kept.len() as f64
    };
    Some(HitFigures {
        rows: kept.len(),
        without_advice: share(|m| m.advised_fits.is_none()),
        advised: share(|m| m.advised),
        advised_or_next: share(|m| m.advised || m.next),
        customer_mode: share(|m| m.customer_mode),
        article_mode: share(|m| m.article_mode),
    })
}
