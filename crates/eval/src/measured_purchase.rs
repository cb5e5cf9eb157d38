//! One purchase that training has not seen: what was predicted, and what happened.

use crate::baselines::Baselines;
use crate::beliefs::CustomerBeliefs;
use crate::history::HistoryRows;
use crate::metrics::outcome_class;
use crate::off_policy::{MeasuredChoice, Menu, Successes};
use crate::predict::predict;
use crate::returns::ReturnModels;
use inseam::model::Model;
use inseam::outcome::Outcome;
use inseam::recommend::{Advice, Request, advise};
use inseam::train::Columns;
use inseam_io::progress::{Progress, count};
use rayon::prelude::*;

/// One measured purchase.
pub(crate) struct MeasuredPurchase {
    /// The outcome class that happened; `None` where the outcome does not name one.
    pub(crate) class: Option<usize>,
    /// Whether it came back for its size, or perhaps for its size, without a direction.
    pub(crate) undirected_return: bool,
    pub(crate) kept: bool,
    /// Predicted probabilities of the outcome classes, given that the customer chose the size.
    pub(crate) probabilities: Option<[f64; 3]>,
    /// Predicted probabilities that it comes back for any reason.
    pub(crate) returned: Option<ReturnProbabilities>,
    /// Of a purchase that was kept, the predicted probability that the customer chooses its size
    /// out of the sizes on offer.
    pub(crate) choice_probability: Option<f64>,
    /// Predicted probability that the advised size fits; `None` for an article the model does not
    /// know.
    pub(crate) advised_fits: Option<f64>,
    /// Whether the size bought is the advised one, the next best, the customer's modal size, their
    /// modal size within the fit group that the model has found, the article's modal size.
    pub(crate) is_advised: bool,
    pub(crate) is_next_best: bool,
    pub(crate) is_customer_mode: bool,
    pub(crate) is_group_mode: bool,
    pub(crate) is_article_mode: bool,
    /// The choice of the size, and what rules would name; `None` where that tells nothing of rules.
    pub(crate) choice: Option<Box<MeasuredChoice>>,
    /// Number of purchases of the customer and of the article in the training history.
    pub(crate) customer_purchases: u32,
    pub(crate) article_purchases: u32,
    /// Name of the fit group in the model; empty for an article it does not know.
    pub(crate) group: String,
}

/// Predicted probabilities that a purchase comes back for any reason.
#[derive(Clone, Copy)]
pub(crate) struct ReturnProbabilities {
    pub(crate) model: f64,
    /// By the model that ignores sizes; `None` where all returns are for size.
    pub(crate) size_blind: Option<f64>,
}

/// What predicts purchases: the model, the beliefs about customers, and what it is compared with.
pub(crate) struct PurchasePredictor<'a> {
    pub(crate) model: &'a Model,
    pub(crate) beliefs: CustomerBeliefs<'a>,
    /// `None` where returns are not to be measured.
    pub(crate) returns: Option<&'a ReturnModels>,
    /// Which of the purchases succeeded; `None` where rules are not to be measured.
    pub(crate) successes: Option<&'a Successes>,
    pub(crate) baselines: &'a Baselines<'a>,
}

impl PurchasePredictor<'_> {
    /// Predicts every row that is not pending, and compares with what happened.
    pub(crate) fn measure(&self, columns: &Columns, progress: Progress) -> Vec<MeasuredPurchase> {
        let stage = progress.stage("measuring", None);
        let rows = HistoryRows::new(columns);
        let measured: Vec<MeasuredPurchase> = (0..columns.outcome.len())
            .into_par_iter()
            .filter(|&row| columns.outcome[row] != Outcome::Pending)
            .map(|row| self.measure_row(&rows, row))
            .collect();
        stage.done(format_args!("{} purchases", count(measured.len() as u64)));
        measured
    }

    fn measure_row(&self, rows: &HistoryRows<'_>, row: usize) -> MeasuredPurchase {
        let (model, columns) = (self.model, rows.columns);
        let (purchase, outcome) = (rows.purchase(row), columns.outcome[row]);
        let day = columns.day.as_ref().map(|d| d[row]);
        let (customer, id) = (columns.customer.text(row), columns.article.text(row));
        let measurements = || rows.measurements(row);
        let posterior = self.beliefs.posterior(model, customer, measurements);
        let predicted = predict(model, &posterior, &purchase, day);
        let returned = predicted.purchase.as_ref().zip(self.returns).and_then(|(p, returns)| {
            let size_blind = match &returns.size_blind {
                None => None,
                Some(blind) => {
                    Some(blind.return_probability(customer, &purchase, day, measurements)?)
                }
            };
            let model = returns.articles.return_probability(model, &posterior, id, p);
            Some(ReturnProbabilities { model, size_blind })
        });
        let (article, size) = (model.article(id), purchase.size);
        let group_mode =
            article.and_then(|a| self.baselines.customer_mode_in_group(model, customer, id, a));
        let article_mode = self.baselines.article_mode(id);
        let advice = article.map(|article| advise(&Request::new(model, &posterior, article)));
        let chosen =
            |advice: &Advice<'_>| advice.sizes.iter().find(|s| s.label == size).map(|s| s.chosen);
        let choice = article.zip(advice.as_ref()).and_then(|(article, advice)| {
            let menu = Menu { model, article, advice, customer_mode: group_mode, article_mode };
            let successes = self.successes?;
            let returns = &self.returns?.articles;
            MeasuredChoice::new(successes, returns, rows, row, &posterior, &menu)
        });
        let kept = outcome == Outcome::Kept;
        MeasuredPurchase {
            class: outcome_class(outcome),
            undirected_return: matches!(outcome, Outcome::UnknownReason | Outcome::SizeReason),
            kept,
            returned,
            probabilities: predicted.purchase.map(|p| p.probabilities),
            choice_probability: advice.as_ref().filter(|_| kept).and_then(chosen),
            advised_fits: predicted.advice.map(|a| a.fits),
            is_advised: predicted.advice.is_some_and(|a| a.label == size),
            is_next_best: predicted.advice.is_some_and(|a| a.next == Some(size)),
            is_customer_mode: self.baselines.customer_mode(customer, id) == Some(size),
            is_group_mode: group_mode == Some(size),
            is_article_mode: article_mode == Some(size),
            choice: choice.map(Box::new),
            customer_purchases: self.baselines.customer_purchases(customer),
            article_purchases: self.baselines.article_purchases(id),
            group: article.map_or(String::new(), |a| model.groups[model.group_of(a)].name.clone()),
        }
    }
}
