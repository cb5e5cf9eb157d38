//! `inseam keygen`, `inseam sign`, `inseam verify`: Ed25519 over a model's head, which pins the
//! rest.

use crate::args::{KeygenArgs, SignArgs, VerifyArgs};
use crate::output;
use crate::publish::hexadecimal;
use ed25519_compact::{KeyPair, PublicKey, Seed, Signature};
use inseam::format::{self, Head};
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use inseam_io::stores;
use std::path::Path;

/// Runs `inseam keygen`.
pub(crate) fn keygen(args: &KeygenArgs) -> Result<(), Failure> {
    let with = |ending: &str| {
        let mut path = args.out.clone().into_os_string();
        path.push(ending);
        std::path::PathBuf::from(path)
    };
    let [secret, public] = [with(".secret"), with(".public")];
    for path in [&secret, &public] {
        if path.exists() {
            return Err(Failure::new("is there already; keys are not made anew").in_file(path));
        }
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed)
        .map_err(|e| Failure::new(format!("the system gives no random bytes: {e}")))?;
    let pair = KeyPair::from_seed(Seed::new(seed));
    AtomicFile::write_private(&secret, line(&seed).as_bytes())?;
    AtomicFile::write(&public, line(&*pair.pk).as_bytes())?;
    output::print(&line(&*pair.pk))
}

/// Runs `inseam sign`.
pub(crate) fn sign(args: &SignArgs) -> Result<(), Failure> {
    let mut bytes = stores::read_file(&args.model)?;
    let refused = |e: inseam::Error| Failure::new(e.to_string()).in_file(&args.model);
    let (head, _) = Head::read_all(&bytes).map_err(refused)?;
    let pair = KeyPair::from_seed(Seed::new(key(&args.key)?));
    let (message, _) = format::signature(&bytes).map_err(refused)?;
    let signature = pair.sk.sign(message, None);
    format::set_signature(&mut bytes, *signature).map_err(refused)?;
    AtomicFile::write(&args.model, &bytes)?;
    output::print(&format!("{} is signed by {}", hexadecimal(head.name()), line(&*pair.pk)))
}

/// Runs `inseam verify`.
pub(crate) fn verify(args: &VerifyArgs) -> Result<(), Failure> {
    let bytes = stores::read_file(&args.model)?;
    let refused = |e: inseam::Error| Failure::new(e.to_string()).in_file(&args.model);
    let (head, _) = Head::read_all(&bytes).map_err(refused)?;
    let (message, signature) = format::signature(&bytes).map_err(refused)?;
    let signature = signature.ok_or_else(|| Failure::new("is not signed").in_file(&args.model))?;
    for path in &args.key {
        let public = PublicKey::new(key(path)?);
        if public.verify(message, &Signature::new(signature)).is_ok() {
            let name = hexadecimal(head.name());
            return output::print(&format!("{name} is whole, and signed by {}", line(&*public)));
        }
    }
    Err(Failure::new("is signed by none of these keys").in_file(&args.model))
}

/// A key as a line of hexadecimal digits.
fn line(key: &[u8]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).chain(["\n".to_owned()]).collect()
}

fn key(path: &Path) -> Result<[u8; 32], Failure> {
    let bad = || Failure::new("is not a key: 64 hexadecimal digits on one line").in_file(path);
    let bytes = std::fs::read(path).map_err(|e| Failure::io(path, "cannot read the key", &e))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| bad())?.trim();
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(bad());
    }
    let mut key = [0; 32];
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
    }
    Ok(key)
}
