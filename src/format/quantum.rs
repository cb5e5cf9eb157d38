//! Quantities of 16 bits: all exact in binary, so that every reader has the same numbers to the last bit.

use crate::math::Gaussian;

/// Steps of a mean.
const MEAN: f64 = 2048.0;
/// Smallest and largest precision other than 0: 2^-20 and 2^40.
pub(super) const PRECISION: (f64, f64) = (1.0 / 1_048_576.0, 1_099_511_627_776.0);

/// A proper belief: finite, its precision not negative, and a mean only where there is information.
pub(super) fn is_belief(g: Gaussian) -> bool {
    let informed = g.precision > 0.0 || (g.precision == 0.0 && g.precision_mean == 0.0);
    informed && g.precision.is_finite() && g.mean().is_finite()
}

/// Precision clamped to what a file can hold; 0 stays 0.
pub(super) fn clamp_precision(precision: f64) -> f64 {
    if precision == 0.0 { 0.0 } else { precision.clamp(PRECISION.0, PRECISION.1) }
}

/// Whether a file may hold this precision with this mean. The zeros of no information have no sign.
pub(super) fn is_stored(precision: f64, mean: f64) -> bool {
    (PRECISION.0..=PRECISION.1).contains(&precision) || (precision.to_bits() == 0 && mean.to_bits() == 0)
}

/// The belief with this mean and precision. Their product is exact for means and precisions of at most 24 bits, so
/// that [`Gaussian::mean`] gives back the very mean.
pub(super) fn belief(mean: f64, precision: f64) -> Gaussian {
    Gaussian { precision, precision_mean: precision * mean }
}

/// A belief as mean in 1/2048 and precision as the upper half of an `f32`; `None` if it is not a proper one.
pub(super) fn encode(g: Gaussian) -> Option<(i16, u16)> {
    if !is_belief(g) {
        return None;
    }
    // `as` saturates.
    let mean = (g.mean() * MEAN).round() as i16;
    let bits = (clamp_precision(g.precision) as f32).to_bits();
    // To nearest, ties to even.
    let precision = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
    Some((mean, precision as u16))
}

/// The belief that [`encode`] gave these codes for; `None` if it gives them for none.
pub(super) fn decode(mean: i16, precision: u16) -> Option<Gaussian> {
    let mean = f64::from(mean) / MEAN;
    let precision = f64::from(f32::from_bits(u32::from(precision) << 16));
    is_stored(precision, mean).then(|| belief(mean, precision))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_survives() {
        let mut kept = 0;
        for precision in 0..=u16::MAX {
            for mean in [i16::MIN, -2049, -1, 0, 1, 700, i16::MAX] {
                if let Some(g) = decode(mean, precision) {
                    assert_eq!(encode(g), Some((mean, precision)));
                    assert_eq!(g.mean(), f64::from(mean) / 2048.0);
                    kept += 1;
                }
            }
        }
        // All precisions from 2^-20 to 2^40 with each mean, and no information with mean 0.
        assert_eq!(kept, (21376 - 13696 + 1) * 7 + 1);
    }

    #[test]
    fn errors_are_within_the_bounds() {
        for i in 0..10_000 {
            let x = f64::from(i) / 10_000.0;
            let g = Gaussian::new(32.0 * x - 16.0, 1e-3 + 7.0 * x * x);
            let (mean, precision) = encode(g).unwrap();
            let back = decode(mean, precision).unwrap();
            assert!((back.mean() - g.mean()).abs() <= 1.0 / 4096.0 + 1e-12, "{i}");
            assert!((back.precision / g.precision - 1.0).abs() <= 1.0 / 256.0, "{i}");
            assert!((back.sd() / g.sd() - 1.0).abs() <= 1.0 / 508.0, "{i}");
        }
    }

    #[test]
    fn what_lies_outside_saturates_or_is_refused() {
        assert_eq!(encode(Gaussian::FLAT), Some((0, 0)));
        assert_eq!(encode(Gaussian { precision: 1.0, precision_mean: 40.0 }), Some((i16::MAX, 0x3f80)));
        assert_eq!(encode(Gaussian { precision: 1.0, precision_mean: -40.0 }), Some((i16::MIN, 0x3f80)));
        assert_eq!(encode(Gaussian { precision: 1e300, precision_mean: 0.0 }), Some((0, 21376)));
        assert_eq!(encode(Gaussian { precision: 1e-300, precision_mean: 0.0 }), Some((0, 13696)));
        for (precision, precision_mean) in
            [(-1.0, 0.0), (0.0, 1.0), (f64::NAN, 0.0), (f64::INFINITY, 0.0), (1.0, f64::NAN), (1e-300, 1e300)]
        {
            assert_eq!(encode(Gaussian { precision, precision_mean }), None, "{precision} {precision_mean}");
        }
        assert_eq!(decode(1, 0), None);
        assert_eq!(decode(0, 0x7f80), None);
        assert_eq!(decode(0, 0xbf80), None);
    }
}
