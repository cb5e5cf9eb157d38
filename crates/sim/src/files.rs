//! Draws a whole shop and writes it to a folder.

use crate::catalogue::Catalogue;
use crate::charts::charts;
use crate::customers::ShopSimulator;
use crate::settings::ShopSettings;
use crate::tables::{self, CustomerTable};
use crate::truth::Parameters;
use inseam_io::failure::Failure;
use inseam_io::progress::{Progress, count};
use rayon::prelude::*;
use std::path::Path;

/// Number of customers drawn at a time: enough to occupy all threads, and few enough to fit into
/// memory.
const CHUNK: u32 = 1 << 14;

/// Draws a shop and writes its tables, a pipeline file and the truth to the folder `out`, the
/// tables in the format with this file ending.
///
/// # Errors
/// If a file cannot be written, or the catalogue of the settings cannot be read.
pub fn write_shop(
    settings: &ShopSettings,
    out: &Path,
    ending: &str,
    progress: Progress,
) -> Result<(), Failure> {
    let parameters = Parameters::new(settings);
    let catalogue = match &settings.catalogue {
        Some(path) => Catalogue::read(path, &parameters)?,
        None => Catalogue::draw(settings.articles, &parameters),
    };
    let stage = progress.stage("simulating", Some(u64::from(settings.customers)));
    let simulator = ShopSimulator::new(&catalogue, &parameters, settings.purchases_per_customer);
    let table = |name: &str, make_rows: tables::MakeRows| {
        CustomerTable::create(&out.join(format!("{name}.{ending}")), &catalogue, make_rows)
    };
    let mut history = table("history", tables::history_rows)?;
    let mut customers = table("truth_customers", tables::customer_rows)?;
    let mut wearers = table("truth_purchases", tables::wearer_rows)?;
    let mut purchases = 0;
    for first in (0..settings.customers).step_by(CHUNK as usize) {
        let end = settings.customers.min(first.saturating_add(CHUNK));
        let drawn: Vec<_> =
            (first..end).into_par_iter().map(|number| simulator.customer(number)).collect();
        purchases += history.write(first, &drawn)?;
        customers.write(first, &drawn)?;
        wearers.write(first, &drawn)?;
        stage.set(u64::from(end));
    }
    [history, customers, wearers].into_iter().try_for_each(CustomerTable::finish)?;
    tables::write_articles(out, ending, &catalogue)?;
    tables::write_parameters(out, &catalogue, &parameters)?;
    if settings.bodies {
        tables::write_charts(out, ending, &charts(&catalogue, &parameters))?;
    }
    // The pipeline file comes last, when every file that it names exists.
    tables::write_pipeline(out, ending, settings.bodies)?;
    stage.done(format_args!(
        "{} customers, {} articles, {} purchases, written to {}",
        count(u64::from(settings.customers)),
        count(catalogue.articles.len() as u64),
        count(purchases),
        out.display()
    ));
    Ok(())
}
