//! Compares training's beliefs about a customer with the posterior that inference computes from the
//! same history and the trained model.

use super::tiny;
use inseam::infer::{Posterior, Purchase, posterior};
use inseam::model::{Features, MeasurementValue, article_key};
use inseam::train::{Settings, train};

/// They differ in three ways, all small if there are many customers: training removes a purchase's
/// own messages from its article before using it, shares the article's latents between purchases,
/// and stops before the messages have settled. The largest difference is for a customer with a
/// bimodal posterior, where the order of the purchases matters.
#[test]
fn beliefs_of_training_are_those_of_inference() {
    let rows = tiny::draw(11, 200, 10, 1);
    let columns = tiny::columns(&rows);
    let trained = train(&columns, &Settings::default(), &mut |_| ()).expect("a usable history");
    let model = &trained.model;
    let (mut worst_mean, mut worst_sd, mut squares) = (0.0_f64, 0.0_f64, 0.0);
    for (id, belief) in &trained.customers {
        let name = &columns.customer.values[*id as usize];
        let mine = rows.iter().find(|r| r.customer == *name).expect("a row");
        // The lines that training used, each with its outcome as reported: both name reasons by
        // what else was kept.
        let said = trained.events.iter().filter(|e| e.customer == *id);
        let lines: Vec<_> = said
            .map(|e| {
                let row = rows
                    .iter()
                    .find(|r| article_key(&r.article) == e.article)
                    .expect("its article");
                let scale = &model.scales
                    [usize::from(model.article(&row.article).expect("trained on").scale)];
                (row.article.clone(), scale.labels[usize::from(e.label)].text.clone(), e.outcome)
            })
            .collect();
        let history: Vec<Purchase<'_>> = lines
            .iter()
            .map(|(article, size, outcome)| Purchase {
                article: Some(article),
                size,
                outcome: *outcome,
                ..Purchase::default()
            })
            .collect();
        let weight = MeasurementValue::Number(mine.weight);
        let shape = MeasurementValue::Word(mine.shape.into());
        let body = Features::new(&model.measurements, &|name| {
            Some(if name == "weight" { &weight } else { &shape })
        });
        let found = posterior(model, &history, &body);
        let kept = Posterior::from_customer_belief(model, belief);
        assert_eq!((found.ignored(), found.purchases(0)), (0, kept.purchases(0)));
        let away = (found.size(0).mean() - kept.size(0).mean()).abs() / kept.size(0).sd();
        worst_mean = worst_mean.max(away);
        squares += away * away;
        worst_sd = worst_sd.max((found.size(0).sd() / kept.size(0).sd() - 1.0).abs());
    }
    let typical = (squares / trained.customers.len() as f64).sqrt();
    assert!(trained.customers.len() > 150);
    assert!(
        worst_mean < 0.55 && typical < 0.06 && worst_sd < 0.05,
        "{worst_mean} {typical} {worst_sd}"
    );
}
