//! What a trained model says of one customer and one article: the same for `score` and for
//! `evaluate`.

use inseam::format::private::customer_key;
use inseam::infer::{Posterior, Purchase, SizedGarment, locate};
use inseam::math::Gaussian;
use inseam::model::{CustomerBelief, Features, MeasurementValue, Model};
use inseam::recommend::{Pick, Request, pick};
use inseam::size::{Label, System};
use inseam_io::stores::OpenedModel;

/// One row to predict, as its table has it; empty texts for what is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pair<'a> {
    pub article: &'a str,
    pub size: &'a str,
    /// The fit group, translated to the model's names.
    pub group: &'a str,
    pub brand: &'a str,
    pub system: System,
    /// Days since 1970-01-01, if known.
    pub day: Option<i32>,
}

/// What is said of a row.
pub struct Prediction<'m> {
    /// `None` for an article the model does not know: then its sizes are not known either.
    pub advice: Option<Pick<'m>>,
    /// The purchase in the row's size; `None` without a size that can be placed.
    pub purchase: Option<Bought>,
}

/// A purchase in a size.
pub struct Bought {
    /// Index of the fit group.
    pub group: usize,
    pub garment: SizedGarment,
    /// Chances of too small, fits and too large.
    pub chances: [f64; 3],
}

/// Belief about the customer of a row: what their history says, or else what the row's
/// `measurements` say, by name.
pub fn posterior<'v>(
    opened: &OpenedModel,
    customer: &str,
    measurements: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
) -> Posterior {
    believed(
        opened.full_model(),
        opened.customer(&customer_key(&opened.secret, customer)),
        measurements,
    )
}

/// Belief about a customer of whom this is `known`, or else what the `measurements` say, by name.
pub fn believed<'v>(
    model: &Model,
    known: Option<&CustomerBelief>,
    measurements: impl FnOnce() -> Vec<(&'v str, MeasurementValue)>,
) -> Posterior {
    match known {
        Some(belief) => Posterior::from_customer_belief(model, belief),
        None => Posterior::prior(model, &features(model, &measurements())),
    }
}

/// Features of measurements given by name.
pub fn features(model: &Model, measurements: &[(&str, MeasurementValue)]) -> Features {
    let value = |name: &str| measurements.iter().find(|(n, _)| *n == name).map(|(_, value)| value);
    Features::new(&model.measurements, &value)
}

/// Predicts a row.
pub fn predict<'m>(model: &'m Model, posterior: &Posterior, pair: Pair<'_>) -> Prediction<'m> {
    let article = model.article(pair.article);
    let advice = article.and_then(|article| pick(&Request::new(model, posterior, article)));
    let purchase = (!pair.size.is_empty()).then(|| purchase(model, posterior, pair)).flatten();
    Prediction { advice, purchase }
}

fn purchase(model: &Model, posterior: &Posterior, pair: Pair<'_>) -> Option<Bought> {
    let of = |group: usize, garment: SizedGarment| {
        Some(Bought {
            group,
            garment,
            chances: garment.chances_chosen(model, posterior, group, pair.day),
        })
    };
    let only_group = (model.groups.len() == 1).then(|| model.groups[0].name.as_str());
    let group = Some(pair.group).filter(|g| !g.is_empty()).or(only_group);
    let (article, brand) = (Some(pair.article), Some(pair.brand).filter(|b| !b.is_empty()));
    let purchase = Purchase {
        article,
        brand,
        group,
        system: pair.system,
        size: pair.size,
        ..Purchase::default()
    };
    if let Some((group, garment)) = locate(model, &purchase) {
        return of(group, garment);
    }
    Label::parse(pair.size).ok()?;
    // A label that is nowhere on the axis: all that can be said is how such a customer fares in a
    // size near their own.
    let group = match model.article(pair.article) {
        Some(article) => model.group_of(article),
        None => model.group_index(group?)?,
    };
    let size: Gaussian = posterior.size(group);
    of(group, SizedGarment::unknown(model, group, size.mean()))
}
