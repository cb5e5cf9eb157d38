//! Finger rings of Britain, Ireland, Australia and South Africa: letters from A to Z, with halves.
//! L, M and S are letters of clothes too, so only the other letters tell.

/// The letters that no clothes have: two of them among labels show that all single letters are
/// rings.
const ONLY_RINGS: &str = "HJKNQRWZ";
/// How many labels that only rings have tell that labels are of rings.
const MIN_RINGS: usize = 2;

/// The place of a ring in the alphabet: 1 for A, 1.5 for A½; `None` for other texts.
pub(super) fn ring(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_uppercase();
    let bare = ["SIZE ", "UK ", "AU "].iter().find_map(|front| text.strip_prefix(front));
    let bare = bare.or_else(|| text.strip_suffix(" UK")).unwrap_or(&text).trim();
    let letter = bare.chars().next().filter(char::is_ascii_uppercase)?;
    let place = f64::from(u32::from(letter) - u32::from('A') + 1);
    match bare[1..].trim_start_matches([' ', '-']) {
        "" => Some(place),
        "½" | "1/2" | ".5" | ",5" => Some(place + 0.5),
        // Z+1 to Z+6.
        more if letter == 'Z' => {
            let more: u32 = more.strip_prefix('+')?.trim().parse().ok()?;
            (1..=6).contains(&more).then(|| place + f64::from(more))
        }
        _ => None,
    }
}

/// Whether only a ring has this label.
pub(super) fn is_only_ring(text: &str) -> bool {
    let of_no_clothes = |place: f64| {
        let letter = ONLY_RINGS.bytes().any(|b| f64::from(b - b'A' + 1) == place);
        letter || place.fract() > 0.0 || place > 26.0
    };
    ring(text).is_some_and(of_no_clothes)
}

/// Whether some of the labels are rings.
pub(super) fn have_rings(labels: &[&str]) -> bool {
    let mut rings: Vec<&str> = labels.iter().copied().filter(|label| is_only_ring(label)).collect();
    rings.sort_unstable();
    rings.dedup();
    rings.len() >= MIN_RINGS
}
