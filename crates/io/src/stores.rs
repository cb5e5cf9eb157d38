//! The files of one training: the public model and, beside it, what stays on the server.

use crate::failure::Failure;
use crate::pipeline::Mapping;
use crate::table::AtomicFile;
use hashbrown::HashMap;
use inseam::format::{self, private};
use inseam::model::{CustomerBelief, Model};
use inseam::train::{Coded, Trained};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Largest file that is read as a model or as private beliefs: far beyond any shop's, far below
/// what fills a server.
const FILE_CAP: u64 = 8 << 30;

/// What of the pipeline is kept with the private files, so that scoring reads pairs under the same
/// names.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// The columns.
    pub mapping: Mapping,
    /// Theirs = ours of fit groups; `*` for every other.
    pub groups: BTreeMap<String, String>,
}

/// A model with its private beliefs, read back.
pub struct Opened {
    /// As the public file has it.
    pub model: Model,
    /// With nothing withheld, where the private files have that.
    whole: Option<Model>,
    /// `None` where the private file is not there: then every customer is new.
    pub customers: Option<private::Customers>,
    pub secret: [u8; 16],
    pub kept: Kept,
    /// Index of each customer's entry by key: scoring looks up more often than a search in sorted
    /// entries is good for.
    index: HashMap<private::CustomerKey, u32>,
}

impl Opened {
    /// The model as the server knows it.
    pub fn known(&self) -> &Model {
        self.whole.as_ref().unwrap_or(&self.model)
    }

    /// What is believed of a customer; `None` for one without a history.
    pub fn customer(&self, key: &private::CustomerKey) -> Option<&CustomerBelief> {
        let at = *self.index.get(key)?;
        self.customers.as_ref().map(|c| &c.entries()[at as usize].belief)
    }
}

/// Paths of the private files of a model.
struct Beside {
    articles: PathBuf,
    customers: PathBuf,
    messages: PathBuf,
    key: PathBuf,
}

impl Beside {
    fn of(model: &Path) -> Self {
        let with = |ending: &str| model.with_extension(ending);
        Self {
            articles: with("articles"),
            customers: with("customers"),
            messages: with("messages"),
            key: with("key"),
        }
    }
}

/// Sizes of the files written, bytes: public, customers, messages.
pub type Written = [usize; 3];

/// Writes the files of a training, that of the articles only where the public one withholds
/// something; none appears unless all could be written in full.
pub fn write(path: &Path, trained: &Trained, ids: &Coded, kept: &Kept) -> Result<Written, Failure> {
    let beside = Beside::of(path);
    let refused = |e: inseam::Error| {
        Failure::new(format!("the trained model cannot be written: {e}")).in_file(path)
    };
    let public = format::write(&trained.model).map_err(refused)?;
    let model = format::head_checksum(&public).map_err(refused)?;
    let secret = secret(&beside.key)?;
    let keys: Vec<private::CustomerKey> =
        ids.values.iter().map(|id| private::customer_key(&secret, id)).collect();
    let entries: Vec<private::CustomerEntry> = trained
        .customers
        .iter()
        .map(|(id, belief)| private::CustomerEntry {
            key: keys[*id as usize],
            belief: belief.clone(),
        })
        .collect();
    let pipeline = serde_json::to_string(kept)
        .map_err(|e| Failure::new(format!("the column mapping: {e}")))?;
    let customers = private::write_customers(model, &pipeline, &entries).map_err(refused)?;
    let events: Vec<private::EventRecord> = trained
        .events
        .iter()
        .map(|e| private::EventRecord {
            customer: keys[e.customer as usize],
            article: e.article,
            label: e.label,
            outcome: e.outcome,
            day: e.day,
            messages: e.messages,
            popularity: e.popularity.clone(),
        })
        .collect();
    let messages = private::Messages { variances: trained.leaves.clone(), events };
    let messages = private::write_messages(model, &messages).map_err(refused)?;
    let articles = trained.known.as_ref().map(|known| private::write_articles(model, known));
    let articles = articles.transpose().map_err(refused)?;

    let mut files = Vec::new();
    let private = [(&beside.messages, &messages), (&beside.customers, &customers)];
    let private =
        private.into_iter().chain(articles.as_ref().map(|articles| (&beside.articles, articles)));
    // The public file last: a page must never meet a model that the server does not know yet.
    for (to, bytes) in private.map(|(to, bytes)| (to.as_path(), bytes)).chain([(path, &public)]) {
        let mut file = AtomicFile::create(to)?;
        file.write_all(bytes).map_err(|e| Failure::io(to, "cannot write", &e))?;
        files.push(file);
    }
    if articles.is_none() && beside.articles.exists() {
        // Of an earlier training, which withheld.
        std::fs::remove_file(&beside.articles)
            .map_err(|e| Failure::io(&beside.articles, "cannot remove", &e))?;
    }
    files.into_iter().try_for_each(AtomicFile::commit)?;
    Ok([public.len(), customers.len(), messages.len()])
}

/// Reads a model and what is beside it.
pub fn open(path: &Path) -> Result<Opened, Failure> {
    let bytes = read(path)?;
    let refused = |file: &Path, e: inseam::Error| Failure::new(e.to_string()).in_file(file);
    let model = format::read(&bytes).map_err(|e| refused(path, e))?;
    let checksum = format::head_checksum(&bytes).map_err(|e| refused(path, e))?;
    let beside = Beside::of(path);
    if !beside.customers.exists() {
        let (kept, index) = (Kept::default(), HashMap::new());
        return Ok(Opened { model, whole: None, customers: None, secret: [0; 16], kept, index });
    }
    let another = |file: &Path, e| {
        refused(file, e).remedy("train again: the private files belong to one training")
    };
    let customers = private::read_customers(&read(&beside.customers)?, checksum)
        .map_err(|e| another(&beside.customers, e))?;
    let whole = match beside.articles.exists() {
        true => Some(
            private::read_articles(&read(&beside.articles)?, checksum)
                .map_err(|e| another(&beside.articles, e))?,
        ),
        false => None,
    };
    let kept = serde_json::from_str(&customers.pipeline).map_err(|e| {
        Failure::new(format!("its column mapping is not readable: {e}")).in_file(&beside.customers)
    })?;
    let secret = read_secret(&beside.key)?;
    let index = customers.entries().iter().enumerate().map(|(i, e)| (e.key, i as u32)).collect();
    Ok(Opened { model, whole, customers: Some(customers), secret, kept, index })
}

/// Reads the messages beside a model.
pub fn messages(path: &Path) -> Result<private::Messages, Failure> {
    let refused = |file: &Path, e: inseam::Error| Failure::new(e.to_string()).in_file(file);
    let checksum = format::head_checksum(&read(path)?).map_err(|e| refused(path, e))?;
    let file = Beside::of(path).messages;
    private::read_messages(&read(&file)?, checksum).map_err(|e| {
        refused(&file, e).remedy("train again: the private files belong to one training")
    })
}

/// Reads a whole file, within reason.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(path).map_err(|e| Failure::io(path, "cannot open", &e))?.len();
    if size > FILE_CAP {
        return Err(Failure::new(format!("has {size} bytes; no model has more than {FILE_CAP}"))
            .in_file(path));
    }
    std::fs::read(path).map_err(|e| Failure::io(path, "cannot read", &e))
}

/// The secret of a model's private files: made once, then kept, so that trainings can be compared.
pub fn secret_of(model: &Path) -> Result<[u8; 16], Failure> {
    secret(&Beside::of(model).key)
}

/// A secret that nobody keeps.
pub fn passing_secret() -> Result<[u8; 16], Failure> {
    let mut secret = [0; 16];
    getrandom::fill(&mut secret)
        .map_err(|e| Failure::new(format!("the system gives no random bytes: {e}")))?;
    Ok(secret)
}

/// The shop's secret under which customers' ids are hashed, and from which the noise of a release
/// is drawn.
fn secret(path: &Path) -> Result<[u8; 16], Failure> {
    if path.exists() {
        return read_secret(path);
    }
    let secret = passing_secret()?;
    let text: String = secret.iter().map(|b| format!("{b:02x}")).chain(["\n".to_owned()]).collect();
    AtomicFile::write_private(path, text.as_bytes())?;
    Ok(secret)
}

fn read_secret(path: &Path) -> Result<[u8; 16], Failure> {
    let bad = || {
        Failure::new("is not a key: 32 hexadecimal digits on one line")
            .in_file(path)
            .remedy("restore the key of the private files, or delete them all and train again")
    };
    let bytes = std::fs::read(path)
        .map_err(|e| Failure::io(path, "cannot read the key of the private files", &e))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| bad())?.trim();
    if text.len() != 32 || !text.is_ascii() {
        return Err(bad());
    }
    let mut secret = [0; 16];
    for (i, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| bad())?;
    }
    Ok(secret)
}
