//! A tiny shop drawn from a known truth: the histories that several tests train on. The same rows
//! from the same seed, everywhere.
#![allow(dead_code)] // every test takes its own part of it

use inseam::math::quantile;
use inseam::outcome::Outcome;
use inseam::train::{CatalogueEntry, Coded, Columns, MeasurementColumn};

/// A small deterministic generator (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound
    }

    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    pub(crate) fn normal(&mut self, sd: f64) -> f64 {
        sd * quantile(self.uniform())
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// One line of a history.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) customer: String,
    pub(crate) article: String,
    pub(crate) group: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) system: &'static str,
    pub(crate) size: String,
    pub(crate) outcome: Outcome,
    pub(crate) day: i32,
    pub(crate) order: String,
    /// Kilograms; NaN for not given.
    pub(crate) weight: f64,
    /// A word; empty for not given.
    pub(crate) shape: &'static str,
}

/// A fit group of the shop: its name, size system, and labels from -3 steps up by one each.
type GroupOf = (&'static str, &'static str, [&'static str; 7]);

/// One group whose labels the public tables know, and one whose labels no table knows.
pub(crate) const GROUPS: [GroupOf; 2] = [
    ("dresses", "EU", ["32", "34", "36", "38", "40", "42", "44"]),
    ("capes", "", ["Ant", "Bee", "Cat", "Dog", "Elk", "Fox", "Gnu"]),
];
const BRANDS: [&str; 3] = ["Alba", "Brina", "Corvo"];
const SHAPES: [&str; 3] = ["apple", "pear", ""];

/// Rows of `customers` customers with 1 to 6 purchases each, among `articles` articles in each of
/// the first `groups` groups.
///
/// Latent sizes have sd 1.3 about -0.2 and correlate between groups; brands run small, true and
/// large; misfits follow the model's two probits, and half of the garments that don't fit come back
/// without a reason.
pub(crate) fn draw(seed: u64, customers: usize, articles: usize, groups: usize) -> Vec<Row> {
    let mut r = Random::new(seed);
    let offsets: Vec<f64> = (0..groups * articles)
        .map(|a| [-0.5, 0.0, 0.6][a % BRANDS.len()] + r.normal(0.25))
        .collect();
    let mut rows = Vec::new();
    for c in 0..customers {
        let first = r.normal(1.3);
        let sizes = [-0.2 + first, -0.2 + 0.7 * first + r.normal(0.9)];
        let fussiness = r.normal(0.4);
        let weight = if r.below(4) == 0 { f64::NAN } else { 68.0 + 5.0 * first + r.normal(3.0) };
        let shape = SHAPES[r.below(3)];
        for n in 0..1 + r.below(6) {
            let g = r.below(groups);
            let a = g * articles + r.below(articles);
            let (group, system, labels) = GROUPS[g];
            let wish = sizes[g] + r.normal(0.6);
            let l = (wish + 3.0).round().clamp(0.0, 6.0);
            let z = l - 3.0 + offsets[a] - sizes[g];
            let small = r.normal(1.0) < -1.2 - 0.8 * z + fussiness;
            let large = r.normal(1.0) < -1.3 + 0.8 * z + fussiness;
            let outcome = match (small, large, r.below(20)) {
                (_, _, 0) => Outcome::Pending,
                (_, _, 1) => Outcome::OtherReason,
                (true, false, 2..10) | (false, true, 2..10) | (false, false, 2) => {
                    Outcome::UnknownReason
                }
                (true, false, 10) | (false, true, 10) => Outcome::SizeReason,
                (true, false, _) => Outcome::TooSmall,
                (false, true, _) => Outcome::TooLarge,
                _ => Outcome::Kept,
            };
            rows.push(Row {
                customer: format!("c{c}"),
                article: format!("{group}-{}", a % articles),
                group,
                brand: BRANDS[a % BRANDS.len()],
                system,
                size: labels[l as usize].to_owned(),
                outcome,
                day: 18_000 + (c * 7 + n * 31) as i32 % 700,
                order: format!("o{c}-{n}"),
                weight,
                shape,
            });
        }
    }
    rows
}

/// The rows as the columns that training takes.
pub(crate) fn columns(rows: &[Row]) -> Columns {
    let text = |f: &dyn Fn(&Row) -> &str| rows.iter().map(f).collect::<Coded>();
    let mut shape = text(&|r| r.shape);
    let unknown = shape.values.iter().position(String::is_empty).map(|i| i as u32);
    shape.codes.iter_mut().filter(|c| Some(**c) == unknown).for_each(|c| *c = Coded::MISSING);
    Columns {
        customer: text(&|r| &r.customer),
        article: text(&|r| &r.article),
        size: text(&|r| &r.size),
        outcome: rows.iter().map(|r| r.outcome).collect(),
        group: Some(text(&|r| r.group)),
        category: None,
        brand: Some(text(&|r| r.brand)),
        system: Some(text(&|r| r.system)),
        order: Some(text(&|r| &r.order)),
        day: Some(rows.iter().map(|r| r.day).collect()),
        measurements: vec![
            ("weight".into(), MeasurementColumn::Number(rows.iter().map(|r| r.weight).collect())),
            ("shape".into(), MeasurementColumn::Word(shape)),
        ],
        catalogue: vec![CatalogueEntry {
            article: "never sold".into(),
            group: "dresses".into(),
            brand: "Alba".into(),
            system: "EU".into(),
            sizes: vec!["36".into(), "38".into(), "40".into()],
            ..CatalogueEntry::default()
        }],
    }
}
