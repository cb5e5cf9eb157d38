//! The files of one trained model: the public model file and, beside it, the private files.

mod customers_file;
mod messages_file;
mod open;
mod pass_error;
mod paths;
mod save;
mod secret;
mod stored_mapping;

pub use open::{OpenedModel, checksum_of, files_of, has_messages, open, read_file, visit_messages};
pub use save::save;
pub use secret::{Secret, keep_secret, known_secret, model_secret, temporary_secret};
pub use stored_mapping::StoredMapping;
