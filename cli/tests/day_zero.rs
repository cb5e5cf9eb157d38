//! Advice for shoppers without a history, from height, weight and age: on simulated shops whose
//! customers have bodies, also where the shop never measured anybody.

mod simulated;

use inseam::body::{Dimension, Entered, SURVEY, Sex};
use inseam::infer::Posterior;
use inseam::model::{Features, MeasurementValue, Model};
use inseam::recommend::{Request, advise};
use simulated::truth::{TrueArticle, TrueCustomer, Truth};
use simulated::{Shop, number, simulated, trained};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

type Row = HashMap<String, String>;

/// What advice rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    /// Nothing: everybody gets the advice of the shop's mean customer.
    Nothing,
    /// Height alone.
    Height,
    /// Height, weight and age; the sex where the model asks for it.
    Body,
    /// The true girths, by the size chart of the article's brand: the size whose chart is nearest.
    Chart,
    /// The true girths: the size that they give on average is known exactly.
    Girths,
}

fn features(model: &Model, person: &Row, known: Known) -> Features {
    let value = |name: &str, column: &str| {
        let wanted = known == Known::Body || known == Known::Height && name == "height";
        if wanted {
            MeasurementValue::Number(number(person, column))
        } else {
            MeasurementValue::Missing
        }
    };
    let [height, weight, age] = [("height", "height_cm"), ("weight", "weight_kg"), ("age", "age")]
        .map(|(name, column)| value(name, column));
    let sex = MeasurementValue::Word(person["sex"].clone());
    Features::new(&model.measurements, &|name| {
        Some(match name.split('_').next()? {
            "height" => &height,
            "weight" => &weight,
            "age" => &age,
            "sex" if known == Known::Body => &sex,
            _ => return None,
        })
    })
}

/// The latent size of customers by their true girths: for each fit group the regression of the true
/// sizes on them, with the variance that it leaves.
struct ByGirths(HashMap<String, ([f64; 5], f64)>);

const GIRTHS: [&str; 4] = ["chest_cm", "waist_cm", "hip_cm", "foot_cm"];

impl ByGirths {
    fn learn(rows: &[&Row]) -> Self {
        let mut groups: HashMap<String, Vec<&Row>> = HashMap::new();
        for row in rows {
            groups.entry(row["group"].clone()).or_default().push(row);
        }
        let lines = groups.into_iter().map(|(group, rows)| {
            let features = |row: &Row| {
                let mut x = [1.0; 5];
                GIRTHS.iter().enumerate().for_each(|(i, name)| x[i + 1] = number(row, name));
                x
            };
            let mut normal = [[0.0; 6]; 5];
            for &row in &rows {
                let (x, y) = (features(row), number(row, "size"));
                for i in 0..5 {
                    (0..5).for_each(|j| normal[i][j] += x[i] * x[j]);
                    normal[i][5] += x[i] * y;
                }
            }
            let line = solved(normal);
            let error = |row: &Row| number(row, "size") - at(&line, row);
            let squares: f64 = rows.iter().map(|row| error(row) * error(row)).sum();
            (group, (line, squares / rows.len() as f64))
        });
        Self(lines.collect())
    }

    /// The prior of somebody with these girths, in a model whose customers have this mean true size
    /// in the fit group.
    fn prior(&self, model: &mut Model, row: &Row, mean: f64) -> Posterior {
        let (line, variance) = &self.0[&row["group"]];
        let g = model.groups.iter().position(|g| g.name == row["group"]).unwrap();
        let learned = model.groups[g].size.intercept;
        // The axis of the model may be shifted as a whole: its mean customer is the shop's.
        model.groups[g].size.intercept = learned + at(line, row) - mean;
        let all = model.covariance.clone();
        model.covariance = &all * (variance / all[(g, g)]);
        let posterior = Posterior::prior(model, &Features::default());
        model.groups[g].size.intercept = learned;
        model.covariance = all;
        posterior
    }
}

fn at(line: &[f64; 5], row: &Row) -> f64 {
    let girths = GIRTHS.iter().enumerate();
    line[0] + girths.map(|(i, name)| line[i + 1] * number(row, name)).sum::<f64>()
}

/// Gaussian elimination.
fn solved(mut rows: [[f64; 6]; 5]) -> [f64; 5] {
    for i in 0..5 {
        let pivot = (i..5).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs())).unwrap();
        rows.swap(i, pivot);
        for k in (0..5).filter(|k| *k != i) {
            let factor = rows[k][i] / rows[i][i];
            let pivot = rows[i];
            rows[k].iter_mut().zip(pivot).for_each(|(x, y)| *x -= factor * y);
        }
    }
    std::array::from_fn(|i| rows[i][5] / rows[i][i])
}

/// The brands' size charts: girths by brand, fit group, size system and size.
struct Charts(HashMap<[String; 4], [Option<f64>; 4]>);

impl Charts {
    fn read(shop: &Shop) -> Self {
        let rows = shop.rows("charts").into_iter().map(|row| {
            let key = ["brand", "group", "size_system", "size"].map(|name| row[name].clone());
            (key, ["chest", "waist", "hip", "foot"].map(|name| row[name].parse().ok()))
        });
        Self(rows.collect())
    }

    /// The chance that the size fits whose row has the least squared distance from the girths.
    fn fits(&self, truth: &Truth, row: &Row, person: &TrueCustomer, article: &TrueArticle) -> f64 {
        let distance = |label: &str| {
            let key = [&*article.brand, &article.group, &article.system, label].map(str::to_owned);
            let chart = &self.0[&key];
            let girths = chart.iter().zip(GIRTHS).filter_map(|(chart, name)| {
                let apart = (*chart)? - number(row, name);
                Some(apart * apart)
            });
            girths.sum::<f64>()
        };
        let nearest = article
            .sizes
            .iter()
            .min_by(|a, b| distance(&a.label).total_cmp(&distance(&b.label)))
            .expect("an article has sizes");
        truth.fits(person, article, &nearest.label).expect("a size of the article")
    }
}

/// Misfit rates of advice to shoppers without history.
struct Misfits(BTreeMap<(String, Known), f64>);

impl Misfits {
    /// The mean over fit groups: shoes, or all that is not shoes. Feet follow little from the rest
    /// of a body.
    fn rate(&self, known: Known, shoes: bool) -> f64 {
        let wanted = |(group, by): &(String, Known)| *by == known && (group == "footwear") == shoes;
        let rates: Vec<f64> =
            self.0.iter().filter(|(key, _)| wanted(key)).map(|(_, rate)| *rate).collect();
        rates.iter().sum::<f64>() / rates.len() as f64
    }

    fn clothes(&self, known: Known) -> f64 {
        self.rate(known, false)
    }
}

/// The misfit rates of advice to shoppers without history, by what is known of them.
fn misfits(shop: &Shop) -> Misfits {
    let truth = Truth::read(shop);
    let rows = shop.rows("truth_customers");
    let buys = |row: &Row| (row["sex"] == "male") == row["group"].starts_with("mens");
    let people: Vec<(&Row, &TrueCustomer)> =
        rows.iter().zip(&truth.customers).filter(|(row, _)| buys(row)).collect();
    let by_girths = ByGirths::learn(&people.iter().map(|(row, _)| *row).collect::<Vec<_>>());
    let mut means: HashMap<&str, (f64, f64)> = HashMap::new();
    for (row, _) in people.iter().filter(|(row, _)| shop.posterior(&row["customer_id"]).is_some()) {
        let mean = means.entry(&row["group"]).or_default();
        *mean = (mean.0 + number(row, "size"), mean.1 + 1.0);
    }
    let charts = Charts::read(shop);
    let mut model = shop.model.clone();
    let mut sums: BTreeMap<(String, Known), (f64, f64)> = BTreeMap::new();
    for (i, (row, customer)) in people.iter().enumerate() {
        let sold = |a: &TrueArticle| shop.model.article(&a.id).is_some();
        let Some(article) = truth.article_of_group(&row["group"], i, sold) else { continue };
        for known in ALL {
            let fits = if known == Known::Chart {
                charts.fits(&truth, row, customer, article)
            } else if known == Known::Girths {
                let (sum, n) = means[row["group"].as_str()];
                let posterior = by_girths.prior(&mut model, row, sum / n);
                advised(shop, &truth, customer, article, &posterior)
            } else {
                let body = features(&shop.model, row, known);
                advised(shop, &truth, customer, article, &Posterior::prior(&shop.model, &body))
            };
            let (sum, count) = sums.entry((row["group"].clone(), known)).or_default();
            *sum += 1.0 - fits;
            *count += 1.0;
        }
    }
    assert!(sums.values().all(|(_, count)| *count > 500.0), "few cases");
    Misfits(sums.into_iter().map(|(key, (sum, count))| (key, sum / count)).collect())
}

fn advised(
    shop: &Shop,
    truth: &Truth,
    customer: &TrueCustomer,
    article: &TrueArticle,
    posterior: &Posterior,
) -> f64 {
    let model = &shop.model;
    let listed = model.article(&article.id).unwrap();
    let advice = advise(&Request::new(model, posterior, listed));
    let best = advice.size.or_else(|| {
        let sizes = advice.sizes.iter().enumerate();
        sizes.max_by(|a, b| a.1.fits.total_cmp(&b.1.fits)).map(|(i, _)| i)
    });
    let size = &listed.sizes[best.expect("an article has sizes")];
    let label = &model.scales[usize::from(listed.scale)].labels[usize::from(size.label)].text;
    truth.fits(customer, article, label).expect("a size of the article")
}

/// Removes the measurements of a simulated shop's pipeline, and its charts if asked for.
fn unmeasured(folder: &Path, charts: bool) {
    let pipeline = folder.join("pipeline.toml");
    let text = std::fs::read_to_string(&pipeline).unwrap();
    let from = text.find("[history.measurements]").unwrap();
    let to = text.find("[catalogue]").unwrap();
    let mut text = format!("{}{}", &text[..from], &text[to..]);
    if !charts {
        let from = text.find("[charts]").unwrap();
        let to = text.find("[model]").unwrap();
        text = format!("{}{}", &text[..from], &text[to..]);
    }
    std::fs::write(&pipeline, text).unwrap();
}

const SHOP: [&str; 7] = ["--bodies", "--customers", "4000", "--articles", "300", "--seed", "21"];
const ALL: [Known; 5] = [Known::Nothing, Known::Height, Known::Body, Known::Chart, Known::Girths];

fn report(name: &str, folder: PathBuf) -> Misfits {
    let misfits = misfits(&trained(folder));
    println!("{name}: misfit rates by {ALL:?}");
    for (what, shoes) in [("clothes", false), ("footwear", true)] {
        println!("  {what}: {:.4?}", ALL.map(|known| misfits.rate(known, shoes)));
    }
    misfits
}

/// From height, weight and age, nearly as few misfits as from the true girths with the brands' own
/// size charts.
#[test]
fn a_shop_with_charts_that_never_measured_anybody() {
    let folder = simulated("day-zero-charts", &SHOP);
    unmeasured(&folder, true);
    let misfits = report("charts", folder);
    let by_body = misfits.clothes(Known::Body);
    assert!(by_body < misfits.clothes(Known::Chart) + 0.03);
    assert!(by_body < misfits.clothes(Known::Nothing) - 0.15);
    assert!(misfits.rate(Known::Body, true) < misfits.rate(Known::Nothing, true) - 0.07);
}

/// What a shop learns from thousands of measured customers is hardly more than it has on day zero.
#[test]
fn measured_customers_teach_little_more() {
    let (measured, unmeasured_folder) =
        (simulated("day-zero-measured", &SHOP), simulated("day-zero-standards", &SHOP));
    unmeasured(&unmeasured_folder, false);
    let learned = report("measured", measured).clothes(Known::Body);
    let standards = report("standards", unmeasured_folder).clothes(Known::Body);
    assert!((learned - standards).abs() < 0.015, "{learned} {standards}");
}

/// Customers a fifth heavier than the survey's soldiers: the shop's own history says so.
#[test]
fn history_wins_over_the_survey() {
    let folder = simulated("day-zero-heavy", &[&SHOP[..], &["--heavier", "1.2"]].concat());
    unmeasured(&folder, true);
    let misfits = report("heavier", folder);
    let by_body = misfits.clothes(Known::Body);
    assert!(by_body < misfits.clothes(Known::Chart) + 0.03);
    assert!(by_body < misfits.clothes(Known::Nothing) - 0.1);
}

/// Girths of the survey's bodies, drawn from the prior, are where the prior expects them.
#[test]
fn simulated_bodies_follow_the_prior() {
    let folder = simulated("day-zero-bodies", &SHOP);
    let text = std::fs::read_to_string(folder.join("truth_customers.csv")).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|h| *h == name).unwrap();
    let (mut inside, mut count) = (0.0, 0.0);
    for cells in lines.map(|line| line.split(',').collect::<Vec<_>>()) {
        let cell = |name: &str| cells[at(name)].parse::<f64>().unwrap();
        if cells[at("group")] != "dresses" {
            continue;
        }
        let sex = if cells[at("sex")] == "female" { Sex::Female } else { Sex::Male };
        let entered = Entered {
            height: Some(cell("height_cm")),
            weight: Some(cell("weight_kg")),
            age: Some(cell("age")),
            sex: Some(sex),
        };
        let expected = SURVEY.log_dimension(Dimension::Chest, &entered, 0.5);
        let error = libm::log(cell("chest_cm")) - expected.mean;
        inside += f64::from(error.abs() < 1.6449 * expected.variance.sqrt());
        count += 1.0;
    }
    let coverage = inside / count;
    assert!((0.88..0.92).contains(&coverage), "{coverage} of {count}");
}
