//! Writes the file of customers in one pass over them.

use super::pass_error::{PassError, refused};
use super::stored_mapping::StoredMapping;
use crate::digested_file::DigestedFile;
use crate::failure::Failure;
use inseam::format::private::{CustomerKey, CustomersHead, CustomersWriter};
use inseam::model::CustomerBelief;
use inseam::train::{Learned, LearnedCounts};
use std::path::Path;

/// The file of customers while it is being written.
pub(super) struct CustomersFile {
    writer: CustomersWriter,
    file: DigestedFile,
}

impl CustomersFile {
    /// Begins the file of the public model whose head has the checksum `model`.
    pub(super) fn create(
        path: &Path,
        learned: &Learned,
        counts: LearnedCounts,
        model: u64,
        mapping: &StoredMapping,
    ) -> Result<Self, Failure> {
        let pipeline = serde_json::to_string(mapping)
            .map_err(|e| Failure::new(format!("the column mapping cannot be written: {e}")))?;
        let head = CustomersHead {
            model,
            pipeline: &pipeline,
            groups: learned.model.groups.len(),
            customers: counts.customers,
            evidence: counts.evidence,
        };
        let (writer, bytes) = CustomersWriter::new(&head).map_err(refused)?;
        let mut file = DigestedFile::create_private(path)?;
        file.write(&bytes)?;
        Ok(Self { writer, file })
    }

    /// Adds the customer with this key.
    pub(super) fn add(
        &mut self,
        key: &CustomerKey,
        belief: &CustomerBelief,
    ) -> Result<(), PassError> {
        Ok(self.file.write(self.writer.customer(key, belief)?)?)
    }

    /// Writes the rest.
    pub(super) fn end(self) -> Result<DigestedFile, Failure> {
        let Self { writer, mut file } = self;
        file.write(&writer.end().map_err(refused)?)?;
        Ok(file)
    }
}
