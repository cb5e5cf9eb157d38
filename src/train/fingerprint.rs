//! Texts and digests that tell whether a stored state belongs to a training.

use super::graph::Graph;
use super::settings::Settings;
use std::fmt::{self, Write};
use xxhash_rust::xxh64::Xxh64;

/// A digest of all that the sweeps depend on: customers and lines by their digest, the tables and
/// the settings by their text.
pub(super) fn fingerprint(lines: u64, graph: &Graph, settings: &Settings) -> u64 {
    let mut digest = Digest(Xxh64::new(lines));
    write!(digest, "{} {graph:?}", made_by(settings)).expect("a digest takes any text");
    digest.0.digest()
}

/// The version of the program and the settings.
pub(super) fn made_by(settings: &Settings) -> String {
    // Both come after the sweeps, and the secret of the noise belongs into no file and no digest.
    let settings = Settings { privacy: None, min_customers: 1, ..settings.clone() };
    format!("{} {settings:?}", env!("CARGO_PKG_VERSION"))
}

struct Digest(Xxh64);

impl fmt::Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
