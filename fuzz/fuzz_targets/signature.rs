//! Any bytes as a signature: none is good for a head but the one made for it, and none makes the
//! file another.
#![no_main]

use ed25519_compact::{KeyPair, Seed, Signature};
use inseam::format::{head_checksum, set_signature, signature};
use libfuzzer_sys::fuzz_target;

const FILE: &[u8] = include_bytes!("../../model/fixtures/valid-small.inseam");

fuzz_target!(|bytes: &[u8]| {
    let _ = signature(bytes);
    let mut any = bytes.to_vec();
    let _ = set_signature(&mut any, [7; 64]);
    let mut said = [0; 64];
    let taken = bytes.len().min(64);
    said[..taken].copy_from_slice(&bytes[..taken]);
    let mut file = FILE.to_vec();
    set_signature(&mut file, said).expect("a whole head");
    assert_eq!(head_checksum(&file), head_checksum(FILE));
    let (message, found) = signature(&file).expect("a whole head");
    assert_eq!(found, (said != [0; 64]).then_some(said));
    let pair = KeyPair::from_seed(Seed::new([3; 32]));
    let own = pair.sk.sign(message, None);
    assert_eq!(pair.pk.verify(message, &Signature::new(said)).is_ok(), said == *own);
});
