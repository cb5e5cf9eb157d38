//! `inseam score` with lists of customers and articles.

mod inputs;
mod interrupted;
mod kit;
mod lists;
