//! Bytes as text.

/// The bytes in hexadecimal digits, two for each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that hexadecimal digits of either case are; `None` for another text.
pub fn bytes_of_hexadecimal<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let pairs: &[[u8; 2]; N] = pairs.try_into().ok()?;
    let values = pairs.map(|pair| pair.map(|digit| VALUES[usize::from(digit)]));
    let all = values.iter().flatten().fold(0, |all, value| all | value);
    (rest.is_empty() && all < NO_DIGIT).then(|| values.map(|[high, low]| 16 * high + low))
}

/// What [`VALUES`] has for bytes that are no digits.
const NO_DIGIT: u8 = 16;

/// The value of each byte as a hexadecimal digit.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < 16 {
        let digit = b"0123456789abcdef"[value as usize];
        values[digit as usize] = value;
        values[digit.to_ascii_uppercase() as usize] = value;
        value += 1;
    }
    values
};

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
