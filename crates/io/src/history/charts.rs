//! Reads size charts: the bodies that brands make their sizes for.

use super::fill;
use super::report::{Finding, ReadingReport};
use crate::failure::Failure;
use crate::numbers::parse_number;
use crate::pipeline::{
    ChartsTable, Mapping, Pipeline, find_columns, find_header, translated_group,
};
use crate::table::{Batch, Cells, Source, WantedColumns, missing_column};
use crate::vocabulary::{StandardColumn, is_missing};
use inseam::body::Dimension;
use inseam::size::{Axis, Label, System, position};
use inseam::train::{ChartRow, Columns};
use std::collections::{BTreeMap, BTreeSet};

/// How much smaller than the next smaller size a girth may be, cm: charts round.
const ROUNDING: f64 = 0.6;

/// Reads the pipeline's charts; returns no rows if the pipeline has none.
pub(super) fn read(
    pipeline: &Pipeline,
    report: &mut ReadingReport,
) -> Result<Vec<ChartRow>, Failure> {
    let Some(charts) = &pipeline.charts else { return Ok(Vec::new()) };
    let source = Source::open_with(&pipeline.chart_paths()?, &charts.file_options())?;
    report.add_files(&source);
    let columns = find_columns(&charts.columns.by_standard_column(), &source)?;
    let mapping = Mapping { columns, ..Mapping::default() };
    mapping.require(StandardColumn::Size, &source, "charts")?;
    let mut girths = girth_columns(charts, &source)?;
    // "Taille" is a size or a waist.
    girths.retain(|(_, name)| !mapping.columns.values().any(|taken| taken == name));
    let names: BTreeSet<&String> =
        mapping.columns.values().chain(girths.iter().map(|(_, name)| name)).collect();
    let mut names: Vec<String> = names.into_iter().cloned().collect();
    fill::add_group(&mut names, charts.fill.as_ref(), &source)?;
    names.sort();
    names.dedup();
    source.require_in_every_file(&names)?;
    let batches = source.batches(WantedColumns::Named(&names));
    let batches: Vec<Batch> =
        batches.map(|batch| batch?.require_readable()).collect::<Result<_, _>>()?;
    let mut read: Vec<ChartRow> = Vec::new();
    for batch in fill::filled(batches, charts.fill.as_ref())? {
        let reader = RowReader::new(pipeline, charts, &mapping, &girths, &batch)?;
        for row in 0..batch.rows.num_rows() {
            let found = reader.row(row)?;
            reader.check_order(row, &found, &read)?;
            read.push(found);
        }
    }
    Ok(read)
}

/// How many rows of charts are for a brand, a fit group or a size that neither the purchases nor
/// the catalogue have.
pub(super) fn unmatched(columns: &Columns) -> Option<Finding> {
    let lower = |text: &str| text.trim().to_lowercase();
    let texts = |values: Vec<&str>| -> BTreeSet<String> { values.into_iter().map(lower).collect() };
    let catalogue = &columns.catalogue;
    let mut brands: Vec<&str> = catalogue.iter().map(|entry| entry.brand.as_str()).collect();
    brands.extend(columns.brand.iter().flat_map(|c| c.values.iter().map(String::as_str)));
    let mut groups: Vec<&str> = catalogue.iter().map(|entry| entry.group.as_str()).collect();
    groups.extend(columns.group.iter().flat_map(|c| c.values.iter().map(String::as_str)));
    let mut sizes: Vec<&str> =
        catalogue.iter().flat_map(|e| e.sizes.iter().map(Label::as_str)).collect();
    sizes.extend(columns.size.values.iter().map(Label::as_str));
    let (brands, groups, sizes) = (texts(brands), texts(groups), texts(sizes));
    let known = |list: &BTreeSet<String>, text: &str| {
        text.is_empty() || list.contains(&text.trim().to_lowercase())
    };
    let unknown = |row: &&ChartRow| {
        !known(&brands, &row.brand)
            || !known(&groups, &row.group)
            || !known(&sizes, row.size.as_str())
    };
    let rows = columns.charts.iter().filter(unknown).count() as u64;
    (rows > 0).then(|| Finding {
        what: "rows of the size charts are for a brand, a fit group or a size that no purchase and no article of the catalogue has"
            .to_owned(),
        rows,
        first: None,
    })
}

/// The columns of girths: those that the pipeline names, and the others by the usual headers.
fn girth_columns(
    charts: &ChartsTable,
    source: &Source,
) -> Result<Vec<(Dimension, String)>, Failure> {
    let mut found = Vec::new();
    for (dimension, name, headers) in charts.columns.by_dimension() {
        match name {
            Some("") => {}
            Some(name) if source.has(name) => found.push((dimension, name.to_owned())),
            Some(name) => return Err(missing_column(source.first_file(), name, source.columns())),
            None => found.extend(find_header(source, headers).map(|name| (dimension, name))),
        }
    }
    if found.is_empty() {
        return Err(Failure::new("has no column of girths")
            .in_file(source.first_file())
            .remedy("name one under [charts.columns]: chest, waist, hip, inseam, foot or height"));
    }
    Ok(found)
}

/// Reads the rows of one batch.
struct RowReader<'a> {
    pipeline: &'a Pipeline,
    charts: &'a ChartsTable,
    batch: &'a Batch,
    brand: Option<Cells<'a>>,
    group: Option<Cells<'a>>,
    system: Option<Cells<'a>>,
    size_column: &'a str,
    size: Cells<'a>,
    girths: Vec<(Dimension, &'a str, Cells<'a>)>,
}

impl<'a> RowReader<'a> {
    fn new(
        pipeline: &'a Pipeline,
        charts: &'a ChartsTable,
        mapping: &'a Mapping,
        girths: &'a [(Dimension, String)],
        batch: &'a Batch,
    ) -> Result<Self, Failure> {
        let column = |standard| mapping.get(standard).map(|name| batch.cells(name)).transpose();
        let size_column = mapping.get(StandardColumn::Size).unwrap_or_default();
        let girths = girths
            .iter()
            .map(|(dimension, name)| Ok((*dimension, name.as_str(), batch.cells(name)?)));
        Ok(Self {
            pipeline,
            charts,
            batch,
            brand: column(StandardColumn::Brand)?,
            group: column(StandardColumn::Group)?,
            system: column(StandardColumn::SizeSystem)?,
            size_column,
            size: batch.cells(size_column)?,
            girths: girths.collect::<Result<_, Failure>>()?,
        })
    }

    fn row(&self, row: usize) -> Result<ChartRow, Failure> {
        let text = |cells: &Option<Cells<'_>>| {
            let text = cells.as_ref().and_then(|cells| cells.text(row));
            text.filter(|text| !is_missing(text)).map_or(String::new(), |text| text.into_owned())
        };
        let size = self.size.text(row).unwrap_or_default().into_owned();
        let label = Label::parse(&size).map_err(|error| {
            let failure = self.batch.failure(row, error.to_string());
            failure.column(self.size_column).value(&size)
        })?;
        let group = Some(text(&self.group)).filter(|group| !group.is_empty());
        let group = translated_group(&self.pipeline.history.groups, group.as_deref());
        let mut girths = BTreeMap::new();
        for (dimension, name, cells) in &self.girths {
            let written = cells.text(row).unwrap_or_default();
            if !is_missing(&written) {
                let girth = self.girth(*dimension, &written).map_err(|problem| {
                    let failure = self.batch.failure(row, problem).column(*name).value(&written);
                    failure.remedy(
                        "a girth is one number, or two with a dash between them, like 88 or 88-92; for inches set unit = \"in\" under [charts]",
                    )
                })?;
                girths.insert(*dimension, girth);
            }
        }
        if girths.is_empty() {
            let failure = self.batch.failure(row, "has no girth").column(self.size_column);
            return Err(failure.value(&size).remedy("remove the row, or give one of its girths"));
        }
        let system = match text(&self.system) {
            name if name.is_empty() => System::Unspecified,
            name => System::parse(&name)
                .ok_or_else(|| self.batch.failure(row, "is not a size system").value(&name))?,
        };
        let brand = text(&self.brand);
        Ok(ChartRow { brand, group: group.unwrap_or_default(), system, size: label, girths })
    }

    /// A girth in cm, the middle of a range.
    fn girth(&self, dimension: Dimension, written: &str) -> Result<f64, String> {
        let unit = self.charts.unit.cm();
        let cm = middle(written).ok_or("is not a girth")? * unit;
        let [least, most] = possible(dimension);
        if (least..=most).contains(&cm) {
            Ok(cm)
        } else {
            Err(format!("is {cm:.0} cm, and a body has from {least} to {most} there"))
        }
    }

    /// Fails where a larger size of the same brand and fit group is made for a smaller body, and
    /// where one size has two rows that differ.
    fn check_order(&self, row: usize, new: &ChartRow, read: &[ChartRow]) -> Result<(), Failure> {
        let axis = Axis::guess(&new.group);
        let place = |size: &Label| {
            let system = Some(new.system).filter(|s| *s != System::Unspecified);
            let placed = position(size.as_str(), system.unwrap_or(System::Eu), axis);
            placed.or_else(|| size.as_str().parse::<f64>().ok())
        };
        let same = |old: &&ChartRow| {
            old.brand == new.brand && old.group == new.group && old.system == new.system
        };
        for old in read.iter().filter(same) {
            let order = match (place(&new.size), place(&old.size)) {
                _ if new.size == old.size => 0.0,
                (Some(new), Some(old)) if new != old => new - old,
                _ => continue,
            };
            for (dimension, name, _) in &self.girths {
                let (Some(girth), Some(other)) =
                    (new.girths.get(dimension), old.girths.get(dimension))
                else {
                    continue;
                };
                let grown = girth - other;
                let contradicts = if order == 0.0 {
                    grown.abs() > ROUNDING && *dimension != Dimension::Inseam
                } else {
                    grown * order.signum() < -ROUNDING && *dimension != Dimension::Inseam
                };
                if contradicts {
                    let unit = self.charts.unit.cm();
                    let failure = self.batch.failure(
                        row,
                        format!(
                            "contradicts the order of the sizes: {} has {} and {} has {}",
                            new.size.as_str(),
                            shown(girth / unit),
                            old.size.as_str(),
                            shown(other / unit)
                        ),
                    );
                    let failure = failure.column(*name).value(&shown(girth / unit));
                    return Err(failure.remedy("correct the chart: girths rise with the size"));
                }
            }
        }
        Ok(())
    }
}

fn shown(number: f64) -> String {
    format!("{}", (number * 10.0).round() / 10.0)
}

/// The number that a text has, or the middle of its two numbers; without a unit behind them.
fn middle(written: &str) -> Option<f64> {
    let text = written.trim().trim_end_matches(|c: char| c.is_alphabetic() || "\"″. ".contains(c));
    let number = |text: &str| parse_number(text.trim()).filter(|x| *x > 0.0);
    if let Some(number) = number(text) {
        return Some(number);
    }
    let (low, high) = text.split_once(['-', '–', '—', '/', '~'])?;
    let (low, high) = (number(low)?, number(high)?);
    (low <= high).then_some((low + high) / 2.0)
}

/// The smallest and the largest body that any size is made for, cm.
fn possible(dimension: Dimension) -> [f64; 2] {
    match dimension {
        Dimension::Chest | Dimension::Waist | Dimension::Hip => [30.0, 220.0],
        Dimension::Foot => [7.0, 40.0],
        Dimension::Inseam => [15.0, 120.0],
        _ => [40.0, 230.0],
    }
}
