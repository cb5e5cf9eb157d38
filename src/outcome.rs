//! What became of a purchase, and the words shops and platforms have for it.

use std::fmt;

/// What became of one purchased item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Kept past its return window, or the customer's own word that it fits.
    Kept,
    /// Came back as too small, or the customer says it is.
    TooSmall,
    /// Came back as too large, or the customer says it is.
    TooLarge,
    /// Came back for a reason that has nothing to do with its size.
    OtherReason,
    /// Came back, and no reason was given.
    UnknownReason,
    /// Came back for its size, but the direction was not said.
    SizeReason,
    /// Its return window is still open: not evidence yet.
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

    /// The name used in files and messages: `kept`, `too_small`, `too_large`, `other_reason`, `unknown_reason`,
    /// `size_reason`, `pending`.
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

    /// The outcome of this name; `None` for any other word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == text)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
