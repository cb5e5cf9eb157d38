//! Carries a training over to a history that has changed a little: parameters stay, sites of
//! purchases that were known move to their place in the new partitions, and the customers whose
//! purchases or measurements have changed are known.

mod changed;
mod kept;
mod kept_lines;
mod matched;
mod parameters;
mod previous_customers;
mod previous_training;
mod sites;
#[cfg(test)]
mod tests;

pub(crate) use changed::ChangedCustomers;
pub(crate) use kept::Kept;
pub(crate) use kept_lines::write_kept_lines;
pub(crate) use matched::Matched;
pub(crate) use parameters::carried_parameters;
pub use previous_training::PreviousTraining;
pub(crate) use sites::carry_sites;
