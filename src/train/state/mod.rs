//! What a sweep reads: parameters and labels, and beliefs about articles and brands.

mod beliefs;
mod bodies;
mod broadcast;
mod charts;
mod effects;
mod labels;
mod numbers;
mod parameters;
pub(crate) mod start;
mod start_counts;

pub(crate) use beliefs::{ArticleBelief, Beliefs};
pub(crate) use broadcast::Broadcast;
pub(crate) use charts::{brand_chart_offset, chart_offset};
pub(crate) use effects::{Effects, shifts};
pub(crate) use labels::Labels;
pub(crate) use numbers::{Visitor, visit};
pub(crate) use parameters::{Parameters, REGRESSED};
pub(crate) use start::start_trend;
pub(crate) use start_counts::{DayCounts, StartCounts};
