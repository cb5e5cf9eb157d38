//! The rules of a block, broken in its columns one by one.

use crate::shop::small;
use crate::surgery::{blocks, directory, refused, seal};
use inseam::Error;
use inseam::format::{read, write};
use inseam::math::Gaussian;
use inseam::model::ArticleSize;

/// Numbers packed as a block has them.
fn column(values: &[i64]) -> Vec<u8> {
    let (least, most) = (values.iter().min().unwrap(), values.iter().max().unwrap());
    let width = 64 - (most - least).leading_zeros();
    let mut out = vec![253];
    out.extend((((least << 1) ^ (least >> 63)) as u64).to_le_bytes());
    out.push(width as u8);
    out.extend(packed(values.iter().map(|v| (v - least) as u64), width));
    out
}

fn packed(values: impl Iterator<Item = u64>, width: u32) -> Vec<u8> {
    let bits: Vec<u8> =
        values.flat_map(|v| (0..width).map(move |bit| (v >> bit & 1) as u8)).collect();
    bits.chunks(8).map(|byte| byte.iter().rev().fold(0, |sum, bit| sum << 1 | bit)).collect()
}

/// The columns of a block of two articles of the small shop, the first with two sizes that are
/// known, the second with one that is not.
fn parts() -> Vec<Vec<u8>> {
    vec![
        vec![2],               // articles
        column(&[1 << 20, 7]), // keys, each above the one before
        column(&[0, 1]),       // brands
        column(&[0, 2]),       // scales, as no run is shared
        // Labels: the first and last of scale 0, the second of scale 2.
        packed([1, 0, 1, 0, 1].into_iter(), 1),
        packed([1, 0].into_iter(), 1), // which articles are known
        column(&[-256]),
        column(&[192]), // offset: mean and sd
        column(&[128]),
        column(&[128]), // grade
        column(&[128]),
        column(&[128]),                   // spread
        column(&[-7]),                    // choice offset
        packed([1, 1, 0].into_iter(), 1), // which sizes are known
        column(&[4, -4]),                 // popularity
    ]
}

/// The small shop with its block replaced, and where the block begins.
fn with_block(content: &[u8]) -> (Vec<u8>, usize) {
    let bytes = write(&small()).unwrap();
    let (directory, start) = (directory(&bytes), blocks(&bytes));
    let mut out = bytes[..start].to_vec();
    out[directory..directory + 2].copy_from_slice(&(content.len() as u16).to_le_bytes());
    out[20] = content[0];
    out.extend(content);
    seal(&mut out);
    (out, start)
}

#[test]
fn a_block_by_hand() {
    let (bytes, _) = with_block(&parts().concat());
    let model = read(&bytes).unwrap();
    let [first, second] = &model.articles[..] else { panic!("two articles") };
    assert_eq!([first.key, second.key], [(1 << 20) - 1, (1 << 20) + 6]);
    assert_eq!([first.brand, second.brand, u32::from(second.scale)], [0, 1, 2]);
    let (offset, spread) = (Gaussian::new(-0.5, 0.5625), Gaussian::new(0.25, 0.25));
    assert_eq!((first.offset, first.spread), (offset, spread));
    assert_eq!((first.grade, first.choice_offset), (Gaussian::new(0.0625, 0.015_625), -0.21875));
    let size = |label, popularity| ArticleSize { label, popularity };
    assert_eq!(first.sizes, [size(0, 0.25), size(2, -0.25)]);
    // The second article's group has slope .875, brand offset N(.75, .0625) and variance .21875;
    // that of grades is .015625.
    let near = |sd: f64| (sd * 256.0).round() / 256.0;
    let sd = near((0.0625_f64 + 0.21875).sqrt());
    assert_eq!(second.offset, Gaussian::new(0.75, sd * sd));
    assert_eq!((second.grade, second.choice_offset), (Gaussian::new(0.0, 0.015_625), 0.0));
    assert_eq!(second.sizes, [size(1, 0.0)]);
}

/// Violates a rule in one part of the block, and checks the message.
fn part_is_refused(part: usize, with: Vec<u8>, what: &str) {
    let mut parts = parts();
    parts[part] = with;
    let (bytes, start) = with_block(&parts.concat());
    match read(&bytes) {
        Err(Error::Format { at, what: why }) => {
            assert!(why.contains(what), "{why}, not {what}");
            let from = start + parts[..part].iter().map(Vec::len).sum::<usize>();
            let place = at as usize;
            // A fault of an article as a whole has the offset of the brands.
            assert!(
                (start..=from + parts[part].len()).contains(&place),
                "{what} at {place}, {start}, {from}"
            );
        }
        other => panic!("{what}: {other:?}"),
    }
}

#[test]
fn invalid_columns_of_articles_are_refused() {
    let cases: Vec<(usize, Vec<u8>, &str)> = vec![
        (0, vec![200], "200 articles do not fit into a block of"),
        (1, column(&[0, 7]), "an article's key: numbers from 0 on in 3 bits are out of range"),
        (1, column(&[1, (1 << 52) + 1]), "an article's key is out of range"),
        (1, column(&[1 << 51, (1 << 51) + 1]), "a key does not belong to block 0"),
        (2, column(&[0, 3]), "an article's brand is out of range"),
        (2, column(&[-1, 0]), "an article's brand: numbers from -1 on in 1 bits are out of range"),
        (2, column(&[0, 0]), "has a size scale of another fit group than its brand's"),
        (3, column(&[0, 3]), "an article's size run is out of range"),
        (4, packed([0, 0, 0, 0, 1].into_iter(), 1), "an article has no sizes, or more than 1024"),
        (
            4,
            packed([1, 0, 1, 0, 1, 1].into_iter(), 1),
            "an article's sizes: the bits that are left over are not 0",
        ),
        (
            5,
            packed([1, 0, 1].into_iter(), 1),
            "which articles are known: the bits that are left over are not 0",
        ),
        (
            6,
            column(&[-(1 << 24) - 1]),
            "an article's offset: numbers from -16777217 on in 0 bits are out of range",
        ),
        (7, column(&[0]), "an article's offset: numbers from 0 on in 0 bits are out of range"),
        (
            8,
            column(&[(1 << 24) + 1]),
            "an article's grade: numbers from 16777217 on in 0 bits are out of range",
        ),
        (9, column(&[0]), "an article's grade: numbers from 0 on in 0 bits are out of range"),
        (
            11,
            column(&[(1 << 24) + 1]),
            "an article's spread: numbers from 16777217 on in 0 bits are out of range",
        ),
    ];
    cases.into_iter().for_each(|(part, with, what)| part_is_refused(part, with, what));
}

#[test]
fn invalid_columns_of_choice_offsets_and_sizes_are_refused() {
    let cases: Vec<(usize, Vec<u8>, &str)> = vec![
        (
            12,
            column(&[128]),
            "an article's choice offset: numbers from 128 on in 0 bits are out of range",
        ),
        (
            12,
            column(&[-128]),
            "an article's choice offset: numbers from -128 on in 0 bits are out of range",
        ),
        (
            12,
            vec![253, 0, 0, 0, 0, 0, 0, 0, 0, 8, 128],
            "an article's choice offset is out of range",
        ),
        (
            13,
            packed([1, 1, 0, 1].into_iter(), 1),
            "which sizes are known: the bits that are left over are not 0",
        ),
        (14, column(&[4, 128]), "a size's popularity is out of range"),
        (
            14,
            column(&[4, -128]),
            "a size's popularity: numbers from -128 on in 8 bits are out of range",
        ),
        (14, [column(&[4, -4]), vec![0]].concat(), "1 bytes of the block belong to no article"),
    ];
    cases.into_iter().for_each(|(part, with, what)| part_is_refused(part, with, what));
}

#[test]
fn every_truncated_block_is_refused() {
    for length in 1..parts().concat().len() {
        let (bytes, _) = with_block(&parts().concat()[..length]);
        assert!(matches!(read(&bytes), Err(Error::Format { .. })), "{length}");
    }
}

/// Columns without bits must not reserve memory for the declared number of articles.
#[test]
fn columns_without_bits_reserve_no_memory() {
    let mut parts = parts();
    parts[0] = vec![252, 0xff, 0xff, 0xff, 0x7f];
    let (bytes, start) = with_block(&parts.concat());
    let what =
        format!("2147483647 articles do not fit into a block of {} bytes", bytes.len() - start);
    refused(read(&bytes), start, &what);
}
