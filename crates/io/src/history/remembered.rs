//! Remembers what texts mean that many rows share, so that each is read once.

use std::cell::RefCell;
use std::collections::HashMap;

/// What the texts mean that were read so far.
pub(super) struct Remembered<T>(RefCell<HashMap<String, T>>);

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T: Clone> Remembered<T> {
    /// What `read` makes of this text; an error is not remembered.
    pub(super) fn read<E>(
        &self,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(known) = self.0.borrow().get(text) {
            return Ok(known.clone());
        }
        let found = read(text)?;
        self.0.borrow_mut().insert(text.to_owned(), found.clone());
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_once_unless_it_fails() {
        let lengths = Remembered::default();
        let fails = |_: &str| Err::<usize, _>("fails");
        assert_eq!(lengths.read("abc", fails), Err("fails"));
        assert_eq!(lengths.read("abc", |text| Ok::<_, &str>(text.len())), Ok(3));
        assert_eq!(lengths.read("abc", fails), Ok(3));
        assert_eq!(lengths.read("ab", fails), Err("fails"));
    }
}
