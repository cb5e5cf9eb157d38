//! The length that a size label says: petite, tall, the inseam of jeans.

/// Length that a canonical label says, in sd of what customers wish for: petite and short -1, tall
/// and long 1, an inside leg of 32 inches 0 with 2 inches a unit; 0 where the label says nothing.
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
    if let Some((_, leg)) = label.split_once("/L") {
        return leg
            .parse::<f64>()
            .map_or(0.0, |inches| (0.5 * (inches - NORMAL_LEG)).clamp(-LONGEST, LONGEST));
    }
    if let Some((_, cut)) = label.rsplit_once(' ') {
        return match cut {
            "Petite" | "Short" => -1.0,
            "Tall" | "Long" => 1.0,
            _ => 0.0,
        };
    }
    let cut = label.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = label[..label.len() - cut.len()].parse::<f64>();
    match (number, cut) {
        (Ok(_), "P" | "S") => -1.0,
        (Ok(_), "L") => 1.0,
        // 2T to 5T are toddlers' sizes.
        (Ok(n), "T") if n > 5.0 => 1.0,
        _ => 0.0,
    }
}

/// Inside leg that is neither short nor long, inches.
const NORMAL_LEG: f64 = 32.0;
/// Legs beyond 28 to 36 inches are rare, and no longer than that here.
const LONGEST: f64 = 2.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::Label;

    #[test]
    fn reads_what_labels_say() {
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
    fn any_text_is_taken() {
        for text in ["", "/L", "/L-1e999", "ÄP", " ", "1e400L", "NaNP"] {
            assert!(length(text).abs() <= LONGEST, "{text}");
        }
    }
}
