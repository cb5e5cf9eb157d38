//! Simulated shops with a trained model, and comparisons of beliefs with the truth.

#![allow(dead_code)] // each test uses some of it

pub(crate) mod truth;

use inseam::format::{self, private};
use inseam::infer::Posterior;
use inseam::math::cdf;
use inseam::model::Model;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The central 90 % of a normal distribution reaches so many sd from its mean.
const NINETY: f64 = 1.644_853_6;

/// A simulated shop with a trained model.
pub(crate) struct Shop {
    pub(crate) folder: PathBuf,
    pub(crate) model: Model,
    customers: private::Customers,
    secret: [u8; 16],
}

/// Simulates a shop and trains on it.
pub(crate) fn shop(name: &str, options: &[&str]) -> Shop {
    let folder = simulated(name, options);
    trained(folder)
}

/// A folder with a simulated shop.
pub(crate) fn simulated(name: &str, options: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("recovery-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    let out = folder.to_str().unwrap();
    run(&[&["simulate", "--out", out, "--format", "csv"], options].concat());
    folder
}

/// Runs the program, which must succeed; returns what it prints.
pub(crate) fn run(arguments: &[&str]) -> String {
    let done =
        Command::new(env!("CARGO_BIN_EXE_inseam")).args(arguments).arg("--quiet").output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Trains on the shop in a folder.
pub(crate) fn trained(folder: PathBuf) -> Shop {
    run(&["train", folder.join("pipeline.toml").to_str().unwrap()]);
    let bytes = std::fs::read(folder.join("shop.inseam")).unwrap();
    let model = format::read(&bytes).unwrap();
    let customers = std::fs::read(folder.join("shop.customers")).unwrap();
    let customers =
        private::read_customers(&customers, format::head_checksum(&bytes).unwrap()).unwrap();
    let key = std::fs::read_to_string(folder.join("shop.key")).unwrap();
    let secret = std::array::from_fn(|i| u8::from_str_radix(&key[2 * i..2 * i + 2], 16).unwrap());
    Shop { folder, model, customers, secret }
}

impl Shop {
    /// Rows of one of its CSV tables, by column. The simulator quotes no cells.
    pub(crate) fn rows(&self, table: &str) -> Vec<HashMap<String, String>> {
        let text = std::fs::read_to_string(self.folder.join(format!("{table}.csv"))).unwrap();
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap().split(',').collect();
        lines
            .map(|l| {
                header
                    .iter()
                    .zip(l.split(','))
                    .map(|(h, cell)| ((*h).to_owned(), cell.to_owned()))
                    .collect()
            })
            .collect()
    }

    pub(crate) fn posterior(&self, customer: &str) -> Option<Posterior> {
        let belief = self.customers.get(&private::customer_key(&self.secret, customer))?;
        Some(Posterior::from_customer_belief(&self.model, belief))
    }

    /// The true probability to fit, as a function of the misfit in steps and of the sum of
    /// fussiness and spread.
    pub(crate) fn fits(&self) -> impl Fn(f64, f64) -> f64 + use<> {
        let [alpha, kappa_small, kappa_large] =
            ["alpha", "kappa_small", "kappa_large"].map(|p| self.parameter(p));
        move |misfit, nuisance| {
            let small = cdf(-kappa_small - alpha * misfit + nuisance);
            let large = cdf(-kappa_large + alpha * misfit + nuisance);
            let fits = (1.0 - small) * (1.0 - large);
            fits / (fits + small * (1.0 - large) + large * (1.0 - small))
        }
    }

    pub(crate) fn parameter(&self, name: &str) -> f64 {
        let text = std::fs::read_to_string(self.folder.join("truth_model.json")).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let found = json.pointer(&format!("/parameters/{name}")).or_else(|| json.get(name));
        found.and_then(serde_json::Value::as_f64).unwrap_or_else(|| panic!("{name} in {text}"))
    }
}

/// The number in a cell.
pub(crate) fn number(row: &HashMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// True values and beliefs about them, as (truth, mean, sd).
pub(crate) struct Tracked(pub(crate) Vec<(f64, f64, f64)>);

impl Tracked {
    pub(crate) fn correlation(&self) -> f64 {
        let n = self.0.len() as f64;
        let (a, b) = (
            self.0.iter().map(|t| t.0).sum::<f64>() / n,
            self.0.iter().map(|t| t.1).sum::<f64>() / n,
        );
        let sum =
            |f: &dyn Fn(f64, f64) -> f64| self.0.iter().map(|t| f(t.0 - a, t.1 - b)).sum::<f64>();
        sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
    }

    /// Share of the true values in the central 90 % interval of their belief.
    pub(crate) fn coverage(&self) -> f64 {
        self.0.iter().filter(|(truth, mean, sd)| (truth - mean).abs() < NINETY * sd).count() as f64
            / self.0.len() as f64
    }

    /// Removes the mean difference between truth and belief in each group: a common shift of all
    /// offsets and sizes of a fit group changes no purchase, so no history can identify it.
    pub(crate) fn centred(groups: HashMap<String, Vec<(f64, f64, f64)>>) -> Self {
        let centre = |mut group: Vec<(f64, f64, f64)>| {
            let shift =
                group.iter().map(|(truth, mean, _)| truth - mean).sum::<f64>() / group.len() as f64;
            group.iter_mut().for_each(|t| t.1 += shift);
            group
        };
        Self(groups.into_values().flat_map(centre).collect())
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub(crate) fn check(&self, what: &str, least_correlation: f64, least_coverage: f64) {
        let (correlation, coverage) = (self.correlation(), self.coverage());
        println!(
            "{what}: {} of them, correlation {correlation:.3}, 90 % intervals cover {coverage:.3}",
            self.0.len()
        );
        assert!(correlation > least_correlation, "{what}: correlation {correlation}");
        assert!(
            (least_coverage..=0.99).contains(&coverage),
            "{what}: 90 % intervals cover {coverage}"
        );
    }
}
