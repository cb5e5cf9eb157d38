//! The rows of a table, batch by batch. Nothing keeps the batches: who needs a row again reads the
//! files again.

use super::fill::Filler;
use crate::failure::Failure;
use crate::pipeline::Fill;
use crate::table::{Batch, Places, Source, WantedColumns};
use inseam::train::Coded;
use std::path::Path;
use std::sync::mpsc::sync_channel;

/// The columns of a table that have been read.
pub(super) struct Input {
    source: Source,
    /// The names of the columns.
    pub(super) names: Vec<String>,
    filler: Option<Filler>,
    /// Where the rows are.
    pub(super) places: Places,
}

impl Input {
    /// Reads these columns, and hands over their batches in order.
    pub(super) fn read(
        source: Source,
        names: Vec<String>,
        fill: Option<&Fill>,
        mut take: impl FnMut(&Batch) -> Result<(), Failure>,
    ) -> Result<Self, Failure> {
        let filler = fill.map(|fill| Filler::read(&source, &names, fill)).transpose()?.flatten();
        let mut places = Places::default();
        let batches = source.batches(WantedColumns::Named(&names));
        std::thread::scope(|scope| {
            // The next batch is read while this one is taken.
            let (send, receive) = sync_channel(0);
            scope.spawn(move || {
                for batch in batches {
                    if send.send(batch).is_err() {
                        break;
                    }
                }
            });
            for batch in receive {
                let batch = filled(&filler, batch?)?;
                places.push(&batch);
                if places.rows() >= Coded::MISSING as usize {
                    return Err(Failure::new(format!("more than {} rows", Coded::MISSING))
                        .remedy("train on a shorter history"));
                }
                take(&batch)?;
            }
            Ok(())
        })?;
        Ok(Self { source, names, filler, places })
    }

    /// The names of all columns of the files, also of those that nothing reads.
    pub(super) fn all_columns(&self) -> &[String] {
        self.source.columns()
    }

    /// The first file, for messages about the table as a whole.
    pub(super) fn first_file(&self) -> &Path {
        self.source.first_file()
    }

    /// The batches once more.
    pub(super) fn batches(&self) -> impl Iterator<Item = Result<Batch, Failure>> {
        let batches = self.source.batches(WantedColumns::Named(&self.names));
        batches.map(|batch| filled(&self.filler, batch?))
    }

    /// The text of a cell; `None` if it is empty.
    pub(super) fn text(&self, row: u32, column: &str) -> Result<Option<String>, Failure> {
        let mut index = row as usize;
        for batch in self.batches() {
            let batch = batch?;
            if index < batch.rows.num_rows() {
                return Ok(batch.cells(column)?.text(index).map(|text| text.into_owned()));
            }
            index -= batch.rows.num_rows();
        }
        Ok(None)
    }
}

fn filled(filler: &Option<Filler>, batch: Batch) -> Result<Batch, Failure> {
    match filler {
        Some(filler) => filler.fill(batch),
        None => Ok(batch),
    }
}
