//! The customers from whom a training of a large shop learns its hyperparameters.

/// Which customers belong to the sample, by a digest of their ids. So the sample depends neither on
/// the order of the rows nor on partitions.
pub(super) struct Sample {
    /// The ranks below this belong to it; 0 for a history without a sample.
    below: u32,
}

impl Sample {
    /// The sample of so many of the customers; none if they are fewer than twice as many.
    pub(super) fn new(customers: usize, wanted: usize) -> Self {
        let share = if customers < wanted.saturating_mul(2) {
            0.0
        } else {
            wanted as f64 / customers as f64
        };
        Self { below: (share * 65_536.0).ceil() as u32 }
    }

    /// Whether it has the customer of this rank.
    pub(super) fn has(&self, rank: u16) -> bool {
        u32::from(rank) < self.below
    }

    /// Whether there is one.
    pub(super) fn is_some(&self) -> bool {
        self.below > 0
    }
}
