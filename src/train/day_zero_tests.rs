//! Tests of day zero on small shops that measured nobody.

use super::columns::{ChartRow, Columns, MeasurementColumn};
use super::settings::Settings;
use super::tiny::{columns, draw};
use super::trained::Trained;
use super::training::train;
use crate::body::Dimension;
use crate::infer::Posterior;
use crate::model::{Features, MeasurementKind, MeasurementValue, Model};
use crate::size::{Label, System};

/// A shop with dresses in EU sizes, and with capes in sizes that no table knows if `groups` is 2.
fn shop(groups: usize) -> Columns {
    Columns { measurements: Vec::new(), ..columns(&draw(5, 400, 12, groups)) }
}

fn trained(columns: &Columns, body_prior: bool) -> Trained {
    let settings = Settings { body_prior, sweeps: 12, ..Settings::default() };
    train(columns, &settings, &mut |_| ()).expect("a usable history")
}

/// Mean and sd of the size in a fit group of somebody with these measurements.
fn size(model: &Model, group: &str, body: &[(&str, f64)], sex: Option<&str>) -> (f64, f64) {
    let numbers: Vec<(&str, MeasurementValue)> =
        body.iter().map(|(name, x)| (*name, MeasurementValue::Number(*x))).collect();
    let word = sex.map(|sex| MeasurementValue::Word(sex.to_owned()));
    let features = Features::new(&model.measurements, &|name| {
        if name == "sex" {
            return word.as_ref();
        }
        numbers.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    });
    let g = model.groups.iter().position(|g| g.name == group).expect("a fit group");
    let size = Posterior::prior(model, &features).size(g);
    (size.mean(), size.sd())
}

const SLIM: [(&str, f64); 3] = [("height_cm", 168.0), ("weight_kg", 57.0), ("age", 30.0)];
const STOUT: [(&str, f64); 3] = [("height_cm", 168.0), ("weight_kg", 85.0), ("age", 30.0)];

#[test]
fn somebody_without_history_has_a_size_by_height_weight_and_age() {
    let columns = shop(1);
    let model = trained(&columns, true).model;
    let names: Vec<&str> = model.measurements.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["height_cm", "weight_kg", "age"], "dresses are for women: no sex");
    let anybody = size(&model, "dresses", &[], None);
    let (slim, stout) =
        (size(&model, "dresses", &SLIM, None), size(&model, "dresses", &STOUT, None));
    // By the survey, a bust of 88 cm and hips of 96 are EU 38, and 106 cm and 115 are EU 46.
    assert!((3.5..5.0).contains(&(stout.0 - slim.0)), "{slim:?} {stout:?}");
    assert!(slim.1 < anybody.1 && stout.1 < anybody.1, "{anybody:?} {slim:?}");
    // Height alone leaves most of the uncertainty, weight alone little.
    let (tall, heavy) =
        (size(&model, "dresses", &SLIM[..1], None).1, size(&model, "dresses", &SLIM[1..2], None).1);
    assert!(slim.1 <= heavy && heavy < tall && tall <= anybody.1, "{slim:?} {heavy} {tall}");
}

#[test]
fn what_the_history_says_stays_as_it_is() {
    let columns = shop(2);
    let (with, without) = (trained(&columns, true), trained(&columns, false));
    for (a, b) in with.model.groups.iter().zip(&without.model.groups) {
        assert_eq!(a.size.intercept, b.size.intercept, "{}", a.name);
        assert_eq!((&a.outcome, &a.choice), (&b.outcome, &b.choice), "{}", a.name);
    }
    assert_eq!(with.model.articles, without.model.articles);
    for ((_, a), (_, b)) in with.customers.iter().zip(&without.customers) {
        let a = Posterior::from_customer_belief(&with.model, a);
        let b = Posterior::from_customer_belief(&without.model, b);
        for g in 0..2 {
            let (a, b) = (a.size(g), b.size(g));
            assert!((a.mean() - b.mean()).abs() < 1e-9 && (a.sd() - b.sd()).abs() < 1e-9);
        }
    }
    // Nothing but measurements tells shoppers apart, and a page asks everybody the same.
    let (before, after) =
        (size(&without.model, "capes", &[], None), size(&with.model, "capes", &[], None));
    assert!((before.0 - after.0).abs() < 1e-9 && (before.1 - after.1).abs() < 1e-9);
}

/// Capes have sizes that no table knows: their spread among the customers is that of bodies.
#[test]
fn sizes_that_no_table_knows_follow_their_spread() {
    let model = trained(&shop(2), true).model;
    assert!(model.measurements.iter().any(|m| m.name == "sex"), "capes are for both");
    let woman = |body: &[(&str, f64)]| size(&model, "capes", body, Some("female"));
    assert!(woman(&STOUT).0 > woman(&SLIM).0 + 1.0, "{:?} {:?}", woman(&SLIM), woman(&STOUT));
    assert!(woman(&SLIM).1 < size(&model, "capes", &[], None).1);
}

/// Renames the fit group of a shop.
fn renamed(group: &str) -> Columns {
    let mut columns = shop(1);
    let all = columns.group.as_mut().expect("fit groups");
    all.values.iter_mut().for_each(|name| group.clone_into(name));
    columns.catalogue.clear();
    columns
}

#[test]
fn a_shop_with_shoes_alone_goes_by_the_foot() {
    let model = trained(&renamed("womens shoes"), true).model;
    let tall = [("height_cm", 182.0), ("weight_kg", 80.0), ("age", 30.0)];
    let small = [("height_cm", 155.0), ("weight_kg", 52.0), ("age", 30.0)];
    let difference =
        size(&model, "womens shoes", &tall, None).0 - size(&model, "womens shoes", &small, None).0;
    // 27 cm and 23 cm: six sizes.
    assert!((4.0..7.0).contains(&difference), "{difference}");
}

#[test]
fn childrens_sizes_go_by_height_or_age() {
    let columns = renamed("kids dresses");
    let model = trained(&columns, true).model;
    let names: Vec<&str> = model.measurements.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["height_cm", "age"]);
    let by = |body: &[(&str, f64)]| size(&model, "kids dresses", body, None).0;
    let (small, large) = (by(&[("height_cm", 104.0)]), by(&[("height_cm", 128.0)]));
    let step = match columns.system.is_some() {
        true => (large - small) / 4.0,
        false => 1.0,
    };
    assert!(step > 0.3, "four sizes of 6 cm: {small} {large}");
    assert!(by(&[("age", 9.0)]) > by(&[("age", 5.0)]) + 2.0 * step, "four years");
}

fn chart(brand: &str, size: &str, chest: f64) -> ChartRow {
    ChartRow {
        brand: brand.to_owned(),
        group: "dresses".to_owned(),
        system: System::Unspecified,
        size: Label::parse(size).unwrap(),
        girths: [(Dimension::Chest, chest)].into(),
    }
}

/// Charts say that the shop's sizes are two steps larger than the standard's: the same body takes a
/// smaller size, as far as the mean customer does not speak against it.
#[test]
fn charts_move_the_level() {
    let mut columns = shop(1);
    let standard = size(&trained(&columns, true).model, "dresses", &SLIM, None).0;
    let sizes = ["32", "34", "36", "38", "40", "42", "44"];
    let chest = |i: usize, more: f64| 76.0 + more + 4.0 * i as f64;
    let rows = |more: f64| -> Vec<ChartRow> {
        sizes.iter().enumerate().map(|(i, size)| chart("", size, chest(i, more))).collect()
    };
    columns.charts = rows(8.0);
    let larger = size(&trained(&columns, true).model, "dresses", &SLIM, None).0;
    columns.charts = rows(0.0);
    let same = size(&trained(&columns, true).model, "dresses", &SLIM, None).0;
    assert!(larger < same - 1.2, "{standard} {same} {larger}");
}

/// A brand whose chart is for larger bodies runs large, before anybody has bought it.
#[test]
fn a_brands_chart_is_a_prior_of_its_offset() {
    let mut columns = shop(1);
    // The article of the catalogue that nobody bought is of this brand.
    columns.catalogue[0].brand = "New".to_owned();
    for brand in ["Alba", "Brina", "Corvo"] {
        columns.charts.extend([chart(brand, "36", 84.0), chart(brand, "40", 92.0)]);
    }
    columns.charts.extend([chart("New", "36", 88.0), chart("New", "40", 96.0)]);
    let model = trained(&columns, true).model;
    let brand = model.brands.iter().find(|b| b.name == "New").unwrap();
    assert!((0.2..0.6).contains(&brand.offset.mean()), "{:?}", brand.offset.mean());
    let article = model.article("never sold").unwrap();
    assert!((article.offset.mean() - brand.offset.mean()).abs() < 0.02);
}

/// A few measured customers hardly move the survey's regression, many do.
#[test]
fn measured_customers_teach_the_shop() {
    let drawn = draw(5, 400, 12, 1);
    let all = columns(&drawn);
    let slope = |columns: &Columns, body_prior: bool| {
        let model = trained(columns, body_prior).model;
        let step = |weight: f64| size(&model, "dresses", &[("weight", weight)], None).0;
        step(74.0) - step(62.0)
    };
    // In the tiny shop a step is some 5 kg, so 12 kg are 2.4 steps.
    let learned = slope(&all, true);
    assert!((learned - slope(&all, false)).abs() < 0.4, "{learned} {}", slope(&all, false));
    let mut few = all.clone();
    let MeasurementColumn::Number(weights) = &mut few.measurements[0].1 else { panic!() };
    weights.iter_mut().skip(30).for_each(|x| *x = f64::NAN);
    let (with, without) = (slope(&few, true), slope(&few, false));
    assert!((with - learned).abs() < (without - learned).abs(), "{with} {without} {learned}");
    let model = trained(&all, true).model;
    assert!(
        matches!(model.measurements[0].kind, MeasurementKind::Numeric { mean, .. } if mean > 50.0)
    );
}
