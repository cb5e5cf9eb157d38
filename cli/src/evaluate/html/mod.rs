//! Pages and charts as text that a browser shows: every element closed, every text escaped, nothing
//! fetched from anywhere.

mod axis;
mod bars;
mod chart;
mod markup;

pub(crate) use axis::Axis;
pub(crate) use bars::Bars;
pub(crate) use chart::{Chart, Point, Series};
pub(crate) use markup::Markup;
