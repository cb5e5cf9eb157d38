//! `inseam verify`: checks that a model is whole and signed.

use crate::keys::{key_line, read_key};
use crate::model_file::{ModelFile, in_file};
use crate::stdout;
use clap::Args;
use ed25519_compact::{PublicKey, Signature};
use inseam::format;
use inseam_io::failure::Failure;
use std::path::PathBuf;

/// Check that a model is whole, and signed by one of your keys
#[derive(Args, Debug)]
#[command(long_about = "Check that a model is whole, and signed by one of your keys.\n\n\
    EXAMPLES\n  \
    inseam verify out/shop.inseam --key keys/shop.public\n  \
    inseam verify out/shop.inseam --key keys/2025.public --key keys/2026.public\n\n\
    Exits with status 1 if any byte is damaged, or if none of the keys made the signature.")]
pub(crate) struct VerifyArgs {
    /// The model file
    model: PathBuf,
    /// A public key; with several, one of them must have signed
    #[arg(long, value_name = "FILE", required = true)]
    key: Vec<PathBuf>,
}

/// Runs `inseam verify`.
pub(crate) fn run(args: &VerifyArgs) -> Result<(), Failure> {
    let file = ModelFile::open(&args.model)?;
    let (message, signature) = format::signature(&file.bytes).map_err(in_file(&args.model))?;
    let signature = signature.ok_or_else(|| Failure::new("is not signed").in_file(&args.model))?;
    for path in &args.key {
        let public = PublicKey::new(read_key(path)?);
        if public.verify(message, &Signature::new(signature)).is_ok() {
            return stdout::print(&format!(
                "{} is whole, and signed by {}",
                file.name(),
                key_line(&*public)
            ));
        }
    }
    Err(Failure::new("is signed by none of these keys").in_file(&args.model))
}
