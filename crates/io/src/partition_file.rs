//! Keeps the partitions of training in files instead of in memory.

use crate::failure::Failure;
use inseam::Error;
use inseam::train::PartitionStore;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A store of partitions in three files: the order lines, the sites of the last sweep, and those of
/// the sweep that runs. Partitions lie one after the other, so that a sweep reads and writes from
/// front to back.
///
/// The files have no names once they are open (on Unix), so that the system frees their space when
/// the program ends, however it ends.
#[derive(Debug)]
pub struct FileStore {
    lines: ScratchFile,
    /// The files of sites; `present` is the index of those of the last sweep.
    sites: [ScratchFile; 2],
    present: usize,
    spans: Vec<Span>,
    end: Span,
    traffic: Traffic,
}

/// Where a partition lies.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    lines: u64,
    lines_end: u64,
    sites: u64,
    sites_end: u64,
}

/// Bytes read and written since the store was made.
#[derive(Debug, Default)]
struct Traffic {
    read: AtomicU64,
    written: AtomicU64,
}

impl FileStore {
    /// A store without partitions, in this folder, which is made if it does not exist.
    pub fn create(folder: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::io(folder, "cannot create the folder", &e))?;
        Ok(Self {
            lines: ScratchFile::create(folder, "lines")?,
            sites: [
                ScratchFile::create(folder, "sites-a")?,
                ScratchFile::create(folder, "sites-b")?,
            ],
            present: 0,
            spans: Vec::new(),
            end: Span::default(),
            traffic: Traffic::default(),
        })
    }

    /// Bytes that were read and written so far.
    pub fn traffic(&self) -> [u64; 2] {
        [&self.traffic.read, &self.traffic.written].map(|bytes| bytes.load(Ordering::Relaxed))
    }

    fn read(
        &self,
        file: &ScratchFile,
        from: u64,
        to: u64,
        into: &mut Vec<u8>,
    ) -> Result<(), Error> {
        into.resize((to - from) as usize, 0);
        self.traffic.read.fetch_add(to - from, Ordering::Relaxed);
        read_at(&file.file, into, from).map_err(|e| file.failed("cannot read", &e))
    }

    fn write(&self, file: &ScratchFile, from: u64, bytes: &[u8]) -> Result<(), Error> {
        self.traffic.written.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        write_at(&file.file, bytes, from).map_err(|e| file.failed("cannot write", &e))
    }
}

impl PartitionStore for FileStore {
    fn add(&mut self, lines: &[u8], sites: usize) -> Result<(), Error> {
        let span = Span {
            lines: self.end.lines_end,
            lines_end: self.end.lines_end + lines.len() as u64,
            sites: self.end.sites_end,
            sites_end: self.end.sites_end + sites as u64,
        };
        self.write(&self.lines, span.lines, lines)?;
        // A file that grows without being written has zeros there, and takes no space for them.
        let present = &self.sites[self.present];
        let grown = present.file.set_len(span.sites_end);
        grown.map_err(|e| present.failed("cannot write", &e))?;
        self.spans.push(span);
        self.end = span;
        Ok(())
    }

    fn partitions(&self) -> usize {
        self.spans.len()
    }

    fn read_lines(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error> {
        let Span { lines, lines_end, .. } = self.spans[partition];
        self.read(&self.lines, lines, lines_end, into)
    }

    fn read_sites(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error> {
        let Span { sites, sites_end, .. } = self.spans[partition];
        self.read(&self.sites[self.present], sites, sites_end, into)
    }

    fn write_sites(&self, partition: usize, sites: &[u8]) -> Result<(), Error> {
        self.write(&self.sites[1 - self.present], self.spans[partition].sites, sites)
    }

    fn end_sweep(&mut self) -> Result<(), Error> {
        self.present = 1 - self.present;
        Ok(())
    }
}

/// A file that lives as long as its value.
#[derive(Debug)]
struct ScratchFile {
    file: File,
    path: PathBuf,
    /// Whether the name is still there, because the system does not remove names of open files.
    named: bool,
}

impl ScratchFile {
    fn create(folder: &Path, name: &str) -> Result<Self, Failure> {
        let path = folder.join(format!(".inseam-{}-{name}.scratch", std::process::id()));
        let file =
            OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path);
        let file = file.map_err(|e| Failure::io(&path, "cannot write", &e))?;
        let named = std::fs::remove_file(&path).is_err();
        Ok(Self { file, path, named })
    }

    fn failed(&self, problem: &str, error: &io::Error) -> Error {
        let remedy = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "; free space there, name another folder with --scratch, or give more --memory"
            }
            _ => "",
        };
        Error::Storage { what: format!("{}: {problem}: {error}{remedy}", self.path.display()) }
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        if self.named {
            drop(std::fs::remove_file(&self.path));
        }
    }
}

#[cfg(unix)]
fn read_at(file: &File, into: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, into, at)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut into: &mut [u8], mut at: u64) -> io::Result<()> {
    while !into.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, into, at)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        (into, at) = (&mut into[read..], at + read as u64);
    }
    Ok(())
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        (bytes, at) = (&bytes[written..], at + written as u64);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(name: &str) -> FileStore {
        let folder = std::env::temp_dir().join(format!("inseam-{name}-{}", std::process::id()));
        let store = FileStore::create(&folder).unwrap();
        // Names are gone while the files are in use.
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), if cfg!(unix) { 0 } else { 3 });
        drop(std::fs::remove_dir(&folder));
        store
    }

    fn sites(store: &FileStore, partition: usize) -> Vec<u8> {
        let mut bytes = vec![7; 100];
        store.read_sites(partition, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn new_sites_are_read_once_their_sweep_has_ended() {
        let mut store = store("sweeps");
        store.add(b"first", 4).unwrap();
        store.add(b"", 0).unwrap();
        store.add(b"third one", 6).unwrap();
        assert_eq!(store.partitions(), 3);
        let mut lines = Vec::new();
        for (partition, expected) in [(2, &b"third one"[..]), (0, b"first"), (1, b"")] {
            store.read_lines(partition, &mut lines).unwrap();
            assert_eq!(lines, expected);
        }
        assert_eq!((sites(&store, 0), sites(&store, 2)), (vec![0; 4], vec![0; 6]));
        for sweep in 1..4 {
            store.write_sites(2, &[10 + sweep; 6]).unwrap();
            store.write_sites(0, &[sweep; 4]).unwrap();
            assert_eq!(sites(&store, 0), [sweep - 1; 4]);
            store.end_sweep().unwrap();
            assert_eq!((sites(&store, 0), sites(&store, 2)), (vec![sweep; 4], vec![10 + sweep; 6]));
        }
        assert_eq!(store.traffic()[1], 14 + 3 * 10);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named_with_what_to_do() {
        let mut store = store("full");
        store.lines.file = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let message = store.add(b"lines", 1).unwrap_err().to_string();
        assert!(message.contains("lines.scratch: cannot write"), "{message}");
        assert!(message.contains("free space there"), "{message}");
    }
}
