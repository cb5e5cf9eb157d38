//! The size alone, customer by customer, each left out of training in turn.
//!
//! - *Last kept*: each customer's last kept purchase, of those with two or more; the model is
//!   trained on everything but the targets of the fold, the advice made from the customer's
//!   strictly earlier purchases. Nothing later is looked at, whatever became of it.
//! - *New customers*: each customer's first purchase, if it was kept; the model is trained without
//!   the customers of the fold.

use crate::cases::Rows;
use crate::order::{by_customer, copies, fold};
use crate::report::{Report, Way};
use inseam::outcome::Outcome;
use inseam::train::Columns;
use inseam_io::failure::Failure;
use inseam_io::history::select_rows;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::{Progress, count};
use inseam_io::training;
use rayon::prelude::*;

/// Which purchase of a customer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    LastKept,
    NewCustomers,
}

impl Asked {
    /// Why there may be nothing to measure on.
    fn lacking(self) -> &'static str {
        match self {
            Self::LastKept => "no customer has two purchases, one of them kept",
            Self::NewCustomers => "no customer has kept their first purchase",
        }
    }
}

/// A purchase to advise on.
#[derive(Clone, Debug, PartialEq)]
struct Target {
    row: u32,
    /// What the advice is made from: rows strictly before.
    history: Vec<u32>,
}

/// Trains once a fold, without its targets, and advises on those.
pub fn run(
    pipeline: &Pipeline,
    asked: Asked,
    folds: u16,
    progress: Progress,
) -> Result<Report, Failure> {
    let loaded = training::load(pipeline, &[], None, progress)?;
    let columns = &loaded.columns;
    if columns.day.is_none() {
        progress.say(
            "no column is mapped to ordered_at: purchases count as made in the order of the file",
        );
    }
    let customers = by_customer(columns);
    let targets: Vec<Option<Target>> =
        customers.iter().map(|rows| target(columns, rows, asked)).collect();
    if targets.iter().all(Option::is_none) {
        return Err(Failure::new(format!("nothing to measure on: {}", asked.lacking()))
            .in_file(&pipeline.file));
    }
    let rows = Rows::of(columns);
    let fold_of: Vec<u16> = columns.customer.values.iter().map(|id| fold(id, folds)).collect();
    let mut cases = Vec::new();
    for f in 0..folds {
        let of_fold: Vec<&Target> = targets
            .iter()
            .zip(&fold_of)
            .filter(|(_, of)| **of == f)
            .filter_map(|(target, _)| target.as_ref())
            .collect();
        if of_fold.is_empty() {
            continue;
        }
        let keep = match asked {
            Asked::LastKept => without(columns, &customers, &of_fold),
            Asked::NewCustomers => {
                columns.customer.codes.iter().map(|&c| fold_of[c as usize] != f).collect()
            }
        };
        if !keep.contains(&true) {
            let failure = Failure::new("nothing to train on: all of its customers are in one fold");
            return Err(failure
                .in_file(&pipeline.file)
                .remedy("that takes more customers, or more --folds"));
        }
        let what = format!("fold {} of {folds}, training", f + 1);
        let trained = training::train_on(pipeline, &select_rows(columns, &keep), &what, progress)?;
        let stage = progress.stage(&format!("fold {} of {folds}, advising", f + 1), None);
        let sales = rows.sales(
            (0..keep.len()).filter(|&row| keep[row] && columns.outcome[row] != Outcome::Pending),
        );
        cases.par_extend(
            of_fold.par_iter().map(|t| rows.case(trained.known(), &sales, &t.history, t.row)),
        );
        stage.done(format_args!("{} purchases", count(of_fold.len() as u64)));
    }
    let way = match asked {
        Asked::LastKept => Way::LastKept { folds },
        Asked::NewCustomers => Way::NewCustomers { folds },
    };
    Ok(Report::of_sizes(way, &cases, columns.outcome.len()))
}

/// The purchase of a customer to advise on, their `rows` being in order; `None` where there is none
/// of the kind asked for.
fn target(columns: &Columns, rows: &[u32], asked: Asked) -> Option<Target> {
    let kept = |row: &u32| columns.outcome[*row as usize] == Outcome::Kept;
    match asked {
        Asked::NewCustomers => {
            rows.first().filter(|row| kept(row)).map(|&row| Target { row, history: Vec::new() })
        }
        Asked::LastKept if rows.len() < 2 => None,
        Asked::LastKept => {
            let at = rows.iter().rposition(kept)?;
            let row = rows[at];
            // A copy of the target is the target.
            let history = rows[..at]
                .iter()
                .copied()
                .filter(|&earlier| !copies(columns, earlier, row))
                .collect();
            Some(Target { row, history })
        }
    }
}

/// All rows but the targets and their copies.
fn without(columns: &Columns, customers: &[Vec<u32>], targets: &[&Target]) -> Vec<bool> {
    let mut keep = vec![true; columns.outcome.len()];
    for target in targets {
        let customer = &customers[columns.customer.codes[target.row as usize] as usize];
        for &row in
            customer.iter().filter(|&&row| row == target.row || copies(columns, row, target.row))
        {
            keep[row as usize] = false;
        }
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One customer's purchases: article, outcome, day.
    fn columns(rows: &[(&str, Outcome, i32)]) -> Columns {
        Columns {
            customer: rows.iter().map(|_| "c").collect(),
            article: rows.iter().map(|r| r.0).collect(),
            size: rows.iter().map(|_| "M").collect(),
            outcome: rows.iter().map(|r| r.1).collect(),
            day: Some(rows.iter().map(|r| r.2).collect()),
            ..Columns::default()
        }
    }

    fn asked(columns: &Columns, asked: Asked) -> Option<(u32, Vec<u32>)> {
        target(columns, &by_customer(columns)[0], asked).map(|t| (t.row, t.history))
    }

    #[test]
    fn the_last_kept_with_what_is_strictly_before() {
        use Outcome::{Kept, Pending, TooLarge, TooSmall};
        let shop = columns(&[
            ("d", TooSmall, 9),
            ("c", Kept, 5),
            ("a", Kept, 1),
            ("b", TooLarge, 5),
            ("e", Pending, 11),
        ]);
        assert_eq!(asked(&shop, Asked::LastKept), Some((1, vec![2])));
        assert_eq!(asked(&shop, Asked::NewCustomers), Some((2, vec![])));
        // Of one day, what stands first in the file is first.
        let same_day = columns(&[("a", TooSmall, 5), ("b", Kept, 5), ("c", TooLarge, 5)]);
        assert_eq!(asked(&same_day, Asked::LastKept), Some((1, vec![0])));
        assert_eq!(asked(&same_day, Asked::NewCustomers), None);
        assert_eq!(asked(&columns(&[("a", Kept, 1)]), Asked::LastKept), None);
        assert_eq!(
            asked(&columns(&[("a", TooSmall, 1), ("b", TooSmall, 2)]), Asked::LastKept),
            None
        );
    }

    #[test]
    fn copies_of_the_target_are_neither_history_nor_trained_on() {
        let shop =
            columns(&[("a", Outcome::Kept, 5), ("b", Outcome::Kept, 5), ("b", Outcome::Kept, 5)]);
        let customers = by_customer(&shop);
        let target = target(&shop, &customers[0], Asked::LastKept).unwrap();
        assert_eq!(target, Target { row: 2, history: vec![0] });
        assert_eq!(without(&shop, &customers, &[&target]), [true, false, false]);
    }
}
