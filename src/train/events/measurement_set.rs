//! A set of measurements: those that one customer did not give.

use crate::format::MAX_MEASUREMENTS;

const WORDS: usize = MAX_MEASUREMENTS.div_ceil(u64::BITS as usize);

/// A set of measurements, by their indices: one bit for each that a model may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MeasurementSet([u64; WORDS]);

impl MeasurementSet {
    /// The first so many measurements.
    pub(crate) fn first(count: usize) -> Self {
        let mut set = Self::default();
        (0..count).for_each(|measurement| set.insert(measurement));
        set
    }

    pub(crate) fn insert(&mut self, measurement: usize) {
        self.0[measurement / 64] |= 1 << (measurement % 64);
    }

    /// The set as words of bits.
    pub(super) fn words(self) -> [u64; WORDS] {
        self.0
    }

    /// The set with these words of bits.
    pub(super) fn from_words(words: [u64; WORDS]) -> Self {
        Self(words)
    }

    /// The measurements in the set, rising.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + Clone {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            let rest = std::iter::successors(Some(bits), |bits| {
                bits.checked_sub(1).map(|below| bits & below)
            });
            rest.take_while(|bits| *bits != 0)
                .map(move |bits| 64 * word + bits.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_measurement_that_a_model_may_have() {
        let mut set = MeasurementSet::default();
        assert_eq!(set.iter().count(), 0);
        let members = [0, 5, 63, 64, 127, MAX_MEASUREMENTS - 1];
        members.into_iter().rev().for_each(|i| set.insert(i));
        assert_eq!(set.iter().collect::<Vec<_>>(), members);
    }
}
