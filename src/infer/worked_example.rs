//! The worked example of `model/README.md`: its shop, and what one purchase teaches. The test of
//! its table is in `src/recommend/chances.rs`.

use super::history::place_history;
use super::sites::Sites;
use super::{Posterior, Purchase, choice_model::Choosing};
use crate::math::Gaussian;
use crate::model::{
    AdviceRule, Choice, Features, Model, Others, OutcomeTerms, ScaleLabel, SizePrior,
};
use crate::outcome::Outcome::{self, Kept, TooSmall};

/// A shop with one dress and the hyperparameters of the example. Anna's belief is the prior.
pub(crate) fn example() -> Model {
    let shop = include_bytes!("../../tests/golden/shop.inseam");
    let mut model = crate::format::read(shop).expect("a usable model");
    let mut dress = model.article("dresses-0").expect("in the model").clone();
    (dress.offset, dress.grade) = (Gaussian::new(-0.5, 0.09), Gaussian::new(0.0, 0.01));
    (dress.spread, dress.choice_offset) = (Gaussian::new(0.0, 0.03), 0.0);
    dress.sizes.iter_mut().for_each(|size| size.popularity = 0.0);
    let scale = &mut model.scales[usize::from(dress.scale)];
    scale.noise = 1.0;
    for label in &mut scale.labels {
        let position = (label.text.parse::<f64>().expect("a number") - 38.0) / 2.0;
        let text = std::mem::take(&mut label.text);
        *label = ScaleLabel { text, position, length: 0.0, appeal: 0.0, thresholds: [0.0; 2] };
    }
    dress.sizes.retain(|s| scale.labels[usize::from(s.label)].position.abs() <= 1.0);
    let prior = |intercept, variance| SizePrior { intercept, coefficients: vec![], variance };
    model.traits = [0.2, 0.1, 1.0, 0.1].map(|variance| prior(0.0, variance));
    model.covariance.fill_with_identity();
    model.covariance *= 0.5;
    for group in &mut model.groups {
        group.size = prior(0.6, 0.5);
        let terms = [[-1.3, 0.0, 0.0]; 2];
        group.outcome = OutcomeTerms { terms, slope: 0.8, chosen_slope: 0.4, advised: [0.0; 2] };
        let others = Others { share: 0.05, mean: 0.0, variance: 2.0 };
        group.choice = Choice { scale: 0.6, awareness: 0.4, others };
        group.advice = AdviceRule { weight: 2.0, reach: 1 };
    }
    model.articles = vec![dress];
    model
}

#[test]
fn the_purchase_of_the_worked_example() {
    let model = example();
    // After one pass: the probability that the purchase is for Anna herself, and the means of the
    // dress's offset and of her latent size.
    let after = |outcome: Outcome| {
        let line =
            Purchase { article: Some("dresses-0"), size: "38", outcome, ..Purchase::default() };
        let (placed, _) = place_history(&model, &[line]);
        let mut anna = Posterior::prior(&model, &Features::default());
        let mut sites = Sites::default();
        let factors = placed[0].factors(&model);
        let own = factors.pass(&mut anna.belief, &mut sites, 1.0, &mut Choosing::default()).own;
        let [small, large] = sites.factors.map(|site| site.article.offset);
        let offset = model.articles[0].offset.combine(small).combine(large).mean();
        format!("{own:.2} {offset:.3} {:.2}", anna.size(placed[0].axis).mean())
    };
    assert_eq!([TooSmall, Kept].map(after), ["0.95 -0.572 0.39", "0.94 -0.483 0.23"]);
}
