//! The articles: drawn, or read from a catalogue.

use super::chance::Chance;
use super::truth::{Article, Group, Parameters, Size, positions};
use inseam_io::failure::Failure;
use inseam_io::history::split_sizes;
use inseam_io::table::{Source, WantedColumns, missing_column};
use std::collections::BTreeMap;
use std::path::Path;

/// Streams of random numbers below this are the catalogue's; customers have those from here on.
pub const CUSTOMER_STREAMS: u64 = 1 << 32;

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

/// What a size run looks like: fit group, system as written, labels, how usual it is.
const RUNS: [(&str, &str, &str, f64); 17] = [
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
];

/// A brand in one fit group.
#[derive(Clone, Copy)]
struct BrandTruth {
    offset: f64,
    spread: f64,
}

/// The fit groups and articles of a shop.
pub struct Shop {
    pub groups: Vec<Group>,
    pub articles: Vec<Article>,
}

/// Draws a brand's mean in each group.
fn brand(groups: usize, parameters: &Parameters, chance: &mut Chance) -> Vec<BrandTruth> {
    let p = parameters;
    let offset = p.brand_offset_sd * chance.normal();
    let spread = p.brand_spread_sd * chance.normal();
    (0..groups)
        .map(|_| BrandTruth { offset: offset + p.brand_group_offset_sd * chance.normal(), spread })
        .collect()
}

fn sizes(
    labels: &[String],
    system: &str,
    group: &Group,
    parameters: &Parameters,
    chance: &mut Chance,
) -> Vec<Size> {
    let positions = positions(labels, system, group.axis);
    let mut sizes: Vec<Size> = labels
        .iter()
        .zip(positions)
        .map(|(label, position)| Size {
            label: label.clone(),
            position,
            deviation: parameters.deviation_sd * chance.normal(),
        })
        .collect();
    sizes.sort_by(|a, b| a.position.total_cmp(&b.position));
    sizes
}

/// Draws a shop of so many articles.
pub fn draw(count: u32, parameters: &Parameters) -> Shop {
    let groups: Vec<Group> = ["dresses", "tops", "bottoms", "footwear"].map(Group::named).into();
    let mut chance = Chance::new(parameters.seed, 0);
    let brands: Vec<(String, Vec<BrandTruth>)> = (0..(count as usize / 40).clamp(4, 400))
        .map(|i| {
            let name = BRANDS[i % BRANDS.len()];
            let name = if i < BRANDS.len() {
                name.to_owned()
            } else {
                format!("{name} {}", i / BRANDS.len() + 1)
            };
            (name, brand(groups.len(), parameters, &mut chance))
        })
        .collect();
    let shares = super::chance::totals(groups.iter().map(|g| g.share));
    let mut articles = Vec::with_capacity(count as usize);
    for i in 0..count {
        let group = chance.weighted(&shares);
        let (name, truths) = &brands[chance.below(brands.len())];
        let runs: Vec<_> = RUNS.iter().filter(|run| run.0 == groups[group].name).collect();
        let (_, system, labels, _) =
            runs[chance.weighted(&super::chance::totals(runs.iter().map(|run| run.3)))];
        let mut labels: Vec<String> = labels.split_whitespace().map(str::to_owned).collect();
        // Not every article comes in the whole run.
        if labels.len() < 15 && labels.len() > 6 {
            labels.drain(..chance.below(2));
            labels.truncate(labels.len() - chance.below(3));
        }
        let truth = truths[group];
        let offset = truth.offset + parameters.article_offset_sd * chance.normal();
        let spread = truth.spread + parameters.article_spread_sd * chance.normal();
        articles.push(Article {
            id: format!("A-{:05}", i + 1),
            brand: name.clone(),
            group,
            system: (*system).to_owned(),
            brand_offset: truth.offset,
            offset,
            spread,
            returning: parameters.article_returning_sd * chance.normal(),
            popularity: libm::exp(chance.normal()),
            sizes: sizes(&labels, system, &groups[group], parameters, &mut chance),
        });
    }
    Shop { groups, articles }
}

/// Reads the articles of a catalogue; offsets and spreads that it does not give are drawn.
pub fn read(path: &Path, parameters: &Parameters) -> Result<Shop, Failure> {
    let source = Source::open(&[path.to_owned()])?;
    for column in ["article_id", "group", "sizes"] {
        if !source.has(column) {
            return Err(missing_column(path, column, source.columns()));
        }
    }
    let names = ["article_id", "brand", "group", "size_system", "sizes", "offset", "spread"];
    let names: Vec<String> =
        names.into_iter().filter(|name| source.has(name)).map(str::to_owned).collect();
    let mut chance = Chance::new(parameters.seed, 1);
    let mut groups: Vec<Group> = Vec::new();
    let mut brands: BTreeMap<String, Vec<BrandTruth>> = BTreeMap::new();
    let mut articles: Vec<Article> = Vec::new();
    for batch in source.batches(WantedColumns::Named(&names)) {
        let batch = batch?.require_readable()?;
        let cells = |column: &str| {
            if source.has(column) { batch.cells(column).map(Some) } else { Ok(None) }
        };
        let (ids, group_names, lists) =
            (batch.cells("article_id")?, batch.cells("group")?, batch.cells("sizes")?);
        let (brand_names, systems, offsets, spreads) =
            (cells("brand")?, cells("size_system")?, cells("offset")?, cells("spread")?);
        for i in 0..batch.rows.num_rows() {
            let need = |cells: &inseam_io::table::Cells<'_>, column: &str| {
                cells
                    .text(i)
                    .map(|t| t.into_owned())
                    .ok_or_else(|| batch.failure(i, "is empty").column(column))
            };
            let text = |cells: &Option<inseam_io::table::Cells<'_>>| {
                cells.as_ref().and_then(|c| c.text(i)).map_or(String::new(), |t| t.into_owned())
            };
            let number = |cells: &Option<inseam_io::table::Cells<'_>>, column: &str| match cells {
                Some(cells) => {
                    cells.number(i).map_err(|what| batch.failure(i, what).column(column))
                }
                None => Ok(None),
            };
            let (id, group_name, list) =
                (need(&ids, "article_id")?, need(&group_names, "group")?, need(&lists, "sizes")?);
            let labels = split_sizes(&list)
                .map_err(|what| batch.failure(i, what).column("sizes").value(&list))?;
            if labels.is_empty() {
                return Err(batch.failure(i, "names no size").column("sizes").value(&list));
            }
            let group = groups.iter().position(|g| g.name == group_name).unwrap_or_else(|| {
                groups.push(Group::named(&group_name));
                groups.len() - 1
            });
            let (brand_name, system) = (text(&brand_names), text(&systems));
            let truths = brands
                .entry(brand_name.clone())
                .or_insert_with(|| brand(inseam::model::MAX_GROUPS, parameters, &mut chance));
            let truth = *truths.get(group).ok_or_else(|| {
                batch
                    .failure(i, format!("more than {} fit groups", inseam::model::MAX_GROUPS))
                    .column("group")
            })?;
            // Drawn even where given, so that giving one offset does not change the rest of the
            // shop.
            let drawn = truth.offset + parameters.article_offset_sd * chance.normal();
            let drawn_spread = truth.spread + parameters.article_spread_sd * chance.normal();
            articles.push(Article {
                id,
                brand: brand_name,
                group,
                brand_offset: truth.offset,
                offset: number(&offsets, "offset")?.unwrap_or(drawn),
                spread: number(&spreads, "spread")?.unwrap_or(drawn_spread),
                returning: parameters.article_returning_sd * chance.normal(),
                popularity: libm::exp(0.5 * chance.normal()),
                sizes: sizes(&labels, &system, &groups[group], parameters, &mut chance),
                system,
            });
        }
    }
    if articles.is_empty() {
        return Err(Failure::new("has no article").in_file(path));
    }
    // Where offsets are given, a brand's true offset is what its articles say.
    if source.has("offset") {
        let mut sums: BTreeMap<(&str, usize), (f64, f64)> = BTreeMap::new();
        for article in &articles {
            let sum = sums.entry((&article.brand, article.group)).or_default();
            *sum = (sum.0 + article.offset, sum.1 + 1.0);
        }
        let means: Vec<f64> = articles
            .iter()
            .map(|a| sums[&(a.brand.as_str(), a.group)])
            .map(|(s, n)| s / n)
            .collect();
        articles.iter_mut().zip(means).for_each(|(article, mean)| article.brand_offset = mean);
    }
    Ok(Shop { groups, articles })
}
