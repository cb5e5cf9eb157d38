//! `inseam train`: a pipeline file in, a model and its private files out.

use crate::args::TrainArgs;
use inseam_io::failure::Failure;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::{Progress, count};
use inseam_io::stores::{self, StoredMapping};
use inseam_io::training::{load, train};

/// Runs `inseam train`.
pub(crate) fn run(args: &TrainArgs, progress: Progress) -> Result<(), Failure> {
    let pipeline = Pipeline::read(&args.pipeline)?;
    let out = match &args.out {
        Some(out) => out.clone(),
        None => pipeline.model_path()?,
    };
    let loaded = load(&pipeline, &args.history, args.rejects.as_deref(), progress)?;
    let trained = train(&pipeline, &loaded, &out, progress)?;
    let kept = StoredMapping { columns: loaded.mapping, groups: pipeline.history.groups.clone() };
    let stage = progress.stage("writing", None);
    let sizes = stores::save(&out, &trained, &loaded.columns.customer, &kept)?;
    stage.done(format_args!(
        "{} {} kB for the page; beside it, for the server only, customers {} kB and messages {} kB",
        out.display(),
        count(sizes.public.div_ceil(1000) as u64),
        count(sizes.customers.div_ceil(1000) as u64),
        count(sizes.messages.div_ceil(1000) as u64)
    ));
    Ok(())
}
