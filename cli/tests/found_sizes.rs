//! What training finds of a simulated shop's sizes in customer, article, size and outcome alone:
//! scales and fit groups compared with the truth, and the misfits that the advice leads to compared
//! with those of two other models. One has all columns: without them, training lacks the bodies and
//! the brands too. The other has those that only describe sizes: fit group, size system, and the
//! catalogue's lists of sizes.

mod simulated;

use inseam::model::Model;
use inseam::recommend::{Request, advise};
use inseam::size::Label;
use simulated::truth::{TrueArticle, TrueCustomer, Truth};
use simulated::{Shop, shop, trained};
use std::collections::HashMap;
use std::path::PathBuf;

/// A found scale is right for an article if no label is further than this from its true position,
/// in steps, apart from a common shift, which the offset of the article takes up.
const NEAR: f64 = 0.5;
/// The columns of a shop without help.
const BARE: [&str; 4] = ["customer_id", "article_id", "size", "outcome"];
/// Those of a shop that describes its sizes.
const DESCRIBED: [&str; 6] =
    ["customer_id", "article_id", "size", "outcome", "group", "size_system"];
const CATALOGUE_OF_SIZES: &str =
    "[catalogue]\npath = \"../catalogue.csv\"\n[catalogue.columns]\nbrand = \"\"\n";

/// Trains on these columns of a shop's history; `tables` are further tables of the pipeline.
fn trained_on(shop: &Shop, name: &str, columns: &[&str], tables: &str) -> Shop {
    let folder: PathBuf = shop.folder.join(name);
    std::fs::create_dir_all(&folder).unwrap();
    let mut text = columns.join(",") + "\n";
    for row in shop.rows("history") {
        let cells: Vec<&str> = columns.iter().map(|column| row[*column].as_str()).collect();
        text += &(cells.join(",") + "\n");
    }
    std::fs::write(folder.join("history.csv"), text).unwrap();
    let pipeline =
        format!("[history]\npath = \"history.csv\"\n{tables}[model]\nout = \"shop.inseam\"\n");
    std::fs::write(folder.join("pipeline.toml"), pipeline).unwrap();
    trained(folder)
}

/// Positions of an article's labels: found and true.
fn positions(model: &Model, truth: &TrueArticle) -> Option<Vec<(f64, f64)>> {
    let labels = &model.scales[usize::from(model.article(&truth.id)?.scale)].labels;
    let pairs = truth.sizes.iter().filter_map(|size| {
        let text = Label::parse(&size.label).unwrap();
        let found = labels.iter().find(|label| label.text == text.as_str())?;
        Some((found.position, size.position))
    });
    Some(pairs.collect())
}

/// Pairs of positions about their means: a shift of all labels is the article's offset.
fn centred(pairs: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let n = pairs.len() as f64;
    let found = pairs.iter().map(|p| p.0).sum::<f64>() / n;
    let truth = pairs.iter().map(|p| p.1).sum::<f64>() / n;
    pairs.iter().map(|p| (p.0 - found, p.1 - truth)).collect()
}

/// Shares of the sold articles whose scale is right, whose fit group is right among the shop's four
/// names, and whose fit group is right between clothes and shoes.
struct Found {
    groups: usize,
    scale: f64,
    named: f64,
    kind: f64,
}

impl Found {
    fn new(model: &Model, truth: &Truth) -> Self {
        let sold: Vec<&TrueArticle> =
            truth.articles.iter().filter(|a| model.article(&a.id).is_some()).collect();
        let group = |a: &TrueArticle| model.group_of(model.article(&a.id).unwrap());
        // A group's unit of size is arbitrary: the slope and the latent sizes take it up.
        let mut sums = vec![(0.0, 0.0); model.groups.len()];
        for article in &sold {
            for (found, position) in centred(&positions(model, article).unwrap()) {
                let sum = &mut sums[group(article)];
                *sum = (sum.0 + found * position, sum.1 + found * found);
            }
        }
        let right = |article: &&&TrueArticle| {
            let (product, square) = sums[group(article)];
            let pairs = centred(&positions(model, article).unwrap());
            pairs.iter().all(|(found, at)| (found * product / square - at).abs() <= NEAR)
        };
        let share = |n: usize| n as f64 / sold.len() as f64;
        Self {
            groups: model.groups.len(),
            scale: share(sold.iter().filter(right).count()),
            named: share(matched(sold.iter().map(|a| (a.group.as_str(), group(a))))),
            kind: share(matched(sold.iter().map(|a| (a.group == "footwear", group(a))))),
        }
    }
}

/// Number of articles in the found group that has most articles of their true group, if most
/// articles there are of that true group.
fn matched<T: Copy + Eq + std::hash::Hash + Ord>(
    articles: impl Iterator<Item = (T, usize)>,
) -> usize {
    let mut counts: HashMap<(T, usize), usize> = HashMap::new();
    articles.for_each(|pair| *counts.entry(pair).or_default() += 1);
    let largest = |pair: &(T, usize), n: usize| {
        let others = counts.iter().filter(|(p, _)| (p.0 == pair.0) != (p.1 == pair.1));
        others.into_iter().all(|(p, &m)| m < n || (m == n && p > pair))
    };
    counts.iter().filter(|(pair, n)| largest(pair, **n)).map(|(_, n)| n).sum()
}

/// The true probability to fit of the size that a model advises.
fn advised(
    shop: &Shop,
    truth: &Truth,
    customer: &TrueCustomer,
    target: &TrueArticle,
) -> Option<f64> {
    let posterior = shop.posterior(&customer.id)?;
    let article = shop.model.article(&target.id)?;
    let advice = advise(&Request::new(&shop.model, &posterior, article));
    let label = advice.sizes[advice.size?].label;
    let own = target.sizes.iter().find(|s| Label::parse(&s.label).unwrap().as_str() == label)?;
    truth.fits(customer, target, &own.label)
}

/// Misfit rates of the advice of models, of any customer who bought something on any article that
/// somebody bought; and of the best sizes.
fn misfits<const N: usize>(shops: [&Shop; N], truth: &Truth) -> ([f64; N], f64) {
    let (mut fits, mut best, mut n) = ([0.0; N], 0.0, 0.0);
    for (i, customer) in truth.customers.iter().enumerate() {
        let known = |a: &TrueArticle| shops.iter().all(|s| s.model.article(&a.id).is_some());
        let Some(target) = truth.article_of_group(&customer.group, i, known) else { continue };
        let found = shops.map(|shop| advised(shop, truth, customer, target));
        if found.iter().any(Option::is_none) {
            continue;
        }
        fits.iter_mut().zip(found).for_each(|(sum, p)| *sum += p.unwrap());
        best += truth.best(customer, target);
        n += 1.0;
    }
    assert!(n > 5_000.0, "{n} pieces of advice");
    (fits.map(|sum| 1.0 - sum / n), 1.0 - best / n)
}

/// What a model without help finds in a shop, and the misfits of advice.
struct Compared {
    found: Found,
    all: f64,
    described: f64,
    bare: f64,
}

fn compared(seed: u32, customers: u32) -> Compared {
    let (seed, customers) = (seed.to_string(), customers.to_string());
    let name = format!("found-sizes-{seed}-{customers}");
    let all = shop(&name, &["--customers", &customers, "--seed", &seed]);
    let described = trained_on(&all, "described", &DESCRIBED, CATALOGUE_OF_SIZES);
    let bare = trained_on(&all, "bare", &BARE, "");
    let truth = Truth::read(&all);
    let found = Found::new(&bare.model, &truth);
    let ([all, described, bare], best) = misfits([&all, &described, &bare], &truth);
    println!(
        "seed {seed}, {customers} customers: {} groups; scale right {:.3}, group right {:.3} of four names, {:.3} of clothes \
         and shoes; misfits with all columns {all:.4}, with those of sizes {described:.4}, with four {bare:.4}, best {best:.4}",
        found.groups, found.scale, found.named, found.kind
    );
    Compared { found, all, described, bare }
}

#[test]
fn finds_scales_and_groups_in_four_columns() {
    let Compared { found, all, described, bare } = compared(4, 5_000);
    assert!(found.scale > 0.9 && found.kind > 0.95, "{} {}", found.scale, found.kind);
    assert!(bare < described + 0.015 && bare < all + 0.04, "{all} {described} {bare}");
}

#[test]
#[ignore = "slow: cargo test --release -p inseam-cli --test found_sizes -- --ignored --nocapture"]
fn finds_scales_and_groups_in_many_shops() {
    for customers in [5_000, 20_000] {
        for seed in 1..=5 {
            compared(seed, customers);
        }
    }
}
