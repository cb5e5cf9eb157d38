//! What a training keeps of its tables and parameters, so that a later one can continue from it.

use crate::error::Error;
use crate::model::Measurement;
use crate::train::fingerprint::made_by;
use crate::train::graph::Graph;
use crate::train::settings::Settings;
use crate::train::state::Parameters;
use crate::train::sweep::CatalogueSums;
use bincode::config;
use serde::{Deserialize, Serialize};

/// The static tables and the parameters of a training that has ended.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The version of the program and the settings, as text.
    made_by: String,
    pub(crate) graph: Graph,
    pub(crate) parameters: Parameters,
    /// The messages to all articles: the sums over all purchases.
    pub(crate) messages: CatalogueSums,
}

/// The same, borrowed.
#[derive(Serialize)]
struct ToKeep<'t> {
    made_by: String,
    graph: &'t Graph,
    parameters: &'t Parameters,
    messages: &'t CatalogueSums,
}

impl Kept {
    /// The bytes of what is kept.
    pub(crate) fn write(
        settings: &Settings,
        graph: &Graph,
        parameters: &Parameters,
        messages: &CatalogueSums,
    ) -> Result<Vec<u8>, Error> {
        let kept = ToKeep { made_by: made_by(settings), graph, parameters, messages };
        bincode::serde::encode_to_vec(&kept, config::standard())
            .map_err(|e| Error::Storage { what: format!("the state cannot be written: {e}") })
    }

    /// Reads what [`Kept::write`] has written.
    ///
    /// # Errors
    /// Why a training with these settings cannot continue from it, as the end of a sentence.
    pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<Self, String> {
        let read = bincode::serde::decode_from_slice::<Self, _>(bytes, config::standard());
        let Ok((kept, length)) = read else {
            return Err("what the training before has kept cannot be read".to_owned());
        };
        let (articles, slots) = (kept.graph.articles.len(), kept.graph.slots.len());
        if [kept.messages.articles.len(), kept.messages.popularity.len()] != [articles, slots] {
            return Err("what the training before has kept is damaged".to_owned());
        }
        if length != bytes.len() || kept.made_by != made_by(settings) {
            return Err("the settings or the version of the program have changed".to_owned());
        }
        Ok(kept)
    }

    /// These measurements, encoded as the training before did: learned coefficients belong to its
    /// means and levels.
    pub(crate) fn defined(&self, measurements: &[Measurement]) -> Vec<Measurement> {
        let defined = |measurement: &Measurement| {
            let same = |known: &&Measurement| {
                let kinds = [&known.kind, &measurement.kind].map(std::mem::discriminant);
                known.name == measurement.name && kinds[0] == kinds[1]
            };
            self.graph.measurements.iter().find(same).unwrap_or(measurement).clone()
        };
        measurements.iter().map(defined).collect()
    }
}
