//! A trained model as plain immutable values, and look-up in them (`model/README.md`, section 1).
//!
//! Nothing here depends on how the beliefs were learned (`train`) or how they are stored
//! ([`crate::format`]). Positions, offsets and latent sizes are in *steps*; one step is one women's
//! dress size (EU 38 to 40).

mod article;
#[cfg(feature = "private")]
mod choice_variances;
mod customer;
mod group;
mod measurement;
mod outcome_terms;
mod purchase_messages;
#[cfg(feature = "private")]
mod purchase_record;
mod purchase_terms;
mod scale;
mod shop_model;
mod trend;

pub use article::{Article, ArticleSize, Brand, KEY_BITS, article_key};
#[cfg(feature = "private")]
pub use choice_variances::ChoiceVariances;
pub use customer::{CustomerBelief, GroupEvidence};
pub use group::{AdviceRule, ArticleVariances, Choice, Group, Others, Returns, SizePrior};
#[cfg(feature = "train")]
pub(crate) use measurement::KnownFeatures;
pub use measurement::{Features, Measurement, MeasurementKind, MeasurementValue};
pub use outcome_terms::{BASIS, OutcomeTerms};
pub use purchase_messages::PurchaseMessages;
#[cfg(feature = "private")]
pub use purchase_record::PurchaseRecord;
pub use purchase_terms::{PURCHASE_BASIS, PurchaseTerms};
pub use scale::{Scale, ScaleLabel};
pub use shop_model::{LENGTH, MAX_GROUPS, Model, RETURNING, TRAITS};
pub use trend::Trend;
