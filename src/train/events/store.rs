//! Where training keeps the customers' order lines and sites: the interface, and memory as its
//! simplest implementation.

use crate::error::Error;
use std::fmt::Debug;
use std::sync::Mutex;

/// Partitions to read. Each has the order lines of some customers and the sites of these lines, as
/// bytes that only training reads.
///
/// Several threads read at the same time.
pub trait PartitionSource: Debug + Send + Sync {
    /// Number of partitions.
    fn partitions(&self) -> usize;

    /// Replaces the content of `into` by the lines of a partition.
    ///
    /// # Errors
    /// [`Error::Storage`] where they cannot be read.
    fn read_lines(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error>;

    /// The lines of a partition in the memory of the source, if they are there.
    fn lines_in_memory(&self, partition: usize) -> Option<&[u8]> {
        let _ = partition;
        None
    }

    /// Replaces the content of `into` by the sites of a partition, as of the last sweep that has
    /// ended.
    ///
    /// # Errors
    /// [`Error::Storage`] where they cannot be read.
    fn read_sites(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error>;
}

/// A store of partitions. The lines never change, and every sweep replaces the sites. The model
/// that training learns does not depend on the store.
///
/// Several threads read and write at the same time, each another partition.
pub trait PartitionStore: PartitionSource {
    /// Adds a partition with these lines, and with `sites` bytes of sites.
    ///
    /// # Errors
    /// [`Error::Storage`] where the partition cannot be stored.
    fn add(&mut self, lines: &[u8], sites: usize) -> Result<(), Error>;

    /// Stores the new sites of a partition, as many bytes as before. Nobody reads them before
    /// [`PartitionStore::end_sweep`].
    ///
    /// # Errors
    /// [`Error::Storage`] where they cannot be written.
    fn write_sites(&self, partition: usize, sites: &[u8]) -> Result<(), Error>;

    /// Called once, after the last partition was added. If the store still has the sites of an
    /// interrupted training with this fingerprint, it returns the state that was kept with them. If
    /// not, all sites are zero.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store cannot do this.
    fn resume(&mut self, fingerprint: u64) -> Result<Option<Vec<u8>>, Error>;

    /// Makes the sites that were written for every partition the present ones. A store that
    /// outlives the program keeps `state` with them: after a crash both are there or neither.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store cannot do this.
    fn end_sweep(&mut self, state: &mut dyn FnMut() -> Vec<u8>) -> Result<(), Error>;

    /// Called once, after the last sweep: from now on everything is only read. A store can give
    /// back what it needs for writing alone.
    ///
    /// # Errors
    /// [`Error::Storage`] where the store cannot do this.
    fn end_sweeps(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// A store in memory.
#[derive(Debug, Default)]
pub struct MemoryStore {
    partitions: Vec<Stored>,
}

#[derive(Debug)]
struct Stored {
    lines: Box<[u8]>,
    sites: Mutex<Box<[u8]>>,
}

impl PartitionSource for MemoryStore {
    fn partitions(&self) -> usize {
        self.partitions.len()
    }

    fn read_lines(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error> {
        replace(into, &self.partitions[partition].lines);
        Ok(())
    }

    fn lines_in_memory(&self, partition: usize) -> Option<&[u8]> {
        Some(&self.partitions[partition].lines)
    }

    fn read_sites(&self, partition: usize, into: &mut Vec<u8>) -> Result<(), Error> {
        replace(into, &self.partitions[partition].sites.lock().expect("no holder panics"));
        Ok(())
    }
}

impl PartitionStore for MemoryStore {
    fn add(&mut self, lines: &[u8], sites: usize) -> Result<(), Error> {
        let sites = Mutex::new(vec![0; sites].into_boxed_slice());
        self.partitions.push(Stored { lines: lines.into(), sites });
        Ok(())
    }

    fn write_sites(&self, partition: usize, sites: &[u8]) -> Result<(), Error> {
        self.partitions[partition].sites.lock().expect("no holder panics").copy_from_slice(sites);
        Ok(())
    }

    fn resume(&mut self, _: u64) -> Result<Option<Vec<u8>>, Error> {
        Ok(None)
    }

    fn end_sweep(&mut self, _: &mut dyn FnMut() -> Vec<u8>) -> Result<(), Error> {
        Ok(())
    }
}

fn replace(buffer: &mut Vec<u8>, bytes: &[u8]) {
    buffer.clear();
    buffer.extend_from_slice(bytes);
}
