//! Blocks: the articles whose keys share their highest bits, stored as columns (`model/format.md`).

use super::fault::fault;
use super::quantize::{
    ArticleCodes, BeliefCodes, CHOICE_OFFSET_UNIT, Grid, MAX_CHOICE_OFFSET, MAX_CODE,
    MAX_POPULARITY, POPULARITY_UNIT, popularity_code,
};
use super::runs::{self, HeadTables, MAX_SIZES, Run};
use super::{
    bytes::{Cursor, write_varint},
    column,
};
use crate::Error;
use crate::model::{Article, ArticleSize, Brand, Group, KEY_BITS};
use crate::text::joined;
use std::ops::Range;

/// Maximal mean number of articles in a block that the writer aims at.
const MEAN_ARTICLES: usize = 256;
/// Maximal number of blocks.
pub(super) const MAX_BLOCKS: usize = 1 << 16;

/// Number of blocks that the writer starts with for this number of articles: a power of two.
pub(super) fn blocks_for(articles: usize) -> usize {
    articles.div_ceil(MEAN_ARTICLES).clamp(1, MAX_BLOCKS).next_power_of_two()
}

/// Which block of a file, and where it is.
#[derive(Clone, Copy)]
pub(super) struct BlockPlace {
    /// Its index.
    pub(super) index: usize,
    /// Number of blocks in the file, a power of two.
    pub(super) blocks: usize,
    /// Offset of its first byte in the file.
    pub(super) start: usize,
}

impl BlockPlace {
    /// The place of an article's own record: a single block.
    pub(super) const ALONE: Self = Self { index: 0, blocks: 1, start: 0 };

    /// Index of the block that holds the article with this key, in a file of `blocks` blocks.
    pub(super) fn index_of(key: u64, blocks: usize) -> usize {
        (key >> (KEY_BITS - blocks.trailing_zeros())) as usize
    }

    /// The keys that belong to the block.
    pub(super) fn keys(self) -> Range<u64> {
        let rest = KEY_BITS - self.blocks.trailing_zeros();
        (self.index as u64) << rest..(self.index as u64 + 1) << rest
    }
}

/// Appends one block with these articles, which must be in ascending order of their keys.
pub(super) fn write(
    articles: &[Article],
    place: BlockPlace,
    tables: HeadTables<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    // `None` for an article whose codes are those of its prior.
    let mut known = Vec::with_capacity(articles.len());
    let mut popularities = Vec::new();
    for article in articles {
        let fail = |why: &str| fault(place.start, format!("article {:013x} {why}", article.key));
        let group = check(article, tables).map_err(fail)?;
        let codes = ArticleCodes::encode(group, article).ok_or_else(|| {
            fail("has an offset, grade or spread that is not a valid Gaussian, or a choice offset that is not finite")
        })?;
        let prior = ArticleCodes::prior(group, &tables.model.brands[article.brand as usize]);
        known.push((codes != prior).then_some(codes));
        for size in &article.sizes {
            popularities.push(
                popularity_code(size.popularity)
                    .ok_or_else(|| fail("has a size whose popularity is not finite"))?,
            );
        }
    }
    write_varint(articles.len() as u64, out);
    let before =
        std::iter::once(place.keys().start as i64 - 1).chain(articles.iter().map(|a| a.key as i64));
    column::write(articles.iter().zip(before).map(|(a, before)| a.key as i64 - before), out);
    column::write(articles.iter().map(|a| i64::from(a.brand)), out);
    runs::write(articles, tables, out);
    column::write_bits(known.iter().map(|k| u64::from(k.is_some())), 1, out);
    let known = known.iter().flatten();
    write_beliefs(known.clone().map(|codes| codes.offset), out);
    write_beliefs(known.clone().map(|codes| codes.grade), out);
    write_beliefs(known.clone().map(|codes| codes.spread), out);
    column::write(known.map(|codes| codes.choice_offset), out);
    column::write_bits(popularities.iter().map(|&code| u64::from(code != 0)), 1, out);
    column::write(popularities.into_iter().filter(|&code| code != 0), out);
    Ok(())
}

/// Appends a column of means and a column of standard deviations.
fn write_beliefs(codes: impl Iterator<Item = BeliefCodes> + Clone, out: &mut Vec<u8>) {
    column::write(codes.clone().map(|codes| codes.mean), out);
    column::write(codes.map(|codes| codes.sd), out);
}

/// The fit group of an article that a file can hold; otherwise what is wrong with the article.
fn check<'h>(article: &Article, tables: HeadTables<'h>) -> Result<&'h Group, &'static str> {
    let model = tables.model;
    let brand = model
        .brands
        .get(article.brand as usize)
        .ok_or("has a brand that the model does not have")?;
    let scale = model
        .scales
        .get(usize::from(article.scale))
        .ok_or("has a size scale that the model does not have")?;
    if scale.group != brand.group {
        return Err("has a size scale of another fit group than its brand's");
    }
    let sizes = &article.sizes;
    if !(1..=MAX_SIZES).contains(&sizes.len()) {
        return Err("has no sizes, or more than 1024");
    }
    let ascending = sizes.windows(2).all(|pair| pair[0].label < pair[1].label);
    if !ascending || sizes.last().is_some_and(|s| usize::from(s.label) >= scale.labels.len()) {
        return Err("has sizes that are not labels of its scale in ascending order");
    }
    Ok(&model.groups[usize::from(brand.group)])
}

/// Reads one block and appends its articles. The caller must have checked the block's digest.
pub(super) fn read(
    bytes: &[u8],
    place: BlockPlace,
    tables: HeadTables<'_>,
    out: &mut Vec<Article>,
) -> Result<(), Error> {
    let mut cursor = Cursor::at_offset(bytes, place.start);
    let cursor = &mut cursor;
    let count = read_count(cursor, place)?;
    let keys = read_keys(cursor, count, place)?;
    let at = cursor.at();
    let brands = tables.model.brands.len() as i64;
    let brands = column::read(cursor, count, (0, brands - 1), "an article's brand")?;
    let runs = runs::read(cursor, count, tables)?;
    let mut articles = ArticleColumns::read(cursor, count)?;
    let mut sizes = SizeColumns::read(cursor, runs.iter().map(|r| r.labels.len()).sum())?;
    if cursor.left() > 0 {
        return Err(fault(
            cursor.at(),
            joined![cursor.left(), " bytes of the block belong to no article"],
        ));
    }
    for ((key, brand), run) in keys.into_iter().zip(brands).zip(runs) {
        let parent = &tables.model.brands[brand as usize];
        if parent.group != tables.model.scales[usize::from(run.scale)].group {
            return Err(fault(
                at,
                "an article has a size scale of another fit group than its brand's",
            ));
        }
        let group = &tables.model.groups[usize::from(parent.group)];
        out.push(decode(key, brand as u32, (group, parent), &run, (&mut articles, &mut sizes)));
    }
    Ok(())
}

/// The number of articles in a block.
fn read_count(cursor: &mut Cursor<'_>, place: BlockPlace) -> Result<usize, Error> {
    let length = cursor.left();
    let count = cursor.varint("a block's articles")?;
    // Every article takes at least one byte, so the memory reserved for this number is bounded.
    if count > cursor.left() as u64 {
        return Err(fault(
            place.start,
            joined![count, " articles do not fit into a block of ", length, " bytes"],
        ));
    }
    Ok(count as usize)
}

/// The keys of a block's articles, each stored as its difference to the key before.
fn read_keys(cursor: &mut Cursor<'_>, count: usize, place: BlockPlace) -> Result<Vec<u64>, Error> {
    let at = cursor.at();
    let Range { start: first, end: beyond } = place.keys();
    let gaps = column::read(cursor, count, (1, 1 << KEY_BITS), "an article's key")?;
    // The first difference is to the key before the block's first.
    let mut next = first;
    let mut keys = Vec::with_capacity(count);
    for gap in gaps {
        next += gap as u64;
        if next > beyond {
            return Err(fault(at, joined!["a key does not belong to block ", place.index]));
        }
        keys.push(next - 1);
    }
    Ok(keys)
}

/// The next article of a block: its codes are the next of the columns.
fn decode(
    key: u64,
    brand: u32,
    (group, parent): (&Group, &Brand),
    run: &Run,
    (articles, sizes): (&mut ArticleColumns, &mut SizeColumns),
) -> Article {
    let grid = Grid::for_offsets(group);
    let codes = articles.next().unwrap_or_else(|| ArticleCodes::prior(group, parent));
    let size =
        |&label: &u16| ArticleSize { label, popularity: sizes.next() as f64 * POPULARITY_UNIT };
    Article {
        key,
        brand,
        scale: run.scale,
        sizes: run.labels.iter().map(size).collect(),
        offset: grid.decode(codes.offset),
        grade: Grid::for_grades(group).decode(codes.grade),
        spread: Grid::SPREAD.decode(codes.spread),
        choice_offset: codes.choice_offset as f64 * CHOICE_OFFSET_UNIT,
    }
}

/// The columns of a block's articles.
struct ArticleColumns {
    /// For each article whether the other columns have it; otherwise it is as its brand.
    known: std::vec::IntoIter<bool>,
    offsets: BeliefColumns,
    grades: BeliefColumns,
    spreads: BeliefColumns,
    choice_offsets: std::vec::IntoIter<i64>,
}

impl ArticleColumns {
    fn read(cursor: &mut Cursor<'_>, count: usize) -> Result<Self, Error> {
        let known = column::read_flags(cursor, count, "which articles are known")?;
        let count = known.iter().filter(|&&k| k).count();
        let range = (-MAX_CHOICE_OFFSET, MAX_CHOICE_OFFSET);
        Ok(Self {
            known: known.into_iter(),
            offsets: BeliefColumns::read(cursor, count, "an article's offset")?,
            grades: BeliefColumns::read(cursor, count, "an article's grade")?,
            spreads: BeliefColumns::read(cursor, count, "an article's spread")?,
            choice_offsets: column::read(cursor, count, range, "an article's choice offset")?
                .into_iter(),
        })
    }

    /// The next article's codes; `None` if it is as its brand.
    fn next(&mut self) -> Option<ArticleCodes> {
        self.known.next()?.then(|| ArticleCodes {
            offset: self.offsets.next(),
            grade: self.grades.next(),
            spread: self.spreads.next(),
            choice_offset: self.choice_offsets.next().unwrap_or(0),
        })
    }
}

/// The columns of the sizes of a block's articles.
struct SizeColumns {
    /// For each size whether the other column has it; otherwise its popularity is 0.
    known: std::vec::IntoIter<bool>,
    popularities: std::vec::IntoIter<i64>,
}

impl SizeColumns {
    fn read(cursor: &mut Cursor<'_>, count: usize) -> Result<Self, Error> {
        let known = column::read_flags(cursor, count, "which sizes are known")?;
        let count = known.iter().filter(|&&k| k).count();
        let range = (-MAX_POPULARITY, MAX_POPULARITY);
        Ok(Self {
            known: known.into_iter(),
            popularities: column::read(cursor, count, range, "a size's popularity")?.into_iter(),
        })
    }

    /// The code of the next size's popularity.
    fn next(&mut self) -> i64 {
        let known = self.known.next().unwrap_or(false);
        if known { self.popularities.next().unwrap_or(0) } else { 0 }
    }
}

/// A column of means and a column of standard deviations.
struct BeliefColumns {
    means: std::vec::IntoIter<i64>,
    sds: std::vec::IntoIter<i64>,
}

impl BeliefColumns {
    fn read(cursor: &mut Cursor<'_>, count: usize, field: &str) -> Result<Self, Error> {
        Ok(Self {
            means: column::read(cursor, count, (-MAX_CODE, MAX_CODE), field)?.into_iter(),
            sds: column::read(cursor, count, (1, MAX_CODE), field)?.into_iter(),
        })
    }

    /// The next codes. The columns have as many as were announced.
    fn next(&mut self) -> BeliefCodes {
        BeliefCodes { mean: self.means.next().unwrap_or(0), sd: self.sds.next().unwrap_or(1) }
    }
}
