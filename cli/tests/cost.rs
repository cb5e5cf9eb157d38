//! Decisions by cost on a simulated shop, where what becomes of each is known: whatever things
//! cost, deciding costs no more than always naming one size.

mod simulated;

use inseam::model::Article;
use inseam::recommend::{Advice, Costs, Request, Status, advise};
use simulated::{Shop, number, shop};
use std::collections::HashMap;

type Row = HashMap<String, String>;

/// A customer, an article of the kind, and the true chance of a fit in each of its sizes.
struct Case {
    customer: String,
    article: String,
    fits: HashMap<String, f64>,
}

fn cases(shop: &Shop) -> Vec<Case> {
    let fits = shop.fits();
    let mut sizes: HashMap<String, Vec<Row>> = HashMap::new();
    for row in shop.rows("truth_sizes") {
        sizes.entry(row["article_id"].clone()).or_default().push(row);
    }
    let articles = shop.rows("truth_articles");
    let of_group = |group: &str, i: usize| {
        (0..50).map(|k| &articles[(i * 7919 + k * 104_729) % articles.len()]).find(|row| {
            let article = shop.model.article(&row["article_id"]);
            article.is_some_and(|a| shop.model.groups[shop.model.group_of(a)].name == group)
        })
    };
    let case = |(i, customer): (usize, &Row)| {
        let article = of_group(&customer["group"], i)?;
        let nuisance = number(customer, "fussiness") + number(article, "spread");
        let chance = |size: &Row| {
            let misfit =
                number(size, "position") + number(size, "deviation") + number(article, "offset")
                    - number(customer, "size");
            (size["size"].clone(), fits(misfit, nuisance))
        };
        let name = &article["article_id"];
        let fits = sizes[name].iter().map(chance).collect();
        Some(Case { customer: customer["customer_id"].clone(), article: name.clone(), fits })
    };
    shop.rows("truth_customers").iter().enumerate().filter_map(case).collect()
}

/// What a decision really costs, by the formulas of `recommend::cost` with the true chances.
/// Outcomes are drawn independently, so those of a pair are.
fn truly(advice: &Advice<'_>, case: &Case, status: Status, costs: &Costs) -> f64 {
    let misfit = |i: usize| 1.0 - case.fits.get(advice.sizes[i].label).copied().unwrap_or(0.0);
    let all = 1.0 + costs.lost_sale;
    let best = advice.size.unwrap();
    match status {
        Status::Both => costs.spare + misfit(best) * misfit(advice.alternative.unwrap()) * all,
        Status::Unsure => {
            let own: f64 =
                (0..advice.sizes.len()).map(|i| advice.sizes[i].chosen * misfit(i)).sum();
            costs.hesitant * costs.lost_sale + (1.0 - costs.hesitant) * own * all
        }
        Status::Advised | Status::Between => misfit(best) * all,
    }
}

/// Where the neighbour is believed to fit clearly better than the size they would take, it does.
#[test]
fn between_where_the_neighbour_fits_better() {
    let shop = shop("between", &["--customers", "3000", "--articles", "200", "--seed", "29"]);
    let (mut best, mut next, mut n, mut all) = (0.0, 0.0, 0.0, 0.0);
    for case in cases(&shop) {
        let Some(posterior) = shop.posterior(&case.customer) else { continue };
        let article = shop.model.article(&case.article).unwrap();
        let advice = advise(&Request::new(&shop.model, &posterior, article));
        all += 1.0;
        let (Some(size), Some(other)) = (advice.size, advice.alternative) else { continue };
        let fits = |i: usize| advice.sizes[i].fits;
        if advice.status != Status::Unsure {
            let better = |i: usize| i < advice.sizes.len() && fits(i) > fits(size) + 0.0501;
            let shown = better(size + 1) || size > 0 && better(size - 1);
            assert!(!shown || advice.status == Status::Between, "{advice:?}");
        }
        if advice.status == Status::Between && fits(other) > fits(size) + 0.05 {
            let truly = |i: usize| case.fits.get(advice.sizes[i].label).copied().unwrap_or(0.0);
            best += truly(size);
            next += truly(other);
            n += 1.0;
        }
    }
    println!(
        "{n} of {all} between as the neighbour fits better: it does {:.3}, the best {:.3}",
        next / n,
        best / n
    );
    assert!(n > 100.0 && next > best);
}

#[test]
fn deciding_by_cost_costs_no_more_than_always_naming_one_size() {
    let shop = shop("cost", &["--customers", "3000", "--articles", "200", "--seed", "23"]);
    let cases = cases(&shop);
    let article = |case: &Case| -> &Article { shop.model.article(&case.article).unwrap() };
    for (lost_sale, spare, hesitant) in
        [(0.0, 1.0, 0.0), (0.0, 1.0, 0.3), (2.0, 0.5, 0.1), (4.0, 0.5, 0.0), (10.0, 1.0, 0.05)]
    {
        let costs = Costs { lost_sale, spare, hesitant };
        let (mut decided, mut one, mut foreseen, mut pairs, mut none, mut n) =
            (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for case in &cases {
            let Some(posterior) = shop.posterior(&case.customer) else { continue };
            let request = Request::new(&shop.model, &posterior, article(case));
            let advice = advise(&Request { costs: Some(costs), ..request });
            let expected = advice.expected.unwrap();
            decided += truly(&advice, case, advice.status, &costs);
            one += truly(&advice, case, Status::Advised, &costs);
            foreseen += match advice.status {
                Status::Both => expected.both.unwrap(),
                Status::Unsure => expected.none,
                Status::Advised | Status::Between => expected.one,
            };
            pairs += f64::from(u8::from(advice.status == Status::Both));
            none += f64::from(u8::from(advice.status == Status::Unsure));
            n += 1.0;
        }
        let [decided, one, foreseen, pairs, none] =
            [decided, one, foreseen, pairs, none].map(|sum| sum / n);
        println!(
            "{costs:?}, {n} cases: one size {one:.4}, by cost {decided:.4} (foreseen {foreseen:.4}), pairs {pairs:.3}, none {none:.3}"
        );
        assert!(n > 3000.0);
        assert!(decided <= one + 1e-9, "{costs:?}: {decided} where one size costs {one}");
        if lost_sale >= 4.0 {
            assert!(pairs > 0.0 && decided < one, "{costs:?}: pairs are cheaper somewhere");
        }
        if spare >= 1.0 + lost_sale {
            assert!(
                pairs == 0.0,
                "{costs:?}: a spare as dear as all that can go wrong is never worth it"
            );
        }
    }
}
