//! Accounts that two persons buy for, on simulated shops: inference finds them, assigns their
//! purchases to the right person, and predicts their next purchase better than for one person. It
//! rarely splits an account of one person.

mod simulated;

use inseam::infer::{Personas, Posterior, Purchase, personas, posterior};
use inseam::model::{Features, MeasurementValue};
use inseam::outcome::Outcome;
use inseam::recommend::{Request, Shopper, advise};
use simulated::{Shop, number, shop};
use std::collections::{BTreeMap, HashMap};

type Row = HashMap<String, String>;

/// The purchases of an account, and the truth about them.
struct Account {
    rows: Vec<Row>,
    /// "owner", "other" or "gift", for each purchase.
    worn_by: Vec<String>,
    /// True sizes of the persons who buy on it, by fit group.
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

    /// Whether two persons have at least so many purchases each, and their sizes differ by at least
    /// so many steps in some fit group other than footwear.
    fn clear_family(&self, purchases: usize, apart: f64) -> bool {
        let count = |who: &str| self.worn_by.iter().filter(|w| *w == who).count();
        let clothes = self.sizes.iter().filter(|(group, _)| *group != "footwear");
        let steps = clothes
            .map(|(_, s)| if s.len() > 1 { (s[0] - s[1]).abs() } else { 0.0 })
            .fold(0.0, f64::max);
        count("owner").min(count("other")) >= purchases && steps >= apart
    }

    fn history(&self) -> Vec<Purchase<'_>> {
        fn purchase(row: &Row) -> Purchase<'_> {
            Purchase {
                article: Some(&row["article_id"]),
                size: &row["size"],
                outcome: Outcome::from_name(&row["outcome"]).unwrap(),
                ..Purchase::default()
            }
        }
        self.rows.iter().map(purchase).collect()
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

/// The persona that most purchases worn by `who` most likely belong to, and the share of those
/// purchases.
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

/// Log probability of the last purchase's size, predicted from the earlier purchases: by one
/// posterior for the account, and by its personas.
fn last_choice(
    shop: &Shop,
    account: &Account,
    history: &[Purchase<'_>],
    body: &Features,
) -> Option<[f64; 2]> {
    let (last, before) = history.split_last()?;
    let article = shop.model.article(last.article?)?;
    let log_probability = |persons: &[(f64, &Posterior)]| {
        let request = Request::new(&shop.model, persons[0].1, article);
        let sizes = advise(&Request { shopper: Shopper::OneOf(persons), ..request }).sizes;
        sizes.iter().find(|s| s.label == last.size).map(|s| libm::log(s.chosen))
    };
    let (one, several) =
        (posterior(&shop.model, before, body), personas(&shop.model, before, body));
    let several: Vec<(f64, &Posterior)> =
        several.mixture().iter().map(|(weight, p)| (*weight, p)).collect();
    (account.worn_by.last()? != "gift").then_some(())?;
    Some([log_probability(&[(1.0, &one)])?, log_probability(&several)?])
}

fn mean(all: &[f64]) -> f64 {
    all.iter().sum::<f64>() / all.len() as f64
}

/// Prints and returns the mean log probabilities by one posterior and by personas.
fn compare(what: &str, all: &[[f64; 2]]) -> [f64; 2] {
    let means = [0, 1].map(|k| mean(&all.iter().map(|x| x[k]).collect::<Vec<_>>()));
    println!(
        "{what}: {} last choices, mean log probability {:.4} by one posterior, {:.4} by personas",
        all.len(),
        means[0],
        means[1]
    );
    means
}

/// What inference found in the accounts of a shop with families.
#[derive(Default)]
struct FamilyFindings {
    split_families: usize,
    split_singles: usize,
    singles: usize,
    clear: usize,
    split_clear: usize,
    /// Shares of purchases assigned to the right person.
    purity: Vec<f64>,
    /// Errors of latent sizes, steps: by personas, and by one posterior for the account.
    errors: Vec<f64>,
    errors_by_one: Vec<f64>,
    /// Log probabilities of last choices.
    families: Vec<[f64; 2]>,
    clear_families: Vec<[f64; 2]>,
    one_person: Vec<[f64; 2]>,
}

impl FamilyFindings {
    fn add(&mut self, shop: &Shop, account: &Account) {
        let (history, body) = (account.history(), account.body(shop));
        let found = personas(&shop.model, &history, &body);
        let (family, split) = (account.two_persons(), found.list().len() > 1);
        self.split_families += usize::from(family && split);
        self.split_singles += usize::from(!family && split);
        self.singles += usize::from(!family);
        let choice = last_choice(shop, account, &history, &body);
        let choices = if family { &mut self.families } else { &mut self.one_person };
        choices.extend(choice);
        if !account.clear_family(4, 4.0) {
            return;
        }
        self.clear_families.extend(choice);
        self.clear += 1;
        self.split_clear += usize::from(split);
        if split {
            self.add_persons(shop, account, &found, &posterior(&shop.model, &history, &body));
        }
    }

    /// Adds the two persons of a clear family that inference has split.
    fn add_persons(&mut self, shop: &Shop, account: &Account, found: &Personas, one: &Posterior) {
        for (person, who) in ["owner", "other"].into_iter().enumerate() {
            let (persona, share) = persona_of(account, found, who);
            self.purity.push(share);
            for (group, sizes) in &account.sizes {
                let group = shop.model.group_index(group).unwrap();
                let persona = &found.list()[persona].posterior;
                if persona.purchases(group) >= 2 {
                    self.errors.push((persona.size(group).mean() - sizes[person]).abs());
                    self.errors_by_one.push((one.size(group).mean() - sizes[person]).abs());
                }
            }
        }
    }
}

#[test]
fn two_persons_on_one_account_are_separated() {
    let options = ["--customers", "8000", "--articles", "400", "--seed", "23", "--families", "0.3"];
    let shop = shop("families", &options);
    let mut f = FamilyFindings::default();
    for account in accounts(&shop).iter().filter(|a| !a.rows.is_empty()) {
        f.add(&shop, account);
    }
    let precision = f.split_families as f64 / (f.split_families + f.split_singles) as f64;
    let (recall, purity) = (f.split_clear as f64 / f.clear as f64, mean(&f.purity));
    let false_share = f.split_singles as f64 / f.singles as f64;
    println!("share of split accounts that two persons use: {precision:.3}");
    println!("share of accounts of one person that are split: {false_share:.4} of {}", f.singles);
    println!("clear families that are split: {recall:.3} of {}", f.clear);
    println!("share of purchases with the right person: {purity:.3}");
    let [error, by_one] = [mean(&f.errors), mean(&f.errors_by_one)];
    println!("mean error of {} sizes: {error:.3}, by one posterior {by_one:.3}", f.errors.len());
    let all = compare("families", &f.families);
    let clear = compare("clear families", &f.clear_families);
    let single = compare("one person", &f.one_person);
    assert!(f.clear > 50, "{}", f.clear);
    assert!(precision > 0.85 && false_share < 0.01, "{precision} {false_share}");
    assert!(recall > 0.6 && purity > 0.85, "{recall} {purity}");
    assert!(error < 0.7 * by_one && error < 1.0, "{error} {by_one}");
    assert!(all[1] > all[0] + 0.02 && clear[1] > clear[0] + 0.2, "{all:?} {clear:?}");
    assert!(single[1] > single[0] - 0.003, "{single:?}");
}

#[test]
fn accounts_of_one_person_are_rarely_split_and_predicted_as_well() {
    let shop = shop("singles", &["--customers", "6000", "--articles", "400", "--seed", "29"]);
    let (mut split, mut long_split, mut long, mut all) = (0, 0, 0, 0);
    let mut log_probabilitys = Vec::new();
    for account in accounts(&shop).iter().filter(|a| !a.rows.is_empty()) {
        let (history, body) = (account.history(), account.body(&shop));
        let more = personas(&shop.model, &history, &body).list().len() > 1;
        (split, all) = (split + usize::from(more), all + 1);
        if history.len() >= 10 {
            (long_split, long) = (long_split + usize::from(more), long + 1);
        }
        log_probabilitys.extend(last_choice(&shop, account, &history, &body));
    }
    let [split, long_split] = [split as f64 / f64::from(all), long_split as f64 / f64::from(long)];
    println!("split: {split:.4} of {all} accounts, {long_split:.4} of {long} with ten purchases");
    let [one, several] = compare("one person", &log_probabilitys);
    assert!(split < 0.015 && long_split < 0.05, "{split} {long_split}");
    assert!(several > one - 0.002, "{one} {several}");
}
