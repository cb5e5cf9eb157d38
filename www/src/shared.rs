//! What a model shares with its shoppers, so that they see the articles added later.

use crate::timing::Timing;
use std::cell::RefCell;

pub(crate) struct Shared {
    pub(crate) model: RefCell<inseam::Model>,
    pub(crate) timing: Timing,
}
