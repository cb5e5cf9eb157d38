//! Reads Parquet. Each column has a reader of its own, so that the columns decode in parallel.

use super::batch::{Batch, MAX_BATCH_ROWS, ReadBatches, RowNumbers};
use crate::failure::Failure;
use arrow_array::{Array, ArrayRef, NullArray, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use rayon::prelude::*;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

fn metadata(path: &Path) -> Result<ArrowReaderMetadata, Failure> {
    let file = File::open(path).map_err(|e| Failure::io(path, "cannot open", &e))?;
    if file.metadata().is_ok_and(|m| m.len() == 0) {
        return Err(Failure::new("is empty").in_file(path));
    }
    ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|e| {
        Failure::new(format!("is not a usable Parquet file: {e}"))
            .in_file(path)
            .remedy("check that the file is complete and that its ending is right")
    })
}

/// The names of a file's columns, and those of its columns with floating-point numbers if it has
/// rows.
pub(super) fn columns(file: &Path) -> Result<(Vec<String>, Vec<String>), Failure> {
    let metadata = metadata(file)?;
    let fields = metadata.schema().fields();
    let is_float = |kind: &DataType| match kind {
        DataType::Dictionary(_, values) => values.is_floating(),
        kind => kind.is_floating(),
    };
    let names = |wanted: &dyn Fn(&Field) -> bool| {
        fields.iter().filter(|field| wanted(field)).map(|field| field.name().clone()).collect()
    };
    let has_rows = metadata.metadata().file_metadata().num_rows() > 0;
    Ok((names(&|_| true), names(&|field| has_rows && is_float(field.data_type()))))
}

/// The rows of a Parquet file, batch by batch.
pub(super) struct ParquetBatches {
    file: Arc<Path>,
    schema: SchemaRef,
    /// The readers of the columns that the file has.
    readers: Vec<ParquetRecordBatchReader>,
    /// Whether the file has each column of the schema.
    present: Vec<bool>,
    /// The number of the next row, from 1.
    next_row: u64,
}

impl ParquetBatches {
    /// Opens `file` to read the columns with these names and indexes. A column without an index is
    /// empty.
    pub(super) fn open(
        file: Arc<Path>,
        names: &[String],
        wanted: &[Option<usize>],
    ) -> Result<Self, Failure> {
        let metadata = metadata(&file)?;
        let present: Vec<bool> = wanted.iter().map(Option::is_some).collect();
        let readers = wanted
            .iter()
            .flatten()
            .map(|&index| {
                // Each reader opens the file anew, because cloned handles share their position.
                let handle =
                    File::open(&file).map_err(|e| Failure::io(&file, "cannot open", &e))?;
                let builder =
                    ParquetRecordBatchReaderBuilder::new_with_metadata(handle, metadata.clone());
                let mask = ProjectionMask::roots(builder.parquet_schema(), [index]);
                builder
                    .with_projection(mask)
                    .with_batch_size(MAX_BATCH_ROWS)
                    .build()
                    .map_err(|e| damaged(&file, &e))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut found = readers.iter().map(|reader| reader.schema().field(0).clone());
        let empty = |name: &String| Field::new(name.as_str(), DataType::Null, true);
        let fields: Vec<Field> = names
            .iter()
            .zip(&present)
            .map(|(name, present)| {
                if *present { found.next() } else { None }.unwrap_or_else(|| empty(name))
            })
            .collect();
        drop(found);
        let schema = Arc::new(Schema::new(fields));
        Ok(Self { file, schema, readers, present, next_row: 1 })
    }

    /// One batch from the next piece of every column.
    fn batch(&mut self, columns: Vec<Result<RecordBatch, ArrowError>>) -> Result<Batch, Failure> {
        let columns = columns
            .into_iter()
            .map(|piece| piece.map(|piece| ArrayRef::clone(piece.column(0))))
            .collect::<Result<Vec<_>, _>>()
            .and_then(|columns| {
                let rows = columns.first().map_or(0, |column| column.len());
                let mut columns = columns.into_iter();
                let empty = || Arc::new(NullArray::new(rows)) as ArrayRef;
                let all = self
                    .present
                    .iter()
                    .map(|present| if *present { columns.next() } else { None })
                    .map(|column| column.unwrap_or_else(empty));
                RecordBatch::try_new(Arc::clone(&self.schema), all.collect())
            });
        let rows = columns.map_err(|e| damaged(&self.file, &e))?;
        let numbers = RowNumbers::From(self.next_row);
        self.next_row += rows.num_rows() as u64;
        Ok(Batch { rows, file: Arc::clone(&self.file), broken: Vec::new(), numbers })
    }
}

impl ReadBatches for ParquetBatches {
    fn read(&mut self, _ended: &mut bool) -> Result<Option<Batch>, Failure> {
        let columns: Vec<_> = self.readers.par_iter_mut().map(Iterator::next).collect();
        let columns = columns.into_iter().collect::<Option<Vec<_>>>();
        columns.map(|columns| self.batch(columns)).transpose()
    }
}

fn damaged(path: &Path, error: &impl std::fmt::Display) -> Failure {
    Failure::new(format!("cannot be read as Parquet: {error}")).in_file(path)
}
