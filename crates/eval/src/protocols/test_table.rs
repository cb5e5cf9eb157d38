//! The protocol of a test table: the pipeline's model, measured on a table of purchases that
//! training has not seen.

use super::ablation;
use super::{Protocol, PurchaseResults};
use crate::baselines::Baselines;
use crate::beliefs::{CustomerBeliefs, CustomerHistories};
use crate::measured_purchase::PurchasePredictor;
use crate::off_policy::Successes;
use crate::returns::{ArticleReturns, ReturnModels, SizeBlindReturns};
use inseam::format::private::customer_key;
use inseam_io::failure::Failure;
use inseam_io::history::load_test;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores::{self, StoredMapping};
use inseam_io::training::{self, StoreOptions};
use std::path::Path;

/// How the model and the test table are found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The test table; by default the one of the pipeline's `[test]` section.
    pub test: Option<&'a Path>,
    /// Train first, and write the model.
    pub train: bool,
    /// Predict from the customer's history and the public model, without the private files.
    pub as_page: bool,
    /// Also train and measure the model without each of its terms.
    pub ablation: bool,
    /// Also list the choices, with the sizes that rules name.
    pub cases: bool,
}

/// Measures the pipeline's model on the test table.
///
/// # Errors
/// If a table or the model cannot be read, or training fails.
pub fn run(
    pipeline: &Pipeline,
    options: &Options<'_>,
    progress: Progress,
) -> Result<PurchaseResults, Failure> {
    // Read the test table first: a mistake in it must not cost a training.
    let test = load_test(pipeline, options.test)?;
    let history = training::load(pipeline, &[], None, progress)?;
    let path = pipeline.model_path()?;
    if options.train {
        let options = StoreOptions::default();
        let columns = history.columns.clone();
        let prepared = training::prepare(pipeline, columns, &path, &options, progress)?;
        let model = prepared.train(progress)?;
        let kept = StoredMapping {
            columns: history.mapping.clone(),
            groups: pipeline.history.groups.clone(),
        };
        stores::save(&path, &model.learned, &model.keys, &kept)?;
    }
    let opened = stores::open(&path).map_err(|e| e.also("train first, or give --train"))?;
    let baselines = Baselines::new(&history.columns);
    let stored = |customer: &str| opened.customer(&customer_key(&opened.secret, customer));
    let successes = Successes::new(&test.columns);
    let returns = match successes.is_some() {
        true => Some(ReturnModels {
            // A page does not have the private file with the articles' beliefs.
            articles: match options.as_page {
                true => ArticleReturns::default(),
                false => ArticleReturns::read(&path)?,
            },
            size_blind: SizeBlindReturns::train(pipeline, &history.columns, progress)?,
        }),
        false => None,
    };
    let histories = options.as_page.then(|| CustomerHistories::new(&history.columns));
    let predictor = PurchasePredictor {
        model: if options.as_page { &opened.model } else { opened.full_model() },
        beliefs: match &histories {
            Some(histories) => CustomerBeliefs::FromHistory(histories),
            None => CustomerBeliefs::Stored(&stored),
        },
        returns: returns.as_ref(),
        successes: successes.as_ref(),
        baselines: &baselines,
    };
    let purchases = predictor.measure(&test.columns, progress);
    let summary = successes.as_ref().map(Successes::summary);
    let mut results = PurchaseResults::new(Protocol::Test, purchases, summary, &baselines);
    if options.cases {
        results = results.with_cases(predictor.model, &test.columns);
    }
    if options.ablation {
        results.ablation = ablation::run(pipeline, &history.columns, &test.columns, progress)?;
    }
    Ok(results)
}
