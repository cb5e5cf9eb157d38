//! The standard normal distribution, accurate in both tails.

/// ln(sqrt(2 pi)).
const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
/// 1 / sqrt(2 pi).
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// Density: exp(-x^2 / 2) / sqrt(2 pi).
///
/// ```
/// assert_eq!(inseam::math::pdf(0.0), 0.3989422804014327);
/// ```
#[must_use]
pub fn pdf(x: f64) -> f64 {
    FRAC_1_SQRT_2PI * libm::exp(-0.5 * x * x)
}

/// Distribution function Phi(x), the probability of a value up to x: erfc(-x / sqrt 2) / 2.
///
/// Underflows to 0 below about -38.5; use [`log_cdf`] there.
///
/// ```
/// assert!((inseam::math::cdf(1.959963984540054) - 0.975).abs() < 1e-15);
/// ```
#[must_use]
pub fn cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// Natural logarithm of [`cdf`], also where that underflows. Negative infinity only below about
/// -1.9e154, where the true value is beyond the range of an f64. Takes one logarithm, and above 0
/// also one exponential.
///
/// ```
/// assert!((inseam::math::log_cdf(-40.0) + 804.6084420137538).abs() < 1e-12);
/// ```
#[must_use]
pub fn log_cdf(x: f64) -> f64 {
    if x <= 0.0 {
        -0.5 * x * x - LN_SQRT_2PI - libm::log(upper_mills(-x))
    } else {
        // 1 - cdf(-x) rounds to 1 at 8.3 sd; this keeps the tiny negative logarithm.
        libm::log1p(-pdf(x) / upper_mills(x))
    }
}

/// Inverse Mills ratio [`pdf`]`(x) / `[`cdf`]`(x)`, also where both underflow: about -x - 1/x far
/// below zero.
///
/// It is the derivative of [`log_cdf`], and minus the mean of a standard normal truncated to lie
/// below x. Takes no transcendental function up to 0, and one exponential above.
///
/// ```
/// assert!((inseam::math::inverse_mills(-40.0) - 40.02496884720726).abs() < 1e-13);
/// ```
#[must_use]
pub fn inverse_mills(x: f64) -> f64 {
    if x <= 0.0 {
        upper_mills(-x)
    } else {
        let density = pdf(x);
        density / (1.0 - density / upper_mills(x))
    }
}

/// pdf(t) / cdf(-t) for t >= 0, with a relative error below 1e-15. It is the innermost loop of
/// training, so it divides polynomials instead of evaluating an exponential and an error function.
///
/// The polynomials interpolate Laplace's continued fraction t + 1/(t + 2/(t + 3/(t + ...)))
/// (Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, 26.2.14) at Chebyshev points
/// of [0, 5], and beyond 5 the remainder after its first term in 1 / t^2, computed at 80 digits.
/// Every coefficient is positive, so nothing cancels.
fn upper_mills(t: f64) -> f64 {
    if t < 5.0 {
        polynomial(t, &MILLS_NEAR.0) / polynomial(t, &MILLS_NEAR.1)
    } else {
        let w = 1.0 / (t * t);
        t + polynomial(w, &MILLS_FAR.0) / polynomial(w, &MILLS_FAR.1) / t
    }
}

/// Coefficients with the constant term first.
fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

/// The x at which [`cdf`] is `p`: negative infinity at 0, infinity at 1, NaN outside [0, 1]. The
/// relative error is about 1e-15.
///
/// Source: Wichura, "Algorithm AS 241: The percentage points of the normal distribution", Applied
/// Statistics 37 (1988), pages 477-484, the routine PPND16.
///
/// ```
/// assert_eq!(inseam::math::quantile(0.5), 0.0);
/// assert!((inseam::math::quantile(0.975) - 1.959963984540054).abs() < 1e-14);
/// ```
#[must_use]
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180_625 - q * q, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(q);
    }
    let r = libm::sqrt(-libm::log(tail));
    let x = if r <= 5.0 { ratio(r - 1.6, &NEAR) } else { ratio(r - 5.0, &FAR) };
    x.copysign(q)
}

/// Numerator and denominator coefficients, constant term first.
type Rational = [[f64; 8]; 2];

fn ratio(x: f64, [above, below]: &Rational) -> f64 {
    polynomial(x, above) / polynomial(x, below)
}

const MILLS_NEAR: ([f64; 10], [f64; 9]) = (
    [
        0.797_884_560_802_865_3,
        1.676_305_138_449_378_8,
        1.616_064_598_144_440_6,
        0.940_727_318_411_724_1,
        0.365_496_764_931_707_85,
        0.098_653_175_344_335_76,
        0.018_583_836_278_318_295,
        0.002_369_852_297_532_265,
        0.000_187_122_481_953_743_5,
        7.051_894_543_949_927_5e-6,
    ],
    [
        1.0,
        1.303_052_367_670_349_6,
        0.849_131_469_220_337_8,
        0.347_469_193_346_934_1,
        0.096_304_868_582_520_71,
        0.018_396_690_766_837_04,
        0.002_362_801_391_921_547,
        0.000_187_122_454_469_184_25,
        7.051_894_914_989_897e-6,
    ],
);

const MILLS_FAR: ([f64; 6], [f64; 6]) = (
    [
        0.999_999_999_999_997_1,
        47.787_087_945_233_72,
        735.330_345_072_445_7,
        4_209.761_682_595_949,
        7_575.284_606_293_5,
        1_909.888_194_209_939_2,
    ],
    [
        1.0,
        49.787_087_945_215_994,
        824.904_520_981_642_6,
        5_435.699_836_987_905,
        13_175.885_482_847_989,
        7_959.631_545_713_956,
    ],
);

const CENTRE: Rational = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];

const NEAR: Rational = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-9,
    ],
];

const FAR: Rational = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_3,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_7e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// x, pdf, cdf, log_cdf, inverse_mills: mpmath 1.3 at 60 digits.
    const EXACT: &[[f64; 5]] = &[
        [-1e6, 0.0, 0.0, -500_000_000_014.734_44, 1_000_000.000_001],
        [-1000.0, 0.0, 0.0, -500_007.826_694_812_16, 1_000.000_999_998],
        [-200.0, 0.0, 0.0, -20_006.217_280_898_19, 200.004_999_750_031_23],
        [-40.0, 0.0, 0.0, -804.608_442_013_753_8, 40.024_968_847_207_26],
        [
            -37.5,
            1.728_233_732_284_105_4e-306,
            4.605_353_009_581_955e-308,
            -707.668_989_317_507_2,
            37.526_628_874_883_656,
        ],
        [
            -38.0,
            1.097_221_052e-314,
            2.885_428_35e-316,
            -726.557_216_018_820_1,
            38.026_279_466_575_87,
        ],
        [
            -30.0,
            1.473_646_134_878_547_6e-196,
            4.906_713_927_148_187e-198,
            -454.321_243_956_343_2,
            30.033_259_667_433_676,
        ],
        [
            -20.0,
            5.520_948_362_159_764e-88,
            2.753_624_118_606_233_7e-89,
            -203.917_155_371_097_27,
            20.049_753_068_527_85,
        ],
        [
            -10.0,
            7.694_598_626_706_419e-23,
            7.619_853_024_160_525e-24,
            -53.231_285_150_512_47,
            10.098_093_233_962_512,
        ],
        [
            -8.0,
            5.052_271_083_536_892e-15,
            6.220_960_574_271_784e-16,
            -35.013_437_159_914_55,
            8.121_368_112_236_112,
        ],
        [
            -6.0,
            6.075_882_849_823_285e-9,
            9.865_876_450_376_98e-10,
            -20.736_768_949_974_707,
            6.158_482_604_544_599,
        ],
        [
            -5.5,
            1.076_976_004_254_327_6e-7,
            1.898_956_246_588_771_8e-8,
            -17.779_376_352_625_26,
            5.671_410_313_897_305,
        ],
        [
            -5.0,
            1.486_719_514_734_297_7e-6,
            2.866_515_718_791_939e-7,
            -15.064_998_393_988_725,
            5.186_503_967_125_842,
        ],
        [
            -4.0,
            0.000_133_830_225_764_885_34,
            3.167_124_183_311_992_4e-5,
            -10.360_101_486_527_292,
            4.225_607_144_489_471,
        ],
        [
            -3.0,
            0.004_431_848_411_938_007_5,
            0.001_349_898_031_630_094_6,
            -6.607_726_221_510_349,
            3.283_098_654_930_436_4,
        ],
        [
            -2.0,
            0.053_990_966_513_188_05,
            0.022_750_131_948_179_21,
            -3.783_184_333_682_032,
            2.373_215_532_822_841,
        ],
        [
            -1.0,
            0.241_970_724_519_143_34,
            0.158_655_253_931_457_05,
            -1.841_021_645_009_263_6,
            1.525_135_276_160_981,
        ],
        [
            -0.5,
            0.352_065_326_764_299_47,
            0.308_537_538_725_986_9,
            -1.175_911_761_593_618_5,
            1.141_077_770_368_064_6,
        ],
        [0.0, 0.398_942_280_401_432_7, 0.5, -std::f64::consts::LN_2, 0.797_884_560_802_865_4],
        [
            0.5,
            0.352_065_326_764_299_47,
            0.691_462_461_274_013_1,
            -0.368_946_415_288_656_4,
            0.509_160_433_837_033_5,
        ],
        [
            1.0,
            0.241_970_724_519_143_34,
            0.841_344_746_068_542_9,
            -0.172_753_779_023_449_88,
            0.287_599_970_939_178_4,
        ],
        [
            2.0,
            0.053_990_966_513_188_05,
            0.977_249_868_051_820_8,
            -0.023_012_909_328_963_49,
            0.055_247_862_678_989_956,
        ],
        [
            5.0,
            1.486_719_514_734_297_7e-6,
            0.999_999_713_348_428_1,
            -2.866_516_129_637_636e-7,
            1.486_719_940_904_905_6e-6,
        ],
        [
            8.0,
            5.052_271_083_536_892e-15,
            0.999_999_999_999_999_3,
            -6.220_960_574_271_786e-16,
            5.052_271_083_536_895e-15,
        ],
        [
            10.0,
            7.694_598_626_706_419e-23,
            1.0,
            -7.619_853_024_160_525e-24,
            7.694_598_626_706_419e-23,
        ],
    ];

    /// p, quantile: mpmath 1.3 at 60 digits, of the f64 nearest to p.
    const QUANTILES: &[[f64; 2]] = &[
        [1e-300, -37.047_096_299_361_2],
        [1e-100, -21.273_453_560_965_326],
        [1e-20, -9.262_340_089_798_407],
        [1e-10, -6.361_340_902_404_057],
        [1e-5, -4.264_890_793_922_825],
        [0.001, -3.090_232_306_167_813_6],
        [0.01, -2.326_347_874_040_841],
        [0.025, -1.959_963_984_540_054_3],
        [0.1, -1.281_551_565_544_600_4],
        [0.25, -0.674_489_750_196_081_7],
        [0.5, 0.0],
        [0.6, 0.253_347_103_135_799_7],
        [0.75, 0.674_489_750_196_081_7],
        [0.9, 1.281_551_565_544_600_6],
        [0.975, 1.959_963_984_540_053_8],
        [0.999, 3.090_232_306_167_813],
    ];

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
            log_cdf(f64::NAN).is_nan()
                && cdf(f64::NAN).is_nan()
                && inverse_mills(f64::NAN).is_nan()
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
}
