//! Figures of purchases: predicted probabilities compared with outcomes, and the advised size with
//! the kept one.

use super::super::slices::{ARTICLE_PURCHASES, CUSTOMER_PURCHASES, CountRange};
use super::super::text::{change, figure};
use crate::calibration::{BINS, Bin, bins, calibration_error, noise_floor};
use crate::measured_purchase::{MeasuredPurchase, ReturnProbabilities};
use crate::metrics::{CLASSES, accuracy_by_coverage, auc, log_loss, macro_auc, mean_log_loss};
use crate::off_policy::{MeasuredChoice, OffPolicyFigures};
use crate::protocols::PurchaseResults;
use crate::protocols::ablation::AblatedModel;
use inseam_io::progress::count;
use serde::Serialize;
use std::collections::BTreeMap;

/// Number of bins of the advised size's probability to fit.
const DECILES: usize = 10;

/// All figures of a report on purchases.
#[derive(Debug, Serialize)]
pub(in crate::report) struct PurchaseFigures {
    /// Number of rows of the history that the baselines are counted on.
    pub(super) training_rows: usize,
    /// Number of rows measured.
    pub(super) test_rows: usize,
    /// Number of returns without a direction. The outcome's figures leave them out, so they show
    /// fewer misfits than there were.
    unnamed_returns: usize,
    /// What the advice and other rules would do; `None` where nothing came back.
    pub(super) off_policy: Option<OffPolicyFigures>,
    /// On rows with a known outcome whose size has a position; `None` where no return names a
    /// direction, because then every known outcome is "fits".
    pub(super) outcome: Option<OutcomeFigures>,
    /// On rows whose size has a position; `None` where nothing came back.
    pub(super) returned: Option<ReturnFigures>,
    /// On rows that were kept.
    pub(super) kept_size: Option<KeptSizeHits>,
    /// `None` where `outcome` is.
    pub(super) curves: Option<Curves>,
    by_history: Vec<Slice>,
    by_support: Vec<Slice>,
    by_group: Vec<Slice>,
    /// The whole model, then the model without each term; empty unless asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) ablation: Vec<AblatedModel>,
}

/// How well the outcome classes are predicted.
#[derive(Debug, Serialize)]
pub(super) struct OutcomeFigures {
    pub(super) rows: usize,
    pub(super) macro_auc: Option<f64>,
    pub(super) log_loss: f64,
    pub(super) class_prior_log_loss: f64,
    /// Expected calibration error, by class.
    pub(super) ece: [f64; 3],
    /// The error that sampling noise alone would show, by class.
    pub(super) ece_floor: [f64; 3],
}

/// How well returns for any reason are predicted.
#[derive(Debug, Serialize)]
pub(super) struct ReturnFigures {
    pub(super) rows: usize,
    /// Share that came back.
    pub(super) share: f64,
    /// Mean predicted probability.
    pub(super) mean: f64,
    pub(super) auc: Option<f64>,
    pub(super) log_loss: f64,
    /// Of the share of the training history that came back.
    pub(super) prior_log_loss: f64,
    /// The same by the model of customers and articles that ignores sizes; `None` where all returns
    /// are for size.
    pub(super) auc_without_sizes: Option<f64>,
    pub(super) log_loss_without_sizes: Option<f64>,
    /// Expected calibration error over the bins below.
    pub(super) ece: f64,
    /// Predicted probability to come back, and the share that did, in tenths by prediction.
    pub(super) calibration: Vec<Bin>,
}

/// How often the kept size is predicted; all are shares of the kept purchases.
#[derive(Debug, Serialize)]
pub(super) struct KeptSizeHits {
    pub(super) rows: usize,
    /// Without advice, since the model does not know the article. They count as missed.
    pub(super) without_advice: f64,
    pub(super) advised: f64,
    pub(super) advised_or_next: f64,
    /// The size that the customer has kept most often.
    pub(super) customer_mode: f64,
    /// The same of articles in the fit group that the model has found.
    pub(super) customer_group_mode: f64,
    pub(super) article_mode: f64,
    /// Mean negative log probability of the kept size by the choice model, given the sizes on
    /// offer, nats; where the kept size is among them.
    pub(super) choice_log_loss: Option<f64>,
}

/// Curves for the charts.
#[derive(Debug, Serialize)]
pub(super) struct Curves {
    /// The bins of the calibration error, by class.
    pub(super) calibration: [Vec<Bin>; 3],
    /// Accuracy of the likeliest outcome, as (coverage, accuracy).
    pub(super) accuracy: Vec<(f64, f64)>,
    /// On rows bought in the advised size: its predicted probability to fit, for any customer like
    /// this one, and the share that fitted.
    pub(super) advised_fits: Vec<Bin>,
    /// On the same rows: its predicted probability to fit given that this customer chose it, and
    /// the share that fitted.
    pub(super) advised_taken_fits: Vec<Bin>,
}

/// The figures of a part of the rows.
#[derive(Debug, Serialize)]
pub(super) struct Slice {
    name: String,
    outcome: Option<OutcomeFigures>,
    returned: Option<ReturnFigures>,
    pub(super) kept_size: Option<KeptSizeHits>,
}

impl PurchaseFigures {
    pub(in crate::report) fn new(results: &PurchaseResults) -> Self {
        let all: Vec<&MeasuredPurchase> = results.purchases.iter().collect();
        let priors = Priors { classes: results.class_prior, returned: results.return_prior };
        let outcome = directed(&all).then(|| outcome_figures(&all, &priors)).flatten();
        Self {
            training_rows: results.training_rows,
            test_rows: all.len(),
            unnamed_returns: all.iter().filter(|m| m.undirected_return).count(),
            curves: outcome.is_some().then(|| curves(&all)),
            off_policy: off_policy(results),
            outcome,
            returned: return_figures(&all, &priors),
            kept_size: kept_size_hits(&all),
            by_history: slices_by_count(&all, &priors, &CUSTOMER_PURCHASES, |m| {
                m.customer_purchases
            }),
            by_support: slices_by_count(&all, &priors, &ARTICLE_PURCHASES, |m| m.article_purchases),
            by_group: slices_by_group(&all, &priors),
            ablation: results.ablation.clone(),
        }
    }

    /// How to read the outcome's figures, if returns without a direction distort them.
    pub(super) fn caution(&self) -> Option<String> {
        (self.outcome.is_some() && self.unnamed_returns > 0).then(|| {
            format!(
                "{} returns whose reason names no direction are not in these figures. They therefore contain fewer misfits \
                 than there were, and probabilities that are right look too high for misfits",
                count(self.unnamed_returns as u64)
            )
        })
    }

    /// Why figures are missing from the report, if some are.
    pub(super) fn missing(&self) -> Option<&'static str> {
        match (&self.outcome, &self.returned) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(
                "No return names a direction, so every known outcome is \"fits\": nothing tells how well too small, fits \
                 and too large are predicted. What is measured is whether a purchase comes back.",
            ),
            (None, None) => Some(
                "Every purchase measured was kept, or the history has no outcomes: only the size kept is measured.",
            ),
        }
    }

    /// Heads of a table of slices. The first three are of the outcome, or where it is not known, of
    /// the returns.
    pub(super) fn slice_heads(&self) -> [&'static str; 7] {
        let [auc, loss] = match (&self.outcome, &self.returned) {
            (Some(_), _) | (None, None) => ["AUC", "log loss"],
            (None, Some(_)) => ["ret. AUC", "ret. loss"],
        };
        ["rows", auc, loss, "advised", "customer", "in group", "article"]
    }

    /// The slices that exist, each list with what it is split by.
    pub(super) fn slices(&self) -> impl Iterator<Item = (&'static str, &[Slice])> {
        [
            ("purchases of the customer", self.by_history.as_slice()),
            ("purchases of the article", &self.by_support),
            ("fit group", &self.by_group),
        ]
        .into_iter()
        .filter(|(_, slices)| !slices.is_empty())
    }

    /// The rows of the table of the ablation, each with its name.
    pub(super) fn ablation_rows(&self) -> Vec<(&str, Vec<String>)> {
        let Some(whole) = self.ablation.first() else { return Vec::new() };
        let row = |model: &AblatedModel| {
            ablation_figures(model)
                .into_iter()
                .zip(ablation_figures(whole))
                .flat_map(|(x, whole)| {
                    [figure(x), change(x.zip(whole).map(|(x, whole)| x - whole))]
                })
                .collect()
        };
        let name = |m: &AblatedModel| if m.term.is_empty() { "(nothing)" } else { m.term };
        self.ablation.iter().map(|m| (name(m), row(m))).collect()
    }
}

fn off_policy(results: &PurchaseResults) -> Option<OffPolicyFigures> {
    let choices: Vec<&MeasuredChoice> = results.choices().collect();
    OffPolicyFigures::new(results.successes?, &choices)
}

/// Heads of the table of the ablation; a change is against the whole model.
pub(super) const ABLATION_HEADS: [&str; 8] =
    ["AUC", "change", "log loss", "change", "choice", "change", "kept size", "change"];

/// The figures in that table, in its order.
fn ablation_figures(model: &AblatedModel) -> [Option<f64>; 4] {
    [model.macro_auc, Some(model.log_loss), model.choice_log_loss, model.kept_size_hit]
}

/// What is predicted without a model.
struct Priors {
    /// Shares of too small, fits and too large.
    classes: [f64; 3],
    /// Share of returns.
    returned: f64,
}

/// Whether the outcome of some row names a direction. If not, every known outcome is "fits".
fn directed(rows: &[&MeasuredPurchase]) -> bool {
    rows.iter().any(|m| m.class.is_some_and(|class| CLASSES[class] != "fits"))
}

impl Slice {
    fn new(name: &str, rows: &[&MeasuredPurchase], directed: bool, priors: &Priors) -> Self {
        Self {
            name: name.to_owned(),
            outcome: directed.then(|| outcome_figures(rows, priors)).flatten(),
            returned: return_figures(rows, priors),
            kept_size: kept_size_hits(rows),
        }
    }

    pub(super) fn name(&self) -> &str {
        if self.name.is_empty() { "unknown" } else { &self.name }
    }

    pub(super) fn cells(&self) -> Vec<String> {
        let hit = |f: fn(&KeptSizeHits) -> f64| figure(self.kept_size.as_ref().map(f));
        let (rows, auc, log_loss) = match (&self.outcome, &self.returned, &self.kept_size) {
            (Some(o), _, _) => (o.rows, o.macro_auc, Some(o.log_loss)),
            (None, Some(r), _) => (r.rows, r.auc, Some(r.log_loss)),
            (None, None, kept) => (kept.as_ref().map_or(0, |h| h.rows), None, None),
        };
        vec![
            rows.to_string(),
            figure(auc),
            figure(log_loss),
            hit(|h| h.advised),
            hit(|h| h.customer_mode),
            hit(|h| h.customer_group_mode),
            hit(|h| h.article_mode),
        ]
    }
}

fn slices_by_count(
    rows: &[&MeasuredPurchase],
    priors: &Priors,
    ranges: &[CountRange],
    count: fn(&MeasuredPurchase) -> u32,
) -> Vec<Slice> {
    let directed = directed(rows);
    let slice = |range: &CountRange| {
        let rows: Vec<&MeasuredPurchase> =
            rows.iter().copied().filter(|m| range.contains(count(m))).collect();
        Slice::new(range.name, &rows, directed, priors)
    };
    ranges.iter().map(slice).collect()
}

/// One slice for each fit group, and one for the articles that the model does not know; none where
/// there is only one group.
fn slices_by_group(rows: &[&MeasuredPurchase], priors: &Priors) -> Vec<Slice> {
    let directed = directed(rows);
    let mut groups: BTreeMap<&str, Vec<&MeasuredPurchase>> = BTreeMap::new();
    for &row in rows {
        groups.entry(&row.group).or_default().push(row);
    }
    match groups.keys().filter(|name| !name.is_empty()).count() {
        0 | 1 => Vec::new(),
        _ => groups.iter().map(|(name, rows)| Slice::new(name, rows, directed, priors)).collect(),
    }
}

/// Probabilities and classes of the rows that have both.
fn predicted_classes(rows: &[&MeasuredPurchase]) -> (Vec<[f64; 3]>, Vec<usize>) {
    rows.iter().filter_map(|m| m.probabilities.zip(m.class)).unzip()
}

fn outcome_figures(rows: &[&MeasuredPurchase], priors: &Priors) -> Option<OutcomeFigures> {
    let (probabilities, classes) = predicted_classes(rows);
    (!classes.is_empty()).then(|| OutcomeFigures {
        rows: classes.len(),
        macro_auc: macro_auc(&probabilities, &classes),
        log_loss: log_loss(&probabilities, &classes),
        class_prior_log_loss: log_loss(&vec![priors.classes; classes.len()], &classes),
        ece: calibration(&probabilities, &classes).map(|bins| calibration_error(&bins)),
        ece_floor: noise_floor(&probabilities),
    })
}

fn return_figures(rows: &[&MeasuredPurchase], priors: &Priors) -> Option<ReturnFigures> {
    let (predicted, kept): (Vec<ReturnProbabilities>, Vec<bool>) =
        rows.iter().filter_map(|m| Some((m.returned?, m.kept))).unzip();
    if !kept.contains(&false) {
        return None;
    }
    let loss = |p: &[f64]| {
        let happened: Vec<f64> =
            p.iter().zip(&kept).map(|(&p, &kept)| if kept { 1.0 - p } else { p }).collect();
        mean_log_loss(&happened).unwrap_or(f64::NAN)
    };
    let ours: Vec<f64> = predicted.iter().map(|p| p.model).collect();
    let size_blind: Option<Vec<f64>> = predicted.iter().map(|p| p.size_blind).collect();
    let calibration = bins(&ours, |row| !kept[row], DECILES);
    let rows = kept.len();
    Some(ReturnFigures {
        rows,
        share: kept.iter().filter(|kept| !**kept).count() as f64 / rows as f64,
        mean: ours.iter().sum::<f64>() / rows as f64,
        auc: auc(&ours, |row| !kept[row]),
        log_loss: loss(&ours),
        prior_log_loss: loss(&vec![priors.returned; rows]),
        auc_without_sizes: size_blind.as_ref().and_then(|p| auc(p, |row| !kept[row])),
        log_loss_without_sizes: size_blind.as_deref().map(loss),
        ece: calibration_error(&calibration),
        calibration,
    })
}

fn calibration(probabilities: &[[f64; 3]], classes: &[usize]) -> [Vec<Bin>; 3] {
    [0, 1, 2].map(|class| {
        let predicted: Vec<f64> = probabilities.iter().map(|p| p[class]).collect();
        bins(&predicted, |i| classes[i] == class, BINS)
    })
}

fn curves(rows: &[&MeasuredPurchase]) -> Curves {
    let (probabilities, classes) = predicted_classes(rows);
    let advised_bins = |predicted: fn(&MeasuredPurchase) -> Option<f64>| {
        let advised = rows.iter().filter(|m| m.is_advised);
        let (predicted, happened): (Vec<f64>, Vec<usize>) =
            advised.filter_map(|m| predicted(m).zip(m.class)).unzip();
        bins(&predicted, |i| happened[i] == 1, DECILES)
    };
    Curves {
        calibration: calibration(&probabilities, &classes),
        accuracy: accuracy_by_coverage(&probabilities, &classes),
        advised_fits: advised_bins(|m| m.advised_fits),
        advised_taken_fits: advised_bins(|m| m.probabilities.map(|p| p[1])),
    }
}

fn kept_size_hits(rows: &[&MeasuredPurchase]) -> Option<KeptSizeHits> {
    let kept: Vec<&MeasuredPurchase> = rows.iter().copied().filter(|m| m.kept).collect();
    if kept.is_empty() {
        return None;
    }
    let share = |hit: fn(&MeasuredPurchase) -> bool| {
        kept.iter().filter(|m| hit(m)).count() as f64 / kept.len() as f64
    };
    let choices: Vec<f64> = kept.iter().filter_map(|m| m.choice_probability).collect();
    Some(KeptSizeHits {
        rows: kept.len(),
        without_advice: share(|m| m.advised_fits.is_none()),
        advised: share(|m| m.is_advised),
        advised_or_next: share(|m| m.is_advised || m.is_next_best),
        customer_mode: share(|m| m.is_customer_mode),
        customer_group_mode: share(|m| m.is_group_mode),
        article_mode: share(|m| m.is_article_mode),
        choice_log_loss: mean_log_loss(&choices),
    })
}
