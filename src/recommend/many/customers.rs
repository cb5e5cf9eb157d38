//! Customers prepared for the choices and outcomes of many articles.

use crate::infer::{LANES, Lanes, Posterior, PreparedCustomer, SizedGarment};
use crate::math::Moments;
use crate::model::{CustomerBelief, Features, LENGTH, Model};
use crate::recommend::chances::wanted_size;

/// A customer to prepare.
#[derive(Clone, Copy, Debug)]
pub enum KnownBy<'a> {
    /// One whose belief the private files have.
    History(&'a CustomerBelief),
    /// One without a history, with these measurements.
    Body(&'a Features),
}

/// Customers of a model, prepared for many articles.
#[derive(Clone, Debug)]
pub struct CustomerBlock {
    customers: usize,
    /// By fit group, the customers in an order of their own.
    groups: Vec<Vec<CustomerLanes>>,
}

/// As many customers as are computed at once, in one fit group.
#[derive(Clone, Debug)]
pub(super) struct CustomerLanes {
    /// Their indices.
    pub(super) customers: Vec<usize>,
    /// Mean and variance of their latent sizes.
    pub(super) mean: Lanes,
    pub(super) variance: Lanes,
    /// Mean and variance of their wishes for length.
    pub(super) wish_mean: Lanes,
    pub(super) wish_variance: Lanes,
    /// Their part in outcomes.
    pub(super) outcomes: [PreparedCustomer; LANES],
}

/// A customer in one fit group.
#[derive(Clone, Copy, Debug)]
struct Prepared {
    customer: usize,
    size: Moments,
    wish: Moments,
    outcome: PreparedCustomer,
}

impl CustomerBlock {
    /// So many customers are computed at once; other numbers of them leave lanes idle.
    pub const LANES: usize = LANES;

    /// Prepares customers of this model.
    #[must_use]
    pub fn new<'a>(model: &Model, customers: impl IntoIterator<Item = KnownBy<'a>>) -> Self {
        let mut groups: Vec<Vec<Prepared>> = vec![Vec::new(); model.groups.len()];
        let mut count = 0;
        for (customer, known) in customers.into_iter().enumerate() {
            let posterior = match known {
                KnownBy::History(belief) => Posterior::from_customer_belief(model, belief),
                KnownBy::Body(features) => Posterior::prior(model, features),
            };
            count += 1;
            for (group, prepared) in groups.iter_mut().enumerate() {
                let size = wanted_size(&posterior, group, 0.0);
                prepared.push(Prepared {
                    customer,
                    size: Moments::from(size),
                    wish: Moments::from(posterior.traits()[LENGTH]),
                    outcome: SizedGarment::prepared_customer(model, &posterior, group, size),
                });
            }
        }
        // The more certain a size, the fewer nodes the quadrature needs. Customers of equal needs
        // lie together, because the lanes take as many as the most demanding of them.
        for group in &mut groups {
            group.sort_by(|a, b| a.size.variance.total_cmp(&b.size.variance));
        }
        let lanes = |group: Vec<Prepared>| group.chunks(LANES).map(CustomerLanes::new).collect();
        Self { customers: count, groups: groups.into_iter().map(lanes).collect() }
    }

    /// Number of customers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.customers
    }

    /// Whether it has no customers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.customers == 0
    }

    /// The customers in a fit group.
    pub(super) fn lanes(&self, group: usize) -> &[CustomerLanes] {
        &self.groups[group]
    }
}

impl CustomerLanes {
    /// Lanes without a customer repeat the last one.
    fn new(prepared: &[Prepared]) -> Self {
        let of = |lane: usize| &prepared[lane.min(prepared.len() - 1)];
        Self {
            customers: prepared.iter().map(|p| p.customer).collect(),
            mean: std::array::from_fn(|lane| of(lane).size.mean),
            variance: std::array::from_fn(|lane| of(lane).size.variance),
            wish_mean: std::array::from_fn(|lane| of(lane).wish.mean),
            wish_variance: std::array::from_fn(|lane| of(lane).wish.variance),
            outcomes: std::array::from_fn(|lane| of(lane).outcome),
        }
    }
}
