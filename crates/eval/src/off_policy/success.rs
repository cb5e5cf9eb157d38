//! What counts as a success of a purchase, and which purchases tell whether it was one.

use inseam::outcome::Outcome;
use inseam::train::{Columns, IdDigest};
use serde::Serialize;
use std::collections::HashMap;

/// What counts as a success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Success {
    /// The size fitted: the purchase was kept, or came back for another reason.
    Fits,
    /// The purchase was kept. For shops whose returns do not tell which of them are for size.
    Kept,
}

/// Numbers of purchases that tell nothing of a rule, by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct LeftOut {
    /// The customer ordered other sizes of the article at the same time, so chose none.
    pub(crate) several_sizes: usize,
    /// It came back without a reason, so nobody knows whether it fitted. Returns with a reason
    /// count for these as well.
    pub(crate) no_reason: usize,
    /// The model does not know the article in the size taken, or knows no other size of it.
    pub(crate) no_choice: usize,
}

/// What a purchase tells.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Told {
    /// Whether it succeeded, and how many purchases it stands for.
    Success(bool, f64),
    SeveralSizes,
    NoReason,
    Pending,
}

/// Which purchases of a table succeeded.
#[derive(Clone, Debug)]
pub(crate) struct Successes {
    pub(crate) success: Success,
    by_row: Vec<Told>,
}

impl Successes {
    /// The successes among these purchases; `None` where nothing came back.
    pub(crate) fn new(columns: &Columns) -> Option<Self> {
        let several = several_sizes(columns);
        let count = |these: &[Outcome]| {
            let rows = columns.outcome.iter().zip(&several);
            rows.filter(|(outcome, several)| !**several && these.contains(outcome)).count()
        };
        let for_size = count(&[Outcome::TooSmall, Outcome::TooLarge, Outcome::SizeReason]);
        let (other, unknown) = (count(&[Outcome::OtherReason]), count(&[Outcome::UnknownReason]));
        if for_size + other + unknown == 0 {
            return None;
        }
        // Where reasons are only ever given for size, returns without one are of both kinds.
        let success = match for_size > 0 && (unknown == 0 || other > 0) {
            true => Success::Fits,
            false => Success::Kept,
        };
        // A return with a reason stands for those without one, as if reasons were left out at
        // random.
        let stands_for = (for_size + other + unknown) as f64 / (for_size + other).max(1) as f64;
        let told = |(&outcome, several): (&Outcome, bool)| match (outcome, success) {
            (Outcome::Pending, _) => Told::Pending,
            _ if several => Told::SeveralSizes,
            (Outcome::Kept, _) => Told::Success(true, 1.0),
            (_, Success::Kept) => Told::Success(false, 1.0),
            (Outcome::UnknownReason, _) => Told::NoReason,
            (outcome, _) => Told::Success(outcome == Outcome::OtherReason, stands_for),
        };
        Some(Self { success, by_row: columns.outcome.iter().zip(several).map(told).collect() })
    }

    /// Those of some rows.
    pub(crate) fn select(&self, rows: impl Iterator<Item = usize>) -> Self {
        Self { success: self.success, by_row: rows.map(|row| self.by_row[row]).collect() }
    }

    /// Whether the purchase in a row succeeded, and how many purchases it stands for.
    pub(crate) fn of_row(&self, row: usize) -> Option<(bool, f64)> {
        match self.by_row[row] {
            Told::Success(success, weight) => Some((success, weight)),
            _ => None,
        }
    }

    /// What counts as a success, and how many purchases tell it; those without a choice are not
    /// known yet.
    pub(crate) fn summary(&self) -> SuccessSummary {
        let count = |told: Told| self.by_row.iter().filter(|row| **row == told).count();
        SuccessSummary {
            success: self.success,
            told: self.by_row.iter().filter(|row| matches!(row, Told::Success(..))).count(),
            several_sizes: count(Told::SeveralSizes),
            no_reason: count(Told::NoReason),
        }
    }
}

/// What counts as a success, and how many purchases tell it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SuccessSummary {
    pub(crate) success: Success,
    pub(crate) told: usize,
    several_sizes: usize,
    no_reason: usize,
}

impl SuccessSummary {
    /// The purchases left out, where so many are used.
    pub(crate) fn left_out(self, used: usize) -> LeftOut {
        let Self { told, several_sizes, no_reason, .. } = self;
        LeftOut { several_sizes, no_reason, no_choice: told - used }
    }

    /// Together with another table.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            success: self.success,
            told: self.told + other.told,
            several_sizes: self.several_sizes + other.several_sizes,
            no_reason: self.no_reason + other.no_reason,
        }
    }
}

/// By row, whether the customer ordered another size of the article as well: in the same order, or
/// where orders are not named on the same day. Without either, nothing can tell.
fn several_sizes(columns: &Columns) -> Vec<bool> {
    let rows = columns.outcome.len();
    let when = |row: usize| match (&columns.order, &columns.day) {
        (Some(order), _) => Some((order[row], 0)),
        (None, Some(days)) => Some((IdDigest::MISSING, days[row])),
        (None, None) => None,
    };
    let key =
        |row: usize| Some((columns.customer.codes[row], columns.article.codes[row], when(row)?));
    // The size in the first row of a key, and whether there is another.
    let mut sizes: HashMap<_, (u32, bool)> = HashMap::new();
    for row in 0..rows {
        let Some(key) = key(row) else { return vec![false; rows] };
        let size = columns.size.codes[row];
        let found = sizes.entry(key).or_insert((size, false));
        found.1 |= found.0 != size;
    }
    (0..rows).map(|row| key(row).is_some_and(|key| sizes[&key].1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;
    use inseam::train::Coded;

    /// Purchases of one customer on one day: article, size, outcome.
    fn columns(rows: &[(&str, &str, Outcome)]) -> Columns {
        Columns {
            customer: rows.iter().map(|_| "c").collect(),
            article: rows.iter().map(|r| r.0).collect(),
            size: rows
                .iter()
                .map(|r| r.1)
                .collect::<Coded>()
                .map(|size| Label::parse(&size).unwrap()),
            outcome: rows.iter().map(|r| r.2).collect(),
            day: Some(vec![5; rows.len()]),
            ..Columns::default()
        }
    }

    fn rows(found: &Successes) -> Vec<Option<(bool, f64)>> {
        (0..found.by_row.len()).map(|row| found.of_row(row)).collect()
    }

    #[test]
    fn returns_with_a_reason_stand_for_those_without() {
        use Outcome::{Kept, OtherReason, Pending, SizeReason, TooSmall, UnknownReason};
        let shop = columns(&[
            ("a", "S", Kept),
            ("b", "S", TooSmall),
            ("c", "S", UnknownReason),
            ("d", "S", OtherReason),
            ("e", "S", SizeReason),
            ("f", "S", Pending),
        ]);
        let found = Successes::new(&shop).unwrap();
        assert_eq!(found.success, Success::Fits);
        let [miss, fits] = [false, true].map(|success| Some((success, 4.0 / 3.0)));
        assert_eq!(rows(&found), [Some((true, 1.0)), miss, None, fits, miss, None]);
        let left_out = LeftOut { several_sizes: 0, no_reason: 1, no_choice: 1 };
        assert_eq!(found.summary().left_out(3), left_out);
        let last = found.select([4, 2].into_iter());
        assert_eq!(rows(&last), [miss, None]);
    }

    #[test]
    fn without_telling_reasons_what_counts_is_whether_it_was_kept() {
        use Outcome::{Kept, TooSmall, UnknownReason};
        for returned in [vec![UnknownReason], vec![UnknownReason, TooSmall]] {
            let mut all = vec![("a", "S", Kept)];
            all.extend(["b", "c"].iter().zip(returned).map(|(&article, o)| (article, "S", o)));
            let found = Successes::new(&columns(&all)).unwrap();
            assert_eq!(found.success, Success::Kept);
            let kept = |(_, _, outcome): &(&str, &str, Outcome)| Some((*outcome == Kept, 1.0));
            assert_eq!(rows(&found), all.iter().map(kept).collect::<Vec<_>>());
        }
        assert!(Successes::new(&columns(&[("a", "S", Kept)])).is_none());
    }

    #[test]
    fn who_orders_several_sizes_chooses_none() {
        use Outcome::{Kept, TooSmall};
        let mut shop = columns(&[
            ("a", "S", TooSmall),
            ("a", "M", Kept),
            ("b", "S", Kept),
            // Twice in one size is a quantity.
            ("c", "M", Kept),
            ("c", "M", Kept),
        ]);
        let left_out = |shop: &Columns| {
            Successes::new(shop).map(|found| found.summary().left_out(0).several_sizes)
        };
        assert_eq!(left_out(&shop), None);
        shop.outcome[2] = TooSmall;
        assert_eq!(left_out(&shop), Some(2));
        shop.order = Some(["1", "2", "3", "4", "5"].map(IdDigest::of).to_vec());
        assert_eq!(left_out(&shop), Some(0));
        shop.order = None;
        shop.day = None;
        assert_eq!(left_out(&shop), Some(0));
    }
}
