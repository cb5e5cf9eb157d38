//! The joint distribution of a body's dimensions, and what it expects of those that are not known.

use crate::math::Moments;
use nalgebra::{Cholesky, DMatrix, DVector};

/// One dimension of a body. Lengths and girths are in cm, the weight in kg, the age in years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(usize)]
pub enum Dimension {
    /// Height of the body, without shoes.
    Height,
    /// Weight of the body.
    Weight,
    /// Age.
    Age,
    /// Girth of the chest at its fullest; women's bust.
    Chest,
    /// Girth of the waist at the navel.
    Waist,
    /// Girth of the hips at their fullest.
    Hip,
    /// Length of the foot.
    Foot,
    /// Inside length of the leg, from the crotch to the floor.
    Inseam,
}

impl Dimension {
    /// Number of dimensions.
    pub const COUNT: usize = 8;
    /// Every dimension, in the order of a [`BodyDistribution`].
    pub const ALL: [Self; Self::COUNT] = [
        Self::Height,
        Self::Weight,
        Self::Age,
        Self::Chest,
        Self::Waist,
        Self::Hip,
        Self::Foot,
        Self::Inseam,
    ];
    /// The dimensions that a shopper may enter.
    pub const ENTERED: [Self; 3] = [Self::Height, Self::Weight, Self::Age];
    /// The dimensions that sizes go by.
    pub const SIZED: [Self; 5] = [Self::Chest, Self::Waist, Self::Hip, Self::Foot, Self::Inseam];
}

/// Sex, as far as it tells the sizes of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What a shopper has entered; `None` where they have not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entered {
    /// Height, cm.
    pub height: Option<f64>,
    /// Weight, kg.
    pub weight: Option<f64>,
    /// Age, years.
    pub age: Option<f64>,
    /// Sex.
    pub sex: Option<Sex>,
}

impl Entered {
    /// The known ones of height, weight and age with their logarithms; values that are not
    /// positive count as missing.
    fn known(&self) -> Vec<(usize, f64)> {
        let values = [self.height, self.weight, self.age];
        let known = Dimension::ENTERED.into_iter().zip(values);
        known
            .filter_map(|(dimension, value)| {
                let value = value.filter(|x| x.is_finite() && *x > 0.0)?;
                Some((dimension as usize, libm::log(value)))
            })
            .collect()
    }
}

/// The logarithms of all dimensions of one sex: jointly Gaussian. Both arrays have the order of
/// [`Dimension::ALL`].
#[derive(Clone, Debug, PartialEq)]
pub struct BodyDistribution {
    /// Means.
    pub mean: [f64; Dimension::COUNT],
    /// Covariance, of which the lower triangle is read.
    pub covariance: [[f64; Dimension::COUNT]; Dimension::COUNT],
}

/// What is expected of the logarithms of all dimensions, given some of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpectedBody {
    /// Their means.
    pub mean: DVector<f64>,
    /// Their covariance.
    pub covariance: DMatrix<f64>,
    /// Log density of what is given, up to a constant for each set of dimensions.
    log_density: f64,
}

impl ExpectedBody {
    /// The expected value of a dimension, in its own unit.
    #[must_use]
    pub fn dimension(&self, dimension: Dimension) -> f64 {
        let i = dimension as usize;
        libm::exp(self.mean[i] + 0.5 * self.covariance[(i, i)])
    }
}

impl BodyDistribution {
    /// Mean and covariance of these bodies, each in the order of [`Dimension::ALL`], all positive.
    #[must_use]
    pub fn of_bodies(bodies: &[[f64; Dimension::COUNT]]) -> Self {
        let n = bodies.len() as f64;
        let logs: Vec<[f64; Dimension::COUNT]> =
            bodies.iter().map(|body| body.map(libm::log)).collect();
        let mean: [f64; Dimension::COUNT] =
            std::array::from_fn(|i| logs.iter().map(|body| body[i]).sum::<f64>() / n);
        let covariance = std::array::from_fn(|i| {
            std::array::from_fn(|j| {
                let product =
                    |body: &[f64; Dimension::COUNT]| (body[i] - mean[i]) * (body[j] - mean[j]);
                logs.iter().map(product).sum::<f64>() / n
            })
        });
        Self { mean, covariance }
    }

    fn covariance(&self, i: usize, j: usize) -> f64 {
        self.covariance[i.max(j)][i.min(j)]
    }

    fn given(&self, known: &[(usize, f64)]) -> ExpectedBody {
        let all = Dimension::COUNT;
        let mut mean = DVector::from_row_slice(&self.mean);
        let mut covariance = DMatrix::from_fn(all, all, |i, j| self.covariance(i, j));
        let mut log_density = 0.0;
        if known.is_empty() {
            return ExpectedBody { mean, covariance, log_density };
        }
        let k = known.len();
        let inner = DMatrix::from_fn(k, k, |i, j| self.covariance(known[i].0, known[j].0));
        let cross = DMatrix::from_fn(all, k, |i, j| self.covariance(i, known[j].0));
        let moved = DVector::from_fn(k, |i, _| known[i].1 - self.mean[known[i].0]);
        if let Some(cholesky) = Cholesky::new(inner) {
            let solved = cholesky.solve(&moved);
            mean += &cross * &solved;
            covariance -= &cross * cholesky.solve(&cross.transpose());
            log_density = -0.5 * (moved.dot(&solved) + libm::log(cholesky.determinant()));
        }
        ExpectedBody { mean, covariance, log_density }
    }

    /// A body, each dimension in its own unit, for independent standard normal draws.
    #[must_use]
    pub fn body(&self, draws: &[f64; Dimension::COUNT]) -> [f64; Dimension::COUNT] {
        let all = Dimension::COUNT;
        let covariance = DMatrix::from_fn(all, all, |i, j| self.covariance(i, j));
        let Some(cholesky) = Cholesky::new(covariance) else {
            return self.mean.map(libm::exp);
        };
        let factor = cholesky.l();
        std::array::from_fn(|i| {
            let moved: f64 = (0..=i).map(|j| factor[(i, j)] * draws[j]).sum();
            libm::exp(self.mean[i] + moved)
        })
    }
}

/// What a body is like before anything is measured: the distribution of each sex.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyPrior {
    /// Women.
    pub female: BodyDistribution,
    /// Men.
    pub male: BodyDistribution,
}

/// One of the sexes that somebody may have.
#[derive(Clone, Debug, PartialEq)]
pub struct PossibleSex {
    /// The sex.
    pub sex: Sex,
    /// Its probability.
    pub probability: f64,
    /// The body that is expected then.
    pub body: ExpectedBody,
}

impl BodyPrior {
    /// The distribution of a sex.
    #[must_use]
    pub fn of_sex(&self, sex: Sex) -> &BodyDistribution {
        match sex {
            Sex::Female => &self.female,
            Sex::Male => &self.male,
        }
    }

    /// The expected body for each sex that is possible, given what was entered. Where the sex was
    /// not, `female` is the probability of a woman before anything else is known.
    #[must_use]
    pub fn possible_sexes(&self, entered: &Entered, female: f64) -> Vec<PossibleSex> {
        let known = entered.known();
        if let Some(sex) = entered.sex {
            let body = self.of_sex(sex).given(&known);
            return vec![PossibleSex { sex, probability: 1.0, body }];
        }
        let (women, men) = (self.female.given(&known), self.male.given(&known));
        let odds = (1.0 - female) / female * libm::exp(men.log_density - women.log_density);
        let probability = 1.0 / (1.0 + odds);
        vec![
            PossibleSex { sex: Sex::Female, probability, body: women },
            PossibleSex { sex: Sex::Male, probability: 1.0 - probability, body: men },
        ]
    }

    /// Mean and variance of the logarithm of a dimension, given what was entered; over both sexes
    /// where that is not known.
    #[must_use]
    pub fn log_dimension(&self, dimension: Dimension, entered: &Entered, female: f64) -> Moments {
        let i = dimension as usize;
        let sexes = self.possible_sexes(entered, female);
        let mean = sexes.iter().map(|s| s.probability * s.body.mean[i]).sum::<f64>();
        let square = |s: &PossibleSex| {
            let moved = s.body.mean[i] - mean;
            s.probability * (s.body.covariance[(i, i)] + moved * moved)
        };
        Moments { mean, variance: sexes.iter().map(square).sum() }
    }
}
