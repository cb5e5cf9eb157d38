//! One file of an order log: a Parquet table whose name has a checksum of its bytes.

use super::head::{Head, VERSION};
use super::rows::LoggedRows;
use super::table;
use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh64::Xxh64;

/// The key of the head among the file's metadata.
const HEAD: &str = "inseam order log";
/// Rows that are encoded at a time.
const ROWS: usize = 1 << 16;
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// A segment of a log. All segments of the highest generation together are the log.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) path: PathBuf,
    pub(super) generation: u32,
    pub(super) sequence: u32,
    /// XXH64 of its bytes.
    checksum: u64,
}

impl Segment {
    /// The segment that a file's name tells of; `None` for another file.
    fn of(path: PathBuf) -> Option<Self> {
        let mut parts = path.file_name()?.to_str()?.strip_suffix(".parquet")?.split('-');
        let number = |text: &str| text.parse::<u32>().ok();
        let (generation, sequence) = (number(parts.next()?)?, number(parts.next()?)?);
        let checksum = u64::from_str_radix(parts.next()?, 16).ok()?;
        parts.next().is_none().then_some(Self { path, generation, sequence, checksum })
    }

    /// The segments in a folder, by generation and number.
    pub(super) fn all(folder: &Path) -> Result<Vec<Self>, Failure> {
        let failed = |e: io::Error| Failure::io(folder, "cannot list", &e);
        let mut segments = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            segments.extend(Self::of(entry.map_err(failed)?.path()));
        }
        segments.sort_by_key(|segment| (segment.generation, segment.sequence));
        Ok(segments)
    }

    /// The head, once all bytes have been checked.
    pub(super) fn head(&self) -> Result<Head, Failure> {
        let file = self.check()?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new());
        let metadata = metadata.map_err(|_| self.damaged())?;
        let pairs = metadata.metadata().file_metadata().key_value_metadata();
        let head = pairs.into_iter().flatten().find(|pair| pair.key == HEAD);
        let text = head.and_then(|pair| pair.value.as_deref()).ok_or_else(|| self.damaged())?;
        let version: serde_json::Value = serde_json::from_str(text).map_err(|_| self.damaged())?;
        if version["version"] != VERSION {
            return Err(Failure::new(format!(
                "is of version {} of the order log; this program reads {VERSION}",
                version["version"]
            ))
            .in_file(&self.path)
            .remedy("use the program that wrote it, or train again with --keep-log"));
        }
        serde_json::from_str(text).map_err(|_| self.damaged())
    }

    fn check(&self) -> Result<File, Failure> {
        let failed = |e: io::Error| Failure::io(&self.path, "cannot read", &e);
        let mut file = File::open(&self.path).map_err(failed)?;
        let (mut hash, mut buffer) = (Xxh64::new(0), vec![0; BUFFER]);
        loop {
            let read = file.read(&mut buffer).map_err(failed)?;
            if read == 0 {
                break;
            }
            hash.update(&buffer[..read]);
        }
        if hash.digest() == self.checksum { Ok(file) } else { Err(self.damaged()) }
    }

    fn damaged(&self) -> Failure {
        Failure::new("is damaged: it is not as it was written")
            .in_file(&self.path)
            .remedy("restore the file from a backup, or train again with --keep-log")
    }

    /// Writes the rows that `selected` lists.
    pub(super) fn write(
        folder: &Path,
        [generation, sequence]: [u32; 2],
        head: &Head,
        rows: &LoggedRows,
        selected: &[usize],
    ) -> Result<Self, Failure> {
        let schema = table::schema(head);
        let text = serde_json::to_string(head)
            .map_err(|e| Failure::new(format!("the order log cannot be written: {e}")))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(vec![KeyValue::new(HEAD.to_owned(), text)]))
            .build();
        let path = folder.join(format!("{generation:06}-{sequence:06}"));
        let failed = |e: ParquetError| match e {
            ParquetError::External(e) if e.is::<io::Error>() => {
                let e = e.downcast::<io::Error>();
                Failure::io(
                    &path,
                    "cannot write",
                    &e.unwrap_or_else(|_| Box::new(io::ErrorKind::Other.into())),
                )
            }
            e => Failure::new(format!("cannot write: {e}")).in_file(&path),
        };
        let file = Hashed { file: AtomicFile::create_private(&path)?, hash: Xxh64::new(0) };
        let mut writer =
            ArrowWriter::try_new(file, schema.clone(), Some(properties)).map_err(failed)?;
        for rows_of_batch in selected.chunks(ROWS) {
            writer.write(&table::to_table(&schema, rows, rows_of_batch)?).map_err(failed)?;
        }
        let Hashed { file, hash } = writer.into_inner().map_err(failed)?;
        let checksum = hash.digest();
        let path = folder.join(format!("{generation:06}-{sequence:06}-{checksum:016x}.parquet"));
        file.commit_as(&path)?;
        Ok(Self { path, generation, sequence, checksum })
    }
}

/// A file with the checksum of the bytes that were written.
struct Hashed {
    file: AtomicFile,
    hash: Xxh64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
