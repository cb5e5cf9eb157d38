//! The articles of a simulated shop: drawn, or read from a table.

use crate::bodies;
use crate::random::{Random, running_totals};
use crate::truth::{Article, Group, Parameters, Size, label_positions};
use inseam::model::MAX_GROUPS;
use inseam::size::Label;
use inseam_io::failure::Failure;
use inseam_io::history::split_sizes;
use inseam_io::table::{Batch, Cells, Source, WantedColumns, missing_column};
use std::collections::BTreeMap;
use std::path::Path;

/// Streams of random numbers below this belong to the catalogue, those from here on to customers.
pub(crate) const CUSTOMER_STREAMS: u64 = 1 << 32;

const BRANDS: [&str; 24] = [
    "Lindqvist",
    "Moorgate",
    "Santoro",
    "Belcourt",
    "Hartwig",
    "Pinewood",
    "Calder",
    "Verano",
    "Osterby",
    "Ravenna",
    "Wexley",
    "Marchand",
    "Tilde",
    "Bramley",
    "Solano",
    "Kestrel",
    "Duval",
    "Norrby",
    "Alderton",
    "Fontane",
    "Petrel",
    "Castell",
    "Iversen",
    "Loxley",
];

/// Size runs: fit group, system as written, labels, share of the group's articles.
const RUNS: [(&str, &str, &str, f64); 21] = [
    ("dresses", "DE", "32 34 36 38 40 42 44 46 48", 0.4),
    ("dresses", "UK", "4 6 8 10 12 14 16 18 20", 0.2),
    ("dresses", "FR", "34 36 38 40 42 44 46 48", 0.15),
    ("dresses", "IT", "36 38 40 42 44 46 48 50", 0.1),
    ("dresses", "EU", "XS S M L XL XXL", 0.15),
    ("tops", "EU", "XXS XS S M L XL XXL 3XL", 0.55),
    ("tops", "DE", "34 36 38 40 42 44 46", 0.2),
    ("tops", "US", "XS S M L XL XXL", 0.15),
    ("tops", "UK", "6 8 10 12 14 16 18", 0.1),
    (
        "bottoms",
        "US",
        "W24/L30 W25/L30 W26/L30 W27/L30 W28/L30 W29/L30 W30/L30 W31/L30 W32/L30 W33/L30 W34/L30 W36/L30 \
      W26/L32 W27/L32 W28/L32 W29/L32 W30/L32 W31/L32 W32/L32 W33/L32 W34/L32 W36/L32",
        0.4,
    ),
    ("bottoms", "DE", "34 36 38 40 42 44 46 48", 0.4),
    ("bottoms", "EU", "XS S M L XL XXL", 0.2),
    ("footwear", "EU", "35 36 37 38 39 40 41 42 43", 0.5),
    ("footwear", "EU", "36 36.5 37 37.5 38 38.5 39 39.5 40 40.5 41 42", 0.1),
    ("footwear", "UK", "2.5 3 3.5 4 4.5 5 5.5 6 6.5 7 7.5 8", 0.25),
    ("footwear", "US", "5 5.5 6 6.5 7 7.5 8 8.5 9 9.5 10 11", 0.1),
    ("footwear", "UK", "3 4 5 6 7 8 9", 0.05),
    ("mens shirts", "EU", "XS S M L XL XXL 3XL 4XL", 0.6),
    ("mens shirts", "DE", "44 46 48 50 52 54 56 58 60", 0.4),
    ("mens trousers", "US", "W26 W28 W29 W30 W31 W32 W33 W34 W36 W38 W40 W42 W44", 0.6),
    ("mens trousers", "DE", "42 44 46 48 50 52 54 56 58", 0.4),
];

/// Offset and spread of a brand in one fit group, the means of its articles'.
#[derive(Clone, Copy)]
struct BrandTruth {
    offset: f64,
    spread: f64,
}

/// The fit groups and articles of a shop.
pub(crate) struct Catalogue {
    /// The fit groups.
    pub groups: Vec<Group>,
    /// The articles.
    pub articles: Vec<Article>,
    /// Whether its customers have bodies.
    pub bodies: bool,
}

/// Draws a brand's offset and spread in each group.
fn draw_brand(groups: usize, parameters: &Parameters, random: &mut Random) -> Vec<BrandTruth> {
    let p = parameters;
    let offset = p.brand_offset_sd * random.normal();
    let spread = p.brand_spread_sd * random.normal();
    (0..groups)
        .map(|_| BrandTruth { offset: offset + p.brand_group_offset_sd * random.normal(), spread })
        .collect()
}

/// The sizes of an article, with deviations drawn.
fn draw_sizes(
    labels: &[String],
    system: &str,
    group: &Group,
    parameters: &Parameters,
    random: &mut Random,
) -> Vec<Size> {
    let positions = label_positions(labels, system, group.axis);
    let mut sizes: Vec<Size> = labels
        .iter()
        .zip(positions)
        .map(|(label, position)| Size {
            label: label.clone(),
            position,
            deviation: parameters.deviation_sd * random.normal(),
        })
        .collect();
    sizes.sort_by(|a, b| a.position.total_cmp(&b.position));
    sizes
}

impl Catalogue {
    /// Draws so many articles.
    #[must_use]
    pub(crate) fn draw(count: u32, parameters: &Parameters) -> Self {
        let groups: Vec<Group> = if parameters.bodies {
            bodies::group_names().map(Group::from_name).into()
        } else {
            ["dresses", "tops", "bottoms", "footwear"].map(Group::from_name).into()
        };
        let mut random = Random::new(parameters.seed, 0);
        let brands: Vec<(String, Vec<BrandTruth>)> = (0..(count as usize / 40).clamp(4, 400))
            .map(|i| (brand_name(i), draw_brand(groups.len(), parameters, &mut random)))
            .collect();
        let shares = running_totals(groups.iter().map(|g| g.share));
        let mut articles = Vec::with_capacity(count as usize);
        for i in 0..count {
            let group = random.weighted(&shares);
            let (name, truths) = &brands[random.below(brands.len())];
            let (system, labels) = draw_run(&groups[group].name, &mut random);
            let truth = truths[group];
            let offset = truth.offset + parameters.article_offset_sd * random.normal();
            let spread = truth.spread + parameters.article_spread_sd * random.normal();
            articles.push(Article {
                id: format!("A-{:05}", i + 1),
                brand: name.clone(),
                group,
                system: system.to_owned(),
                brand_offset: truth.offset,
                offset,
                spread,
                returning: parameters.article_returning_sd * random.normal(),
                popularity: libm::exp(random.normal()),
                sizes: draw_sizes(&labels, system, &groups[group], parameters, &mut random),
            });
        }
        Self { groups, articles, bodies: parameters.bodies }
    }

    /// Reads the articles of a table; offsets and spreads that it does not give are drawn.
    ///
    /// # Errors
    /// If the table cannot be read, lacks a column or a value, or has no article.
    pub(crate) fn read(path: &Path, parameters: &Parameters) -> Result<Self, Failure> {
        let source = Source::open(&[path.to_owned()])?;
        for column in ["article_id", "group", "sizes"] {
            if !source.has(column) {
                return Err(missing_column(path, column, source.columns()));
            }
        }
        let names: Vec<String> =
            COLUMNS.into_iter().filter(|name| source.has(name)).map(str::to_owned).collect();
        let mut reader = CatalogueReader::new(parameters);
        for batch in source.batches(WantedColumns::Named(&names)) {
            reader.read_batch(&source, &batch?.require_readable()?)?;
        }
        let (groups, articles) = (reader.groups, reader.articles);
        let mut catalogue = Self { groups, articles, bodies: false };
        if catalogue.articles.is_empty() {
            return Err(Failure::new("has no article").in_file(path));
        }
        if source.has("offset") {
            catalogue.average_brand_offsets();
        }
        Ok(catalogue)
    }

    /// Where offsets are given, a brand's true offset is the mean of its articles'.
    fn average_brand_offsets(&mut self) {
        let mut sums: BTreeMap<(&str, usize), (f64, f64)> = BTreeMap::new();
        for article in &self.articles {
            let sum = sums.entry((&article.brand, article.group)).or_default();
            *sum = (sum.0 + article.offset, sum.1 + 1.0);
        }
        let sum_of = |a: &Article| sums[&(a.brand.as_str(), a.group)];
        let means: Vec<f64> = self.articles.iter().map(sum_of).map(|(s, n)| s / n).collect();
        let articles = self.articles.iter_mut().zip(means);
        articles.for_each(|(article, mean)| article.brand_offset = mean);
    }
}

/// The name of a brand by its number; after the last name they start again, numbered.
fn brand_name(number: usize) -> String {
    let name = BRANDS[number % BRANDS.len()];
    match number / BRANDS.len() {
        0 => name.to_owned(),
        round => format!("{name} {}", round + 1),
    }
}

/// Draws the size system and the labels of an article. Not every article has the whole run.
fn draw_run(group: &str, random: &mut Random) -> (&'static str, Vec<String>) {
    let runs: Vec<_> = RUNS.iter().filter(|run| run.0 == group).collect();
    let shares = running_totals(runs.iter().map(|run| run.3));
    let (_, system, labels, _) = runs[random.weighted(&shares)];
    let mut labels: Vec<String> = labels.split_whitespace().map(str::to_owned).collect();
    if labels.len() < 15 && labels.len() > 6 {
        labels.drain(..random.below(2));
        labels.truncate(labels.len() - random.below(3));
    }
    (system, labels)
}

/// The columns of a catalogue.
const COLUMNS: [&str; 7] =
    ["article_id", "brand", "group", "size_system", "sizes", "offset", "spread"];

/// The cells of one batch of a catalogue, those of optional columns if they are there.
struct CatalogueCells<'a> {
    batch: &'a Batch,
    ids: Cells<'a>,
    groups: Cells<'a>,
    sizes: Cells<'a>,
    brands: Option<Cells<'a>>,
    systems: Option<Cells<'a>>,
    offsets: Option<Cells<'a>>,
    spreads: Option<Cells<'a>>,
}

impl<'a> CatalogueCells<'a> {
    fn new(source: &Source, batch: &'a Batch) -> Result<Self, Failure> {
        let optional = |column: &str| {
            if source.has(column) { batch.cells(column).map(Some) } else { Ok(None) }
        };
        Ok(Self {
            batch,
            ids: batch.cells("article_id")?,
            groups: batch.cells("group")?,
            sizes: batch.cells("sizes")?,
            brands: optional("brand")?,
            systems: optional("size_system")?,
            offsets: optional("offset")?,
            spreads: optional("spread")?,
        })
    }

    fn required(&self, cells: &Cells<'_>, column: &str, row: usize) -> Result<String, Failure> {
        let text = cells.text(row).map(|text| text.into_owned());
        text.ok_or_else(|| self.batch.failure(row, "is empty").column(column))
    }

    fn number(
        &self,
        cells: &Option<Cells<'_>>,
        column: &str,
        row: usize,
    ) -> Result<Option<f64>, Failure> {
        let Some(cells) = cells else { return Ok(None) };
        cells.number(row).map_err(|what| self.batch.failure(row, what).column(column))
    }

    /// The labels in a row, at least one.
    fn labels(&self, row: usize) -> Result<Vec<String>, Failure> {
        let list = self.required(&self.sizes, "sizes", row)?;
        let wrong = |what: String| self.batch.failure(row, what).column("sizes").value(&list);
        let labels = split_sizes(&list).map_err(wrong)?;
        if labels.is_empty() {
            return Err(wrong("names no size".to_owned()));
        }
        Ok(labels.into_iter().map(Label::into_string).collect())
    }
}

/// Collects the articles of a catalogue.
struct CatalogueReader<'p> {
    parameters: &'p Parameters,
    random: Random,
    groups: Vec<Group>,
    brands: BTreeMap<String, Vec<BrandTruth>>,
    articles: Vec<Article>,
}

impl<'p> CatalogueReader<'p> {
    fn new(parameters: &'p Parameters) -> Self {
        Self {
            parameters,
            random: Random::new(parameters.seed, 1),
            groups: Vec::new(),
            brands: BTreeMap::new(),
            articles: Vec::new(),
        }
    }

    fn read_batch(&mut self, source: &Source, batch: &Batch) -> Result<(), Failure> {
        let cells = CatalogueCells::new(source, batch)?;
        for row in 0..batch.rows.num_rows() {
            let article = self.article(&cells, row)?;
            self.articles.push(article);
        }
        Ok(())
    }

    fn article(&mut self, cells: &CatalogueCells<'_>, row: usize) -> Result<Article, Failure> {
        let text = |cells: &Option<Cells<'_>>| {
            cells.as_ref().and_then(|c| c.text(row)).map_or(String::new(), |t| t.into_owned())
        };
        let id = cells.required(&cells.ids, "article_id", row)?;
        let group = self.group(cells.required(&cells.groups, "group", row)?);
        let labels = cells.labels(row)?;
        let (brand, system) = (text(&cells.brands), text(&cells.systems));
        let (parameters, random) = (self.parameters, &mut self.random);
        let truths = self
            .brands
            .entry(brand.clone())
            .or_insert_with(|| draw_brand(MAX_GROUPS, parameters, random));
        let truth = *truths.get(group).ok_or_else(|| {
            cells.batch.failure(row, format!("more than {MAX_GROUPS} fit groups")).column("group")
        })?;
        // Drawn even where given, so that giving one offset does not change the rest of the shop.
        let offset = truth.offset + parameters.article_offset_sd * random.normal();
        let spread = truth.spread + parameters.article_spread_sd * random.normal();
        Ok(Article {
            id,
            brand,
            group,
            brand_offset: truth.offset,
            offset: cells.number(&cells.offsets, "offset", row)?.unwrap_or(offset),
            spread: cells.number(&cells.spreads, "spread", row)?.unwrap_or(spread),
            returning: parameters.article_returning_sd * random.normal(),
            popularity: libm::exp(0.5 * random.normal()),
            sizes: draw_sizes(&labels, &system, &self.groups[group], parameters, random),
            system,
        })
    }

    /// The index of the group with this name, which is added if it is new.
    fn group(&mut self, name: String) -> usize {
        self.groups.iter().position(|g| g.name == name).unwrap_or_else(|| {
            self.groups.push(Group::from_name(&name));
            self.groups.len() - 1
        })
    }
}
