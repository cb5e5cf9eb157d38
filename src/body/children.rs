//! Children, whom the survey does not have: heights by age, weights and feet by height.

/// Relative sd of a child's height at a given age.
pub const HEIGHT_SD: f64 = 0.045;

/// The usual height of a child of this age, cm; that of an adult from 16 years on.
///
/// Sources: EN 13402-3 and the size tables by age that European shops print beside it; from two
/// years on a year is 6 cm, and 4 years are 104 cm.
#[must_use]
pub fn height_at(age: f64) -> f64 {
    let age = age.clamp(0.0, 16.0);
    if age < 2.0 { 52.0 + 20.0 * age } else { 80.0 + 6.0 * age }
}

/// The usual weight of a child of this height, kg: a body mass index of 16, as in the World Health
/// Organization's growth references for four to ten years.
#[must_use]
pub fn weight_at(height: f64) -> f64 {
    16.0 * height * height / 1e4
}

/// The height at which a child usually has this weight, cm.
#[must_use]
pub fn height_of_weight(weight: f64) -> f64 {
    100.0 * libm::sqrt(weight.max(1.0) / 16.0)
}

/// The usual length of a child's foot at this height, cm: .155 of the height, the ratio of adults
/// (.152 to .155 in the survey) and of children's size tables (116 cm and EU 28 to 29).
#[must_use]
pub fn foot_at(height: f64) -> f64 {
    0.155 * height
}
