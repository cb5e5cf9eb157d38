//! Simulated shops whose truth is known, for tests and for trying the program.

mod bodies;
mod catalogue;
mod charts;
mod customers;
mod files;
mod random;
mod settings;
mod tables;
mod truth;

#[cfg(test)]
mod tests;

pub use files::write_shop;
pub use settings::ShopSettings;
