//! What to ask a customer: the answer that can be expected to tell most of their size.
//!
//! A question is worth the information that its answer is expected to bring about the latent size
//! in the article's fit group: the entropy of a Gaussian falls by ln(sd before / sd after),
//! averaged over the answers as the model foresees them (Lindley 1956, "On a measure of the
//! information provided by an experiment").

use super::chosen_shares;
use super::less::typical;
use crate::infer::{Posterior, Purchase, posterior};
use crate::model::{Article, ArticleSize, Features, Model};

/// Something a customer may know.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Question<'a> {
    /// A body measurement of the model, by its name.
    Measurement(&'a str),
    /// Which of the article's size labels they usually wear of this brand.
    Brand(&'a str),
}

/// A question and what its answer is expected to tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth<'a> {
    /// What is asked.
    pub question: Question<'a>,
    /// Expected information, nats; never below 0.
    pub nats: f64,
}

/// Answers less likely than this are not followed up.
const RARE: f64 = 0.01;

/// The questions that could help to advise on an article, the most telling first: every measurement
/// that is not known yet, and these brands.
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
    let told = |then: &Posterior| {
        let ratio = now.size(group).variance() / then.size(group).variance();
        (0.5 * libm::log(ratio)).max(0.0)
    };
    let measurements = unknown(model, body).map(|(name, narrower)| Worth {
        question: Question::Measurement(name),
        nats: told(&posterior(model, history, &narrower)),
    });
    let brands = brands.iter().map(|&brand| {
        let known = model.brands.iter().find(|b| usize::from(b.group) == group && b.name == brand);
        let asked = typical(model, article, known);
        let (mut sum, mut weight) = (0.0, 0.0);
        let chosen = chosen_shares(model, &now, &asked, 0.0);
        for (size, chance) in asked.sizes.iter().zip(chosen).filter(|&(_, chance)| chance > RARE) {
            let mut longer = history.to_vec();
            longer.push(worn(model, &asked, size, brand));
            sum += chance * told(&posterior(model, &longer, body));
            weight += chance;
        }
        Worth {
            question: Question::Brand(brand),
            nats: if weight > 0.0 { sum / weight } else { 0.0 },
        }
    });
    let mut all: Vec<Worth<'a>> = Vec::new();
    for worth in measurements.chain(brands) {
        // Equals stay in the model's and the page's order.
        let at = all.iter().take_while(|before| before.nats >= worth.nats).count();
        all.insert(at, worth);
    }
    all
}

/// The measurements that are not known, each with the features as narrow as they would be if it
/// were: which value it has moves the mean alone.
fn unknown<'m>(model: &'m Model, body: &Features) -> impl Iterator<Item = (&'m str, Features)> {
    let mut at = 0;
    model.measurements.iter().filter_map(move |m| {
        let features = at..at + m.width();
        at = features.end;
        // Of a known number the last feature is 1; of a word one of its levels.
        let known = body.phi.get(features).is_some_and(|phi| phi.contains(&1.0));
        let widening = body.widening.max(1.0) - m.missing;
        (!known)
            .then(|| (m.name.as_str(), Features { widening: widening.max(1.0), ..body.clone() }))
    })
}

/// The answer "this size of this brand fits me".
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
