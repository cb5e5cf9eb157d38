//! The kinds of columns that tell what became of a purchase.

/// What kind of column a shop's words for outcomes come from. The kind decides words that mean
/// different things in different columns, like "Fit" and "Completed".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// Reasons of returns. "Fit" is a reason that concerns the size.
    ReturnReasons,
    /// Customers' answers to how an article fits. "Fit" means that it fits.
    FitFeedback,
    /// The statuses of orders or of their payments, like "Completed" and "Refunded".
    OrderStatus,
    /// Whether the line came back, as yes or no.
    Returned,
    /// Whether the customer kept the line, as yes or no.
    Kept,
}

impl OutcomeKind {
    /// The kind in words, for reports.
    pub fn description(self) -> &'static str {
        match self {
            Self::ReturnReasons => "reasons of returns",
            Self::FitFeedback => "how articles fit",
            Self::OrderStatus => "statuses of orders",
            Self::Returned => "whether a line came back",
            Self::Kept => "whether a line was kept",
        }
    }
}
