//! The axes of a chart, with ticks at round numbers.

/// One axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) label: String,
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// Value and text of each tick.
    pub(crate) ticks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis from one share to another, labelled in per cent.
    pub(crate) fn shares(label: &str, from: f64, to: f64) -> Self {
        let step = step(to - from);
        let first = (from / step - 1e-9).ceil() as i64;
        let last = (to / step + 1e-9).floor() as i64;
        let digits = if step < 0.0099 { 1 } else { 0 };
        let tick = |i: i64| (i as f64 * step, format!("{:.digits$} %", 100.0 * i as f64 * step));
        Self { label: label.to_owned(), from, to, ticks: (first..=last).map(tick).collect() }
    }

    /// An axis that contains these shares and ends at round ones.
    pub(crate) fn around(label: &str, shares: impl Iterator<Item = f64>) -> Self {
        let (low, high) =
            shares.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        if low > high {
            return Self::shares(label, 0.0, 1.0);
        }
        let room = (0.06 * (high - low)).max(0.01);
        let (low, high) = ((low - room).max(0.0), (high + room).min(1.0));
        let step = step(high - low);
        Self::shares(label, (low / step).floor() * step, ((high / step).ceil() * step).min(1.0))
    }

    /// An axis with one place for each name.
    pub(crate) fn names(label: &str, names: &[&str]) -> Self {
        let ticks = names.iter().enumerate().map(|(i, name)| (i as f64, short(name))).collect();
        Self { label: label.to_owned(), from: -0.5, to: names.len() as f64 - 0.5, ticks }
    }

    /// The place of a value on a line from `start` to `end`.
    pub(crate) fn at(&self, value: f64, [start, end]: [f64; 2]) -> f64 {
        let share = (value - self.from) / (self.to - self.from);
        start + (end - start) * share.clamp(0.0, 1.0)
    }
}

/// A round distance between ticks, at least 0.5 per cent, that gives about five of them.
fn step(range: f64) -> f64 {
    [0.005, 0.01, 0.02, 0.05, 0.1].into_iter().find(|step| range / step <= 6.0).unwrap_or(0.2)
}

/// A name short enough to fit under a tick.
fn short(name: &str) -> String {
    let mut short: String = name.chars().take(12).collect();
    if short.len() < name.len() {
        short.push('\u{2026}');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_on_the_axis() {
        let axis = Axis::around("", [0.312, 0.587].into_iter());
        assert!((axis.from - 0.2).abs() < 1e-9 && (axis.to - 0.7).abs() < 1e-9, "{axis:?}");
        let texts: Vec<&str> = axis.ticks.iter().map(|t| t.1.as_str()).collect();
        assert_eq!(texts, ["20 %", "30 %", "40 %", "50 %", "60 %", "70 %"]);
        assert_eq!(Axis::shares("", 0.0, 1.0).ticks.len(), 6);
        assert_eq!(Axis::around("", std::iter::empty()), Axis::shares("", 0.0, 1.0));
        let narrow = Axis::around("", [0.5, 0.5].into_iter());
        assert!(narrow.to > narrow.from && narrow.ticks.len() >= 2, "{narrow:?}");
        assert!(Axis::around("", [0.0, 1.0].into_iter()).to <= 1.0);
    }

    #[test]
    fn values_have_places_between_the_ends() {
        let axis = Axis::shares("", 0.2, 0.6);
        assert_eq!(axis.at(0.4, [0.0, 100.0]).round(), 50.0);
        assert_eq!(axis.at(0.6, [200.0, 100.0]), 100.0);
        assert_eq!(axis.at(7.0, [0.0, 100.0]), 100.0);
        assert_eq!(
            Axis::names("", &["a", "averyveryverylongname"]).ticks[1].1,
            "averyveryver\u{2026}"
        );
    }
}
