//! `model/fixtures`: files that test other readers, with the expected result for each.

use crate::shop::{minimal, small};
use crate::surgery::{blocks, find, patched, seal};
use inseam::format::{read, write, write_in_blocks};
use inseam::{Error, Model};
use serde_json::{Value, json};
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/model/fixtures"))
}

/// Every fixture: its name and bytes.
fn all() -> Vec<(&'static str, Vec<u8>)> {
    let bytes = write(&small()).unwrap();
    let slope = find(&bytes, &0.640_625_f32.to_le_bytes());
    let flipped = |at: usize| {
        let mut out = bytes.clone();
        out[at] ^= 4;
        out
    };
    let version = |v: u8| {
        let mut out = bytes.clone();
        out[8] = v;
        seal(&mut out);
        out
    };
    vec![
        ("valid-minimal", write(&minimal()).unwrap()),
        ("valid-small", bytes.clone()),
        ("valid-blocks", write_in_blocks(&small(), 4).unwrap()),
        ("valid-trees", write_in_blocks(&small(), 512).unwrap()),
        ("invalid-empty", Vec::new()),
        ("invalid-html", b"<!doctype html><title>404 Not Found</title>".to_vec()),
        ("invalid-later-version", version(4)),
        ("invalid-cut", bytes[..bytes.len() - 1].to_vec()),
        ("invalid-flip-head", flipped(slope)),
        ("invalid-flip-block", flipped(blocks(&bytes) + 9)),
        ("invalid-slope", patched(&bytes, slope, &(-1.0_f32).to_le_bytes())),
        (
            "invalid-appeal",
            patched(&bytes, find(&bytes, &1.6875_f32.to_le_bytes()) + 8, &64.5_f32.to_le_bytes()),
        ),
        ("invalid-count", patched(&bytes, blocks(&bytes), &[200])),
    ]
}

fn belief(g: inseam::math::Gaussian) -> Value {
    json!([g.mean(), g.precision])
}

/// The contents of a model that other readers must agree on; means and precisions are exact.
fn contents(model: &Model) -> Value {
    json!({
        "groups": model.groups.iter().map(|g| json!({
            "name": g.name, "variance": g.size.variance,
            "terms": g.outcome.terms, "slope": g.outcome.slope, "chosen": g.outcome.chosen_slope, "advised": g.outcome.advised,
            "purchase": g.purchase.terms,
            "shared": [g.purchase.lean, g.purchase.size, g.purchase.garment, g.purchase.fussiness, g.purchase.preference, g.purchase.spread],
            "choice": [g.choice.scale, g.choice.awareness, g.choice.others.share, g.choice.others.mean, g.choice.others.variance],
            "advice": [g.advice.weight, f64::from(g.advice.reach)],
            "returns": [g.returns.intercept, g.returns.article_variance, g.returns.unexplained, g.returns.bracketed],
        })).collect::<Vec<_>>(),
        "missing": model.measurements.iter().map(|m| m.missing).collect::<Vec<_>>(),
        "features": model.groups[0].size.coefficients.len(),
        "traits": model.traits.iter().map(|t| json!([t.intercept, t.variance])).collect::<Vec<_>>(),
        "trend": model.trend.days.iter().zip(&model.trend.values).map(|(d, v)| json!([d, v[0], v[1]])).collect::<Vec<_>>(),
        "scales": model.scales.iter().map(|s| json!({
            "group": s.group, "system": s.system.code(), "noise": s.noise,
            "labels": s.labels.iter().map(|l| json!([l.text, l.position, l.length, l.appeal, l.thresholds[0], l.thresholds[1]])).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "brands": model.brands.iter().map(|b| json!([b.name, b.category, b.group, belief(b.offset), belief(b.spread)])).collect::<Vec<_>>(),
        "articles": model.articles.len(),
        "first": model.articles.first().map(|a| json!({
            "key": format!("{:016x}", a.key), "brand": a.brand, "scale": a.scale,
            "offset": belief(a.offset), "grade": belief(a.grade), "spread": belief(a.spread), "cut": a.choice_offset,
            "sizes": a.sizes.iter().map(|s| json!([s.label, s.popularity])).collect::<Vec<_>>(),
        })),
    })
}

fn outcome(bytes: &[u8]) -> Value {
    match read(bytes) {
        Ok(model) => json!({ "contents": contents(&model) }),
        Err(Error::Format { at, what }) => json!({ "at": at, "what": what }),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn fixtures_give_their_expected_results() {
    let text = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let mut total = 0;
    for (name, bytes) in all() {
        let file = std::fs::read(folder().join(format!("{name}.inseam"))).unwrap();
        assert!(file == bytes, "{name} differs from what is written today");
        // Pass both through text, because decimals in JSON may not come back exactly.
        let now: Value = serde_json::from_str(&outcome(&file).to_string()).unwrap();
        assert_eq!(now, expected[name], "{name}");
        assert_eq!(name.starts_with("valid"), expected[name]["contents"].is_object(), "{name}");
        total += file.len();
    }
    assert_eq!(expected.as_object().unwrap().len(), all().len());
    assert!(total + text.len() < 40_000, "{total} bytes of fixtures, {} of text", text.len());
}

/// Writes the fixtures again: `cargo test --test format -- --ignored fixtures`.
#[test]
#[ignore = "writes files"]
fn write_the_fixtures() {
    let mut lines = Vec::new();
    for (name, bytes) in all() {
        lines.push(format!("\"{name}\": {}", outcome(&bytes)));
        std::fs::write(folder().join(format!("{name}.inseam")), bytes).unwrap();
    }
    let text = format!("{{\n{}\n}}\n", lines.join(",\n"));
    std::fs::write(folder().join("expected.json"), text).unwrap();
}
