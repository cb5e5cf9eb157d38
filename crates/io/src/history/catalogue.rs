//! Reads the catalogue: articles known before any purchase, with the sizes they come in.

use crate::failure::Failure;
use crate::pipeline::{Catalogue, Mapping, Pipeline, find_columns, translated_group};
use crate::table::{Batch, Cells, Source, WantedColumns, missing_column};
use crate::vocabulary::StandardColumn;
use inseam::size::{Label, System};
use inseam::train::CatalogueEntry;
use std::collections::BTreeSet;

/// The largest number of sizes of one article.
const MAX_SIZES: usize = 200;

/// Reads the pipeline's catalogue; returns no entries if the pipeline has none.
pub(super) fn read(pipeline: &Pipeline) -> Result<Vec<CatalogueEntry>, Failure> {
    let Some(catalogue) = &pipeline.catalogue else { return Ok(Vec::new()) };
    let source = Source::open(&pipeline.catalogue_paths()?)?;
    let columns = find_columns(&catalogue.columns.by_standard_column(), &source)?;
    let mapping = Mapping { columns, ..Mapping::default() };
    let required = [StandardColumn::ArticleId, StandardColumn::Sizes];
    required.into_iter().try_for_each(|c| mapping.require(c, &source, "catalogue").map(drop))?;
    if let Some(name) = catalogue.attributes.values().find(|name| !source.has(name)) {
        return Err(missing_column(source.first_file(), name, source.columns()));
    }
    let names: BTreeSet<&String> =
        mapping.columns.values().chain(catalogue.attributes.values()).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let mut entries = Vec::new();
    for batch in source.batches(WantedColumns::Named(&names)) {
        let batch = batch?.require_readable()?;
        let reader = EntryReader::new(pipeline, catalogue, &mapping, &batch)?;
        for row in 0..batch.rows.num_rows() {
            entries.push(reader.entry(row)?);
        }
    }
    Ok(entries)
}

/// A column of the catalogue in one batch: its name, and its cells.
struct NamedCells<'a> {
    name: &'a str,
    cells: Cells<'a>,
}

/// Reads the entries of one batch.
struct EntryReader<'a> {
    pipeline: &'a Pipeline,
    batch: &'a Batch,
    article: Option<NamedCells<'a>>,
    group: Option<NamedCells<'a>>,
    category: Option<NamedCells<'a>>,
    brand: Option<NamedCells<'a>>,
    system: Option<NamedCells<'a>>,
    sizes: Option<NamedCells<'a>>,
    attributes: Vec<Cells<'a>>,
}

impl<'a> EntryReader<'a> {
    fn new(
        pipeline: &'a Pipeline,
        catalogue: &Catalogue,
        mapping: &'a Mapping,
        batch: &'a Batch,
    ) -> Result<Self, Failure> {
        let column = |standard: StandardColumn| {
            let named = |name| Ok(NamedCells { name, cells: batch.cells(name)? });
            mapping.get(standard).map(named).transpose()
        };
        let attributes = catalogue.attributes.values().map(|name| batch.cells(name));
        Ok(Self {
            pipeline,
            batch,
            article: column(StandardColumn::ArticleId)?,
            group: column(StandardColumn::Group)?,
            category: column(StandardColumn::Category)?,
            brand: column(StandardColumn::Brand)?,
            system: column(StandardColumn::SizeSystem)?,
            sizes: column(StandardColumn::Sizes)?,
            attributes: attributes.collect::<Result<_, Failure>>()?,
        })
    }

    /// The entry of a row.
    fn entry(&self, row: usize) -> Result<CatalogueEntry, Failure> {
        let text = |column: &Option<NamedCells<'_>>| {
            let text = column.as_ref().and_then(|column| column.cells.text(row));
            text.map_or(String::new(), |text| text.into_owned())
        };
        let failure = |column: &Option<NamedCells<'_>>, problem: String| {
            let name = column.as_ref().map_or("", |column| column.name);
            self.batch.failure(row, problem).column(name)
        };
        let article = text(&self.article);
        if article.is_empty() {
            return Err(failure(&self.article, "is empty: every article needs an id".into()));
        }
        let list = text(&self.sizes);
        let sizes =
            split_sizes(&list).map_err(|problem| failure(&self.sizes, problem).value(&list))?;
        let system = match text(&self.system) {
            name if name.is_empty() => System::Unspecified,
            name => System::parse(&name)
                .ok_or_else(|| failure(&self.system, "is not a size system".into()).value(&name))?,
        };
        let group = Some(text(&self.group)).filter(|group| !group.is_empty());
        let group = translated_group(&self.pipeline.history.groups, group.as_deref());
        let attributes = self.attributes.iter();
        Ok(CatalogueEntry {
            article,
            group: group.unwrap_or_default(),
            category: text(&self.category),
            brand: text(&self.brand),
            system,
            sizes,
            attributes: attributes
                .map(|cells| cells.text(row).unwrap_or_default().into_owned())
                .collect(),
        })
    }
}

/// The size labels of a list, in the order of the list, each once. The
/// separator is `|` if the list has one, else `;`, else a comma, else blanks. An error is the end
/// of a sentence that begins with the list.
pub fn split_sizes(list: &str) -> Result<Vec<Label>, String> {
    let separator = ['|', ';', ','].into_iter().find(|separator| list.contains(*separator));
    let parts: Vec<&str> = match separator {
        Some(separator) => list.split(separator).collect(),
        None => list.split_whitespace().collect(),
    };
    let mut labels = Vec::new();
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let label =
            Label::parse(part).map_err(|e| format!("has a size that is not a label: {e}"))?;
        if !labels.contains(&label) {
            labels.push(label);
        }
        if labels.len() > MAX_SIZES {
            return Err(format!("has more than {MAX_SIZES} sizes"));
        }
    }
    Ok(labels)
}
