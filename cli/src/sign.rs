//! `inseam sign`: signs a model's head with Ed25519. The head contains the digests of all the rest.

use crate::keys::{key_line, read_key};
use crate::model_file::{ModelFile, in_file};
use crate::stdout;
use clap::Args;
use ed25519_compact::{KeyPair, Seed};
use inseam::format;
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use std::path::PathBuf;

/// Sign a model
#[derive(Args, Debug)]
#[command(long_about = "Sign a model.\n\n\
    EXAMPLES\n  \
    inseam sign out/shop.inseam --key keys/shop.secret\n\n\
    Writes the signature into the model file. It covers the head of the file, and the head contains the digests of all\n\
    other bytes. The model keeps its name.")]
pub(crate) struct SignArgs {
    /// The model file
    model: PathBuf,
    /// The secret key, from `inseam keygen`
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

/// Runs `inseam sign`.
pub(crate) fn run(args: &SignArgs) -> Result<(), Failure> {
    let mut file = ModelFile::open(&args.model)?;
    let pair = KeyPair::from_seed(Seed::new(read_key(&args.key)?));
    let (message, _) = format::signature(&file.bytes).map_err(in_file(&args.model))?;
    let signature = pair.sk.sign(message, None);
    format::set_signature(&mut file.bytes, *signature).map_err(in_file(&args.model))?;
    AtomicFile::write(&args.model, &file.bytes)?;
    stdout::print(&format!("{} is signed by {}", file.name(), key_line(&*pair.pk)))
}
