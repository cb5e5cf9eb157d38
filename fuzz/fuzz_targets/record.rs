//! Reads arbitrary bytes as the record of one article, first as they are, then with a valid digest.
#![no_main]

use inseam::Model;
use inseam::format::Head;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static HEAD: LazyLock<(Head, Model)> = LazyLock::new(|| {
    Head::read(include_bytes!("../../model/fixtures/valid-small.inseam")).expect("a valid fixture")
});

fuzz_target!(|bytes: &[u8]| {
    let (head, model) = &*HEAD;
    let _ = head.read_record(model, bytes);
    let mut sealed = head.name()[..8].to_vec();
    sealed.extend(bytes);
    sealed.extend(&hmac_sha256::Hash::hash(&sealed)[..4]);
    if let Ok(article) = head.read_record(model, &sealed) {
        let again = head.record(model, &article).expect("write what was read");
        assert_eq!(head.read_record(model, &again).expect("read what was written"), article);
    }
});
