//! Fit groups: parameters shared by all customers and articles of a group (`model/README.md`,
//! sections 1 to 3).

use super::outcome_terms::OutcomeTerms;
use super::purchase_terms::PurchaseTerms;

/// One fit group (dresses, tops, bottoms, footwear ...) with its own size axis.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Group {
    /// The group's name, as the history has it.
    pub name: String,
    /// Prior of a customer's latent size here; its variance is the diagonal entry of
    /// [`crate::Model::covariance`].
    pub size: SizePrior,
    /// Parameters of the outcome factors.
    pub outcome: OutcomeTerms,
    /// Parameters of the outcome of a purchase that was made.
    pub purchase: PurchaseTerms,
    /// Parameters of the choice factor.
    pub choice: Choice,
    /// How advice ranks the sizes.
    pub advice: AdviceRule,
    /// Parameters of returns for other reasons than size.
    pub returns: Returns,
    /// Variances of offsets, steps squared.
    pub offset_variance: ArticleVariances,
    /// Variance of an article's grade about zero.
    pub grade_variance: f64,
    /// Variances of spreads, probit units squared.
    pub spread_variance: ArticleVariances,
}

/// Prior variances of a latent of articles, on each level.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ArticleVariances {
    /// Of the mean of a brand's articles about zero.
    pub brand: f64,
    /// Of an article about the mean of its brand.
    pub article: f64,
}

impl ArticleVariances {
    /// Both variances, in the order of the fields.
    #[must_use]
    pub fn to_array(self) -> [f64; 2] {
        [self.brand, self.article]
    }
}

impl From<[f64; 2]> for ArticleVariances {
    /// From the variances in the order of the fields.
    fn from([brand, article]: [f64; 2]) -> Self {
        Self { brand, article }
    }
}

/// Gaussian regression prior of one latent on measurement features: N(intercept + coefficients .
/// phi, variance).
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SizePrior {
    /// Mean where every feature is zero, that is where nothing is known.
    pub intercept: f64,
    /// One coefficient per measurement feature, in the order of [`crate::model::Features`].
    pub coefficients: Vec<f64>,
    /// Residual variance.
    pub variance: f64,
}

impl SizePrior {
    /// Prior mean at these features; absent features count as zero.
    #[must_use]
    pub fn mean(&self, features: &[f64]) -> f64 {
        self.coefficients.iter().zip(features).fold(self.intercept, |sum, (b, x)| sum + b * x)
    }

    /// [`SizePrior::mean`] of the features that are not 0, by index: the same bits.
    #[cfg(feature = "train")]
    pub(crate) fn mean_of_known(&self, features: &[(usize, f64)]) -> f64 {
        features.iter().fold(self.intercept, |sum, &(i, x)| sum + self.coefficients[i] * x)
    }
}

/// Returns for other reasons than size: their probability is Phi(intercept + w + d), with the
/// customer's trait w and the article's d. The outcome factors apply to purchases that do not come
/// back this way.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Returns {
    /// Probit of the probability for an average customer and article.
    pub intercept: f64,
    /// Variance of the articles' d about zero, probit units squared.
    pub article_variance: f64,
    /// Rho: how much more often such a return lacks a reason than a return for size. Positive; 1
    /// where no customer gives reasons.
    pub unexplained: f64,
    /// Pi: share of purchases returned as the lesser of two sizes tried on side by side.
    pub bracketed: f64,
}

/// Parameters of the choice factor: P(l | u) is proportional to weight_l T((x_l + awareness b + c -
/// u) / scale), for the purchases that are for the customer.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Choice {
    /// Lambda: scale of the heavy-tailed noise between latent size and chosen position, steps.
    pub scale: f64,
    /// Share of an article's offset that customers allow for when they choose: 0 none, 1 all.
    pub awareness: f64,
    /// Purchases for somebody else.
    pub others: Others,
}

/// How advice ranks the sizes of a fit group (`model/README.md`, section 7).
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AdviceRule {
    /// The score of a size is P(chosen) P(fits)^weight; from 0, by the choice alone, to 64, in
    /// effect by P(fits) alone.
    pub weight: f64,
    /// So many sizes on either side of the advised one have a probability to fit that the history
    /// supports.
    pub reach: u8,
}

impl AdviceRule {
    /// A size that customers like this one choose less often than this is not advised, unless no
    /// other size can be: the history has too few purchases that tell what would become of it.
    pub const MIN_CHOSEN: f64 = 0.05;
}

/// Purchases for somebody else than the customer: gifts, and orders for the family.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Others {
    /// Omega: their share of the purchases, above 0 and below 1.
    pub share: f64,
    /// Mean of the positions that customers take, steps: those others wear any size.
    pub mean: f64,
    /// Variance of the positions that customers take, steps squared.
    pub variance: f64,
}
