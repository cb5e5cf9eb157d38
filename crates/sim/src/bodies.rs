//! Bodies of the customers, drawn from the body prior, and the sizes that follow from their girths.

use crate::random::Random;
use inseam::body::{Dimension, SURVEY, Sex};

/// A girth that the sizes of a fit group go by: their true relation, which no table of the shop
/// has.
pub(crate) struct TrueGirth {
    pub(crate) dimension: Dimension,
    weight: f64,
    /// The girth at position 0, and how much it grows with a step, cm.
    pub(crate) line: (f64, f64),
}

/// Fit groups of shops with bodies: name, sex where they are for one, and their girths. Waists are
/// those of the survey, at the navel.
const GROUPS: [(&str, Option<Sex>, &[TrueGirth]); 6] = [
    (
        "dresses",
        Some(Sex::Female),
        &[
            TrueGirth { dimension: Dimension::Chest, weight: 0.5, line: (88.0, 4.0) },
            TrueGirth { dimension: Dimension::Waist, weight: 0.2, line: (79.0, 4.2) },
            TrueGirth { dimension: Dimension::Hip, weight: 0.3, line: (97.5, 3.8) },
        ],
    ),
    (
        "tops",
        Some(Sex::Female),
        &[
            TrueGirth { dimension: Dimension::Chest, weight: 0.8, line: (88.5, 4.0) },
            TrueGirth { dimension: Dimension::Waist, weight: 0.2, line: (79.0, 4.2) },
        ],
    ),
    (
        "bottoms",
        Some(Sex::Female),
        &[
            TrueGirth { dimension: Dimension::Waist, weight: 0.4, line: (79.0, 4.2) },
            TrueGirth { dimension: Dimension::Hip, weight: 0.6, line: (97.5, 3.8) },
        ],
    ),
    (
        "footwear",
        Some(Sex::Female),
        &[TrueGirth { dimension: Dimension::Foot, weight: 1.0, line: (24.5, 0.667) }],
    ),
    (
        "mens shirts",
        Some(Sex::Male),
        &[
            TrueGirth { dimension: Dimension::Chest, weight: 0.8, line: (101.0, 4.0) },
            TrueGirth { dimension: Dimension::Waist, weight: 0.2, line: (90.0, 4.2) },
        ],
    ),
    (
        "mens trousers",
        Some(Sex::Male),
        &[
            TrueGirth { dimension: Dimension::Waist, weight: 0.8, line: (86.0, 5.1) },
            TrueGirth { dimension: Dimension::Hip, weight: 0.2, line: (97.0, 4.4) },
        ],
    ),
];

/// Names of the fit groups of a shop with bodies.
pub(crate) fn group_names() -> [&'static str; 6] {
    GROUPS.map(|(name, ..)| name)
}

/// The girths that the sizes of a fit group go by.
pub(crate) fn girths(group: &str) -> &'static [TrueGirth] {
    GROUPS.iter().find(|(name, ..)| *name == group).map_or(&[], |(.., girths)| girths)
}

/// The sex that buys in a fit group; `None` for both.
pub(crate) fn buyers(group: &str) -> Option<Sex> {
    GROUPS.iter().find(|(name, ..)| *name == group).and_then(|(_, sex, _)| *sex)
}

/// A body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) sex: Sex,
    /// In the order of [`Dimension::ALL`]: cm, kg and years.
    pub(crate) dimensions: [f64; Dimension::COUNT],
}

impl Body {
    /// Draws a body of this sex, or of any; `heavier` is a factor on its weight.
    pub(crate) fn draw(sex: Option<Sex>, heavier: f64, random: &mut Random) -> Self {
        let any = if random.happens(0.5) { Sex::Female } else { Sex::Male };
        let sex = sex.unwrap_or(any);
        let survey = SURVEY.of_sex(sex);
        let mut draws: [f64; Dimension::COUNT] = std::array::from_fn(|_| random.normal());
        let (h, w) = (Dimension::Height as usize, Dimension::Weight as usize);
        let explained = survey.covariance[w][h] * survey.covariance[w][h] / survey.covariance[h][h];
        let rest = libm::sqrt(survey.covariance[w][w] - explained);
        draws[w] += libm::log(heavier) / rest;
        Self { sex, dimensions: survey.body(&draws) }
    }

    pub(crate) fn dimension(&self, dimension: Dimension) -> f64 {
        self.dimensions[dimension as usize]
    }

    /// The size that the girths give in a fit group, steps.
    pub(crate) fn size(&self, group: &str) -> f64 {
        let position = |girth: &TrueGirth| {
            girth.weight * (self.dimension(girth.dimension) - girth.line.0) / girth.line.1
        };
        girths(group).iter().map(position).sum()
    }
}
