//! Writes the rows of a grid: parts in parallel, or one file in order.

use super::grid::Grid;
use super::output::{Output, PartFolder, Parts};
use crate::failure::Failure;
use crate::progress::Stage;
use crate::table::Writer;
use arrow_array::RecordBatch;
use rayon::prelude::*;
use serde_json::Value;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

/// The column whose values hardly repeat, so that a dictionary of them does not pay.
const PLAIN: [&str; 1] = ["advised_p_fits"];

/// What was written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// Rows written in this run.
    pub rows: u64,
    /// Pairs of a customer and an article computed in this run.
    pub pairs: u64,
    /// Parts that an earlier run had written.
    pub parts_before: usize,
    /// All files of the output.
    pub files: Vec<PathBuf>,
}

/// Writes all rows of a grid. `run` describes the run, so that a folder with the parts of another
/// one is refused; with `resume`, parts of the same run are not written again.
///
/// # Errors
/// If the output cannot be written. Parts that are complete stay.
pub fn score(
    grid: &Grid<'_>,
    output: &Output,
    run: &Value,
    resume: bool,
    stage: &Stage,
) -> Result<Scored, Failure> {
    let customers = grid.customers();
    let parts = output.parts(customers, grid.rows_of_customer(), grid.articles());
    match output {
        Output::File(path) => {
            let rows = write_in_order(grid, path, stage)?;
            Ok(Scored { rows, pairs: grid.pairs(), parts_before: 0, files: vec![path.clone()] })
        }
        Output::Folder { path, ending, .. } => {
            let folder = PartFolder::open(path, ending, run, resume)?;
            write_parts(grid, &folder, parts, stage)
        }
    }
}

/// Writes the parts that are not there yet, each by one thread.
fn write_parts(
    grid: &Grid<'_>,
    folder: &PartFolder<'_>,
    parts: Parts,
    stage: &Stage,
) -> Result<Scored, Failure> {
    let missing: Vec<usize> = (0..parts.len()).filter(|&part| !folder.has(part)).collect();
    let (rows, pairs) = (AtomicU64::new(0), AtomicU64::new(0));
    missing.par_iter().with_max_len(1).try_for_each(|&part| {
        let customers = parts.customers(part);
        let mut writer = Writer::create_with(&folder.part(part), grid.schema(), &PLAIN)?;
        for tile in tiles(grid, customers) {
            let computed = (tile.len() * grid.articles()) as u64;
            grid.rows(tile, &mut |batch| {
                rows.fetch_add(batch.num_rows() as u64, Ordering::Relaxed);
                writer.write(batch)
            })?;
            stage.set(pairs.fetch_add(computed, Ordering::Relaxed) + computed);
        }
        writer.finish()
    })?;
    Ok(Scored {
        rows: rows.into_inner(),
        pairs: pairs.into_inner(),
        parts_before: parts.len() - missing.len(),
        files: (0..parts.len()).map(|part| folder.part(part)).collect(),
    })
}

/// Writes one file. All threads compute some customers each, while another thread writes what
/// is computed, in order.
fn write_in_order(grid: &Grid<'_>, path: &Path, stage: &Stage) -> Result<u64, Failure> {
    let tiles: Vec<Range<usize>> = tiles(grid, 0..grid.customers()).collect();
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel::<Option<Vec<RecordBatch>>>(1);
        let writer = scope.spawn(move || write_received(grid, path, receive));
        let mut failed = None;
        let mut pairs = 0;
        for wave in tiles.chunks(rayon::current_num_threads()) {
            let computed: Result<Vec<Vec<RecordBatch>>, Failure> = wave
                .par_iter()
                .map(|tile| {
                    let mut batches = Vec::new();
                    grid.rows(tile.clone(), &mut |batch| {
                        batches.push(batch.clone());
                        Ok(())
                    })?;
                    Ok(batches)
                })
                .collect();
            match computed {
                Ok(batches) => {
                    if send.send(Some(batches.into_iter().flatten().collect())).is_err() {
                        break; // The writer has failed, and returns why.
                    }
                }
                Err(failure) => {
                    failed = Some(failure);
                    send.send(None).ok(); // It does not matter if the writer has ended already.
                    break;
                }
            }
            pairs += (wave.iter().map(Range::len).sum::<usize>() * grid.articles()) as u64;
            stage.set(pairs);
        }
        drop(send);
        let written = writer.join().map_err(|_| Failure::new("the writer stopped unexpectedly"))?;
        failed.map_or(written, Err)
    })
}

/// Writes the batches that it receives. After `None`, which means that they are incomplete, it
/// drops the writer, and with it the file.
fn write_received(
    grid: &Grid<'_>,
    path: &Path,
    received: mpsc::Receiver<Option<Vec<RecordBatch>>>,
) -> Result<u64, Failure> {
    let mut writer = Writer::create_with(path, grid.schema(), &PLAIN)?;
    let mut rows = 0;
    for batches in received {
        let Some(batches) = batches else { return Ok(rows) };
        for batch in batches {
            rows += batch.num_rows() as u64;
            writer.write(&batch)?;
        }
    }
    writer.finish()?;
    Ok(rows)
}

/// Splits customers into those whose picks are computed together.
fn tiles(grid: &Grid<'_>, customers: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let (together, end) = (grid.together(), customers.end);
    customers.step_by(together).map(move |start| start..end.min(start + together))
}
