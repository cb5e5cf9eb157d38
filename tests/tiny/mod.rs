//! A tiny shop drawn from a known truth: histories in memory for tests of the core. The same seed
//! gives the same rows on every platform, and golden files depend on them.
//!
//! The project has three generators of shops, each for what the others must not do:
//!
//! - This one draws rows in memory. It is a module and not a part of `crates/sim`, because unit
//!   tests inside the core use it too: there, types of a crate that depends on the core are not the
//!   core's own, and a development dependency on that crate would compile the core twice.
//! - `tests/calibration/world.rs` draws from the model itself, term by term: only then are ranks of
//!   truths uniform. The comparison with a sampler, `benches/mcmc`, uses it too.
//! - `crates/sim` draws what the model does not assume: habits, gifts, several wearers of one
//!   account, heavy tails. It writes files, for the program and its tests.
#![allow(dead_code)] // each test uses some of it

mod random;

use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::{CatalogueEntry, Coded, Columns, IdDigest, MeasurementColumn};
pub(crate) use random::Random;

/// One row of a history.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Id of the customer.
    pub(crate) customer: String,
    /// Id of the article.
    pub(crate) article: String,
    /// Name of the fit group.
    pub(crate) group: &'static str,
    /// Name of the brand.
    pub(crate) brand: &'static str,
    /// The size system; empty for none.
    pub(crate) system: &'static str,
    /// The size label.
    pub(crate) size: String,
    /// What the shop knows of the purchase.
    pub(crate) outcome: Outcome,
    /// Days since 1970-01-01.
    pub(crate) day: i32,
    /// Id of the order.
    pub(crate) order: String,
    /// Weight in kilograms; NaN if not given.
    pub(crate) weight: f64,
    /// Body shape; empty if not given.
    pub(crate) shape: &'static str,
}

/// A fit group: its name, its size system, and its labels, one step apart from -3 on.
type FitGroup = (&'static str, &'static str, [&'static str; 7]);

/// One group whose labels are in the public tables, and one whose labels are not.
pub(crate) const GROUPS: [FitGroup; 2] = [
    ("dresses", "EU", ["32", "34", "36", "38", "40", "42", "44"]),
    ("capes", "", ["Ant", "Bee", "Cat", "Dog", "Elk", "Fox", "Gnu"]),
];
const BRANDS: [&str; 3] = ["Alba", "Brina", "Corvo"];
const SHAPES: [&str; 3] = ["apple", "pear", ""];

/// Draws the rows of `customers` customers with 1 to 6 purchases each, among `articles` articles in
/// each of the first `groups` groups.
///
/// Latent sizes have mean -0.2 and sd 1.3, and are correlated between groups. One brand runs small,
/// one true to size and one large. Misfits follow the model's two probits, and half of the garments
/// that do not fit come back without a reason.
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

/// The rows as the columns that training takes, with a catalogue of one article that nobody bought.
pub(crate) fn columns(rows: &[Row]) -> Columns {
    let text = |f: &dyn Fn(&Row) -> &str| rows.iter().map(f).collect::<Coded>();
    let mut shape = text(&|r| r.shape);
    let unknown = shape.values.iter().position(String::is_empty).map(|i| i as u32);
    shape.codes.iter_mut().filter(|c| Some(**c) == unknown).for_each(|c| *c = Coded::MISSING);
    Columns {
        customer: text(&|r| &r.customer),
        sample_ranks: None,
        article: text(&|r| &r.article),
        size: text(&|r| &r.size).map(|size| Label::parse(&size).unwrap()),
        outcome: rows.iter().map(|r| r.outcome).collect(),
        group: Some(text(&|r| r.group)),
        category: None,
        brand: Some(text(&|r| r.brand)),
        system: Some(text(&|r| r.system).map(|name| System::parse(&name).unwrap_or_default())),
        order: Some(rows.iter().map(|r| IdDigest::of(&r.order)).collect()),
        line: None,
        day: Some(rows.iter().map(|r| r.day).collect()),
        measurements: vec![
            ("weight".into(), MeasurementColumn::Number(rows.iter().map(|r| r.weight).collect())),
            ("shape".into(), MeasurementColumn::Word(shape)),
        ],
        catalogue: vec![CatalogueEntry {
            article: "never sold".into(),
            group: "dresses".into(),
            brand: "Alba".into(),
            system: System::Eu,
            sizes: ["36", "38", "40"].map(|size| Label::parse(size).unwrap()).into(),
            ..CatalogueEntry::default()
        }],
        charts: Vec::new(),
    }
}
