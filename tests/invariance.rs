//! What the bytes of a model do not depend on; unusual but valid histories; and terms left out.

#[path = "tiny/mod.rs"]
mod tiny;

use inseam::Model;
use inseam::format;
use inseam::math::Gaussian;
use inseam::outcome::Outcome;
use inseam::train::{Columns, MeasurementColumn, ModelTerm, Settings, Trained, train};
use tiny::{Random, Row, columns, draw};

fn trained(columns: &Columns, sweeps: usize) -> Trained {
    train(columns, &Settings { sweeps, ..Settings::default() }, &mut |_| ())
        .expect("a usable history")
}

fn written(model: &inseam::Model) -> Vec<u8> {
    format::write(model).expect("a model that can be written")
}

fn bytes(rows: &[Row], sweeps: usize) -> Vec<u8> {
    written(&trained(&columns(rows), sweeps).model)
}

#[test]
fn the_model_does_not_depend_on_the_order_of_the_rows() {
    let mut rows = draw(1, 300, 8, 2);
    let first = trained(&columns(&rows), 6);
    for seed in 0..4 {
        Random::new(seed).shuffle(&mut rows);
        let again = trained(&columns(&rows), 6);
        // The values too: rounding in the file could hide a difference of the bytes.
        assert_eq!(again.model, first.model, "shuffle {seed}");
        assert_eq!(written(&again.model), written(&first.model), "shuffle {seed}");
    }
    let other = bytes(&draw(2, 300, 8, 2), 6);
    assert_ne!(other, written(&first.model), "another history must give another model");
}

#[test]
fn the_model_does_not_depend_on_the_number_of_threads() {
    // Enough customers for several tasks in each sweep.
    let columns = columns(&draw(3, 7000, 12, 2));
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| trained(&columns, 4))
    };
    let first = with(1);
    for threads in [2, 3, 1] {
        let again = with(threads);
        assert_eq!(again.model, first.model, "{threads} threads");
        assert_eq!(again.customers, first.customers, "{threads} threads");
        assert_eq!(again.events, first.events, "{threads} threads");
        assert_eq!(written(&again.model), written(&first.model), "{threads} threads");
    }
}

#[test]
fn duplicates_count_once() {
    let rows = draw(4, 150, 6, 2);
    let once = trained(&columns(&rows), 5);
    let mut doubled = rows.clone();
    doubled.extend(rows.iter().step_by(3).cloned());
    let twice = trained(&columns(&doubled), 5);
    assert_eq!(written(&twice.model), written(&once.model));
    assert_eq!(twice.summary.duplicates, once.summary.duplicates + doubled.len() - rows.len());
    assert_eq!(twice.summary.rows, doubled.len());

    // Without dates, two equal rows may be two purchases, and both count.
    let undated = |rows: &[Row]| trained(&Columns { day: None, ..columns(rows) }, 5);
    assert_eq!(undated(&doubled).summary.duplicates, 0);
    assert_ne!(written(&undated(&doubled).model), written(&undated(&rows).model));
}

#[test]
fn pending_rows_are_no_evidence() {
    let rows: Vec<Row> =
        draw(5, 150, 6, 2).into_iter().filter(|r| r.outcome != Outcome::Pending).collect();
    let without = trained(&columns(&rows), 5);
    let mut more = rows.clone();
    for (i, row) in rows.iter().enumerate().step_by(2) {
        // Known and new customers and articles, in known and new sizes.
        let (customer, article) = if i % 4 == 0 {
            (row.customer.clone(), format!("new {i}"))
        } else {
            (format!("new {i}"), row.article.clone())
        };
        let size = if i % 3 == 0 { "54".to_owned() } else { row.size.clone() };
        more.push(Row {
            customer,
            article,
            size,
            outcome: Outcome::Pending,
            order: format!("p{i}"),
            ..row.clone()
        });
    }
    let with = trained(&columns(&more), 5);
    assert_eq!(with.summary.pending, more.len() - rows.len());
    assert_eq!(written(&with.model), written(&without.model));
    assert_eq!(with.customers.len(), without.customers.len());

    let all_pending: Vec<Row> =
        rows.iter().map(|r| Row { outcome: Outcome::Pending, ..r.clone() }).collect();
    let refused = train(&columns(&all_pending), &Settings::default(), &mut |_| ())
        .expect_err("nothing to learn from");
    assert!(refused.to_string().contains("no purchase in it is evidence"), "{refused}");
}

/// Also beyond the first 64 measurements.
#[test]
fn every_missing_measurement_widens_the_prior() {
    let rows = draw(6, 300, 8, 2);
    let mut columns = columns(&rows);
    let informative = std::mem::take(&mut columns.measurements);
    for i in 0..80 {
        let word = |code: &u32| if (code >> (i % 8)) & 1 == 0 { "even" } else { "odd" };
        let words = columns.customer.codes.iter().map(word).collect();
        columns.measurements.push((format!("word {i}"), MeasurementColumn::Word(words)));
    }
    columns.measurements.extend(informative);
    let trained = trained(&columns, 6);
    let measurements = &trained.model.measurements;
    assert!(measurements.len() > 80);
    let widened = |i: usize| measurements[i].missing > 0.0;
    assert!((80..measurements.len()).any(widened), "{:?}", &measurements[80..]);
    let widest = trained.customers.iter().map(|(_, c)| c.widening).fold(1.0, f64::max);
    assert!(widest > 1.0, "no customer has a wider prior");
}

/// A history with a customer who buys ten thousand times, an article sold once, a measurement
/// without values and one with absurd values.
fn unusual_history() -> Columns {
    let mut rows = draw(6, 120, 6, 2);
    let first = rows[0].clone();
    for i in 0..10_000 {
        let (group, system, labels) = tiny::GROUPS[i % 2];
        rows.push(Row {
            customer: "buys ten thousand".into(),
            article: format!("{group}-{}", i % 5),
            group,
            system,
            size: labels[2 + i % 3].into(),
            outcome: Outcome::ALL[i % 6],
            day: 18_000 + (i % 500) as i32,
            order: format!("big {i}"),
            weight: f64::NAN,
            ..first.clone()
        });
    }
    rows.push(Row {
        customer: "c1".into(),
        article: "sold once".into(),
        // The group and brand of the article that it is compared with: each has its own variances.
        group: "dresses",
        system: "EU",
        size: "38".into(),
        order: "once".into(),
        outcome: Outcome::TooSmall,
        ..first.clone()
    });
    let mut columns = columns(&rows);
    let n = rows.len();
    columns
        .measurements
        .push(("nothing known".into(), MeasurementColumn::Number(vec![f64::NAN; n])));
    let mut absurd = vec![f64::NAN; n];
    (absurd[0], absurd[1], absurd[2]) = (f64::INFINITY, f64::NEG_INFINITY, 1e300);
    columns.measurements.push(("absurd".into(), MeasurementColumn::Number(absurd)));
    columns
}

#[test]
fn unusual_but_valid_histories_train_to_finite_beliefs() {
    let columns = unusual_history();
    let trained = trained(&columns, 10);

    let model = &trained.model;
    assert!(model.measurements.iter().all(|m| m.name != "nothing known"));
    assert!(model.measurements.iter().any(|m| m.name == "weight"));
    assert_finite(&trained);
    assert_eq!(
        format::read(&written(model)).expect("readable").articles.len(),
        model.articles.len()
    );
    assert_more_purchases_narrow_an_offset(model);
    assert_ten_thousand_purchases_count(&columns, &trained);
}

/// The offset of an article that was never sold is at most as uncertain as a new brand's. Many
/// purchases narrow an offset more than one does, even if most of them are one customer's.
fn assert_more_purchases_narrow_an_offset(model: &Model) {
    let group = model.group_index("dresses").expect("the group");
    let variance: f64 = model.groups[group].offset_variance.to_array().iter().sum();
    let never = model.article("never sold").expect("in the catalogue");
    let once = model.article("sold once").expect("in the history");
    let often = model.article("dresses-0").expect("in the history");
    assert!(never.offset.variance() <= variance * (1.0 + 1e-9));
    assert!(
        often.offset.variance() < once.offset.variance(),
        "{:?} {:?} {:?} {:?}",
        often.offset,
        once.offset,
        model.groups[group],
        model.brands
    );
    assert_eq!(never.sizes.len(), 3);
}

fn assert_ten_thousand_purchases_count(columns: &Columns, trained: &Trained) {
    let model = &trained.model;
    let id = columns
        .customer
        .values
        .iter()
        .position(|c| c == "buys ten thousand")
        .expect("the customer") as u32;
    let (_, belief) = trained.customers.iter().find(|(c, _)| *c == id).expect("a belief");
    assert_eq!(belief.sizes.iter().map(|s| s.purchases).sum::<u32>(), 10_000);
    assert_eq!(belief.sizes.len(), 2);
    for evidence in &belief.sizes {
        let labels =
            &model.scales.iter().find(|s| s.group == evidence.group).expect("a scale").labels;
        let mean = evidence.evidence.mean();
        assert!(
            labels[0].position - 1.0 < mean && mean < labels[6].position + 1.0,
            "{mean} is off its own scale"
        );
        let sd = evidence.evidence.sd();
        assert!(sd < 0.1, "{sd}");
    }
}

fn assert_finite_group(g: &inseam::model::Group) {
    let o = &g.outcome;
    let p = &g.purchase;
    let shared = [p.lean, p.size, p.garment, p.fussiness, p.preference, p.spread];
    let others = &g.choice.others;
    let numbers = [
        &o.terms.concat()[..],
        &o.advised,
        &p.terms.concat(),
        &shared,
        &[others.share, others.mean, others.variance, g.advice.weight],
    ]
    .concat();
    let (offsets, spreads) = (g.offset_variance.to_array(), g.spread_variance.to_array());
    let all = numbers.iter().chain(&g.size.coefficients).chain(&offsets).chain(&spreads);
    assert!(all.copied().all(f64::is_finite), "{g:?}");
    let r = &g.returns;
    let scalars = [g.size.intercept, g.size.variance, o.slope, o.chosen_slope, g.choice.scale];
    assert!(
        scalars
            .into_iter()
            .chain([g.choice.awareness, r.intercept, r.article_variance, r.unexplained])
            .all(f64::is_finite),
        "{g:?}"
    );
}

fn assert_finite(trained: &Trained) {
    let model = &trained.model;
    let proper = |g: Gaussian, what: &str| {
        assert!(
            g.precision > 0.0 && g.precision.is_finite() && g.precision_mean.is_finite(),
            "{what}: {g:?}"
        );
    };
    model.groups.iter().for_each(assert_finite_group);
    for prior in &model.traits {
        assert!(
            prior.variance > 0.0
                && prior.coefficients.iter().chain([&prior.intercept]).all(|x| x.is_finite()),
            "{prior:?}"
        );
    }
    assert!(model.covariance.clone().cholesky().is_some(), "{}", model.covariance);
    assert!(
        model
            .scales
            .iter()
            .flat_map(|s| &s.labels)
            .all(|l| [l.position, l.length, l.appeal].iter().all(|x| x.is_finite()))
    );
    for b in &model.brands {
        proper(b.offset, "a brand's offset");
        proper(b.spread, "a brand's spread");
    }
    for a in &model.articles {
        proper(a.offset, "an article's offset");
        proper(a.spread, "an article's spread");
        assert!(a.sizes.iter().all(|s| s.popularity.is_finite()), "{a:?}");
    }
    for (_, c) in &trained.customers {
        assert!(c.prior.iter().chain(&c.trait_priors).all(|x| x.is_finite()), "{c:?}");
        assert!(c.widening >= 1.0 && c.widening.is_finite(), "{c:?}");
        let evidence = c.sizes.iter().map(|s| s.evidence).chain(c.traits);
        assert!(
            evidence.into_iter().all(|g| g.precision.is_finite() && g.precision_mean.is_finite()),
            "{c:?}"
        );
        let posterior = inseam::infer::Posterior::from_customer_belief(model, c);
        (0..model.groups.len()).for_each(|g| proper(posterior.size(g), "a customer's size"));
        posterior.traits().into_iter().for_each(|t| proper(t, "a customer's trait"));
    }
}

/// A term has no effect on a model that was trained without it, and some effect otherwise.
#[test]
fn a_term_left_out_has_no_effect() {
    let columns = columns(&draw(4, 300, 8, 2));
    let without = |term: Option<ModelTerm>| {
        let settings = Settings { sweeps: 8, without: term, ..Settings::default() };
        train(&columns, &settings, &mut |_| ()).expect("a usable history").model
    };
    let whole = without(None);
    let effect = |term: ModelTerm, model: &inseam::Model| -> f64 {
        let groups = || model.groups.iter();
        let labels = || model.scales.iter().flat_map(|s| &s.labels);
        match term {
            ModelTerm::SizeRuns => (model.scales.len() - model.groups.len()) as f64,
            ModelTerm::Lengths => labels().map(|l| l.length.abs()).sum(),
            ModelTerm::Appeals => labels().map(|l| l.appeal.abs()).sum(),
            // Not exactly 0 where the variance is small.
            ModelTerm::Popularity => {
                let sizes = model.articles.iter().flat_map(|a| &a.sizes);
                sizes.map(|s| (s.popularity.abs() - 0.01).max(0.0)).sum()
            }
            ModelTerm::ChoiceOffsets => {
                model.articles.iter().map(|a| (a.choice_offset.abs() - 0.01).max(0.0)).sum()
            }
            ModelTerm::Others => groups().map(|g| g.choice.others.share - 1e-4).sum(),
            ModelTerm::Awareness => groups().map(|g| g.choice.awareness).sum(),
            ModelTerm::Distance => groups()
                .flat_map(|g| g.purchase.terms)
                .flat_map(|t| [t[3], t[4]])
                .map(f64::abs)
                .sum(),
            ModelTerm::Lean => groups().map(|g| g.purchase.lean.abs()).sum(),
            ModelTerm::Thresholds => labels().flat_map(|l| l.thresholds).map(f64::abs).sum(),
            ModelTerm::Noises => model.scales.iter().map(|s| libm::log(s.noise).abs()).sum(),
            ModelTerm::Trend => model.trend.values.iter().flatten().map(|x| x.abs()).sum(),
            ModelTerm::Fussiness => model.traits[0].variance - 1e-4,
            ModelTerm::Preference => model.traits[1].variance - 1e-4,
            ModelTerm::Measurements => model.measurements.len() as f64,
            ModelTerm::Brands => groups().map(|g| g.offset_variance.brand - 1e-4).sum(),
            ModelTerm::Spreads => groups().map(|g| g.spread_variance.article - 1e-4).sum(),
            ModelTerm::Grades => groups().map(|g| g.grade_variance - 1e-4).sum(),
        }
    };
    for term in ModelTerm::ALL {
        assert_eq!(effect(term, &without(Some(term))), 0.0, "{}", term.name());
        // The labels are in a public table, so no size runs are found; a group with one scale has
        // no noise per scale.
        assert!(
            matches!(term, ModelTerm::SizeRuns | ModelTerm::Noises) || effect(term, &whole) > 0.0,
            "{}",
            term.name()
        );
    }
}
