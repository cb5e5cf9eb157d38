//! The most probable assignments of purchases to persons: beam search over partitions, with each
//! person's belief by assumed-density filtering (`model/README.md`, section 11).
//!
//! Daume, "Fast search for Dirichlet process mixture models" (AISTATS 2007), with the moments of
//! expectation propagation in place of conjugate updates.

use crate::infer::belief::Belief;
use crate::infer::choice_model::Choosing;
use crate::infer::history::PlacedPurchase;
use crate::infer::sites::Sites;
use crate::math::sort_short;
use crate::model::Model;
use crate::size::Axis;
use std::rc::Rc;

/// Maximal number of persons in one assignment, including those with a single purchase.
pub(super) const MAX_PERSONS: usize = 4;

/// Weight of a new person next to the purchases of the persons so far: the concentration of a
/// Chinese restaurant process.
const CONCENTRATION: f64 = 0.05;

/// Weight of the account's owner before their first purchase: the owner is a person from the start.
pub(super) const OWNER_SEAT: f64 = 1.0;

/// Number of assignments kept from purchase to purchase.
const BEAM: usize = 6;
/// Assignments are dropped once they are less probable than the best by a factor of e^8, about
/// 3000.
const MAX_LOG_RATIO: f64 = 8.0;

/// Log of the odds, 1 to 20, that somebody who wears children's sizes takes an adult's size, or the
/// reverse; the smallest adults do.
const OTHER_AGE: f64 = -2.995_732_273_553_991;

/// One person while the history is read.
struct Person {
    belief: Belief,
    /// Number of units assigned to them; one more for the owner.
    weight: f64,
    /// Whether their first purchase was in children's sizes; `None` before it.
    child: Option<bool>,
}

/// One assignment of the units read so far.
struct PartialAssignment {
    log_weight: f64,
    /// The owner first, the others in the order of their first purchase.
    persons: Vec<Rc<Person>>,
    /// Index of its last step in the trail.
    last: Option<usize>,
}

/// An assignment of all units to persons.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Assignment {
    /// Probability among the assignments found.
    pub(super) weight: f64,
    /// For each unit the index of its person; 0 is the owner.
    pub(super) person: Vec<usize>,
}

impl Assignment {
    /// One more than the highest index of a person.
    pub(super) fn persons(&self) -> usize {
        self.person.iter().max().map_or(1, |&last| last + 1)
    }
}

/// A person before and after they take one unit.
struct Update {
    before: Rc<Person>,
    after: Rc<Person>,
    log_evidence: f64,
}

/// A partial assignment extended by one unit.
struct Candidate {
    log_weight: f64,
    /// Index of the assignment that it extends.
    extends: usize,
    /// Index of the person who takes the unit.
    person: usize,
    /// Index of that person's update.
    update: usize,
}

/// What the search reads.
struct Search<'a> {
    model: &'a Model,
    purchases: &'a [PlacedPurchase],
    units: &'a [Vec<usize>],
    /// By fit group: whether its sizes are children's.
    children: Vec<bool>,
    /// Whether the belief about the owner differs from that about anybody else.
    owner_known: bool,
    /// Somebody other than the owner, without purchases.
    stranger: Rc<Person>,
}

/// The most probable assignments, most probable first; at least one.
///
/// A unit is a list of purchases, as indices, that one person must have made. `owner` and
/// `stranger` are the beliefs about the account's owner and about anybody else, without purchases.
/// `owner` is `None` where the two are the same; then the first unit is the owner's by definition.
pub(super) fn search(
    model: &Model,
    purchases: &[PlacedPurchase],
    units: &[Vec<usize>],
    owner: Option<&Belief>,
    stranger: &Belief,
) -> Vec<Assignment> {
    let person = |belief: &Belief, weight: f64| {
        Rc::new(Person { belief: belief.clone(), weight, child: None })
    };
    let search = Search {
        model,
        purchases,
        units,
        children: model.groups.iter().map(|g| Axis::guess(&g.name).is_for_children()).collect(),
        owner_known: owner.is_some(),
        stranger: person(stranger, 0.0),
    };
    let first = person(owner.unwrap_or(stranger), OWNER_SEAT);
    let mut beam = vec![PartialAssignment { log_weight: 0.0, persons: vec![first], last: None }];
    // Every step of every assignment: the step before it, and the person who took the unit.
    let mut trail: Vec<(Option<usize>, usize)> = Vec::with_capacity(BEAM * units.len());
    let mut choosing = Choosing::default();
    for n in 0..units.len() {
        let (candidates, updates) = search.candidates(&beam, n, &mut choosing);
        beam = select(candidates, &updates, &beam, &mut trail);
    }
    finish(&beam, &trail, units.len())
}

impl Search<'_> {
    /// All extensions of the beam by unit n, except those that are too improbable beforehand.
    fn candidates(
        &self,
        beam: &[PartialAssignment],
        n: usize,
        choosing: &mut Choosing,
    ) -> (Vec<Candidate>, Vec<Update>) {
        let child = self.children[self.purchases[self.units[n][0]].axis];
        // Assignments share persons; each person is updated once.
        let mut updates: Vec<Update> = Vec::new();
        let mut candidates = Vec::new();
        let mut max = f64::NEG_INFINITY;
        for (extends, assignment) in beam.iter().enumerate() {
            let new_person = assignment.persons.len() < MAX_PERSONS && (n > 0 || self.owner_known);
            for person in 0..assignment.persons.len() + usize::from(new_person) {
                let before = assignment.persons.get(person).unwrap_or(&self.stranger);
                let weight = if before.weight > 0.0 { before.weight } else { CONCENTRATION };
                let age =
                    if before.child.is_some_and(|own| own != child) { OTHER_AGE } else { 0.0 };
                let prior = assignment.log_weight + libm::log(weight) + age;
                // The evidence of a unit only lowers the weight, so an extension that is too
                // improbable beforehand stays so.
                if prior < max - MAX_LOG_RATIO {
                    continue;
                }
                let known = updates.iter().position(|u| Rc::ptr_eq(&u.before, before));
                let update = known.unwrap_or_else(|| {
                    updates.push(self.update(before, n, child, choosing));
                    updates.len() - 1
                });
                let log_weight = prior + updates[update].log_evidence;
                max = max.max(log_weight);
                candidates.push(Candidate { log_weight, extends, person, update });
            }
        }
        (candidates, updates)
    }

    /// A person after they take unit n, and the log evidence of its choices and outcomes, each
    /// given those before it.
    fn update(
        &self,
        before: &Rc<Person>,
        n: usize,
        child: bool,
        choosing: &mut Choosing,
    ) -> Update {
        let mut belief = before.belief.clone();
        let mut log_evidence = 0.0;
        for &purchase in &self.units[n] {
            let factors = self.purchases[purchase].factors(self.model);
            let stats = factors.pass(&mut belief, &mut Sites::default(), 1.0, choosing);
            log_evidence += stats.choice_log_evidence + stats.outcome_log_evidence.unwrap_or(0.0);
        }
        let after =
            Person { belief, weight: before.weight + 1.0, child: before.child.or(Some(child)) };
        Update {
            before: Rc::clone(before),
            after: Rc::new(after),
            // A valid model may still have absurd parameters. Evidence that is not finite counts
            // as none, so that at least one assignment always remains.
            log_evidence: if log_evidence.is_finite() { log_evidence } else { 0.0 },
        }
    }
}

/// The next beam: the most probable candidates.
fn select(
    mut candidates: Vec<Candidate>,
    updates: &[Update],
    beam: &[PartialAssignment],
    trail: &mut Vec<(Option<usize>, usize)>,
) -> Vec<PartialAssignment> {
    // The sort is stable: among equals the earlier one stays ahead.
    sort_short(&mut candidates, |a, b| a.log_weight > b.log_weight);
    let min = candidates[0].log_weight - MAX_LOG_RATIO;
    candidates.truncate(BEAM);
    candidates
        .into_iter()
        .take_while(|candidate| candidate.log_weight >= min)
        .map(|Candidate { log_weight, extends, person, update }| {
            let before = &beam[extends];
            let mut persons = before.persons.clone();
            persons.truncate(person);
            persons.push(Rc::clone(&updates[update].after));
            persons.extend(before.persons.iter().skip(person + 1).cloned());
            trail.push((before.last, person));
            PartialAssignment { log_weight, persons, last: Some(trail.len() - 1) }
        })
        .collect()
}

/// Complete assignments from the last beam: each follows its trail back to the first unit.
fn finish(
    beam: &[PartialAssignment],
    trail: &[(Option<usize>, usize)],
    units: usize,
) -> Vec<Assignment> {
    let best = beam[0].log_weight;
    let total: f64 = beam.iter().map(|a| libm::exp(a.log_weight - best)).sum();
    let complete = |partial: &PartialAssignment| {
        let mut person = vec![0; units];
        let mut step = partial.last;
        for index in person.iter_mut().rev() {
            if let Some(at) = step {
                (step, *index) = trail[at];
            }
        }
        Assignment { weight: libm::exp(partial.log_weight - best) / total, person }
    };
    beam.iter().map(complete).collect()
}
