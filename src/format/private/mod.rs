//! The private files: the beliefs about each customer, the messages of each purchase, and the
//! articles without withholding or noise. They stay on the server.
//!
//! The files identify customers by a keyed hash of their id ([`customer_key`]). No file contains
//! the secret.

mod articles;
mod customers;
mod fields;
mod key;
mod messages;

pub use articles::{read_articles, write_articles};
pub use customers::{
    CustomerEntry, Customers, CustomersHead, CustomersWriter, MAX_PIPELINE, read_customers,
    write_customers,
};
pub use key::{CustomerKey, customer_key};
pub use messages::{
    EventRecord, Messages, MessagesHead, MessagesWriter, read_messages, sort_events,
    visit_messages, write_messages,
};
