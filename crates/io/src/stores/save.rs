//! Writes a trained model and its private files.

use super::paths::PrivatePaths;
use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::pipeline::Mapping;
use inseam::format;
use inseam::format::private::{
    self, CustomerKey, CustomersHead, CustomersWriter, MessagesHead, MessagesWriter, sort_events,
};
use inseam::model::PurchaseRecord;
use inseam::train::{Learned, LearnedCustomer};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes that are collected before they are written.
const BUFFER: usize = 1 << 20;

/// The part of the pipeline that the private files store. Scoring uses it to find the columns of
/// its table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct StoredMapping {
    /// The columns of the history.
    #[serde(rename = "mapping")]
    pub columns: Mapping,
    /// The fit group of each of the shop's words for one, as in `[history.groups]`.
    pub groups: BTreeMap<String, String>,
}

/// Writes a trained model to `path` and its private files beside it; returns the paths of all.
/// `keys` are the keys of the customers, ascending, by the indices that training knows. Writes the
/// file of articles only if the public model withholds something. No file appears unless all could
/// be written completely.
pub fn save(
    path: &Path,
    learned: &Learned,
    keys: &[CustomerKey],
    mapping: &StoredMapping,
) -> Result<Vec<PathBuf>, Failure> {
    let paths = PrivatePaths::beside(path);
    let refused = |e: inseam::Error| refused(e).in_file(path);
    let public = format::write(&learned.model).map_err(refused)?;
    let checksum = format::head_checksum(&public).map_err(refused)?;
    let articles = learned.known.as_ref().map(|known| private::write_articles(checksum, known));
    let articles = articles.transpose().map_err(refused)?;
    let counts = Counts::new(learned)?;
    let messages = write_messages(&paths.messages, learned, keys, checksum, counts)?;
    let customers = write_customers(&paths.customers, learned, keys, checksum, counts, mapping)?;
    let mut files = vec![messages, customers];
    // The public file last: a page must never load a model that the server does not know yet.
    let articles_file = articles.as_ref().map(|bytes| (paths.articles.as_path(), bytes));
    for (to, bytes) in articles_file.into_iter().chain([(path, &public)]) {
        let mut file = Output::create(to)?;
        file.write(bytes)?;
        files.push(file);
    }
    if articles.is_none() && paths.articles.exists() {
        // The file belongs to an earlier training, whose public model withheld something.
        std::fs::remove_file(&paths.articles)
            .map_err(|e| Failure::io(&paths.articles, "cannot remove", &e))?;
    }
    let written = files.iter().map(|file| file.path.clone()).collect();
    files.into_iter().try_for_each(Output::commit)?;
    Ok(written)
}

fn refused(e: inseam::Error) -> Failure {
    Failure::new(format!("the trained model cannot be written: {e}"))
}

/// The error of one pass over the customers: of the store, of the format, or of a file.
struct PassError(Failure);

impl From<inseam::Error> for PassError {
    fn from(e: inseam::Error) -> Self {
        Self(refused(e))
    }
}

impl From<Failure> for PassError {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

/// Calls `f` with every customer.
fn each_customer(
    learned: &Learned,
    mut f: impl FnMut(LearnedCustomer) -> Result<(), PassError>,
) -> Result<(), Failure> {
    learned.each_customer(&mut f).map_err(|PassError(failure)| failure)
}

/// The numbers that the heads of the private files have.
#[derive(Clone, Copy, Default)]
struct Counts {
    customers: usize,
    evidence: usize,
    events: usize,
    offered: usize,
}

impl Counts {
    fn new(learned: &Learned) -> Result<Self, Failure> {
        let mut counts = Self::default();
        each_customer(learned, |customer| {
            counts.customers += 1;
            counts.evidence += customer.belief.sizes.len();
            counts.events += customer.purchases.len();
            let offered = customer.purchases.iter().map(|event| event.popularity.len());
            counts.offered += offered.sum::<usize>();
            Ok(())
        })?;
        Ok(counts)
    }
}

/// Writes the file of messages.
fn write_messages(
    path: &Path,
    learned: &Learned,
    keys: &[CustomerKey],
    model: u64,
    counts: Counts,
) -> Result<Output, Failure> {
    let head = MessagesHead {
        model,
        variances: &learned.choice_variances,
        events: counts.events,
        offered: counts.offered,
    };
    let (mut writer, bytes) = MessagesWriter::new(&head).map_err(refused)?;
    let mut file = Output::create(path)?;
    file.write(&bytes)?;
    for records in [true, false] {
        each_customer(learned, |LearnedCustomer { id, purchases, .. }| {
            let key = keys[id as usize];
            let mut events: Vec<&PurchaseRecord<u32>> = purchases.iter().collect();
            sort_events(&mut events, |_| key);
            for event in events {
                let bytes =
                    if records { writer.event(&key, event)? } else { writer.popularity(event) };
                file.write(bytes)?;
            }
            Ok(())
        })?;
    }
    file.write(&writer.end().map_err(refused)?)?;
    Ok(file)
}

/// Writes the file of customers.
fn write_customers(
    path: &Path,
    learned: &Learned,
    keys: &[CustomerKey],
    model: u64,
    counts: Counts,
    mapping: &StoredMapping,
) -> Result<Output, Failure> {
    let pipeline = serde_json::to_string(mapping)
        .map_err(|e| Failure::new(format!("the column mapping cannot be written: {e}")))?;
    let head = CustomersHead {
        model,
        pipeline: &pipeline,
        groups: learned.model.groups.len(),
        customers: counts.customers,
        evidence: counts.evidence,
    };
    let (mut writer, bytes) = CustomersWriter::new(&head).map_err(refused)?;
    let mut file = Output::create(path)?;
    file.write(&bytes)?;
    each_customer(learned, |customer| {
        Ok(file.write(writer.customer(&keys[customer.id as usize], &customer.belief)?)?)
    })?;
    each_customer(learned, |customer| Ok(file.write(writer.evidence(&customer.belief))?))?;
    file.write(&writer.end().map_err(refused)?)?;
    Ok(file)
}

/// A file that is being written, with a buffer.
struct Output {
    path: PathBuf,
    file: BufWriter<AtomicFile>,
}

impl Output {
    fn create(path: &Path) -> Result<Self, Failure> {
        let file = BufWriter::with_capacity(BUFFER, AtomicFile::create(path)?);
        Ok(Self { path: path.to_owned(), file })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = self.file.write_all(bytes);
        written.map_err(|e| Failure::io(&self.path, "cannot write", &e))
    }

    fn commit(self) -> Result<(), Failure> {
        let Self { path, file, .. } = self;
        let file = file.into_inner();
        file.map_err(|e| Failure::io(&path, "cannot write", e.error()))?.commit()
    }
}
