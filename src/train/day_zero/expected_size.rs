//! The latent size that height, weight, age and sex let expect, before any purchase.

use super::sized_by::SizedBy;
use crate::body::{Dimension, Entered, PossibleSex, SURVEY, children};
use crate::math::Moments;
use crate::size::Axis;

/// Sd of the sizes that fit people of the same girths, steps: cuts and shapes differ.
const OWN_SD: f64 = 0.5;
/// Ages of children's clothes: from there on, an age says nothing about the size of a child.
const ADULT_AGE: f64 = 16.0;

impl SizedBy {
    /// Mean and variance, steps, of the size that somebody with these measurements wears, if the
    /// sizes are exactly as charts or standards say. `female` is the probability of a woman where
    /// neither the sex nor the fit group tells.
    pub(super) fn expected_size(&self, entered: &Entered, female: f64) -> Moments {
        let body = match self.axis {
            Axis::Children | Axis::ShoesChildren => self.childs_size(entered),
            _ => {
                let entered = Entered { sex: self.sex.or(entered.sex), ..*entered };
                self.adults_size(&SURVEY.possible_sexes(&entered, female))
            }
        };
        Moments { variance: body.variance + OWN_SD * OWN_SD, ..body }
    }

    fn adults_size(&self, sexes: &[PossibleSex]) -> Moments {
        let parts: Vec<(f64, Moments)> =
            sexes.iter().map(|sex| (sex.probability, self.size_of_sex(sex))).collect();
        let mean = parts.iter().map(|(share, size)| share * size.mean).sum::<f64>();
        let square = |(share, size): &(f64, Moments)| {
            let moved = size.mean - mean;
            share * (size.variance + moved * moved)
        };
        Moments { mean, variance: parts.iter().map(square).sum() }
    }

    /// The weighted mean of the positions of all girths. Their logarithms are jointly Gaussian; the
    /// variance is that of the linear approximation about the mean.
    fn size_of_sex(&self, PossibleSex { sex, body, .. }: &PossibleSex) -> Moments {
        let parts: Vec<(usize, f64, f64)> = self
            .girths
            .iter()
            .map(|girth| {
                let line = girth.line(*sex);
                let cm = body.dimension(girth.dimension);
                let slope = girth.weight * cm / line.per_step;
                (girth.dimension as usize, girth.weight * line.position(cm), slope)
            })
            .collect();
        let mean = parts.iter().map(|(_, position, _)| position).sum();
        let products = parts.iter().flat_map(|a| parts.iter().map(move |b| (a, b)));
        let variance = products.map(|(a, b)| a.2 * b.2 * body.covariance[(a.0, b.0)]).sum();
        Moments { mean, variance }
    }

    /// Of a child by height, else by age, else by weight.
    fn childs_size(&self, entered: &Entered) -> Moments {
        let by_age = entered.age.filter(|age| *age < ADULT_AGE).map(children::height_at);
        let by_weight = entered.weight.map(children::height_of_weight);
        let (height, sd) = match (entered.height, by_age, by_weight) {
            (Some(height), _, _) => (height, 0.0),
            (None, Some(height), _) => (height, children::HEIGHT_SD * height),
            (None, None, Some(height)) => (height, 2.0 * children::HEIGHT_SD * height),
            (None, None, None) => (children::height_at(6.0), 25.0),
        };
        let (mut mean, mut variance) = (0.0, 0.0);
        for girth in &self.girths {
            let line = girth.line(crate::body::Sex::Female);
            let (cm, factor) = match girth.dimension {
                Dimension::Foot => (children::foot_at(height), children::foot_at(1.0)),
                _ => (height, 1.0),
            };
            mean += girth.weight * line.position(cm);
            let sd = girth.weight * sd * factor / line.per_step;
            variance += sd * sd;
        }
        Moments { mean, variance }
    }
}
