//! The bodies that sizes are made for by public standards: girths at a position on an axis.

use super::distribution::{Dimension, Sex};
use crate::size::Axis;

/// A girth as a straight line of the position: `at_zero + per_step * position`, in cm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GirthLine {
    /// The girth at position 0, cm.
    pub at_zero: f64,
    /// How much it grows with a step, cm; positive.
    pub per_step: f64,
}

impl GirthLine {
    const fn new(at_zero: f64, per_step: f64) -> Self {
        Self { at_zero, per_step }
    }

    /// The position whose size is made for this girth.
    #[must_use]
    pub fn position(self, girth: f64) -> f64 {
        (girth - self.at_zero) / self.per_step
    }
}

/// The girth of the bodies that the sizes of an axis are made for; `None` where the axis does not
/// go by it.
///
/// Sources: EN 13402-3 for girths and their steps, 4 cm of chest, waist and hips from a size to the
/// next (women's EU 38 is a bust of 88 cm, a waist of 72 and hips of 97; men's EU 50 a chest of 100
/// cm, a waist of 88); inches of the waist for trousers (W32; women's W29 is worn with EU 38);
/// ISO/TS 19407 for feet (EU 39 is a foot of 24.5 cm); EN 13402-3 for children, whose sizes are
/// body heights in cm. The hips that belong to a man's chest or waist are those of the survey.
#[must_use]
pub fn standard_girth(axis: Axis, dimension: Dimension, sex: Sex) -> Option<GirthLine> {
    let line = match (axis, dimension) {
        (Axis::Women, Dimension::Chest) => GirthLine::new(88.0, 4.0),
        (Axis::Women, Dimension::Waist) => GirthLine::new(72.0, 4.0),
        (Axis::Women, Dimension::Hip) => GirthLine::new(97.0, 4.0),
        (Axis::Men, Dimension::Chest) => GirthLine::new(100.0, 4.0),
        (Axis::Men, Dimension::Waist) => GirthLine::new(88.0, 4.0),
        (Axis::Waist, Dimension::Waist) => GirthLine::new(81.28, 5.08),
        (Axis::Waist, Dimension::Hip) => match sex {
            Sex::Female => GirthLine::new(104.6, 5.08),
            Sex::Male => GirthLine::new(97.0, 4.0),
        },
        (Axis::Bra, Dimension::Chest) => GirthLine::new(90.0, 4.0),
        (Axis::ShoesWomen, Dimension::Foot) => GirthLine::new(24.5, 2.0 / 3.0),
        (Axis::ShoesMen, Dimension::Foot) => GirthLine::new(26.5, 2.0 / 3.0),
        (Axis::ShoesChildren, Dimension::Foot) => GirthLine::new(18.5, 2.0 / 3.0),
        (Axis::Children, Dimension::Height) => GirthLine::new(116.0, 6.0),
        _ => return None,
    };
    Some(line)
}

/// The chest of a man in a size of clothes that women and men share: a letter is a chest 10 cm
/// larger than a woman's and two EU sizes from the next (EN 13402-3), a number is half the chest.
#[must_use]
pub fn shared_mens_chest(letters: bool) -> GirthLine {
    if letters { GirthLine::new(98.0, 16.0 / 3.0) } else { GirthLine::new(76.0, 4.0) }
}
