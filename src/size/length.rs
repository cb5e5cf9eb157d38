//! The length in a size label: petite, tall, or the inseam of jeans.

/// Length of a canonical label, in standard deviations of customers' wishes: petite and short are
/// -1, tall and long 1; an inseam of 32 inches is 0, and 2 inches are one unit. 0 if the label has
/// no length.
///
/// ```
/// use inseam::size::length;
/// assert_eq!(length("M Petite"), -1.0);
/// assert_eq!(length("40L"), 1.0);
/// assert_eq!(length("W32/L34"), 1.0);
/// assert_eq!(length("38"), 0.0);
/// ```
#[must_use]
pub fn length(label: &str) -> f64 {
    if let Some((_, inseam)) = label.split_once("/L") {
        return inseam.parse().map_or(0.0, length_of_inseam);
    }
    if let Some((_, cut)) = label.rsplit_once(' ') {
        return if cut.len() > 1 { length_of_cut(cut) } else { 0.0 };
    }
    let cut = label.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    match label[..label.len() - cut.len()].parse::<f64>() {
        // 2T to 5T are sizes of toddlers, not tall sizes.
        Ok(n) if cut.len() == 1 && (cut != "T" || n > 5.0) => length_of_cut(cut),
        _ => 0.0,
    }
}

/// Length of a garment with this inseam in inches.
pub(super) fn length_of_inseam(inches: f64) -> f64 {
    (0.5 * (inches - NORMAL_INSEAM)).clamp(-MAX_LENGTH, MAX_LENGTH)
}

/// Length of a garment with this cut, as canonical texts write it.
pub(super) fn length_of_cut(cut: &str) -> f64 {
    match cut {
        "Petite" | "Short" | "P" | "S" => -1.0,
        "Tall" | "Long" | "L" | "T" => 1.0,
        _ => 0.0,
    }
}

/// Inseam that is neither short nor long, inches.
const NORMAL_INSEAM: f64 = 32.0;
/// Bound of the length; inseams outside 28 to 36 inches are rare.
const MAX_LENGTH: f64 = 2.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Label;

    #[test]
    fn reads_the_length_of_labels() {
        for (text, expected) in [
            ("M petite", -1.0),
            ("XL tall", 1.0),
            ("12 long", 1.0),
            ("8P", -1.0),
            ("10 short", -1.0),
            ("4T", 0.0),
            ("10T", 1.0),
            ("32x34", 1.0),
            ("W30/L30", -1.0),
            ("W30/L99", 2.0),
            ("M", 0.0),
            ("3XL", 0.0),
            ("38", 0.0),
            ("40R", 0.0),
            ("L", 0.0),
            ("XL Plus", 0.0),
            ("34DD", 0.0),
        ] {
            assert_eq!(length(Label::parse(text).unwrap().as_str()), expected, "{text}");
        }
    }

    #[test]
    fn any_text_gives_a_bounded_length() {
        for text in ["", "/L", "/L-1e999", "ÄP", " ", "1e400L", "NaNP"] {
            assert!(length(text).abs() <= MAX_LENGTH, "{text}");
        }
    }
}
