//! Uses arbitrary bytes as a signature. Only the signature made for a head may be valid for it, and
//! no signature may change the file's checksum.
#![no_main]

use ed25519_compact::{KeyPair, Seed, Signature};
use inseam::format::{head_checksum, set_signature, signature};
use libfuzzer_sys::fuzz_target;

const FILE: &[u8] = include_bytes!("../../model/fixtures/valid-small.inseam");

fuzz_target!(|bytes: &[u8]| {
    let _ = signature(bytes);
    let mut any = bytes.to_vec();
    let _ = set_signature(&mut any, [7; 64]);
    let mut candidate = [0; 64];
    let length = bytes.len().min(64);
    candidate[..length].copy_from_slice(&bytes[..length]);
    let mut file = FILE.to_vec();
    set_signature(&mut file, candidate).expect("a complete head");
    assert_eq!(head_checksum(&file), head_checksum(FILE));
    let (message, found) = signature(&file).expect("a complete head");
    assert_eq!(found, (candidate != [0; 64]).then_some(candidate));
    let pair = KeyPair::from_seed(Seed::new([3; 32]));
    let own = pair.sk.sign(message, None);
    assert_eq!(pair.pk.verify(message, &Signature::new(candidate)).is_ok(), candidate == *own);
});
