//! Predicts the outcome and the size of one purchase from a trained model; `score` and `evaluate`
//! use the same functions.

use inseam::format::private::customer_key;
use inseam::infer::{Posterior, Purchase, SizedGarment, locate};
use inseam::model::{CustomerBelief, Features, MeasurementValue, Model};
use inseam::recommend::{Pick, Request, pick};
use inseam::size::Label;
use inseam_io::stores::OpenedModel;

/// The predictions for one customer, article and, if known, size.
pub struct Prediction<'m> {
    /// The advised size; `None` for an article the model does not know, whose sizes it does not
    /// know either.
    pub advice: Option<Pick<'m>>,
    /// The outcome of the purchase in its size; `None` without a size, or if the size has no
    /// position.
    pub purchase: Option<PurchasePrediction>,
}

/// The outcome of a purchase in a size.
pub struct PurchasePrediction {
    /// Index of the fit group.
    pub group: usize,
    /// The garment in this size.
    pub garment: SizedGarment,
    /// Probabilities of too small, fits and too large, given that the customer chose the size.
    pub probabilities: [f64; 3],
}

/// The posterior of a customer: from the private files, or for a customer without a history from
/// the `measurements`, by name.
pub fn customer_posterior<'v>(
    opened: &OpenedModel,
    customer: &str,
    measurements: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
) -> Posterior {
    let belief = opened.customer(&customer_key(&opened.secret, customer));
    posterior_from_belief(opened.full_model(), belief, measurements)
}

/// The posterior of a customer from a stored belief, or without one from the `measurements`, by
/// name.
pub(crate) fn posterior_from_belief<'v>(
    model: &Model,
    belief: Option<&CustomerBelief>,
    measurements: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
) -> Posterior {
    match belief {
        Some(belief) => Posterior::from_customer_belief(model, belief),
        None => Posterior::prior(model, &features(model, &measurements())),
    }
}

/// The model's features of measurements given by name.
pub(crate) fn features(model: &Model, measurements: &[(&str, MeasurementValue)]) -> Features {
    let value = |name: &str| measurements.iter().find(|(n, _)| *n == name).map(|(_, value)| value);
    Features::new(&model.measurements, &value)
}

/// Predicts a purchase on a day, in days since 1970-01-01, if it is known. The outcome in
/// `purchase` is not looked at, and its size may be empty.
pub fn predict<'m>(
    model: &'m Model,
    posterior: &Posterior,
    purchase: &Purchase<'_>,
    day: Option<i32>,
) -> Prediction<'m> {
    let article = purchase.article.and_then(|id| model.article(id));
    let sized = (!purchase.size.is_empty()).then_some(purchase);
    Prediction {
        advice: article.and_then(|article| pick(&Request::new(model, posterior, article))),
        purchase: sized.and_then(|purchase| predict_outcome(model, posterior, purchase, day)),
    }
}

fn predict_outcome(
    model: &Model,
    posterior: &Posterior,
    purchase: &Purchase<'_>,
    day: Option<i32>,
) -> Option<PurchasePrediction> {
    let only_group = (model.groups.len() == 1).then(|| model.groups[0].name.as_str());
    let purchase = Purchase {
        group: purchase.group.or(only_group),
        outcome: Purchase::default().outcome,
        ..*purchase
    };
    let (group, garment) = match locate(model, &purchase) {
        Some(found) => found,
        None => garment_without_position(model, posterior, &purchase)?,
    };
    let probabilities = garment.chances_chosen(model, posterior, group, day);
    Some(PurchasePrediction { group, garment, probabilities })
}

/// A label without a position on the group's axis still has a prediction: the outcome of this
/// customer in a size near their own.
fn garment_without_position(
    model: &Model,
    posterior: &Posterior,
    purchase: &Purchase<'_>,
) -> Option<(usize, SizedGarment)> {
    Label::parse(purchase.size).ok()?;
    let group = match purchase.article.and_then(|id| model.article(id)) {
        Some(article) => model.group_of(article),
        None => model.group_index(purchase.group?)?,
    };
    Some((group, SizedGarment::unknown(model, group, posterior.size(group).mean())))
}
