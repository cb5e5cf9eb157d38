//! Draws a whole shop and writes it into a folder.

use crate::purchases::Street;
use crate::settings::ShopSettings;
use crate::truth::Parameters;
use crate::{catalogue, tables};
use inseam_io::failure::Failure;
use inseam_io::progress::{Progress, count};
use rayon::prelude::*;
use std::path::Path;

/// Customers drawn at a time: enough for every thread, few enough for the memory.
const CHUNK: u32 = 1 << 14;

/// Draws a shop and writes its tables, a pipeline file and the truth into the folder `out`, in the
/// format with this file ending.
///
/// # Errors
/// Where a file cannot be written, or the given catalogue not be read.
pub fn write(
    settings: &ShopSettings,
    out: &Path,
    ending: &str,
    progress: Progress,
) -> Result<(), Failure> {
    let parameters = Parameters::new(settings);
    let shop = match &settings.catalogue {
        Some(path) => catalogue::read(path, &parameters)?,
        None => catalogue::draw(settings.articles, &parameters),
    };
    let street = Street::new(&shop, &parameters, settings.purchases_per_customer);
    let stage = progress.stage("simulating", Some(u64::from(settings.customers)));
    let mut history = tables::History::create(out, ending, &shop)?;
    let mut truths = tables::Customers::create(out, ending, &shop)?;
    let mut wearers = tables::Wearers::create(out, ending, &shop)?;
    let mut rows = 0;
    let mut first = 0;
    while first < settings.customers {
        let end = settings.customers.min(first + CHUNK);
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
    tables::articles(out, ending, &shop)?;
    tables::model(out, &shop, &parameters)?;
    // Last, so that a pipeline file is there only if all it names is.
    tables::pipeline(out, ending)?;
    stage.done(format_args!(
        "{} customers, {} articles, {} purchases, drawn into {}",
        count(u64::from(settings.customers)),
        count(shop.articles.len() as u64),
        count(rows),
        out.display()
    ));
    Ok(())
}
