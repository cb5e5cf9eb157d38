//! Text that is no size label, and random text.

use super::kit::{AXES, at};
use crate::size::label::MAX_LABEL_BYTES;
use crate::size::{LabelError, System, canonical};

#[test]
fn unusable_labels_are_refused() {
    for empty in ["", " ", "\t\n", "\u{200B}", "\u{202E} \u{FEFF}"] {
        assert_eq!(canonical(empty), Err(LabelError::Empty), "{empty:?}");
    }
    assert_eq!(canonical("M\0"), Err(LabelError::Control { found: '\0' }));
    assert_eq!(canonical("\u{1B}[31mM"), Err(LabelError::Control { found: '\u{1B}' }));
    assert_eq!(canonical(&"M".repeat(10_000)), Err(LabelError::TooLong { bytes: 10_000 }));
    assert_eq!(canonical(&"M".repeat(65)), Err(LabelError::TooLong { bytes: 65 }));
    assert_eq!(canonical(&format!("{:>90}", "M")), Ok("M".into()));
    assert!(canonical(&"M".repeat(64)).is_ok());
    for (error, says) in [
        (LabelError::Empty, "empty"),
        (LabelError::TooLong { bytes: 70 }, "at most 64"),
        (LabelError::Control { found: '\0' }, "control character U+0000"),
    ] {
        assert!(error.to_string().contains(says), "{error}");
    }
}

/// Any text gives no panic, a canonical text that is stable and within the length limit, and a
/// finite position.
#[test]
fn random_text_is_safe() {
    let pieces = [
        "EU", "UK", "W", "L", "X", "XL", "S", "M", "38", "42 2/3", "1/2", "00", "99999", "-", "/",
        " ", ".", ",", "½", "×", "B", "DD", "months", "Y", "cm", "👗", "مقاس", "ß", "\u{202E}",
        "\"", "(", "to", "G", "3", "0.5", "age ", "size ", "T",
    ];
    let mut seed = 1_u64;
    for _ in 0..6_000 {
        let mut label = String::new();
        for _ in 0..1 + seed % 6 {
            // Knuth's MMIX generator, its upper bits.
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            label.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        let Ok(once) = canonical(&label) else { continue };
        assert!(once.len() <= MAX_LABEL_BYTES, "{label:?} became {once:?}");
        assert_eq!(canonical(&once).as_deref(), Ok(once.as_str()), "{label:?}");
        for axis in AXES {
            let system = System::ALL[(seed >> 40) as usize % System::ALL.len()];
            if let Some(x) = at(&label, system, axis) {
                assert!(x.abs() < 40.0, "{label:?} {system:?} {axis:?} lies at {x}");
            }
        }
    }
}
