//! The purchases of a history, row by row.

use inseam::infer::Purchase;
use inseam::model::{MeasurementValue, Model};
use inseam::outcome::Outcome;
use inseam::train::{Coded, Columns, MeasurementColumn};
use std::collections::HashMap;

/// A history, read row by row.
pub(crate) struct HistoryRows<'c> {
    pub(crate) columns: &'c Columns,
}

/// Number of sales, by article code and then by canonical label.
pub(crate) type Sales<'r> = HashMap<u32, HashMap<&'r str, u32>>;

impl<'c> HistoryRows<'c> {
    pub(crate) fn new(columns: &'c Columns) -> Self {
        Self { columns }
    }

    /// Canonical label of the size bought in a row.
    pub(crate) fn size(&self, row: usize) -> &'c str {
        self.columns.size.values[self.columns.size.codes[row] as usize].as_str()
    }

    /// The purchase in a row, as a page passes it to the model.
    pub(crate) fn purchase(&self, row: usize) -> Purchase<'_> {
        let columns = self.columns;
        let system = columns.system.as_ref().and_then(|systems| systems.value(row));
        Purchase {
            article: Some(columns.article.text(row)),
            brand: text(&columns.brand, row),
            group: text(&columns.group, row),
            system: system.copied().unwrap_or_default(),
            size: self.size(row),
            outcome: columns.outcome[row],
            advised: false,
        }
    }

    /// The body measurements in a row, by name.
    pub(crate) fn measurements(&self, row: usize) -> Vec<(&'c str, MeasurementValue)> {
        let value = |column: &MeasurementColumn| match column {
            MeasurementColumn::Number(v) if v[row].is_finite() => MeasurementValue::Number(v[row]),
            MeasurementColumn::Word(w) if !w.text(row).is_empty() => {
                MeasurementValue::Word(w.text(row).to_owned())
            }
            _ => MeasurementValue::Missing,
        };
        let columns = self.columns.measurements.iter();
        columns.map(|(name, column)| (name.as_str(), value(column))).collect()
    }

    /// Counts the sales in these rows.
    pub(crate) fn sales(&self, rows: impl Iterator<Item = usize>) -> Sales<'_> {
        let mut sales = Sales::new();
        for row in rows {
            let article = sales.entry(self.columns.article.codes[row]).or_default();
            *article.entry(self.size(row)).or_default() += 1;
        }
        sales
    }

    /// The most frequent size among the rows of `history` that have the fit group and the size
    /// system of `target` in the shop's own columns; of equally frequent ones the latest.
    pub(crate) fn modal_size(&self, history: &[u32], target: usize) -> Option<&'c str> {
        fn same<T>(column: &Option<Coded<T>>, row: usize, other: usize) -> bool {
            column.as_ref().is_none_or(|column| column.codes[row] == column.codes[other])
        }
        let columns = self.columns;
        self.most_frequent(history.iter().copied().filter(|&row| {
            let row = row as usize;
            same(&columns.group, row, target) && same(&columns.system, row, target)
        }))
    }

    /// The most frequent size among the kept purchases in `history` whose articles the model has in
    /// this fit group; of equally frequent ones the latest. Sizes that are `offered` come first:
    /// the others count only where the customer has kept none of those.
    pub(crate) fn modal_size_in_group(
        &self,
        history: &[u32],
        model: &Model,
        group: usize,
        offered: impl Fn(&str) -> bool,
    ) -> Option<&'c str> {
        let kept: Vec<u32> = history
            .iter()
            .copied()
            .filter(|&row| self.columns.outcome[row as usize] == Outcome::Kept)
            .filter(|&row| {
                let article = model.article(self.columns.article.text(row as usize));
                article.is_some_and(|article| model.group_of(article) == group)
            })
            .collect();
        let on_offer = kept.iter().copied().filter(|&row| offered(self.size(row as usize)));
        self.most_frequent(on_offer).or_else(|| self.most_frequent(kept.into_iter()))
    }

    /// The most frequent size in these rows; of equally frequent ones the latest.
    fn most_frequent(&self, rows: impl Iterator<Item = u32>) -> Option<&'c str> {
        let mut counts: HashMap<&str, (u32, usize)> = HashMap::new();
        for (at, row) in rows.enumerate() {
            let count = counts.entry(self.size(row as usize)).or_default();
            *count = (count.0 + 1, at);
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| size)
    }
}

/// The text in a row; `None` without the column, or where the cell is empty.
fn text(column: &Option<Coded>, row: usize) -> Option<&str> {
    column.as_ref().map(|c| c.text(row)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::size::Label;

    #[test]
    fn the_modal_size_has_the_targets_group_and_the_latest_wins_a_tie() {
        let columns = Columns {
            customer: ["c"; 6].iter().collect(),
            article: ["a"; 6].iter().collect(),
            size: ["S", "M", "S", "M", "40", "XL"]
                .iter()
                .collect::<Coded>()
                .map(|size| Label::parse(&size).unwrap()),
            outcome: vec![Outcome::Kept; 6],
            group: Some(["tops", "tops", "tops", "tops", "shoes", "tops"].iter().collect()),
            ..Columns::default()
        };
        let rows = HistoryRows::new(&columns);
        assert_eq!(rows.modal_size(&[0, 2, 4, 1], 5), Some("S"));
        assert_eq!(rows.modal_size(&[0, 1, 2, 3, 4], 5), Some("M"));
        assert_eq!(rows.modal_size(&[4], 5), None);
        let sales = rows.sales([0, 2, 3].into_iter());
        assert_eq!(sales[&0], HashMap::from([("S", 2), ("M", 1)]));
    }
}
