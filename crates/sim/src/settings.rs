//! The settings of a simulated shop.

use std::path::PathBuf;

/// Settings of a simulated shop. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct ShopSettings {
    /// Number of customers.
    pub customers: u32,
    /// Number of articles.
    pub articles: u32,
    /// Mean number of purchases per customer.
    pub purchases_per_customer: f64,
    /// Seed of the random numbers: the same settings give the same shop.
    pub seed: u64,
    /// Share of returns that carry a reason.
    pub reasons: f64,
    /// Share of purchases that are gifts, in the size of another person.
    pub gifts: f64,
    /// Share of purchases in which the customer orders two neighbouring sizes and keeps the better
    /// one.
    pub brackets: f64,
    /// Share of purchases that fit but come back; strictly between 0 and 1.
    pub unrelated: f64,
    /// How much misfit customers tolerate beyond the usual, probit units.
    pub tolerance: f64,
    /// Share of misfits that customers keep.
    pub kept_misfits: f64,
    /// Share of accounts that two persons buy for.
    pub families: f64,
    /// Sd of how much larger an article is for one customer than for others, steps.
    pub personal_offset: f64,
    /// Share of that which the customer knows and allows for when they choose a size.
    pub personal_awareness: f64,
    /// Share of customers who give their measurements, some of them not all.
    pub measured: f64,
    /// Whether customers have bodies, drawn from the body prior, and brands have size charts.
    pub bodies: bool,
    /// Sd of the error of a brand's size chart in a fit group, steps.
    pub chart_error: f64,
    /// Factor on the weight of bodies, with the girths that belong to it.
    pub heavier: f64,
    /// Table of articles to draw the history over, instead of drawing articles.
    pub catalogue: Option<PathBuf>,
}

impl Default for ShopSettings {
    /// The defaults of `inseam simulate`.
    fn default() -> Self {
        Self {
            customers: 5_000,
            articles: 600,
            purchases_per_customer: 8.0,
            seed: 1,
            reasons: 0.6,
            gifts: 0.04,
            brackets: 0.06,
            unrelated: 0.12,
            tolerance: 0.0,
            kept_misfits: 0.0,
            families: 0.0,
            personal_offset: 0.0,
            personal_awareness: 0.5,
            measured: 0.75,
            bodies: false,
            chart_error: 0.4,
            heavier: 1.0,
            catalogue: None,
        }
    }
}
