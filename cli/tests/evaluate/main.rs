//! `inseam evaluate` from the outside: which purchases it measures, that it uses nothing from the
//! future, and that its reports are complete.

mod headline;
mod kit;
mod known_history;
mod reports;
mod without_reasons;
