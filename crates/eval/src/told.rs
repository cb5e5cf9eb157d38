//! What a page believes of a shopper: their history told to the public model, without the private
//! files.

use crate::cases::Rows;
use crate::order::by_customer;
use inseam::infer::{Posterior, posterior};
use inseam::model::{CustomerBelief, Features, Model};
use inseam::train::Columns;
use std::collections::HashMap;

/// What training knows of a customer, by id.
pub type Known<'a> = dyn Fn(&str) -> Option<&'a CustomerBelief> + Sync + 'a;

/// How a customer's belief comes about.
pub enum Believed<'a> {
    /// From what training kept of them.
    Kept(&'a Known<'a>),
    /// As in the browser.
    Told(&'a Histories<'a>),
}

/// The purchases of every customer.
pub struct Histories<'c> {
    rows: Rows<'c>,
    of: HashMap<&'c str, Vec<u32>>,
}

impl<'c> Histories<'c> {
    pub fn of(columns: &'c Columns) -> Self {
        let ids = columns.customer.values.iter().map(String::as_str);
        Self { rows: Rows::of(columns), of: ids.zip(by_customer(columns)).collect() }
    }

    /// The belief about a customer with these measurements.
    pub fn posterior(&self, model: &Model, customer: &str, body: &Features) -> Posterior {
        let rows = self.of.get(customer).map_or(&[][..], Vec::as_slice);
        let purchases: Vec<_> = rows.iter().map(|&row| self.rows.purchase(row as usize)).collect();
        posterior(model, &purchases, body)
    }
}
