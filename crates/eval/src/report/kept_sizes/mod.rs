//! The report on the sizes that customers kept, each predicted without itself.

mod figures;
mod page;
mod text;

pub(super) use figures::KeptSizeFigures;
