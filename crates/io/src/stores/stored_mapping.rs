//! What the private files keep of the pipeline.

use crate::pipeline::Mapping;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
