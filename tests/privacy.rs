//! What is published of few, what is published with noise, and that what a customer said can be
//! taken out again.
#![cfg(feature = "train")]

mod tiny;

use inseam::math::Gaussian;
use inseam::model::{Article, Model, PurchaseMessages, PurchaseRecord, article_key};
use inseam::outcome::Outcome;
use inseam::train::{Privacy, Settings, Trained, train};
use std::collections::{BTreeMap, BTreeSet};
use tiny::{Row, columns, draw};

fn trained(rows: &[Row], settings: Settings) -> Trained {
    train(&columns(rows), &Settings { sweeps: 6, ..settings }, &mut |_| ())
        .expect("a usable history")
}

fn published(rows: &[Row], min_customers: usize) -> Model {
    trained(rows, Settings { min_customers, ..Settings::default() }).model
}

/// With noise for this epsilon.
fn noisy(rows: &[Row], epsilon: f64, secret: u8) -> Trained {
    let privacy = Privacy { epsilon, delta: 1e-4, secret: [secret; 16] };
    trained(rows, Settings { privacy: Some(privacy), ..Settings::default() })
}

/// Offset and spread that an article has of which nothing but its brand is known.
fn expected(model: &Model, article: &Article) -> [Gaussian; 2] {
    let (brand, group) =
        (&model.brands[article.brand as usize], &model.groups[model.group_of(article)]);
    [
        brand.offset.widen(group.offset_variance.article),
        brand.spread.widen(group.spread_variance.article),
    ]
}

/// How many customers bought each article, and each of its sizes; pending purchases are no
/// evidence.
fn customers(rows: &[Row]) -> (BTreeMap<u64, usize>, BTreeMap<(u64, String), usize>) {
    let mut articles: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    let mut sizes: BTreeMap<(u64, String), BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.outcome != Outcome::Pending) {
        let key = article_key(&row.article);
        articles.entry(key).or_default().insert(&row.customer);
        sizes.entry((key, row.size.clone())).or_default().insert(&row.customer);
    }
    let count = |(key, of): (_, BTreeSet<&str>)| (key, of.len());
    (
        articles.into_iter().map(count).collect(),
        sizes.into_iter().map(|(key, of)| (key, of.len())).collect(),
    )
}

#[test]
fn fewer_than_the_least_are_not_seen() {
    let rows = draw(5, 60, 12, 2);
    let (by_article, by_size) = customers(&rows);
    let mut counts: Vec<usize> = by_article.values().copied().collect();
    counts.sort_unstable();
    // Some articles below, some not.
    let least = counts[counts.len() / 2];
    let (all, some) = (published(&rows, 1), published(&rows, least));
    let (mut hidden, mut shown, mut hidden_sizes) = (0, 0, 0);
    for (before, after) in all.articles.iter().zip(&some.articles) {
        let beliefs = [after.offset, after.spread];
        if by_article.get(&after.key).is_none_or(|&n| n < least) {
            assert_eq!(beliefs, expected(&some, after));
            hidden += 1;
        } else {
            assert_eq!(beliefs, [before.offset, before.spread]);
            assert_ne!(beliefs, expected(&some, after));
            shown += 1;
        }
        let prior = Gaussian::new(0.0, some.groups[some.group_of(after)].offset_variance.size);
        for (before, size) in before.sizes.iter().zip(&after.sizes) {
            let label = &some.scales[usize::from(after.scale)].labels[usize::from(size.label)].text;
            if by_size.get(&(after.key, label.clone())).is_some_and(|&n| n < least) {
                assert_eq!((size.deviation, size.popularity), (prior, 0.0));
                hidden_sizes += usize::from(before.deviation != prior);
            }
        }
    }
    assert!(hidden > 2 && shown > 2 && hidden_sizes > 2, "{hidden} {shown} {hidden_sizes}");
}

#[test]
fn where_nobody_is_enough_only_the_group_speaks() {
    let rows = draw(5, 60, 12, 2);
    let model = published(&rows, 1_000_000);
    for brand in &model.brands {
        let group = &model.groups[usize::from(brand.group)];
        assert_eq!(brand.offset, Gaussian::new(0.0, group.offset_variance.brand));
        assert_eq!(brand.spread, Gaussian::new(0.0, group.spread_variance.brand));
    }
    assert!(model.articles.iter().all(|a| [a.offset, a.spread] == expected(&model, a)));
    let all = published(&rows, 1);
    let length =
        |model: &Model| inseam::format::write(model).expect("a model that can be written").len();
    assert!(length(&model) < length(&all));
}

#[test]
fn what_is_private_stays_as_it_is() {
    let rows = columns(&draw(5, 60, 12, 2));
    let of = |min_customers| {
        let settings = Settings { sweeps: 6, min_customers, ..Settings::default() };
        let trained = train(&rows, &settings, &mut |_| ()).expect("a usable history");
        (trained.customers, trained.events)
    };
    assert!(of(1) == of(50));
}

/// Slopes and a wide spread of articles, so that there is something to find.
fn large() -> Vec<Row> {
    draw(9, 4000, 12, 2)
}

fn offsets(model: &Model) -> Vec<(f64, f64)> {
    let of = |a: &Article| [(a.offset.mean(), a.offset.sd()), (a.spread.mean(), a.spread.sd())];
    model.articles.iter().flat_map(of).collect()
}

/// Root mean square of the differences of means.
fn apart(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    let squares: f64 = a.iter().zip(b).map(|(a, b)| (a.0 - b.0) * (a.0 - b.0)).sum();
    (squares / a.len() as f64).sqrt()
}

/// Root mean square of the same in sds of the first.
fn surprise(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    let squares: f64 =
        a.iter().zip(b).map(|(a, b)| ((a.0 - b.0) / a.1) * ((a.0 - b.0) / a.1)).sum();
    (squares / a.len() as f64).sqrt()
}

#[test]
fn noise_costs_what_it_must_and_is_owned_up_to() {
    let rows = large();
    let plain = offsets(&trained(&rows, Settings::default()).model);
    let spread = apart(&plain, &vec![(0.0, 0.0); plain.len()]);
    let nothing = surprise(&offsets(&published(&rows, 1_000_000)), &plain);
    let mut last = (0.0, 0.0);
    for epsilon in [50.0, 2.0, 0.1] {
        let said = offsets(&noisy(&rows, epsilon, 1).model);
        let off = apart(&said, &plain);
        let sd = said.iter().map(|(_, sd)| sd).sum::<f64>() / said.len() as f64;
        // The beliefs know how far they may be off, as well as those do of which nothing is known:
        // these articles differ more than most.
        assert!(
            surprise(&said, &plain) < 1.25 * nothing,
            "epsilon {epsilon}: {} {nothing}",
            surprise(&said, &plain)
        );
        assert!(
            off > last.0 && sd > last.1,
            "epsilon {epsilon}: off by {off}, sd {sd}; before {last:?}"
        );
        last = (off, sd);
        if epsilon == 50.0 {
            assert!(off < 0.5 * spread, "{off} of {spread}: hardly any noise, and nothing found");
        }
    }
}

#[test]
fn with_noise_only_beliefs_about_articles_differ() {
    let rows = large();
    let (plain, with) = (trained(&rows, Settings::default()), noisy(&rows, 1.0, 1));
    assert_eq!(with.model.groups, plain.model.groups);
    assert_eq!(with.model.scales, plain.model.scales);
    assert_eq!(with.model.traits, plain.model.traits);
    assert!(with.customers == plain.customers && with.events == plain.events);
    assert_ne!(offsets(&with.model), offsets(&plain.model));
    // Whoever has the secret gets the same noise; nobody else.
    assert_eq!(noisy(&rows, 1.0, 1).model, with.model);
    assert_ne!(noisy(&rows, 1.0, 2).model.articles, with.model.articles);
    // No sum is spent on single sizes' deviations: they are as their parent has them.
    let prior = |a: &Article| {
        Gaussian::new(0.0, with.model.groups[with.model.group_of(a)].offset_variance.size)
    };
    assert!(with.model.articles.iter().all(|a| a.sizes.iter().all(|s| s.deviation == prior(a))));
}

#[test]
fn noise_does_not_depend_on_the_order_of_the_rows() {
    let mut rows = draw(9, 300, 12, 2);
    let first = noisy(&rows, 1.0, 1).model;
    tiny::Random::new(4).shuffle(&mut rows);
    assert_eq!(noisy(&rows, 1.0, 1).model, first);
}

#[test]
fn a_promise_of_nothing_is_refused() {
    let rows = columns(&draw(9, 300, 12, 2));
    let privacy = Privacy { epsilon: 1.0, delta: 0.009, secret: [0; 16] };
    let settings = Settings { privacy: Some(privacy), ..Settings::default() };
    let said = train(&rows, &settings, &mut |_| ()).expect_err("more than one in 300").to_string();
    assert!(said.contains("delta is 0.009") && said.contains("at most 3."), "{said}");
}

/// What all purchases said of an article, with its prior, is what is believed of it: so it can be
/// taken out again, one customer's whole trace at a time.
#[test]
fn beliefs_are_their_priors_and_what_purchases_said() {
    let trained = trained(&draw(5, 300, 12, 2), Settings::default());
    let close = |a: f64, b: f64, what: &str| assert!((a - b).abs() < 1e-6, "{what}: {a} and {b}");
    let mut sold = 0;
    for article in &trained.model.articles {
        let group = trained.model.group_of(article);
        let variances = trained.choice_variances[group];
        let (choice_offset, popularity) = (variances.choice_offset, variances.popularity);
        let events: Vec<&PurchaseRecord<u32>> =
            trained.events.iter().filter(|e| e.article == article.key).collect();
        let all = |prior: f64, said: &dyn Fn(&PurchaseRecord<u32>) -> Gaussian| {
            events.iter().fold(Gaussian::new(0.0, prior), |sum, event| sum.combine(said(event)))
        };
        let grade = all(trained.model.groups[group].grade_variance, &|e| e.messages.grade);
        close(article.grade.mean(), grade.mean(), "grade");
        close(article.grade.precision / grade.precision, 1.0, "precision of the grade");
        close(
            article.choice_offset,
            all(choice_offset, &|e| e.messages.choice_offset).mean(),
            "choice offset",
        );
        for (i, size) in article.sizes.iter().enumerate() {
            let said = all(popularity, &|e| {
                let [precision, precision_mean] = e.popularity[i].map(f64::from);
                Gaussian { precision, precision_mean }
            });
            close(size.popularity, said.mean(), "popularity");
            sold += usize::from(size.popularity.abs() > 0.01);
        }
    }
    assert!(sold > 20, "{sold} sizes that sell other than expected");
}

/// However often somebody buys an article, and however odd what becomes of it: what they say of it
/// has a bound.
#[test]
fn one_customers_influence_on_an_article_is_bounded() {
    let mut rows = draw(5, 300, 12, 2);
    let first = Row { outcome: Outcome::TooSmall, ..rows[0].clone() };
    rows.extend((0..200).map(|n| Row {
        customer: "loyal".into(),
        order: format!("l{n}"),
        day: n,
        ..first.clone()
    }));
    rows.extend((0..2).map(|n| Row {
        customer: "twice".into(),
        order: format!("t{n}"),
        day: n,
        ..first.clone()
    }));
    let trained = trained(&rows, Settings::default());
    let names = columns(&rows).customer.values;
    let loyal = |message: &dyn Fn(&PurchaseMessages) -> Gaussian| {
        let mine = trained.events.iter().filter(|e| names[e.customer as usize] == "loyal");
        mine.fold(Gaussian::FLAT, |sum, e| sum.combine(message(&e.messages)))
    };
    let group = &trained.model.groups
        [trained.model.group_of(trained.model.article(&first.article).expect("it"))];
    // Two factors of two purchases, each with at most the square of its weight.
    let (offset, spread) = (loyal(&|m| m.offset).precision, loyal(&|m| m.spread).precision);
    let most = 4.0 * group.outcome.slope * group.outcome.slope;
    assert!(offset > 0.0 && offset <= most, "offset: {offset}");
    assert!(spread > 0.0 && spread <= 4.0, "spread: {spread}");
    // Of popularity likewise: a choice has an information of a quarter at the most.
    let popular = |name: &str| {
        let mine = trained.events.iter().filter(|e| names[e.customer as usize] == name);
        mine.flat_map(|e| &e.popularity)
            .fold([0.0, 0.0], |most, p| [most[0] + p[0], most[1] + p[1].abs()])
    };
    let ([loyal, _], [twice, _]) = (popular("loyal"), popular("twice"));
    assert!(loyal > 0.0 && loyal < 2.0 * twice, "{loyal} of 200, {twice} of two");
}
