//! The choice model: the probability of each size on offer, given latent size and wish for length
//! (`model/README.md`, sections 2 and 4).
//!
//! P(s | v, l) is proportional to weight_s exp(length_s l) T((x_s - v) / scale). T is the Student t
//! with 7 degrees of freedom. v is the latent size minus what the customer knows of the article's
//! offset, l the customer's wish for length. The sum runs over the sizes on offer, so a customer
//! who takes the smallest or largest may have wanted one beyond.
//!
//! Lowest first: `offered_size`; `quadrature` (nodes over v); `probabilities` (the model's values
//! at the nodes); `chances` (their means over v), `lanes` (those of several customers at once) and
//! `scores` (derivatives by all but v); `choosing` (the evidence of a choice, with its derivatives
//! by v).

mod chances;
mod choosing;
#[cfg(feature = "private")]
mod lanes;
mod offered_size;
mod others;
mod probabilities;
mod quadrature;
mod scores;

#[cfg(test)]
mod tests;

pub(crate) use chances::Offer;
pub(crate) use choosing::{ChoicePull, Choosing};
#[cfg(feature = "private")]
pub(crate) use lanes::{ChanceLanes, ChoosingLanes, LANES, Lanes};
pub(crate) use offered_size::OfferedSize;
#[cfg(feature = "train")]
pub(crate) use offered_size::affinity;
pub(crate) use others::others_chance;
#[cfg(feature = "train")]
pub(crate) use others::{factor as others_factor, others_chance_by};
#[cfg(any(feature = "train", test))]
pub(crate) use probabilities::Wanted;
pub(crate) use probabilities::{Probabilities, noise_variance};
pub(crate) use quadrature::nodes;
