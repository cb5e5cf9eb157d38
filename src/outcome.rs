//! Outcomes of purchases: kept, or returned for which reason.

use std::fmt;

/// The outcome of one purchased item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Outcome {
    /// Kept past its return window, or the customer states that it fits.
    Kept,
    /// Returned as too small, or the customer states that it is.
    TooSmall,
    /// Returned as too large, or the customer states that it is.
    TooLarge,
    /// Returned for a reason that has nothing to do with its size.
    OtherReason,
    /// Returned without a reason, or with one that leaves open whether it was the size.
    UnknownReason,
    /// Returned for its size, direction not given.
    SizeReason,
    /// Its return window is still open, so it is not evidence yet.
    Pending,
}

impl Outcome {
    /// Every outcome, in the order of declaration.
    pub const ALL: [Self; 7] = [
        Self::Kept,
        Self::TooSmall,
        Self::TooLarge,
        Self::OtherReason,
        Self::UnknownReason,
        Self::SizeReason,
        Self::Pending,
    ];

    /// The name used in files and messages: `kept`, `too_small`, `too_large`, `other_reason`,
    /// `unknown_reason`, `size_reason`, `pending`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::OtherReason => "other_reason",
            Self::UnknownReason => "unknown_reason",
            Self::SizeReason => "size_reason",
            Self::Pending => "pending",
        }
    }

    /// The outcome with this [name](Outcome::name).
    ///
    /// ```
    /// use inseam::outcome::Outcome;
    /// assert_eq!(Outcome::from_name("too_small"), Some(Outcome::TooSmall));
    /// assert_eq!(Outcome::from_name("Too small"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.name()), Some(outcome));
            assert_eq!(outcome.to_string(), outcome.name());
        }
        for other in ["", "Kept", "too small", "returned"] {
            assert_eq!(Outcome::from_name(other), None, "{other:?}");
        }
    }
}
