//! Passes messages until they no longer change.

use super::customer::{Customer, Joint};
use super::grid::Grid;
use super::likelihood::Likelihood;
use inseam::Model;
use inseam::infer::Purchase;
use inseam::model::{Features, TRAITS};
use inseam::outcome::Outcome;

/// Means and variances: of the latent sizes by group, then of fussiness, preference and length.
#[derive(Debug)]
pub(crate) struct Exact {
    pub(crate) sizes: Vec<(f64, f64)>,
    pub(crate) traits: [(f64, f64); TRAITS],
}

/// The exact posterior. The garments of different purchases are integrated out separately, even if
/// they are sizes of one article.
pub(crate) fn posterior(
    model: &Model,
    history: &[Purchase<'_>],
    body: &Features,
    grid: Grid,
) -> Exact {
    let evident = history.iter().filter(|p| p.outcome != Outcome::Pending);
    let mut purchases: Vec<Likelihood<'_>> =
        evident.map(|p| Likelihood::new(model, history, p)).collect();
    let lengths = purchases.iter().flat_map(|l| &l.offers).any(|o| o[1] != 0.0);
    let customer = Customer::new(model, body, lengths, grid);
    purchases.iter_mut().for_each(|purchase| purchase.tabulate(&customer, grid));
    let found = joint(&customer, &purchases);
    let (sizes, traits) = found.moments.split_at(model.groups.len());
    Exact { sizes: sizes.to_vec(), traits: traits.try_into().expect("the traits") }
}

/// The posterior of all latents.
fn joint(customer: &Customer, purchases: &[Likelihood<'_>]) -> Joint {
    let mut joint = Joint {
        sizes: customer.sizes.iter().map(|s| vec![0.0; s.len() * customer.traits.len()]).collect(),
        wishes: vec![0.0; customer.wishes.len()],
        moments: vec![],
    };
    let mut of_traits = vec![0.0; customer.traits.len()];
    for (t, &[_, _, weight]) in customer.traits.iter().enumerate() {
        for (w, (_, of_wish)) in customer.wishes.iter().enumerate() {
            let known = customer.marginals(&likelihoods(customer, purchases, t, w));
            let weight = weight * of_wish;
            for (out, known) in joint.sizes.iter_mut().zip(&known) {
                let n = known.len();
                out[t * n..].iter_mut().zip(known).for_each(|(out, known)| *out += weight * known);
            }
            let all: f64 = known[0].iter().sum::<f64>() * weight;
            joint.wishes[w] += all;
            of_traits[t] += all;
        }
    }
    joint.moments = customer.moments(&joint, &of_traits);
    joint
}

/// For each group the product of the likelihoods of its purchases by the latent size, at the pair
/// of traits t and the wish w.
fn likelihoods(
    customer: &Customer,
    purchases: &[Likelihood<'_>],
    t: usize,
    w: usize,
) -> Vec<Vec<f64>> {
    let of_group = |g: usize| {
        let n = customer.sizes[g].len();
        let mut product = vec![1.0; n];
        for purchase in purchases.iter().filter(|p| p.group == g) {
            let values = &purchase.values[(t * customer.wishes.len() + w) * n..];
            product.iter_mut().zip(values).for_each(|(product, value)| *product *= value);
        }
        product
    };
    (0..customer.sizes.len()).map(of_group).collect()
}
