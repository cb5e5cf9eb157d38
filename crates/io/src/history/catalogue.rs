//! Reads the catalogue: articles known before any purchase, with the sizes they come in.

use super::fill;
use super::ids::{id_problem, plain_id};
use super::remembered::Remembered;
use super::report::{Finding, ReadingReport};
use super::size_lists::{MAX_SIZES, split_sizes};
use crate::failure::{Failure, shown};
use crate::pipeline::{Catalogue, Mapping, Pipeline, find_columns, translated_group};
use crate::table::{Batch, Cells, Source, WantedColumns, missing_column};
use crate::vocabulary::{StandardColumn, is_missing};
use inseam::size::{Label, System, is_understood};
use inseam::train::{CatalogueEntry, Columns};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Reads the pipeline's catalogue; returns no entries if the pipeline has none.
pub(super) fn read(
    pipeline: &Pipeline,
    report: &mut ReadingReport,
) -> Result<Vec<CatalogueEntry>, Failure> {
    let Some(catalogue) = &pipeline.catalogue else { return Ok(Vec::new()) };
    let source = Source::open_with(&pipeline.catalogue_paths()?, &catalogue.file_options())?;
    report.add_files(&source);
    let columns = find_columns(&catalogue.columns.by_standard_column(), &source)?;
    let mapping = Mapping { columns, ..Mapping::default() };
    let required = [StandardColumn::ArticleId, StandardColumn::Sizes];
    required.into_iter().try_for_each(|c| mapping.require(c, &source, "catalogue").map(drop))?;
    if let Some(name) = catalogue.attributes.values().find(|name| !source.has(name)) {
        return Err(missing_column(source.first_file(), name, source.columns()));
    }
    let names: BTreeSet<&String> =
        mapping.columns.values().chain(catalogue.attributes.values()).collect();
    let mut names: Vec<String> = names.into_iter().cloned().collect();
    fill::add_group(&mut names, catalogue.fill.as_ref(), &source)?;
    names.sort();
    names.dedup();
    source.require_in_every_file(&names)?;
    let mut entries = Entries::default();
    let batches = source.batches(WantedColumns::Named(&names));
    let sizes = mapping.get(StandardColumn::Sizes).unwrap_or_default();
    let readable = |batch: Result<Batch, Failure>| {
        batch?.require_readable().map(|batch| batch.with_lists_as_text(sizes))
    };
    let batches: Vec<Batch> = batches.map(readable).collect::<Result<_, _>>()?;
    for batch in fill::filled(batches, catalogue.fill.as_ref())? {
        let reader = EntryReader::new(pipeline, catalogue, &mapping, &batch)?;
        for row in 0..batch.rows.num_rows() {
            let entry = reader.entry(row)?;
            entries.add(entry).map_err(|problem| reader.sizes_failure(row, problem))?;
        }
    }
    report.warnings.extend(entries.not_understood());
    report.guesses.extend((entries.variants > 0).then(|| Finding {
        what: "rows of the catalogue give a further size of an article".to_owned(),
        rows: entries.variants,
        first: None,
    }));
    Ok(entries.list)
}

/// A warning if the catalogue has no article of the history: then their ids are written in
/// different ways, or one of the columns has other ids.
pub(super) fn unrelated(columns: &Columns) -> Option<Finding> {
    let known: HashSet<&str> = columns.article.values.iter().map(String::as_str).collect();
    let entries = columns.catalogue.iter().map(|entry| entry.article.as_str());
    let listed = |ids: &mut dyn Iterator<Item = &str>| {
        ids.take(3).map(|id| format!("\"{}\"", shown(id))).collect::<Vec<_>>().join(", ")
    };
    if columns.catalogue.is_empty() || entries.clone().any(|id| known.contains(id)) {
        return None;
    }
    Some(Finding::general(format!(
        "the catalogue has no article of the history: the history has {}, the catalogue {}; name the columns with the same ids as article_id",
        listed(&mut columns.article.values.iter().map(String::as_str)),
        listed(&mut entries.clone())
    )))
}

/// The entries of a catalogue, one for each article. Feeds have one row for each size of an
/// article.
#[derive(Default)]
struct Entries {
    list: Vec<CatalogueEntry>,
    /// The index of each article's entry.
    index: HashMap<String, usize>,
    /// How many rows belong to an article that has an entry already.
    variants: u64,
}

impl Entries {
    /// A warning about sizes that are not understood, because the list is perhaps written in
    /// another way, or has more than sizes.
    fn not_understood(&self) -> Option<Finding> {
        let sizes: BTreeSet<&str> =
            self.list.iter().flat_map(|entry| &entry.sizes).map(Label::as_str).collect();
        let unknown: Vec<&str> = sizes.into_iter().filter(|size| !is_understood(size)).collect();
        let shown: Vec<String> =
            unknown.iter().take(5).map(|size| format!("\"{}\"", shown(size))).collect();
        let more = if unknown.len() > shown.len() { ", ..." } else { "" };
        (!unknown.is_empty()).then(|| {
            let what = "the catalogue has sizes that are not understood";
            Finding::general(format!("{what}: {}{more}", shown.join(", ")))
        })
    }

    /// Adds an entry, or its sizes and what it knows besides to the article's entry. An error is
    /// the end of a sentence that begins with the sizes.
    fn add(&mut self, entry: CatalogueEntry) -> Result<(), String> {
        let Some(&at) = self.index.get(&entry.article) else {
            self.index.insert(entry.article.clone(), self.list.len());
            self.list.push(entry);
            return Ok(());
        };
        self.variants += 1;
        let known = &mut self.list[at];
        for size in entry.sizes {
            if !known.sizes.contains(&size) {
                known.sizes.push(size);
            }
        }
        for (known, text) in known.attributes.iter_mut().zip(entry.attributes) {
            if known.is_empty() {
                *known = text;
            }
        }
        if known.sizes.len() > MAX_SIZES {
            return Err(format!("is one of more than {MAX_SIZES} sizes of its article"));
        }
        Ok(())
    }
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
    known_sizes: Remembered<Vec<Label>>,
    known_systems: Remembered<System>,
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
            known_sizes: Remembered::default(),
            known_systems: Remembered::default(),
        })
    }

    /// A failure that names the sizes of a row.
    fn sizes_failure(&self, row: usize, problem: String) -> Failure {
        let name = self.sizes.as_ref().map_or("", |column| column.name);
        self.batch.failure(row, problem).column(name)
    }

    /// The entry of a row.
    fn entry(&self, row: usize) -> Result<CatalogueEntry, Failure> {
        let text = |column: &Option<NamedCells<'_>>| {
            let text = column.as_ref().and_then(|column| column.cells.text(row));
            text.filter(|text| !is_missing(text)).map_or(String::new(), |text| text.into_owned())
        };
        let failure = |column: &Option<NamedCells<'_>>, problem: String| {
            let name = column.as_ref().map_or("", |column| column.name);
            self.batch.failure(row, problem).column(name)
        };
        let article = text(&self.article);
        if article.is_empty() {
            return Err(failure(&self.article, "is empty: every article needs an id".into()));
        }
        let float = self.article.as_ref().is_some_and(|column| column.cells.is_float());
        if let Some(problem) = id_problem(&article, float) {
            return Err(failure(&self.article, problem));
        }
        let article = plain_id(&article).into_owned();
        let list = text(&self.sizes);
        let sizes = self.known_sizes.read(&list, split_sizes);
        let sizes = sizes.map_err(|problem| self.sizes_failure(row, problem).value(&list))?;
        let system = match text(&self.system) {
            name if name.is_empty() => System::Unspecified,
            name => self
                .known_systems
                .read(&name, |name| System::parse(name).ok_or(()))
                .map_err(|()| failure(&self.system, "is not a size system".into()).value(&name))?,
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
