//! What an article is made of and made for, as features of how it runs: what is known of an article
//! before anyone has bought it.
//!
//! A catalogue may say of each article that it stretches, what it is of, how it is cut. Articles of
//! one brand differ by such things more than by chance, so they move what the brand expects:
//! `offset ~ N(brand + coefficients . features, variance)`, likewise the spread. The coefficients
//! are each fit group's own, and as well known as the articles that have been bought make them:
//! ridge regressions whose ridges are learned.

use super::graph::history;
use super::history::CatalogueEntry;
use super::hyper::learned_ridge;
use super::state::ArticleBelief;
use crate::error::Error;
use crate::math::Gaussian;
use nalgebra::{Cholesky, DMatrix, DVector};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most words of one attribute that count, the commonest first.
const MOST_WORDS: usize = 64;
/// A word on fewer articles says nothing: what it stands for could not be told from those articles
/// themselves.
const LEAST_ARTICLES: usize = 10;
/// Standardised numbers beyond this many sd are taken as this.
const CLIP: f64 = 4.0;
/// Prior precision of a coefficient before any is learned: sd .2 steps, or probit units.
const FIRST_RIDGE: f64 = 25.0;

/// The features of every article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    /// How many there are.
    width: usize,
    /// Of each article those that are not 0; `None` where the catalogue says nothing of it.
    of: Vec<Option<Vec<(usize, f64)>>>,
    /// The fit group of each article.
    group: Vec<u16>,
    /// Their means over the articles of each fit group of which something is said: who says nothing
    /// is as the mean.
    means: Vec<Vec<f64>>,
}

/// How the values of one attribute become features.
enum Kind {
    /// One feature: the number, standardised.
    Number { mean: f64, sd: f64 },
    /// One for each word, in this order: 1 where it is among the article's.
    Words(Vec<String>),
}

impl Kind {
    /// `None` where it tells nothing: all the same, or no word on enough articles.
    fn of(values: &[&str]) -> Option<Self> {
        let given: Vec<&str> = values.iter().copied().filter(|v| !v.trim().is_empty()).collect();
        let numbers: Option<Vec<f64>> = given.iter().map(|v| number(v)).collect();
        if let Some(mut xs) = numbers.filter(|xs| !xs.is_empty()) {
            // Sorted, so that the sums do not depend on the order of the rows.
            xs.sort_by(f64::total_cmp);
            let n = xs.len() as f64;
            let mean = xs.iter().sum::<f64>() / n;
            let sd = (xs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n).sqrt();
            return (sd > 1e-9 * mean.abs().max(1e-9)).then_some(Self::Number { mean, sd });
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        given.iter().flat_map(|v| words(v)).for_each(|word| *counts.entry(word).or_default() += 1);
        let mut ranked: Vec<(String, usize)> =
            counts.into_iter().filter(|(_, n)| (LEAST_ARTICLES..given.len()).contains(n)).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.truncate(MOST_WORDS);
        (!ranked.is_empty())
            .then(|| Self::Words(ranked.into_iter().map(|(word, _)| word).collect()))
    }

    fn width(&self) -> usize {
        match self {
            Self::Number { .. } => 1,
            Self::Words(words) => words.len(),
        }
    }

    /// The features of a value, from index `first` on.
    fn features(&self, value: &str, first: usize, out: &mut Vec<(usize, f64)>) {
        match self {
            Self::Number { mean, sd } => {
                out.extend(number(value).map(|x| (first, ((x - mean) / sd).clamp(-CLIP, CLIP))));
            }
            Self::Words(known) => {
                let said = words(value);
                out.extend(
                    known
                        .iter()
                        .enumerate()
                        .filter(|(_, w)| said.contains(*w))
                        .map(|(i, _)| (first + i, 1.0)),
                );
            }
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|x: &f64| x.is_finite())
}

/// The words of a text, in small letters: what has a letter in it. Of `95 % Cotton, 5 % Elastane`
/// those are cotton and elastane.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

impl Attributes {
    /// Reads them off the catalogue; `articles` are the key and the fit group of each article, in
    /// order of their keys.
    ///
    /// # Errors
    /// Where one entry has another number of attributes than the first.
    pub(crate) fn of(
        catalogue: &[CatalogueEntry],
        articles: &[(u64, u16)],
        groups: usize,
    ) -> Result<Self, Error> {
        let attributes = catalogue.first().map_or(0, |entry| entry.attributes.len());
        if let Some(entry) = catalogue.iter().find(|entry| entry.attributes.len() != attributes) {
            let (here, what) = (entry.attributes.len(), &entry.article);
            return Err(history(format!(
                "catalogue article {what:?}: {here} attributes, {attributes} expected"
            )));
        }
        if attributes == 0 {
            return Ok(Self::default());
        }
        // Of two entries of one article the last counts, as elsewhere.
        let entries: HashMap<u64, &CatalogueEntry> = catalogue
            .iter()
            .map(|entry| (crate::model::article_key(&entry.article), entry))
            .collect();
        let entries: Vec<Option<&CatalogueEntry>> =
            articles.iter().map(|(key, _)| entries.get(key).copied()).collect();
        let mut of: Vec<Option<Vec<(usize, f64)>>> = entries
            .iter()
            .map(|entry| {
                entry
                    .filter(|e| e.attributes.iter().any(|v| !v.trim().is_empty()))
                    .map(|_| Vec::new())
            })
            .collect();
        let mut width = 0;
        for i in 0..attributes {
            let values: Vec<&str> =
                entries.iter().map(|e| e.map_or("", |e| e.attributes[i].as_str())).collect();
            let Some(kind) = Kind::of(&values) else { continue };
            for (features, value) in of.iter_mut().zip(values) {
                if let Some(features) = features {
                    kind.features(value, width, features);
                }
            }
            width += kind.width();
        }
        let group: Vec<u16> = articles.iter().map(|(_, group)| *group).collect();
        let mut means = vec![vec![0.0; width]; groups];
        let mut counts = vec![0.0; groups];
        for (features, &group) in of.iter().zip(&group) {
            let Some(features) = features else { continue };
            counts[usize::from(group)] += 1.0;
            features.iter().for_each(|&(i, x)| means[usize::from(group)][i] += x);
        }
        for (means, count) in means.iter_mut().zip(counts) {
            means.iter_mut().for_each(|x| *x /= f64::max(count, 1.0));
        }
        Ok(Self { width, of, group, means })
    }

    /// Effects before anything is learned: none.
    pub(crate) fn start(&self) -> Vec<Effects> {
        let none = Effects { coefficients: vec![0.0; self.width], centre: 0.0, ridge: FIRST_RIDGE };
        vec![none; 2 * self.means.len()]
    }

    /// How much more than its brand's the offset and the spread of article `a` are expected to be.
    pub(crate) fn shifts(&self, effects: &[Effects], a: usize) -> [f64; 2] {
        let Some(Some(features)) = self.of.get(a) else { return [0.0; 2] };
        let group = usize::from(self.group[a]);
        [0, 1].map(|k| {
            let Effects { coefficients, centre, .. } = &effects[2 * group + k];
            features.iter().map(|&(i, x)| coefficients[i] * x).sum::<f64>() - centre
        })
    }

    /// One step of the effects. `evidence` is what the purchases of each article say of it,
    /// `expected` what its brand would say without its attributes and without that evidence.
    pub(crate) fn learn(
        &self,
        effects: &mut [Effects],
        evidence: &[ArticleBelief],
        expected: &[ArticleBelief],
    ) {
        if self.width == 0 {
            return;
        }
        for (g, means) in self.means.iter().enumerate() {
            for k in 0..2 {
                let of =
                    |belief: &ArticleBelief| if k == 0 { belief.offset } else { belief.spread };
                let mut sums = Normal::new(self.width);
                for (a, features) in self.of.iter().enumerate() {
                    let Some(features) =
                        features.as_ref().filter(|_| usize::from(self.group[a]) == g)
                    else {
                        continue;
                    };
                    let brand = of(&expected[a]);
                    let left = of(&evidence[a]).shifted(-brand.mean()).widen(brand.variance());
                    sums.add(features, left);
                }
                effects[2 * g + k].learn(&sums, means);
            }
        }
    }
}

/// What the attributes do to the offsets, or the spreads, of one fit group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Effects {
    coefficients: Vec<f64>,
    /// Coefficients times the features' means.
    centre: f64,
    /// Prior precision of the coefficients.
    ridge: f64,
}

impl Effects {
    fn learn(&mut self, sums: &Normal, means: &[f64]) {
        let (mut matrix, right) = sums.centred(means);
        (0..matrix.nrows()).for_each(|i| matrix[(i, i)] += self.ridge);
        let Some(cholesky) = Cholesky::new(matrix) else { return };
        let solution = cholesky.solve(&right);
        self.ridge = learned_ridge(
            self.ridge,
            solution.norm_squared(),
            cholesky.inverse().diagonal().as_slice(),
        );
        self.coefficients.iter_mut().zip(solution.iter()).for_each(|(b, x)| *b = *x);
        self.centre = self.coefficients.iter().zip(means).map(|(b, m)| b * m).sum();
    }
}

/// Sums of a weighted regression over sparse features, centred at the end.
struct Normal {
    matrix: DMatrix<f64>,
    features: DVector<f64>,
    right: DVector<f64>,
    precision: f64,
    precision_mean: f64,
}

impl Normal {
    fn new(width: usize) -> Self {
        let (matrix, zeros) = (DMatrix::zeros(width, width), DVector::zeros(width));
        Self { matrix, features: zeros.clone(), right: zeros, precision: 0.0, precision_mean: 0.0 }
    }

    fn add(&mut self, features: &[(usize, f64)], seen: Gaussian) {
        self.precision += seen.precision;
        self.precision_mean += seen.precision_mean;
        for &(i, x) in features {
            self.features[i] += seen.precision * x;
            self.right[i] += seen.precision_mean * x;
            features.iter().for_each(|&(j, y)| self.matrix[(i, j)] += seen.precision * x * y);
        }
    }

    /// The normal matrix and the right side as if the means had been taken from the features at
    /// first.
    fn centred(&self, means: &[f64]) -> (DMatrix<f64>, DVector<f64>) {
        let matrix = DMatrix::from_fn(means.len(), means.len(), |i, j| {
            let (m, n) = (means[i], means[j]);
            self.matrix[(i, j)] - self.features[i] * n - m * self.features[j]
                + self.precision * m * n
        });
        let right =
            DVector::from_fn(means.len(), |i, _| self.right[i] - self.precision_mean * means[i]);
        (matrix, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(article: usize, attributes: [&str; 2]) -> CatalogueEntry {
        let attributes = attributes.map(str::to_owned).to_vec();
        CatalogueEntry { article: format!("a{article}"), attributes, ..CatalogueEntry::default() }
    }

    fn keys(count: usize) -> Vec<(u64, u16)> {
        (0..count).map(|i| (crate::model::article_key(&format!("a{i}")), 0)).collect()
    }

    #[test]
    fn words_are_what_has_letters() {
        let said: Vec<String> =
            words("95% Cotton, 5 % Elastane; 3/4-sleeve 100").into_iter().collect();
        assert_eq!(said, ["cotton", "elastane", "sleeve"]);
    }

    #[test]
    fn what_says_nothing_is_no_feature() {
        let values = |text: &'static str, n: usize| vec![text; n];
        assert!(Kind::of(&values("wool", 50)).is_none(), "the same on all");
        assert!(Kind::of(&values("2.5", 50)).is_none(), "the same on all");
        assert!(Kind::of(&[values("wool", 9), values("silk", 9)].concat()).is_none(), "on too few");
        let Some(Kind::Words(known)) = Kind::of(&[values("wool", 10), values("silk", 12)].concat())
        else {
            panic!("two words")
        };
        assert_eq!(known, ["silk", "wool"]);
        assert!(Kind::of(&values("", 50)).is_none());
    }

    #[test]
    fn effects_are_found_and_the_silent_are_as_the_mean() {
        // Every other article stretches and runs .4 larger than the others; each tenth step of the
        // number makes it .05 smaller.
        let entries: Vec<CatalogueEntry> = (0..200)
            .map(|i| entry(i, [["cotton", "cotton stretch"][i % 2], &format!("{}", i % 10)]))
            .collect();
        let attributes = Attributes::of(&entries, &keys(201), 1).unwrap();
        let mut effects = attributes.start();
        assert_eq!(attributes.shifts(&effects, 0), [0.0; 2]);
        let truth = |i: usize| 0.4 * (i % 2) as f64 - 0.05 * (i % 10) as f64;
        let seen =
            |i: usize| if i == 200 { Gaussian::FLAT } else { Gaussian::new(truth(i) + 0.3, 0.05) };
        let evidence: Vec<ArticleBelief> =
            (0..201).map(|i| ArticleBelief { offset: seen(i), spread: Gaussian::FLAT }).collect();
        let brand =
            ArticleBelief { offset: Gaussian::new(0.3, 0.05), spread: Gaussian::new(0.0, 1.0) };
        for _ in 0..10 {
            attributes.learn(&mut effects, &evidence, &vec![brand; 201]);
        }
        let mean = (0..200).map(truth).sum::<f64>() / 200.0;
        for i in [0, 1, 38, 199] {
            let [offset, spread] = attributes.shifts(&effects, i);
            assert!(
                (offset - (truth(i) - mean)).abs() < 0.04,
                "article {i}: {offset}, {}",
                truth(i) - mean
            );
            assert_eq!(spread, 0.0, "nothing was seen of spreads");
        }
        assert_eq!(attributes.shifts(&effects, 200), [0.0; 2], "the catalogue has no such article");
    }

    #[test]
    fn entries_of_different_lengths_are_refused() {
        let mut entries = vec![entry(0, ["wool", "1"]), entry(1, ["wool", "2"])];
        entries[1].attributes.pop();
        let said = Attributes::of(&entries, &keys(2), 1).unwrap_err().to_string();
        assert!(said.contains("\"a1\": 1 attributes, 2 expected"), "{said}");
    }
}
