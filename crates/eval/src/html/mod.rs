//! Pages and charts as text that a browser shows: every element closed, every text escaped, nothing
//! fetched from anywhere.

mod axis;
mod bars;
mod chart;
mod markup;

pub use axis::Axis;
pub use bars::Bars;
pub use chart::{Chart, Point, Series};
pub use markup::Markup;
