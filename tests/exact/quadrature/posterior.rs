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
    let all = usize::MAX;
    let mut found = without(&customer, &purchases, all);
    for pass in 0.. {
        for i in 0..purchases.len() {
            let cavity = without(&customer, &purchases, i);
            purchases[i].pass(&cavity, &customer, grid);
        }
        let before = std::mem::replace(&mut found, without(&customer, &purchases, all)).moments;
        let moved = before
            .iter()
            .zip(&found.moments)
            .map(|(a, b)| (a.0 - b.0).abs().max((a.1 - b.1).abs()));
        if moved.fold(0.0, f64::max) < 1e-7 {
            break;
        }
        assert!(pass < 60, "the messages do not settle");
    }
    let (sizes, traits) = found.moments.split_at(model.groups.len());
    Exact { sizes: sizes.to_vec(), traits: traits.try_into().expect("the traits") }
}

/// The posterior without the purchase of this index.
fn without(customer: &Customer, purchases: &[Likelihood<'_>], skip: usize) -> Joint {
    let used: Vec<&Likelihood<'_>> =
        purchases.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, p)| p).collect();
    let mut joint = Joint {
        sizes: customer.sizes.iter().map(|s| vec![0.0; s.len() * customer.traits.len()]).collect(),
        wishes: vec![0.0; customer.wishes.len()],
        moments: vec![],
    };
    let mut of_traits = vec![0.0; customer.traits.len()];
    for (t, &[_, _, weight]) in customer.traits.iter().enumerate() {
        let with_traits = used.iter().filter(|p| !p.traits.is_empty());
        let weight = with_traits.fold(weight, |w, p| w * p.traits[t]);
        for (w, (_, of_wish)) in customer.wishes.iter().enumerate() {
            let known = customer.marginals(&size_messages(customer, &used, t, w));
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

/// For each group the product of all messages to the latent size, at the pair of traits t and
/// the wish w.
fn size_messages(
    customer: &Customer,
    used: &[&Likelihood<'_>],
    t: usize,
    w: usize,
) -> Vec<Vec<f64>> {
    let of_group = |g: usize| {
        let n = customer.sizes[g].len();
        let mut product = vec![1.0; n];
        for purchase in used.iter().filter(|p| p.group == g) {
            for (message, at) in [(&purchase.by_choice, w * n), (&purchase.by_outcome, t * n)] {
                if !message.is_empty() {
                    product.iter_mut().zip(&message[at..]).for_each(|(p, m)| *p *= m);
                }
            }
        }
        product
    };
    (0..customer.sizes.len()).map(of_group).collect()
}
