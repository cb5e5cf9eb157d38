//! The protocol of random splits, by which Misra, Wan and McAuley (RecSys 2018) compare models of
//! the fit of clothes: 80 % of the purchases to train on, 10 % to validate on, 10 % to measure on.
//! There is nothing to validate, so the second part is not used.

use super::Protocol;
use crate::baselines::Baselines;
use crate::beliefs::{CustomerBeliefs, trained_beliefs};
use crate::measured_purchase::{MeasuredPurchase, PurchasePredictor};
use crate::off_policy::{SuccessSummary, Successes};
use crate::returns::{ArticleReturns, ReturnModels};
use inseam::outcome::Outcome;
use inseam::train::Columns;
use inseam_io::failure::Failure;
use inseam_io::history::select_rows;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::Progress;
use inseam_io::training;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What random splits measured.
pub struct SplitResults {
    /// The protocol.
    pub protocol: Protocol,
    pub(crate) splits: Vec<Split>,
    /// What the purchases of all splits tell of success; `None` where nothing came back.
    pub(crate) successes: Option<SuccessSummary>,
    /// Number of rows of the history.
    pub(crate) history_rows: usize,
}

/// One random split.
pub(crate) struct Split {
    /// The purchases measured.
    pub(crate) purchases: Vec<MeasuredPurchase>,
    /// Shares of too small, fits and too large among the purchases trained on.
    pub(crate) class_prior: [f64; 3],
}

/// Splits the history at random so many times, and measures each time.
///
/// # Errors
/// If the history cannot be read, or a part of it is empty.
pub fn run(pipeline: &Pipeline, splits: u16, progress: Progress) -> Result<SplitResults, Failure> {
    let loaded = training::load(pipeline, &[], None, progress)?;
    let columns = &loaded.columns;
    let successes = Successes::new(columns);
    let (mut found, mut summary) = (Vec::new(), None::<SuccessSummary>);
    for number in 0..splits {
        let parts = parts(columns.outcome.len(), u64::from(number));
        let rows = |wanted: Part| parts.iter().map(|part| *part == wanted).collect::<Vec<_>>();
        let (train, test) = (rows(Part::Train), rows(Part::Test));
        let (history, table) = (select_rows(columns, &train), select_rows(columns, &test));
        if [&history, &table].iter().any(|c| c.outcome.iter().all(|o| *o == Outcome::Pending)) {
            let failure = "a random tenth of its purchases has none that is kept or returned";
            return Err(Failure::new(failure).in_file(&pipeline.file));
        }
        let original: Vec<usize> = (0..test.len()).filter(|&row| test[row]).collect();
        let successes = successes.as_ref().map(|all| all.select(original.iter().copied()));
        let step = format!("split {} of {splits}, training", number + 1);
        let split = measure(pipeline, &history, &table, successes.as_ref(), &step, progress)?;
        found.push(with_customers_of(columns, &original, split));
        summary = match (summary, successes.map(|s| s.summary())) {
            (Some(all), Some(more)) => Some(all.and(more)),
            (all, more) => all.or(more),
        };
    }
    Ok(SplitResults {
        protocol: Protocol::RandomSplits { splits },
        splits: found,
        successes: summary,
        history_rows: columns.outcome.len(),
    })
}

/// Trains on the history, and measures on the table.
fn measure(
    pipeline: &Pipeline,
    history: &Columns,
    table: &Columns,
    successes: Option<&Successes>,
    step: &str,
    progress: Progress,
) -> Result<Split, Failure> {
    let trained = training::train_on(pipeline, history, step, progress)?;
    let beliefs = trained_beliefs(&trained, history);
    let stored = |customer: &str| beliefs.get(customer).copied();
    let baselines = Baselines::new(history);
    let returns =
        ReturnModels { articles: ArticleReturns::from_training(&trained), size_blind: None };
    let predictor = PurchasePredictor {
        model: trained.known(),
        beliefs: CustomerBeliefs::Stored(&stored),
        returns: Some(&returns),
        successes,
        baselines: &baselines,
    };
    let purchases = predictor.measure(table, progress);
    Ok(Split { purchases, class_prior: baselines.class_prior })
}

/// The split with customers named by their codes in the whole history, the same in all splits.
fn with_customers_of(columns: &Columns, original: &[usize], mut split: Split) -> Split {
    for choice in split.purchases.iter_mut().filter_map(|purchase| purchase.choice.as_mut()) {
        choice.row = original[choice.row];
        choice.logged.customer = columns.customer.codes[choice.row];
    }
    split
}

/// What a row of the history is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Train,
    Validation,
    Test,
}

/// The part of each row in the split with this number. Rows are independent.
fn parts(rows: usize, number: u64) -> Vec<Part> {
    let mut random = ChaCha8Rng::seed_from_u64(number);
    let part = |_| match (u64::from(random.next_u32()) * 10) >> 32 {
        0 => Part::Test,
        1 => Part::Validation,
        _ => Part::Train,
    };
    (0..rows).map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_have_their_shares_and_differ() {
        let share = |number: u64, part: Part| {
            parts(20_000, number).iter().filter(|p| **p == part).count() as f64 / 20_000.0
        };
        for (part, expected) in [(Part::Train, 0.8), (Part::Validation, 0.1), (Part::Test, 0.1)] {
            assert!((share(3, part) - expected).abs() < 0.01);
        }
        assert_eq!(parts(100, 1), parts(100, 1));
        let both = parts(20_000, 1).into_iter().zip(parts(20_000, 2));
        let both = both.filter(|pair| *pair == (Part::Test, Part::Test)).count();
        assert!((150..250).contains(&both), "{both} of 20000 rows are measured in both splits");
    }
}
