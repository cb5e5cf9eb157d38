//! Reading ahead: what a customer's purchases need of their articles, asked for at once.
//!
//! In a large shop the tables of articles are in no cache, and a purchase needs parts of a dozen of
//! them. Asked for at once, these parts arrive together; otherwise the purchase would wait for each
//! in turn.

/// Bytes that a processor fetches from memory at once.
const CACHE_LINE: usize = 64;

/// Items of which one is in each cache line that `items` take.
pub(crate) fn one_in_each_line<T>(items: &[T]) -> impl Iterator<Item = &T> {
    items.iter().step_by((CACHE_LINE / size_of::<T>()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_items_share_a_line_and_large_ones_have_their_own() {
        let count = |bytes: usize| one_in_each_line(&vec![[0_u8; 16]; bytes / 16]).count();
        assert_eq!([count(0), count(16), count(64), count(80), count(256)], [0, 1, 1, 2, 4]);
        assert_eq!(one_in_each_line(&[[0_u8; 80]; 3]).count(), 3);
    }
}
