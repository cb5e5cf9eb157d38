//! The memory that reading a model takes is bounded by the length of the file, whatever its bytes
//! are (model/format.md, section 1).
//!
//! A test program with a single test, because the counting allocator serves the whole program and
//! tests run in parallel.

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

/// Bound of the memory per byte of the file, bytes (model/format.md).
const PER_BYTE: usize = 512;
/// Bound of the memory besides, bytes.
const FIXED: usize = 32 << 20;

/// Reads the bytes, which may be refused; returns the peak of the memory that this took, bytes.
fn peak_memory(bytes: &[u8]) -> usize {
    let before = COUNTING.current_usage();
    COUNTING.reset_peak_usage();
    let _ = std::hint::black_box(read(bytes));
    COUNTING.peak_usage().saturating_sub(before)
}

/// A model whose articles are small in the file and large in memory: their beliefs equal the
/// brand's prior, and they have the maximal number of sizes.
fn model_of_large_articles() -> Model {
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
    let sizes: Vec<ArticleSize> =
        (0..1024).map(|label| ArticleSize { label, popularity: 0.0 }).collect();
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
fn memory_is_bounded_by_the_length_of_the_file() {
    let small = write(&shop::small()).unwrap();
    let large = write(&model_of_large_articles()).unwrap();
    // The measurement works: the model needs at least this much.
    let needed = 256 * 1024 * size_of::<ArticleSize>();
    assert!(
        read(&large).is_ok() && peak_memory(&large) > needed,
        "{} of {needed}",
        peak_memory(&large)
    );
    let mut worst = 0.0_f64;
    let mut check = |bytes: &[u8], what: &dyn Fn() -> String| {
        let (peak, bound) = (peak_memory(bytes), PER_BYTE * bytes.len() + FIXED);
        worst = worst.max(peak as f64 / bytes.len() as f64);
        assert!(peak < bound, "{}: {peak} bytes of memory, at most {bound} allowed", what());
    };
    check(&large, &|| "large articles".into());
    // Replace each byte of the head and of the blocks by a large number, or by the mark of a number
    // of 2, 4 or 8 bytes, and correct the digests.
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
    println!("at most {worst:.0} bytes of memory per byte of the file");
}
