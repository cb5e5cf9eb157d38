//! The ranges of purchase counts that figures are split by.

/// A range of purchase counts with its name, both bounds included.
pub(crate) struct CountRange {
    pub(crate) name: &'static str,
    from: u32,
    to: u32,
}

impl CountRange {
    const fn new(name: &'static str, from: u32, to: u32) -> Self {
        Self { name, from, to }
    }

    pub(crate) fn contains(&self, count: u32) -> bool {
        (self.from..=self.to).contains(&count)
    }
}

/// Ranges of a customer's purchases.
pub(crate) const CUSTOMER_PURCHASES: [CountRange; 5] = [
    CountRange::new("0", 0, 0),
    CountRange::new("1", 1, 1),
    CountRange::new("2-3", 2, 3),
    CountRange::new("4-9", 4, 9),
    CountRange::new("10+", 10, u32::MAX),
];

/// Ranges of an article's purchases.
pub(crate) const ARTICLE_PURCHASES: [CountRange; 4] = [
    CountRange::new("0", 0, 0),
    CountRange::new("1-9", 1, 9),
    CountRange::new("10-99", 10, 99),
    CountRange::new("100+", 100, u32::MAX),
];
