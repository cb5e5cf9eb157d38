//! The report on purchases and their outcomes.

mod figures;
mod page;
mod text;

pub(super) use figures::PurchaseFigures;
