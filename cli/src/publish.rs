//! `inseam publish`: copies a model to where pages fetch it, under a name of its own, and writes a
//! pointer to it.

use crate::model_file::ModelFile;
use crate::stdout;
use clap::Args;
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use std::path::{Path, PathBuf};

/// Copy a model to where pages fetch it, under a name of its own, and point to it
#[derive(Args, Debug)]
#[command(
    long_about = "Copy a model to where pages fetch it, under a name of its own, and point to it.\n\n\
    EXAMPLES\n  \
    inseam publish out/shop.inseam --out public/fit\n  \
    inseam publish out/shop.inseam --out public/fit --parts\n\n\
    Writes shop-NAME.inseam, or with --parts the folder shop-NAME/, and then shop.json, which points to it. NAME is a\n\
    digest of the model. A file with NAME in its name never changes, so browsers may cache it for ever; shop.json\n\
    changes with every model. Pages open shop.json, or, to save a request, the file it points to."
)]
pub(crate) struct PublishArgs {
    /// The model file
    model: PathBuf,
    /// Folder to write to; made if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write a folder with the head and each block as a file of its own, for servers that do not
    /// answer Range requests
    #[arg(long)]
    parts: bool,
}

/// Runs `inseam publish`.
pub(crate) fn run(args: &PublishArgs) -> Result<(), Failure> {
    let file = ModelFile::open(&args.model)?;
    let stem = args.model.file_stem().and_then(|s| s.to_str());
    let stem =
        stem.ok_or_else(|| Failure::new("has no name to publish it under").in_file(&args.model))?;
    let named = format!("{stem}-{}", file.name());
    let target = if args.parts {
        write_parts(&file, &args.out.join(&named))?;
        format!("{named}/")
    } else {
        let name = format!("{named}.inseam");
        AtomicFile::write(&args.out.join(&name), &file.bytes)?;
        name
    };
    // The pointer comes last, when everything it points to exists.
    let pointer = args.out.join(format!("{stem}.json"));
    let json = format!("{}\n", serde_json::json!({ "model": target }));
    AtomicFile::write(&pointer, json.as_bytes())?;
    stdout::print(&format!("{} -> {target}\n", pointer.display()))
}

/// Writes the head and every block as a file of its own, the head last.
fn write_parts(file: &ModelFile, folder: &Path) -> Result<(), Failure> {
    for block in 0..file.head.blocks() {
        let bytes = &file.bytes[file.head.span(block)];
        AtomicFile::write(&folder.join(format!("{block:04x}")), bytes)?;
    }
    AtomicFile::write(&folder.join("head"), &file.bytes[..file.head.length()])
}
