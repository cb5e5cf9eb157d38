//! A small training before its first sweep, for unit tests.

use super::events::MemoryStore;
use super::graph::Graph;
use super::settings::Settings;
use super::state::{Beliefs, Parameters, StartCounts};
use super::tables::Tables;
use super::tiny::{columns, draw};
use std::borrow::Cow;

/// The tables of a small shop with two fit groups, and the parameters and beliefs that training
/// starts from.
pub(super) fn started() -> (Graph, Parameters, Beliefs) {
    let columns = columns(&draw(3, 60, 6, 2));
    let settings = Settings::default();
    let tables = Tables::read(Cow::Borrowed(&columns), &settings).expect("a usable history");
    let store = Box::new(MemoryStore::default());
    let (stores, _) = tables.store(|customer| customer, 50, store, &settings).expect("memory");
    let counts = StartCounts::new(&tables.graph, &*stores.all).expect("memory");
    let parameters = Parameters::start(&tables.graph, &counts);
    let beliefs = Beliefs::prior(&tables.graph, &parameters);
    (tables.graph, parameters, beliefs)
}
