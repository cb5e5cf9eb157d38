//! Score and information: the two derivatives of a log likelihood that one Newton step needs.

/// The first derivative of a log likelihood by one parameter, and the information behind it.
///
/// Scores and informations of independent observations add up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// First derivative of the log likelihood.
    pub score: f64,
    /// Expected or observed negative second derivative; never negative.
    pub information: f64,
}

impl Score {
    /// No observation yet.
    pub const ZERO: Self = Self { score: 0.0, information: 0.0 };

    /// The score of a parameter that moves this one `by` times as fast: the chain rule.
    #[must_use]
    pub fn scaled(self, by: f64) -> Self {
        Self { score: self.score * by, information: self.information * by * by }
    }

    /// The score of an observation that counts with this weight.
    #[must_use]
    pub fn weighed(self, weight: f64) -> Self {
        Self { score: self.score * weight, information: self.information * weight }
    }
}

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.score += other.score;
        self.information += other.information;
    }
}
