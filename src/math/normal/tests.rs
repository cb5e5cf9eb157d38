//! Tests of the normal distribution.

use super::distribution::*;
use super::exact_values::{EXACT, QUANTILES};

/// Relative error, absolute for a true value that underflows to a subnormal.
fn error(got: f64, want: f64) -> f64 {
    let scale = want.abs().max(f64::MIN_POSITIVE);
    (got - want).abs() / scale
}

#[test]
fn agrees_with_high_precision_values() {
    for &[x, density, chance, log_chance, mills] in EXACT {
        assert!(error(pdf(x), density) < 1e-13, "pdf({x}) = {}", pdf(x));
        assert!(error(cdf(x), chance) < 2e-13, "cdf({x}) = {}", cdf(x));
        assert!(error(log_cdf(x), log_chance) < 1e-14, "log_cdf({x}) = {}", log_cdf(x));
        assert!(
            error(inverse_mills(x), mills) < 1e-14,
            "inverse_mills({x}) = {}",
            inverse_mills(x)
        );
    }
}

#[test]
fn published_constants() {
    // Abramowitz and Stegun (1964), table 26.1.
    assert!((cdf(1.0) - 0.841_344_746_068_543).abs() < 1e-15);
    assert!((cdf(2.0) - 0.977_249_868_051_821).abs() < 1e-15);
    assert!((pdf(1.0) - 0.241_970_724_519_143).abs() < 1e-15);
    // Wichura (1988), the check values for p = 0.25, 0.001 and 1e-20.
    assert!((quantile(0.25) + 0.674_489_750_196_081_7).abs() < 1e-15);
    assert!((quantile(0.001) + 3.090_232_306_167_814).abs() < 3e-15);
    assert!((quantile(1e-20) + 9.262_340_089_798_408).abs() < 4e-15);
}

#[test]
fn the_pieces_join_without_a_step() {
    for joint in [-5.0_f64, 0.0] {
        let (below, above) = (joint, joint.next_up());
        assert!(error(log_cdf(below), log_cdf(above)) < 2e-15, "log_cdf at {joint}");
        assert!(
            error(inverse_mills(below), inverse_mills(above)) < 2e-15,
            "inverse_mills at {joint}"
        );
    }
}

#[test]
fn agrees_with_the_definition_everywhere() {
    for i in -3000..=3000 {
        let x = f64::from(i) / 300.0;
        assert!(error(inverse_mills(x), pdf(x) / cdf(x)) < 3e-14, "inverse_mills({x})");
        let naive = if x < 0.0 { libm::log(cdf(x)) } else { libm::log1p(-cdf(-x)) };
        assert!(error(log_cdf(x), naive) < 3e-14, "log_cdf({x})");
    }
}

#[test]
fn never_nan_and_monotone() {
    let mut xs: Vec<f64> = (-4000..=4000).map(|i| f64::from(i) / 100.0).collect();
    let far = [50.0, 1e3, 1e8, 1e16, 1e100, 1.3e154, 1.89e154, 1e155, f64::MAX, f64::INFINITY];
    xs.extend(far);
    xs.splice(0..0, far.iter().rev().map(|x| -x));
    for pair in xs.windows(2) {
        assert!(log_cdf(pair[0]) <= log_cdf(pair[1]), "log_cdf at {pair:?}");
        assert!(cdf(pair[0]) <= cdf(pair[1]), "cdf at {pair:?}");
        assert!(inverse_mills(pair[0]) >= inverse_mills(pair[1]), "inverse_mills at {pair:?}");
    }
    assert!(log_cdf(-1.89e154).is_finite());
    assert_eq!(log_cdf(-1e155), f64::NEG_INFINITY);
    assert_eq!(inverse_mills(-1e300), 1e300);
    assert_eq!(inverse_mills(f64::NEG_INFINITY), f64::INFINITY);
    assert!(
        log_cdf(f64::NAN).is_nan() && cdf(f64::NAN).is_nan() && inverse_mills(f64::NAN).is_nan()
    );
}

#[test]
fn quantiles() {
    for &[p, x] in QUANTILES {
        assert!(error(quantile(p), x) < 1e-14, "quantile({p}) = {}", quantile(p));
    }
    assert_eq!(quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(quantile(1.0), f64::INFINITY);
    for outside in [-1e-300, 1.0 + f64::EPSILON, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(quantile(outside).is_nan(), "quantile({outside})");
    }
    assert!(quantile(f64::from_bits(1)) < -38.4);
}

#[test]
fn quantile_and_cdf_undo_each_other() {
    for i in -3700..=500 {
        let x = f64::from(i) / 100.0;
        let back = quantile(cdf(x));
        // Near p = 1, the last bit of p limits the accuracy of x.
        let allowed = 1e-14 * x.abs() + 2.0 * f64::EPSILON * cdf(x) / pdf(x).max(1e-300);
        assert!((back - x).abs() <= allowed.max(1e-15), "{x} came back as {back}");
    }
}
