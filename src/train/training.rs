//! Trains a model from the columns of a history.

use super::columns::Columns;
use super::fit::fit;
use super::graph::Graph;
use super::model_term::ModelTerm;
use super::privacy::published_beliefs;
use super::publish::publish;
use super::reports::SweepReport;
use super::settings::Settings;
use super::trained::Trained;
use crate::error::Error;

/// Trains a model. `progress` is called after every sweep.
///
/// # Errors
/// [`Error::History`] naming the row or value that cannot be used, where the columns are of
/// different lengths, an id is missing, a size label or size system is unreadable, there are too
/// many fit groups, no row is evidence, or the privacy asked for is none.
pub fn train(
    columns: &Columns,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> Result<Trained, Error> {
    let columns = match settings.without {
        Some(ModelTerm::Measurements) => &Columns { measurements: Vec::new(), ..columns.clone() },
        _ => columns,
    };
    let graph = Graph::build(columns, settings.without != Some(ModelTerm::SizeRuns))?;
    if let Some(privacy) = &settings.privacy {
        privacy.check(graph.customers.len())?;
    }
    let (state, reports) = fit(&graph, settings, progress);
    let (least, privacy) = (settings.min_customers, settings.privacy.as_ref());
    let published = published_beliefs(&graph, &state, least, privacy);
    let known =
        (least > 1 || privacy.is_some()).then(|| published_beliefs(&graph, &state, 1, None));
    Ok(publish(&graph, &state, published, known, reports))
}
