//! Sorting of short lists.

/// Sorts in place by insertion; the sort is stable. For lists that are short or nearly sorted: the
/// standard library's sorts are no faster there, and each adds several kB to what the browser
/// loads.
pub(crate) fn sort_short<T>(items: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && before(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_keeps_the_order_of_equals() {
        let mut items: Vec<(u32, u32)> = (0..40).map(|i| (i * 7 % 5, i)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        sort_short(&mut items, |a, b| a.0 < b.0);
        assert_eq!(items, expected);
        sort_short(&mut [0_u8; 0], |a, b| a < b);
    }
}
