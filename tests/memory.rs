//! What a reader takes of memory: less than follows from the length of what it was given, however
//! hostile that is (model/format.md, section 1).
//!
//! A program of its own, because the allocator that counts is the whole program's; one test,
//! because tests run beside each other.

#[allow(dead_code)]
#[path = "tiny/random.rs"]
mod random;
#[allow(dead_code)]
#[path = "format/shop.rs"]
mod shop;
#[allow(dead_code)]
#[path = "format/surgery.rs"]
mod surgery;

use inseam::Model;
use inseam::format::{read, write};
use inseam::math::Gaussian;
use inseam::model::{Article, ArticleSize, ScaleLabel};
use peak_alloc::PeakAlloc;

#[global_allocator]
static COUNTING: PeakAlloc = PeakAlloc;

/// The promise of the format.
const PER_BYTE: usize = 512;
const FIXED: usize = 32 << 20;

/// Reads the bytes, refused or not; how many bytes of memory that took at the most, beside those
/// that were there.
fn taken(bytes: &[u8]) -> usize {
    let before = COUNTING.current_usage();
    COUNTING.reset_peak_usage();
    let _ = std::hint::black_box(read(bytes));
    COUNTING.peak_usage().saturating_sub(before)
}

/// A model whose articles take next to nothing in the file and much in memory: all as their brand
/// expects, in as many sizes as there may be.
fn blown_up() -> Model {
    let mut model = shop::small();
    let label = |i: u16| ScaleLabel {
        text: i.to_string(),
        position: f64::from(i),
        length: 0.0,
        appeal: 0.0,
        thresholds: [0.0; 2],
    };
    model.scales[0].labels = (0..1024).map(label).collect();
    let (brand, group) = (&model.brands[0], &model.groups[0]);
    let prior = |variance| Gaussian::new(0.0, variance);
    let sizes: Vec<ArticleSize> = (0..1024)
        .map(|label| ArticleSize {
            label,
            deviation: prior(group.offset_variance.size),
            popularity: 0.0,
        })
        .collect();
    let article = |i: u64| Article {
        key: i << 44,
        brand: 0,
        scale: 0,
        offset: brand.offset.widen(group.offset_variance.article),
        grade: prior(group.grade_variance),
        spread: brand.spread.widen(group.spread_variance.article),
        choice_offset: 0.0,
        sizes: sizes.clone(),
    };
    model.articles = (0..256).map(article).collect();
    model
}

#[test]
fn memory_follows_from_the_length() {
    let small = write(&shop::small()).unwrap();
    let large = write(&blown_up()).unwrap();
    // The measure itself: what is read takes at least what it holds.
    let held = 256 * 1024 * size_of::<ArticleSize>();
    assert!(read(&large).is_ok() && taken(&large) > held, "{} of {held}", taken(&large));
    let mut worst = 0.0_f64;
    let mut check = |bytes: &[u8], what: &dyn Fn() -> String| {
        let (taken, cap) = (taken(bytes), PER_BYTE * bytes.len() + FIXED);
        worst = worst.max(taken as f64 / bytes.len() as f64);
        assert!(taken < cap, "{}: {taken} bytes of memory, and {cap} are the cap", what());
    };
    check(&large, &|| "the largest articles".into());
    // Every byte of head and blocks made a large number, or the mark of one of 2, 4 or 8 bytes,
    // under digests that hold.
    let end = small.len();
    for at in (32..surgery::directory(&small)).chain(surgery::blocks(&small)..end) {
        for with in [
            &[0xfa_u8][..],
            &[0xff],
            &[251, 255, 255],
            &[252, 255, 255, 255, 255],
            &[253, 255, 255, 255, 255, 0, 0, 0, 0],
        ] {
            if at + with.len() <= end {
                check(&surgery::patched(&small, at, with), &|| format!("{with:?} at {at}"));
            }
        }
    }
    println!("at the most {worst:.0} bytes of memory a byte of the file");
}
