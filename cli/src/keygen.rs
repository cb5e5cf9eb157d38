//! `inseam keygen`: makes a pair of Ed25519 keys.

use crate::keys::key_line;
use crate::stdout;
use clap::Args;
use ed25519_compact::{KeyPair, Seed};
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use std::path::PathBuf;

/// Make a pair of keys to sign models with
#[derive(Args, Debug)]
#[command(long_about = "Make a pair of keys to sign models with.\n\n\
    EXAMPLES\n  \
    inseam keygen --out keys/shop\n\n\
    Writes keys/shop.secret, which only its owner can read, and keys/shop.public, which product pages need to check\n\
    the signature. Prints the public key.")]
pub(crate) struct KeygenArgs {
    /// Where to write the keys, without a file ending; existing keys are not overwritten
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Runs `inseam keygen`.
pub(crate) fn run(args: &KeygenArgs) -> Result<(), Failure> {
    let [secret, public] = [".secret", ".public"].map(|ending| {
        let mut path = args.out.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    });
    for path in [&secret, &public] {
        if path.exists() {
            return Err(Failure::new("is there already; keys are not overwritten")
                .in_file(path)
                .remedy("choose another name for --out"));
        }
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|e| Failure::new(format!("the system gives no random bytes: {e}")))?;
    let pair = KeyPair::from_seed(Seed::new(seed));
    AtomicFile::write_private(&secret, key_line(&seed).as_bytes())?;
    AtomicFile::write(&public, key_line(&*pair.pk).as_bytes())?;
    stdout::print(&key_line(&*pair.pk))
}
