//! The table of `inseam evaluate --cases`: one row for each purchase whose size was predicted.

use arrow_array::builder::{Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use inseam_eval::kept_size::{KeptSizeCase, Rank};
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

/// Opens the table. Its ending tells the format.
pub(crate) fn create(path: &Path) -> Result<Writer, Failure> {
    Writer::create(path, &schema())
}

/// Writes these cases, and puts the table in its place.
pub(crate) fn write(mut table: Writer, cases: &[KeptSizeCase]) -> Result<(), Failure> {
    let mut columns: Vec<ArrayRef> = Vec::new();
    for (_, text) in TEXTS {
        let mut column = StringBuilder::new();
        cases.iter().for_each(|case| column.append_option(text(case)));
        columns.push(Arc::new(column.finish()));
    }
    for (_, number) in NUMBERS {
        let mut column = Int64Builder::new();
        cases.iter().for_each(|case| column.append_option(number(case)));
        columns.push(Arc::new(column.finish()));
    }
    let rows = RecordBatch::try_new(Arc::new(schema()), columns)
        .map_err(|e| Failure::new(e.to_string()))?;
    table.write(&rows)?;
    table.finish()
}

fn schema() -> Schema {
    let texts = TEXTS.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, true));
    let numbers = NUMBERS.iter().map(|(name, _)| Field::new(*name, DataType::Int64, true));
    Schema::new(texts.chain(numbers).collect::<Vec<Field>>())
}
