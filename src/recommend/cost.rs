//! Decision by expected cost: name one size, have two ordered together of which one comes back, or
//! name none (`model/README.md`, section 7).
//!
//! In units of one return, with f the chance that the advised size fits, g the chance that the
//! second size fits if the first does not, and o the chance that the size fits which the customer
//! takes without advice:
//!
//! ```text
//! one    (1 - f) (1 + lost_sale)
//! both   spare + (1 - f) (1 - g) (1 + lost_sale)
//! none   hesitant lost_sale + (1 - hesitant) (1 - o) (1 + lost_sale)
//! ```
//!
//! Costs decide whether one size, two or none are named, not which size. g follows from the model:
//! given the customer's size and the article's offset, two sizes of the article fit independently
//! of each other.

use super::advice::{Advice, ExpectedCosts, Status};
use super::chances::wanted_size;
use super::rank::Availability;
use super::request::{Costs, Request};
use crate::infer::{SizedGarment, choice_model};
use crate::math::{Gaussian, Moments};
use crate::model::Article;

impl Costs {
    /// Cost of a misfit with this probability.
    fn of_misfit(&self, probability: f64) -> f64 {
        probability * (1.0 + self.lost_sale)
    }
}

/// Decides between one size, two and none, and records the expected costs in the advice.
///
/// Nothing is decided where the best size is out of stock ([`Advice::missed`]): the advice is then
/// that it cannot be had.
pub(super) fn decide_by_cost(
    request: &Request<'_, '_>,
    costs: &Costs,
    availability: &Availability<'_>,
    advice: &mut Advice<'_>,
) {
    let Some(best) = advice.size.filter(|_| advice.missed.is_none()) else { return };
    let sizes = advice.sizes.len();
    let open = availability.open(sizes);
    let open: Vec<bool> = (0..sizes).map(|i| open.has(i)).collect();
    let second = second_size(request, best, &open);
    let misfit = 1.0 - advice.sizes[best].fits;
    let expected = ExpectedCosts {
        one: costs.of_misfit(misfit),
        both: second.map(|s| costs.spare + costs.of_misfit(misfit * (1.0 - s.rescues))),
        none: cost_without_advice(costs, advice, availability),
    };
    let both = expected.both.unwrap_or(f64::INFINITY);
    if expected.none < expected.one.min(both) {
        advice.status = Status::Unsure;
    } else if both < expected.one {
        advice.status = Status::Both;
        advice.alternative = second.map(|s| s.size);
    } else if advice.status == Status::Unsure {
        advice.status = Status::Advised;
    }
    advice.expected = Some(expected);
}

/// Expected cost of naming no size: customers order what they would choose among the sizes in
/// stock.
fn cost_without_advice(costs: &Costs, advice: &Advice<'_>, availability: &Availability<'_>) -> f64 {
    let own = advice.sizes.iter().enumerate();
    let own = own.filter(|(i, _)| availability.in_stock(*i)).map(|(_, size)| size);
    let (all, fits) =
        own.fold((0.0, 0.0), |(all, fits), s| (all + s.chosen, fits + s.chosen * s.fits));
    let own_fits = if all > 0.0 { fits / all } else { 0.0 };
    costs.hesitant * costs.lost_sale + (1.0 - costs.hesitant) * costs.of_misfit(1.0 - own_fits)
}

/// The size to order together with the best one.
#[derive(Clone, Copy)]
struct SecondSize {
    size: usize,
    /// Probability that it fits if the best size does not.
    rescues: f64,
}

/// Variance of a latent whose value is given, steps squared.
const GIVEN: f64 = 1e-9;

/// The open size that is most likely to fit where the best size does not.
fn second_size(request: &Request<'_, '_>, best: usize, open: &[bool]) -> Option<SecondSize> {
    let &Request { model, article, preference, .. } = request;
    let group = request.group();
    // Both sizes share the customer and the article, so their fits depend on one common variable,
    // the latent size minus the article's offset; integrate over it.
    let given = Article { offset: Gaussian::new(article.offset.mean(), GIVEN), ..article.clone() };
    let mut misfits = 0.0;
    let mut rescued = vec![0.0; open.len()];
    for (share, person) in request.shopper.persons() {
        let size = wanted_size(person, group, preference);
        let difference =
            Moments { mean: size.mean(), variance: size.variance() + article.offset.variance() };
        for (at, weight) in choice_model::nodes(difference) {
            let at = Gaussian::new(at, GIVEN);
            let fits = |i| SizedGarment::new(model, &given, i).chances(model, person, group, at)[1];
            let misfit = share * weight * (1.0 - fits(best));
            misfits += misfit;
            for i in (0..open.len()).filter(|&i| open[i] && i != best) {
                rescued[i] += misfit * fits(i);
            }
        }
    }
    let others = (0..open.len()).filter(|&i| open[i] && i != best);
    let size = others.reduce(|a, b| if rescued[b] > rescued[a] { b } else { a })?;
    Some(SecondSize { size, rescues: if misfits > 0.0 { rescued[size] / misfits } else { 0.0 } })
}
