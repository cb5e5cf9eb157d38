//! Reads a model and its private files.

use super::paths::PrivatePaths;
use super::secret::{Secret, read_secret};
use super::stored_mapping::StoredMapping;
use crate::failure::Failure;
use hashbrown::HashMap;
use inseam::format::{self, private};
use inseam::model::{CustomerBelief, Model};
use std::path::{Path, PathBuf};

/// The largest file that is read as a model or as a private file, in bytes.
const MAX_FILE_BYTES: u64 = 8 << 30;

/// A model with its private files, as read from disk.
pub struct OpenedModel {
    /// The public model.
    pub model: Model,
    /// The model with all article beliefs, if the public file withholds some.
    full: Option<Model>,
    /// The customers' beliefs; `None` if there are no private files, and then every customer is
    /// new.
    pub customers: Option<private::Customers>,
    /// The secret under which customers' ids are hashed; zeros if there are no private files.
    pub secret: Secret,
    /// How the pipeline named the columns and the fit groups.
    pub mapping: StoredMapping,
    /// The index of each customer's entry by key. Scoring looks up so many customers that a search
    /// in the sorted entries would be slow.
    index: HashMap<private::CustomerKey, u32>,
}

impl OpenedModel {
    /// The model with all article beliefs, also those that the public file withholds.
    pub fn full_model(&self) -> &Model {
        self.full.as_ref().unwrap_or(&self.model)
    }

    /// The belief about a customer; `None` for one without a history.
    pub fn customer(&self, key: &private::CustomerKey) -> Option<&CustomerBelief> {
        self.customer_index(key).and_then(|index| self.belief(index))
    }

    /// The index of a customer among the entries of the private file.
    pub fn customer_index(&self, key: &private::CustomerKey) -> Option<usize> {
        self.index.get(key).map(|&index| index as usize)
    }

    /// The belief about the customer of this index.
    pub fn belief(&self, index: usize) -> Option<&CustomerBelief> {
        self.customers.as_ref().map(|c| &c.entries()[index].belief)
    }
}

/// Reads a model and the private files beside it, if there are any.
pub fn open(path: &Path) -> Result<OpenedModel, Failure> {
    let bytes = read_file(path)?;
    let model = format::read(&bytes).map_err(|e| refused(path, e))?;
    let checksum = format::head_checksum(&bytes).map_err(|e| refused(path, e))?;
    let paths = PrivatePaths::beside(path);
    if !paths.customers.exists() {
        return Ok(OpenedModel {
            model,
            full: None,
            customers: None,
            secret: [0; 16],
            mapping: StoredMapping::default(),
            index: HashMap::new(),
        });
    }
    let customers = private::read_customers(&read_file(&paths.customers)?, checksum)
        .map_err(|e| private_refused(&paths.customers, e))?;
    let full = match paths.articles.exists() {
        true => Some(
            private::read_articles(&read_file(&paths.articles)?, checksum)
                .map_err(|e| private_refused(&paths.articles, e))?,
        ),
        false => None,
    };
    let mapping = serde_json::from_str(&customers.pipeline).map_err(|e| {
        Failure::new(format!("has an unreadable column mapping: {e}")).in_file(&paths.customers)
    })?;
    let secret = read_secret(&paths.key)?;
    let index = customers.entries().iter().enumerate().map(|(i, e)| (e.key, i as u32)).collect();
    Ok(OpenedModel { model, full, customers: Some(customers), secret, mapping, index })
}

/// Reads the stored messages beside a model, and gives `each` purchase with its messages.
pub fn visit_messages(
    path: &Path,
    each: &mut dyn FnMut(private::EventRecord),
) -> Result<(), Failure> {
    let checksum = format::head_checksum(&read_file(path)?).map_err(|e| refused(path, e))?;
    let file = PrivatePaths::beside(path).messages;
    private::visit_messages(&read_file(&file)?, checksum, each)
        .map_err(|e| private_refused(&file, e))
}

/// The files that [`open`] reads: the public file, and those of the private files that are there,
/// without the secret.
pub fn files_of(path: &Path) -> Vec<PathBuf> {
    let paths = PrivatePaths::beside(path);
    let private = [paths.customers, paths.articles].into_iter().filter(|path| path.exists());
    std::iter::once(path.to_owned()).chain(private).collect()
}

/// Whether the stored messages lie beside a model.
pub fn has_messages(path: &Path) -> bool {
    PrivatePaths::beside(path).messages.exists()
}

/// The checksum of a model's head; `None` if there is no model.
pub fn checksum_of(path: &Path) -> Result<Option<u64>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    format::head_checksum(&read_file(path)?).map(Some).map_err(|e| refused(path, e))
}

/// Reads a whole file of at most [`MAX_FILE_BYTES`].
pub fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(path).map_err(|e| Failure::io(path, "cannot open", &e))?.len();
    if size > MAX_FILE_BYTES {
        let problem = format!("has {size} bytes; a model has at most {MAX_FILE_BYTES}");
        return Err(Failure::new(problem).in_file(path));
    }
    std::fs::read(path).map_err(|e| Failure::io(path, "cannot read", &e))
}

/// The failure for a file that the core could not read.
fn refused(file: &Path, error: inseam::Error) -> Failure {
    Failure::new(error.to_string()).in_file(file)
}

/// The failure for a private file that the core could not read.
fn private_refused(file: &Path, error: inseam::Error) -> Failure {
    refused(file, error).remedy("train again: the private files belong to one training")
}
