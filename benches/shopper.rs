//! Times the update of a shopper on a product page: from a history of 20 purchases to the personas
//! behind it and their posteriors.
//!
//! Run `cargo bench -p inseam --no-default-features --bench shopper`. On a busy machine, count
//! instructions instead, with `perf stat -e instructions:u` or `valgrind --tool=callgrind`.

use inseam::infer::{Purchase, personas};
use inseam::model::Features;
use inseam::outcome::Outcome;
use std::time::Instant;

fn main() {
    let model = inseam::format::read(include_bytes!("../tests/golden/shop.inseam"))
        .expect("a usable model");
    let body = Features::new(&model.measurements, &|_| None);
    let outcomes =
        [Outcome::Kept, Outcome::Kept, Outcome::TooSmall, Outcome::Kept, Outcome::UnknownReason];
    let articles: Vec<String> = (0..6).map(|i| format!("dresses-{i}")).collect();
    for (name, labels) in
        [("one person", ["36", "36", "38", "36"]), ("two persons", ["34", "42", "34", "42"])]
    {
        let history: Vec<Purchase<'_>> = (0..20)
            .map(|i| Purchase {
                article: Some(&articles[i % articles.len()]),
                size: labels[i % labels.len()],
                outcome: outcomes[i % outcomes.len()],
                ..Purchase::default()
            })
            .collect();
        let mut times: Vec<f64> = (0..40)
            .map(|_| {
                let began = Instant::now();
                for _ in 0..10 {
                    std::hint::black_box(personas(&model, std::hint::black_box(&history), &body));
                }
                began.elapsed().as_secs_f64() * 1e5
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let account = personas(&model, &history, &body);
        println!(
            "{name}: {:.0} us, the median of {} batches; {} personas, {} purchases not placed, {} in the mixture",
            times[times.len() / 2],
            times.len(),
            account.list().len(),
            account.list()[0].posterior.ignored(),
            account.mixture().len(),
        );
    }
}
