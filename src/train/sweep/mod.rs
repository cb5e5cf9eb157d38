//! One pass over the customers of a partition: new sites for every purchase, and the sums that
//! learning needs.

mod article_sums;
mod customer_belief;
mod customer_sums;
mod pass;
mod purchase_sums;
mod sums;
mod variance_score;

pub(crate) use article_sums::{ArticleSums, CatalogueSums};
pub(crate) use customer_belief::CustomerPrior;
pub(crate) use pass::{SweepOptions, sum_catalogue, sweep_in_threads};
pub(crate) use sums::{
    EvidenceSums, GroupSums, LabelSums, MissingSums, OUTCOME_PARAMETERS, PairSums, RegressionSums,
    ScaleSums, SweepSums,
};
pub(crate) use variance_score::variance_score;
