//! One purchase advised without itself: where the size kept comes among the article's sizes, by the
//! model and by what it has to beat.

use crate::measurements::measurements;
use crate::predict;
use inseam::infer::{Purchase, posterior};
use inseam::model::Model;
use inseam::recommend::{Advice, Request, advise};
use inseam::size::System;
use inseam::train::{Coded, Columns};
use std::collections::HashMap;

/// Where the size kept comes in a ranking: 0 is first. `None` where it is not among the article's
/// sizes.
pub type Place = Option<usize>;

/// One measured case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Earlier purchases that the advice is made from.
    pub history: usize,
    /// Sizes to choose from.
    pub candidates: usize,
    /// By the chance to be chosen.
    pub choice: Place,
    /// First the advised size, then the next best; 2 for any other.
    pub advised: Place,
    /// By nearness to the customer's modal size.
    pub customer_mode: Place,
    /// By the article's sales.
    pub article_mode: Place,
    /// Chance of the choice that was made; with the share of the article's sales in that size.
    pub chances: Option<[f64; 2]>,
    /// Chance of the likeliest choice.
    pub likeliest: Option<f64>,
}

/// A history with its labels and systems read.
pub struct Rows<'c> {
    pub columns: &'c Columns,
    /// Canonical text of every distinct label.
    sizes: Vec<String>,
    systems: Vec<System>,
}

/// Sales of every size, canonical, of every article, by code.
pub type Sales<'r> = HashMap<u32, HashMap<&'r str, u32>>;

impl<'c> Rows<'c> {
    pub fn of(columns: &'c Columns) -> Self {
        let systems = columns.system.iter().flat_map(|c| &c.values);
        Self {
            columns,
            sizes: super::baseline::canonical(&columns.size),
            systems: systems.map(|text| System::parse(text).unwrap_or_default()).collect(),
        }
    }

    fn size(&self, row: usize) -> &str {
        &self.sizes[self.columns.size.codes[row] as usize]
    }

    fn text<'a>(&self, column: &'a Option<Coded>, row: usize) -> Option<&'a str> {
        column.as_ref().map(|c| c.text(row)).filter(|text| !text.is_empty())
    }

    /// Sales in these rows.
    pub fn sales(&self, rows: impl Iterator<Item = usize>) -> Sales<'_> {
        let mut sales = Sales::new();
        for row in rows {
            let article = sales.entry(self.columns.article.codes[row]).or_default();
            *article.entry(self.size(row)).or_default() += 1;
        }
        sales
    }

    /// The purchase in a row, as a page tells it.
    pub fn purchase(&self, row: usize) -> Purchase<'_> {
        let columns = self.columns;
        let system = columns.system.as_ref().and_then(|c| self.systems.get(c.codes[row] as usize));
        Purchase {
            article: Some(columns.article.text(row)),
            brand: self.text(&columns.brand, row),
            group: self.text(&columns.group, row),
            system: system.copied().unwrap_or_default(),
            size: self.size(row),
            outcome: columns.outcome[row],
            advised: false,
        }
    }

    /// The size most frequent among these rows of the target's fit group and size system; of equals
    /// the latest.
    fn mode(&self, history: &[u32], target: usize) -> Option<&str> {
        let same = |c: &Option<Coded>, row: usize| {
            c.as_ref().is_none_or(|c| c.codes[row] == c.codes[target])
        };
        let mut counts: HashMap<&str, (u32, usize)> = HashMap::new();
        for (at, row) in history.iter().map(|&row| row as usize).enumerate() {
            if same(&self.columns.group, row) && same(&self.columns.system, row) {
                let count = counts.entry(self.size(row)).or_default();
                *count = (count.0 + 1, at);
            }
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| size)
    }

    /// Advises on the purchase in row `target` as if it had not happened: from `history`, the
    /// measurements its row gives, and a model and sales that do not have it.
    pub fn case(&self, model: &Model, sales: &Sales<'_>, history: &[u32], target: u32) -> Case {
        let target = target as usize;
        let (columns, size) = (self.columns, self.size(target));
        let purchases: Vec<Purchase<'_>> =
            history.iter().map(|&row| self.purchase(row as usize)).collect();
        let body = predict::features(model, &measurements(columns, target));
        let Some(article) = model.article(columns.article.text(target)) else {
            return Case {
                history: history.len(),
                candidates: 0,
                choice: None,
                advised: None,
                customer_mode: None,
                article_mode: None,
                chances: None,
                likeliest: None,
            };
        };
        let customer = posterior(model, &purchases, &body);
        let advice = advise(&Request::new(model, &customer, article));
        let of_article = sales.get(&columns.article.codes[target]);
        let sold: Vec<f64> = advice
            .sizes
            .iter()
            .map(|s| f64::from(of_article.and_then(|a| a.get(s.label)).copied().unwrap_or(0)))
            .collect();
        let taken = advice.sizes.iter().position(|s| s.label == size);
        let chosen: Vec<f64> = advice.sizes.iter().map(|s| s.chosen).collect();
        let distance = distances(&advice, self.mode(history, target));
        // Half a sale more for every size, so that none is impossible.
        let all = sold.iter().sum::<f64>() + 0.5 * sold.len() as f64;
        Case {
            history: history.len(),
            candidates: sold.len(),
            choice: taken.map(|t| place(&chosen, &sold, t)),
            advised: taken.map(|t| {
                [advice.size, advice.alternative].iter().position(|&s| s == Some(t)).unwrap_or(2)
            }),
            customer_mode: taken.map(|t| place(&distance, &sold, t)),
            article_mode: taken.map(|t| place(&sold, &sold, t)),
            chances: taken.map(|t| [chosen[t], (sold[t] + 0.5) / all]),
            likeliest: chosen.iter().copied().max_by(f64::total_cmp),
        }
    }
}

/// How near each size is to the customer's modal one, negative: in numbers where both are numbers,
/// else on the article's scale; all equal where the customer has none, or one that says nothing
/// here.
fn distances(advice: &Advice<'_>, mode: Option<&str>) -> Vec<f64> {
    let number = |label: &str| label.parse::<f64>().ok();
    let all_numbers = advice.sizes.iter().all(|s| number(s.label).is_some());
    let (x, numbers) = match mode.and_then(number).filter(|_| all_numbers) {
        Some(x) => (Some(x), true),
        None => (advice.sizes.iter().find(|s| Some(s.label) == mode).map(|s| s.position), false),
    };
    let of = |label: &str, position: f64| {
        if numbers { number(label).unwrap_or(position) } else { position }
    };
    advice.sizes.iter().map(|s| x.map_or(0.0, |x| -(of(s.label, s.position) - x).abs())).collect()
}

/// How many come before `taken`: by score, then by sales, then by their order.
fn place(scores: &[f64], sold: &[f64], taken: usize) -> usize {
    let before = |i: usize| {
        let by = scores[i].total_cmp(&scores[taken]).then(sold[i].total_cmp(&sold[taken]));
        by.is_gt() || (by.is_eq() && i < taken)
    };
    (0..scores.len()).filter(|&i| before(i)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::outcome::Outcome;
    use inseam::recommend::{SizeChance, Status};

    #[test]
    fn places_by_score_then_sales_then_order() {
        let (scores, sold) = ([0.2, 0.5, 0.2, 0.1, 0.1], [3.0, 0.0, 4.0, 1.0, 1.0]);
        let places: Vec<usize> = (0..5).map(|t| place(&scores, &sold, t)).collect();
        assert_eq!(places, [2, 0, 1, 3, 4]);
    }

    #[test]
    fn nearness_by_numbers_or_by_the_scale() {
        let size = |label: &'static str, position: f64| SizeChance {
            label,
            position,
            chosen: 0.0,
            too_small: 0.0,
            fits: 0.0,
            too_large: 0.0,
            runs: 0.0,
        };
        let advice = |sizes: Vec<SizeChance<'static>>| Advice {
            sizes,
            size: None,
            status: Status::Unsure,
            alternative: None,
            missed: None,
            expected: None,
            reasons: Vec::new(),
        };
        let numbers = advice(vec![size("8", -1.0), size("12", 0.5), size("14", 3.0)]);
        assert_eq!(distances(&numbers, Some("10")), [-2.0, -2.0, -4.0]);
        assert_eq!(distances(&numbers, Some("M")), [0.0; 3]);
        assert_eq!(distances(&numbers, None), [0.0; 3]);
        let letters = advice(vec![size("S", -1.0), size("M", 0.5), size("L", 3.0)]);
        assert_eq!(distances(&letters, Some("M")), [-1.5, 0.0, -2.5]);
        assert_eq!(distances(&letters, Some("10")), [0.0; 3]);
    }

    #[test]
    fn the_modal_size_is_of_the_same_kind_and_of_equals_the_latest() {
        let columns = Columns {
            customer: ["c"; 6].iter().collect(),
            article: ["a"; 6].iter().collect(),
            size: ["S", "M", "S", "M", "40", "XL"].iter().collect(),
            outcome: vec![Outcome::Kept; 6],
            group: Some(["tops", "tops", "tops", "tops", "shoes", "tops"].iter().collect()),
            ..Columns::default()
        };
        let rows = Rows::of(&columns);
        assert_eq!(rows.mode(&[0, 2, 4, 1], 5), Some("S"));
        assert_eq!(rows.mode(&[0, 1, 2, 3, 4], 5), Some("M"));
        assert_eq!(rows.mode(&[4], 5), None);
        let sales = rows.sales([0, 2, 3].into_iter());
        assert_eq!(sales[&0], HashMap::from([("S", 2), ("M", 1)]));
    }
}
