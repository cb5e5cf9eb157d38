//! Charts as inline SVG: lines and marks on two axes. Series differ in the shape of their marks,
//! not in colour alone.

use super::axis::Axis;
use super::markup::Markup;

/// A chart.
pub(crate) struct Chart<'a> {
    pub(crate) title: &'a str,
    /// Small text beside the title.
    pub(crate) note: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    /// Whether to draw the line on which x equals y.
    pub(crate) diagonal: bool,
    pub(crate) series: Vec<Series<'a>>,
}

/// The points of one line.
pub(crate) struct Series<'a> {
    pub(crate) name: &'a str,
    pub(crate) points: Vec<Point>,
}

/// One point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// Half the height of the point's interval; 0 for none.
    pub(crate) half_height: f64,
}

impl<'a> Series<'a> {
    /// A curve through these points.
    pub(crate) fn curve(name: &'a str, points: Vec<(f64, f64)>) -> Self {
        Self {
            name,
            points: points.into_iter().map(|(x, y)| Point { x, y, half_height: 0.0 }).collect(),
        }
    }
}

/// Number of different marks.
const MARKS: usize = 4;

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 264.0;
/// Edges of the frame.
const LEFT: f64 = 50.0;
const RIGHT: f64 = 338.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 220.0;

impl Chart<'_> {
    /// The chart with its title, as a figure.
    pub(crate) fn draw(&self, m: &mut Markup) {
        m.element("figure", &[], |m| {
            m.element("figcaption", &[], |m| {
                m.words("b", &[], self.title);
                if !self.note.is_empty() {
                    m.text(" ");
                    m.words("span", &[("class", "note")], &self.note);
                }
            });
            self.legend(m);
            let view = format!("0 0 {WIDTH} {HEIGHT}");
            let about = format!("{}: {} by {}", self.title, self.y.label, self.x.label);
            m.element("svg", &[("viewBox", &view), ("role", "img"), ("aria-label", &about)], |m| {
                self.frame(m);
                for (k, series) in self.series.iter().enumerate() {
                    self.series(m, k, series);
                }
            });
        });
    }

    fn legend(&self, m: &mut Markup) {
        if self.series.len() < 2 {
            return;
        }
        m.element("ul", &[("class", "legend")], |m| {
            for (k, series) in self.series.iter().enumerate() {
                m.element("li", &[], |m| {
                    swatch(m, k);
                    m.text(series.name);
                });
            }
        });
    }

    fn frame(&self, m: &mut Markup) {
        for (value, text) in &self.y.ticks {
            let y = number(self.y.at(*value, [BOTTOM, TOP]));
            line(m, "grid", [&number(LEFT), &y, &number(RIGHT), &y]);
            label(m, [&number(LEFT - 6.0), &y], &[("class", "tick end"), ("dy", "4")], text);
        }
        for (value, text) in &self.x.ticks {
            let x = number(self.x.at(*value, [LEFT, RIGHT]));
            line(m, "grid", [&x, &number(BOTTOM), &x, &number(BOTTOM + 4.0)]);
            label(m, [&x, &number(BOTTOM + 18.0)], &[("class", "tick middle")], text);
        }
        let (left, bottom) = (number(LEFT), number(BOTTOM));
        line(m, "axis", [&left, &bottom, &number(RIGHT), &bottom]);
        if self.diagonal {
            let (from, to) = (self.x.from.max(self.y.from), self.x.to.min(self.y.to));
            let ends = [from, to].map(|v| {
                [number(self.x.at(v, [LEFT, RIGHT])), number(self.y.at(v, [BOTTOM, TOP]))]
            });
            line(m, "diagonal", [&ends[0][0], &ends[0][1], &ends[1][0], &ends[1][1]]);
        }
        let middle = number((LEFT + RIGHT) / 2.0);
        label(m, [&middle, &number(HEIGHT - 6.0)], &[("class", "label middle")], &self.x.label);
        let turned = format!("translate(11 {}) rotate(-90)", number((TOP + BOTTOM) / 2.0));
        m.words("text", &[("class", "label middle"), ("transform", &turned)], &self.y.label);
    }

    fn series(&self, m: &mut Markup, k: usize, series: &Series<'_>) {
        let class = format!("s{}", k % MARKS);
        let place = |p: &Point| (self.x.at(p.x, [LEFT, RIGHT]), self.y.at(p.y, [BOTTOM, TOP]));
        m.element("g", &[("class", &class)], |m| {
            let path: Vec<String> = series
                .points
                .iter()
                .map(place)
                .map(|(x, y)| format!("{},{}", number(x), number(y)))
                .collect();
            m.empty("polyline", &[("points", &path.join(" "))]);
            for point in &series.points {
                let (x, y) = place(point);
                if point.half_height > 0.0 {
                    let ends = [-point.half_height, point.half_height]
                        .map(|d| number(self.y.at(point.y + d, [BOTTOM, TOP])));
                    line(m, "range", [&number(x), &ends[0], &number(x), &ends[1]]);
                }
                mark(m, k, x, y);
            }
        });
    }
}

/// The mark of series number `k`, for the legend.
fn swatch(m: &mut Markup, k: usize) {
    let class = format!("swatch s{}", k % MARKS);
    m.element(
        "svg",
        &[("class", &class), ("viewBox", "0 0 14 14"), ("aria-hidden", "true")],
        |m| mark(m, k, 7.0, 7.0),
    );
}

fn mark(m: &mut Markup, k: usize, x: f64, y: f64) {
    let corners: &[(f64, f64)] = match k % MARKS {
        0 => return m.empty("circle", &[("cx", &number(x)), ("cy", &number(y)), ("r", "3.5")]),
        1 => &[(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)],
        2 => &[(0.0, -4.4), (4.2, 3.2), (-4.2, 3.2)],
        _ => &[(0.0, -4.6), (4.6, 0.0), (0.0, 4.6), (-4.6, 0.0)],
    };
    let corners: Vec<String> =
        corners.iter().map(|(a, b)| format!("{},{}", number(x + a), number(y + b))).collect();
    m.empty("polygon", &[("points", &corners.join(" "))]);
}

fn line(m: &mut Markup, class: &str, [x1, y1, x2, y2]: [&str; 4]) {
    m.empty("line", &[("class", class), ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]);
}

fn label(m: &mut Markup, [x, y]: [&str; 2], attributes: &[(&str, &str)], text: &str) {
    m.words("text", &[&[("x", x), ("y", y)], attributes].concat(), text);
}

/// A coordinate with one decimal, or none if it is whole.
fn number(x: f64) -> String {
    let tenths = (10.0 * x).round() / 10.0;
    if tenths == 0.0 { "0".to_owned() } else { tenths.to_string() }
}
