//! Writes a trained model and its private files.

use super::customers_file::CustomersFile;
use super::messages_file::MessagesFile;
use super::pass_error::{PassError, refused};
use super::paths::PrivatePaths;
use super::stored_mapping::StoredMapping;
use crate::digested_file::{DigestedFile, ManifestFile};
use crate::failure::Failure;
use inseam::format;
use inseam::format::private::{self, CustomerKey};
use inseam::train::{Learned, LearnedCustomer};
use std::path::Path;

/// Writes a trained model to `path` and its private files beside it; returns all of them.
/// `keys` are the keys of the customers, ascending, by the indices that training knows. Writes the
/// file of articles only if the public model withholds something. No file appears unless all could
/// be written completely.
pub fn save(
    path: &Path,
    learned: &Learned,
    keys: &[CustomerKey],
    mapping: &StoredMapping,
) -> Result<Vec<ManifestFile>, Failure> {
    let paths = PrivatePaths::beside(path);
    let refused = |e: inseam::Error| refused(e).in_file(path);
    let public = format::write(&learned.model).map_err(refused)?;
    let checksum = format::head_checksum(&public).map_err(refused)?;
    let articles = learned.known.as_ref().map(|known| private::write_articles(checksum, known));
    let articles = articles.transpose().map_err(refused)?;
    let mut files = private_files(&paths, learned, keys, checksum, mapping)?;
    // The public file last: a page must never load a model that the server does not know yet.
    if let Some(bytes) = &articles {
        let mut file = DigestedFile::create_private(&paths.articles)?;
        file.write(bytes)?;
        files.push(file);
    }
    let mut file = DigestedFile::create(path)?;
    file.write(&public)?;
    files.push(file);
    if articles.is_none() && paths.articles.exists() {
        // The file belongs to an earlier training, whose public model withheld something.
        std::fs::remove_file(&paths.articles)
            .map_err(|e| Failure::io(&paths.articles, "cannot remove", &e))?;
    }
    files.into_iter().map(DigestedFile::commit).collect()
}

/// The files of messages and of customers, complete but not yet at their paths. One pass over the
/// customers writes both.
fn private_files(
    paths: &PrivatePaths,
    learned: &Learned,
    keys: &[CustomerKey],
    model: u64,
    mapping: &StoredMapping,
) -> Result<Vec<DigestedFile>, Failure> {
    let counts = learned.count().map_err(refused)?;
    let mut messages = MessagesFile::create(&paths.messages, learned, counts, model)?;
    let mut customers = CustomersFile::create(&paths.customers, learned, counts, model, mapping)?;
    let write = |customer: LearnedCustomer| {
        let key = &keys[customer.id as usize];
        messages.add(key, &customer.purchases)?;
        customers.add(key, &customer.belief)
    };
    learned.each_customer(write).map_err(|PassError(failure)| failure)?;
    Ok(vec![messages.end()?, customers.end()?])
}
