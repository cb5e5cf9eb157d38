//! The state of a training that has ended, as one private file, so that a later training can
//! continue from it: the keys of its customers, its tables and parameters, the outcomes of its
//! purchases with what predicts them, and its partitions.
//!
//! After eight bytes that name the format come blocks: a length and the XXH64 of the bytes as
//! 64-bit numbers with the lowest byte first, then the bytes. The blocks are the keys, the tables,
//! the outcomes, and for each partition its lines and its sites.

use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use inseam::Error;
use inseam::format::private::CustomerKey;
use inseam::train::{Learned, PartitionSource, PreviousTraining};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use xxhash_rust::xxh64::xxh64;

const MAGIC: [u8; 8] = *b"INSEAMK4";
/// Blocks before those of the partitions.
const HEAD: usize = 3;
const KEY: usize = size_of::<CustomerKey>();

/// Writes the state of a training. `keys` are the keys of the customers, ascending, by the indices
/// that training knows.
pub fn keep_training(path: &Path, learned: &Learned, keys: &[CustomerKey]) -> Result<(), Failure> {
    let refused = |e: Error| Failure::new(e.to_string()).in_file(path);
    let mut file = BufWriter::with_capacity(1 << 20, AtomicFile::create_private(path)?);
    file.write_all(&MAGIC).map_err(|e| Failure::io(path, "cannot write", &e))?;
    let mut write = |bytes: &[u8]| -> Result<(), Failure> {
        let head = [bytes.len() as u64, xxh64(bytes, 0)].map(u64::to_le_bytes);
        let written = file.write_all(head.as_flattened()).and_then(|()| file.write_all(bytes));
        written.map_err(|e| Failure::io(path, "cannot write", &e))
    };
    write(keys.as_flattened())?;
    write(&learned.tables().map_err(refused)?)?;
    write(&learned.outcomes())?;
    let (mut lines, mut sites) = (Vec::new(), Vec::new());
    for index in 0..learned.partitions() {
        learned.keep_partition(index, &mut lines, &mut sites).map_err(refused)?;
        write(&lines)?;
        write(&sites)?;
    }
    let file = file.into_inner().map_err(|e| Failure::io(path, "cannot write", e.error()))?;
    file.commit()
}

/// Opens what [`keep_training`] has written, for a training with the customers of these `keys`,
/// ascending.
///
/// # Errors
/// If the file is not there, is not whole, or is of another kind.
pub fn open_training(path: &Path, keys: &[CustomerKey]) -> Result<PreviousTraining, Failure> {
    let mut blocks = Blocks::open(path)?;
    let [known, tables, outcomes] = [0, 1, 2].map(|block| blocks.take(block));
    let known = known?;
    let (known, rest) = known.as_chunks::<KEY>();
    if !rest.is_empty() {
        return Err(blocks.damaged());
    }
    let customers = places(known, keys);
    blocks.blocks.drain(..HEAD);
    let (tables, outcomes) = (tables?, outcomes?);
    Ok(PreviousTraining { tables, outcomes, partitions: Box::new(blocks), customers })
}

/// For each key the place of the same key among the `now`; both ascend.
fn places(before: &[CustomerKey], now: &[CustomerKey]) -> Vec<Option<u32>> {
    let mut now = (0..).zip(now).peekable();
    let place = |key: &CustomerKey| {
        while now.next_if(|(_, other)| *other < key).is_some() {}
        now.next_if(|(_, other)| *other == key).map(|(place, _)| place)
    };
    before.iter().map(place).collect()
}

/// A file of blocks.
#[derive(Debug)]
struct Blocks {
    path: PathBuf,
    file: Mutex<BufReader<File>>,
    blocks: Vec<Block>,
}

#[derive(Clone, Copy, Debug)]
struct Block {
    at: u64,
    length: u64,
    digest: u64,
}

impl Blocks {
    fn open(path: &Path) -> Result<Self, Failure> {
        let failed = |e: std::io::Error| Failure::io(path, "cannot read", &e);
        let file = File::open(path).map_err(failed)?;
        let end = file.metadata().map_err(failed)?.len();
        let mut file = BufReader::new(file);
        let mut magic = [0; MAGIC.len()];
        file.read_exact(&mut magic).map_err(failed)?;
        let (mut blocks, mut at) = (Vec::new(), magic.len() as u64);
        while at < end && magic == MAGIC {
            let mut head = [[0; 8]; 2];
            file.read_exact(head.as_flattened_mut()).map_err(failed)?;
            let [length, digest] = head.map(u64::from_le_bytes);
            at += 16;
            if length > end - at {
                blocks.clear();
                break;
            }
            blocks.push(Block { at, length, digest });
            at += length;
            file.seek_relative(length as i64).map_err(failed)?;
        }
        let blocks = Self { path: path.to_owned(), file: Mutex::new(file), blocks };
        match blocks.blocks.len() {
            n if n >= HEAD && (n - HEAD).is_multiple_of(2) => Ok(blocks),
            _ => Err(blocks.damaged()),
        }
    }

    fn damaged(&self) -> Failure {
        Failure::new("is not a whole state of a training by this version of the program")
            .in_file(&self.path)
    }

    fn take(&self, block: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.read(block, &mut bytes)?;
        Ok(bytes)
    }

    fn read(&self, block: usize, into: &mut Vec<u8>) -> Result<(), Failure> {
        let Block { at, length, digest } = self.blocks[block];
        into.resize(length as usize, 0);
        let mut file = self.file.lock().expect("no holder panics");
        let read = file.seek(std::io::SeekFrom::Start(at)).and_then(|_| file.read_exact(into));
        read.map_err(|e| Failure::io(&self.path, "cannot read", &e))?;
        if xxh64(into, 0) == digest { Ok(()) } else { Err(self.damaged()) }
    }
}

impl PartitionSource for Blocks {
    fn partitions(&self) -> usize {
        self.blocks.len() / 2
    }

    fn read_lines(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error> {
        self.read(2 * partition, into).map_err(unreadable)
    }

    fn read_sites(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error> {
        self.read(2 * partition + 1, into).map_err(unreadable)
    }
}

fn unreadable(failure: Failure) -> Error {
    Error::Storage { what: format!("{failure}; train from nothing with --full") }
}
