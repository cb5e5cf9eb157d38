//! Web pages and charts as text: every element is closed, every text is escaped, and nothing is
//! fetched from anywhere.

mod axis;
mod bars;
mod chart;
mod markup;

pub(crate) use axis::Axis;
pub(crate) use bars::Bars;
pub(crate) use chart::{Chart, Point, Series};
pub(crate) use markup::Markup;
