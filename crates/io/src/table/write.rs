//! Writing tables, by the ending of the file's name, whole or not at all.

use super::atomic::AtomicFile;
use super::cells::Cells;
use super::jsonl::BARE;
use super::source::Format;
use crate::failure::Failure;
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression as ParquetCompression;
use parquet::file::properties::WriterProperties;
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A table being written. It appears at its path with [`Writer::finish`]; dropped before, nothing
/// changes there.
pub struct Writer {
    path: PathBuf,
    schema: SchemaRef,
    inner: Inner,
}

enum Inner {
    Csv(Text),
    Jsonl(Text),
    Parquet(Box<ArrowWriter<AtomicFile>>),
}

/// A text file, plain or packed.
enum Text {
    Plain(BufWriter<AtomicFile>),
    Gzip(GzEncoder<BufWriter<AtomicFile>>),
}

impl Writer {
    /// Opens a table with these columns. The format is what the ending says.
    pub fn create(path: &Path, schema: &Schema) -> Result<Self, Failure> {
        // Only the command line names files to write.
        let format = Format::of(path).map_err(Failure::into_usage)?;
        // Metadata says how a column was read; in a new file it would mean nothing.
        let fields = schema
            .fields()
            .iter()
            .map(|f| f.as_ref().clone().with_metadata(HashMap::new()))
            .collect::<Vec<Field>>();
        let schema = Arc::new(Schema::new(fields));
        let file = AtomicFile::create(path)?;
        let gzip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
        let text = |file| {
            let file = BufWriter::with_capacity(1 << 18, file);
            if gzip {
                Text::Gzip(GzEncoder::new(file, Compression::fast()))
            } else {
                Text::Plain(file)
            }
        };
        let mut inner = match format {
            Format::Csv => Inner::Csv(text(file)),
            Format::Jsonl => Inner::Jsonl(text(file)),
            Format::Parquet => {
                let properties =
                    WriterProperties::builder().set_compression(ParquetCompression::SNAPPY).build();
                let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties))
                    .map_err(|e| parquet_failure(path, e))?;
                Inner::Parquet(Box::new(writer))
            }
        };
        if let Inner::Csv(out) = &mut inner {
            let mut header = Vec::new();
            for (i, field) in schema.fields().iter().enumerate() {
                csv_cell(&mut header, i, Some(field.name()));
            }
            header.push(b'\n');
            out.write(&header).map_err(|e| Failure::io(path, "cannot write", &e))?;
        }
        Ok(Self { path: path.to_owned(), schema, inner })
    }

    /// Writes rows: the columns of the schema, in its order.
    pub fn write(&mut self, rows: &RecordBatch) -> Result<(), Failure> {
        let path = &self.path;
        match &mut self.inner {
            Inner::Csv(out) => {
                out.write(&csv_rows(rows, path)?).map_err(|e| Failure::io(path, "cannot write", &e))
            }
            Inner::Jsonl(out) => out
                .write(&json_rows(rows, path)?)
                .map_err(|e| Failure::io(path, "cannot write", &e)),
            Inner::Parquet(writer) => {
                let rows = RecordBatch::try_new(Arc::clone(&self.schema), rows.columns().to_vec())
                    .map_err(|e| Failure::new(e.to_string()).in_file(path))?;
                writer.write(&rows).map_err(|e| parquet_failure(path, e))
            }
        }
    }

    /// Puts the table in its place.
    pub fn finish(self) -> Result<(), Failure> {
        let path = &self.path;
        let file = match self.inner {
            Inner::Csv(out) | Inner::Jsonl(out) => {
                out.finish().map_err(|e| Failure::io(path, "cannot write", &e))?
            }
            Inner::Parquet(writer) => writer.into_inner().map_err(|e| parquet_failure(path, e))?,
        };
        file.commit()
    }
}

impl Text {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Plain(out) => out.write_all(bytes),
            Self::Gzip(out) => out.write_all(bytes),
        }
    }

    fn finish(self) -> std::io::Result<AtomicFile> {
        let buffered = match self {
            Self::Plain(out) => out,
            Self::Gzip(out) => out.finish()?,
        };
        buffered.into_inner().map_err(std::io::IntoInnerError::into_error)
    }
}

fn parquet_failure(path: &Path, error: parquet::errors::ParquetError) -> Failure {
    if let parquet::errors::ParquetError::External(inner) = &error
        && let Some(io) = inner.downcast_ref::<std::io::Error>()
    {
        return Failure::io(path, "cannot write", io);
    }
    Failure::new(format!("cannot write: {error}")).in_file(path)
}

fn columns<'a>(rows: &'a RecordBatch, path: &Path) -> Result<Vec<Cells<'a>>, Failure> {
    let schema = rows.schema_ref();
    let cells = rows.columns().iter().zip(schema.fields()).map(|(column, field)| {
        Cells::new(column.as_ref()).ok_or_else(|| {
            Failure::new(format!("holds {}, which has no place in this format", field.data_type()))
                .in_file(path)
                .column(field.name())
                .remedy("write Parquet instead")
        })
    });
    cells.collect()
}

fn csv_rows(rows: &RecordBatch, path: &Path) -> Result<Vec<u8>, Failure> {
    let columns = columns(rows, path)?;
    let mut out = Vec::with_capacity(rows.num_rows() * columns.len() * 8);
    for row in 0..rows.num_rows() {
        for (i, cells) in columns.iter().enumerate() {
            csv_cell(&mut out, i, cells.verbatim(row).as_deref());
        }
        out.push(b'\n');
    }
    Ok(out)
}

/// Appends a cell, quoted where it has to be (RFC 4180).
fn csv_cell(out: &mut Vec<u8>, index: usize, text: Option<&str>) {
    if index > 0 {
        out.push(b',');
    }
    let text = text.unwrap_or_default();
    if text.bytes().any(|b| matches!(b, b',' | b'"' | b'\n' | b'\r')) {
        out.push(b'"');
        out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(text.as_bytes());
    }
}

fn json_rows(rows: &RecordBatch, path: &Path) -> Result<Vec<u8>, Failure> {
    let columns = columns(rows, path)?;
    let keys: Vec<_> = rows
        .schema_ref()
        .fields()
        .iter()
        .map(|field| {
            let bare =
                field.data_type() == &DataType::Boolean || field.metadata().contains_key(BARE);
            (serde_json::Value::from(field.name().as_str()).to_string(), bare)
        })
        .collect();
    let mut out = Vec::with_capacity(rows.num_rows() * columns.len() * 16);
    for row in 0..rows.num_rows() {
        let mut separator = b'{';
        for (cells, (key, bare)) in columns.iter().zip(&keys) {
            // An empty cell is a key left out.
            let Some(text) = cells.verbatim(row) else { continue };
            let bare = *bare || cells.is_numeric();
            if bare && (text == "NaN" || text.ends_with("inf")) {
                continue;
            }
            out.push(separator);
            separator = b',';
            out.extend_from_slice(key.as_bytes());
            out.push(b':');
            if bare {
                out.extend_from_slice(text.as_bytes());
            } else {
                // Writing JSON text into memory cannot fail.
                drop(serde_json::to_writer(&mut out, &*text));
            }
        }
        if separator == b'{' {
            out.push(b'{');
        }
        out.extend_from_slice(b"}\n");
    }
    Ok(out)
}
