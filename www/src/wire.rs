//! Queries and replies as bytes. One call and one copy in each direction is far smaller than
//! reading and making JavaScript objects field by field.
//!
//! Everything is little-endian. A number is a double. A text is its length in bytes, as a 32-bit
//! integer, followed by its UTF-8; an absent text has the length [`ABSENT`]. A list is its length,
//! as a number, followed by its items. `ts/engine/wire.ts` is the other end.
//!
//! Reading beyond the end of a query gives 0, an absent text or an empty list. A number that
//! should be one of the protocol's, and is not, makes the whole query invalid: then `Model` and
//! `Shopper` do not answer it, and `ts/` throws an error.

use inseam::math::Gaussian;

/// The length of an absent text.
const ABSENT: u32 = u32::MAX;

/// Reads a query.
pub(crate) struct QueryReader<'a>(pub(crate) &'a [u8]);

impl<'a> QueryReader<'a> {
    #[inline(never)]
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    #[inline(never)]
    pub(crate) fn number(&mut self) -> f64 {
        self.bytes(8).and_then(|bytes| bytes.try_into().ok()).map_or(0.0, f64::from_le_bytes)
    }

    /// A count. 0 for a number that is negative or not a number.
    pub(crate) fn count(&mut self) -> usize {
        self.number() as usize
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.number() != 0.0
    }

    /// The value whose number in the protocol comes next; `None` for a number that none of them
    /// has. `values` are in the order of their numbers.
    pub(crate) fn one_of<T: Copy>(&mut self, values: &[T]) -> Option<T> {
        let index = self.index_below(values.len())?;
        values.get(index).copied()
    }

    #[inline(never)]
    fn index_below(&mut self, length: usize) -> Option<usize> {
        let number = self.number();
        let index = number as usize;
        (index as f64 == number && index < length).then_some(index)
    }

    #[inline(never)]
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = u32::from_le_bytes(self.bytes(4)?.try_into().ok()?);
        let bytes = (length != ABSENT).then_some(length)?;
        std::str::from_utf8(self.bytes(bytes as usize)?).ok()
    }

    /// A list; `None` if one of its items is. It ends with the query, whatever length it claims.
    pub(crate) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut list = Vec::new();
        for _ in 0..self.count() {
            if self.0.is_empty() {
                break;
            }
            list.push(item(self)?);
        }
        Some(list)
    }

    pub(crate) fn texts(&mut self) -> Vec<&'a str> {
        self.list(|query| Some(query.text().unwrap_or_default())).unwrap_or_default()
    }
}

/// Writes a reply.
#[derive(Default)]
pub(crate) struct ReplyWriter(pub(crate) Vec<u8>);

impl ReplyWriter {
    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        self.0.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, number: f64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A count, an index, or a number of the protocol.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(count as f64);
    }

    /// An index that may be absent: then it is -1.
    pub(crate) fn index(&mut self, index: Option<usize>) {
        self.number(index.map_or(-1.0, |index| index as f64));
    }

    /// The mean and the standard deviation of a belief.
    pub(crate) fn belief(&mut self, belief: Gaussian) {
        self.number(belief.mean());
        self.number(belief.sd());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_gives_what_was_written() {
        let mut reply = ReplyWriter::default();
        reply.number(-0.5);
        reply.text("größe");
        reply.text("");
        reply.count(2);
        reply.text("S");
        reply.text("M");
        reply.index(None);
        let mut query = QueryReader(&reply.0);
        assert_eq!(query.number(), -0.5);
        assert_eq!([query.text(), query.text()], [Some("größe"), Some("")]);
        assert_eq!(query.texts(), ["S", "M"]);
        assert_eq!(query.number(), -1.0);
        assert!(query.0.is_empty());
    }

    #[test]
    fn beyond_the_end_there_is_nothing() {
        let mut query = QueryReader(&[0; 7]);
        assert_eq!((query.number(), query.count()), (0.0, 0));
        assert_eq!(QueryReader(&ABSENT.to_le_bytes()).text(), None);
        assert_eq!(QueryReader(&[5, 0, 0, 0, b'a']).text(), None, "longer than the query");
        assert_eq!(QueryReader(&[1, 0, 0, 0, 0xff]).text(), None, "not UTF-8");
        for count in [f64::MAX, f64::INFINITY, f64::NAN, -1.0, 1e9] {
            let bytes = [count.to_le_bytes(), 7.0_f64.to_le_bytes()].concat();
            let list = QueryReader(&bytes).list(|query| Some(query.number()));
            assert!(list.unwrap().len() <= 1, "a list that claims {count} items");
        }
    }

    #[test]
    fn an_unknown_number_is_refused() {
        let read = |number: f64| QueryReader(&number.to_le_bytes()).one_of(&['a', 'b']);
        assert_eq!([read(0.0), read(1.0)], [Some('a'), Some('b')]);
        for number in [2.0, -1.0, 0.5, f64::NAN, f64::INFINITY] {
            assert_eq!(read(number), None, "{number}");
        }
    }
}
