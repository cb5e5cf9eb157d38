//! On simulated shops the truth is known: what the model believes has to track it, with honest
//! widths, and its advice has to pay.

mod simulated;

use inseam::model::article_key;
use inseam::recommend::{Request, advise};
use simulated::{Shop, Tracked, number, shop};
use std::collections::HashMap;

#[test]
fn beliefs_track_the_truth_and_advice_pays() {
    let shop = shop("usual", &["--customers", "8000", "--articles", "400", "--seed", "11"]);
    let model = &shop.model;

    let mut sold: HashMap<u64, usize> = HashMap::new();
    let history = shop.rows("history");
    for row in &history {
        *sold.entry(article_key(&row["article_id"])).or_default() += 1;
    }
    let truths = shop.rows("truth_articles");
    let mut offsets: HashMap<String, Vec<_>> = HashMap::new();
    let mut brands: HashMap<String, HashMap<u32, (f64, f64, f64)>> = HashMap::new();
    for row in &truths {
        let Some(article) = model.article(&row["article_id"]) else { continue };
        let group = &model.groups[model.group_of(article)].name;
        let brand = model.brands[article.brand as usize].offset;
        let of_group = brands.entry(group.clone()).or_default();
        of_group.insert(article.brand, (number(row, "brand_offset"), brand.mean(), brand.sd()));
        if sold.get(&article.key).copied().unwrap_or(0) >= 20 {
            let belief = (number(row, "offset"), article.offset.mean(), article.offset.sd());
            offsets.entry(group.clone()).or_default().push(belief);
        }
    }
    let brands =
        brands.into_iter().map(|(group, of)| (group, of.into_values().collect())).collect();
    // 90 % is the aim. Offsets are believed a little too firmly: gifts and the habit of a size look
    // like misfits of the article.
    Tracked::centred(offsets).check("offsets of articles sold 20 times", 0.85, 0.72);
    Tracked::centred(brands).check("brand offsets", 0.85, 0.7);

    let sizes: Vec<HashMap<String, String>> = shop.rows("truth_customers");
    let mut known: HashMap<String, Vec<_>> = HashMap::new();
    let mut unknown: HashMap<String, Vec<_>> = HashMap::new();
    for row in &sizes {
        let (Some(group), Some(posterior)) =
            (model.group_index(&row["group"]), shop.posterior(&row["customer_id"]))
        else {
            continue;
        };
        let belief =
            (number(row, "size"), posterior.size(group).mean(), posterior.size(group).sd());
        let to = if posterior.purchases(group) > 0 { &mut known } else { &mut unknown };
        to.entry(row["group"].clone()).or_default().push(belief);
    }
    Tracked::centred(known).check("customers' sizes", 0.92, 0.82);
    Tracked::centred(unknown).check("customers' sizes where they never bought", 0.75, 0.85);

    advice_pays(&shop, &history, &truths, &sizes);
}

/// The true chance of a fit at the advised size, at the customer's modal size, and at the best size
/// there is.
fn advice_pays(
    shop: &Shop,
    history: &[HashMap<String, String>],
    truths: &[HashMap<String, String>],
    sizes: &[HashMap<String, String>],
) {
    let fits = shop.fits();
    // Kept sizes of a customer in a group and system: labels of other systems are not comparable.
    let mut kept: HashMap<(&str, &str, &str), HashMap<&str, u32>> = HashMap::new();
    let mut article_kept: HashMap<&str, HashMap<&str, u32>> = HashMap::new();
    for row in history.iter().filter(|r| r["outcome"] == "kept") {
        let scale =
            (row["customer_id"].as_str(), row["group"].as_str(), row["size_system"].as_str());
        *kept.entry(scale).or_default().entry(&row["size"]).or_default() += 1;
        *article_kept.entry(&row["article_id"]).or_default().entry(&row["size"]).or_default() += 1;
    }
    let mode = |counts: &HashMap<&str, u32>| {
        counts
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
            .map(|(size, _)| (*size).to_owned())
    };
    let mut labels: HashMap<String, Vec<(String, f64, f64)>> = HashMap::new();
    for row in shop.rows("truth_sizes") {
        let size = (row["size"].clone(), number(&row, "position"), number(&row, "deviation"));
        labels.entry(row["article_id"].clone()).or_default().push(size);
    }
    let system: HashMap<String, String> = shop
        .rows("catalogue")
        .into_iter()
        .map(|r| (r["article_id"].clone(), r["size_system"].clone()))
        .collect();

    let (mut advised, mut modal, mut oracle, mut n) = (0.0, 0.0, 0.0, 0.0);
    for (i, customer) in sizes.iter().enumerate() {
        let (id, group) = (customer["customer_id"].as_str(), customer["group"].as_str());
        // Any article, the same on every run, of the group.
        let Some((truth, article)) = (0..50).find_map(|k| {
            let row = &truths[(i * 7919 + k * 104_729) % truths.len()];
            let article = shop.model.article(&row["article_id"])?;
            (shop.model.groups[shop.model.group_of(article)].name == group)
                .then_some((row, article))
        }) else {
            continue;
        };
        let Some(posterior) = shop.posterior(id) else { continue };
        let name = &truth["article_id"];
        let Some(habit) = kept.get(&(id, group, system[name].as_str())).and_then(mode) else {
            continue;
        };
        let all = &labels[name];
        let chance = |label: &str| {
            all.iter().find(|(l, ..)| l == label).map(|(_, position, deviation)| {
                let misfit =
                    position + deviation + number(truth, "offset") - number(customer, "size");
                fits(misfit, number(customer, "fussiness") + number(truth, "spread"))
            })
        };
        let advice = advise(&Request::new(&shop.model, &posterior, article));
        let Some(p_advised) = chance(advice.sizes[advice.size.unwrap()].label) else { continue };
        let fallback =
            || article_kept.get(name.as_str()).and_then(mode).and_then(|size| chance(&size));
        let Some(p_modal) = chance(&habit).or_else(fallback) else { continue };
        advised += p_advised;
        modal += p_modal;
        oracle += all.iter().filter_map(|(l, ..)| chance(l)).fold(0.0, f64::max);
        n += 1.0;
    }
    let misfit = [advised, modal, oracle].map(|sum| 1.0 - sum / n);
    println!(
        "true misfit rate over {n} pairs: advised {:.4}, customer's modal size {:.4}, best possible {:.4}",
        misfit[0], misfit[1], misfit[2]
    );
    assert!(n > 3000.0);
    assert!(
        misfit[0] < misfit[1] - 0.03,
        "advice must save 3 misfits in a hundred against habit: {misfit:?}"
    );
    assert!(
        misfit[0] < misfit[2] + 0.05,
        "advice must come within 5 in a hundred of the best: {misfit:?}"
    );
}
