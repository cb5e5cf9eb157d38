//! What a sweep reads: parameters, labels, beliefs about articles and brands.

mod beliefs;
mod choice_variances;
mod effects;
mod labels;
mod popularity_site;
pub(crate) mod start;
mod state;

pub(crate) use beliefs::ArticleBelief;
pub(crate) use effects::{Effects, shifts};
pub(crate) use labels::Labels;
pub(crate) use popularity_site::PopularitySite;
pub(crate) use state::{REGRESSED, State};
