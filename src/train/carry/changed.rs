//! Customers whose purchases have changed.

/// A set of customers, by their indices.
#[derive(Debug, Default)]
pub(crate) struct ChangedCustomers {
    bits: Vec<u64>,
    count: usize,
}

impl ChangedCustomers {
    pub(super) fn insert(&mut self, customer: u32) {
        let (word, bit) = (customer as usize / 64, 1 << (customer % 64));
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        self.count += usize::from(self.bits[word] & bit == 0);
        self.bits[word] |= bit;
    }

    pub(crate) fn has(&self, customer: u32) -> bool {
        let word = self.bits.get(customer as usize / 64);
        word.is_some_and(|word| word & (1 << (customer % 64)) != 0)
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }
}
