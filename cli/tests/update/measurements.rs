//! A customer's measurements change, and nothing else.

use crate::kit::{Shop, output, shop};
use inseam::format::private::customer_key;
use inseam_io::stores::open;
use serde_json::Value;

/// The prior means of the latent size of every customer, by their keys in the private file, and
/// everything else about them.
fn customers(shop: &Shop) -> Vec<([u8; 16], Vec<f64>, String)> {
    let model = open(&shop.folder.join("shop.inseam")).unwrap();
    let entries = model.customers.unwrap();
    let entries = entries.entries().iter();
    entries.map(|e| (e.key, e.belief.prior.clone(), format!("{:?}", e.belief))).collect()
}

#[test]
fn another_height_changes_the_beliefs_about_that_customer_alone() {
    let shop = shop("height");
    shop.write("orders.csv", &shop.lines);
    shop.begin();
    let before = customers(&shop);
    let tall = |line: &&String| !shop.value(line, "height_cm").is_empty();
    let known = |line: &&String| tall(line) && shop.value(line, "outcome") == "kept";
    let id = shop.value(shop.lines.iter().find(known).unwrap(), "customer_id").to_owned();
    let own = shop.lines.iter().filter(|line| shop.value(line, "customer_id") == id);
    let height = |line: &String| {
        let height: f64 = shop.value(line, "height_cm").parse().unwrap();
        shop.with(line, "height_cm", &format!("{:.1}", height + 12.0))
    };
    shop.write("day-1.csv", &own.map(height).collect::<Vec<_>>());

    let found = output(&shop.folder, &["update", "pipeline.toml", "--json"]);
    let log = String::from_utf8(found.stderr).unwrap();
    assert!(found.status.success() && !log.contains("from nothing"), "{log}");
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["result"]["changed_customers"], 1);
    let after = customers(&shop);
    assert_eq!(before.len(), after.len());
    let secret = open(&shop.folder.join("shop.inseam")).unwrap().secret;
    let pairs = || before.iter().zip(&after);
    let changed: Vec<_> = pairs().filter(|(before, after)| before != after).collect();
    assert_eq!(changed.len(), 1, "the records of other customers have changed");
    let (before, after) = changed[0];
    assert_eq!(after.0, customer_key(&secret, &id));
    assert_ne!(before.1, after.1, "the prior means are the same");
}
