//! `inseam simulate`: draws a shop whose truth is known.

mod catalogue;
mod chance;
mod purchases;
mod tables;
mod truth;

#[cfg(test)]
mod tests;

use crate::args::SimulateArgs;
use crate::failure::Failure;
use crate::progress::{Progress, count};
use purchases::Street;
use rayon::prelude::*;
use truth::Parameters;

/// Customers drawn at a time: enough for every thread, few enough for the memory.
const CHUNK: u32 = 1 << 14;

/// Runs `inseam simulate`.
pub(crate) fn run(args: &SimulateArgs, progress: Progress) -> Result<(), Failure> {
    let parameters = Parameters::new(args);
    let shop = match &args.catalogue {
        Some(path) => catalogue::read(path, &parameters)?,
        None => catalogue::draw(args.articles, &parameters),
    };
    let ending = args.format.ending();
    let street = Street::new(&shop, &parameters, args.purchases_per_customer);
    let stage = progress.stage("simulating", Some(u64::from(args.customers)));
    let mut history = tables::History::create(&args.out, ending, &shop)?;
    let mut truths = tables::Customers::create(&args.out, ending, &shop)?;
    let mut wearers = tables::Wearers::create(&args.out, ending, &shop)?;
    let mut rows = 0;
    let mut first = 0;
    while first < args.customers {
        let end = args.customers.min(first + CHUNK);
        let drawn: Vec<_> =
            (first..end).into_par_iter().map(|number| street.customer(number)).collect();
        rows += history.write(first, &drawn)?;
        truths.write(first, &drawn)?;
        wearers.write(first, &drawn)?;
        stage.set(u64::from(end));
        first = end;
    }
    history.finish()?;
    truths.finish()?;
    wearers.finish()?;
    tables::articles(&args.out, ending, &shop)?;
    tables::model(&args.out, &shop, &parameters)?;
    // Last, so that a pipeline file is there only if all it names is.
    tables::pipeline(&args.out, ending)?;
    stage.done(format_args!(
        "{} customers, {} articles, {} purchases, drawn into {}",
        count(u64::from(args.customers)),
        count(shop.articles.len() as u64),
        count(rows),
        args.out.display()
    ));
    Ok(())
}
