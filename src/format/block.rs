//! Blocks: the articles whose keys share their highest bits, as columns.

use super::quantum::{
    self, ArticleCodes, CUT, Codes, Grid, MOST, MOST_CUT, MOST_POPULAR, POPULARITY,
};
use super::runs::{self, MAX_SIZES, Run};
use super::{bytes::Cursor, column, fault, wire};
use crate::Error;
use crate::model::{Article, ArticleSize, Group, KEY_BITS, Model};
use crate::text::joined;
use std::ops::Range;

/// Most articles a block of the writer has in the mean.
const CROWDED: usize = 256;
/// Most blocks.
pub(super) const MAX_BLOCKS: usize = 1 << 16;

/// How many blocks the writer makes of so many articles: a power of two.
pub(super) fn blocks_for(articles: usize) -> usize {
    articles.div_ceil(CROWDED).clamp(1, MAX_BLOCKS).next_power_of_two()
}

/// What the head says that blocks refer to.
#[derive(Clone, Copy)]
pub(super) struct Tables<'a> {
    pub(super) model: &'a Model,
    /// The size runs that many articles share.
    pub(super) runs: &'a [Run],
}

/// One block of a file.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Its number.
    pub(super) index: usize,
    /// How many there are: a power of two.
    pub(super) of: usize,
    /// Offset of its first byte in the file.
    pub(super) start: usize,
}

impl Place {
    /// An article's own record: the only block there is.
    pub(super) const ALONE: Self = Self { index: 0, of: 1, start: 0 };

    /// The number of the block, of so many, that an article of this key is in.
    pub(super) fn of_key(key: u64, blocks: usize) -> usize {
        (key >> (KEY_BITS - blocks.trailing_zeros())) as usize
    }

    /// Keys of the block: the first, and the first beyond it.
    pub(super) fn keys(self) -> Range<u64> {
        let rest = KEY_BITS - self.of.trailing_zeros();
        (self.index as u64) << rest..(self.index as u64 + 1) << rest
    }
}

/// Appends one block. The articles are those of the block, in ascending order.
pub(super) fn write(
    articles: &[Article],
    place: Place,
    tables: Tables<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let mut known = Vec::with_capacity(articles.len());
    let mut sizes = Vec::new();
    for article in articles {
        let what = |why: &str| fault(place.start, format!("article {:013x} {why}", article.key));
        let group = check(article, tables).map_err(what)?;
        let codes = quantum::of_article(group, article)
            .ok_or_else(|| what("is believed to run in no proper way"))?;
        let usual = quantum::unknown_article(group, &tables.model.brands[article.brand as usize]);
        known.push((codes != usual).then_some(codes));
        let usual = (quantum::unknown_size(group), 0);
        for size in &article.sizes {
            let deviation = Grid::of_offsets(group).encode(size.deviation);
            let codes = deviation.zip(quantum::of_popularity(size.popularity));
            let codes = codes
                .ok_or_else(|| what("has a size whose deviation or popularity is no proper one"))?;
            sizes.push((codes != usual).then_some(codes));
        }
    }
    wire::varint(articles.len() as u64, out);
    let before =
        std::iter::once(place.keys().start as i64 - 1).chain(articles.iter().map(|a| a.key as i64));
    column::write(articles.iter().zip(before).map(|(a, before)| a.key as i64 - before), out);
    column::write(articles.iter().map(|a| i64::from(a.brand)), out);
    runs::write(articles, tables, out);
    column::write_bits(known.iter().map(|k| u64::from(k.is_some())), 1, out);
    let known = known.iter().flatten();
    for (belief, part) in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)] {
        column::write(known.clone().map(|codes| codes.beliefs[belief][part]), out);
    }
    column::write(known.map(|codes| codes.cut), out);
    column::write_bits(sizes.iter().map(|k| u64::from(k.is_some())), 1, out);
    let known = sizes.iter().flatten();
    column::write(known.clone().map(|(deviation, _)| deviation[0]), out);
    column::write(known.clone().map(|(deviation, _)| deviation[1]), out);
    column::write(known.map(|&(_, popularity)| popularity), out);
    Ok(())
}

/// The fit group of an article that a file can hold; else what is wrong with it.
fn check<'h>(article: &Article, tables: Tables<'h>) -> Result<&'h Group, &'static str> {
    let brand =
        tables.model.brands.get(article.brand as usize).ok_or("is of a brand that is not there")?;
    let scale = tables
        .model
        .scales
        .get(usize::from(article.scale))
        .ok_or("is of a size scale that is not there")?;
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
    Ok(&tables.model.groups[usize::from(brand.group)])
}

/// Reads one block and appends its articles. The caller has seen that its digest holds.
pub(super) fn read(
    bytes: &[u8],
    place: Place,
    tables: Tables<'_>,
    out: &mut Vec<Article>,
) -> Result<(), Error> {
    let mut cursor = Cursor::of_part(bytes, place.start);
    let cursor = &mut cursor;
    let count = cursor.varint("a block's articles")?;
    // Every article takes a byte or more, so memory may be had for as many.
    if count > cursor.left() as u64 {
        return Err(fault(
            place.start,
            joined![count, " articles do not fit into a block of ", bytes.len(), " bytes"],
        ));
    }
    let count = count as usize;
    let keys = read_keys(cursor, count, place)?;
    let at = cursor.at();
    let brands = column::read(
        cursor,
        count,
        (0, tables.model.brands.len() as i64 - 1),
        "an article's brand",
    )?;
    let runs = runs::read(cursor, count, tables)?;
    let known = column::read_flags(cursor, count, "which articles are known")?;
    let mut offsets = Beliefs::read(cursor, &known, "an article's offset")?;
    let mut grades = Beliefs::read(cursor, &known, "an article's grade")?;
    let mut spreads = Beliefs::read(cursor, &known, "an article's spread")?;
    let cuts = known.iter().filter(|&&k| k).count();
    let mut cuts =
        column::read(cursor, cuts, (-MOST_CUT, MOST_CUT), "an article's cut")?.into_iter();
    let known_sizes = column::read_flags(
        cursor,
        runs.iter().map(|r| r.labels.len()).sum(),
        "which sizes are known",
    )?;
    let mut deviations = Beliefs::read(cursor, &known_sizes, "a size's deviation")?;
    let popular = known_sizes.iter().filter(|&&k| k).count();
    let mut popularities =
        column::read(cursor, popular, (-MOST_POPULAR, MOST_POPULAR), "a size's popularity")?
            .into_iter();
    if cursor.left() > 0 {
        return Err(fault(
            cursor.at(),
            joined![cursor.left(), " bytes of the block belong to no article"],
        ));
    }
    let (mut known, mut known_sizes) = (known.into_iter(), known_sizes.into_iter());
    for ((key, brand), run) in keys.into_iter().zip(brands).zip(runs) {
        let parent = &tables.model.brands[brand as usize];
        if parent.group != tables.model.scales[usize::from(run.scale)].group {
            return Err(fault(
                at,
                "an article has a size scale of another fit group than its brand's",
            ));
        }
        let group = &tables.model.groups[usize::from(parent.group)];
        let grid = Grid::of_offsets(group);
        let usual = quantum::unknown_article(group, parent);
        let codes = match known.next() {
            Some(true) => ArticleCodes {
                beliefs: [offsets.next(), grades.next(), spreads.next()],
                cut: cuts.next().unwrap_or(0),
            },
            _ => usual,
        };
        let usual = quantum::unknown_size(group);
        let size = |&label: &u16| {
            let (codes, popularity) = match known_sizes.next() {
                Some(true) => (deviations.next(), popularities.next().unwrap_or(0)),
                _ => (usual, 0),
            };
            ArticleSize {
                label,
                deviation: grid.decode(codes),
                popularity: popularity as f64 * POPULARITY,
            }
        };
        out.push(Article {
            key,
            brand: brand as u32,
            scale: run.scale,
            sizes: run.labels.iter().map(size).collect(),
            offset: grid.decode(codes.beliefs[0]),
            grade: Grid::of_grades(group).decode(codes.beliefs[1]),
            spread: Grid::SPREAD.decode(codes.beliefs[2]),
            cut: codes.cut as f64 * CUT,
        });
    }
    Ok(())
}

/// The keys of a block's articles: each as what it is above the one before.
fn read_keys(cursor: &mut Cursor<'_>, count: usize, place: Place) -> Result<Vec<u64>, Error> {
    let at = cursor.at();
    let Range { start: first, end: beyond } = place.keys();
    let gaps = column::read(cursor, count, (1, 1 << KEY_BITS), "an article's key")?;
    // The first gap is counted from the key before the block's first.
    let mut next = first;
    let mut keys = Vec::with_capacity(count);
    for gap in gaps {
        next += gap as u64;
        if next > beyond {
            return Err(fault(at, joined!["a key is not of block ", place.index]));
        }
        keys.push(next - 1);
    }
    Ok(keys)
}

/// The codes of beliefs, one after the other.
struct Beliefs(std::iter::Zip<std::vec::IntoIter<i64>, std::vec::IntoIter<i64>>);

impl Beliefs {
    /// Of those that are known.
    fn read(cursor: &mut Cursor<'_>, known: &[bool], field: &str) -> Result<Self, Error> {
        let count = known.iter().filter(|&&k| k).count();
        let means = column::read(cursor, count, (-MOST, MOST), field)?;
        let sds = column::read(cursor, count, (1, MOST), field)?;
        Ok(Self(means.into_iter().zip(sds)))
    }

    /// The next; there are as many as are known.
    fn next(&mut self) -> Codes {
        self.0.next().map_or([0, 1], |(mean, sd)| [mean, sd])
    }
}
