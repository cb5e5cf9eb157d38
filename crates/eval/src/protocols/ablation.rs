//! Ablation: the model is trained again without each of its terms, and measured on the same
//! purchases.

use crate::baselines::Baselines;
use crate::beliefs::{CustomerBeliefs, trained_beliefs};
use crate::measured_purchase::{MeasuredPurchase, PurchasePredictor};
use crate::metrics::{log_loss, macro_auc, mean_log_loss};
use inseam::train::{Columns, ModelTerm, Settings};
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores::temporary_secret;
use inseam_io::training::train_with;
use serde::Serialize;

/// The figures of a model that was trained without one term.
#[derive(Clone, Debug, Serialize)]
pub struct AblatedModel {
    /// The term left out; empty for the whole model.
    pub(crate) term: &'static str,
    /// Macro AUC and log loss of the outcome.
    pub(crate) macro_auc: Option<f64>,
    pub(crate) log_loss: f64,
    /// Mean negative log probability of the kept size, given the sizes on offer, nats.
    pub(crate) choice_log_loss: Option<f64>,
    /// Share of the kept purchases whose size is the advised one.
    pub(crate) kept_size_hit: Option<f64>,
}

/// Figures of the whole model, then of the model without each term, in the order of the terms;
/// empty where no outcome is known.
pub(super) fn run(
    pipeline: &Pipeline,
    history: &Columns,
    test: &Columns,
    progress: Progress,
) -> Result<Vec<AblatedModel>, Failure> {
    let baselines = Baselines::new(history);
    let settings = pipeline.train.settings(temporary_secret()?);
    let mut models = Vec::new();
    for term in std::iter::once(None).chain(ModelTerm::ALL.into_iter().map(Some)) {
        let name = term.map_or("", ModelTerm::name);
        let step = match name {
            "" => "training the whole model".to_owned(),
            name => format!("training without {name}"),
        };
        let settings = Settings { without: term, ..settings.clone() };
        let trained = train_with(&settings, history, &step, progress)?;
        let beliefs = trained_beliefs(&trained, history);
        let stored = |customer: &str| beliefs.get(customer).copied();
        let predictor = PurchasePredictor {
            model: trained.known(),
            beliefs: CustomerBeliefs::Stored(&stored),
            returns: None,
            successes: None,
            baselines: &baselines,
        };
        models.extend(figures(name, &predictor.measure(test, progress)));
    }
    Ok(models)
}

fn figures(term: &'static str, purchases: &[MeasuredPurchase]) -> Option<AblatedModel> {
    let (probabilities, classes): (Vec<[f64; 3]>, Vec<usize>) =
        purchases.iter().filter_map(|m| m.probabilities.zip(m.class)).unzip();
    let choices: Vec<f64> = purchases.iter().filter_map(|m| m.choice_probability).collect();
    let kept: Vec<&MeasuredPurchase> = purchases.iter().filter(|m| m.kept).collect();
    let hits = kept.iter().filter(|m| m.is_advised).count();
    (!classes.is_empty()).then(|| AblatedModel {
        term,
        macro_auc: macro_auc(&probabilities, &classes),
        log_loss: log_loss(&probabilities, &classes),
        choice_log_loss: mean_log_loss(&choices),
        kept_size_hit: (!kept.is_empty()).then(|| hits as f64 / kept.len() as f64),
    })
}
