//! What training finds out about the sizes of a shop that has one size column for everything it
//! sells, and names no fit groups and no size systems.

#[path = "tiny/mod.rs"]
mod tiny;

use inseam::outcome::Outcome;
use inseam::size::Label;
use inseam::train::{Coded, Columns, Settings, SizeReport, Trained, examine_sizes, train};
use tiny::Random;

/// A kind of article: its labels from small to large, the body part that it fits (0: torso, 1:
/// foot), and the shop's name for its articles.
struct Kind {
    name: &'static str,
    part: usize,
    labels: &'static [&'static str],
}

const KINDS: [Kind; 6] = [
    Kind { name: "shirt", part: 0, labels: &["XS", "S", "m", "L", "xl", "XXL"] },
    Kind { name: "dress", part: 0, labels: &["34", "36", "38", "40", "42", "44", "46"] },
    Kind { name: "shoe", part: 1, labels: &["36", "37", "38", "39", "40", "41", "42"] },
    Kind {
        name: "boot",
        part: 1,
        labels: &["3", "3+", "4", "4+", "5", "5+", "6", "6+", "7", "7+", "8"],
    },
    Kind { name: "bag", part: 0, labels: &["unsized"] },
    Kind { name: "cape", part: 0, labels: &["tiny one", "a middling", "one for bears", "Zeus"] },
];

struct Line {
    customer: String,
    article: String,
    brand: &'static str,
    size: &'static str,
    outcome: Outcome,
}

/// Draws customers with a torso and a foot, which hardly correlate, and a few purchases each. Every
/// tenth article is sold once or twice only.
fn draw(seed: u64, customers: usize) -> Vec<Line> {
    let mut r = Random::new(seed);
    let mut lines = Vec::new();
    for customer in 0..customers {
        let torso = r.normal(1.0);
        let body = [torso, 0.3 * torso + 0.95 * r.normal(1.0)];
        for _ in 0..2 + r.below(5) {
            let kind = &KINDS[r.below(KINDS.len())];
            let rare = r.below(40) == 0;
            let article = if rare { 100 + r.below(20) } else { r.below(12) };
            let n = kind.labels.len() as f64;
            let wanted = (n - 1.0) / 2.0 + n / 4.0 * body[kind.part];
            let taken = (wanted + 0.5 * r.normal(1.0)).round().clamp(0.0, n - 1.0);
            let misfit = wanted - taken + 0.3 * r.normal(1.0);
            let outcome = match misfit {
                x if x > 0.8 => Outcome::TooSmall,
                x if x < -0.8 => Outcome::TooLarge,
                _ => Outcome::Kept,
            };
            lines.push(Line {
                customer: format!("c{customer}"),
                article: format!("{} {article}", kind.name),
                brand: if kind.part == 1 { "Footloose" } else { "Weaver" },
                size: kind.labels[taken as usize],
                outcome,
            });
        }
    }
    lines
}

fn columns(lines: &[Line]) -> Columns {
    let sizes: Coded = lines.iter().map(|line| line.size).collect();
    Columns {
        customer: lines.iter().map(|line| &line.customer).collect(),
        article: lines.iter().map(|line| &line.article).collect(),
        brand: Some(lines.iter().map(|line| line.brand).collect()),
        size: sizes.map(|size| Label::parse(&size).expect("a label")),
        outcome: lines.iter().map(|line| line.outcome).collect(),
        ..Columns::default()
    }
}

/// The name of the fit group in which a run has this label as its most frequent or second most
/// frequent one.
fn group_of(report: &SizeReport, label: &str) -> String {
    let run = report.runs.iter().max_by_key(|run| {
        run.labels.iter().find(|(l, _)| l == label).map_or(0, |(_, purchases)| *purchases)
    });
    run.expect("a run").group.clone()
}

#[test]
fn a_mixed_column_is_sorted_into_runs_and_fit_groups() {
    let report = examine_sizes(&columns(&draw(1, 3000))).expect("a usable history");
    // Each kind has a run of its own, with all of its labels and in their order.
    for kind in &KINDS[..4] {
        let labels: Vec<String> =
            kind.labels.iter().map(|l| Label::parse(l).expect("a label").into_string()).collect();
        let run = report.runs.iter().find(|run| {
            let usual: Vec<&String> =
                run.labels.iter().filter(|(_, n)| *n > 10).map(|(l, _)| l).collect();
            usual == labels.iter().collect::<Vec<_>>()
        });
        assert!(run.is_some(), "no run of the {}: {report:#?}", kind.name);
    }
    // Shirts and dresses fit one body; shoes and boots fit one foot; the two are apart.
    assert_eq!(group_of(&report, "XXL"), group_of(&report, "46"), "{report:#?}");
    assert_eq!(group_of(&report, "37"), group_of(&report, "7"), "{report:#?}");
    assert_ne!(group_of(&report, "XXL"), group_of(&report, "37"), "{report:#?}");
    assert!(report.runs.iter().all(|run| run.group_is_found));
}

#[test]
fn labels_that_cannot_be_read_are_reported_and_ordered_by_their_buyers() {
    let columns = columns(&draw(2, 3000));
    let Trained { model, sizes, .. } =
        train(&columns, &Settings { sweeps: 12, ..Settings::default() }, &mut |_| ())
            .expect("a usable history");
    let mut unread: Vec<&str> = sizes.not_understood.iter().map(|(l, _)| l.as_str()).collect();
    unread.sort_unstable();
    assert_eq!(unread, ["Zeus", "a middling", "one for bears", "tiny one"]);
    let scale = model
        .scales
        .iter()
        .find(|scale| scale.labels.iter().any(|label| label.text == "Zeus"))
        .expect("the scale of the capes");
    let position = |text: &str| {
        scale.labels.iter().find(|label| label.text == text).expect("a label").position
    };
    let positions = ["tiny one", "a middling", "one for bears", "Zeus"].map(position);
    assert!(positions.is_sorted_by(|a, b| a < b), "{positions:?}");
}

#[test]
fn learned_positions_keep_the_order_of_their_run() {
    let columns = columns(&draw(3, 1500));
    let trained = train(&columns, &Settings { sweeps: 12, ..Settings::default() }, &mut |_| ())
        .expect("a usable history");
    let mut compared = 0;
    for scale in &trained.model.scales {
        let mut numbers: Vec<(f64, f64)> = scale
            .labels
            .iter()
            .filter_map(|label| Some((label.text.replace('+', ".5").parse().ok()?, label.position)))
            .collect();
        numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
        compared += numbers.len();
        let positions: Vec<f64> = numbers.iter().map(|(_, position)| *position).collect();
        assert!(positions.is_sorted_by(|a, b| a < b), "{numbers:?}");
    }
    assert!(compared > 20, "{compared} labels with a number");
}

#[test]
fn too_many_fit_groups_become_categories() {
    let mut columns = columns(&draw(4, 400));
    let articles = columns.article.codes.iter();
    let names: Vec<String> = articles.map(|&code| format!("department {}", code % 40)).collect();
    columns.group = Some(names.iter().collect());
    let report = examine_sizes(&columns).expect("a usable history");
    assert_eq!(report.groups_as_categories, Some(40));
    assert!(report.runs.iter().all(|run| !run.group.starts_with("department")), "{report:#?}");
}
