//! The catalogue: articles known beforehand, with the sizes they come in.

use super::translated_group;
use crate::failure::Failure;
use crate::pipeline::{Field, Mapping, Pipeline, resolve};
use crate::table::{Cells, Columns, Source, missing};
use inseam::size::{Label, System};
use inseam::train::CatalogueEntry;
use std::collections::BTreeSet;

/// Most sizes of one article.
const MOST_SIZES: usize = 200;

/// Reads the pipeline's catalogue; none if it names none.
pub(super) fn read(pipeline: &Pipeline) -> Result<Vec<CatalogueEntry>, Failure> {
    let Some(catalogue) = &pipeline.catalogue else { return Ok(Vec::new()) };
    let source = Source::open(&pipeline.catalogue_paths()?)?;
    let given = [
        (Field::ArticleId, catalogue.columns.article_id.as_deref()),
        (Field::Group, catalogue.columns.group.as_deref()),
        (Field::Category, catalogue.columns.category.as_deref()),
        (Field::Brand, catalogue.columns.brand.as_deref()),
        (Field::SizeSystem, catalogue.columns.size_system.as_deref()),
        (Field::Sizes, catalogue.columns.sizes.as_deref()),
    ];
    let mapping = Mapping { columns: resolve(&given, &source)?, ..Mapping::default() };
    let article = mapping.need(Field::ArticleId, &source, "catalogue")?;
    let sizes = mapping.need(Field::Sizes, &source, "catalogue")?;
    if let Some(theirs) = catalogue.attributes.values().find(|theirs| !source.has(theirs)) {
        return Err(missing(source.first_file(), theirs, source.columns()));
    }
    let names: BTreeSet<&String> =
        mapping.columns.values().chain(catalogue.attributes.values()).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let mut entries = Vec::new();
    for batch in source.batches(Columns::Named(&names)) {
        let batch = batch?.whole()?;
        let id_cells = batch.cells(article)?;
        let size_cells = batch.cells(sizes)?;
        let other = [Field::Group, Field::Category, Field::Brand, Field::SizeSystem]
            .map(|field| mapping.get(field).map(|column| batch.cells(column)).transpose());
        let [group, category, brand, system] = other;
        let [group, category, brand, system] = [group?, category?, brand?, system?];
        let attributes: Vec<Cells<'_>> = catalogue
            .attributes
            .values()
            .map(|column| batch.cells(column))
            .collect::<Result<_, _>>()?;
        for i in 0..batch.rows.num_rows() {
            let text = |cells: &Option<Cells<'_>>| {
                cells
                    .as_ref()
                    .and_then(|cells| cells.text(i))
                    .map_or(String::new(), |text| text.into_owned())
            };
            let wrong = |column: &str, value: &str, what: String| {
                batch.failure(i, what).column(column).value(value)
            };
            let id = id_cells.text(i).ok_or_else(|| {
                batch.failure(i, "is empty: every article needs an id").column(article)
            })?;
            let list = size_cells.text(i).unwrap_or_default();
            let sizes = split(&list).map_err(|what| wrong(sizes, &list, what))?;
            let system = text(&system);
            if !system.is_empty() && System::parse(&system).is_none() {
                let column = mapping.get(Field::SizeSystem).unwrap_or_default();
                return Err(wrong(column, &system, "is no size system".into()));
            }
            let group = text(&group);
            let group = translated_group(
                &pipeline.history.groups,
                Some(group.as_str()).filter(|g| !g.is_empty()),
            )
            .unwrap_or_default();
            entries.push(CatalogueEntry {
                article: id.into_owned(),
                group,
                category: text(&category),
                brand: text(&brand),
                system,
                sizes,
                attributes: attributes
                    .iter()
                    .map(|cells| cells.text(i).unwrap_or_default().into_owned())
                    .collect(),
            });
        }
    }
    Ok(entries)
}

/// The labels of a list, canonical, in its order, each once. What separates them is | if there is
/// one, else ; or a comma, else blanks.
pub fn split(list: &str) -> Result<Vec<String>, String> {
    let separator = ['|', ';', ','].into_iter().find(|separator| list.contains(*separator));
    let parts: Vec<&str> = match separator {
        Some(separator) => list.split(separator).collect(),
        None => list.split_whitespace().collect(),
    };
    let mut labels = Vec::new();
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        let label = Label::parse(part)
            .map_err(|e| format!("has a size that is no label: {e}"))?
            .into_string();
        if !labels.contains(&label) {
            labels.push(label);
        }
        if labels.len() > MOST_SIZES {
            return Err(format!("has more than {MOST_SIZES} sizes"));
        }
    }
    Ok(labels)
}
