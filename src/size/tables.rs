//! The public conversion tables as straight lines: number n of a system has position (n - zero) /
//! per.
//!
//! They are starting positions for learning, not the truth: national scales are not linear in body
//! girths, and shops deviate from them.

use super::System;

/// Numbers `from` to `to` of some systems on one straight line.
pub(super) struct Segment {
    /// Bit set of [`System::code`]s.
    systems: u16,
    from: f64,
    to: f64,
    /// The number at position 0.
    zero: f64,
    /// Numbers per step.
    per: f64,
}

const fn segment(systems: &[System], range: [f64; 2], zero: f64, per: f64) -> Segment {
    let mut mask = 0;
    let mut i = 0;
    while i < systems.len() {
        mask |= 1 << systems[i] as u16;
        i += 1;
    }
    Segment { systems: mask, from: range[0], to: range[1], zero, per }
}

/// Position of a number of this system, from the first segment that contains it.
pub(super) fn position_on(segments: &[Segment], number: f64, system: System) -> Option<f64> {
    let bit = 1 << system.code();
    let segment =
        segments.iter().find(|s| s.systems & bit != 0 && (s.from..=s.to).contains(&number))?;
    Some((number - segment.zero) / segment.per)
}

use System::{Au, Br, Cn, De, Eu, Fr, It, Jp, Kr, Mex, Ru, Uk, Us};

/// Women's dress sizes; EU 38 = 0.
///
/// Sources: Wikipedia, "Clothing sizes" and "US standard clothing size"; dresssizes.org for the
/// distances between the German, French, Italian, British and US numbers, where EU 38 = FR 40 = IT
/// 44, with UK 12 and US 8 as today's shops place them; JIS L 4005 for Japan (11 is a bust of 86
/// cm; EU 38 one of 88, EN 13402-3); GB/T 1335.2 for China (bust in cm); Brazilian and Mexican
/// numbers as on the labels of international chains. Germany's short sizes are half the number and
/// its long ones twice it. Korea's 44, 55, 66, 77 are busts of 80, 85, 90, 95 cm (KS K 0051 writes
/// the bust itself); Russia's numbers are half the bust in cm.
pub(super) const WOMEN: &[Segment] = &[
    segment(&[Eu, De], [28.0, 62.0], 38.0, 2.0),
    segment(&[De], [14.0, 27.5], 19.0, 1.0),
    segment(&[De], [64.0, 124.0], 76.0, 4.0),
    segment(&[Fr], [30.0, 64.0], 40.0, 2.0),
    segment(&[It], [34.0, 68.0], 44.0, 2.0),
    segment(&[Uk, Au], [2.0, 40.0], 12.0, 2.0),
    segment(&[Us], [-4.0, 36.0], 8.0, 2.0),
    segment(&[Jp], [1.0, 35.0], 11.0, 2.0),
    segment(&[Cn], [28.0, 62.0], 38.0, 2.0),
    segment(&[Cn], [68.0, 140.0], 88.0, 4.0),
    segment(&[Br], [30.0, 64.0], 40.0, 2.0),
    segment(&[Mex], [0.0, 19.0], 8.0, 2.0),
    segment(&[Mex], [20.0, 54.0], 30.0, 2.0),
    segment(&[Kr], [33.0, 79.0], 61.6, 8.8),
    segment(&[Kr], [88.0, 88.0], 61.6, 8.8),
    segment(&[Kr], [99.0, 99.0], 61.6, 8.8),
    segment(&[Kr], [80.0, 140.0], 88.0, 4.0),
    segment(&[Ru], [34.0, 72.0], 44.0, 2.0),
];

/// Men's jackets by chest, and shirts by collar where the number is too small for a jacket; EU 50 =
/// 0.
///
/// Sources: EN 13402-3 (EU 50 is a chest of 100 cm); Wikipedia, "Clothing sizes": a British or US
/// jacket is 10 below the European, a collar of 40 cm or 15 3/4 inches goes with it. Germany's
/// short and long sizes as for women; China (GB/T 1335.1), Japan (JIS L 4004), Korea (KS K 0050)
/// and Australia by chest in cm; Russia by half the chest, as Europe.
pub(super) const MEN: &[Segment] = &[
    segment(&[Eu, De, Fr, It, Br, Cn, Jp, Kr, Ru], [34.0, 43.5], 40.0, 1.0),
    segment(&[Eu, De, Fr, It, Br, Cn, Ru], [44.0, 76.0], 50.0, 2.0),
    segment(&[De], [20.0, 33.5], 25.0, 1.0),
    segment(&[De], [84.0, 134.0], 98.0, 4.0),
    segment(&[Uk, Us, Au, Mex, Eu, De, Fr, It], [13.0, 19.5], 15.75, 1.0 / 2.54),
    segment(&[Uk, Us, Au, Mex], [19.5, 21.0], 15.75, 1.0 / 2.54),
    segment(&[Uk, Us, Au, Mex], [28.0, 66.0], 40.0, 2.0),
    segment(&[Jp, Cn, Au, Mex, Kr], [70.0, 150.0], 100.0, 4.0),
];

/// Trousers by waist; 32 inches = 0.
///
/// Sources: Wikipedia, "Clothing sizes": EU 48 is a waist of 32 inches, France 8 below the European
/// number; Brazil 40. Japan, China and Australia also in cm. In Europe's systems a number up to 41
/// is taken for inches, for that is how jeans are sold.
pub(super) const WAIST: &[Segment] = &[
    segment(&[Eu, De, It, Jp, Cn, Kr, Ru], [20.0, 41.5], 32.0, 2.0),
    segment(&[Eu, De, It, Ru], [42.0, 70.0], 48.0, 2.0),
    segment(&[Uk, Us, Au, Mex], [20.0, 54.5], 32.0, 2.0),
    segment(&[Fr], [20.0, 33.5], 32.0, 2.0),
    segment(&[Fr], [34.0, 62.0], 40.0, 2.0),
    segment(&[Br], [30.0, 64.0], 40.0, 2.0),
    segment(&[Jp, Cn, Au, Kr], [55.0, 150.0], 81.28, 5.08),
];

/// Children's height in cm by age in months, as European and British shops print them side by side.
/// From two years on, a year is 6 cm, one EU size, and 4 years are 104 cm.
///
/// Sources: EN 13402-3 (children's sizes by height in steps of 6 cm); Wikipedia, "Clothing sizes",
/// children's.
const MONTHS: [(f64, f64); 9] = [
    (0.0, 50.0),
    (1.0, 56.0),
    (3.0, 62.0),
    (6.0, 68.0),
    (9.0, 74.0),
    (12.0, 80.0),
    (18.0, 86.0),
    (24.0, 92.0),
    (36.0, 98.0),
];

/// Position of a child's height in cm; 116 = 0.
pub(super) fn height(cm: f64) -> Option<f64> {
    (40.0..=194.0).contains(&cm).then_some((cm - 116.0) / 6.0)
}

/// Position of a child's age in years.
pub(super) fn age(years: f64) -> Option<f64> {
    if years < 3.0 {
        months(12.0 * years)
    } else {
        height(80.0 + 6.0 * years).filter(|_| years <= 18.0)
    }
}

/// Position of a child's age in months, up to three years.
pub(super) fn months(age: f64) -> Option<f64> {
    let pair = MONTHS.windows(2).find(|pair| (pair[0].0..=pair[1].0).contains(&age))?;
    let [(from, low), (to, high)] = [pair[0], pair[1]];
    height(low + (high - low) * (age - from) / (to - from))
}

/// The EU shoe size of a foot of this length in cm: with 15 mm of room, in Paris points of two
/// thirds of a cm.
///
/// Source: ISO/TS 19407, "Footwear - Sizing - Conversion of sizing systems", as in Wikipedia, "Shoe
/// size": 245 mm is EU 39.
pub(super) fn eu_of_foot(cm: f64) -> f64 {
    (cm + 1.5) * 1.5
}

/// The EU shoe size of a British adult size, converted from barleycorns (a third of an inch,
/// starting at 25) to Paris points.
///
/// Source: Wikipedia, "Shoe size" (last length in inches = (UK + 25) / 3; EU = 1.5 last length in
/// cm).
pub(super) fn eu_of_uk(size: f64) -> f64 {
    1.27 * (size + 25.0)
}

/// The EU shoe size of a British children's size.
pub(super) fn eu_of_uk_child(size: f64) -> f64 {
    1.27 * (size + 12.0)
}
