//! Bytes as text.

/// The bytes in hexadecimal digits, two for each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that hexadecimal digits of either case are; `None` for another text.
pub fn bytes_of_hexadecimal<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut digits = text.chars().map(|digit| digit.to_digit(16));
    let mut bytes = [0; N];
    for byte in &mut bytes {
        let (high, low) = (digits.next()??, digits.next()??);
        *byte = (16 * high + low) as u8;
    }
    digits.next().is_none().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_bytes() {
        let bytes = [0, 1, 0xab, 0xff];
        assert_eq!(hexadecimal(&bytes), "0001abff");
        assert_eq!(bytes_of_hexadecimal("0001ABff"), Some(bytes));
        for wrong in ["", "0001abf", "0001abff0", "0001abfg", "+001abff", "äääääääää"] {
            assert_eq!(bytes_of_hexadecimal::<4>(wrong), None, "{wrong}");
        }
    }
}
