//! The manifest of a run: what went in, what came out, and what it took.

use crate::atomic_file::AtomicFile;
pub use crate::digested_file::ManifestFile;
use crate::failure::Failure;
use crate::history::History;
use crate::memory::shown_size;
use crate::usage::Usage;
use serde::Serialize;
use serde_json::Value;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The manifest of a run. Its file lies beside the output.
#[derive(Debug, Serialize)]
pub struct Manifest {
    /// The version of Inseam.
    pub version: &'static str,
    /// The verb: `train` or `score`.
    pub verb: &'static str,
    /// The files that were read.
    pub inputs: Vec<ManifestFile>,
    /// The settings, without secrets.
    pub settings: Value,
    /// What became of the rows.
    pub rows: Value,
    /// What the run found, such as sweeps and evidence.
    pub result: Value,
    /// The files that were written.
    pub outputs: Vec<ManifestFile>,
    /// What it took.
    pub resources: Resources,
}

/// What a run took. `null` where the system does not tell.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Resources {
    /// Seconds from its beginning to its end.
    pub seconds: f64,
    /// Processor time of all threads.
    pub cpu_seconds: Option<f64>,
    /// The most memory it had at a time.
    pub peak_memory_bytes: Option<u64>,
    /// Bytes read, those in the system's cache included.
    pub bytes_read: Option<u64>,
    /// Bytes written, those in the system's cache included.
    pub bytes_written: Option<u64>,
    /// Price of an hour of processor time, if it was given.
    pub price_per_cpu_hour: Option<f64>,
    /// That price times the processor time.
    pub cost: Option<f64>,
}

impl Resources {
    /// What the process has taken since `began`.
    pub fn since(began: Instant, price_per_cpu_hour: Option<f64>) -> Self {
        let usage = Usage::now();
        Self {
            seconds: began.elapsed().as_secs_f64(),
            cpu_seconds: usage.cpu_seconds,
            peak_memory_bytes: usage.peak_memory,
            bytes_read: usage.bytes_read,
            bytes_written: usage.bytes_written,
            price_per_cpu_hour,
            cost: price_per_cpu_hour.and_then(|price| Some(price * usage.cpu_seconds? / 3600.0)),
        }
    }
}

impl fmt::Display for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} s", self.seconds)?;
        if let Some(seconds) = self.cpu_seconds {
            write!(f, ", {seconds:.1} s of processor time")?;
        }
        if let Some(bytes) = self.peak_memory_bytes {
            write!(f, ", at most {} of memory", shown_size(bytes))?;
        }
        if let (Some(read), Some(written)) = (self.bytes_read, self.bytes_written) {
            write!(f, ", {} read, {} written", shown_size(read), shown_size(written))?;
        }
        if let Some(cost) = self.cost {
            write!(f, ", cost {cost:.4}")?;
        }
        Ok(())
    }
}

impl Manifest {
    /// The path of the manifest of this output.
    pub fn beside(output: &Path) -> PathBuf {
        output.with_extension("manifest.json")
    }

    /// The path of the manifest of an output whose whole name it begins with: tables of several
    /// formats may lie beside each other and beside a model.
    pub fn after(output: &Path) -> PathBuf {
        let mut name = output.file_name().unwrap_or(output.as_os_str()).to_owned();
        name.push(".manifest.json");
        output.with_file_name(name)
    }

    /// Writes the manifest beside its output.
    pub fn write(&self, output: &Path) -> Result<(), Failure> {
        self.write_to(&Self::beside(output))
    }

    /// Writes the manifest to this path.
    pub fn write_to(&self, path: &Path) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|e| Failure::new(format!("the manifest cannot be written: {e}")))?;
        AtomicFile::write(path, (text + "\n").as_bytes())
    }
}

/// What became of the rows of a history, with the reasons why rows were left out.
pub fn rows_of(history: &History) -> Value {
    let counts = history.counts;
    let reasons: Vec<Value> = history
        .report
        .left_out
        .iter()
        .map(|finding| serde_json::json!({ "reason": finding.what, "rows": finding.rows }))
        .collect();
    serde_json::json!({
        "read": counts.read,
        "left_out_by_where": counts.left_out,
        "rejected": counts.rejected,
        "left_out": reasons,
    })
}
