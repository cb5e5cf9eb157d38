//! The protocol of customer folds: one purchase of each customer is left out of training, and its
//! size is predicted.
//!
//! - *Last kept*: the target is each customer's last kept purchase, for customers with two
//!   purchases or more. The prediction uses the customer's purchases of strictly earlier days, as
//!   on a visit to the shop. The model is trained without what the customers of the fold bought on
//!   the day of their target or later. With [`Known::SameDay`], the prediction also uses the
//!   earlier rows of the same day, and the model is trained on everything except the targets of
//!   the fold. Rows of one day are mostly one order, whose other sizes and returns no visit knows,
//!   so the figures are then too good.
//! - *First purchase*: the target is each customer's first purchase, if it was kept. The model is
//!   trained without the customers of the fold.

use super::{KeptSizeResults, Protocol};
use crate::history::{HistoryRows, fold_of_customer, is_repeated_row, rows_by_customer};
use crate::kept_size::{KeptSizeCase, predict_kept_size};
use inseam::outcome::Outcome;
use inseam::train::Columns;
use inseam_io::failure::Failure;
use inseam_io::history::select_rows;
use inseam_io::pipeline::Pipeline;
use inseam_io::progress::{Progress, count};
use inseam_io::training;
use rayon::prelude::*;

/// Which of a customer's other purchases are known when one is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Those of strictly earlier days; in a history without dates the earlier rows.
    EarlierDays,
    /// Also the earlier rows of the same day. Training sees everything but the target.
    SameDay,
}

/// Which purchase of a customer is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetRule {
    /// The last one they kept, from earlier ones.
    LastKept(Known),
    /// The first one, from body measurements alone.
    FirstPurchase,
}

impl TargetRule {
    /// Why a history may have no target.
    fn without_target(self) -> &'static str {
        match self {
            Self::LastKept(_) => "no customer has two purchases, one of them kept",
            Self::FirstPurchase => "no customer has kept their first purchase",
        }
    }

    fn protocol(self, folds: u16) -> Protocol {
        match self {
            Self::LastKept(known) => {
                Protocol::LastKept { folds, same_day: known == Known::SameDay }
            }
            Self::FirstPurchase => Protocol::NewCustomers { folds },
        }
    }
}

/// A purchase to predict.
#[derive(Clone, Debug, PartialEq)]
struct Target {
    row: u32,
    /// The rows that the prediction uses, all strictly before.
    history: Vec<u32>,
    /// The rows that training must not see: the target, its repeated rows, and those from its day
    /// on where only earlier days are known.
    hidden: Vec<u32>,
}

/// Trains one model for each fold, without its targets, and predicts the targets.
///
/// # Errors
/// If the history cannot be read, has no target, or has all its customers in one fold.
pub fn run(
    pipeline: &Pipeline,
    rule: TargetRule,
    folds: u16,
    progress: Progress,
) -> Result<KeptSizeResults, Failure> {
    let loaded = training::load(pipeline, &[], None, progress)?;
    let columns = &loaded.columns;
    if columns.day.is_none() {
        progress.say(
            "no column is mapped to ordered_at: purchases count as made in the order of the file",
        );
    }
    let shop = FoldedShop::new(columns, rule, folds);
    if shop.targets.iter().all(Option::is_none) {
        let why = rule.without_target();
        return Err(Failure::new(format!("nothing to measure on: {why}")).in_file(&pipeline.file));
    }
    let mut cases = Vec::new();
    for fold in 0..folds {
        cases.extend(shop.predict_fold(pipeline, fold, progress)?);
    }
    let (protocol, history_rows) = (rule.protocol(folds), columns.outcome.len());
    Ok(KeptSizeResults { protocol, cases, history_rows })
}

/// A history with its customers split into folds.
struct FoldedShop<'c> {
    rows: HistoryRows<'c>,
    rule: TargetRule,
    folds: u16,
    /// By customer code: their target and their fold.
    targets: Vec<Option<Target>>,
    fold_of: Vec<u16>,
}

impl<'c> FoldedShop<'c> {
    fn new(columns: &'c Columns, rule: TargetRule, folds: u16) -> Self {
        let customers = rows_by_customer(columns);
        let targets = customers.iter().map(|rows| target(columns, rows, rule)).collect();
        let ids = columns.customer.values.iter();
        let fold_of = ids.map(|id| fold_of_customer(id, folds)).collect();
        Self { rows: HistoryRows::new(columns), rule, folds, targets, fold_of }
    }

    /// Trains without the targets of a fold, and predicts them.
    fn predict_fold(
        &self,
        pipeline: &Pipeline,
        fold: u16,
        progress: Progress,
    ) -> Result<Vec<KeptSizeCase>, Failure> {
        let (rows, columns) = (&self.rows, self.rows.columns);
        let targets = self.targets.iter().zip(&self.fold_of).filter(|(_, of)| **of == fold);
        let targets: Vec<&Target> = targets.filter_map(|(target, _)| target.as_ref()).collect();
        if targets.is_empty() {
            return Ok(Vec::new());
        }
        let keep = self.training_rows(fold, &targets);
        if !keep.contains(&true) {
            return Err(Failure::new("nothing to train on: all customers are in one fold")
                .in_file(&pipeline.file)
                .remedy("measure on more customers, or give more --folds"));
        }
        let step = format!("fold {} of {}, training", fold + 1, self.folds);
        let trained = training::train_on(pipeline, &select_rows(columns, &keep), &step, progress)?;
        let step = format!("fold {} of {}, advising", fold + 1, self.folds);
        let stage = progress.stage(&step, None);
        let sold = |row: &usize| keep[*row] && columns.outcome[*row] != Outcome::Pending;
        let sales = rows.sales((0..keep.len()).filter(sold));
        let predict = |t: &&Target| KeptSizeCase {
            fold,
            ..predict_kept_size(rows, trained.known(), &sales, &t.history, t.row)
        };
        let cases = targets.par_iter().map(predict).collect();
        stage.done(format_args!("{} purchases", count(targets.len() as u64)));
        Ok(cases)
    }

    /// For each row, whether training for this fold sees it.
    fn training_rows(&self, fold: u16, targets: &[&Target]) -> Vec<bool> {
        let columns = self.rows.columns;
        match self.rule {
            TargetRule::LastKept(_) => rows_without_hidden(columns.outcome.len(), targets),
            TargetRule::FirstPurchase => {
                let codes = columns.customer.codes.iter();
                codes.map(|&customer| self.fold_of[customer as usize] != fold).collect()
            }
        }
    }
}

/// The purchase of a customer to predict, if there is one; `rows` are theirs, in order.
fn target(columns: &Columns, rows: &[u32], rule: TargetRule) -> Option<Target> {
    let kept = |row: &u32| columns.outcome[*row as usize] == Outcome::Kept;
    match rule {
        TargetRule::FirstPurchase => {
            let target = |&row| Target { row, history: Vec::new(), hidden: Vec::new() };
            rows.first().filter(|row| kept(row)).map(target)
        }
        TargetRule::LastKept(_) if rows.len() < 2 => None,
        TargetRule::LastKept(known) => {
            let at = rows.iter().rposition(kept)?;
            Some(last_kept(columns, rows, at, known))
        }
    }
}

/// The target `rows[at]` of a customer with these `rows`, in order.
fn last_kept(columns: &Columns, rows: &[u32], at: usize, known: Known) -> Target {
    let row = rows[at];
    // A repeated row of the target would give its size away.
    let same = |other: u32| other == row || is_repeated_row(columns, other, row);
    let (history, hidden) = match known {
        Known::EarlierDays => {
            let earlier = match &columns.day {
                Some(days) => rows.partition_point(|&r| days[r as usize] < days[row as usize]),
                None => at,
            };
            (rows[..earlier].to_vec(), rows[earlier..].to_vec())
        }
        Known::SameDay => (
            rows[..at].iter().copied().filter(|&other| !same(other)).collect(),
            rows.iter().copied().filter(|&other| same(other)).collect(),
        ),
    };
    Target { row, history, hidden }
}

/// For each of this many rows, whether no target hides it from training.
fn rows_without_hidden(rows: usize, targets: &[&Target]) -> Vec<bool> {
    let mut keep = vec![true; rows];
    targets.iter().flat_map(|t| &t.hidden).for_each(|&row| keep[row as usize] = false);
    keep
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;
    use inseam::train::Coded;

    /// One customer's purchases: article, outcome, day.
    fn columns(rows: &[(&str, Outcome, i32)]) -> Columns {
        Columns {
            customer: rows.iter().map(|_| "c").collect(),
            article: rows.iter().map(|r| r.0).collect(),
            size: rows
                .iter()
                .map(|_| "M")
                .collect::<Coded>()
                .map(|size| Label::parse(&size).unwrap()),
            outcome: rows.iter().map(|r| r.1).collect(),
            day: Some(rows.iter().map(|r| r.2).collect()),
            ..Columns::default()
        }
    }

    fn found(columns: &Columns, rule: TargetRule) -> Option<(u32, Vec<u32>)> {
        target(columns, &rows_by_customer(columns)[0], rule).map(|t| (t.row, t.history))
    }

    #[test]
    fn the_target_is_the_last_kept_purchase_and_its_history_is_strictly_before() {
        use Outcome::{Kept, Pending, TooLarge, TooSmall};
        let last_kept = TargetRule::LastKept(Known::SameDay);
        let shop = columns(&[
            ("d", TooSmall, 9),
            ("c", Kept, 5),
            ("a", Kept, 1),
            ("b", TooLarge, 5),
            ("e", Pending, 11),
        ]);
        assert_eq!(found(&shop, last_kept), Some((1, vec![2])));
        assert_eq!(found(&shop, TargetRule::FirstPurchase), Some((2, vec![])));
        // Within a day, rows keep the order of the file.
        let same_day = columns(&[("a", TooSmall, 5), ("b", Kept, 5), ("c", TooLarge, 5)]);
        assert_eq!(found(&same_day, last_kept), Some((1, vec![0])));
        assert_eq!(found(&same_day, TargetRule::FirstPurchase), None);
        assert_eq!(found(&columns(&[("a", Kept, 1)]), last_kept), None);
        assert_eq!(found(&columns(&[("a", TooSmall, 1), ("b", TooSmall, 2)]), last_kept), None);
    }

    #[test]
    fn only_earlier_days_are_known_by_default() {
        use Outcome::{Kept, OtherReason, TooSmall};
        let rows = [
            ("a", Kept, 1),
            ("b", TooSmall, 5),
            ("c", Kept, 5),
            ("d", Kept, 5),
            ("e", TooSmall, 9),
        ];
        let mut shop = columns(&rows);
        let target = |shop: &Columns, known| {
            self::target(shop, &rows_by_customer(shop)[0], TargetRule::LastKept(known)).unwrap()
        };
        let found = target(&shop, Known::EarlierDays);
        assert_eq!(found, Target { row: 3, history: vec![0], hidden: vec![1, 2, 3, 4] });
        assert_eq!(rows_without_hidden(5, &[&found]), [true, false, false, false, false]);
        let found = target(&shop, Known::SameDay);
        assert_eq!(found, Target { row: 3, history: vec![0, 1, 2], hidden: vec![3] });
        // Without dates, the order of the rows is all that is known.
        shop.day = None;
        let found = target(&shop, Known::EarlierDays);
        assert_eq!(found, Target { row: 3, history: vec![0, 1, 2], hidden: vec![3, 4] });
        // A first day has no history, but is a case.
        let one_day = columns(&[("a", OtherReason, 5), ("b", Kept, 5)]);
        let found = target(&one_day, Known::EarlierDays);
        assert_eq!(found, Target { row: 1, history: vec![], hidden: vec![0, 1] });
    }

    #[test]
    fn repeated_rows_of_the_target_are_neither_history_nor_trained_on() {
        let shop =
            columns(&[("a", Outcome::Kept, 5), ("b", Outcome::Kept, 5), ("b", Outcome::Kept, 5)]);
        let customers = rows_by_customer(&shop);
        let rule = TargetRule::LastKept(Known::SameDay);
        let target = target(&shop, &customers[0], rule).unwrap();
        assert_eq!(target, Target { row: 2, history: vec![0], hidden: vec![1, 2] });
        assert_eq!(rows_without_hidden(3, &[&target]), [true, false, false]);
    }
}
