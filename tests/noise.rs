//! The noise of choices differs between size scales: training finds the ratio that simulated shops
//! were drawn with.

mod tiny;

use inseam::model::Scale;
use inseam::outcome::Outcome;
use inseam::size::System;
use inseam::train::{ModelTerm, Settings, train};
use tiny::{Random, Row, columns};

/// Labels of two systems at the same positions, -3 steps up by one each.
const SYSTEMS: [(&str, [&str; 7]); 2] = [
    ("EU", ["32", "34", "36", "38", "40", "42", "44"]),
    ("US", ["2", "4", "6", "8", "10", "12", "14"]),
];
const ARTICLES: usize = 60;

/// The history of a shop. `noise` is the scale of the choice noise in the first and in the second
/// system, steps.
fn history(seed: u64, noise: [f64; 2]) -> Vec<Row> {
    let mut r = Random::new(seed);
    let offsets: Vec<f64> = (0..ARTICLES).map(|_| r.normal(0.2)).collect();
    let mut rows = Vec::new();
    for c in 0..1500 {
        let size = r.normal(1.2);
        for n in 0..8 {
            let (a, k) = (r.below(ARTICLES), n % 2);
            let l = chosen_label(&mut r, size, noise[k]);
            let z = l as f64 - 3.0 + offsets[a] - size;
            let outcome = match (r.normal(1.0) < -1.3 - 0.8 * z, r.normal(1.0) < -1.3 + 0.8 * z) {
                (true, false) => Outcome::TooSmall,
                (false, true) => Outcome::TooLarge,
                _ => Outcome::Kept,
            };
            rows.push(Row {
                customer: format!("c{c}"),
                article: format!("{}-{a}", SYSTEMS[k].0),
                group: "dresses",
                brand: "Alba",
                system: SYSTEMS[k].0,
                size: SYSTEMS[k].1[l].to_owned(),
                outcome,
                day: 18_000 + n as i32 * 50,
                order: format!("o{c}-{n}"),
                weight: f64::NAN,
                shape: "",
            });
        }
    }
    rows
}

/// Draws the index of a label: its weight is the density of a Student t with 7 degrees of freedom
/// at its distance from the wished position (`src/infer/choice_model`).
fn chosen_label(r: &mut Random, wished: f64, noise: f64) -> usize {
    let tail = |l: usize| {
        let z = (l as f64 - 3.0 - wished) / noise;
        let t = 1.0 + z * z / 7.0;
        1.0 / (t * t * t * t)
    };
    let mut left = r.uniform() * (0..7).map(tail).sum::<f64>();
    (0..6)
        .find(|&l| {
            left -= tail(l);
            left < 0.0
        })
        .unwrap_or(6)
}

/// The noise of the second system's choices in units of the first's, as trained.
fn trained_ratio(rows: &[Row], without: Option<ModelTerm>) -> f64 {
    let settings = Settings { without, ..Settings::default() };
    let scales =
        train(&columns(rows), &settings, &mut |_| ()).expect("a usable history").model.scales;
    // The scale with most labels: an article that was never sold has a scale too.
    let noise = |system: System| {
        let all = scales.iter().filter(|scale| scale.system == system);
        all.max_by_key(|scale: &&Scale| scale.labels.len()).expect("a scale of the system").noise
    };
    noise(System::Us) / noise(System::Eu)
}

#[test]
fn training_finds_the_noise_of_each_scale() {
    for (seed, noise) in [(1, [0.5, 0.5]), (2, [0.4, 0.8]), (3, [0.9, 0.5]), (4, [0.5, 1.0])] {
        let rows = history(seed, noise);
        let (truth, found) = (noise[1] / noise[0], trained_ratio(&rows, None));
        println!(
            "noise of the second scale in units of the first's: drawn with {truth:.2}, trained {found:.2}"
        );
        let off = libm::log(found) - libm::log(truth);
        assert!(off.abs() < 0.08, "drawn with {truth}, trained {found}");
        assert_eq!(trained_ratio(&rows, Some(ModelTerm::Noises)), 1.0, "without the term");
    }
}
