//! Reads single fields of the public header: numbers, texts and lists, each within its range.

use super::limits::MAX_TEXT;
use crate::Error;
use crate::format::bytes::Cursor;
use crate::format::fault::fault;
use crate::text::joined;

/// Reads one field after the other.
///
/// The first fault is kept. From then on every number is 0, every text empty and every list at its
/// end, so the functions read like the specification; their results count only if there is no fault
/// at the end. This takes less than half the code of returning an error at each field.
pub(super) struct Fields<'a> {
    pub(super) cursor: Cursor<'a>,
    /// The first fault found.
    pub(super) fault: Option<Error>,
}

// Functions with many callers are not inlined, to keep the browser's engine small.
impl Fields<'_> {
    #[inline(never)]
    pub(super) fn refuse(&mut self, at: usize, what: impl Into<String>) {
        if self.fault.is_none() {
            self.fault = Some(fault(at, what));
        }
    }

    /// The value that `read` returns; the default after a fault.
    pub(super) fn keep<T: Default>(
        &mut self,
        read: impl FnOnce(&mut Cursor<'_>) -> Result<T, Error>,
    ) -> T {
        if self.fault.is_some() {
            return T::default();
        }
        read(&mut self.cursor).unwrap_or_else(|fault| {
            self.fault = Some(fault);
            T::default()
        })
    }

    #[inline(never)]
    pub(super) fn varint(&mut self, field: &str) -> u64 {
        self.keep(|cursor| cursor.varint(field))
    }

    #[inline(never)]
    pub(super) fn finite(&mut self, field: &str) -> f64 {
        let at = self.cursor.at();
        let x = self.keep(|cursor| cursor.u32(field).map(f32::from_bits));
        if !x.is_finite() {
            self.refuse(at, joined![field, " is not finite"]);
        }
        f64::from(x)
    }

    /// A finite number from `range.0` to `range.1`; `rule` is the range in words.
    #[inline(never)]
    pub(super) fn ranged(&mut self, field: &str, rule: &str, range: (f64, f64)) -> f64 {
        let at = self.cursor.at();
        let x = self.finite(field);
        if x < range.0 || x > range.1 {
            self.refuse(at, joined![field, " must be ", rule]);
        }
        x
    }

    pub(super) fn positive(&mut self, field: &str) -> f64 {
        self.ranged(field, "above 0", (f64::MIN_POSITIVE, f64::INFINITY))
    }

    pub(super) fn not_negative(&mut self, field: &str) -> f64 {
        self.ranged(field, "at least 0", (0.0, f64::INFINITY))
    }

    pub(super) fn array<const N: usize>(&mut self, field: &str) -> [f64; N] {
        std::array::from_fn(|_| self.finite(field))
    }

    pub(super) fn variances<const N: usize>(&mut self, field: &str) -> [f64; N] {
        std::array::from_fn(|_| self.not_negative(field))
    }

    /// The length of a list: at most `max`, and no more than the remaining bytes can hold at `min`
    /// bytes an entry. So the memory reserved for it is bounded.
    #[inline(never)]
    pub(super) fn count(&mut self, list: &str, max: usize, min: usize) -> usize {
        let at = self.cursor.at();
        let count = self.varint(list);
        if count > max as u64 {
            self.refuse(at, joined![list, ": found ", count, ", at most ", max, " are allowed"]);
            return 0;
        }
        if count.saturating_mul(min as u64) > self.cursor.left() as u64 {
            self.refuse(
                at,
                joined![list, ": ", count, " of them do not fit into the remaining bytes"],
            );
            return 0;
        }
        count as usize
    }

    /// A list of `count` entries; `one` reads the next and gets those before it.
    pub(super) fn list<T>(
        &mut self,
        count: usize,
        mut one: impl FnMut(&mut Self, &[T]) -> T,
    ) -> Vec<T> {
        let mut out = Vec::with_capacity(count);
        while out.len() < count && self.fault.is_none() {
            let next = one(self, &out);
            out.push(next);
        }
        out
    }

    #[inline(never)]
    pub(super) fn text(&mut self, field: &str) -> String {
        let length = self.count(field, MAX_TEXT, 1);
        self.keep(|cursor| {
            let at = cursor.at();
            let bytes = cursor.slice(length, field)?;
            match std::str::from_utf8(bytes) {
                Ok(text) => Ok(text.to_owned()),
                Err(e) => Err(fault(at + e.valid_up_to(), joined![field, " is not UTF-8"])),
            }
        })
    }

    /// An index into `count` entries; after a fault it may be out of range.
    #[inline(never)]
    pub(super) fn index(&mut self, field: &str, count: usize) -> u16 {
        let at = self.cursor.at();
        let index = self.varint(field);
        if index >= count as u64 {
            self.refuse(at, joined![field, " is index ", index, ", but there are ", count]);
        }
        index as u16
    }
}
