//! The files of one trained model: the public model file and, beside it, the private files.

mod open;
mod paths;
mod save;
mod secret;

pub use open::{OpenedModel, checksum_of, files_of, has_messages, open, read_file, visit_messages};
pub use save::{StoredMapping, save};
pub use secret::{Secret, keep_secret, known_secret, model_secret, temporary_secret};
