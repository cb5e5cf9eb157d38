//! Writes tables in the format that the ending of the file's name tells.

use super::cells::Cells;
use super::format::{Format, is_gzip};
use super::json::UNQUOTED;
use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression as ParquetCompression;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Writes a table. The table appears at its path with [`Writer::finish`]. If the writer is dropped
/// before, the file at the path stays as it was.
pub struct Writer {
    path: PathBuf,
    schema: SchemaRef,
    encoder: Encoder,
}

/// How Parquet is written.
fn parquet(plain: &[&str]) -> WriterProperties {
    let properties = WriterProperties::builder().set_compression(ParquetCompression::SNAPPY);
    let properties = plain.iter().fold(properties, |properties, &name| {
        properties.set_column_dictionary_enabled(ColumnPath::from(name), false)
    });
    properties.build()
}

/// Number of bytes of a file with these rows, written in the format that the ending of the path
/// tells.
pub fn encoded_length(
    path: &Path,
    schema: &SchemaRef,
    batches: &[RecordBatch],
) -> Result<usize, Failure> {
    let format = Format::for_writing(path).map_err(Failure::into_usage)?;
    let mut text = Vec::new();
    match format {
        Format::Csv => {
            for rows in batches {
                text.extend(csv_rows(rows, path)?);
            }
        }
        Format::Json => {
            for rows in batches {
                text.extend(json_rows(rows, path)?);
            }
        }
        Format::Parquet => {
            let mut writer =
                ArrowWriter::try_new(Vec::new(), Arc::clone(schema), Some(parquet(&[])))
                    .map_err(|e| parquet_failure(path, e))?;
            for rows in batches {
                writer.write(rows).map_err(|e| parquet_failure(path, e))?;
            }
            return Ok(writer.into_inner().map_err(|e| parquet_failure(path, e))?.len());
        }
    }
    if !is_gzip(path) {
        return Ok(text.len());
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packed.write_all(&text).and_then(|()| packed.finish());
    Ok(packed.map_err(|e| Failure::io(path, "cannot pack", &e))?.len())
}

/// Encodes rows in one of the formats.
enum Encoder {
    Csv(TextWriter),
    Jsonl(TextWriter),
    Parquet(Box<ArrowWriter<AtomicFile>>),
}

/// Writes a text file, plain or packed.
enum TextWriter {
    Plain(BufWriter<AtomicFile>),
    Gzip(GzEncoder<BufWriter<AtomicFile>>),
}

impl Writer {
    /// Opens a table with these columns. A path with an unknown ending is an error of usage,
    /// because only the command line names files to write.
    pub fn create(path: &Path, schema: &Schema) -> Result<Self, Failure> {
        Self::create_with(path, schema, &[])
    }

    /// As [`Writer::create`], and lets only its owner read the file (on Unix).
    pub fn create_private(path: &Path, schema: &Schema) -> Result<Self, Failure> {
        Self::new(path, schema, &[], AtomicFile::create_private)
    }

    /// The same, with the names of columns whose values hardly repeat: Parquet keeps no dictionary
    /// of them.
    pub fn create_with(path: &Path, schema: &Schema, plain: &[&str]) -> Result<Self, Failure> {
        Self::new(path, schema, plain, AtomicFile::create)
    }

    fn new(
        path: &Path,
        schema: &Schema,
        plain: &[&str],
        create: impl Fn(&Path) -> Result<AtomicFile, Failure>,
    ) -> Result<Self, Failure> {
        let format = Format::for_writing(path).map_err(Failure::into_usage)?;
        // The metadata describes the file that was read, not the new one.
        let fields = schema
            .fields()
            .iter()
            .map(|f| f.as_ref().clone().with_metadata(HashMap::new()))
            .collect::<Vec<Field>>();
        let schema = Arc::new(Schema::new(fields));
        let file = create(path)?;
        let text = |file| {
            let file = BufWriter::with_capacity(1 << 18, file);
            if is_gzip(path) {
                TextWriter::Gzip(GzEncoder::new(file, Compression::fast()))
            } else {
                TextWriter::Plain(file)
            }
        };
        let mut encoder = match format {
            Format::Csv => Encoder::Csv(text(file)),
            Format::Json => Encoder::Jsonl(text(file)),
            Format::Parquet => {
                let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(parquet(plain)))
                    .map_err(|e| parquet_failure(path, e))?;
                Encoder::Parquet(Box::new(writer))
            }
        };
        if let Encoder::Csv(out) = &mut encoder {
            let mut header = Vec::new();
            for (i, field) in schema.fields().iter().enumerate() {
                csv_cell(&mut header, i, Some(field.name()));
            }
            header.push(b'\n');
            out.write(&header).map_err(|e| Failure::io(path, "cannot write", &e))?;
        }
        Ok(Self { path: path.to_owned(), schema, encoder })
    }

    /// Writes rows: the columns of the schema, in its order.
    pub fn write(&mut self, rows: &RecordBatch) -> Result<(), Failure> {
        let path = &self.path;
        match &mut self.encoder {
            Encoder::Csv(out) => {
                out.write(&csv_rows(rows, path)?).map_err(|e| Failure::io(path, "cannot write", &e))
            }
            Encoder::Jsonl(out) => out
                .write(&json_rows(rows, path)?)
                .map_err(|e| Failure::io(path, "cannot write", &e)),
            Encoder::Parquet(writer) => {
                let rows = RecordBatch::try_new(Arc::clone(&self.schema), rows.columns().to_vec())
                    .map_err(|e| Failure::new(e.to_string()).in_file(path))?;
                writer.write(&rows).map_err(|e| parquet_failure(path, e))
            }
        }
    }

    /// Puts the table in its place.
    pub fn finish(self) -> Result<(), Failure> {
        let path = &self.path;
        let file = match self.encoder {
            Encoder::Csv(out) | Encoder::Jsonl(out) => {
                out.finish().map_err(|e| Failure::io(path, "cannot write", &e))?
            }
            Encoder::Parquet(writer) => {
                writer.into_inner().map_err(|e| parquet_failure(path, e))?
            }
        };
        file.commit()
    }
}

impl TextWriter {
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
            Failure::new(format!("holds {}, which this format cannot represent", field.data_type()))
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

/// Appends a cell, with quotes if it needs them (RFC 4180).
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
    let unquoted: Vec<bool> = columns
        .iter()
        .zip(rows.schema_ref().fields())
        .map(|(cells, field)| {
            cells.is_numeric()
                || field.data_type() == &DataType::Boolean
                || field.metadata().contains_key(UNQUOTED)
        })
        .collect();
    let keys = rows.schema_ref().fields().iter();
    let keys: Vec<String> =
        keys.map(|field| serde_json::Value::from(field.name().as_str()).to_string()).collect();
    let mut out = Vec::with_capacity(rows.num_rows() * columns.len() * 16);
    for row in 0..rows.num_rows() {
        let mut separator = b'{';
        for ((cells, key), &unquoted) in columns.iter().zip(&keys).zip(&unquoted) {
            // The object has no key for an empty cell, nor for a number that JSON cannot hold.
            let Some(text) = cells.verbatim(row) else { continue };
            if unquoted && (text == "NaN" || text.ends_with("inf")) {
                continue;
            }
            out.push(separator);
            separator = b',';
            out.extend_from_slice(key.as_bytes());
            out.push(b':');
            if unquoted {
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
