//! What a training will need, before it begins.

use crate::memory::shown_size;
use crate::progress::counted;
use crate::training::{StoreOptions, is_kept_in_files, memory_needed};
use inseam::train::{Columns, MemoryStore, PartitionStore, Settings, Training, TrainingSize};
use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, Instant};

/// Customers on whom a sweep is timed.
const TIMED_CUSTOMERS: usize = 4000;
/// Sweeps of that training. The last three are timed: one of them sums the regressions on
/// measurements, as one of three does later.
const TIMED_SWEEPS: usize = 6;

/// What a training will need.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Rows of the history.
    pub rows: usize,
    /// How large the history is.
    pub size: TrainingSize,
    /// Whether the purchases will be kept in files.
    pub in_files: bool,
    /// Bytes of memory once the history is read.
    pub memory: u64,
    /// Bytes in the scratch folder at most, and of the model's private files.
    pub scratch: u64,
    /// Bytes of the files with customers and messages.
    pub private: u64,
    /// Purchases on which the time was measured.
    pub timed: usize,
    /// Expected time of one sweep, and of what follows the last one.
    pub times: [Duration; 2],
}

impl Plan {
    /// Measures a few sweeps over some of the customers, and extrapolates.
    ///
    /// # Errors
    /// As of training.
    pub fn new(
        columns: &Columns,
        settings: &Settings,
        options: &StoreOptions,
    ) -> Result<Self, inseam::Error> {
        let size = TrainingSize::of(columns, settings)?;
        let in_files = is_kept_in_files(&size, options);
        let memory = memory_needed(&size, in_files);
        let (timed, [sweep, rest]) = time(columns, settings)?;
        let scale = size.purchases as f64 / timed.max(1) as f64;
        let purchases = size.purchases as u64;
        Ok(Self {
            rows: columns.outcome.len(),
            size,
            in_files,
            memory,
            scratch: if in_files { (size.line_bytes + 2 * size.site_bytes) as u64 } else { 0 },
            private: 200 * purchases + 8 * size.offered as u64 + 200 * size.customers as u64,
            timed,
            // What follows the sweeps is learned on the sample, if there is one.
            times: [
                sweep.mul_f64(scale),
                rest.mul_f64(scale * sampled_share(&size).unwrap_or(1.0)),
            ],
        })
    }

    /// The expected time of training, at most.
    #[must_use]
    pub fn time(&self) -> Duration {
        let TrainingSize { max_sweeps, sample_sweeps, .. } = self.size;
        let share = sampled_share(&self.size).unwrap_or_default();
        let sweeps = max_sweeps as f64 + sample_sweeps as f64 * share;
        self.times[0].mul_f64(sweeps) + self.times[1]
    }
}

/// Share of the customers in the sample; `None` without one.
fn sampled_share(size: &TrainingSize) -> Option<f64> {
    let share = size.sample_customers as f64 / size.customers as f64;
    Some(share).filter(|share| *share > 0.0)
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TrainingSize { purchases, customers, articles, sizes, .. } = self.size;
        let number = |n: usize, noun: &str| counted(n as u64, noun);
        writeln!(
            f,
            "{}: {} of {}; {} in {}",
            number(self.rows, "row"),
            number(purchases, "purchase"),
            number(customers, "customer"),
            number(articles, "article"),
            number(sizes, "size")
        )?;
        let place = if self.in_files { "in files" } else { "in memory" };
        writeln!(f, "memory  {}, with the purchases {place}", shown_size(self.memory))?;
        writeln!(
            f,
            "disk    {} while it trains; {} for the private files",
            shown_size(self.scratch),
            shown_size(self.private)
        )?;
        let [sweep, rest] = self.times.map(|time| time.as_secs_f64());
        write!(f, "time    {:.0} s at most: ", self.time().as_secs_f64())?;
        if self.size.sample_sweeps > 0 {
            let sweeps = number(self.size.sample_sweeps, "sweep");
            let customers = number(self.size.sample_customers, "customer");
            write!(f, "{sweeps} over {customers}, then ")?;
        }
        write!(
            f,
            "{} sweeps of {sweep:.1} s over all, then {rest:.1} s (measured on {})",
            self.size.max_sweeps,
            number(self.timed, "purchase")
        )
    }
}

/// Trains on some of the customers. Returns the number of their purchases, and the time of a sweep
/// and of what follows the last one.
fn time(columns: &Columns, settings: &Settings) -> Result<(usize, [Duration; 2]), inseam::Error> {
    let some = some_customers(columns);
    let settings = Settings {
        sweeps: TIMED_SWEEPS,
        sample_customers: usize::MAX,
        privacy: None,
        ..settings.clone()
    };
    let store = |_: &TrainingSize| -> Result<Box<dyn PartitionStore>, inseam::Error> {
        Ok(Box::new(MemoryStore::default()))
    };
    let training = Training::new(Cow::Owned(some), &settings, None, store)?;
    let summary = training.summary();
    let mut ends = Vec::new();
    training.run(&mut |_| ends.push(Instant::now()))?;
    let last = ends[ends.len() - 1];
    let sweeps = (last - ends[ends.len() - 4]) / 3;
    Ok((summary.rows - summary.duplicates - summary.pending, [sweeps, last.elapsed()]))
}

/// The rows of the first customers.
fn some_customers(columns: &Columns) -> Columns {
    let keep: Vec<bool> =
        columns.customer.codes.iter().map(|&code| (code as usize) < TIMED_CUSTOMERS).collect();
    crate::history::select_rows(columns, &keep)
}
