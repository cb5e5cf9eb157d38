//! The rules that are compared: each names a size of an article for a customer.

use crate::kept_size::nearest_size;
use inseam::model::{Article, Model};
use inseam::recommend::{Advice, SizeChance};

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// What the program advises.
    Advised,
    /// The customer's modal size within the fit group, or the size nearest to it.
    CustomerMode,
    /// The article's modal size.
    ArticleMode,
    /// The size with the highest probability to be chosen times this power of its chance to fit.
    Choice {
        /// The power.
        power: u8,
    },
    /// The size that is most likely to fit.
    MostLikelyToFit,
}

/// All rules, in the order of reports.
pub const RULES: [Rule; 10] = [
    Rule::Advised,
    Rule::CustomerMode,
    Rule::ArticleMode,
    Rule::Choice { power: 0 },
    Rule::Choice { power: 1 },
    Rule::Choice { power: 2 },
    Rule::Choice { power: 4 },
    Rule::Choice { power: 8 },
    Rule::Choice { power: 16 },
    Rule::MostLikelyToFit,
];

/// What the rules name sizes by.
pub(crate) struct Menu<'a> {
    pub(crate) model: &'a Model,
    pub(crate) article: &'a Article,
    pub(crate) advice: &'a Advice<'a>,
    /// Label of the customer's modal size in the fit group, and of the article's modal size.
    pub(crate) customer_mode: Option<&'a str>,
    pub(crate) article_mode: Option<&'a str>,
}

impl Rule {
    /// Its name in JSON and in tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::CustomerMode => "customer_mode",
            Self::ArticleMode => "article_mode",
            Self::Choice { power: 0 } => "choice",
            Self::Choice { power: 1 } => "choice_fits",
            Self::Choice { power: 2 } => "choice_fits_2",
            Self::Choice { power: 4 } => "choice_fits_4",
            Self::Choice { power: 8 } => "choice_fits_8",
            Self::Choice { .. } => "choice_fits_16",
            Self::MostLikelyToFit => "most_likely_to_fit",
        }
    }

    /// Its name in a report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Advised => "the advised size",
            Self::CustomerMode => "the customer's modal size",
            Self::ArticleMode => "the article's modal size",
            Self::Choice { power: 0 } => "the likeliest choice",
            Self::Choice { power: 1 } => "choice times P(fits)",
            Self::Choice { power: 2 } => "choice times P(fits)^2",
            Self::Choice { power: 4 } => "choice times P(fits)^4",
            Self::Choice { power: 8 } => "choice times P(fits)^8",
            Self::Choice { .. } => "choice times P(fits)^16",
            Self::MostLikelyToFit => "the most likely to fit",
        }
    }

    /// Index of the size that it names. A rule that can name none names the likeliest choice.
    pub(crate) fn name_size(self, menu: &Menu<'_>) -> usize {
        let sizes = &menu.advice.sizes;
        let nearest =
            |mode: Option<&str>| nearest_size(menu.advice, menu.model, menu.article, mode?);
        let named = match self {
            Self::Advised => menu.advice.size,
            Self::CustomerMode => nearest(menu.customer_mode),
            Self::ArticleMode => nearest(menu.article_mode),
            Self::Choice { power } => best(sizes, |s| (0..power).fold(s.chosen, |x, _| x * s.fits)),
            Self::MostLikelyToFit => best(sizes, |s| s.fits),
        };
        named.or_else(|| best(sizes, |s| s.chosen)).unwrap_or(0)
    }
}

/// Index of the first size with the highest score.
fn best(sizes: &[SizeChance<'_>], score: impl Fn(&SizeChance<'_>) -> f64) -> Option<usize> {
    (0..sizes.len()).rev().max_by(|&a, &b| score(&sizes[a]).total_cmp(&score(&sizes[b])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_leads_from_the_choice_to_the_fit() {
        let size = |chosen: f64, fits: f64| SizeChance {
            label: "",
            position: 0.0,
            chosen,
            too_small: 0.0,
            fits,
            too_large: 0.0,
            runs: 0.0,
            supported: true,
        };
        // Of equal sizes the first is named.
        let sizes = [size(0.5, 0.6), size(0.45, 0.7), size(0.05, 0.8), size(0.05, 0.8)];
        let named = |power: u8| best(&sizes, |s| (0..power).fold(s.chosen, |x, _| x * s.fits));
        assert_eq!([0, 1, 8, 16, 32].map(named), [0, 1, 1, 1, 2].map(Some));
        assert_eq!(best(&sizes, |s| s.fits), Some(2));
        assert_eq!(best(&[], |s| s.fits), None);
        let keys: std::collections::HashSet<&str> = RULES.iter().map(|rule| rule.key()).collect();
        assert_eq!(keys.len(), RULES.len());
    }
}
