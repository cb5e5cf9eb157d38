//! The tables of a simulated shop: the history, the catalogue and the truth.

use crate::catalogue::Catalogue;
use crate::charts::ChartLine;
use crate::customers::Purchase;
use crate::truth::{Article, Customer, Group, Parameters};
use arrow_array::{ArrayRef, Date32Array, Float64Array, RecordBatch, StringArray};
use arrow_schema::{Field, Schema};
use inseam::body::{Dimension, Sex};
use inseam_io::atomic_file::AtomicFile;
use inseam_io::failure::Failure;
use inseam_io::table::Writer;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// Customers in order, with their purchases.
type DrawnCustomers = [(Customer, Vec<Purchase>)];

/// Makes the rows of a table for some customers, the first of whom has this number.
pub(crate) type MakeRows = fn(&Catalogue, u32, &DrawnCustomers) -> Result<RecordBatch, Failure>;

/// A table that is written in parts, some customers at a time.
pub(crate) struct CustomerTable<'a> {
    writer: Writer,
    catalogue: &'a Catalogue,
    make_rows: MakeRows,
}

impl<'a> CustomerTable<'a> {
    pub(crate) fn create(
        path: &Path,
        catalogue: &'a Catalogue,
        make_rows: MakeRows,
    ) -> Result<Self, Failure> {
        let schema = make_rows(catalogue, 0, &[])?.schema();
        Ok(Self { writer: Writer::create(path, &schema)?, catalogue, make_rows })
    }

    /// Writes the rows of these customers, the first of whom has this number; returns the number of
    /// rows.
    pub(crate) fn write(&mut self, first: u32, drawn: &DrawnCustomers) -> Result<u64, Failure> {
        let rows = (self.make_rows)(self.catalogue, first, drawn)?;
        self.writer.write(&rows)?;
        Ok(rows.num_rows() as u64)
    }

    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.writer.finish()
    }
}

/// Makes a batch of named columns.
fn batch(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch, Failure> {
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, column)| Field::new(*name, column.data_type().clone(), true))
        .collect();
    let arrays = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
        .map_err(|e| Failure::new(e.to_string()))
}

fn texts<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

fn numbers(values: impl IntoIterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(values.into_iter().collect::<Float64Array>())
}

fn customer_id(number: u32) -> String {
    format!("c{number:07}")
}

/// The purchase history, in the order of customers and days.
pub(crate) fn history_rows(
    catalogue: &Catalogue,
    first: u32,
    drawn: &DrawnCustomers,
) -> Result<RecordBatch, Failure> {
    let lines: Vec<(u32, &Customer, &Purchase)> = drawn
        .iter()
        .enumerate()
        .flat_map(|(i, (customer, bought))| {
            bought.iter().map(move |p| (first + i as u32, customer, p))
        })
        .collect();
    let article = |p: &Purchase| &catalogue.articles[p.article as usize];
    batch(vec![
        ("customer_id", texts(lines.iter().map(|(number, ..)| customer_id(*number)))),
        ("article_id", texts(lines.iter().map(|(.., p)| &article(p).id))),
        ("brand", texts(lines.iter().map(|(.., p)| &article(p).brand))),
        ("group", texts(lines.iter().map(|(.., p)| &catalogue.groups[article(p).group].name))),
        ("size_system", texts(lines.iter().map(|(.., p)| &article(p).system))),
        ("size", texts(lines.iter().map(|(.., p)| &article(p).sizes[usize::from(p.size)].label))),
        ("order_id", texts(lines.iter().map(|(number, _, p)| format!("o{number:07}-{}", p.order)))),
        ("ordered_at", Arc::new(Date32Array::from_iter_values(lines.iter().map(|(.., p)| p.day)))),
        ("outcome", texts(lines.iter().map(|(.., p)| p.outcome.name()))),
        ("height_cm", numbers(lines.iter().map(|(_, c, _)| c.height_cm))),
        ("weight_kg", numbers(lines.iter().map(|(_, c, _)| c.weight_kg))),
        ("age", numbers(lines.iter().map(|(_, c, _)| c.age))),
    ])
}

/// The truth of each purchase, row by row as in the history: who wears it, the wearer's latent size
/// in the article's fit group, their fussiness, and the personal offset.
pub(crate) fn wearer_rows(
    catalogue: &Catalogue,
    first: u32,
    drawn: &DrawnCustomers,
) -> Result<RecordBatch, Failure> {
    let lines: Vec<(u32, &Purchase)> = drawn
        .iter()
        .enumerate()
        .flat_map(|(i, (_, bought))| bought.iter().map(move |p| (first + i as u32, p)))
        .collect();
    batch(vec![
        ("customer_id", texts(lines.iter().map(|(number, _)| customer_id(*number)))),
        (
            "article_id",
            texts(lines.iter().map(|(_, p)| &catalogue.articles[p.article as usize].id)),
        ),
        ("worn_by", texts(lines.iter().map(|(_, p)| p.worn_by.name()))),
        ("wearer_size", numbers(lines.iter().map(|(_, p)| Some(p.wearer_size)))),
        ("wearer_fussiness", numbers(lines.iter().map(|(_, p)| Some(p.wearer_fussiness)))),
        ("personal_offset", numbers(lines.iter().map(|(_, p)| Some(p.personal_offset)))),
    ])
}

/// The true sizes of the customers: one row for each person and group. Where two persons buy on one
/// account, the owner comes first.
pub(crate) fn customer_rows(
    catalogue: &Catalogue,
    first: u32,
    drawn: &DrawnCustomers,
) -> Result<RecordBatch, Failure> {
    let persons = drawn.iter().enumerate().flat_map(|(i, (customer, _))| {
        let persons = std::iter::once(customer).chain(customer.other.as_deref());
        persons.map(move |person| (first + i as u32, person))
    });
    let lines: Vec<(u32, &Customer, usize)> = persons
        .flat_map(|(number, person)| (0..catalogue.groups.len()).map(move |g| (number, person, g)))
        .collect();
    let mut columns = vec![
        ("customer_id", texts(lines.iter().map(|(number, ..)| customer_id(*number)))),
        ("group", texts(lines.iter().map(|(.., g)| &catalogue.groups[*g].name))),
        ("size", numbers(lines.iter().map(|(_, c, g)| Some(c.sizes[*g])))),
        ("fussiness", numbers(lines.iter().map(|(_, c, _)| Some(c.fussiness)))),
        ("returning", numbers(lines.iter().map(|(_, c, _)| Some(c.returning)))),
    ];
    if catalogue.bodies {
        let dimension = |dimension| {
            let of_customer = |c: &Customer| c.body.as_ref().map(|body| body.dimension(dimension));
            numbers(lines.iter().map(|(_, c, _)| of_customer(c)))
        };
        let sex = |c: &Customer| match c.body.as_ref().map(|body| body.sex) {
            Some(Sex::Female) => "female",
            Some(Sex::Male) => "male",
            None => "",
        };
        columns.extend([
            ("sex", texts(lines.iter().map(|(_, c, _)| sex(c)))),
            ("height_cm", dimension(Dimension::Height)),
            ("weight_kg", dimension(Dimension::Weight)),
            ("age", dimension(Dimension::Age)),
            ("chest_cm", dimension(Dimension::Chest)),
            ("waist_cm", dimension(Dimension::Waist)),
            ("hip_cm", dimension(Dimension::Hip)),
            ("foot_cm", dimension(Dimension::Foot)),
        ]);
    }
    batch(columns)
}

/// Writes the size charts.
pub(crate) fn write_charts(
    folder: &Path,
    ending: &str,
    charts: &[ChartLine],
) -> Result<(), Failure> {
    let girth = |i: usize| numbers(charts.iter().map(|line| line.girths[i]));
    let rows = batch(vec![
        ("brand", texts(charts.iter().map(|line| &line.brand))),
        ("group", texts(charts.iter().map(|line| &line.group))),
        ("size_system", texts(charts.iter().map(|line| &line.system))),
        ("size", texts(charts.iter().map(|line| &line.size))),
        ("chest", girth(0)),
        ("waist", girth(1)),
        ("hip", girth(2)),
        ("foot", girth(3)),
    ])?;
    let mut writer = Writer::create(&folder.join(format!("charts.{ending}")), &rows.schema())?;
    writer.write(&rows)?;
    writer.finish()
}

/// Writes the catalogue, and the truth of its articles and their sizes.
pub(crate) fn write_articles(
    folder: &Path,
    ending: &str,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    let all = &catalogue.articles;
    let group = |a: &Article| catalogue.groups[a.group].name.clone();
    let table =
        batch(vec![
            ("article_id", texts(all.iter().map(|a| &a.id))),
            ("brand", texts(all.iter().map(|a| &a.brand))),
            ("group", texts(all.iter().map(group))),
            ("size_system", texts(all.iter().map(|a| &a.system))),
            (
                "sizes",
                texts(all.iter().map(|a| {
                    a.sizes.iter().map(|s| s.label.as_str()).collect::<Vec<_>>().join("|")
                })),
            ),
        ])?;
    let truth = batch(vec![
        ("article_id", texts(all.iter().map(|a| &a.id))),
        ("offset", numbers(all.iter().map(|a| Some(a.offset)))),
        ("spread", numbers(all.iter().map(|a| Some(a.spread)))),
        ("brand_offset", numbers(all.iter().map(|a| Some(a.brand_offset)))),
        ("returning", numbers(all.iter().map(|a| Some(a.returning)))),
    ])?;
    let lines: Vec<_> = all.iter().flat_map(|a| a.sizes.iter().map(move |s| (a, s))).collect();
    let sizes = batch(vec![
        ("article_id", texts(lines.iter().map(|(a, _)| &a.id))),
        ("size", texts(lines.iter().map(|(_, s)| &s.label))),
        ("position", numbers(lines.iter().map(|(_, s)| Some(s.position)))),
        ("deviation", numbers(lines.iter().map(|(_, s)| Some(s.deviation)))),
    ])?;
    for (name, rows) in [("catalogue", table), ("truth_articles", truth), ("truth_sizes", sizes)] {
        let mut writer = Writer::create(&folder.join(format!("{name}.{ending}")), &rows.schema())?;
        writer.write(&rows)?;
        writer.finish()?;
    }
    Ok(())
}

/// Writes every parameter of the truth, as JSON.
pub(crate) fn write_parameters(
    folder: &Path,
    catalogue: &Catalogue,
    parameters: &Parameters,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct TruthModel<'a> {
        parameters: &'a Parameters,
        groups: &'a [Group],
    }
    let truth = TruthModel { parameters, groups: &catalogue.groups };
    let mut json = serde_json::to_vec_pretty(&truth).map_err(|e| Failure::new(e.to_string()))?;
    json.push(b'\n');
    AtomicFile::write(&folder.join("truth_model.json"), &json)
}

/// Writes a pipeline file for `inseam train`.
pub(crate) fn write_pipeline(folder: &Path, ending: &str, charts: bool) -> Result<(), Failure> {
    let charts =
        if charts { format!("[charts]\npath = \"charts.{ending}\"\n\n") } else { String::new() };
    let text = format!(
        "# A simulated shop. Its columns have the default names, so they need no mapping.\n\
         [history]\n\
         path = \"history.{ending}\"\n\n\
         [history.measurements]\n\
         age = \"age\"\n\
         height = \"height_cm\"\n\
         weight = \"weight_kg\"\n\n\
         [catalogue]\n\
         path = \"catalogue.{ending}\"\n\n\
         {charts}\
         [model]\n\
         out = \"shop.inseam\"\n"
    );
    AtomicFile::write(&folder.join("pipeline.toml"), text.as_bytes())
}
