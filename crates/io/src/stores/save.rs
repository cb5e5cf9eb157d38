//! Writes a trained model and its private files.

use super::paths::PrivatePaths;
use super::secret::model_secret;
use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::pipeline::Mapping;
use inseam::format::{self, private};
use inseam::model::CustomerBelief;
use inseam::train::{Coded, Trained};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

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

/// The sizes of the written files, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct FileSizes {
    /// The public model.
    pub public: usize,
    /// The customers' beliefs.
    pub customers: usize,
    /// The stored messages of the purchases.
    pub messages: usize,
}

/// Writes a trained model to `path` and its private files beside it. `ids` are the ids of the
/// customers, in the codes that training saw. Writes the file of articles only if the public model
/// withholds something. No file appears unless all could be written completely.
///
/// Takes the trained values and gives each part's memory back once its bytes are made.
pub fn save(
    path: &Path,
    trained: Trained,
    ids: &Coded,
    mapping: &StoredMapping,
) -> Result<FileSizes, Failure> {
    let paths = PrivatePaths::beside(path);
    let secret = model_secret(path)?;
    let keys: Vec<private::CustomerKey> =
        ids.values.iter().map(|id| private::customer_key(&secret, id)).collect();
    let encoded = Encoded::new(trained, &keys, mapping).map_err(|f| f.in_file(path))?;

    let mut files = Vec::new();
    let articles = encoded.articles.as_ref().map(|articles| (paths.articles.as_path(), articles));
    // The public file last: a page must never load a model that the server does not know yet.
    let in_order = [(&*paths.messages, &encoded.messages), (&paths.customers, &encoded.customers)]
        .into_iter()
        .chain(articles)
        .chain([(path, &encoded.public)]);
    for (to, bytes) in in_order {
        let mut file = AtomicFile::create(to)?;
        file.write_all(bytes).map_err(|e| Failure::io(to, "cannot write", &e))?;
        files.push(file);
    }
    if encoded.articles.is_none() && paths.articles.exists() {
        // The file belongs to an earlier training, whose public model withheld something.
        std::fs::remove_file(&paths.articles)
            .map_err(|e| Failure::io(&paths.articles, "cannot remove", &e))?;
    }
    files.into_iter().try_for_each(AtomicFile::commit)?;
    Ok(FileSizes {
        public: encoded.public.len(),
        customers: encoded.customers.len(),
        messages: encoded.messages.len(),
    })
}

/// The bytes of a model's files.
struct Encoded {
    public: Vec<u8>,
    customers: Vec<u8>,
    messages: Vec<u8>,
    articles: Option<Vec<u8>>,
}

impl Encoded {
    /// Encodes a trained model. `keys` are the hashed ids of the customers, by code.
    fn new(
        trained: Trained,
        keys: &[private::CustomerKey],
        mapping: &StoredMapping,
    ) -> Result<Self, Failure> {
        let refused =
            |e: inseam::Error| Failure::new(format!("the trained model cannot be written: {e}"));
        let public = format::write(&trained.model).map_err(refused)?;
        let model = format::head_checksum(&public).map_err(refused)?;
        let pipeline = serde_json::to_string(mapping)
            .map_err(|e| Failure::new(format!("the column mapping cannot be written: {e}")))?;
        let articles = trained.known.as_ref().map(|known| private::write_articles(model, known));
        let articles = articles.transpose().map_err(refused)?;
        let Trained { customers, events, choice_variances, .. } = trained;
        let customers = customer_entries(customers, keys);
        let customers = private::write_customers(model, &pipeline, &customers).map_err(refused)?;
        let messages = private::Messages { variances: choice_variances, events };
        let messages =
            private::write_messages(model, &messages, |&id| keys[id as usize]).map_err(refused)?;
        Ok(Self { public, customers, messages, articles })
    }
}

fn customer_entries(
    customers: Vec<(u32, CustomerBelief)>,
    keys: &[private::CustomerKey],
) -> Vec<private::CustomerEntry> {
    customers
        .into_iter()
        .map(|(id, belief)| private::CustomerEntry { key: keys[id as usize], belief })
        .collect()
}
