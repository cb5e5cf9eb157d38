//! Looks words up in the lists of platforms and languages.

use super::platforms::Reasons;
use super::{eastern_europe, everyday, more_everyday, platforms};
use crate::vocabulary::fold::squeezed;
use inseam::outcome::Outcome;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The outcome of a text that a list has, or that is the name of an outcome; by its letters and
/// digits alone. Amazon's prefixes `CR-` and `RO_` do not count.
pub(super) fn listed(text: &str) -> Option<Outcome> {
    static LISTS: OnceLock<HashMap<String, Outcome>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let names = Outcome::ALL.into_iter().filter_map(|o| Some((squeezed(o.name())?, o)));
        let words = every_list().flat_map(|(outcome, text)| Some((squeezed(text)?, outcome)));
        // The first entry of a text holds: names of outcomes, then platforms, then languages.
        let mut lists = HashMap::new();
        for (text, outcome) in names.chain(words) {
            lists.entry(text).or_insert(outcome);
        }
        lists
    });
    let prefixes = ["", "ro", "cr", "rocr"];
    let mut rests = prefixes.iter().filter_map(|prefix| text.strip_prefix(prefix));
    rests.find_map(|rest| lists.get(rest).copied())
}

/// Every listed text with its outcome.
pub(super) fn every_list() -> impl Iterator<Item = (Outcome, &'static str)> {
    let everyday = everyday::ALL.into_iter().chain(more_everyday::ALL).chain(eastern_europe::ALL);
    let lists = platforms::ALL.into_iter().chain(everyday);
    let entries = lists.flat_map(|list: Reasons| list.iter());
    entries.flat_map(|(outcome, texts)| texts.split('|').map(|text| (*outcome, text)))
}
