//! Reads numbers on the command line and checks their range.

/// A number that `valid` accepts; otherwise the message says what is `expected`.
pub(crate) fn number(
    text: &str,
    valid: impl Fn(f64) -> bool,
    expected: &str,
) -> Result<f64, String> {
    match text.parse() {
        Ok(x) if valid(x) => Ok(x),
        _ => Err(expected.to_owned()),
    }
}
