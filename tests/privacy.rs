//! What the public model withholds where customers are few, what noise does to it, and that stored
//! messages suffice to remove a customer's influence.
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

fn public_model(rows: &[Row], min_customers: usize) -> Model {
    trained(rows, Settings { min_customers, ..Settings::default() }).model
}

/// Trained with noise for this epsilon.
fn noisy(rows: &[Row], epsilon: f64, secret: u8) -> Trained {
    let privacy = Privacy { epsilon, delta: 1e-4, secret: [secret; 16] };
    trained(rows, Settings { privacy: Some(privacy), ..Settings::default() })
}

/// Offset and spread of an article about which only its brand is known.
fn beliefs_from_brand(model: &Model, article: &Article) -> [Gaussian; 2] {
    let (brand, group) =
        (&model.brands[article.brand as usize], &model.groups[model.group_of(article)]);
    [
        brand.offset.widen(group.offset_variance.article),
        brand.spread.widen(group.spread_variance.article),
    ]
}

/// The number of customers of each article, and of each of its sizes; pending purchases do not
/// count.
fn customer_counts(rows: &[Row]) -> (BTreeMap<u64, usize>, BTreeMap<(u64, String), usize>) {
    let mut articles: BTreeMap<u64, BTreeSet<&str>> = BTreeMap::new();
    let mut sizes: BTreeMap<(u64, String), BTreeSet<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|r| r.outcome != Outcome::Pending) {
        let key = article_key(&row.article);
        articles.entry(key).or_default().insert(&row.customer);
        sizes.entry((key, row.size.clone())).or_default().insert(&row.customer);
    }
    let count = |(key, customers): (_, BTreeSet<&str>)| (key, customers.len());
    (
        articles.into_iter().map(count).collect(),
        sizes.into_iter().map(|(key, customers)| (key, customers.len())).collect(),
    )
}

#[test]
fn articles_and_sizes_with_too_few_customers_are_withheld() {
    let rows = draw(5, 60, 12, 2);
    let (by_article, by_size) = customer_counts(&rows);
    let mut counts: Vec<usize> = by_article.values().copied().collect();
    counts.sort_unstable();
    // Half of the articles have fewer customers.
    let min_customers = counts[counts.len() / 2];
    let (all, some) = (public_model(&rows, 1), public_model(&rows, min_customers));
    let (mut hidden, mut shown, mut hidden_sizes) = (0, 0, 0);
    for (before, after) in all.articles.iter().zip(&some.articles) {
        let beliefs = [after.offset, after.spread];
        if by_article.get(&after.key).is_none_or(|&n| n < min_customers) {
            assert_eq!(beliefs, beliefs_from_brand(&some, after));
            hidden += 1;
        } else {
            assert_eq!(beliefs, [before.offset, before.spread]);
            assert_ne!(beliefs, beliefs_from_brand(&some, after));
            shown += 1;
        }
        for (before, size) in before.sizes.iter().zip(&after.sizes) {
            let label = &some.scales[usize::from(after.scale)].labels[usize::from(size.label)].text;
            if by_size.get(&(after.key, label.clone())).is_some_and(|&n| n < min_customers) {
                assert_eq!(size.popularity, 0.0);
                hidden_sizes += usize::from(before.popularity != 0.0);
            }
        }
    }
    assert!(hidden > 2 && shown > 2 && hidden_sizes > 2, "{hidden} {shown} {hidden_sizes}");
}

#[test]
fn a_brand_with_too_few_customers_has_its_groups_prior() {
    let rows = draw(5, 60, 12, 2);
    let model = public_model(&rows, 1_000_000);
    for brand in &model.brands {
        let group = &model.groups[usize::from(brand.group)];
        assert_eq!(brand.offset, Gaussian::new(0.0, group.offset_variance.brand));
        assert_eq!(brand.spread, Gaussian::new(0.0, group.spread_variance.brand));
    }
    assert!(model.articles.iter().all(|a| [a.offset, a.spread] == beliefs_from_brand(&model, a)));
    let all = public_model(&rows, 1);
    let length =
        |model: &Model| inseam::format::write(model).expect("a model that can be written").len();
    assert!(length(&model) < length(&all));
}

#[test]
fn private_values_do_not_depend_on_min_customers() {
    let rows = columns(&draw(5, 60, 12, 2));
    let private_values = |min_customers| {
        let settings = Settings { sweeps: 6, min_customers, ..Settings::default() };
        let trained = train(&rows, &settings, &mut |_| ()).expect("a usable history");
        (trained.customers, trained.events)
    };
    assert!(private_values(1) == private_values(50));
}

/// A history that is large enough to learn the articles' beliefs despite noise.
fn large_history() -> Vec<Row> {
    draw(9, 4000, 12, 2)
}

/// Mean and standard deviation of every article's offset and spread.
fn article_beliefs(model: &Model) -> Vec<(f64, f64)> {
    let beliefs =
        |a: &Article| [(a.offset.mean(), a.offset.sd()), (a.spread.mean(), a.spread.sd())];
    model.articles.iter().flat_map(beliefs).collect()
}

/// Root mean square of the differences of means.
fn rms_difference(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    let squares: f64 = a.iter().zip(b).map(|(a, b)| (a.0 - b.0) * (a.0 - b.0)).sum();
    (squares / a.len() as f64).sqrt()
}

/// The same, each difference in standard deviations of the belief in `a`.
fn rms_difference_in_sd(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    let squares: f64 =
        a.iter().zip(b).map(|(a, b)| ((a.0 - b.0) / a.1) * ((a.0 - b.0) / a.1)).sum();
    (squares / a.len() as f64).sqrt()
}

#[test]
fn smaller_epsilon_gives_larger_errors_and_wider_beliefs() {
    let rows = large_history();
    let plain = article_beliefs(&trained(&rows, Settings::default()).model);
    let spread = rms_difference(&plain, &vec![(0.0, 0.0); plain.len()]);
    let unlearned = rms_difference_in_sd(&article_beliefs(&public_model(&rows, 1_000_000)), &plain);
    let mut last = (0.0, 0.0);
    for epsilon in [50.0, 2.0, 0.1] {
        let released = article_beliefs(&noisy(&rows, epsilon, 1).model);
        let error = rms_difference(&released, &plain);
        let sd = released.iter().map(|(_, sd)| sd).sum::<f64>() / released.len() as f64;
        // The standard deviations allow for the noise: the errors in units of them are at most
        // about as large as those of beliefs that come from the group alone.
        assert!(
            rms_difference_in_sd(&released, &plain) < 1.25 * unlearned,
            "epsilon {epsilon}: {} {unlearned}",
            rms_difference_in_sd(&released, &plain)
        );
        assert!(
            error > last.0 && sd > last.1,
            "epsilon {epsilon}: error {error}, sd {sd}; before {last:?}"
        );
        last = (error, sd);
        if epsilon == 50.0 {
            assert!(
                error < 0.5 * spread,
                "error {error} with little noise; the beliefs spread {spread}"
            );
        }
    }
}

#[test]
fn with_noise_only_beliefs_about_articles_differ() {
    let rows = large_history();
    let (plain, with) = (trained(&rows, Settings::default()), noisy(&rows, 1.0, 1));
    assert_eq!(with.model.groups, plain.model.groups);
    assert_eq!(with.model.scales, plain.model.scales);
    assert_eq!(with.model.traits, plain.model.traits);
    assert!(with.customers == plain.customers && with.events == plain.events);
    assert_ne!(article_beliefs(&with.model), article_beliefs(&plain.model));
    // The same secret gives the same noise, another secret other noise.
    assert_eq!(noisy(&rows, 1.0, 1).model, with.model);
    assert_ne!(noisy(&rows, 1.0, 2).model.articles, with.model.articles);
}

#[test]
fn noise_does_not_depend_on_the_order_of_the_rows() {
    let mut rows = draw(9, 300, 12, 2);
    let first = noisy(&rows, 1.0, 1).model;
    tiny::Random::new(4).shuffle(&mut rows);
    assert_eq!(noisy(&rows, 1.0, 1).model, first);
}

#[test]
fn a_delta_above_one_over_the_number_of_customers_is_refused() {
    let rows = columns(&draw(9, 300, 12, 2));
    let privacy = Privacy { epsilon: 1.0, delta: 0.009, secret: [0; 16] };
    let settings = Settings { privacy: Some(privacy), ..Settings::default() };
    let refusal =
        train(&rows, &settings, &mut |_| ()).expect_err("more than one in 300").to_string();
    assert!(refusal.contains("delta is 0.009") && refusal.contains("at most 3."), "{refusal}");
}

/// Therefore the influence of one customer can be removed from the beliefs: by removing the
/// messages of their purchases.
#[test]
fn article_beliefs_are_the_product_of_prior_and_stored_messages() {
    let trained = trained(&draw(5, 300, 12, 2), Settings::default());
    let close = |a: f64, b: f64, what: &str| assert!((a - b).abs() < 1e-6, "{what}: {a} and {b}");
    let mut unusual = 0;
    for article in &trained.model.articles {
        let group = trained.model.group_of(article);
        let variances = trained.choice_variances[group];
        let events: Vec<&PurchaseRecord<u32>> =
            trained.events.iter().filter(|e| e.article == article.key).collect();
        let product = |prior: f64, message: &dyn Fn(&PurchaseRecord<u32>) -> Gaussian| {
            events.iter().fold(Gaussian::new(0.0, prior), |sum, event| sum.combine(message(event)))
        };
        let grade = product(trained.model.groups[group].grade_variance, &|e| e.messages.grade);
        close(article.grade.mean(), grade.mean(), "grade");
        close(article.grade.precision / grade.precision, 1.0, "precision of the grade");
        close(
            article.choice_offset,
            product(variances.choice_offset, &|e| e.messages.choice_offset).mean(),
            "choice offset",
        );
        for (i, size) in article.sizes.iter().enumerate() {
            let expected = product(variances.popularity, &|e| {
                let [precision, precision_mean] = e.popularity[i].map(f64::from);
                Gaussian { precision, precision_mean }
            });
            close(size.popularity, expected.mean(), "popularity");
            unusual += usize::from(size.popularity.abs() > 0.01);
        }
    }
    assert!(unusual > 20, "only {unusual} sizes have a popularity that differs from 0");
}

/// The bound holds for any number of purchases of one article, with any outcomes.
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
        let own = trained.events.iter().filter(|e| names[e.customer as usize] == "loyal");
        own.fold(Gaussian::FLAT, |sum, e| sum.combine(message(&e.messages)))
    };
    let group = &trained.model.groups
        [trained.model.group_of(trained.model.article(&first.article).expect("it"))];
    // The weight of two purchases, each with two outcome factors. A factor's precision is at most
    // the square of the latent's coefficient in it.
    let (offset, spread) = (loyal(&|m| m.offset).precision, loyal(&|m| m.spread).precision);
    let bound = 4.0 * group.outcome.slope * group.outcome.slope;
    assert!(offset > 0.0 && offset <= bound, "offset: {offset}");
    assert!(spread > 0.0 && spread <= 4.0, "spread: {spread}");
    // Likewise popularity: the information of one choice is at most a quarter.
    let popularity = |name: &str| {
        let own = trained.events.iter().filter(|e| names[e.customer as usize] == name);
        own.flat_map(|e| &e.popularity).map(|[precision, _]| precision).sum::<f32>()
    };
    let (loyal, twice) = (popularity("loyal"), popularity("twice"));
    assert!(loyal > 0.0 && loyal < 2.0 * twice, "{loyal} of 200, {twice} of two");
}
