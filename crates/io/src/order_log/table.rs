//! The rows of an order log as a table, and back.

use super::head::Head;
use super::rows::LoggedRows;
use crate::failure::Failure;
use crate::hex::{bytes_of_hexadecimal, hexadecimal};
use crate::table::{Cells, Coder, Source, WantedColumns};
use crate::vocabulary::StandardColumn as S;
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, RecordBatch, StringArray, new_null_array,
};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use inseam::outcome::Outcome;
use inseam::size::{Label, System};
use inseam::train::{Coded, Columns, IdDigest, MeasurementColumn};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The columns of texts that every log has.
const REQUIRED: [&str; 5] = ["file", "customer", "article", "size", "outcome"];
/// The columns of texts that it may have.
const OPTIONAL: [(&str, S); 5] = [
    ("group", S::Group),
    ("category", S::Category),
    ("brand", S::Brand),
    (ORDER, S::OrderId),
    (LINE, S::LineId),
];
/// The columns of pseudonyms of orders and lines.
const ORDER: &str = "order";
const LINE: &str = "line";
/// The columns whose texts hardly any rows share.
const DISTINCT: [&str; 3] = ["customer", ORDER, LINE];
/// What the name of a measurement's column begins with.
const MEASUREMENT: &str = "measurement ";

/// The columns of a log with this head. Texts that many rows share are read once for all of them.
pub(super) fn schema(head: &Head) -> SchemaRef {
    let text = |name: &str| {
        let kind = if DISTINCT.contains(&name) { DataType::Utf8 } else { shared_text() };
        Field::new(name, kind, true)
    };
    let mut fields: Vec<Field> = REQUIRED.into_iter().map(text).collect();
    fields.extend(OPTIONAL.iter().filter(|(_, column)| head.has(*column)).map(|(n, _)| text(n)));
    if head.has(S::SizeSystem) {
        fields.push(text("system"));
    }
    if head.has(S::OrderedAt) {
        fields.push(Field::new("day", DataType::Date32, false));
    }
    fields.push(Field::new("quantity", DataType::Float64, false));
    fields.push(Field::new("stated", DataType::Boolean, false));
    for (name, &number) in &head.measurements {
        let kind = if number { DataType::Float64 } else { shared_text() };
        fields.push(Field::new(format!("{MEASUREMENT}{name}"), kind, true));
    }
    Arc::new(Schema::new(fields))
}

fn shared_text() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// Some rows as a table with these columns.
pub(super) fn to_table(
    schema: &SchemaRef,
    rows: &LoggedRows,
    selected: &[usize],
) -> Result<RecordBatch, Failure> {
    let arrays = schema.fields().iter().map(|field| array(field.name(), rows, selected));
    RecordBatch::try_new(Arc::clone(schema), arrays.collect())
        .map_err(|e| Failure::new(format!("the order log cannot be written: {e}")))
}

fn array(name: &str, rows: &LoggedRows, selected: &[usize]) -> ArrayRef {
    let columns = &rows.columns;
    let texts = |column: &Coded| shared(selected.iter().map(|&row| column.value(row)));
    let optional = |column: &Option<Coded>| match column {
        Some(column) => texts(column),
        None => new_null_array(&shared_text(), selected.len()),
    };
    match name {
        "file" => texts(&rows.file),
        "customer" => {
            let customer = |&row: &usize| columns.customer.value(row).map(String::as_str);
            Arc::new(selected.iter().map(customer).collect::<StringArray>())
        }
        "article" => texts(&columns.article),
        "size" => shared(selected.iter().map(|&row| columns.size.value(row).map(Label::as_str))),
        "outcome" => shared(selected.iter().map(|&row| Some(columns.outcome[row].name()))),
        "group" => optional(&columns.group),
        "category" => optional(&columns.category),
        "brand" => optional(&columns.brand),
        ORDER => pseudonyms(&columns.order, selected),
        LINE => pseudonyms(&columns.line, selected),
        "system" => {
            let system = |&row: &usize| {
                let system = columns.system.as_ref().and_then(|systems| systems.value(row))?;
                Some(system.code().to_string())
            };
            shared(selected.iter().map(system))
        }
        "day" => {
            let day = |&row: &usize| columns.day.as_ref().map_or(0, |days| days[row]);
            Arc::new(Date32Array::from_iter_values(selected.iter().map(day)))
        }
        "quantity" => {
            let quantity = |&row: &usize| rows.quantities[row];
            Arc::new(Float64Array::from_iter_values(selected.iter().map(quantity)))
        }
        "stated" => {
            let stated: Vec<bool> = selected.iter().map(|&row| rows.stated[row]).collect();
            Arc::new(BooleanArray::from(stated))
        }
        name => {
            let measured = name.strip_prefix(MEASUREMENT).unwrap_or_default();
            match columns.measurements.iter().find(|(name, _)| name == measured) {
                Some((_, MeasurementColumn::Word(words))) => texts(words),
                Some((_, MeasurementColumn::Number(numbers))) => {
                    let number = |&row: &usize| Some(numbers[row]).filter(|x| !x.is_nan());
                    Arc::new(selected.iter().map(number).collect::<Float64Array>())
                }
                None => new_null_array(&shared_text(), selected.len()),
            }
        }
    }
}

/// Texts that many rows share.
fn shared<T: AsRef<str>>(texts: impl Iterator<Item = Option<T>>) -> ArrayRef {
    let mut builder = StringDictionaryBuilder::<Int32Type>::new();
    texts.for_each(|text| builder.append_option(text));
    Arc::new(builder.finish())
}

/// Digests of ids in hexadecimal digits.
fn pseudonyms(ids: &Option<Vec<IdDigest>>, selected: &[usize]) -> ArrayRef {
    let digits = |&row: &usize| {
        let id = ids.as_ref()?[row];
        (id != IdDigest::MISSING).then(|| hexadecimal(&id.to_bytes()))
    };
    Arc::new(selected.iter().map(digits).collect::<StringArray>())
}

/// The columns of a log while its tables are read, by name.
struct ColumnsRead(BTreeMap<String, ColumnRead>);

/// One column of a log.
enum ColumnRead {
    Texts(Coder),
    Numbers(Vec<f64>),
    Days(Vec<i32>),
    Ids(Vec<IdDigest>),
}

impl ColumnRead {
    fn new(field: &Field) -> Self {
        match (field.name().as_str(), field.data_type()) {
            (ORDER | LINE, _) => Self::Ids(Vec::new()),
            (_, DataType::Float64) => Self::Numbers(Vec::new()),
            (_, DataType::Date32) => Self::Days(Vec::new()),
            _ => Self::Texts(Coder::default()),
        }
    }

    /// Adds the cells of the next batch; `None` if one of them cannot be read.
    fn push(&mut self, cells: &Cells<'_>) -> Option<()> {
        let mut rows = 0..cells.len();
        match self {
            Self::Texts(texts) => texts.push(cells),
            Self::Numbers(numbers) => rows.try_for_each(|row| {
                numbers.push(cells.number(row).ok()?.unwrap_or(f64::NAN));
                Some(())
            })?,
            Self::Days(days) => rows.try_for_each(|row| {
                days.push(cells.day(row).ok()??);
                Some(())
            })?,
            Self::Ids(ids) => rows.try_for_each(|row| {
                let id = cells.text(row).map(|text| bytes_of_hexadecimal(&text));
                ids.push(match id {
                    Some(bytes) => IdDigest::from_bytes(bytes?),
                    None => IdDigest::MISSING,
                });
                Some(())
            })?,
        }
        Some(())
    }
}

impl ColumnsRead {
    fn texts(&mut self, name: &str) -> Result<Coded, Failure> {
        match self.0.remove(name) {
            Some(ColumnRead::Texts(texts)) => Ok(texts.finish()),
            _ => Err(wrong(name)),
        }
    }

    fn numbers(&mut self, name: &str) -> Result<Vec<f64>, Failure> {
        match self.0.remove(name) {
            Some(ColumnRead::Numbers(numbers)) => Ok(numbers),
            _ => Err(wrong(name)),
        }
    }

    fn days(&mut self) -> Result<Vec<i32>, Failure> {
        match self.0.remove("day") {
            Some(ColumnRead::Days(days)) => Ok(days),
            _ => Err(wrong("day")),
        }
    }

    fn ids(&mut self, name: &str) -> Result<Vec<IdDigest>, Failure> {
        match self.0.remove(name) {
            Some(ColumnRead::Ids(ids)) => Ok(ids),
            _ => Err(wrong(name)),
        }
    }
}

/// The rows of tables with the columns of this head.
fn rows_of(head: &Head, mut read: ColumnsRead) -> Result<LoggedRows, Failure> {
    let outcomes = parsed(read.texts("outcome")?, "outcome", &Outcome::from_name)?;
    let rows = outcomes.codes.len();
    let outcome = |row| outcomes.value(row).copied().ok_or_else(|| wrong("outcome"));
    let system = |text: &str| System::from_code(text.parse().ok()?);
    let [group, category, brand] =
        [("group", S::Group), ("category", S::Category), ("brand", S::Brand)]
            .map(|(name, column)| head.has(column).then(|| read.texts(name)).transpose());
    let columns = Columns {
        customer: read.texts("customer")?,
        article: read.texts("article")?,
        size: parsed(read.texts("size")?, "size", &|text| Label::parse(text).ok())?,
        outcome: (0..rows).map(outcome).collect::<Result<_, _>>()?,
        group: group?,
        category: category?,
        brand: brand?,
        order: head.has(S::OrderId).then(|| read.ids(ORDER)).transpose()?,
        line: head.has(S::LineId).then(|| read.ids(LINE)).transpose()?,
        system: match head.has(S::SizeSystem) {
            true => Some(parsed(read.texts("system")?, "system", &system)?),
            false => None,
        },
        day: head.has(S::OrderedAt).then(|| read.days()).transpose()?,
        measurements: head
            .measurements
            .iter()
            .map(|(name, &number)| {
                let column = format!("{MEASUREMENT}{name}");
                let column = if number {
                    MeasurementColumn::Number(read.numbers(&column)?)
                } else {
                    MeasurementColumn::Word(read.texts(&column)?)
                };
                Ok((name.clone(), column))
            })
            .collect::<Result<_, Failure>>()?,
        ..Columns::default()
    };
    let stated = read.texts("stated")?;
    Ok(LoggedRows {
        quantities: read.numbers("quantity")?,
        stated: (0..rows).map(|row| stated.text(row) == "true").collect(),
        file: read.texts("file")?,
        columns,
    })
}

fn wrong(column: &str) -> Failure {
    Failure::new(format!("the order log has a row that cannot be read: {column}"))
}

fn parsed<T>(
    column: Coded,
    name: &str,
    parse: &dyn Fn(&str) -> Option<T>,
) -> Result<Coded<T>, Failure> {
    let values = column.values.iter().map(|text| parse(text).ok_or_else(|| wrong(name)));
    Ok(Coded { values: values.collect::<Result<_, _>>()?, codes: column.codes })
}

/// Reads tables with the columns of this head.
pub(super) fn read(head: &Head, paths: &[&Path]) -> Result<LoggedRows, Failure> {
    let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
    let schema = schema(head);
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let mut read: Vec<ColumnRead> = schema.fields().iter().map(|f| ColumnRead::new(f)).collect();
    for batch in Source::open(&paths)?.batches(WantedColumns::Named(&names)) {
        let batch = batch?;
        read.par_iter_mut().zip(&names).try_for_each(|(column, name)| {
            column.push(&batch.cells(name)?).ok_or_else(|| wrong(name))
        })?;
    }
    rows_of(head, ColumnsRead(names.into_iter().zip(read).collect()))
}
