//! `inseam simulate`: draws a shop whose truth is known.

use crate::args::SimulateArgs;
use inseam_io::failure::Failure;
use inseam_io::progress::Progress;
use inseam_sim::settings::ShopSettings;

/// Runs `inseam simulate`.
pub(crate) fn run(args: &SimulateArgs, progress: Progress) -> Result<(), Failure> {
    let settings = ShopSettings {
        customers: args.customers,
        articles: args.articles,
        purchases_per_customer: args.purchases_per_customer,
        seed: args.seed,
        reasons: args.reasons,
        gifts: args.gifts,
        brackets: args.brackets,
        unrelated: args.unrelated,
        tolerance: args.tolerance,
        kept_misfits: args.kept_misfits,
        families: args.families,
        catalogue: args.catalogue.clone(),
    };
    inseam_sim::shop::write(&settings, &args.out, args.format.ending(), progress)
}
