//! Numbers of 16 bits, in which the messages of purchases are stored: binary16 of IEEE 754, with 5
//! bits of exponent and 10 of mantissa.
//!
//! Rounded to nearest, ties to even. A stored number is exact to one part in 2,048 between 6e-5 and
//! 65,504, and to 3e-8 below. Numbers beyond saturate.

/// The largest number that can be stored.
const MAX: f32 = 65504.0;
/// The smallest number that is stored with all bits of its mantissa: 2^-14.
const MIN_NORMAL: f32 = 1.0 / 16384.0;
/// Bits of the mantissa that a single has and a stored number has not.
const DROPPED: u32 = 13;
/// Difference of the exponents' biases, in place.
const BIAS: u32 = (127 - 15) << 23;

/// The bits of the stored number that is nearest to `x`; not a number counts as 0.
pub(crate) fn to_bits(x: f64) -> u16 {
    let x = x as f32;
    let sign = ((x.to_bits() >> 16) & 0x8000) as u16;
    let size = x.abs();
    if size < MIN_NORMAL {
        // A sum in which the last bit is 2^-24: rounding is the processor's.
        let rounded = (size + 0.5).to_bits() - 0.5_f32.to_bits();
        return sign | rounded as u16;
    }
    if size.is_nan() {
        return 0;
    }
    let bits = size.min(MAX).to_bits() - BIAS;
    let to_even = (1 << (DROPPED - 1)) - 1 + ((bits >> DROPPED) & 1);
    sign | ((bits + to_even) >> DROPPED) as u16
}

/// The stored number with these bits.
pub(crate) fn from_bits(bits: u16) -> f64 {
    // A single with the same exponent and mantissa, but the exponent's bias of a single, is smaller
    // by this factor. So the product is exact, also without a leading 1.
    const FACTOR: f64 = f64::from_bits((1023 + 127 - 15) << 52);
    let size = f32::from_bits(u32::from(bits & 0x7fff) << DROPPED);
    let x = f64::from(size) * FACTOR;
    if bits & 0x8000 == 0 { x } else { -x }
}

/// Whether these bits are those of a number, neither infinite nor "not a number".
pub(crate) fn is_finite(bits: u16) -> bool {
    bits & 0x7c00 != 0x7c00
}

/// The number as it is read back after it was stored.
pub(crate) fn stored(x: f64) -> f64 {
    from_bits(to_bits(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_number_comes_back() {
        for bits in 0..=u16::MAX {
            let x = from_bits(bits);
            assert_eq!(is_finite(bits), x.abs() <= f64::from(MAX), "{bits:04x}");
            if is_finite(bits) {
                assert_eq!(to_bits(x), bits, "{x}");
            }
        }
    }

    #[test]
    fn the_nearest_number_is_stored() {
        assert_eq!(from_bits(0x3c00), 1.0);
        assert_eq!(from_bits(0x0001), 1.0 / 16_777_216.0);
        assert_eq!(stored(0.0).to_bits(), 0.0_f64.to_bits());
        for i in 0..2000_u32 {
            let x = 1e-4 * libm::exp(0.01 * f64::from(i));
            for x in [x, -x] {
                let near = stored(x);
                assert!((near - x).abs() <= x.abs() / 2048.0, "{x} became {near}");
                let bits = to_bits(x);
                for other in [bits - 1, bits + 1].map(from_bits) {
                    assert!((near - x).abs() <= (other - x).abs(), "{x}: {other} is nearer");
                }
            }
        }
        for i in 0..2000_u32 {
            let x = 6e-5 * f64::from(i) / 2000.0;
            assert!((stored(x) - x).abs() <= 3e-8, "{x}");
        }
    }

    #[test]
    fn extremes_saturate() {
        for x in [65504.0, 65505.0, 1e30, f64::INFINITY] {
            assert_eq!((stored(x), stored(-x)), (65504.0, -65504.0), "{x}");
        }
        assert_eq!(stored(f64::NAN), 0.0);
    }
}
