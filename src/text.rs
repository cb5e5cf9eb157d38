//! Texts put together piece by piece: `joined![field, " is not finite"]`. The standard library's
//! formatting stays out of the browser's engine, where it would weigh more than all that it says.

/// Something that a text is made of.
pub(crate) trait Piece {
    /// Appends it.
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

/// The text of these pieces, one after the other.
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
    fn pieces_stand_as_the_standard_library_writes_them() {
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
