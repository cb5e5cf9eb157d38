//! What scoring a grid will take, before it begins.

use super::grid::Grid;
use super::output::Output;
use crate::failure::Failure;
use crate::memory::shown_size;
use crate::progress::{count, counted};
use crate::table::encoded_length;
use arrow_array::RecordBatch;
use std::fmt;
use std::time::{Duration, Instant};

/// Customers, and pairs, that are scored for the estimate.
const SAMPLE_CUSTOMERS: usize = 256;
const SAMPLE_PAIRS: usize = 200_000;

/// What scoring a grid will take.
#[derive(Clone, Copy, Debug)]
pub struct ScorePlan {
    /// Number of customers.
    pub customers: usize,
    /// Number of articles.
    pub articles: usize,
    /// Pairs that are computed.
    pub pairs: u64,
    /// Rows that are written, at most.
    pub rows: u64,
    /// Files that are written.
    pub files: usize,
    /// Bytes that are written, about.
    pub bytes: u64,
    /// Memory of all threads beside the model and the lists.
    pub memory: u64,
    /// Expected time with all threads.
    pub time: Duration,
    /// Pairs on which time and bytes were measured.
    pub measured: u64,
}

impl ScorePlan {
    /// Scores some customers and articles, and extrapolates.
    ///
    /// # Errors
    /// If the rows cannot be encoded.
    pub fn new(grid: &Grid<'_>, output: &Output) -> Result<Self, Failure> {
        let customers = grid.customers().min(SAMPLE_CUSTOMERS);
        let articles = grid.articles().min((SAMPLE_PAIRS / customers).max(1));
        let began = Instant::now();
        let mut sample: Vec<RecordBatch> = Vec::new();
        grid.sample(0..customers, 0..articles, &mut |batch| {
            sample.push(batch.clone());
            Ok(())
        })?;
        let computing = began.elapsed();
        let began = Instant::now();
        let length = encoded_length(&output.sample_name(), grid.schema(), &sample)? as f64;
        let writing = began.elapsed();
        let sampled = sample.iter().map(RecordBatch::num_rows).sum::<usize>().max(1) as f64;
        let measured = (customers * articles) as f64;
        let rows = grid.customers() as u64 * grid.rows_of_customer() as u64;
        let seconds = computing.as_secs_f64() * grid.pairs() as f64 / measured
            + writing.as_secs_f64() * rows as f64 / sampled;
        let threads = rayon::current_num_threads();
        let parts = output.parts(grid.customers(), grid.rows_of_customer(), grid.articles());
        Ok(Self {
            customers: grid.customers(),
            articles: grid.articles(),
            pairs: grid.pairs(),
            rows,
            files: parts.len(),
            bytes: (length * rows as f64 / sampled) as u64,
            memory: threads as u64 * grid.bytes_of_thread(),
            time: Duration::try_from_secs_f64(seconds / threads as f64).unwrap_or(Duration::MAX),
            measured: measured as u64,
        })
    }
}

impl fmt::Display for ScorePlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |n: usize, noun| counted(n as u64, noun);
        let customers = number(self.customers, "customer");
        let articles = number(self.articles, "article");
        writeln!(f, "{customers} x {articles}: {}", counted(self.pairs, "pair"))?;
        writeln!(f, "rows    {} in {}", count(self.rows), number(self.files, "file"))?;
        writeln!(f, "disk    about {}", shown_size(self.bytes))?;
        writeln!(f, "memory  {} beside the model and the lists", shown_size(self.memory))?;
        write!(
            f,
            "time    about {} (measured on {})",
            shown_time(self.time),
            counted(self.measured, "pair")
        )
    }
}

/// A time as people read it.
fn shown_time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match seconds {
        ..120.0 => format!("{seconds:.1} s"),
        ..7_200.0 => format!("{:.0} minutes", seconds / 60.0),
        ..172_800.0 => format!("{:.0} hours", seconds / 3_600.0),
        _ => format!("{} days", count((seconds / 86_400.0) as u64)),
    }
}
