//! The figures of a report: what each rule would do if everybody followed it.

use super::choice::MeasuredChoice;
use super::rules::{RULES, Rule};
use super::success::{LeftOut, Success, SuccessSummary};
use crate::calibration::{Bin, bins};
use inseam::train::off_policy::{
    CLIP, Difference, Estimate, LoggedPurchase, NamedSize, RuleValue, difference, gain, rule_value,
    taken_value,
};
use rayon::prelude::*;
use serde::Serialize;

/// Number of bins of the propensities.
const TENTHS: usize = 10;

/// What advice does if it is followed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OffPolicyFigures {
    /// What is estimated: the share that would fit, or that would be kept.
    pub(crate) success: Success,
    /// Number of purchases, and of their customers.
    pub(crate) rows: usize,
    pub(crate) customers: usize,
    /// Purchases that are not used.
    pub(crate) left_out: LeftOut,
    /// Propensities below this count as this.
    clip: f64,
    /// The share of success in the sizes taken.
    pub(crate) taken: Estimate,
    /// Each rule, the advice first.
    pub(crate) rules: Vec<RuleFigures>,
    /// The propensity of the advised size, and how often it was taken.
    pub(crate) propensity: Vec<Bin>,
}

/// One rule.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RuleFigures {
    #[serde(serialize_with = "key")]
    pub(crate) rule: Rule,
    #[serde(flatten)]
    pub(crate) value: RuleValue,
    /// `snips`, allowing for what customers know of their own size.
    pub(crate) adjusted: Option<Estimate>,
    /// Where the truth may lie, if it is not known how much customers know of their own size.
    pub(crate) bounds: Bounds,
    /// The rule less the sizes taken.
    pub(crate) gain: Option<Difference>,
    /// The advice less the rule; `None` for the advice, and where they never differ.
    pub(crate) advice_lead: Option<Difference>,
}

/// The smallest and the largest value that the estimates of a rule allow for together.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Bounds {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Bounds {
    /// Contains the intervals of SNIPS, of the adjusted estimate, and one about the mean of the
    /// model's predictions that is as wide as that of SNIPS.
    ///
    /// SNIPS is too high where customers know more than the model; the predictions are wrong where
    /// the model is. In simulated shops the truth mostly lies between them.
    fn new(value: &RuleValue, adjusted: Option<Estimate>) -> Self {
        let snips = value.snips;
        let around = (snips.high - snips.low) / 2.0;
        let all = [Some(snips), adjusted].into_iter().flatten();
        let predicted = (value.predicted - around, value.predicted + around);
        all.map(|estimate| (estimate.low, estimate.high)).fold(
            Self { low: predicted.0, high: predicted.1 },
            |Self { low, high }, other| Self { low: low.min(other.0), high: high.max(other.1) },
        )
    }
}

fn key<S: serde::Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.key())
}

impl OffPolicyFigures {
    /// The figures of some choices; `None` where nobody took an advised size.
    pub(crate) fn new(summary: SuccessSummary, choices: &[&MeasuredChoice]) -> Option<Self> {
        let self_selected: Vec<LoggedPurchase> = choices.iter().map(|c| c.logged).collect();
        let plain = |logged: &LoggedPurchase| LoggedPurchase { selection: 1.0, ..*logged };
        let purchases: Vec<LoggedPurchase> = self_selected.iter().map(plain).collect();
        let named = |rule: usize| -> Vec<NamedSize> {
            choices.iter().map(|choice| choice.named[rule]).collect()
        };
        let advised = named(0);
        rule_value(&purchases, &advised)?;
        let figures = |(index, &rule): (usize, &Rule)| {
            let sizes = named(index);
            let value = rule_value(&purchases, &sizes)?;
            let adjusted = rule_value(&self_selected, &sizes).map(|value| value.snips);
            Some(RuleFigures {
                rule,
                value,
                adjusted,
                bounds: Bounds::new(&value, adjusted),
                gain: gain(&purchases, &sizes),
                advice_lead: difference(&purchases, &advised, &sizes),
            })
        };
        let mut customers: Vec<u32> = purchases.iter().map(|p| p.customer).collect();
        customers.sort_unstable();
        customers.dedup();
        let propensities: Vec<f64> = advised.iter().map(|named| named.propensity).collect();
        Some(Self {
            success: summary.success,
            rows: purchases.len(),
            customers: customers.len(),
            left_out: summary.left_out(purchases.len()),
            clip: CLIP,
            taken: taken_value(&purchases)?,
            rules: RULES.par_iter().enumerate().filter_map(figures).collect(),
            propensity: bins(
                &propensities,
                |row| purchases[row].taken == advised[row].size,
                TENTHS,
            ),
        })
    }

    /// The advice.
    pub(crate) fn advice(&self) -> Option<&RuleFigures> {
        self.rules.iter().find(|figures| figures.rule == Rule::Advised)
    }

    /// The best of the other rules: the one with the highest estimate among those that name other
    /// sizes.
    pub(crate) fn next_best(&self) -> Option<(&RuleFigures, &Difference)> {
        let others = self.rules.iter().filter(|figures| figures.rule != Rule::Advised);
        let compared = others.filter_map(|figures| Some((figures, figures.advice_lead.as_ref()?)));
        compared.max_by(|a, b| a.0.value.snips.value.total_cmp(&b.0.value.snips.value))
    }

    /// The mean propensity of the advised size, and the share that took it.
    pub(crate) fn mean_propensity(&self) -> [f64; 2] {
        let mean = |value: fn(&Bin) -> f64| {
            self.propensity.iter().map(|bin| bin.cases as f64 * value(bin)).sum::<f64>()
                / self.rows as f64
        };
        [mean(|bin| bin.predicted), mean(|bin| bin.observed)]
    }
}
