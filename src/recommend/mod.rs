//! Advice: from a shopper's posterior and an article to the size to take, the chances of every
//! size, and the reasons (`model/README.md`, section 7).
//!
//! Two models share the same latents. The choice model predicts which size this customer would
//! take, habit and taste included; the outcome model predicts the outcome. Advice maximises a
//! product of both: it contradicts habit where the outcomes clearly differ, and follows habit where
//! they do not.
//!
//! ```
//! # fn example(model: &inseam::Model, article: &inseam::model::Article, posterior: &inseam::infer::Posterior) {
//! use inseam::recommend::{Request, advise};
//! let request = Request { preference: 0.5, ..Request::new(model, posterior, article) };
//! let advice = advise(&request);
//! if let Some(size) = advice.size {
//!     println!("{} ({:?})", advice.sizes[size].label, advice.status);
//! }
//! # }
//! ```
//!
//! Lowest first: `request` (the question), `advice` (the answer), `chances` (of each size), `rank`
//! (which size to name), `cost` (whether to name it), `prior` (an article as its brand), `advise`,
//! `many` (the sizes of many customers in many articles), `question`, `selection` (what a choice
//! tells, for evaluations).

mod advice;
mod advise;
mod chances;
mod cost;
#[cfg(feature = "private")]
mod many;
mod prior;
mod question;
mod rank;
mod request;
#[cfg(feature = "train")]
mod selection;

pub use advice::{Advice, ExpectedCosts, Missed, Pick, Reason, SizeChance, Status};
pub use advise::{advise, pick};
pub use chances::size_chances;
#[cfg(feature = "private")]
pub use many::{BestFits, CustomerBlock, Fit, KnownBy, Picker, SizePick};
pub use prior::{Parent, article_prior};
pub use question::{Question, Worth, questions};
pub use request::{Costs, Request, Shopper};
#[cfg(feature = "train")]
pub use selection::fits_if_chosen;
