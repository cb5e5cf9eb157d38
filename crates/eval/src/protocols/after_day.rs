//! The protocol of a day: trained on what a shop had sold before the day, measured on what it sold
//! from then on.

use super::{Protocol, PurchaseResults};
use crate::baselines::Baselines;
use crate::beliefs::{CustomerBeliefs, trained_beliefs};
use crate::measured_purchase::PurchasePredictor;
use crate::off_policy::Successes;
use crate::returns::{ArticleReturns, ReturnModels, SizeBlindReturns};
use inseam::outcome::Outcome;
use inseam::train::Columns;
use inseam_io::dates::iso_date;
use inseam_io::failure::Failure;
use inseam_io::history::select_rows;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::{Progress, count};
use inseam_io::training;

/// Trains on the purchases more than `gap` days before `day`, and measures on those from `day` on;
/// `day` counts from 1970-01-01.
///
/// The purchases in the gap are neither trained nor measured on: on the day nobody knew yet which
/// of them would come back. With `cases`, the results list the choices of sizes.
///
/// # Errors
/// If the history cannot be read, has no dates, or has no purchase on one of the two sides.
pub fn run(
    pipeline: &Pipeline,
    day: i32,
    gap: u16,
    cases: bool,
    progress: Progress,
) -> Result<PurchaseResults, Failure> {
    let loaded = training::load(pipeline, &[], None, progress)?;
    let split = Split::new(pipeline, &loaded.columns, day, gap)?;
    progress.say(format_args!(
        "{} purchases before {}, {} from {} on; the {} between are not used",
        count(split.history.outcome.len() as u64),
        iso_date(split.until.into()),
        count(split.test.outcome.len() as u64),
        iso_date(day.into()),
        count(split.between as u64)
    ));
    let history = &split.history;
    let trained = training::train_on(pipeline, history, "training", progress)?;
    let beliefs = trained_beliefs(&trained, history);
    let stored = |customer: &str| beliefs.get(customer).copied();
    let baselines = Baselines::new(history);
    let returns = ReturnModels {
        articles: ArticleReturns::from_training(&trained),
        size_blind: SizeBlindReturns::train(pipeline, history, progress)?,
    };
    let successes = Successes::new(&split.test);
    let predictor = PurchasePredictor {
        model: trained.known(),
        beliefs: CustomerBeliefs::Stored(&stored),
        returns: Some(&returns),
        successes: successes.as_ref(),
        baselines: &baselines,
    };
    let purchases = predictor.measure(&split.test, progress);
    let protocol =
        Protocol::After { day: iso_date(day.into()), gap_days: gap, between: split.between };
    let summary = successes.as_ref().map(Successes::summary);
    let results = PurchaseResults::new(protocol, purchases, summary, &baselines);
    Ok(if cases { results.with_cases(trained.known(), &split.test) } else { results })
}

/// A history split at a day.
struct Split {
    /// What training sees: the rows before `until`.
    history: Columns,
    until: i32,
    /// Number of rows in the gap.
    between: usize,
    /// What is measured: the rows from the day on.
    test: Columns,
}

impl Split {
    fn new(pipeline: &Pipeline, columns: &Columns, day: i32, gap: u16) -> Result<Self, Failure> {
        let Some(days) = &columns.day else {
            return Err(Failure::new(
                "maps no column to ordered_at, so no purchase is before or after a day",
            )
            .in_file(&pipeline.file)
            .remedy("name the column of the dates under [history.columns]: ordered_at = \"...\""));
        };
        let until = day.saturating_sub(i32::from(gap));
        let history = select_rows(columns, &days.iter().map(|&d| d < until).collect::<Vec<_>>());
        let test = select_rows(columns, &days.iter().map(|&d| d >= day).collect::<Vec<_>>());
        for (rows, side) in [
            (&history, format!("before {}", iso_date(until.into()))),
            (&test, format!("at or after {}", iso_date(day.into()))),
        ] {
            if rows.outcome.iter().all(|outcome| *outcome == Outcome::Pending) {
                return Err(nothing_on(&side, pipeline, days));
            }
        }
        let between = days.len() - history.outcome.len() - test.outcome.len();
        Ok(Self { history, until, between, test })
    }
}

/// No purchase on one side of the day is usable.
fn nothing_on(side: &str, pipeline: &Pipeline, days: &[i32]) -> Failure {
    let (first, last) = days.iter().fold((i32::MAX, i32::MIN), |(a, b), &d| (a.min(d), b.max(d)));
    let [first, last] = [first, last].map(|day| iso_date(day.into()));
    Failure::new(format!("has no purchase {side} that is kept or returned"))
        .in_file(&pipeline.file)
        .remedy(format!("its history goes from {first} to {last}"))
}
