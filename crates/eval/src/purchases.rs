//! Purchases that the model has not seen: what was said of them, and what happened.

use crate::baseline::{Baselines, canonical, class};
use crate::measurements::measurements;
use crate::predict::{self, Pair};
use crate::returned::{Alone, Articles};
use crate::told::Believed;
use inseam::model::Model;
use inseam::outcome::Outcome;
use inseam::size::System;
use inseam::train::{Coded, Columns};
use inseam_io::progress::{Progress, count};
use rayon::prelude::*;

/// One measured row.
pub struct Measured {
    /// The class that happened; `None` where the outcome says none.
    pub class: Option<usize>,
    /// Whether it came back for its size, or perhaps for its size, and nobody knows which way.
    pub unnamed: bool,
    /// Whether it was kept.
    pub kept: bool,
    /// What was said of the purchase, its size chosen.
    pub chances: Option<[f64; 3]>,
    /// What was said of its coming back for any reason: by the model, and by customer and article
    /// alone.
    pub returned: Option<[f64; 2]>,
    /// What was said of the advised size: that it fits. `None` for an article the model does not
    /// know.
    pub advised_fits: Option<f64>,
    /// Whether the advised size, the next best, the customer's and the article's modal size are the
    /// one bought.
    pub advised: bool,
    pub next: bool,
    pub customer_mode: bool,
    pub article_mode: bool,
    /// Purchases of the customer and of the article that were trained on.
    pub history: u32,
    pub support: u32,
    /// The fit group, as the model calls it; empty for an article it does not know.
    pub group: String,
}

/// What is known of returns that have nothing to do with size.
pub struct Returns {
    pub articles: Articles,
    pub alone: Alone,
}

/// Measures a model on these rows, pending ones left out.
pub fn measure(
    model: &Model,
    believed: &Believed<'_>,
    returns: Option<&Returns>,
    baselines: &Baselines<'_>,
    columns: &Columns,
    progress: Progress,
) -> Vec<Measured> {
    let stage = progress.stage("measuring", None);
    let sizes = canonical(&columns.size);
    let systems: Vec<System> = columns
        .system
        .iter()
        .flat_map(|c| c.values.iter().map(|text| System::parse(text).unwrap_or_default()))
        .collect();
    let rows: Vec<Measured> = (0..columns.outcome.len())
        .into_par_iter()
        .filter(|&row| columns.outcome[row] != Outcome::Pending)
        .map(|row| {
            let text = |c: &'_ Option<Coded>| c.as_ref().map_or("", |c| c.text(row)).to_owned();
            let (group, brand) = (text(&columns.group), text(&columns.brand));
            let system =
                columns.system.as_ref().and_then(|c| systems.get(c.codes[row] as usize)).copied();
            let (customer, article) = (columns.customer.text(row), columns.article.text(row));
            let size = sizes[columns.size.codes[row] as usize].as_str();
            let body = || measurements(columns, row);
            let posterior = match believed {
                Believed::Kept(known) => predict::believed(model, known(customer), body),
                Believed::Told(histories) => {
                    histories.posterior(model, customer, &predict::features(model, &body()))
                }
            };
            let pair = Pair {
                article,
                size,
                group: &group,
                brand: &brand,
                system: system.unwrap_or_default(),
                day: columns.day.as_ref().map(|d| d[row]),
            };
            let said = predict::predict(model, &posterior, pair);
            let group =
                model.article(article).map(|a| model.groups[model.group_of(a)].name.clone());
            Measured {
                class: class(columns.outcome[row]),
                unnamed: matches!(
                    columns.outcome[row],
                    Outcome::UnknownReason | Outcome::SizeReason
                ),
                kept: columns.outcome[row] == Outcome::Kept,
                returned: said.purchase.as_ref().zip(returns).and_then(|(bought, returns)| {
                    let with_sizes = returns.articles.chance(model, &posterior, article, bought);
                    Some([with_sizes, returns.alone.chance(customer, pair, body)?])
                }),
                chances: said.purchase.map(|bought| bought.chances),
                advised_fits: said.advice.map(|a| a.fits),
                advised: said.advice.is_some_and(|a| a.label == size),
                next: said.advice.is_some_and(|a| a.next == Some(size)),
                customer_mode: baselines.customer_mode(customer, article) == Some(size),
                article_mode: baselines.article_mode(article) == Some(size),
                history: baselines.history(customer),
                support: baselines.support(article),
                group: group.unwrap_or_default(),
            }
        })
        .collect();
    stage.done(format_args!("{} purchases", count(rows.len() as u64)));
    rows
}
