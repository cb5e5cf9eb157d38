//! Finds the few rows that may be equal to other ones, before rows are compared.

/// Bits of a table for each hash: about 1 of so many rows is found without an equal one.
const BITS: usize = 16;

/// The indices of the hashes that may not be unique, rising: all that occur twice, and few others.
/// Two passes over bits that fit a cache, where sorting or a table of all rows would miss it.
pub(crate) fn maybe_shared(hashes: &[u64]) -> Vec<u32> {
    let bits = (BITS * hashes.len()).next_power_of_two().max(64);
    let place = |hash: u64| {
        let bit = hash as usize & (bits - 1);
        (bit / 64, 1_u64 << (bit % 64))
    };
    let [mut once, mut twice] = [0, 1].map(|_| vec![0_u64; bits / 64]);
    for &hash in hashes {
        let (word, bit) = place(hash);
        twice[word] |= once[word] & bit;
        once[word] |= bit;
    }
    let shared = |hash: u64| {
        let (word, bit) = place(hash);
        twice[word] & bit != 0
    };
    (0..).zip(hashes).filter(|(_, hash)| shared(**hash)).map(|(index, _)| index).collect()
}

/// Mixes numbers into one hash whose lowest bits depend on all of theirs.
pub(crate) fn mixed(numbers: impl IntoIterator<Item = u64>) -> u64 {
    // The multiplier of the golden ratio, as Fibonacci hashing has it.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    numbers.into_iter().fold(0, |hash: u64, number| {
        let product = u128::from(hash ^ number) * u128::from(FACTOR);
        product as u64 ^ (product >> 64) as u64
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_equal_hashes_are_found_and_few_others() {
        let mut hashes: Vec<u64> = (0..10_000).map(|n| mixed([n, 7])).collect();
        let distinct = maybe_shared(&hashes);
        assert!(distinct.len() < 1_000, "{} of 10000 are found", distinct.len());
        hashes[9_000] = hashes[4];
        hashes[17] = hashes[4];
        let found = maybe_shared(&hashes);
        assert!([4, 17, 9_000].iter().all(|index| found.contains(index)));
        assert!(found.is_sorted());
        assert!(maybe_shared(&[]).is_empty());
        assert_eq!(maybe_shared(&[3, 3]), [0, 1]);
    }

    #[test]
    fn every_number_counts() {
        assert_ne!(mixed([1, 2]), mixed([2, 1]));
        assert_ne!(mixed([1, 0]), mixed([1]));
        let lowest: std::collections::HashSet<u64> =
            (0..1_000).map(|n| mixed([n << 40]) & 0xffff).collect();
        assert!(lowest.len() > 950, "{} of 1000 differ in the lowest bits", lowest.len());
    }
}
