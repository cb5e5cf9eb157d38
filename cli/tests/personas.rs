//! Accounts that two persons buy for, on simulated shops: they are found, their purchases told
//! apart, and their next purchase is foretold better than of one body; who buys for one alone is
//! left alone.

mod simulated;

use inseam::infer::{Personas, Posterior, Purchase, personas, posterior};
use inseam::model::{Features, MeasurementValue};
use inseam::outcome::Outcome;
use inseam::recommend::{Request, Shopper, advise};
use simulated::{Shop, number, shop};
use std::collections::{BTreeMap, HashMap};

type Row = HashMap<String, String>;

/// An account's purchases and the truth about them.
struct Account {
    rows: Vec<Row>,
    /// "owner", "other" or "gift", for each purchase.
    worn_by: Vec<String>,
    /// True size of everybody on it, by fit group.
    sizes: HashMap<String, Vec<f64>>,
}

fn accounts(shop: &Shop) -> Vec<Account> {
    let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
    for row in shop.rows("truth_customers") {
        let empty = || Account { rows: Vec::new(), worn_by: Vec::new(), sizes: HashMap::new() };
        let account = accounts.entry(row["customer_id"].clone()).or_insert_with(empty);
        account.sizes.entry(row["group"].clone()).or_default().push(number(&row, "size"));
    }
    for (row, worn) in shop.rows("history").into_iter().zip(shop.rows("truth_purchases")) {
        assert_eq!(row["article_id"], worn["article_id"]);
        let account = accounts.get_mut(&row["customer_id"]).unwrap();
        account.worn_by.push(worn["worn_by"].clone());
        account.rows.push(row);
    }
    accounts.into_values().collect()
}

impl Account {
    fn two_persons(&self) -> bool {
        self.sizes.values().any(|of_each| of_each.len() > 1)
    }

    /// Two persons who have bought this often, each, and are so many steps apart where they differ
    /// most, footwear left out.
    fn clear_family(&self, purchases: usize, apart: f64) -> bool {
        let of = |who: &str| self.worn_by.iter().filter(|w| *w == who).count();
        let clothes = self.sizes.iter().filter(|(group, _)| *group != "footwear");
        let steps = clothes
            .map(|(_, s)| if s.len() > 1 { (s[0] - s[1]).abs() } else { 0.0 })
            .fold(0.0, f64::max);
        of("owner").min(of("other")) >= purchases && steps >= apart
    }

    fn history(&self) -> Vec<Purchase<'_>> {
        fn of(row: &Row) -> Purchase<'_> {
            Purchase {
                article: Some(&row["article_id"]),
                size: &row["size"],
                outcome: Outcome::from_name(&row["outcome"]).unwrap(),
                ..Purchase::default()
            }
        }
        self.rows.iter().map(of).collect()
    }

    fn body(&self, shop: &Shop) -> Features {
        let value = |column: &str| {
            self.rows[0][column].parse().map_or(MeasurementValue::Missing, MeasurementValue::Number)
        };
        let values = HashMap::from(
            [("age", "age"), ("height", "height_cm"), ("weight", "weight_kg")]
                .map(|(n, c)| (n, value(c))),
        );
        Features::new(&shop.model.measurements, &|name| values.get(name))
    }
}

/// The persona to which most of the purchases of `who` are likeliest to belong, and the share of
/// them that are.
fn persona_of(account: &Account, found: &Personas, who: &str) -> (usize, f64) {
    let theirs: Vec<usize> =
        (0..account.rows.len()).filter(|&i| account.worn_by[i] == who).collect();
    let likeliest = |i: &usize| {
        let chances = found.chances(*i);
        (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).unwrap()
    };
    let count = |k: usize| theirs.iter().filter(|i| likeliest(i) == k).count();
    let most = (0..found.list().len()).max_by_key(|&k| count(k)).unwrap();
    (most, count(most) as f64 / theirs.len() as f64)
}

/// Log chance of the size taken last, from what came before: of one customer, and of whoever it may
/// be.
fn foretold(
    shop: &Shop,
    account: &Account,
    history: &[Purchase<'_>],
    body: &Features,
) -> Option<[f64; 2]> {
    let (last, before) = history.split_last()?;
    let article = shop.model.article(last.article?)?;
    let log_chance = |persons: &[(f64, &Posterior)]| {
        let request = Request::new(&shop.model, persons[0].1, article);
        let sizes = advise(&Request { shopper: Shopper::OneOf(persons), ..request }).sizes;
        sizes.iter().find(|s| s.label == last.size).map(|s| libm::log(s.chosen))
    };
    let (one, several) =
        (posterior(&shop.model, before, body), personas(&shop.model, before, body));
    let several: Vec<(f64, &Posterior)> =
        several.mixture().iter().map(|(weight, p)| (*weight, p)).collect();
    (account.worn_by.last()? != "gift").then_some(())?;
    Some([log_chance(&[(1.0, &one)])?, log_chance(&several)?])
}

fn mean(all: &[f64]) -> f64 {
    all.iter().sum::<f64>() / all.len() as f64
}

/// Mean log chances of one customer and of whoever it may be; how many.
fn compare(what: &str, all: &[[f64; 2]]) -> [f64; 2] {
    let means = [0, 1].map(|k| mean(&all.iter().map(|x| x[k]).collect::<Vec<_>>()));
    println!(
        "{what}: last of {} choices, mean log chance {:.4} of one body, {:.4} of several",
        all.len(),
        means[0],
        means[1]
    );
    means
}

#[test]
fn two_persons_on_one_account_are_told_apart() {
    let options = ["--customers", "8000", "--articles", "400", "--seed", "23", "--families", "0.3"];
    let shop = shop("families", &options);
    let (mut split_families, mut split_singles, mut singles, mut clear, mut clear_found) =
        (0, 0, 0, 0, 0);
    let (mut purity, mut errors, mut blurred) = (Vec::new(), Vec::new(), Vec::new());
    let (mut of_families, mut of_clear, mut of_singles) = (Vec::new(), Vec::new(), Vec::new());
    for account in accounts(&shop).iter().filter(|a| !a.rows.is_empty()) {
        let (history, body) = (account.history(), account.body(&shop));
        let found = personas(&shop.model, &history, &body);
        let (family, split) = (account.two_persons(), found.list().len() > 1);
        split_families += usize::from(family && split);
        split_singles += usize::from(!family && split);
        singles += usize::from(!family);
        let log_chances = foretold(&shop, account, &history, &body);
        if family {
            of_families.extend(log_chances)
        } else {
            of_singles.extend(log_chances)
        }
        if account.clear_family(4, 4.0) {
            of_clear.extend(log_chances);
            clear += 1;
            clear_found += usize::from(split);
        }
        if !(account.clear_family(4, 4.0) && split) {
            continue;
        }
        let one = posterior(&shop.model, &history, &body);
        for (person, who) in ["owner", "other"].into_iter().enumerate() {
            let (persona, share) = persona_of(account, &found, who);
            purity.push(share);
            for (group, sizes) in &account.sizes {
                let group = shop.model.group_index(group).unwrap();
                let persona = &found.list()[persona].posterior;
                if persona.purchases(group) >= 2 {
                    errors.push((persona.size(group).mean() - sizes[person]).abs());
                    blurred.push((one.size(group).mean() - sizes[person]).abs());
                }
            }
        }
    }
    let precision = split_families as f64 / (split_families + split_singles) as f64;
    let (recall, purity) = (clear_found as f64 / clear as f64, mean(&purity));
    let false_share = split_singles as f64 / singles as f64;
    println!(
        "accounts taken for several persons that are: {precision:.3}; accounts of one that are taken for more: {false_share:.4} of {singles}"
    );
    println!(
        "clear families found: {recall:.3} of {clear}; purchases with the right person: {purity:.3}"
    );
    let [error, blurred] = [mean(&errors), mean(&blurred)];
    println!(
        "sizes: {} of them, mean error {error:.3} steps, {blurred:.3} of one body",
        errors.len()
    );
    let all = compare("families", &of_families);
    let of_clear = compare("clear families", &of_clear);
    let single = compare("one person", &of_singles);
    assert!(clear > 50, "{clear}");
    assert!(precision > 0.85 && false_share < 0.01, "{precision} {false_share}");
    assert!(recall > 0.6 && purity > 0.85, "{recall} {purity}");
    assert!(error < 0.7 * blurred && error < 1.0, "{error} {blurred}");
    assert!(all[1] > all[0] + 0.02 && of_clear[1] > of_clear[0] + 0.2, "{all:?} {of_clear:?}");
    assert!(single[1] > single[0] - 0.003, "{single:?}");
}

#[test]
fn accounts_of_one_person_stay_whole_and_lose_nothing() {
    let shop = shop("singles", &["--customers", "6000", "--articles", "400", "--seed", "29"]);
    let (mut split, mut long_split, mut long, mut all) = (0, 0, 0, 0);
    let mut log_chances = Vec::new();
    for account in accounts(&shop).iter().filter(|a| !a.rows.is_empty()) {
        let (history, body) = (account.history(), account.body(&shop));
        let more = personas(&shop.model, &history, &body).list().len() > 1;
        (split, all) = (split + usize::from(more), all + 1);
        if history.len() >= 10 {
            (long_split, long) = (long_split + usize::from(more), long + 1);
        }
        log_chances.extend(foretold(&shop, account, &history, &body));
    }
    let [split, long_split] = [split as f64 / f64::from(all), long_split as f64 / f64::from(long)];
    println!("split: {split:.4} of {all} accounts, {long_split:.4} of {long} with ten purchases");
    let [one, several] = compare("one person", &log_chances);
    assert!(split < 0.015 && long_split < 0.05, "{split} {long_split}");
    assert!(several > one - 0.002, "{one} {several}");
}
