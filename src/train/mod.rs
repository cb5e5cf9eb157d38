//! Learning a model from a history: message passing in sweeps, empirical Bayes between them.
//!
//! The bytes of the model depend on the set of rows alone: not on their order, nor on the number of
//! threads.

mod articles;
mod attributes;
mod body;
mod fixed;
mod graph;
mod history;
mod hyper;
mod labels;
mod privacy;
mod publish;
mod runs;
mod scales;
mod state;
mod sweep;
mod term;
mod trend;

pub use graph::{HistorySummary, ONLY_GROUP};
pub use history::{CatalogueEntry, Coded, Columns, MeasurementColumn};
pub use privacy::{Privacy, delta, rho};
pub use publish::EventMessages;
pub use term::Term;

use crate::error::Error;
use crate::model::{CustomerBelief, Model};
use graph::Graph;
use state::State;
use sweep::scalar;

/// How to train. `Settings::default()` is right for most shops.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Most sweeps over the history; 1 to 1000, default 40.
    pub sweeps: usize,
    /// Stops early once a sweep changes the mean log evidence of a purchase by less than this;
    /// default 4e-4.
    pub tolerance: f64,
    /// Strength of fresh messages against those of the sweep before, above 0 to 1; default 0.5.
    pub damping: f64,
    /// What is known of an article, a brand or a size from fewer customers than this is published
    /// as its parent expects it; default 1, which publishes all that is known.
    pub least_customers: usize,
    /// Publishes the beliefs about articles with noise, under a promise to each customer; default
    /// none.
    pub privacy: Option<Privacy>,
    /// A part of the model to do without; default none.
    pub without: Option<Term>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sweeps: 40,
            tolerance: 4e-4,
            damping: 0.5,
            least_customers: 1,
            privacy: None,
            without: None,
        }
    }
}

/// What one sweep found, for progress and convergence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepReport {
    /// Number of the sweep, from 1.
    pub sweep: usize,
    /// Of how many at the most.
    pub of: usize,
    /// Mean log evidence of an outcome given everything else, nats: minus the leave-one-out log
    /// loss.
    pub outcome_log_evidence: f64,
    /// Mean log density of a chosen position given everything else, nats.
    pub choice_log_evidence: f64,
}

/// A trained model, and the private beliefs that come with it.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The public model.
    pub model: Model,
    /// The model with nothing withheld and no noise, for the server; `None` where that is the
    /// public one.
    pub known: Option<Model>,
    /// Index of each customer's id among the distinct texts of the customer column, and what is
    /// believed of them.
    pub customers: Vec<(u32, CustomerBelief)>,
    /// What each purchase said.
    pub events: Vec<EventMessages>,
    /// For each fit group the prior variances of a cut, steps squared, and of a size's popularity:
    /// the model has no need of them, but what a purchase said of these can't be taken out without.
    pub leaves: Vec<[f64; 2]>,
    /// What was done to the rows on the way.
    pub summary: HistorySummary,
    /// One report a sweep.
    pub sweeps: Vec<SweepReport>,
}

impl Trained {
    /// The model as the server knows it.
    #[must_use]
    pub fn known(&self) -> &Model {
        self.known.as_ref().unwrap_or(&self.model)
    }
}

/// Sweeps before training may stop: lengths are found on the way, and in small shops brand spreads
/// move on for as long while evidence hardly does.
const LEAST_SWEEPS: usize = 24;
/// Measurement regressions cost as much as a sweep.
const REGRESS_EVERY: usize = 3;

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
        Some(Term::Measurements) => &Columns { measurements: Vec::new(), ..columns.clone() },
        _ => columns,
    };
    let graph = Graph::build(columns, settings.without != Some(Term::SizeRuns))?;
    if let Some(privacy) = &settings.privacy {
        privacy.check(graph.customers.len())?;
    }
    let (state, reports) = learn(&graph, settings, progress);
    let (least, privacy) = (settings.least_customers, settings.privacy.as_ref());
    let published = privacy::published(&graph, &state, least, privacy);
    let known =
        (least > 1 || privacy.is_some()).then(|| privacy::published(&graph, &state, 1, None));
    Ok(publish::publish(&graph, &state, published, known, reports))
}

/// Everything that is learned of a history, with a report of each sweep.
fn learn(
    graph: &Graph,
    settings: &Settings,
    progress: &mut dyn FnMut(&SweepReport),
) -> (State, Vec<SweepReport>) {
    let mut state = State::start(graph);
    let silence =
        |state: &mut State| settings.without.into_iter().for_each(|term| term.silence(state));
    silence(&mut state);
    state.refresh(graph);
    let mut reports: Vec<SweepReport> = Vec::new();
    for sweep in 1..=settings.sweeps {
        let regress = graph.width > 0 && (sweep <= 2 || sweep.is_multiple_of(REGRESS_EVERY));
        let damping = if sweep == 1 { 1.0 } else { settings.damping };
        let sums = sweep::sweep(graph, &mut state, damping, regress);
        let scores = articles::gather(graph, &mut state);
        let before: Vec<_> = state.groups.iter().map(|g| g.outcome.clone()).collect();
        hyper::step(graph, &mut state, &sums, &scores, sweep);
        labels::learn(graph, &mut state, &sums.labels, sweep, &before);
        trend::learn(&mut state.trend, &sums.trend);
        silence(&mut state);
        state.refresh(graph);
        let report = report(sweep, settings.sweeps, &sums);
        progress(&report);
        let settled = reports.last().is_some_and(|last: &SweepReport| {
            let change = (report.outcome_log_evidence - last.outcome_log_evidence).abs()
                + (report.choice_log_evidence - last.choice_log_evidence).abs();
            sweep > LEAST_SWEEPS && !regress && change < settings.tolerance
        });
        reports.push(report);
        if settled {
            break;
        }
    }
    // The last messages under the last variances of brands and articles, so that what is published
    // belongs together.
    articles::gather(graph, &mut state);
    (state, reports)
}

fn report(sweep: usize, of: usize, sums: &sweep::SweepSums) -> SweepReport {
    let total = |i: usize| sums.scalars.iter().map(|s| s.get(i)).sum::<f64>();
    SweepReport {
        sweep,
        of,
        outcome_log_evidence: total(scalar::OUTCOME_LOG) / total(scalar::OUTCOME_COUNT).max(1.0),
        choice_log_evidence: total(scalar::CHOICE_LOG) / total(scalar::CHOICE_COUNT).max(1.0),
    }
}
