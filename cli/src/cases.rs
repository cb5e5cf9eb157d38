//! The tables of `inseam evaluate --cases`: one row for each purchase whose size was predicted, or
//! for each choice of a size with what rules name instead.

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{Field, Schema};
use inseam_eval::kept_size::{KeptSizeCase, Rank};
use inseam_eval::off_policy::{RULES, RuleCase};
use inseam_io::dates::iso_date;
use inseam_io::failure::Failure;
use inseam_io::table::Writer;
use std::path::Path;
use std::sync::Arc;

/// The name of a column, and its value for a case.
type Column<T> = (&'static str, fn(&KeptSizeCase) -> Option<T>);

/// Text columns, and how to compute them.
const TEXTS: [Column<String>; 8] = [
    ("customer_id", |c| Some(c.customer.clone())),
    ("article_id", |c| Some(c.article.clone())),
    ("size", |c| Some(c.size.clone())),
    ("ordered_at", |c| c.day.map(|day| iso_date(day.into()))),
    ("likeliest_choice", |c| c.choices[0].clone()),
    ("second_choice", |c| c.choices[1].clone()),
    ("advised_size", |c| c.advised[0].clone()),
    ("next_best_size", |c| c.advised[1].clone()),
];

/// Columns of whole numbers. A rank is 0 where the kept size is first, and empty where the article
/// is not known to be sold in it.
const NUMBERS: [Column<i64>; 8] = [
    ("fold", |c| Some(c.fold.into())),
    ("earlier_purchases", |c| number(Some(c.earlier_purchases))),
    ("sizes_on_offer", |c| number(Some(c.candidates))),
    ("choice_rank", |c| number(c.by_choice)),
    ("advised_rank", |c| number(c.by_advice)),
    ("customer_mode_rank", |c| number(c.by_customer_mode)),
    ("customer_group_mode_rank", |c| number(c.by_group_mode)),
    ("article_mode_rank", |c| number(c.by_article_sales)),
];

fn number(rank: Rank) -> Option<i64> {
    rank.and_then(|rank| i64::try_from(rank).ok())
}

/// Creates the table of purchases whose size is predicted. Its ending tells the format.
pub(crate) fn create(path: &Path) -> Result<Writer, Failure> {
    Writer::create(path, &kept_sizes(&[])?.schema())
}

/// Writes these cases, and puts the table in its place.
pub(crate) fn write(mut table: Writer, cases: &[KeptSizeCase]) -> Result<(), Failure> {
    table.write(&kept_sizes(cases)?)?;
    table.finish()
}

/// Creates the table of choices. Its ending tells the format.
pub(crate) fn create_choices(path: &Path) -> Result<Writer, Failure> {
    Writer::create(path, &choices(&[])?.schema())
}

/// Writes these choices, and puts the table in its place.
pub(crate) fn write_choices(mut table: Writer, cases: &[RuleCase]) -> Result<(), Failure> {
    table.write(&choices(cases)?)?;
    table.finish()
}

fn kept_sizes(cases: &[KeptSizeCase]) -> Result<RecordBatch, Failure> {
    let texts = TEXTS.iter().map(|&(name, text)| (name, texts(cases, text)));
    let numbers = NUMBERS.iter().map(|&(name, number)| {
        let column: ArrayRef = Arc::new(cases.iter().map(number).collect::<Int64Array>());
        (name, column)
    });
    batch(texts.chain(numbers).collect())
}

/// The sizes of the rules have the names of the rules.
fn choices(cases: &[RuleCase]) -> Result<RecordBatch, Failure> {
    let number = |value: fn(&RuleCase) -> f64| -> ArrayRef {
        Arc::new(cases.iter().map(|case| Some(value(case))).collect::<Float64Array>())
    };
    let mut columns = vec![
        ("customer_id", texts(cases, |c| Some(c.customer.clone()))),
        ("article_id", texts(cases, |c| Some(c.article.clone()))),
        ("size", texts(cases, |c| Some(c.size.clone()))),
        ("ordered_at", texts(cases, |c| c.day.map(|day| iso_date(day.into())))),
        ("success", number(|c| f64::from(c.success))),
        ("weight", number(|c| c.weight)),
        ("advised_propensity", number(|c| c.advised_propensity)),
    ];
    let rules = RULES.iter().enumerate();
    columns.extend(rules.map(|(i, rule)| (rule.key(), texts(cases, |c| Some(c.named[i].clone())))));
    batch(columns)
}

fn texts<T>(cases: &[T], text: impl Fn(&T) -> Option<String>) -> ArrayRef {
    Arc::new(cases.iter().map(text).collect::<StringArray>())
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, Failure> {
    let fields = columns.iter().map(|(name, c)| Field::new(*name, c.data_type().clone(), true));
    let schema = Schema::new(fields.collect::<Vec<Field>>());
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(schema), columns).map_err(|e| Failure::new(e.to_string()))
}
