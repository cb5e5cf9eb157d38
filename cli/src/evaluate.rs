//! `inseam evaluate`: how good the model is on purchases it has not seen, beside what it has to
//! beat.
//!
//! [`purchases`] asks what becomes of purchases and whether the size kept is the one advised, of a
//! test table or of what came after a day; [`sizes`] asks for the size alone, customer by customer,
//! each left out of training in turn.

use crate::args::EvaluateArgs;
use crate::output;
use inseam::format::private::customer_key;
use inseam_eval::baseline::Baselines;
use inseam_eval::purchases::Returns;
use inseam_eval::report::{Report, Way};
use inseam_eval::returned::{Alone, Articles};
use inseam_eval::told::{Believed, Histories};
use inseam_eval::{ablation, after, purchases, sizes};
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use inseam_io::history::load_test;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::stores::{self, StoredMapping};
use inseam_io::training;
use std::io::Write;

/// Runs `inseam evaluate`.
pub(crate) fn run(args: &EvaluateArgs, progress: Progress) -> Result<(), Failure> {
    let mut pipeline = Pipeline::read(&args.pipeline)?;
    // A page that cannot be written must not cost a training.
    let page =
        args.html.as_deref().map(|path| Ok((path, AtomicFile::create(path)?))).transpose()?;
    if args.all_rows {
        pipeline.history.conditions.clear();
    }
    let report = if let Some(day) = args.after {
        after::run(&pipeline, day, args.gap, progress)?
    } else if args.last_kept || args.new_customers {
        let asked =
            if args.last_kept { sizes::Asked::LastKept } else { sizes::Asked::NewCustomers };
        sizes::run(&pipeline, asked, args.folds, progress)?
    } else {
        tested(args, &pipeline, progress)?
    };
    if let Some((path, mut file)) = page {
        let name = args.pipeline.file_name().unwrap_or_default().to_string_lossy();
        file.write_all(report.html(&name).as_bytes())
            .map_err(|e| Failure::io(path, "cannot write", &e))?;
        file.commit()?;
    }
    output::print(&if args.json { report.json()? } else { report.text() })
}

/// Measures the pipeline's model on its test purchases.
fn tested(args: &EvaluateArgs, pipeline: &Pipeline, progress: Progress) -> Result<Report, Failure> {
    // What to measure on comes first: a mistake there must not cost a training.
    let test = load_test(pipeline, args.test.as_deref())?;
    let history = training::load(pipeline, &[], None, progress)?;
    let path = pipeline.model_path()?;
    if args.train {
        let trained = training::train(pipeline, &history, &path, progress)?;
        let kept = StoredMapping {
            columns: history.mapping.clone(),
            groups: pipeline.history.groups.clone(),
        };
        stores::save(&path, &trained, &history.columns.customer, &kept)?;
    }
    let opened = stores::open(&path).map_err(|e| e.also("train first, or give --train"))?;
    let baselines = Baselines::of(&history.columns);
    let known = |customer: &str| opened.customer(&customer_key(&opened.secret, customer));
    let returns = match Alone::train(pipeline, &history.columns, progress)? {
        Some(alone) => Some(Returns { articles: Articles::read(&path)?, alone }),
        None => None,
    };
    let histories = args.as_page.then(|| Histories::of(&history.columns));
    let believed = histories.as_ref().map_or(Believed::Kept(&known), Believed::Told);
    let model = if args.as_page { &opened.model } else { opened.full_model() };
    let rows =
        purchases::measure(model, &believed, returns.as_ref(), &baselines, &test.columns, progress);
    let ablation = match args.ablation {
        true => ablation::run(pipeline, &history.columns, &test.columns, progress)?,
        false => Vec::new(),
    };
    Ok(Report::of_purchases(Way::Test, &rows, &baselines, ablation))
}
