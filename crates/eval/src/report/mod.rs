//! The figures of an evaluation as text, as JSON and as a web page.

mod evaluation;
mod kept_sizes;
mod off_policy;
mod page;
mod purchases;
mod slices;
mod splits;
mod text;

pub use evaluation::Report;
