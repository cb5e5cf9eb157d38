//! What advice brings on simulated shops whose truth is known: how many misfits it leaves beside
//! the best that the same beliefs allow, and whether its probabilities are true at every distance
//! from the advised size.

mod simulated;

use inseam::infer::{Posterior, SizedGarment};
use inseam::math::{Gaussian, pdf};
use inseam::model::{Article, Model};
use inseam::recommend::{Reason, Request, Status, advise};
use simulated::{Shop, number, shop};
use std::collections::HashMap;

type Row = HashMap<String, String>;

/// Distances from the advised size, in sizes.
const DISTANCES: std::ops::RangeInclusive<i64> = -2..=2;

/// What a shop's advice leads to.
#[derive(Debug, Default)]
struct Results {
    cases: f64,
    /// True misfit rates of sizes, by the rule that names them.
    misfits: Vec<(&'static str, f64)>,
    /// By distance from the advised size: number of cases, mean predicted and mean true probability
    /// to fit.
    by_distance: [[f64; 3]; 5],
}

/// A customer, an article of one of their fit groups, and the true chances of its sizes.
struct Case<'s> {
    posterior: Posterior,
    article: &'s Article,
    /// By size of the article in the model; NaN for a size that the truth does not have.
    true_fits: Vec<f64>,
}

fn cases(shop: &Shop) -> Vec<Case<'_>> {
    let fits = shop.fits();
    let mut sizes: HashMap<String, Vec<Row>> = HashMap::new();
    for row in shop.rows("truth_sizes") {
        sizes.entry(row["article_id"].clone()).or_default().push(row);
    }
    let articles = shop.rows("truth_articles");
    let model = &shop.model;
    let article_of_group = |group: &str, i: usize| {
        (0..50).find_map(|k| {
            let row = &articles[(i * 7919 + k * 104_729) % articles.len()];
            let article = model.article(&row["article_id"])?;
            (model.groups[model.group_of(article)].name == group).then_some((row, article))
        })
    };
    let case = |(i, customer): (usize, &Row)| {
        let (row, article) = article_of_group(&customer["group"], i)?;
        let posterior = shop.posterior(&customer["customer_id"])?;
        let nuisance = number(customer, "fussiness") + number(row, "spread");
        let labels = &model.scales[usize::from(article.scale)].labels;
        let true_fits = article.sizes.iter().map(|size| {
            let label = &labels[usize::from(size.label)].text;
            let truth = sizes[&row["article_id"]].iter().find(|s| s["size"] == *label);
            truth.map_or(f64::NAN, |size| {
                let misfit =
                    number(size, "position") + number(size, "deviation") + number(row, "offset")
                        - number(customer, "size");
                fits(misfit, nuisance)
            })
        });
        Some(Case { true_fits: true_fits.collect(), posterior, article })
    };
    shop.rows("truth_customers").iter().enumerate().filter_map(case).collect()
}

/// The true response, integrated over the model's own beliefs: no rule that knows no more than the
/// model can do better than the size where this is largest.
fn integrated(model: &Model, case: &Case<'_>, fits: &dyn Fn(f64, f64) -> f64, i: usize) -> f64 {
    let group = model.group_of(case.article);
    let garment = SizedGarment::new(model, case.article, i);
    let size = case.posterior.size(group);
    let x = garment.position();
    let (offset, grade) = (case.article.offset, case.article.grade);
    let mean = garment.runs() + x - size.mean();
    let sd = (size.variance() + offset.variance() + x * x * grade.variance()).sqrt();
    let [fussiness, ..] = case.posterior.traits();
    let spread = case.article.spread;
    let (nuisance, nuisance_sd) =
        (fussiness.mean() + spread.mean(), (fussiness.variance() + spread.variance()).sqrt());
    let grid = || (-8..=8).map(|k| f64::from(k) * 0.5).map(|z| (z, pdf(z)));
    let (mut sum, mut all) = (0.0, 0.0);
    for (z, weight) in grid() {
        for (y, other) in grid() {
            sum += weight * other * fits(mean + z * sd, nuisance + y * nuisance_sd);
            all += weight * other;
        }
    }
    sum / all
}

fn best(values: impl Iterator<Item = f64>) -> usize {
    values.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(i, _)| i)
}

fn results(shop: &Shop) -> Results {
    let fits = shop.fits();
    let mut out = Results::default();
    let rules =
        ["choice", "choice x P^2", "choice x P^8", "advised", "likeliest", "possible", "best"];
    let mut misfits = [0.0; 7];
    for case in cases(shop) {
        if case.true_fits.iter().any(|p| p.is_nan()) {
            continue;
        }
        let advice = advise(&Request::new(&shop.model, &case.posterior, case.article));
        let Some(advised) = advice.size else { continue };
        let sizes = &advice.sizes;
        let score =
            |power: u8| best(sizes.iter().map(|s| (0..power).fold(s.chosen, |x, _| x * s.fits)));
        let named = [
            score(0),
            score(2),
            score(8),
            advised,
            best(sizes.iter().map(|s| s.fits)),
            best((0..sizes.len()).map(|i| integrated(&shop.model, &case, &fits, i))),
            best(case.true_fits.iter().copied()),
        ];
        out.cases += 1.0;
        for (sum, size) in misfits.iter_mut().zip(named) {
            *sum += 1.0 - case.true_fits[size];
        }
        for (sums, by) in out.by_distance.iter_mut().zip(DISTANCES) {
            let Some(i) = advised.checked_add_signed(by as isize).filter(|&i| i < sizes.len())
            else {
                continue;
            };
            for (sum, x) in sums.iter_mut().zip([1.0, sizes[i].fits, case.true_fits[i]]) {
                *sum += x;
            }
        }
    }
    out.misfits = rules.into_iter().zip(misfits.map(|sum| sum / out.cases)).collect();
    for sums in &mut out.by_distance {
        (sums[1], sums[2]) = (sums[1] / sums[0], sums[2] / sums[0]);
    }
    out
}

fn report(name: &str, options: &[&str]) -> Results {
    let shop = shop(name, options);
    let results = results(&shop);
    println!("{name} {options:?}: {} cases", results.cases);
    for group in &shop.model.groups {
        println!("  {} {:?} {:?} {:?}", group.name, group.outcome, group.choice, group.advice);
    }
    for (rule, misfit) in &results.misfits {
        println!("  {rule}: misfit {misfit:.4}");
    }
    for (sums, by) in results.by_distance.iter().zip(DISTANCES) {
        println!("  {by:+}: {} predicted {:.3} true {:.3}", sums[0], sums[1], sums[2]);
    }
    results
}

/// Options of a shop with 8,000 customers and 400 articles.
fn options<'o>(seed: &'o str, further: &[&'o str]) -> Vec<&'o str> {
    [&["--customers", "8000", "--articles", "400", "--seed", seed], further].concat()
}

impl Results {
    fn misfit(&self, rule: &str) -> f64 {
        self.misfits.iter().find(|(name, _)| *name == rule).expect("a rule").1
    }

    /// How much larger the misfit rate of the advised sizes is than that of the best sizes that the
    /// same beliefs allow.
    fn given_away(&self) -> f64 {
        self.misfit("advised") - self.misfit("possible")
    }

    /// The largest error of a mean probability, over all distances from the advised size.
    fn worst_probability(&self) -> f64 {
        self.by_distance.iter().map(|[_, said, truth]| (said - truth).abs()).fold(0.0, f64::max)
    }
}

/// Purchases for somebody else neither flatten the probabilities nor mislead the advice.
#[test]
fn advice_is_right_with_and_without_gifts() {
    for (gifts, most_wrong) in [("0", 0.02), ("0.1", 0.05)] {
        let results = report(&format!("gifts-{gifts}"), &options("12", &["--gifts", gifts]));
        assert!(results.cases > 3000.0);
        assert!(results.given_away() < 0.004, "{gifts}: {results:?}");
        assert!(results.worst_probability() < most_wrong, "{gifts}: {results:?}");
    }
}

#[test]
fn advice_gives_nothing_away_where_accounts_are_shared() {
    let results = report("shared", &options("13", &["--families", "0.3"]));
    assert!(results.given_away() < 0.004, "{results:?}");
}

#[test]
fn advice_gives_nothing_away_where_nobody_gives_reasons() {
    let results = report("no-reasons", &options("14", &["--reasons", "0"]));
    assert!(results.given_away() < 0.004, "{results:?}");
}

/// Customers know in part how an article will fit them, beyond what anybody else could know.
#[test]
fn advice_gives_nothing_away_where_customers_know_more() {
    let further = ["--personal-offset", "0.7", "--personal-awareness", "0.8"];
    let results = report("knowing", &options("15", &further));
    assert!(results.given_away() < 0.004, "{results:?}");
}

/// No size is shown as more likely to fit than the advised one, unless the advice names it too;
/// whatever is in stock.
#[test]
fn advice_agrees_with_the_probabilities_shown() {
    let shop = shop("consistent", &options("16", &[]));
    let (mut shown, mut between) = (0, 0);
    for (n, case) in cases(&shop).iter().enumerate() {
        for in_stock in [&(|_: &str| true) as &dyn Fn(&str) -> bool, &|label| {
            (label.len() + label.bytes().map(usize::from).sum::<usize>() + n) % 3 != 0
        }] {
            let request = Request::new(&shop.model, &case.posterior, case.article);
            let advice = advise(&Request { in_stock, ..request });
            let Some(advised) = advice.size.filter(|_| advice.status != Status::Unsure) else {
                continue;
            };
            let size = &advice.sizes[advised];
            assert!(size.supported, "{advice:?}");
            for (i, other) in advice.sizes.iter().enumerate() {
                if i == advised || !other.supported || !in_stock(other.label) {
                    continue;
                }
                shown += 1;
                if other.fits > size.fits && !case.posterior.refuses(case.article, other.position) {
                    assert_eq!(advice.status, Status::Between, "{advice:?}");
                    between += 1;
                }
            }
        }
    }
    println!("{shown} probabilities beside advised sizes, {between} of them higher");
    assert!(shown > 10_000 && between > 0);
}

/// The advice says that an article or a brand runs small or large only if the advised size would be
/// another one without that.
#[test]
fn reasons_move_the_advice() {
    let shop = shop("reasons", &options("17", &[]));
    let mut given = 0;
    for case in &cases(&shop) {
        let request = Request::new(&shop.model, &case.posterior, case.article);
        let advice = advise(&request);
        for reason in &advice.reasons {
            let Reason::ArticleRuns { steps } = *reason else { continue };
            let true_to_size = Article {
                offset: Gaussian::new(0.0, case.article.offset.variance()),
                ..case.article.clone()
            };
            let without = advise(&Request { article: &true_to_size, ..request });
            assert!(
                if steps > 0.0 { advice.size < without.size } else { advice.size > without.size },
                "{reason:?}: {advice:?} {without:?}"
            );
            given += 1;
        }
    }
    println!("{given} times the article runs small or large");
    assert!(given > 1000);
}
