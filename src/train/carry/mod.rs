//! Carries a training over to a history that has changed a little: parameters stay, sites of
//! purchases that were known move to their place in the new partitions, and the customers whose
//! purchases have changed are known.

mod kept;
mod matched;
mod parameters;
mod previous_customers;
mod sites;
#[cfg(test)]
mod tests;

pub(crate) use kept::Kept;
pub(crate) use matched::Matched;
pub(crate) use parameters::carried_parameters;
pub(crate) use sites::{carry_sites, put_back_sites};
