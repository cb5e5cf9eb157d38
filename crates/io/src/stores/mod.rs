//! The files of one trained model: the public model file and, beside it, the private files.

mod open;
mod paths;
mod save;
mod secret;

pub use open::{OpenedModel, open, read_file, read_messages};
pub use save::{FileSizes, StoredMapping, save};
pub use secret::{Secret, model_secret, temporary_secret};
