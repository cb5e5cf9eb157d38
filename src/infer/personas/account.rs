//! The personas of an account, and the mixture of posteriors for its next purchase.

use super::search::{Assignment, MAX_PERSONS, OWNER_SEAT, search};
use crate::infer::history::{PlacedPurchase, place_history, settle};
use crate::infer::posterior::Posterior;
use crate::infer::purchase::Purchase;
use crate::math::sort_short;
use crate::model::{Features, Model};

/// Number of units from which a person is a persona; below it, the purchase was a gift to somebody.
const MIN_UNITS: usize = 2;

/// Components of the mixture with less weight than this are left out: they cost time and change
/// nothing visible.
const NEGLIGIBLE: f64 = 0.01;

/// One person of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// The posterior of a customer with this persona's purchases alone; the account's owner has the
    /// account's body features.
    pub posterior: Posterior,
    /// Probability that the account's next purchase is for them; sums to one over the account's
    /// personas.
    pub share: f64,
    /// Indices in the history of the purchases assigned to them, ascending.
    pub purchases: Vec<usize>,
}

/// The persons behind one account.
#[derive(Clone, Debug, PartialEq)]
pub struct Personas {
    personas: Vec<Persona>,
    mixture: Vec<(f64, Posterior)>,
    assignments: Vec<Assignment>,
    /// For each purchase of the history the unit that it belongs to; `None` for a purchase that is
    /// no evidence.
    unit: Vec<Option<usize>>,
}

impl Personas {
    /// The 1 to 4 personas, in descending order of share.
    #[must_use]
    pub fn list(&self) -> &[Persona] {
        &self.personas
    }

    /// The probability that a purchase of the history was for each persona.
    ///
    /// The probabilities sum to at most one; the rest is the probability that the purchase was a
    /// gift to somebody else. They are all 0 for a purchase that is no evidence.
    ///
    /// # Panics
    /// If the history has no purchase of this index.
    #[must_use]
    pub fn chances(&self, purchase: usize) -> Vec<f64> {
        let mut chances = vec![0.0; self.personas.len()];
        let Some(unit) = self.unit[purchase] else { return chances };
        for assignment in &self.assignments {
            let person = assignment.person[unit];
            let same: Vec<usize> =
                self.personas.iter().map(|persona| self.majority(persona, assignment)).collect();
            // Personas that this assignment does not tell apart share its weight.
            let alike = same.iter().filter(|&&p| p == person).count();
            for (chance, _) in chances.iter_mut().zip(&same).filter(|(_, p)| **p == person) {
                *chance += assignment.weight / alike as f64;
            }
        }
        chances
    }

    /// The person to whom an assignment gives most of a persona's purchases: the first among
    /// equals, and the owner if the persona has no purchases.
    fn majority(&self, persona: &Persona, assignment: &Assignment) -> usize {
        let mut bought = [0; MAX_PERSONS];
        persona
            .purchases
            .iter()
            .filter_map(|&at| self.unit[at])
            .for_each(|unit| bought[assignment.person[unit]] += 1);
        (1..bought.len()).fold(0, |best, p| if bought[p] > bought[best] { p } else { best })
    }

    /// Weighted posteriors for a next purchase for an unknown person, in descending order of
    /// weight; the weights sum to one.
    ///
    /// The mixture covers all assignments by their probabilities, not only the listed personas.
    #[must_use]
    pub fn mixture(&self) -> &[(f64, Posterior)] {
        &self.mixture
    }
}

/// The personas of an account with this history, whose owner has these body features.
///
/// The order of the purchases matters. If the account has one persona, its posterior is exactly
/// that of [`posterior`](crate::infer::posterior).
///
/// ```
/// # fn shown(model: &inseam::Model, history: &[inseam::infer::Purchase<'_>], body: &inseam::model::Features) {
/// let account = inseam::infer::personas(model, history, body);
/// for persona in account.list() {
///     println!("{:.0} %: {} purchases", 100.0 * persona.share, persona.purchases.len());
/// }
/// # }
/// ```
#[must_use]
pub fn personas(model: &Model, history: &[Purchase<'_>], body: &Features) -> Personas {
    let (purchases, ignored) = place_history(model, history);
    let units = units(&purchases);
    let mut owner = Posterior::prior(model, body);
    let mut other = Posterior::prior(model, &Features::new(&model.measurements, &|_| None));
    owner.ignored = ignored;
    other.ignored = ignored;
    let account = Account { model, purchases: &purchases, units: &units, owner, other };
    let known = Some(&account.owner.belief).filter(|_| account.owner.measured());
    let assignments = search(model, &purchases, &units, known, &account.other.belief);
    let best = likeliest_number(&assignments, |assignment| account.counted(assignment).len());
    let mixture = account.mixture(&assignments);
    let personas = account.personas(best, &mixture);
    let mixture =
        mixture.into_iter().map(|component| (component.weight, component.posterior)).collect();
    let mut unit = vec![None; history.len()];
    for (i, members) in units.iter().enumerate() {
        members.iter().for_each(|&purchase| unit[purchases[purchase].at] = Some(i));
    }
    Personas { personas, mixture, assignments, unit }
}

/// Units, in the order of their first purchase: purchases that one person must have made, that is
/// sizes of one article tried on beside the size kept.
pub(super) fn units(purchases: &[PlacedPurchase]) -> Vec<Vec<usize>> {
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); purchases.len()];
    for (i, purchase) in purchases.iter().enumerate() {
        // A kept purchase has no `beside` itself, so this never forms a chain.
        units[purchase.beside.unwrap_or(i)].push(i);
    }
    units.retain(|unit| !unit.is_empty());
    sort_short(&mut units, |a, b| a[0] < b[0]);
    units
}

/// The most probable assignment among those with the most probable number of personas.
fn likeliest_number(
    assignments: &[Assignment],
    personas: impl Fn(&Assignment) -> usize,
) -> &Assignment {
    let mut weights = [0.0; MAX_PERSONS + 1];
    assignments.iter().for_each(|assignment| weights[personas(assignment)] += assignment.weight);
    let likeliest =
        (1..weights.len()).fold(0, |best, n| if weights[n] > weights[best] { n } else { best });
    assignments.iter().find(|a| personas(a) == likeliest).unwrap_or(&assignments[0])
}

/// A person and their units, as one or more assignments have them.
struct Component {
    /// Probability that the next purchase is for them.
    weight: f64,
    /// 0 for the owner, 1 for anybody else.
    person: usize,
    units: Vec<usize>,
    posterior: Posterior,
}

/// An account, and the priors of its persons.
struct Account<'a> {
    model: &'a Model,
    purchases: &'a [PlacedPurchase],
    units: &'a [Vec<usize>],
    owner: Posterior,
    other: Posterior,
}

impl Account<'_> {
    /// The persons of an assignment that are personas: those with at least [`MIN_UNITS`] units, and
    /// a measured owner in any case. The owner alone if there are none.
    fn counted(&self, assignment: &Assignment) -> Vec<usize> {
        let mut bought = [0; MAX_PERSONS];
        assignment.person.iter().for_each(|&p| bought[p] += 1);
        let counts = |&p: &usize| bought[p] >= MIN_UNITS || p == 0 && self.owner.measured();
        let counted: Vec<usize> = (0..assignment.persons()).filter(counts).collect();
        if counted.is_empty() { vec![0] } else { counted }
    }

    /// The posterior of a person with these units.
    fn posterior(&self, person: usize, units: &[usize]) -> Posterior {
        let mut posterior = if person == 0 { self.owner.clone() } else { self.other.clone() };
        let mut members: Vec<usize> =
            units.iter().flat_map(|&unit| &self.units[unit]).copied().collect();
        sort_short(&mut members, |a, b| a < b);
        let purchases = members.iter().map(|&purchase| &self.purchases[purchase]);
        settle(self.model, &mut posterior, purchases);
        posterior
    }

    /// The personas of an assignment. Posteriors that the `mixture` has are taken from there.
    fn personas(&self, assignment: &Assignment, mixture: &[Component]) -> Vec<Persona> {
        let counted = self.counted(assignment);
        // A single persona has all purchases: the heavy tail of the choice model allows for gifts.
        let alone = counted.len() == 1;
        let persona = |p: usize| {
            let (person, units) = if alone {
                (0, (0..self.units.len()).collect())
            } else {
                (p.min(1), units_of(assignment, p))
            };
            let known = mixture.iter().find(|c| c.person == person && c.units == units);
            let mut purchases: Vec<usize> = units
                .iter()
                .flat_map(|&unit| &self.units[unit])
                .map(|&purchase| self.purchases[purchase].at)
                .collect();
            sort_short(&mut purchases, |a, b| a < b);
            Persona {
                posterior: known
                    .map_or_else(|| self.posterior(person, &units), |c| c.posterior.clone()),
                share: seats(p, units.len()),
                purchases,
            }
        };
        let mut personas: Vec<Persona> = counted.iter().map(|&p| persona(p)).collect();
        let total: f64 = personas.iter().map(|p| p.share).sum();
        personas.iter_mut().for_each(|p| p.share /= total);
        sort_short(&mut personas, |a, b| a.share > b.share);
        personas
    }

    /// All persons of all assignments, by their probability of being whom the next purchase is for.
    fn mixture(&self, assignments: &[Assignment]) -> Vec<Component> {
        // Assignments share persons. Weight, owner (0) or not (1), units.
        let mut persons: Vec<(f64, usize, Vec<usize>)> = Vec::new();
        for assignment in assignments {
            let all = assignment.person.len() as f64 + OWNER_SEAT;
            for p in 0..assignment.persons() {
                let (person, units) = (p.min(1), units_of(assignment, p));
                let share = assignment.weight * seats(p, units.len()) / all;
                match persons.iter_mut().find(|known| known.1 == person && known.2 == units) {
                    Some(known) => known.0 += share,
                    None => persons.push((share, person, units)),
                }
            }
        }
        sort_short(&mut persons, |a, b| a.0 > b.0);
        // At least the first component stays.
        let kept = persons.iter().take_while(|p| p.0 >= NEGLIGIBLE).count().max(1);
        persons.truncate(kept);
        let total: f64 = persons.iter().map(|p| p.0).sum();
        let component = |(share, person, units): (f64, usize, Vec<usize>)| {
            let posterior = self.posterior(person, &units);
            Component { weight: share / total, person, units, posterior }
        };
        persons.into_iter().map(component).collect()
    }
}

/// The units that an assignment gives to a person.
fn units_of(assignment: &Assignment, person: usize) -> Vec<usize> {
    (0..assignment.person.len()).filter(|&unit| assignment.person[unit] == person).collect()
}

/// Weight of a person with this number of units in the choice of whom the next purchase is for.
fn seats(person: usize, units: usize) -> f64 {
    units as f64 + if person == 0 { OWNER_SEAT } else { 0.0 }
}
