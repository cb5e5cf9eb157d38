//! Turns the catalogue's attributes of articles (stretch, material, cut) into features.
//!
//! Articles of one brand differ by their attributes more than by chance, so attributes move the
//! prior that the brand gives: `offset ~ N(brand + coefficients . features, variance)`, likewise
//! the spread. Each fit group has its own coefficients, from ridge regressions on the articles that
//! customers have bought.

use crate::error::Error;
use crate::train::columns::{CatalogueEntry, history_error};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most words of one attribute that become features, the commonest first.
const MAX_WORDS: usize = 64;
/// A word on fewer articles is no feature: its effect could not be told from those articles' own
/// offsets.
const MIN_ARTICLES: usize = 10;
/// Standardised numbers beyond this many sd are taken as this.
const CLIP: f64 = 4.0;
/// The features of every article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    /// Number of features.
    width: usize,
    /// By article: the features that are not 0; `None` where the catalogue has no attributes of it.
    features: Vec<Option<Vec<(usize, f64)>>>,
    /// The fit group of each article.
    group: Vec<u16>,
    /// By fit group: means over the articles with attributes. An article without attributes counts
    /// as the mean.
    means: Vec<Vec<f64>>,
}

/// How the values of one attribute become features.
enum Encoding {
    /// One feature: the number, standardised.
    Number { mean: f64, sd: f64 },
    /// One feature for each word, in this order: 1 where the article's value has it.
    Words(Vec<String>),
}

impl Encoding {
    /// `None` where the attribute does not tell articles apart: all values are the same, or no word
    /// is on enough articles.
    fn new(values: &[&str]) -> Option<Self> {
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
            counts.into_iter().filter(|(_, n)| (MIN_ARTICLES..given.len()).contains(n)).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked.truncate(MAX_WORDS);
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
                let words = words(value);
                out.extend(
                    known
                        .iter()
                        .enumerate()
                        .filter(|(_, w)| words.contains(*w))
                        .map(|(i, _)| (first + i, 1.0)),
                );
            }
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|x: &f64| x.is_finite())
}

/// The words of a text that have a letter, in lower case: cotton and elastane in
/// `95 % Cotton, 5 % Elastane`.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect()
}

impl Attributes {
    /// From the catalogue. `articles` are the key and the fit group of each article, sorted by key.
    ///
    /// # Errors
    /// Where one entry has another number of attributes than the first.
    pub(crate) fn new(
        catalogue: &[CatalogueEntry],
        articles: &[(u64, u16)],
        groups: usize,
    ) -> Result<Self, Error> {
        let attributes = catalogue.first().map_or(0, |entry| entry.attributes.len());
        if let Some(entry) = catalogue.iter().find(|entry| entry.attributes.len() != attributes) {
            let (here, what) = (entry.attributes.len(), &entry.article);
            return Err(history_error(format!(
                "catalogue article {what:?}: {here} attributes, {attributes} expected"
            )));
        }
        if attributes == 0 {
            return Ok(Self::default());
        }
        // The last of two entries of one article counts, as elsewhere.
        let entries: HashMap<u64, &CatalogueEntry> = catalogue
            .iter()
            .map(|entry| (crate::model::article_key(&entry.article), entry))
            .collect();
        let entries: Vec<Option<&CatalogueEntry>> =
            articles.iter().map(|(key, _)| entries.get(key).copied()).collect();
        let mut all: Vec<Option<Vec<(usize, f64)>>> = entries
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
            let Some(encoding) = Encoding::new(&values) else { continue };
            for (features, value) in all.iter_mut().zip(values) {
                if let Some(features) = features {
                    encoding.features(value, width, features);
                }
            }
            width += encoding.width();
        }
        let group: Vec<u16> = articles.iter().map(|(_, group)| *group).collect();
        let mut means = vec![vec![0.0; width]; groups];
        let mut counts = vec![0.0; groups];
        for (features, &group) in all.iter().zip(&group) {
            let Some(features) = features else { continue };
            counts[usize::from(group)] += 1.0;
            features.iter().for_each(|&(i, x)| means[usize::from(group)][i] += x);
        }
        for (means, count) in means.iter_mut().zip(counts) {
            means.iter_mut().for_each(|x| *x /= f64::max(count, 1.0));
        }
        Ok(Self { width, features: all, group, means })
    }

    /// The fit group of the article and its features that are not 0; `None` where the catalogue has
    /// no attributes of it.
    pub(crate) fn features(&self, article: usize) -> Option<(usize, &[(usize, f64)])> {
        let features = self.features.get(article)?.as_ref()?;
        Some((usize::from(self.group[article]), features))
    }

    /// Number of features.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Means of the features by fit group.
    pub(crate) fn means(&self) -> &[Vec<f64>] {
        &self.means
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue_fixture::{entry, keys};
    use super::*;

    #[test]
    fn words_are_what_has_letters() {
        let found: Vec<String> =
            words("95% Cotton, 5 % Elastane; 3/4-sleeve 100").into_iter().collect();
        assert_eq!(found, ["cotton", "elastane", "sleeve"]);
    }

    #[test]
    fn attributes_that_tell_nothing_apart_are_no_features() {
        let values = |text: &'static str, n: usize| vec![text; n];
        assert!(Encoding::new(&values("wool", 50)).is_none(), "the same on all");
        assert!(Encoding::new(&values("2.5", 50)).is_none(), "the same on all");
        assert!(
            Encoding::new(&[values("wool", 9), values("silk", 9)].concat()).is_none(),
            "on too few"
        );
        let Some(Encoding::Words(known)) =
            Encoding::new(&[values("wool", 10), values("silk", 12)].concat())
        else {
            panic!("two words")
        };
        assert_eq!(known, ["silk", "wool"]);
        assert!(Encoding::new(&values("", 50)).is_none());
    }

    #[test]
    fn entries_of_different_lengths_are_refused() {
        let mut entries = vec![entry(0, ["wool", "1"]), entry(1, ["wool", "2"])];
        entries[1].attributes.pop();
        let error = Attributes::new(&entries, &keys(2), 1).unwrap_err().to_string();
        assert!(error.contains("\"a1\": 1 attributes, 2 expected"), "{error}");
    }
}
