//! One size of one article: its chances of fitting a customer, and of coming back
//! (`model/README.md`, sections 3 and 7).

use super::article_latents::ArticleLatents;
use super::evidence::Evidence;
use super::factors::{Garment, PurchaseFactors};
#[cfg(feature = "private")]
use super::factors::{PreparedCustomer, PreparedGarment};
use super::posterior::Posterior;
use super::purchase_outcome::PurchaseFeatures;
use crate::math::{Gaussian, Moments};
use crate::model::{Article, Model};

/// One size of one article, ready for outcome chances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SizedGarment(pub(super) Garment);

impl SizedGarment {
    /// A size of an article that the model knows, by its index into the article's sizes.
    ///
    /// # Panics
    /// If the article has no size of this index.
    #[must_use]
    pub fn new(model: &Model, article: &Article, index: usize) -> Self {
        let size = &article.sizes[index];
        let label = &model.scales[usize::from(article.scale)].labels[usize::from(size.label)];
        Self(Garment {
            noise: choice_noise(model, article),
            position: label.position,
            latents: ArticleLatents {
                offset: article.offset,
                grade: article.grade,
                spread: article.spread,
            },
            choice_offset: Moments { mean: article.choice_offset, variance: 0.0 },
            thresholds: label.thresholds,
            returning: Gaussian::new(
                0.0,
                model.groups[model.group_of(article)].returns.article_variance,
            ),
        })
    }

    /// A size of a garment that the model does not know, at this position in steps. Its latents
    /// have the fit group's priors.
    ///
    /// # Panics
    /// If the model has no group of this index.
    #[must_use]
    pub fn unknown(model: &Model, group: usize, position: f64) -> Self {
        let (offset, spread) =
            (model.groups[group].offset_variance, model.groups[group].spread_variance);
        Self(Garment {
            position,
            latents: ArticleLatents {
                offset: Gaussian::new(0.0, offset.brand + offset.article),
                grade: Gaussian::new(0.0, model.groups[group].grade_variance),
                spread: Gaussian::new(0.0, spread.brand + spread.article),
            },
            choice_offset: Moments::default(),
            thresholds: [0.0; 2],
            noise: model.groups[group].choice.scale,
            returning: Gaussian::new(0.0, model.groups[group].returns.article_variance),
        })
    }

    /// Position of the label, steps.
    #[must_use]
    pub fn position(&self) -> f64 {
        self.0.position
    }

    /// Expected offset from its label, steps; positive runs large.
    #[must_use]
    pub fn runs(&self) -> f64 {
        self.0.runs()
    }

    /// Chances of too small, fits and too large if the customer were to take this size:
    /// P(outcome | do(size)). They sum to one.
    ///
    /// `size` is the belief about the customer's latent size in the fit group of index `group`; the
    /// traits are the posterior's.
    #[must_use]
    pub fn chances(
        &self,
        model: &Model,
        posterior: &Posterior,
        group: usize,
        size: Gaussian,
    ) -> [f64; 3] {
        self.factors(model, group).chances(size, posterior.traits())
    }

    /// Chances of too small, fits and too large of a purchase that the customer has made in this
    /// size: P(outcome | the customer chose this size). `day` counts from 1970-01-01.
    #[must_use]
    pub fn chances_chosen(
        &self,
        model: &Model,
        posterior: &Posterior,
        group: usize,
        day: Option<i32>,
    ) -> [f64; 3] {
        let trend = day.map_or([0.0; 2], |day| model.trend.at(day));
        let level = [0, 1].map(|k| self.0.thresholds[k] + trend[k]);
        PurchaseFeatures::new(&self.0, posterior.size(group), &posterior.traits())
            .chances(&model.groups[group].purchase, level)
    }

    /// Chance that a purchase in this size comes back, for its size or for any other reason.
    ///
    /// `chances` are those of its outcome, from [`chances`](Self::chances) or
    /// [`chances_chosen`](Self::chances_chosen). `article_message` is the message from the
    /// article's other purchases to its readiness to come back for other reasons than its size;
    /// [`Gaussian::FLAT`] where it is not known.
    #[must_use]
    pub fn returned(
        &self,
        model: &Model,
        posterior: &Posterior,
        group: usize,
        article_message: Gaussian,
        chances: [f64; 3],
    ) -> f64 {
        let [_, fits, _] = chances;
        let mut garment = *self;
        garment.0.returning = garment.0.returning.combine(article_message);
        let other = garment.factors(model, group).returned(posterior.traits());
        let bracketed = model.groups[group].returns.bracketed;
        1.0 - (1.0 - bracketed) * (1.0 - other) * fits
    }

    /// The garment prepared for the outcomes of many customers who did not choose it.
    #[cfg(feature = "private")]
    pub(crate) fn prepared(&self, model: &Model, group: usize) -> PreparedGarment {
        PreparedGarment::new(&self.factors(model, group))
    }

    /// A customer with this belief about their size in the fit group, prepared for the outcomes of
    /// many garments that they did not choose.
    #[cfg(feature = "private")]
    pub(crate) fn prepared_customer(
        model: &Model,
        posterior: &Posterior,
        group: usize,
        size: Gaussian,
    ) -> PreparedCustomer {
        let anywhere = Self::unknown(model, group, 0.0);
        PreparedCustomer::new(&anywhere.factors(model, group), size, posterior.traits())
    }

    /// The factors of the garment in a size that the customer did not choose.
    fn factors<'m>(&self, model: &'m Model, group: usize) -> PurchaseFactors<'m> {
        let group = &model.groups[group];
        PurchaseFactors {
            axis: 0,
            garment: self.0,
            evidence: Evidence::None,
            menu: None,
            terms: &group.outcome,
            choice: &group.choice,
            returns: &group.returns,
            share: 1.0,
        }
    }
}

/// Scale of the noise in a choice among the sizes of an article, steps.
pub(crate) fn choice_noise(model: &Model, article: &Article) -> f64 {
    model.groups[model.group_of(article)].choice.scale
        * model.scales[usize::from(article.scale)].noise
}
