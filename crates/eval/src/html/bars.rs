//! A bar chart of named numbers, positive or negative, as inline SVG.

use super::markup::Markup;

/// A bar for each row, with its name on the left.
pub(crate) struct Bars<'a> {
    pub(crate) title: &'a str,
    /// What the numbers mean, with their unit.
    pub(crate) label: &'a str,
    pub(crate) rows: Vec<(&'a str, f64)>,
}

const WIDTH: f64 = 360.0;
/// Height of a row, and of its bar.
const ROW: f64 = 20.0;
const BAR: f64 = 12.0;
/// Where the names end, and where the longest bar ends.
const LEFT: f64 = 110.0;
const RIGHT: f64 = 315.0;

impl Bars<'_> {
    /// Draws the bars with their title, as a figure.
    pub(crate) fn draw(&self, m: &mut Markup) {
        m.element("figure", &[], |m| {
            m.element("figcaption", &[], |m| {
                m.words("b", &[], self.title);
                m.text(" ");
                m.words("span", &[("class", "note")], self.label);
            });
            let view = format!("0 0 {WIDTH} {}", ROW * self.rows.len() as f64);
            let attributes =
                [("viewBox", view.as_str()), ("role", "img"), ("aria-label", self.title)];
            m.element("svg", &attributes, |m| self.draw_rows(m));
        });
    }

    fn draw_rows(&self, m: &mut Markup) {
        // The axis always includes 0.
        let low = self.rows.iter().map(|r| r.1).fold(0.0, f64::min);
        let high = self.rows.iter().map(|r| r.1).fold(0.0, f64::max);
        let scale = (RIGHT - LEFT) / (high - low).max(1e-9);
        let at = |x: f64| LEFT + (x - low) * scale;
        for (i, &(name, value)) in self.rows.iter().enumerate() {
            let middle = ROW * (i as f64 + 0.5);
            let text = |m: &mut Markup, x: f64, class: &str, text: &str| {
                let (x, y) = (format!("{x:.1}"), format!("{middle:.1}"));
                let attributes = [("x", x.as_str()), ("y", &y), ("dy", "4"), ("class", class)];
                m.words("text", &attributes, text);
            };
            text(m, LEFT - 8.0, "tick end", name);
            let (from, to) = (at(value.min(0.0)), at(value.max(0.0)));
            let (x, y) = (format!("{from:.1}"), format!("{:.1}", middle - BAR / 2.0));
            let (width, height) = (format!("{:.1}", (to - from).max(1.0)), format!("{BAR}"));
            let attributes = [("x", x.as_str()), ("y", &y), ("width", &width), ("height", &height)];
            m.element("g", &[("class", "s0")], |m| m.empty("rect", &attributes));
            text(m, to + 5.0, "tick", &format!("{value:+.1}"));
        }
    }
}
