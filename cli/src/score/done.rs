//! What a run of `inseam score` has done: its manifest and its summary.

use super::args::ScoreArgs;
use crate::stdout;
use inseam_io::failure::Failure;
use inseam_io::manifest::{Manifest, ManifestFile, Resources};
use inseam_io::progress::Progress;
use inseam_io::stores;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The model's files and the tables that a run reads, for its manifest.
pub(super) fn inputs(args: &ScoreArgs, tables: &[PathBuf]) -> Result<Vec<ManifestFile>, Failure> {
    let model_files = stores::files_of(&args.model);
    ManifestFile::all(model_files.iter().chain(tables).map(PathBuf::as_path))
}

/// What a run has done, for its manifest.
pub(super) struct Done {
    /// The files that were read.
    pub(super) inputs: Vec<ManifestFile>,
    pub(super) settings: Value,
    pub(super) rows: Value,
    pub(super) result: Value,
    pub(super) outputs: Vec<PathBuf>,
}

/// Writes the manifest beside the output, and prints one line of it, or a summary as JSON.
pub(super) fn finish(
    args: &ScoreArgs,
    out: &Path,
    done: Done,
    began: Instant,
    progress: Progress,
) -> Result<(), Failure> {
    let manifest = Manifest {
        version: env!("CARGO_PKG_VERSION"),
        verb: "score",
        inputs: done.inputs,
        settings: done.settings,
        rows: done.rows,
        result: done.result,
        outputs: ManifestFile::all(done.outputs.iter().map(PathBuf::as_path))?,
        resources: Resources::since(began, args.price_per_cpu_hour),
    };
    let path = Manifest::after(out);
    manifest.write_to(&path)?;
    progress.say(format_args!("{}: {}", path.display(), manifest.resources));
    if args.json {
        let bytes: u64 = manifest.outputs.iter().map(|file| file.bytes).sum();
        let summary = json!({
            "out": out,
            "manifest": path,
            "rows": manifest.rows,
            "result": manifest.result,
            "files": manifest.outputs.len(),
            "bytes": bytes,
            "resources": manifest.resources,
        });
        stdout::print(&format!("{summary:#}\n"))?;
    }
    Ok(())
}
