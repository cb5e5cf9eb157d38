//! Simulated shops whose truth is known, for tests and for trying the program.

pub mod catalogue;
pub mod chance;
pub mod purchases;
pub mod settings;
pub mod shop;
pub mod tables;
pub mod truth;

#[cfg(test)]
mod tests;
