//! Inference: one customer's history to their posterior, with the same code in training and in the
//! browser.
//!
//! The method is expectation propagation (Minka 2001). Each purchase contributes three probit
//! factors (returned for another reason, too small, too large) and one choice factor;
//! `model/README.md`, sections 2 to 5, has the formulas.
//!
//! Lowest first: `article_latents`, `belief`, `evidence` and `sites`
//! (stored messages); `probit` and `choice_model` (the two kinds of likelihood); `factors`
//! (messages of one purchase); `profile` and `posterior`; `garment` and `placement`; `history`;
//! `personas`.

mod article_latents;
mod belief;
pub(crate) mod choice_model;
mod evidence;
mod factors;
mod garment;
mod history;
mod personas;
mod placement;
mod posterior;
mod probit;
mod profile;
mod purchase;
mod purchase_outcome;
mod sites;
#[cfg(test)]
pub(crate) mod worked_example;

pub use garment::SizedGarment;
pub use history::posterior;
pub use personas::{Persona, Personas, personas};
pub use placement::locate;
pub use posterior::Posterior;
pub use purchase::Purchase;

pub(crate) use garment::choice_noise;
pub(crate) use placement::offered_sizes;
#[cfg(feature = "train")]
pub(crate) use {
    article_latents::ArticleLatents,
    belief::Belief,
    choice_model::{Choosing, OfferedSize, Wanted, others_factor},
    evidence::Evidence,
    factors::{
        FactorStats, Garment, OutcomeFactorStats, PurchaseFactors, SizeChoice, SlopeTerm,
        class_chances,
    },
    probit::{Projection, Pull},
    purchase_outcome::{PurchaseFeatures, PurchaseProbit, SHARED, shared_terms},
    sites::Sites,
};
#[cfg(feature = "private")]
pub(crate) use {
    choice_model::{ChanceLanes, ChoosingLanes, LANES, Lanes},
    factors::{PreparedCustomer, PreparedGarment},
};
