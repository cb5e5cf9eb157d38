//! The files of one trained model: the public model file and, beside it, the private files.

mod open;
mod paths;
mod save;
mod secret;

pub use open::{OpenedModel, has_messages, open, read_file, visit_messages};
pub use save::{StoredMapping, save};
pub use secret::{Secret, model_secret, temporary_secret};
