//! The persons behind one account: how many, which purchases were whose, and what is believed of
//! each.
//!
//! A mother orders for her daughter, a couple shares a login: one latent size cannot explain such a
//! history, and its average fits nobody. The purchases are shared out among persons by their
//! evidence, under a prior that expects one; `model/README.md` has the formulas.

mod search;

#[cfg(test)]
mod tests;

use super::history::{self, Line};
use super::{Posterior, Purchase};
use crate::math::sort_short;
use crate::model::{Features, Model};
use search::{Found, SEAT};

/// Purchases from which on somebody is a persona; with fewer they are somebody to whom a gift went.
const LEAST: usize = 2;

/// Components of the mixture that weigh less than this are left out: they cost time and change
/// nothing.
const NEGLIGIBLE: f64 = 0.01;

/// One person of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// What is believed of them: the posterior of a customer with their purchases alone, and the
    /// body features if they are the account's owner.
    pub posterior: Posterior,
    /// Chance that the account's next purchase is for them; sums to 1 over an account's personas.
    pub share: f64,
    /// Indices in the history of the purchases that count as theirs, ascending.
    pub purchases: Vec<usize>,
}

/// The persons behind one account.
#[derive(Clone, Debug, PartialEq)]
pub struct Personas {
    personas: Vec<Persona>,
    mixture: Vec<(f64, Posterior)>,
    /// The ways to share the history out, and which unit of them each purchase is in; `None` for
    /// one that is no evidence.
    ways: Vec<Found>,
    unit: Vec<Option<usize>>,
}

impl Personas {
    /// The personas, by share, the greatest first; from 1 to 4.
    #[must_use]
    pub fn list(&self) -> &[Persona] {
        &self.personas
    }

    /// For a purchase of the history, the chance that it was for each persona. They sum to at most
    /// 1: what is missing is the chance that it was a gift to somebody else. Zeros for purchases
    /// that are no evidence.
    ///
    /// # Panics
    /// If the history had no purchase of this index.
    #[must_use]
    pub fn chances(&self, purchase: usize) -> Vec<f64> {
        let mut chances = vec![0.0; self.personas.len()];
        let Some(unit) = self.unit[purchase] else { return chances };
        for way in &self.ways {
            let person = way.person[unit];
            let same: Vec<usize> =
                self.personas.iter().map(|persona| self.majority(persona, way)).collect();
            // Whom this way can't tell apart share what it says.
            let alike = same.iter().filter(|&&p| p == person).count();
            for (chance, _) in chances.iter_mut().zip(&same).filter(|(_, p)| **p == person) {
                *chance += way.weight / alike as f64;
            }
        }
        chances
    }

    /// Who has most of a persona's purchases in a way; of equals the first, and the owner where
    /// there are none.
    fn majority(&self, persona: &Persona, way: &Found) -> usize {
        let mut bought = [0; search::MOST];
        persona
            .purchases
            .iter()
            .filter_map(|&at| self.unit[at])
            .for_each(|unit| bought[way.person[unit]] += 1);
        (1..bought.len()).fold(0, |best, p| if bought[p] > bought[best] { p } else { best })
    }

    /// What is believed of whoever the next purchase is for, as weighted posteriors, the heaviest
    /// first; the weights sum to 1. Not only of the personas listed: the history could be shared
    /// out otherwise, and those ways are in it by their chances.
    #[must_use]
    pub fn mixture(&self) -> &[(f64, Posterior)] {
        &self.mixture
    }
}

/// The personas of an account with this history, whose owner has these body features.
///
/// Purchases count in the order given. An account of one persona has exactly the posterior that
/// [`posterior`](super::posterior) gives.
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
    let (lines, ignored) = history::read(model, history);
    let units = units(&lines);
    let mut owner = Posterior::prior(model, body);
    let mut other = Posterior::prior(model, &Features::of(&model.measurements, &|_| None));
    owner.ignored = ignored;
    other.ignored = ignored;
    let account = Account { model, lines: &lines, units: &units, owner, other };
    let known = Some(&account.owner.belief).filter(|_| account.owner.measured());
    let ways = search::search(model, &lines, &units, known, &account.other.belief);
    let best = likeliest_number(&ways, |way| account.counted(way).len());
    let mixture = account.mixture(&ways);
    let personas = account.personas(best, &mixture);
    let mixture =
        mixture.into_iter().map(|component| (component.weight, component.posterior)).collect();
    let mut unit = vec![None; history.len()];
    for (i, lines_of) in units.iter().enumerate() {
        lines_of.iter().for_each(|&line| unit[lines[line].at] = Some(i));
    }
    Personas { personas, mixture, ways, unit }
}

/// Lines that one person must have bought: what was tried on beside the size that was kept. In the
/// order of their first line.
fn units(lines: &[Line]) -> Vec<Vec<usize>> {
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
    for (i, line) in lines.iter().enumerate() {
        // What was kept is nobody's lesser size, so that this is one step and no chain.
        units[line.beside.unwrap_or(i)].push(i);
    }
    units.retain(|unit| !unit.is_empty());
    sort_short(&mut units, |a, b| a[0] < b[0]);
    units
}

/// The likeliest of the ways with the likeliest number of personas.
fn likeliest_number(ways: &[Found], personas: impl Fn(&Found) -> usize) -> &Found {
    let mut weights = [0.0; search::MOST + 1];
    ways.iter().for_each(|way| weights[personas(way)] += way.weight);
    let most =
        (1..weights.len()).fold(0, |best, n| if weights[n] > weights[best] { n } else { best });
    ways.iter().find(|way| personas(way) == most).unwrap_or(&ways[0])
}

/// One of those whom the next purchase may be for, in some of the ways.
struct Component {
    weight: f64,
    person: usize,
    units: Vec<usize>,
    posterior: Posterior,
}

/// An account, and what is believed of its persons before their first purchase.
struct Account<'a> {
    model: &'a Model,
    lines: &'a [Line],
    units: &'a [Vec<usize>],
    owner: Posterior,
    other: Posterior,
}

impl Account<'_> {
    /// The persons of a way that are personas: who has bought twice, and a measured owner beside
    /// them. The owner alone, if nobody has.
    fn counted(&self, way: &Found) -> Vec<usize> {
        let mut bought = [0; search::MOST];
        way.person.iter().for_each(|&p| bought[p] += 1);
        let counts = |&p: &usize| bought[p] >= LEAST || p == 0 && self.owner.measured();
        let counted: Vec<usize> = (0..way.persons()).filter(counts).collect();
        if counted.is_empty() { vec![0] } else { counted }
    }

    /// The posterior of a person with these units.
    fn posterior(&self, person: usize, units: &[usize]) -> Posterior {
        let mut posterior = if person == 0 { self.owner.clone() } else { self.other.clone() };
        let mut lines: Vec<usize> =
            units.iter().flat_map(|&unit| &self.units[unit]).copied().collect();
        sort_short(&mut lines, |a, b| a < b);
        history::settle(self.model, &mut posterior, lines.iter().map(|&line| &self.lines[line]));
        posterior
    }

    /// The personas of a way, taking posteriors from the `mixture` where they are in it.
    fn personas(&self, way: &Found, mixture: &[Component]) -> Vec<Persona> {
        let counted = self.counted(way);
        // One persona is the customer that they always were: gifts are left to the heavy tail of
        // the choice.
        let alone = counted.len() == 1;
        let persona = |p: usize| {
            let (person, units) = if alone {
                (0, (0..self.units.len()).collect())
            } else {
                (p.min(1), units_of(way, p))
            };
            let known = mixture.iter().find(|c| c.person == person && c.units == units);
            let mut purchases: Vec<usize> = units
                .iter()
                .flat_map(|&unit| &self.units[unit])
                .map(|&line| self.lines[line].at)
                .collect();
            sort_short(&mut purchases, |a, b| a < b);
            Persona {
                posterior: known
                    .map_or_else(|| self.posterior(person, &units), |c| c.posterior.clone()),
                share: weight(p, units.len()),
                purchases,
            }
        };
        let mut personas: Vec<Persona> = counted.iter().map(|&p| persona(p)).collect();
        let total: f64 = personas.iter().map(|p| p.share).sum();
        personas.iter_mut().for_each(|p| p.share /= total);
        sort_short(&mut personas, |a, b| a.share > b.share);
        personas
    }

    fn mixture(&self, ways: &[Found]) -> Vec<Component> {
        // Ways have persons in common: weight, whether it is the owner, units.
        let mut persons: Vec<(f64, usize, Vec<usize>)> = Vec::new();
        for way in ways {
            let all = way.person.len() as f64 + SEAT;
            for p in 0..way.persons() {
                let (person, units) = (p.min(1), units_of(way, p));
                let share = way.weight * weight(p, units.len()) / all;
                match persons.iter_mut().find(|known| known.1 == person && known.2 == units) {
                    Some(known) => known.0 += share,
                    None => persons.push((share, person, units)),
                }
            }
        }
        sort_short(&mut persons, |a, b| a.0 > b.0);
        // The heaviest stays, whatever it weighs.
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

/// The units of a person.
fn units_of(way: &Found, person: usize) -> Vec<usize> {
    (0..way.person.len()).filter(|&unit| way.person[unit] == person).collect()
}

/// How readily a person with so many units is bought for again.
fn weight(person: usize, units: usize) -> f64 {
    units as f64 + if person == 0 { SEAT } else { 0.0 }
}
