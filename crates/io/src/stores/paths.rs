//! The paths of a model's private files, which lie beside the public file.

use std::path::{Path, PathBuf};

/// The paths of the private files of a model. They differ from the path of the public file in
/// their endings.
pub(super) struct PrivatePaths {
    /// The article beliefs that the public file withholds.
    pub(super) articles: PathBuf,
    /// The customers' beliefs.
    pub(super) customers: PathBuf,
    /// The stored messages of the purchases.
    pub(super) messages: PathBuf,
    /// The secret under which customers' ids are hashed.
    pub(super) key: PathBuf,
}

impl PrivatePaths {
    /// The paths beside this public file.
    pub(super) fn beside(model: &Path) -> Self {
        let with = |ending: &str| model.with_extension(ending);
        Self {
            articles: with("articles"),
            customers: with("customers"),
            messages: with("messages"),
            key: with("key"),
        }
    }
}
