//! One kept purchase, predicted without itself: where the kept size ranks among the article's
//! sizes, by the model and by the baselines.

use crate::history::{HistoryRows, Sales};
use crate::predict::features;
use inseam::infer::{Purchase, posterior};
use inseam::model::{Article, Model};
use inseam::recommend::{Advice, Request, advise};

/// Where the kept size ranks: 0 is first. `None` where it is not among the article's sizes.
pub type Rank = Option<usize>;

/// One kept purchase, predicted without itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptSizeCase {
    /// The shop's id of the customer.
    pub customer: String,
    /// The shop's id of the article.
    pub article: String,
    /// Canonical label of the size kept.
    pub size: String,
    /// Day of the purchase, counted from 1970-01-01; `None` in a history without dates.
    pub day: Option<i32>,
    /// The fold whose model predicts it, from 0.
    pub fold: u16,
    /// Number of earlier purchases that the prediction uses.
    pub earlier_purchases: usize,
    /// Number of sizes on offer.
    pub candidates: usize,
    /// The two sizes with the highest probabilities to be chosen, the likeliest first.
    pub choices: [Option<String>; 2],
    /// The advised size, then the next best.
    pub advised: [Option<String>; 2],
    /// Rank by the probability to be chosen.
    pub by_choice: Rank,
    /// 0 if it is the advised size, 1 if it is the next best, 2 if it is any other.
    pub by_advice: Rank,
    /// Rank by nearness to the customer's modal size.
    pub by_customer_mode: Rank,
    /// Rank by nearness to the size that the customer has kept most often of articles in the fit
    /// group that the model has found.
    pub by_group_mode: Rank,
    /// Rank by the article's sales.
    pub by_article_sales: Rank,
    /// Probability of the kept size by the choice model; `None` where it is not among the
    /// article's sizes.
    pub choice_probability: Option<f64>,
    /// Share of the kept size in the article's sales, half a sale being added to every size so that
    /// none has a share of 0.
    pub sales_share: Option<f64>,
    /// Probability of the likeliest choice.
    pub likeliest: Option<f64>,
}

/// Predicts the purchase in row `target` as if it had not happened: from the rows in `history`, the
/// measurements in its row, and a model and sales that do not include it.
pub(crate) fn predict_kept_size(
    rows: &HistoryRows<'_>,
    model: &Model,
    sales: &Sales<'_>,
    history: &[u32],
    target: u32,
) -> KeptSizeCase {
    let target = target as usize;
    let (columns, size) = (rows.columns, rows.size(target));
    let case = KeptSizeCase {
        customer: columns.customer.text(target).to_owned(),
        article: columns.article.text(target).to_owned(),
        size: size.to_owned(),
        day: columns.day.as_ref().map(|days| days[target]),
        earlier_purchases: history.len(),
        ..KeptSizeCase::default()
    };
    let Some(article) = model.article(columns.article.text(target)) else { return case };
    let purchases: Vec<Purchase<'_>> =
        history.iter().map(|&row| rows.purchase(row as usize)).collect();
    let posterior = posterior(model, &purchases, &features(model, &rows.measurements(target)));
    let advice = advise(&Request::new(model, &posterior, article));

    let sold_sizes = sales.get(&columns.article.codes[target]);
    let sold = |label: &str| sold_sizes.and_then(|sizes| sizes.get(label)).copied().unwrap_or(0);
    let sold: Vec<f64> = advice.sizes.iter().map(|s| f64::from(sold(s.label))).collect();
    let chosen: Vec<f64> = advice.sizes.iter().map(|s| s.chosen).collect();
    let label = |size: Option<usize>| size.map(|i| advice.sizes[i].label.to_owned());
    let place = |place: usize| (0..sold.len()).find(|&i| rank(&chosen, &sold, i) == place);
    let case = KeptSizeCase {
        candidates: sold.len(),
        likeliest: chosen.iter().copied().max_by(f64::total_cmp),
        choices: [0, 1].map(|i| label(place(i))),
        advised: [advice.size, advice.alternative].map(label),
        ..case
    };
    let Some(kept) = advice.sizes.iter().position(|s| s.label == size) else { return case };
    let nearness = nearness(&advice, rows.modal_size(history, target), &|_| None);
    let offered = |label: &str| advice.sizes.iter().any(|s| s.label == label);
    let mode = rows.modal_size_in_group(history, model, model.group_of(article), offered);
    let group_nearness =
        self::nearness(&advice, mode, &|label| position_on_scale(model, article, label));
    let advised = [advice.size, advice.alternative].iter().position(|&s| s == Some(kept));
    let total = sold.iter().sum::<f64>() + 0.5 * sold.len() as f64;
    KeptSizeCase {
        by_choice: Some(rank(&chosen, &sold, kept)),
        by_advice: Some(advised.unwrap_or(2)),
        by_customer_mode: Some(rank(&nearness, &sold, kept)),
        by_group_mode: Some(rank(&group_nearness, &sold, kept)),
        by_article_sales: Some(rank(&sold, &sold, kept)),
        choice_probability: Some(chosen[kept]),
        sales_share: Some((sold[kept] + 0.5) / total),
        ..case
    }
}

/// Index of the size on offer that is nearest to the `mode`, which the article may not be sold in:
/// the mode itself if it is; `None` if it cannot be compared.
pub(crate) fn nearest_size(
    advice: &Advice<'_>,
    model: &Model,
    article: &Article,
    mode: &str,
) -> Option<usize> {
    let position = |label: &str| position_on_scale(model, article, label);
    let nearness = nearness(advice, Some(mode), &position);
    let comparable = advice.sizes.len() == 1 || nearness.iter().any(|&x| x != 0.0);
    let nearest = (0..nearness.len()).rev().max_by(|&a, &b| nearness[a].total_cmp(&nearness[b]));
    nearest.filter(|_| comparable)
}

/// Position of a label on the scale of an article, whether or not the article is sold in it.
fn position_on_scale(model: &Model, article: &Article, label: &str) -> Option<f64> {
    let labels = &model.scales[usize::from(article.scale)].labels;
    labels.iter().find(|l| l.text == label).map(|l| l.position)
}

/// The negative distance of each size to the customer's modal size: between the numbers where all
/// labels are numbers, otherwise between positions. `position` is asked for a modal size that the
/// article is not sold in. All are 0 where the customer has no modal size, or one that cannot be
/// compared.
fn nearness(
    advice: &Advice<'_>,
    mode: Option<&str>,
    position: &dyn Fn(&str) -> Option<f64>,
) -> Vec<f64> {
    let number = |label: &str| label.parse::<f64>().ok();
    let all_numbers = advice.sizes.iter().all(|s| number(s.label).is_some());
    let (x, numbers) = match mode.and_then(number).filter(|_| all_numbers) {
        Some(x) => (Some(x), true),
        None => {
            let sold = advice.sizes.iter().find(|s| Some(s.label) == mode).map(|s| s.position);
            (sold.or_else(|| mode.and_then(position)), false)
        }
    };
    let value = |label: &str, position: f64| {
        if numbers { number(label).unwrap_or(position) } else { position }
    };
    let distance = |x: f64, label: &str, position: f64| (value(label, position) - x).abs();
    advice.sizes.iter().map(|s| x.map_or(0.0, |x| -distance(x, s.label, s.position))).collect()
}

/// Number of sizes that rank before `taken`: by score, then by sales, then by their order.
fn rank(scores: &[f64], sold: &[f64], taken: usize) -> usize {
    let before = |i: usize| {
        let by = scores[i].total_cmp(&scores[taken]).then(sold[i].total_cmp(&sold[taken]));
        by.is_gt() || (by.is_eq() && i < taken)
    };
    (0..scores.len()).filter(|&i| before(i)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::recommend::{SizeChance, Status};

    #[test]
    fn ranks_by_score_then_sales_then_order() {
        let (scores, sold) = ([0.2, 0.5, 0.2, 0.1, 0.1], [3.0, 0.0, 4.0, 1.0, 1.0]);
        let ranks: Vec<usize> = (0..5).map(|t| rank(&scores, &sold, t)).collect();
        assert_eq!(ranks, [2, 0, 1, 3, 4]);
    }

    #[test]
    fn nearness_is_between_numbers_or_on_the_scale() {
        let size = |label: &'static str, position: f64| SizeChance {
            label,
            position,
            chosen: 0.0,
            too_small: 0.0,
            fits: 0.0,
            too_large: 0.0,
            runs: 0.0,
            supported: true,
        };
        let advice = |sizes: Vec<SizeChance<'static>>| Advice {
            sizes,
            size: None,
            status: Status::Unsure,
            alternative: None,
            missed: None,
            expected: None,
            reasons: Vec::new(),
        };
        let numbers = advice(vec![size("8", -1.0), size("12", 0.5), size("14", 3.0)]);
        let nearness = |advice, mode| nearness(advice, mode, &|_| None);
        assert_eq!(nearness(&numbers, Some("10")), [-2.0, -2.0, -4.0]);
        assert_eq!(nearness(&numbers, Some("M")), [0.0; 3]);
        assert_eq!(nearness(&numbers, None), [0.0; 3]);
        let letters = advice(vec![size("S", -1.0), size("M", 0.5), size("L", 3.0)]);
        assert_eq!(nearness(&letters, Some("M")), [-1.5, 0.0, -2.5]);
        assert_eq!(nearness(&letters, Some("10")), [0.0; 3]);
        let elsewhere = |label: &str| (label == "XXL").then_some(5.0);
        assert_eq!(super::nearness(&letters, Some("XXL"), &elsewhere), [-6.0, -4.5, -2.0]);
        assert_eq!(super::nearness(&letters, Some("M"), &elsewhere), [-1.5, 0.0, -2.5]);
    }
}
