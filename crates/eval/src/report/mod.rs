//! The figures of an evaluation as text, as JSON and as a web page.

mod evaluation;
mod kept_sizes;
mod page;
mod purchases;
mod slices;
mod text;

pub use evaluation::Report;
