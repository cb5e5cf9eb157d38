//! Writes the file of messages in one pass over the customers.

use super::pass_error::{PassError, refused};
use crate::digested_file::DigestedFile;
use crate::failure::Failure;
use inseam::format::private::{CustomerKey, MessagesHead, MessagesWriter, sort_events};
use inseam::model::PurchaseRecord;
use inseam::train::{Learned, LearnedCounts};
use std::path::Path;

/// The file of messages while it is being written.
pub(super) struct MessagesFile {
    writer: MessagesWriter,
    file: DigestedFile,
}

impl MessagesFile {
    /// Begins the file of the public model whose head has the checksum `model`.
    pub(super) fn create(
        path: &Path,
        learned: &Learned,
        counts: LearnedCounts,
        model: u64,
    ) -> Result<Self, Failure> {
        let head = MessagesHead {
            model,
            variances: &learned.choice_variances,
            events: counts.purchases,
            offered: counts.offered,
        };
        let (writer, bytes) = MessagesWriter::new(&head).map_err(refused)?;
        let mut file = DigestedFile::create_private(path)?;
        file.write(&bytes)?;
        Ok(Self { writer, file })
    }

    /// Adds the purchases of the customer with this key.
    pub(super) fn add(
        &mut self,
        key: &CustomerKey,
        purchases: &[PurchaseRecord<u32>],
    ) -> Result<(), PassError> {
        if let [purchase] = purchases {
            return self.write(key, purchase);
        }
        let mut events: Vec<&PurchaseRecord<u32>> = purchases.iter().collect();
        sort_events(&mut events, |_| *key);
        events.into_iter().try_for_each(|event| self.write(key, event))
    }

    fn write(&mut self, key: &CustomerKey, event: &PurchaseRecord<u32>) -> Result<(), PassError> {
        Ok(self.file.write(self.writer.event(key, event)?)?)
    }

    /// Writes the rest.
    pub(super) fn end(self) -> Result<DigestedFile, Failure> {
        let Self { writer, mut file } = self;
        file.write(&writer.end().map_err(refused)?)?;
        Ok(file)
    }
}
