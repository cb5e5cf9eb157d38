//! Tells whether a stored state belongs to a training.

use super::graph::Graph;
use super::settings::Settings;
use std::fmt::{self, Write};
use xxhash_rust::xxh64::Xxh64;

/// A digest of all that the sweeps depend on: customers and lines by their digest, the tables and
/// the settings by their text.
pub(super) fn fingerprint(lines: u64, graph: &Graph, settings: &Settings) -> u64 {
    let mut digest = Digest(Xxh64::new(lines));
    // The noise comes after the sweeps, and its secret belongs into no digest.
    let settings = Settings { privacy: None, min_customers: 1, ..settings.clone() };
    let version = env!("CARGO_PKG_VERSION");
    write!(digest, "{version} {settings:?} {graph:?}").expect("a digest takes any text");
    digest.0.digest()
}

struct Digest(Xxh64);

impl fmt::Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}
