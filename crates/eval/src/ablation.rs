//! What each term of the model pays: trained without it, measured on the same purchases.

use crate::baseline::Baselines;
use crate::metrics::{log_loss, macro_auc};
use crate::purchases::{Measured, measure};
use crate::told::Believed;
use inseam::model::CustomerBelief;
use inseam::train::{Columns, ModelTerm, Settings};
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores::temporary_secret;
use inseam_io::training::train_with;
use serde::Serialize;
use std::collections::HashMap;

/// The outcome's figures of a model that lacks a term.
#[derive(Clone, Debug, Serialize)]
pub struct Without {
    /// The term; empty for the whole model.
    pub term: &'static str,
    pub macro_auc: Option<f64>,
    pub log_loss: f64,
}

/// The whole model, and then each term left out, in their order; empty where no outcome is known.
pub fn run(
    pipeline: &Pipeline,
    history: &Columns,
    test: &Columns,
    progress: Progress,
) -> Result<Vec<Without>, Failure> {
    let baselines = Baselines::of(history);
    let settings = pipeline.train.settings(temporary_secret()?);
    let mut out = Vec::new();
    for term in std::iter::once(None).chain(ModelTerm::ALL.into_iter().map(Some)) {
        let name = term.map_or("", ModelTerm::name);
        let what = if name.is_empty() {
            "training the whole model".into()
        } else {
            format!("training without {name}")
        };
        let settings = Settings { without: term, ..settings.clone() };
        let trained = train_with(&settings, history, &what, progress)?;
        let ids = &history.customer.values;
        let beliefs: HashMap<&str, &CustomerBelief> = trained
            .customers
            .iter()
            .map(|(id, belief)| (ids[*id as usize].as_str(), belief))
            .collect();
        let known = |customer: &str| beliefs.get(customer).copied();
        out.extend(figures(
            name,
            &measure(trained.known(), &Believed::Kept(&known), None, &baselines, test, progress),
        ));
    }
    Ok(out)
}

fn figures(term: &'static str, rows: &[Measured]) -> Option<Without> {
    let (chances, classes): (Vec<[f64; 3]>, Vec<usize>) =
        rows.iter().filter_map(|m| m.chances.zip(m.class)).unzip();
    (!classes.is_empty()).then(|| Without {
        term,
        macro_auc: macro_auc(&chances, &classes),
        log_loss: log_loss(&chances, &classes),
    })
}
