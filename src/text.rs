//! Texts concatenated from pieces, `joined![field, " is not finite"]`, without the standard
//! library's formatting code, which would take several kB of the browser's engine.

/// A value that can be appended to a text.
pub(crate) trait Piece {
    /// Appends it to a text.
    fn append(&self, to: &mut String);
}

impl<T: Piece + ?Sized> Piece for &T {
    fn append(&self, to: &mut String) {
        (**self).append(to);
    }
}

impl Piece for str {
    #[inline(never)]
    fn append(&self, to: &mut String) {
        to.push_str(self);
    }
}

impl Piece for String {
    fn append(&self, to: &mut String) {
        self.as_str().append(to);
    }
}

macro_rules! whole_numbers {
    ($($number:ty)+) => {$(
        impl Piece for $number {
            fn append(&self, to: &mut String) {
                digits(*self as u64, to);
            }
        }
    )+};
}
whole_numbers!(u8 u16 u32 u64 usize);

impl Piece for i64 {
    fn append(&self, to: &mut String) {
        to.push_str(if *self < 0 { "-" } else { "" });
        digits(self.unsigned_abs(), to);
    }
}

#[inline(never)]
fn digits(number: u64, to: &mut String) {
    if number >= 10 {
        digits(number / 10, to);
    }
    to.push(char::from(b'0' + (number % 10) as u8));
}

/// Concatenates pieces to a text.
macro_rules! joined {
    ($($piece:expr),+ $(,)?) => {{
        let mut text = String::new();
        $($crate::text::Piece::append(&$piece, &mut text);)+
        text
    }};
}
pub(crate) use joined;

#[cfg(test)]
mod tests {
    #[test]
    fn pieces_agree_with_the_standard_librarys_formatting() {
        for n in [0, 7, 10, 99, 100, 65_535, u64::MAX] {
            assert_eq!(joined!["<", n, ">"], format!("<{n}>"));
        }
        for n in [0, -1, -10, i64::MIN, i64::MAX] {
            assert_eq!(joined![n, 'x'.to_string()], format!("{n}x"));
        }
        assert_eq!(
            joined![3_u8, 40_000_u16, " of ", usize::MAX, u32::MAX],
            format!("340000 of {}{}", usize::MAX, u32::MAX)
        );
    }
}
