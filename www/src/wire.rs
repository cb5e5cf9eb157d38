//! Questions and answers as bytes: one call and one copy each way, and far smaller in the browser
//! than JavaScript's objects read and made field by field.
//!
//! A number is a double, a text the number of its bytes and these, in UTF-8; least significant byte
//! first. A list is a number, how many, and then these. `ts/wire.ts` has the other end. What a
//! question lacks reads as 0, nothing, and no text.

use inseam::math::Gaussian;

/// The length of a text that is none.
const ABSENT: u32 = u32::MAX;

/// Answers a question, which begins with the number of what is asked.
pub(crate) fn answered(
    question: &[u8],
    answer: impl FnOnce(usize, &mut Asked<'_>, &mut Answer),
) -> Vec<u8> {
    let (mut asked, mut out) = (Asked(question), Answer::default());
    answer(asked.count(), &mut asked, &mut out);
    out.0
}

/// A question being read.
pub(crate) struct Asked<'a>(pub(crate) &'a [u8]);

impl<'a> Asked<'a> {
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

    /// A number, an index; 0 for one that is none.
    pub(crate) fn count(&mut self) -> usize {
        self.number() as usize
    }

    #[inline(never)]
    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = u32::from_le_bytes(self.bytes(4)?.try_into().ok()?);
        let bytes = (length != ABSENT).then_some(length)?;
        std::str::from_utf8(self.bytes(bytes as usize)?).ok()
    }

    /// A list; nothing beyond the end of the question is in it.
    pub(crate) fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let mut list = Vec::new();
        for _ in 0..self.count() {
            if self.0.is_empty() {
                break;
            }
            list.push(one(self));
        }
        list
    }

    pub(crate) fn texts(&mut self) -> Vec<&'a str> {
        self.list(|asked| asked.text().unwrap_or_default())
    }
}

/// An answer being written.
#[derive(Default)]
pub(crate) struct Answer(Vec<u8>);

impl Answer {
    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        self.0.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    #[inline(never)]
    pub(crate) fn number(&mut self, number: f64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    /// A number, a count or an index.
    pub(crate) fn count(&mut self, count: usize) {
        self.number(count as f64);
    }

    /// The index of a size; -1 for none.
    pub(crate) fn index(&mut self, index: Option<usize>) {
        self.number(index.map_or(-1.0, |index| index as f64));
    }

    /// Mean and standard deviation.
    pub(crate) fn belief(&mut self, belief: Gaussian) {
        self.number(belief.mean());
        self.number(belief.sd());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut answer = Answer::default();
        answer.number(-0.5);
        answer.text("größe");
        answer.text("");
        answer.count(2);
        answer.text("S");
        answer.text("M");
        answer.index(None);
        let mut asked = Asked(&answer.0);
        assert_eq!(asked.number(), -0.5);
        assert_eq!([asked.text(), asked.text()], [Some("größe"), Some("")]);
        assert_eq!(asked.texts(), ["S", "M"]);
        assert_eq!(asked.number(), -1.0);
        assert!(asked.0.is_empty());
    }

    #[test]
    fn what_a_question_lacks_is_nothing() {
        let mut asked = Asked(&[0; 7]);
        assert_eq!((asked.number(), asked.count()), (0.0, 0));
        assert_eq!(Asked(&ABSENT.to_le_bytes()).text(), None);
        assert_eq!(Asked(&[5, 0, 0, 0, b'a']).text(), None, "longer than the question");
        assert_eq!(Asked(&[1, 0, 0, 0, 0xff]).text(), None, "no UTF-8");
        for count in [f64::MAX, f64::INFINITY, f64::NAN, -1.0, 1e9] {
            let bytes = [count.to_le_bytes(), 7.0_f64.to_le_bytes()].concat();
            assert!(
                Asked(&bytes).list(Asked::number).len() <= 1,
                "a list of {count} beyond the end"
            );
        }
    }
}
