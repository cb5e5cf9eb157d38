//! The posterior of one customer: their latent sizes and traits, given their history.

use super::belief::Belief;
use super::profile::Profile;
use crate::math::Gaussian;
use crate::model::{Article, CustomerBelief, Features, GroupEvidence, Model, TRAITS};
use nalgebra::DVector;

/// The posterior of one customer: latent sizes in all fit groups jointly, and traits.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    pub(super) belief: Belief,
    /// By fit group: the number of purchases that are evidence.
    pub(super) purchases: Vec<u32>,
    measured: bool,
    pub(super) ignored: usize,
    pub(super) refused: Vec<RefusedSize>,
    /// By fit group: the posterior of the latent size on a grid, given the choices in that group;
    /// `None` without any.
    pub(super) profiles: Vec<Option<Profile>>,
}

/// A size of an article that the customer returned as too small or too large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RefusedSize {
    /// [`crate::model::article_key`] of the article.
    pub(super) article: u64,
    /// Position of the size, steps.
    pub(super) position: f64,
    /// Whether it was too small; otherwise it was too large.
    pub(super) too_small: bool,
}

impl Posterior {
    /// The belief of a customer without history (`model/README.md`, section 1).
    #[must_use]
    pub fn prior(model: &Model, body: &Features) -> Self {
        let mean = DVector::from_iterator(
            model.groups.len(),
            model.groups.iter().map(|g| g.size.mean(&body.phi)),
        );
        let traits = model.traits.each_ref().map(|t| Gaussian::new(t.mean(&body.phi), t.variance));
        Self {
            belief: Belief::new(mean, &model.covariance * body.widening.max(1.0), traits),
            purchases: vec![0; model.groups.len()],
            measured: body.phi.iter().any(|&x| x != 0.0),
            ignored: 0,
            refused: Vec::new(),
            profiles: vec![None; model.groups.len()],
        }
    }

    /// The posterior of a customer in a private file: the model's prior combined with the stored
    /// messages.
    ///
    /// Messages about groups that the model does not have are ignored. Where the file has no prior
    /// mean for a group, the group's intercept takes its place.
    #[must_use]
    pub fn from_customer_belief(model: &Model, customer: &CustomerBelief) -> Self {
        let mut posterior = Self::prior(model, &Features::default());
        let mean =
            posterior.purchases.iter().enumerate().map(|(g, _)| {
                customer.prior.get(g).copied().unwrap_or(model.groups[g].size.intercept)
            });
        let mean = DVector::from_iterator(model.groups.len(), mean);
        let traits = std::array::from_fn(|i| {
            Gaussian::new(customer.trait_priors[i], model.traits[i].variance)
                .combine(customer.traits[i])
        });
        posterior.belief =
            Belief::new(mean, &model.covariance * customer.widening.max(1.0), traits);
        for &GroupEvidence { group, purchases, evidence } in &customer.sizes {
            let group = usize::from(group);
            if group < model.groups.len() {
                posterior.belief.observe(group, evidence);
                posterior.purchases[group] = purchases;
            }
        }
        posterior.measured = !customer.prior.is_empty();
        posterior
    }

    /// Belief about the latent size in the fit group of this index, steps.
    ///
    /// # Panics
    /// If the model has no group of this index.
    #[must_use]
    pub fn size(&self, group: usize) -> Gaussian {
        self.belief.size(group)
    }

    /// Beliefs about the traits: fussiness, preference, length and returning. All are in probit
    /// units except length.
    #[must_use]
    pub fn traits(&self) -> [Gaussian; TRAITS] {
        self.belief.traits
    }

    /// The posterior of the latent size on a grid, given the choices in this fit group; `None`
    /// without any.
    pub(crate) fn profile(&self, group: usize) -> Option<&[(f64, f64)]> {
        self.profiles[group].as_deref()
    }

    /// Number of purchases in this fit group that are evidence.
    #[must_use]
    pub fn purchases(&self, group: usize) -> u32 {
        self.purchases[group]
    }

    /// Number of purchases in all fit groups that are evidence.
    #[must_use]
    pub fn all_purchases(&self) -> u32 {
        self.purchases.iter().sum()
    }

    /// Whether the customer gave any body measurement.
    #[must_use]
    pub fn measured(&self) -> bool {
        self.measured
    }

    /// Number of purchases that could not be placed: the model knows neither the article nor its
    /// fit group, or cannot place the label.
    #[must_use]
    pub fn ignored(&self) -> usize {
        self.ignored
    }

    /// Whether the customer's own returns rule out the size of this article at this position: they
    /// returned it or a larger size as too small, or it or a smaller size as too large.
    #[must_use]
    pub fn refuses(&self, article: &Article, position: f64) -> bool {
        self.refused.iter().any(|r| {
            let as_far = if r.too_small { position <= r.position } else { position >= r.position };
            r.article == article.key && as_far
        })
    }
}
