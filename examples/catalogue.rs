//! Writes the model of a shop of any size without training one:
//! `cargo run --release --example catalogue -- 1000000 shop.inseam`.
//!
//! The beliefs look like those of training: three articles in four have a history, and seven in ten
//! of their six sizes; the others are at their priors. Ids are A0, A1 ... The same number of
//! articles gives the same bytes.

use inseam::Model;
use inseam::format::{Head, write};
use inseam::math::Gaussian;
use inseam::model::{
    AdviceRule, Article, ArticleSize, Brand, Choice, Group, Others, OutcomeTerms, PurchaseTerms,
    Returns, Scale, ScaleLabel, SizePrior, Trend, article_key,
};
use inseam::size::System;
use nalgebra::DMatrix;

/// A small deterministic generator (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Approximately normal: the sum of twelve uniform numbers.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// A belief after some purchases, with less than the prior's variance and a mean that has moved
    /// accordingly.
    fn learned(&mut self, prior: Gaussian) -> Gaussian {
        let left = prior.variance() * (0.08 + 0.9 * self.unit());
        Gaussian::new(prior.mean() + (prior.variance() - left).sqrt() * self.normal(), left)
    }
}

const GROUPS: [&str; 4] = ["dresses", "tops", "bottoms", "footwear"];
const CATEGORIES: [&str; 12] = [
    "wrap dress",
    "gown",
    "sheath",
    "shirt",
    "knitwear",
    "jacket",
    "trousers",
    "jeans",
    "skirt",
    "sneaker",
    "boot",
    "sandal",
];
/// An article has six consecutive labels of these.
const LABELS: usize = 12;
const BRANDS: usize = 1000;

fn group(name: &str) -> Group {
    Group {
        name: name.into(),
        size: SizePrior { intercept: 0.0, coefficients: vec![], variance: 4.0 },
        outcome: OutcomeTerms {
            terms: [[-1.3, 0.0, 0.0]; 2],
            slope: 0.55,
            chosen_slope: 0.3,
            advised: [0.05, -0.05],
        },
        purchase: PurchaseTerms {
            terms: [[-1.3, 0.0, 0.0, 0.1, 0.02]; 2],
            lean: 0.05,
            size: 0.3,
            garment: 0.55,
            fussiness: 1.0,
            preference: 1.0,
            spread: 1.0,
        },
        choice: Choice {
            scale: 0.7,
            awareness: 0.3,
            others: Others { share: 0.05, mean: 0.0, variance: 4.0 },
        },
        advice: AdviceRule { weight: 2.0, reach: 1 },
        returns: Returns {
            intercept: -1.2,
            article_variance: 0.1,
            unexplained: 1.0,
            bracketed: 0.03,
        },
        offset_variance: [0.12, 0.2].into(),
        grade_variance: 0.01,
        spread_variance: [0.03, 0.05].into(),
    }
}

fn scales() -> Vec<Scale> {
    let systems = [(System::De, 30), (System::It, 34), (System::Uk, 4), (System::Us, 0)];
    let label = |first: usize, i: usize| ScaleLabel {
        text: (first + 2 * i).to_string(),
        position: i as f64 - 4.0,
        length: 0.0,
        appeal: 0.1 * (6.0 - (i as f64 - 5.0).abs()),
        thresholds: [0.02 * i as f64 - 0.1, 0.1 - 0.02 * i as f64],
    };
    let scales = |group: usize| {
        systems.map(|(system, first)| Scale {
            group: group as u16,
            system,
            noise: 1.0,
            labels: (0..LABELS).map(|i| label(first, i)).collect(),
        })
    };
    (0..GROUPS.len()).flat_map(scales).collect()
}

fn shop(articles: usize) -> Model {
    let mut r = Random(0x1234_5678_9abc_def1);
    let groups: Vec<Group> = GROUPS.into_iter().map(group).collect();
    let brands: Vec<Brand> = (0..BRANDS)
        .map(|i| Brand {
            name: format!("Maison {}", i / 4),
            category: CATEGORIES[i % 12].into(),
            group: (i % 12 / 3) as u16,
            offset: r.learned(Gaussian::new(0.0, groups[0].offset_variance.brand)),
            spread: r.learned(Gaussian::new(0.0, groups[0].spread_variance.brand)),
        })
        .collect();
    let mut articles: Vec<Article> = (0..articles)
        .map(|i| {
            let brand = r.below(BRANDS);
            let parent = &brands[brand];
            let own = &groups[usize::from(parent.group)];
            let usual = [
                parent.offset.widen(own.offset_variance.article),
                parent.spread.widen(own.spread_variance.article),
            ];
            let sold = r.below(4) > 0;
            let [offset, spread] = if sold { usual.map(|prior| r.learned(prior)) } else { usual };
            let first = r.below(LABELS - 5);
            let sizes = (first..first + 6).map(|label| match sold && r.below(10) < 7 {
                true => ArticleSize { label: label as u16, popularity: 0.5 * r.normal() },
                false => ArticleSize { label: label as u16, popularity: 0.0 },
            });
            let sizes = sizes.collect();
            let scale = parent.group * 4 + r.below(4) as u16;
            let unknown = Gaussian::new(0.0, own.grade_variance);
            let (grade, choice_offset) =
                if sold { (r.learned(unknown), 0.2 * r.normal()) } else { (unknown, 0.0) };
            let key = article_key(&format!("A{i}"));
            Article { key, brand: brand as u32, scale, offset, grade, spread, choice_offset, sizes }
        })
        .collect();
    articles.sort_by_key(|a| a.key);
    articles.dedup_by_key(|a| a.key);
    let trait_ = |variance| SizePrior { intercept: 0.0, coefficients: vec![], variance };
    Model {
        covariance: DMatrix::from_fn(4, 4, |i, j| if i == j { 4.0 } else { 2.0 }),
        groups,
        traits: [0.2, 0.1, 1.0, 0.1].map(trait_),
        trend: Trend::default(),
        measurements: vec![],
        scales: scales(),
        brands,
        articles,
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [articles, path] = &arguments[..] else {
        return Err("give a number of articles and a file".into());
    };
    let bytes = write(&shop(articles.parse()?))?;
    let (head, _) = Head::read(&bytes)?;
    let longest = (0..head.blocks()).map(|block| head.span(block).len()).max().unwrap_or(0);
    println!(
        "{} bytes, {:.2} an article; head {} bytes; {} blocks of {} bytes on average, at most {longest}",
        bytes.len(),
        bytes.len() as f64 / head.articles().max(1) as f64,
        head.length(),
        head.blocks(),
        (bytes.len() - head.length()) / head.blocks()
    );
    if let Some(folder) = std::path::Path::new(path).parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, bytes)?)
}
