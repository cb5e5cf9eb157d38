//! People on whom the expected size is expressed in the features of the measurements: spread
//! evenly over those who may shop, the same ones in every training.

use super::measures::{Measure, Person};
use super::sized_by::SizedBy;
use crate::body::{Dimension, Entered, SURVEY, Sex, children};
use crate::math::quantile;

/// People of each sex.
const PEOPLE: u32 = 96;
/// How much more shoppers vary than the survey's soldiers at the same height, as a factor on the sd
/// of the logarithm of their weight.
const WEIGHT_SPREAD: f64 = 1.4;
/// Ages of adult shoppers, years.
const AGES: [f64; 2] = [17.0, 78.0];
/// Ages of children, years.
const CHILDREN_AGES: [f64; 2] = [0.5, 14.5];

/// One person as they enter some of what is asked.
pub(super) struct Case {
    pub(super) person: Person,
    pub(super) known: Known,
    /// How much the case counts.
    pub(super) weight: f64,
}

/// Which of the four are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) height: bool,
    pub(super) weight: bool,
    pub(super) age: bool,
    pub(super) sex: bool,
}

impl Known {
    /// Every set of them that is not empty.
    pub(super) fn sets() -> impl Iterator<Item = Self> {
        (1..16_u8).map(|set| Self {
            height: set & 1 != 0,
            weight: set & 2 != 0,
            age: set & 4 != 0,
            sex: set & 8 != 0,
        })
    }

    /// How many are known.
    pub(super) fn count(self) -> usize {
        [self.height, self.weight, self.age, self.sex].into_iter().filter(|known| *known).count()
    }

    /// Whether this measurement is known.
    pub(super) fn has(self, measure: &Measure) -> bool {
        match measure {
            Measure::Height(_) => self.height,
            Measure::Weight(_) => self.weight,
            Measure::Age => self.age,
            Measure::Sex { .. } => self.sex,
        }
    }

    pub(super) fn entered(self, person: &Person) -> Entered {
        Entered {
            height: self.height.then_some(person.height),
            weight: self.weight.then_some(person.weight),
            age: self.age.then_some(person.age),
            sex: self.sex.then_some(person.sex),
        }
    }
}

/// The people who may wear the sizes of a fit group.
pub(super) fn people(sized_by: &SizedBy) -> Vec<Person> {
    let sexes = [Sex::Female, Sex::Male].into_iter();
    let sexes = sexes.filter(|sex| sized_by.sex.is_none_or(|wearer| wearer == *sex));
    sexes
        .flat_map(|sex| {
            let person = move |i| {
                let draws = [2, 3, 5].map(|base| halton(i, base));
                if sized_by.for_children() { child(sex, draws) } else { adult(sex, draws) }
            };
            (1..=PEOPLE).map(person)
        })
        .collect()
}

/// Every case of these people. Those with height and weight count most: they are asked for
/// together, and an error matters little where more is uncertain.
pub(super) fn cases(people: &[Person]) -> Vec<Case> {
    let weight = |known: Known| match (known.height, known.weight, known.age) {
        (true, true, true) => 40.0,
        (true, true, false) => 20.0,
        _ => 1.0,
    } * if known.sex { 3.0 } else { 1.0 };
    people
        .iter()
        .flat_map(|&person| {
            Known::sets().map(move |known| Case { person, known, weight: weight(known) })
        })
        .collect()
}

fn adult(sex: Sex, draws: [f64; 3]) -> Person {
    let survey = SURVEY.of_sex(sex);
    let (h, w) = (Dimension::Height as usize, Dimension::Weight as usize);
    let variance = survey.covariance[h][h];
    let slope = survey.covariance[w][h] / variance;
    let rest = libm::sqrt(survey.covariance[w][w] - slope * slope * variance);
    let height = libm::sqrt(variance) * quantile(draws[0]);
    let weight = slope * height + WEIGHT_SPREAD * rest * quantile(draws[1]);
    Person {
        height: libm::exp(survey.mean[h] + height),
        weight: libm::exp(survey.mean[w] + weight),
        age: AGES[0] + (AGES[1] - AGES[0]) * draws[2],
        sex,
    }
}

fn child(sex: Sex, draws: [f64; 3]) -> Person {
    let age = CHILDREN_AGES[0] + (CHILDREN_AGES[1] - CHILDREN_AGES[0]) * draws[2];
    let height = children::height_at(age) * (1.0 + children::HEIGHT_SD * quantile(draws[0]));
    let weight = children::weight_at(height) * libm::exp(0.1 * quantile(draws[1]));
    Person { height, weight, age, sex }
}

/// The i-th number of van der Corput's sequence, between 0 and 1. Halton (1960): numbers of
/// different prime bases together fill a cube evenly.
fn halton(mut i: u32, base: u32) -> f64 {
    let (mut part, mut sum) = (1.0, 0.0);
    while i > 0 {
        part /= f64::from(base);
        sum += part * f64::from(i % base);
        i /= base;
    }
    sum
}
