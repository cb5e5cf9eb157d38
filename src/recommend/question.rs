//! The question whose answer is expected to reveal most about a customer's size (`model/README.md`,
//! section 7).
//!
//! The worth of a question is the expected information of its answer about the latent size in the
//! article's fit group: the entropy of a Gaussian falls by ln(sd before / sd after), averaged over
//! the answers that the model predicts (Lindley 1956, "On a measure of the information provided by
//! an experiment").

use super::chances::choice_chances;
use super::prior::unseen_article;
use crate::infer::{Posterior, Purchase, posterior};
use crate::model::{Article, ArticleSize, Features, Model};

/// A question that a customer may be able to answer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Question<'a> {
    /// The value of this body measurement.
    Measurement(&'a str),
    /// Which of the article's sizes they usually wear of this brand.
    Brand(&'a str),
}

/// A question and the expected information of its answer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Worth<'a> {
    /// The question.
    pub question: Question<'a>,
    /// Expected information, nats; never negative.
    pub nats: f64,
}

/// Answers less probable than this are left out.
const RARE: f64 = 0.01;

/// The questions that could improve the advice on an article, in descending order of worth: every
/// measurement that is not known yet, and these brands.
#[must_use]
pub fn questions<'a>(
    model: &'a Model,
    history: &[Purchase<'_>],
    body: &Features,
    article: &Article,
    brands: &[&'a str],
) -> Vec<Worth<'a>> {
    let group = model.group_of(article);
    let now = posterior(model, history, body);
    let information = |then: &Posterior| {
        let ratio = now.size(group).variance() / then.size(group).variance();
        (0.5 * libm::log(ratio)).max(0.0)
    };
    let measurements = unknown(model, body).map(|(name, narrower)| Worth {
        question: Question::Measurement(name),
        nats: information(&posterior(model, history, &narrower)),
    });
    let brands = brands.iter().map(|&brand| {
        let known = model.brands.iter().find(|b| usize::from(b.group) == group && b.name == brand);
        let unseen = unseen_article(model, article, known);
        let (mut sum, mut weight) = (0.0, 0.0);
        let chosen = choice_chances(model, &now, &unseen, 0.0);
        for (size, chance) in unseen.sizes.iter().zip(chosen).filter(|&(_, chance)| chance > RARE) {
            let mut longer = history.to_vec();
            longer.push(worn(model, &unseen, size, brand));
            sum += chance * information(&posterior(model, &longer, body));
            weight += chance;
        }
        Worth {
            question: Question::Brand(brand),
            nats: if weight > 0.0 { sum / weight } else { 0.0 },
        }
    });
    let mut all: Vec<Worth<'a>> = Vec::new();
    for worth in measurements.chain(brands) {
        // Equals keep the order of the model and of the page.
        let at = all.iter().take_while(|before| before.nats >= worth.nats).count();
        all.insert(at, worth);
    }
    all
}

/// The measurements that are not known. Each comes with the features as narrow as they would be if
/// it were known; its value moves the mean only, not the information.
fn unknown<'m>(model: &'m Model, body: &Features) -> impl Iterator<Item = (&'m str, Features)> {
    let mut at = 0;
    model.measurements.iter().filter_map(move |m| {
        let features = at..at + m.width();
        at = features.end;
        // A known number has 1 as its last feature, a known word has 1 for its level.
        let known = body.phi.get(features).is_some_and(|phi| phi.contains(&1.0));
        let widening = body.widening.max(1.0) - m.missing;
        (!known)
            .then(|| (m.name.as_str(), Features { widening: widening.max(1.0), ..body.clone() }))
    })
}

/// The answer "this size of this brand fits me", as a kept purchase.
fn worn<'a>(
    model: &'a Model,
    article: &Article,
    size: &ArticleSize,
    brand: &'a str,
) -> Purchase<'a> {
    let scale = &model.scales[usize::from(article.scale)];
    Purchase {
        brand: Some(brand),
        group: Some(&model.groups[model.group_of(article)].name),
        system: scale.system,
        size: &scale.labels[usize::from(size.label)].text,
        ..Purchase::default()
    }
}
