//! The customers of a partition as a training keeps them for a later one: their purchases, and a
//! digest of their measurements. The rest follows from the history.

use crate::outcome::Outcome;
use crate::train::events::Partition;
use crate::train::graph::Graph;
use xxhash_rust::xxh64::xxh64;

/// What tells the purchases of one customer apart, besides the article: the slot, the day and the
/// outcome.
pub(super) type PurchasePlace = (u32, i32, Outcome);

/// The digest of the bytes of a customer's measurements.
pub(super) fn measurements_digest(bytes: &[u8]) -> u64 {
    xxh64(bytes, 0)
}

/// Replaces the content of `out` by the customers of this partition.
pub(crate) fn write_kept_lines(graph: &Graph, partition: &mut Partition<'_>, out: &mut Vec<u8>) {
    out.clear();
    partition.each_customers_bytes(graph, |customer| {
        out.extend(customer.id.to_le_bytes());
        out.extend((customer.lines.len() as u32).to_le_bytes());
        out.extend(measurements_digest(customer.measurements).to_le_bytes());
        for line in customer.lines {
            out.extend(line.slot.to_le_bytes());
            out.extend(line.day.to_le_bytes());
            let outcome = Outcome::ALL.iter().position(|outcome| *outcome == line.outcome);
            out.push(outcome.expect("one of all") as u8);
        }
    });
}

/// A customer of a training before. The lines that follow are theirs.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptCustomer {
    pub(super) id: u32,
    pub(super) lines: u32,
    pub(super) measurements: u64,
}

/// Reads what [`write_kept_lines`] has written, from front to back.
#[derive(Debug)]
pub(super) struct KeptLines<'b>(pub(super) &'b [u8]);

impl KeptLines<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) = self.0.split_first_chunk().expect("a partition is whole");
        self.0 = rest;
        *taken
    }

    /// The next customer; `None` at the end.
    pub(super) fn customer(&mut self) -> Option<KeptCustomer> {
        if self.0.is_empty() {
            return None;
        }
        Some(KeptCustomer {
            id: u32::from_le_bytes(self.take()),
            lines: u32::from_le_bytes(self.take()),
            measurements: u64::from_le_bytes(self.take()),
        })
    }

    /// The next line.
    pub(super) fn line(&mut self) -> PurchasePlace {
        let slot = u32::from_le_bytes(self.take());
        let day = i32::from_le_bytes(self.take());
        let [outcome] = self.take();
        (slot, day, Outcome::ALL[usize::from(outcome)])
    }
}
