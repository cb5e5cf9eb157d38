//! One purchase as the choice of a size, with the sizes that the rules name.

use super::rules::{Menu, RULES};
use super::success::{Success, Successes};
use crate::history::HistoryRows;
use crate::predict::PurchasePrediction;
use crate::returns::ArticleReturns;
use inseam::infer::{Posterior, SizedGarment};
use inseam::recommend::fits_if_chosen;
use inseam::train::off_policy::{LoggedPurchase, NamedSize};

/// A purchase whose size the customer chose, and the size that each rule names.
pub(crate) struct MeasuredChoice {
    /// Index of the row in the table that was measured.
    pub(crate) row: usize,
    /// The purchase.
    pub(crate) logged: LoggedPurchase,
    /// The size of each rule, in the order of [`RULES`].
    pub(crate) named: [NamedSize; RULES.len()],
}

impl MeasuredChoice {
    /// The choice in a row, made by a customer with this posterior; `None` if the row does not tell
    /// whether it was a success, or if there was no choice.
    pub(crate) fn new(
        successes: &Successes,
        returns: &ArticleReturns,
        rows: &HistoryRows<'_>,
        row: usize,
        posterior: &Posterior,
        menu: &Menu<'_>,
    ) -> Option<Self> {
        let (success, weight) = successes.of_row(row)?;
        let (sizes, taken) = (&menu.advice.sizes, rows.size(row));
        let taken = sizes.iter().position(|s| s.label == taken).filter(|_| sizes.len() > 1)?;
        let article = rows.columns.article.text(row);
        let predicted = |index: usize| {
            let size = &sizes[index];
            match successes.success {
                Success::Fits => size.fits,
                Success::Kept => {
                    let purchase = PurchasePrediction {
                        group: menu.model.group_of(menu.article),
                        garment: SizedGarment::new(menu.model, menu.article, index),
                        probabilities: [size.too_small, size.fits, size.too_large],
                    };
                    1.0 - returns.return_probability(menu.model, posterior, article, &purchase)
                }
            }
        };
        let named = RULES.map(|rule| {
            let size = rule.name_size(menu);
            let propensity = sizes[size].chosen;
            NamedSize { size: size as u16, propensity, predicted: predicted(size) }
        });
        // What the model expects of those who choose the size, given that it fits or not; returns
        // for other reasons are as frequent with either.
        let fits = sizes[taken].fits;
        let chosen = fits_if_chosen(menu.model, posterior, menu.article, taken);
        let all = predicted(taken);
        let among_chosen = all * chosen / fits;
        let selection = match success {
            true => among_chosen / all,
            false => (1.0 - among_chosen) / (1.0 - all),
        };
        let customer = rows.columns.customer.codes[row];
        let logged = LoggedPurchase { customer, taken: taken as u16, success, weight, selection };
        Some(Self { row, logged, named })
    }
}
