//! Ways to share a history out among persons, the likeliest kept: beam search over partitions, each
//! person's belief by assumed-density filtering.
//!
//! Daume, "Fast search for Dirichlet process mixture models" (AISTATS 2007), with expectation
//! propagation's moments in the place of conjugate updates.

use crate::infer::belief::Belief;
use crate::infer::choice::Choosing;
use crate::infer::history::Line;
use crate::infer::messages::Messages;
use crate::math::sort_short;
use crate::model::Model;
use crate::size::Axis;
use std::rc::Rc;

/// Persons in one way at most, those of a single purchase included.
pub(super) const MOST: usize = 4;

/// Weight of somebody new beside the purchases of those there are: concentration of a Chinese
/// restaurant process.
const CONCENTRATION: f64 = 0.05;

/// The owner's weight before their first purchase: whose account it is sits there already.
pub(super) const SEAT: f64 = 1.0;

/// Ways kept from purchase to purchase, and how much less likely than the best they may be: a
/// factor of e^8, 3000.
const BEAM: usize = 6;
const FARTHEST: f64 = 8.0;

/// Log of the odds, 1 to 20, that who wears children's sizes buys another one's, or the reverse:
/// the smallest adults do.
const OTHER_AGE: f64 = -2.995_732_273_553_991;

/// One person while the history is read.
struct Person {
    belief: Belief,
    /// How many purchases they have; the owner one more.
    weight: f64,
    /// Whether their first purchase was in children's sizes; `None` before it.
    child: Option<bool>,
}

/// One way to share out what has been read so far.
struct Way {
    log_weight: f64,
    /// The owner first, the others in the order in which they come up.
    persons: Vec<Rc<Person>>,
    /// Index of its last step in the trail.
    last: Option<usize>,
}

/// A way to share the history out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// Its share of the weight of all that were found.
    pub(super) weight: f64,
    /// For each unit the index of its person; 0 is the owner.
    pub(super) person: Vec<usize>,
}

impl Found {
    /// One more than the highest index of a person.
    pub(super) fn persons(&self) -> usize {
        self.person.iter().max().map_or(1, |&last| last + 1)
    }
}

/// The likeliest ways, likeliest first; never none.
///
/// A unit is what one person must have bought, as indices of lines. `owner` and `stranger` are the
/// beliefs about the account's owner, and about anybody else, without a purchase; where they are
/// the same, `None` for the owner, the first unit is the owner's by definition.
pub(super) fn search(
    model: &Model,
    lines: &[Line],
    units: &[Vec<usize>],
    owner: Option<&Belief>,
    stranger: &Belief,
) -> Vec<Found> {
    let children: Vec<bool> =
        model.groups.iter().map(|g| Axis::guess(&g.name).is_for_children()).collect();
    let person = |belief: &Belief, weight: f64| {
        Rc::new(Person { belief: belief.clone(), weight, child: None })
    };
    let stranger_unseen = person(stranger, 0.0);
    let first = person(owner.unwrap_or(stranger), SEAT);
    let mut ways = vec![Way { log_weight: 0.0, persons: vec![first], last: None }];
    // Every step of every way: the one before it, and whose the unit was.
    let mut trail: Vec<(Option<usize>, usize)> = Vec::with_capacity(BEAM * units.len());
    let mut choosing = Choosing::default();
    for (n, unit) in units.iter().enumerate() {
        let child = children[lines[unit[0]].axis];
        // Ways have persons in common: each takes the unit in once.
        let mut after: Vec<(Rc<Person>, Rc<Person>, f64)> = Vec::new();
        let mut next: Vec<(f64, usize, usize, usize)> = Vec::new();
        let mut most = f64::NEG_INFINITY;
        for (w, way) in ways.iter().enumerate() {
            let somebody_new = way.persons.len() < MOST && (n > 0 || owner.is_some());
            for index in 0..way.persons.len() + usize::from(somebody_new) {
                let before = way.persons.get(index).unwrap_or(&stranger_unseen);
                let weight = if before.weight > 0.0 { before.weight } else { CONCENTRATION };
                let age =
                    if before.child.is_some_and(|own| own != child) { OTHER_AGE } else { 0.0 };
                let prior = way.log_weight + libm::log(weight) + age;
                // What a person buys only makes a way less likely: one that is too far off before
                // need not be looked at.
                if prior < most - FARTHEST {
                    continue;
                }
                let known = after.iter().position(|(of, ..)| Rc::ptr_eq(of, before));
                let at = known.unwrap_or_else(|| {
                    let (person, log_evidence) =
                        observe(model, lines, unit, before, child, &mut choosing);
                    after.push((Rc::clone(before), Rc::new(person), log_evidence));
                    after.len() - 1
                });
                let log_weight = prior + after[at].2;
                most = most.max(log_weight);
                next.push((log_weight, w, index, at));
            }
        }
        // A stable sort: of equals the way that was ahead stays ahead.
        sort_short(&mut next, |a, b| a.0 > b.0);
        let least = next[0].0 - FARTHEST;
        next.truncate(BEAM);
        ways = next
            .into_iter()
            .take_while(|(log_weight, ..)| *log_weight >= least)
            .map(|(log_weight, w, index, at)| {
                let mut persons = ways[w].persons.clone();
                persons.truncate(index);
                persons.push(Rc::clone(&after[at].1));
                persons.extend(ways[w].persons.iter().skip(index + 1).cloned());
                trail.push((ways[w].last, index));
                Way { log_weight, persons, last: Some(trail.len() - 1) }
            })
            .collect();
    }
    let best = ways[0].log_weight;
    let total: f64 = ways.iter().map(|way| libm::exp(way.log_weight - best)).sum();
    let found = |way: &Way| {
        let mut person = vec![0; units.len()];
        let mut step = way.last;
        for of in person.iter_mut().rev() {
            if let Some(at) = step {
                (step, *of) = trail[at];
            }
        }
        Found { weight: libm::exp(way.log_weight - best) / total, person }
    };
    ways.iter().map(found).collect()
}

/// A person once they have bought a unit too, and the log evidence of that: of every choice and
/// outcome in it, each given what was before.
fn observe(
    model: &Model,
    lines: &[Line],
    unit: &[usize],
    person: &Person,
    child: bool,
    choosing: &mut Choosing,
) -> (Person, f64) {
    let mut belief = person.belief.clone();
    let mut log_evidence = 0.0;
    for &line in unit {
        let stats =
            lines[line].event(model).pass(&mut belief, &mut Messages::default(), 1.0, choosing);
        log_evidence += stats.choice.map_or(0.0, |pull| pull.log_evidence)
            + stats.outcome_log_evidence.unwrap_or(0.0);
    }
    let person =
        Person { belief, weight: person.weight + 1.0, child: person.child.or(Some(child)) };
    // A model may be valid and absurd: what can't be weighed weighs nothing, and there is always a
    // way.
    (person, if log_evidence.is_finite() { log_evidence } else { 0.0 })
}
