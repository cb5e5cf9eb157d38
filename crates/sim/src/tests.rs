//! The drawn shop follows its truth.

use super::catalogue::Catalogue;
use super::customers::{Purchase, ShopSimulator};
use super::settings::ShopSettings;
use super::truth::{Customer, Parameters};
use inseam::outcome::Outcome;

fn parameters() -> Parameters {
    Parameters::new(&ShopSettings {
        customers: 3000,
        articles: 300,
        seed: 11,
        ..ShopSettings::default()
    })
}

#[test]
fn outcome_probabilities_are_the_two_factors_normalised() {
    let p = parameters();
    let [small, fits, large] = p.outcome_probabilities(0.5, 0.2, -0.1);
    let (s, l) = (inseam::math::cdf(-1.35 - 0.4 + 0.1), inseam::math::cdf(-1.5 + 0.4 + 0.1));
    assert!((small + fits + large - 1.0).abs() < 1e-12);
    assert!(
        (small / fits - s / (1.0 - s)).abs() < 1e-12
            && (large / fits - l / (1.0 - l)).abs() < 1e-12
    );
    // A garment that is far too large has the outcome too large.
    assert!(p.outcome_probabilities(12.0, 0.0, 0.0)[2] > 0.999);
}

#[test]
fn every_size_of_the_drawn_catalogue_is_in_the_public_tables_and_in_order() {
    let shop = Catalogue::draw(400, &parameters());
    assert_eq!(shop.articles.len(), 400);
    for article in &shop.articles {
        let system = inseam::size::System::parse(&article.system).unwrap();
        let axis = shop.groups[article.group].axis;
        assert!(article.sizes.len() >= 4, "{}", article.id);
        assert!(article.sizes.windows(2).all(|w| w[0].position <= w[1].position), "{}", article.id);
        for size in &article.sizes {
            assert_eq!(
                inseam::size::position(&size.label, system, axis),
                Some(size.position),
                "{}",
                size.label
            );
        }
    }
}

#[test]
fn purchases_follow_the_truth() {
    let p = parameters();
    let shop = Catalogue::draw(300, &p);
    let simulator = ShopSimulator::new(&shop, &p, 8.0);
    let drawn: Vec<_> = (0..3000).map(|number| simulator.customer(number)).collect();
    let lines: Vec<_> =
        drawn.iter().flat_map(|(c, bought)| bought.iter().map(move |b| (c, b))).collect();
    let mean = lines.len() as f64 / 3000.0;
    assert!((7.0..10.0).contains(&mean), "{mean} purchases a customer");

    // Customers buy near their size, and purchases returned as too small are smaller than those
    // returned as too large.
    let misfit = |(c, b): &(&Customer, &Purchase)| {
        let article = &shop.articles[b.article as usize];
        article.true_position(usize::from(b.size)) - c.sizes[article.group]
    };
    let average = |outcome: Outcome| {
        let these: Vec<f64> = lines.iter().filter(|l| l.1.outcome == outcome).map(misfit).collect();
        assert!(these.len() > 300, "{outcome}: {}", these.len());
        these.iter().sum::<f64>() / these.len() as f64
    };
    assert!(average(Outcome::TooSmall) < average(Outcome::Kept) - 0.5);
    assert!(average(Outcome::TooLarge) > average(Outcome::Kept) + 0.5);

    // Outcomes are as frequent as their true probabilities.
    let (mut expected, mut seen) = (0.0, 0.0);
    for line in lines.iter().filter(|l| l.1.outcome != Outcome::Pending) {
        let article = &shop.articles[line.1.article as usize];
        expected += p.outcome_probabilities(misfit(line), line.0.fussiness, article.spread)[0]
            * p.reasons
            * (1.0 - p.undirected);
        seen += f64::from(line.1.outcome == Outcome::TooSmall);
    }
    assert!((seen / expected - 1.0).abs() < 0.1, "{seen} too small, expected {expected}");

    // Purchases that fit come back as often as the settings ask for, and more often from customers
    // with a greater trait `returning`.
    let others: Vec<_> = lines.iter().filter(|l| l.1.outcome == Outcome::OtherReason).collect();
    let kept: Vec<_> = lines.iter().filter(|l| l.1.outcome == Outcome::Kept).collect();
    let rate =
        others.len() as f64 / p.reasons / (kept.len() as f64 + others.len() as f64 / p.reasons);
    assert!((rate - 0.12).abs() < 0.015, "{rate} of what fits came back");
    let mean = |these: &[&(&Customer, &Purchase)]| {
        these.iter().map(|l| l.0.returning).sum::<f64>() / these.len() as f64
    };
    assert!(mean(&others) > mean(&kept) + 0.2, "{} {}", mean(&others), mean(&kept));

    // Only the last two weeks are pending.
    let last = lines.iter().map(|l| l.1.day).max().unwrap();
    assert!(
        lines
            .iter()
            .all(|l| (l.1.outcome == Outcome::Pending) == (l.1.day > last - p.pending_days))
    );
    // Of the sizes of one article in one order, the customer keeps at most one.
    for (_, bought) in &drawn {
        for (i, a) in bought.iter().enumerate() {
            let same =
                |b: &&Purchase| b.order == a.order && b.article == a.article && b.size != a.size;
            for b in bought[i + 1..].iter().filter(same) {
                assert!(a.outcome != Outcome::Kept || b.outcome != Outcome::Kept);
            }
        }
    }
}

#[test]
fn measurements_are_correlated_with_sizes() {
    let p = parameters();
    let shop = Catalogue::draw(50, &p);
    let simulator = ShopSimulator::new(&shop, &p, 1.0);
    let pairs: Vec<(f64, f64)> = (0..4000)
        .map(|n| simulator.customer(n).0)
        .filter_map(|c| Some((c.weight_kg?, c.sizes[0])))
        .collect();
    assert!((2000..3500).contains(&pairs.len()), "{} of 4000 say their weight", pairs.len());
    let n = pairs.len() as f64;
    let (mx, my) =
        (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - mx, p.1 - my)).sum::<f64>();
    let correlation = sum(|x, y| x * y) / (sum(|x, _| x * x) * sum(|_, y| y * y)).sqrt();
    assert!(correlation > 0.8, "{correlation}");
}

#[test]
fn customers_allow_for_what_they_know_of_a_personal_offset() {
    // The regression of the position taken, less the wearer's size, on the personal offset.
    let slope = |personal_awareness: f64| {
        let settings =
            ShopSettings { personal_offset: 0.8, personal_awareness, ..ShopSettings::default() };
        let p = Parameters::new(&settings);
        let shop = Catalogue::draw(200, &p);
        let simulator = ShopSimulator::new(&shop, &p, 8.0);
        let lines = (0..1500).flat_map(|number| simulator.customer(number).1);
        let (mut products, mut squares) = (0.0, 0.0);
        for line in lines {
            let taken = shop.articles[line.article as usize].sizes[usize::from(line.size)].position;
            products += (taken - line.wearer_size) * line.personal_offset;
            squares += line.personal_offset * line.personal_offset;
        }
        products / squares
    };
    let (unknown, known) = (slope(0.0), slope(1.0));
    assert!(unknown.abs() < 0.06, "{unknown}");
    // Habits, brackets and the ends of size runs leave less than -1.
    assert!((-0.95..-0.6).contains(&known), "{known}");
}
