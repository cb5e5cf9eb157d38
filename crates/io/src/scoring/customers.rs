//! The customers to score: those of a list, or all of a model.

use super::columns::{CustomerColumns, standard_columns};
use super::list::{ListCounts, Texts};
use crate::failure::Failure;
use crate::hex::hexadecimal;
use crate::stores::OpenedModel;
use crate::table::{Batch, Source, WantedColumns};
use crate::vocabulary::{CustomerKind, StandardColumn, customer_kind};
use hashbrown::HashMap;
use inseam::format::private::{CustomerKey, customer_key};
use inseam::model::{Features, MeasurementValue, Model};
use inseam::recommend::{CustomerBlock, KnownBy};
use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

/// The customers to score, in their order.
pub struct CustomerList {
    /// Ids as listed; without a list, all customers of the model in the order of their keys.
    listed: Option<Listed>,
    /// Number of customers.
    len: usize,
    /// What became of the rows of the list.
    pub counts: ListCounts,
}

#[derive(Default)]
struct Listed {
    ids: Texts,
    /// For each the index of its entry in the model's private file.
    entries: Vec<Option<u32>>,
    /// The measurements of customers without an entry.
    bodies: HashMap<u32, Features>,
}

impl CustomerList {
    /// All customers of the model.
    ///
    /// # Errors
    /// If the model has no private files.
    pub fn all(opened: &OpenedModel, model: &Path) -> Result<Self, Failure> {
        let customers = opened.customers.as_ref().ok_or_else(|| {
            Failure::new("has no private files beside it, so its customers are not known")
                .in_file(model)
                .remedy("put the files .customers and .key of the training beside it, or list customers with --customers")
        })?;
        let len = customers.entries().len();
        if len == 0 {
            return Err(Failure::new("has no customers").in_file(model));
        }
        Ok(Self { listed: None, len, counts: ListCounts::default() })
    }

    /// The customers of a table, each once.
    ///
    /// # Errors
    /// If the table cannot be read, or has no customer.
    pub fn read(opened: &OpenedModel, source: &Source) -> Result<Self, Failure> {
        let id = StandardColumn::CustomerId;
        let mut columns = standard_columns(opened, source, &[], &[id])?;
        let columns = CustomerColumns::new(opened, source, columns.remove(&id).unwrap_or_default());
        let mut listed = Listed::default();
        let mut counts = ListCounts::default();
        let mut seen: HashMap<CustomerKey, ()> = HashMap::new();
        for batch in source.batches(WantedColumns::Named(&columns.names())) {
            let batch = batch?;
            listed.add(opened, &columns, &batch, &mut counts, &mut seen)?;
        }
        let len = listed.ids.len();
        if len == 0 {
            let what = if counts.read == 0 { "has no rows" } else { "has no row with a customer" };
            return Err(Failure::new(what).in_file(source.first_file()));
        }
        Ok(Self { listed: Some(listed), len, counts })
    }

    /// Number of customers.
    #[expect(clippy::len_without_is_empty, reason = "a list without customers is an error")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Number of customers of whom the model knows nothing.
    pub fn new_customers(&self) -> usize {
        self.listed.as_ref().map_or(0, |l| l.entries.iter().filter(|e| e.is_none()).count())
    }

    /// The name of the column of customers in what is written.
    pub fn column(&self) -> &'static str {
        if self.listed.is_some() { "customer_id" } else { "customer_key" }
    }

    /// The text that names a customer in what is written.
    pub(super) fn name(&self, opened: &OpenedModel, index: usize) -> Cow<'_, str> {
        match &self.listed {
            Some(listed) => Cow::Borrowed(listed.ids.get(index)),
            None => {
                let key = opened.customers.as_ref().map(|c| c.entries()[index].key);
                let key = key.unwrap_or_default();
                Cow::Owned(hexadecimal(&key))
            }
        }
    }

    /// These customers, prepared for many articles.
    pub(super) fn block(&self, opened: &OpenedModel, range: Range<usize>) -> CustomerBlock {
        // That nothing is measured is knowledge too: it widens the prior.
        let unknown = Features::new(&opened.model.measurements, &|_| None);
        let known = range.map(|index| {
            let entry = match &self.listed {
                Some(listed) => listed.entries[index].map(|entry| entry as usize),
                None => Some(index),
            };
            let body = || self.listed.as_ref()?.bodies.get(&(index as u32));
            match entry.and_then(|entry| opened.belief(entry)) {
                Some(belief) => KnownBy::History(belief),
                None => KnownBy::Body(body().unwrap_or(&unknown)),
            }
        });
        CustomerBlock::new(opened.full_model(), known)
    }
}

impl Listed {
    /// Adds the rows of a batch.
    fn add(
        &mut self,
        opened: &OpenedModel,
        columns: &CustomerColumns,
        batch: &Batch,
        counts: &mut ListCounts,
        seen: &mut HashMap<CustomerKey, ()>,
    ) -> Result<(), Failure> {
        let cells = columns.cells(batch)?;
        let mut broken = batch.broken.iter().peekable();
        for row in 0..batch.rows.num_rows() {
            counts.read += 1;
            if let Some(broken) = broken.next_if(|broken| broken.index == row) {
                counts.leave_out(&broken.problem, batch, row);
                continue;
            }
            let id = cells.id(row);
            let key = customer_key(&opened.secret, &id);
            let entry = opened.customer_index(&key);
            if id.is_empty() || entry.is_none() && customer_kind(&id) == CustomerKind::Guest {
                counts.leave_out("name no customer", batch, row);
                continue;
            }
            if seen.insert(key, ()).is_some() {
                counts.repeated += 1;
                continue;
            }
            if entry.is_none() {
                counts.note("name a customer without a history", batch, row);
                match cells.measurements(batch, row) {
                    Ok(values) => self.add_body(&opened.model, &values),
                    Err(_) => counts.note("have a measurement that is no number", batch, row),
                }
            }
            self.ids.push(&id);
            self.entries.push(entry.and_then(|entry| u32::try_from(entry).ok()));
        }
        Ok(())
    }

    /// Keeps the measurements of the customer that is added next, if there are any.
    fn add_body(&mut self, model: &Model, values: &[(&str, MeasurementValue)]) {
        let is_missing = |value: &MeasurementValue| matches!(value, MeasurementValue::Missing);
        if values.iter().all(|(_, value)| is_missing(value)) {
            return;
        }
        let value = |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, value)| value);
        let features = Features::new(&model.measurements, &value);
        self.bodies.insert(self.ids.len() as u32, features);
    }
}
