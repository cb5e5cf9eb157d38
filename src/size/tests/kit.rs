//! What the tests of labels and positions share.

use crate::size::{Axis, System, canonical, position};

pub(super) fn text(label: &str) -> String {
    canonical(label).unwrap_or_else(|e| panic!("{label:?}: {e}"))
}

/// The position of a label, which must be that of its canonical text.
pub(super) fn at(label: &str, system: System, axis: Axis) -> Option<f64> {
    let x = position(label, system, axis);
    assert_eq!(position(&text(label), system, axis), x, "{label} as {}", text(label));
    x
}

pub(super) fn near(label: &str, system: System, axis: Axis, want: f64) {
    let x = at(label, system, axis)
        .unwrap_or_else(|| panic!("{label} {system:?} {axis:?} has no position"));
    assert!((x - want).abs() < 1e-9, "{label} {system:?} {axis:?} lies at {x}, not {want}");
}

pub(super) const AXES: [Axis; 8] = [
    Axis::Women,
    Axis::Men,
    Axis::Children,
    Axis::Waist,
    Axis::Bra,
    Axis::ShoesWomen,
    Axis::ShoesMen,
    Axis::ShoesChildren,
];
