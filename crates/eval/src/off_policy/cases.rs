//! The choices as rows of a table, with the sizes that the rules name.

use super::choice::MeasuredChoice;
use super::rules::RULES;
use inseam::model::Model;
use inseam::train::Columns;

/// A choice of a size, and what the rules name instead.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleCase {
    /// The shop's id of the customer.
    pub customer: String,
    /// The shop's id of the article.
    pub article: String,
    /// Canonical label of the size taken.
    pub size: String,
    /// Day of the purchase, counted from 1970-01-01; `None` in a table without dates.
    pub day: Option<i32>,
    /// Whether it succeeded.
    pub success: bool,
    /// How many purchases it stands for.
    pub weight: f64,
    /// Probability that the customer takes the advised size of their own accord.
    pub advised_propensity: f64,
    /// Canonical label of the size of each rule, in the order of [`RULES`].
    pub named: [String; RULES.len()],
}

/// The choices in a table that `model` was measured on.
pub(crate) fn rule_cases<'c>(
    model: &Model,
    columns: &Columns,
    choices: impl Iterator<Item = &'c MeasuredChoice>,
) -> Vec<RuleCase> {
    let case = |choice: &MeasuredChoice| {
        let id = columns.article.text(choice.row);
        let article = model.article(id)?;
        let labels = &model.scales[usize::from(article.scale)].labels;
        let label =
            |size: u16| labels[usize::from(article.sizes[usize::from(size)].label)].text.clone();
        Some(RuleCase {
            customer: columns.customer.text(choice.row).to_owned(),
            article: id.to_owned(),
            size: label(choice.logged.taken),
            day: columns.day.as_ref().map(|days| days[choice.row]),
            success: choice.logged.success,
            weight: choice.logged.weight,
            advised_propensity: choice.named[0].propensity,
            named: choice.named.map(|named| label(named.size)),
        })
    };
    choices.filter_map(case).collect()
}
