//! Advice: the answer to a request, as plain values.

/// Whether there is one size to name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One size is clearly best.
    Advised,
    /// Two neighbouring sizes are about equally good, or the neighbour of the best size is clearly
    /// more likely to fit.
    Between,
    /// Too little is known; the size is named for completeness only.
    Unsure,
    /// Ordering two sizes together, of which one comes back, costs the shop least. Only for
    /// requests with [`Costs`](super::Costs).
    Both,
}

impl Status {
    /// `advised`, `between`, `unsure` or `both`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::Between => "between",
            Self::Unsure => "unsure",
            Self::Both => "both",
        }
    }
}

/// The chances of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct SizeChance<'m> {
    /// The label.
    pub label: &'m str,
    /// Position of the label, steps.
    pub position: f64,
    /// Probability that this customer would choose the size.
    pub chosen: f64,
    /// Probability of too small if they took it.
    pub too_small: f64,
    /// Probability that it fits if they took it.
    pub fits: f64,
    /// Probability of too large if they took it.
    pub too_large: f64,
    /// Expected offset from its label, steps; positive runs large.
    pub runs: f64,
}

impl SizeChance<'_> {
    pub(super) fn chances_mut(&mut self) -> [&mut f64; 4] {
        [&mut self.chosen, &mut self.too_small, &mut self.fits, &mut self.too_large]
    }
}

/// A piece of evidence behind the advice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// Purchases in this fit group.
    History {
        /// Their number.
        purchases: u32,
    },
    /// No purchase in this fit group, but purchases in others.
    OtherGroups {
        /// Their number.
        purchases: u32,
    },
    /// Body measurements.
    Measurements,
    /// No evidence on the customer.
    NoHistory,
    /// The article clearly runs large (positive) or small (negative).
    ArticleRuns {
        /// Expected offset, steps.
        steps: f64,
    },
    /// The article's brand clearly runs large or small.
    BrandRuns {
        /// Expected offset, steps.
        steps: f64,
    },
}

/// A size that would be advised if it were in stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Its index.
    pub size: usize,
    /// Whether the size advised instead is acceptable: its chance to fit is not much smaller.
    pub substitute_acceptable: bool,
}

/// Expected cost of each decision, in units of one return.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpectedCosts {
    /// Of naming one size.
    pub one: f64,
    /// Of ordering it together with the best second size; `None` if there is no other size.
    pub both: Option<f64>,
    /// Of naming no size.
    pub none: f64,
}

/// Advice on one article for one customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice<'m> {
    /// Every size of the article in the order of its scale.
    pub sizes: Vec<SizeChance<'m>>,
    /// The size to take, as an index into `sizes`; `None` only if no size is in stock.
    pub size: Option<usize>,
    /// Whether this size is clearly best.
    pub status: Status,
    /// The next best size in stock; for [`Status::Both`] the second size to order.
    pub alternative: Option<usize>,
    /// The size that would be advised if every size were in stock, where that is another one.
    pub missed: Option<Missed>,
    /// Expected cost of each decision; only for requests with costs.
    pub expected: Option<ExpectedCosts>,
    /// The evidence behind the advice, most important first.
    pub reasons: Vec<Reason>,
}

/// The advised size alone: what a scorer of many requests needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pick<'m> {
    /// Label of the advised size.
    pub label: &'m str,
    /// Label of the next best size; `None` if there is none.
    pub next: Option<&'m str>,
    /// Probability that the advised size fits.
    pub fits: f64,
    /// Whether this size is clearly best.
    pub status: Status,
}
