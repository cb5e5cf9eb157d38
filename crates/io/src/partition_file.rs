//! Keeps the partitions of training in files instead of in memory.

use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::owner_only::{make_owner_only_folder, owner_only_file};
use inseam::Error;
use inseam::train::{PartitionSource, PartitionStore};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A store of partitions in three files: the order lines, the sites of the last sweep, and those of
/// the sweep that runs. Partitions lie one after the other, so that a sweep reads and writes from
/// front to back.
#[derive(Debug)]
pub struct FileStore {
    lines: ScratchFile,
    /// The files of sites; `present` is the index of those of the last sweep.
    sites: [ScratchFile; 2],
    present: usize,
    spans: Vec<Span>,
    end: Span,
    /// Where the state of training is kept beside the sites; `None` if it is not kept.
    state: Option<StateFile>,
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
    /// A store without partitions, in this folder, which is made if it does not exist. Only the
    /// owner can read the files. They have no names once they are open, so that the system frees
    /// their space when the program ends, however it ends (all of this on Unix).
    pub fn create(folder: &Path) -> Result<Self, Failure> {
        make_owner_only_folder(folder)?;
        Self::new(["lines", "sites-a", "sites-b"].map(|name| nameless(folder, name)), None)
    }

    /// A store that keeps its files and the state of training in this folder, so that an
    /// interrupted training can be continued. [`remove_kept`] removes them.
    ///
    /// # Errors
    /// Also if another training uses the folder.
    pub fn create_kept(folder: &Path) -> Result<Self, Failure> {
        make_owner_only_folder(folder)?;
        let files = FILES.map(|name| ScratchFile::open(folder.join(name), false));
        let store = Self::new(files, Some(StateFile { path: folder.join(STATE), fingerprint: 0 }))?;
        store.lines.file.try_lock().map_err(|_| {
            Failure::new("is in use by another training")
                .in_file(folder)
                .remedy("wait until it ends")
        })?;
        let emptied = store.lines.file.set_len(0);
        emptied.map_err(|e| Failure::io(&store.lines.path, "cannot write", &e))?;
        Ok(store)
    }

    fn new(
        files: [Result<ScratchFile, Failure>; 3],
        state: Option<StateFile>,
    ) -> Result<Self, Failure> {
        let [lines, first, second] = files;
        Ok(Self {
            lines: lines?,
            sites: [first?, second?],
            present: 0,
            spans: Vec::new(),
            end: Span::default(),
            state,
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

impl PartitionSource for FileStore {
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
        self.spans.push(span);
        self.end = span;
        Ok(())
    }

    fn write_sites(&self, partition: usize, sites: &[u8]) -> Result<(), Error> {
        self.write(&self.sites[1 - self.present], self.spans[partition].sites, sites)
    }

    fn resume(&mut self, fingerprint: u64) -> Result<Option<Vec<u8>>, Error> {
        let length = self.end.sites_end;
        if let Some(state) = &mut self.state {
            state.fingerprint = fingerprint;
            let found = state.read(length).map_err(|what| Error::Storage { what })?;
            if let Some((present, found)) = found {
                self.present = present;
                let kept = self.sites[present].file.metadata();
                if kept.is_ok_and(|kept| kept.len() == length) {
                    return Ok(Some(found));
                }
            }
            // A state without its sites would be wrong.
            state.remove().map_err(|e| Error::Storage { what: e.to_string() })?;
        }
        for file in &self.sites {
            // A file that grows without being written has zeros there, and takes no space for them.
            let zeros = file.file.set_len(0).and_then(|()| file.file.set_len(length));
            zeros.map_err(|e| file.failed("cannot write", &e))?;
        }
        Ok(None)
    }

    fn end_sweep(&mut self, state: &mut dyn FnMut() -> Vec<u8>) -> Result<(), Error> {
        let next = 1 - self.present;
        if let Some(file) = &self.state {
            let sites = &self.sites[next];
            sites.file.sync_data().map_err(|e| sites.failed("cannot write", &e))?;
            let written = file.write(next, self.end.sites_end, &state());
            written.map_err(|e| Error::Storage { what: e.to_string() })?;
        }
        self.present = next;
        Ok(())
    }

    fn end_sweeps(&mut self) -> Result<(), Error> {
        // The sites of the sweep before are no longer needed: two fifths of the disk that training
        // takes, which the files of the model may need.
        let before = &self.sites[1 - self.present];
        before.file.set_len(0).map_err(|e| before.failed("cannot write", &e))
    }
}

/// The files of a store that are kept.
const FILES: [&str; 3] = ["purchases", "sites-a", "sites-b"];
/// The file of the state of training.
const STATE: &str = "state";
/// The first bytes of that file.
const MAGIC: [u8; 8] = *b"INSEAM-T";

/// Removes what [`FileStore::create_kept`] has kept.
pub fn remove_kept(folder: &Path) -> Result<(), Failure> {
    // The state first: without it, the other files are worth nothing.
    for name in [STATE].into_iter().chain(FILES) {
        remove_if_there(&folder.join(name))?;
    }
    // Somebody else's files may be there too.
    drop(std::fs::remove_dir(folder));
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(Failure::io(path, "cannot remove", &e))
        }
        _ => Ok(()),
    }
}

/// The file with the state of training, and which sites belong to it.
#[derive(Debug)]
struct StateFile {
    path: PathBuf,
    /// Of what the training depends on.
    fingerprint: u64,
}

impl StateFile {
    /// The index of the sites and the state, if they belong to this training and to sites of this
    /// length.
    fn read(&self, length: u64) -> Result<Option<(usize, Vec<u8>)>, String> {
        let bytes = match std::fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(format!("{}: cannot read: {e}", self.path.display())),
        };
        let heads = [0, 1].map(|present| self.head(present, length));
        let present = heads.iter().position(|head| bytes.starts_with(head));
        Ok(present.map(|present| (present, bytes[heads[present].len()..].to_vec())))
    }

    fn write(&self, present: usize, length: u64, state: &[u8]) -> Result<(), Failure> {
        AtomicFile::write_private(&self.path, &[&self.head(present, length), state].concat())
    }

    fn remove(&self) -> Result<(), Failure> {
        remove_if_there(&self.path)
    }

    fn head(&self, present: usize, length: u64) -> Vec<u8> {
        let numbers = [self.fingerprint, length, present as u64].map(u64::to_le_bytes);
        [&MAGIC[..], numbers.as_flattened()].concat()
    }
}

/// A file without a name, where the system allows that.
fn nameless(folder: &Path, name: &str) -> Result<ScratchFile, Failure> {
    let name = format!(".inseam-{}-{name}.scratch", std::process::id());
    let mut file = ScratchFile::open(folder.join(name), true)?;
    file.remove = std::fs::remove_file(&file.path).is_err();
    Ok(file)
}

/// A file of the store.
#[derive(Debug)]
struct ScratchFile {
    file: File,
    path: PathBuf,
    /// Whether it is to be removed with its value.
    remove: bool,
}

impl ScratchFile {
    fn open(path: PathBuf, remove: bool) -> Result<Self, Failure> {
        let file =
            owner_only_file().read(true).write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(|e| Failure::io(&path, "cannot write", &e))?;
        Ok(Self { file, path, remove })
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
        if self.remove {
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
        assert_eq!(store.resume(1).unwrap(), None);
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
            store.end_sweep(&mut || panic!("nobody keeps the state")).unwrap();
            assert_eq!((sites(&store, 0), sites(&store, 2)), (vec![sweep; 4], vec![10 + sweep; 6]));
        }
        assert_eq!(store.traffic()[1], 14 + 3 * 10);
        let lengths = |store: &FileStore| {
            let length = |file: &ScratchFile| file.file.metadata().unwrap().len();
            store.sites.iter().map(length).sum::<u64>()
        };
        assert_eq!(lengths(&store), 20);
        store.end_sweeps().unwrap();
        assert_eq!(lengths(&store), 10);
        assert_eq!((sites(&store, 0), sites(&store, 2)), (vec![3; 4], vec![13; 6]));
    }

    /// A kept store with two partitions, after it was asked for an earlier state.
    fn kept(folder: &Path, fingerprint: u64) -> (FileStore, Option<Vec<u8>>) {
        let mut store = FileStore::create_kept(folder).unwrap();
        store.add(b"first", 4).unwrap();
        store.add(b"second", 6).unwrap();
        let state = store.resume(fingerprint).unwrap();
        (store, state)
    }

    #[test]
    fn a_kept_store_continues_after_the_last_sweep_that_has_ended() {
        let folder = std::env::temp_dir().join(format!("inseam-kept-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        let (mut store, state) = kept(&folder, 5);
        assert_eq!(state, None);
        assert!(FileStore::create_kept(&folder).is_err(), "two trainings share a folder");
        for sweep in 1..4 {
            store.write_sites(0, &[sweep; 4]).unwrap();
            store.write_sites(1, &[sweep; 6]).unwrap();
            store.end_sweep(&mut || vec![sweep]).unwrap();
        }
        #[cfg(unix)]
        for entry in std::fs::read_dir(&folder).unwrap() {
            use std::os::unix::fs::PermissionsExt;
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{}", entry.path().display());
        }
        // A sweep that does not end.
        store.write_sites(0, &[9; 4]).unwrap();
        drop(store);
        let (store, state) = kept(&folder, 5);
        assert_eq!(state, Some(vec![3]));
        assert_eq!((sites(&store, 0), sites(&store, 1)), (vec![3; 4], vec![3; 6]));
        drop(store);
        // Also if it ends after the last sweep, while the model is written.
        let (mut store, _) = kept(&folder, 5);
        store.end_sweeps().unwrap();
        drop(store);
        let (store, state) = kept(&folder, 5);
        assert_eq!(state, Some(vec![3]));
        assert_eq!((sites(&store, 0), sites(&store, 1)), (vec![3; 4], vec![3; 6]));
        drop(store);
        // Another training begins anew.
        let (store, state) = kept(&folder, 6);
        assert_eq!(state, None);
        assert_eq!((sites(&store, 0), sites(&store, 1)), (vec![0; 4], vec![0; 6]));
        drop(store);
        remove_kept(&folder).unwrap();
        assert!(!folder.exists());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named_with_what_to_do() {
        let mut store = store("full");
        store.lines.file = File::options().write(true).open("/dev/full").unwrap();
        let message = store.add(b"lines", 1).unwrap_err().to_string();
        assert!(message.contains("lines.scratch: cannot write"), "{message}");
        assert!(message.contains("free space there"), "{message}");
    }
}
