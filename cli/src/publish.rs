//! `inseam publish`: a model where pages get it, under a name that no other has, and a pointer to
//! it.

use crate::args::PublishArgs;
use crate::output;
use inseam::format::{Digest, Head};
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use inseam_io::stores;
use std::path::Path;

/// Runs `inseam publish`.
pub(crate) fn run(args: &PublishArgs) -> Result<(), Failure> {
    let bytes = stores::read_file(&args.model)?;
    let refused = |e: inseam::Error| Failure::new(e.to_string()).in_file(&args.model);
    let (head, _) = Head::read_all(&bytes).map_err(refused)?;
    let stem = args.model.file_stem().and_then(|s| s.to_str());
    let stem =
        stem.ok_or_else(|| Failure::new("has no name to publish it under").in_file(&args.model))?;
    let named = format!("{stem}-{}", hexadecimal(head.name()));
    let target = if args.parts {
        parts(&head, &bytes, &args.out.join(&named))?;
        format!("{named}/")
    } else {
        let file = format!("{named}.inseam");
        AtomicFile::write(&args.out.join(&file), &bytes)?;
        file
    };
    // Last, when all it points to is there.
    let pointer = args.out.join(format!("{stem}.json"));
    AtomicFile::write(
        &pointer,
        format!("{}\n", serde_json::json!({ "model": target })).as_bytes(),
    )?;
    output::print(&format!("{} -> {target}\n", pointer.display()))
}

/// The head and every block as a file of its own.
fn parts(head: &Head, bytes: &[u8], folder: &Path) -> Result<(), Failure> {
    for block in 0..head.blocks() {
        AtomicFile::write(&folder.join(format!("{block:04x}")), &bytes[head.span(block)])?;
    }
    AtomicFile::write(&folder.join("head"), &bytes[..head.length()])
}

/// A model's name as hexadecimal digits.
pub(crate) fn hexadecimal(name: Digest) -> String {
    name.iter().map(|byte| format!("{byte:02x}")).collect()
}
