//! Training on what came before a day, measuring on what came after: as a shop would have seen it.

use crate::baseline::Baselines;
use crate::purchases::{Returns, measure};
use crate::report::{Report, Way};
use crate::returned::{Alone, Articles};
use crate::told::Believed;
use inseam::model::CustomerBelief;
use inseam::outcome::Outcome;
use inseam_io::dates::iso_date;
use inseam_io::failure::Failure;
use inseam_io::history::select_rows;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::{Progress, count};
use inseam_io::training;
use std::collections::HashMap;

/// Trains on the purchases more than `gap` days before `day` and measures on those at or after it.
///
/// What was bought in the gap is left out on both sides: on the day nobody knew yet what of it
/// would come back.
pub fn run(pipeline: &Pipeline, day: i32, gap: u16, progress: Progress) -> Result<Report, Failure> {
    let loaded = training::load(pipeline, &[], None, progress)?;
    let columns = &loaded.columns;
    let Some(days) = &columns.day else {
        return Err(Failure::new(
            "maps no column to ordered_at, so nothing is before or after a day",
        )
        .in_file(&pipeline.file)
        .remedy("name the column of the dates under [history.columns]: ordered_at = \"...\""));
    };
    let until = day.saturating_sub(i32::from(gap));
    let before: Vec<bool> = days.iter().map(|&d| d < until).collect();
    let after: Vec<bool> = days.iter().map(|&d| d >= day).collect();
    let usable = |rows: &[bool]| {
        let outcomes = columns.outcome.iter().zip(rows);
        outcomes.filter(|(outcome, row)| **row && **outcome != Outcome::Pending).count()
    };
    for (rows, what) in [
        (&before, format!("before {}", iso_date(until.into()))),
        (&after, format!("at or after {}", iso_date(day.into()))),
    ] {
        if usable(rows) == 0 {
            let (first, last) =
                days.iter().fold((i32::MAX, i32::MIN), |(a, b), &d| (a.min(d), b.max(d)));
            return Err(Failure::new(format!("has no purchase {what} that is kept or returned"))
                .in_file(&pipeline.file)
                .remedy(format!(
                    "its history goes from {} to {}",
                    iso_date(first.into()),
                    iso_date(last.into())
                )));
        }
    }
    let number = |rows: &[bool]| rows.iter().filter(|row| **row).count();
    let between = days.len() - number(&before) - number(&after);
    progress.say(format_args!(
        "{} purchases before {}, {} from {} on; the {} between are not used",
        count(number(&before) as u64),
        iso_date(until.into()),
        count(number(&after) as u64),
        iso_date(day.into()),
        count(between as u64)
    ));
    let (history, test) = (select_rows(columns, &before), select_rows(columns, &after));
    let trained = training::train_on(pipeline, &history, "training", progress)?;
    let beliefs: HashMap<&str, &CustomerBelief> = trained
        .customers
        .iter()
        .map(|(id, belief)| (history.customer.values[*id as usize].as_str(), belief))
        .collect();
    let baselines = Baselines::of(&history);
    let returns = Alone::train(pipeline, &history, progress)?
        .map(|alone| Returns { articles: Articles::trained(&trained), alone });
    let known = |customer: &str| beliefs.get(customer).copied();
    let rows = measure(
        trained.known(),
        &Believed::Kept(&known),
        returns.as_ref(),
        &baselines,
        &test,
        progress,
    );
    Ok(Report::of_purchases(
        Way::After { day: iso_date(day.into()), gap_days: gap, between },
        &rows,
        &baselines,
        Vec::new(),
    ))
}
