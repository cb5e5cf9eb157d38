//! The page of a report: headline, sections, charts, tables.

use crate::calibration::Bin;
use crate::html::{Axis, Bars, Chart, Markup, Point, Series};

/// A page being written.
pub struct Page(Markup);

/// The cards of a headline being written.
pub struct Cards<'m>(&'m mut Markup);

/// A whole page: its title, which pipeline it is of, what was done, and what `inside` shows.
pub fn page(
    pipeline: &str,
    title: &str,
    explained: &str,
    inside: impl FnOnce(&mut Page),
) -> String {
    let mut m = Markup::default();

    m.element("html", &[("lang", "en")], |m| {
        m.element("head", &[], |m| {
            m.empty("meta", &[("charset", "utf-8")]);
            m.empty(
                "meta",
                &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")],
            );
            m.words("title", &[], &format!("{title} - {pipeline}"));
            m.style(include_str!("style.css"));
        });
        m.element("body", &[], |m| {
            m.element("main", &[], |m| {
                m.words("h1", &[], title);
                m.words("p", &[], &format!("{pipeline}. {explained}"));
                let mut page = Page(std::mem::take(m));
                inside(&mut page);
                *m = page.0;
            });
        });
    });
    m.into_page()
}

impl Page {
    /// The figures that matter most.
    pub fn headline(&mut self, inside: impl FnOnce(&mut Cards<'_>)) {
        self.0.element("dl", &[("class", "cards")], |m| inside(&mut Cards(m)));
    }

    /// A section with charts and tables.
    pub fn section(&mut self, title: &str, about: &str, inside: impl FnOnce(&mut Self)) {
        let mut m = std::mem::take(&mut self.0);
        m.element("section", &[], |m| {
            m.words("h2", &[], title);
            m.words("p", &[], about);
            m.element("div", &[("class", "charts")], |m| {
                let mut page = Self(std::mem::take(m));
                inside(&mut page);
                *m = page.0;
            });
        });
        self.0 = m;
    }

    /// A chart.
    pub fn chart(&mut self, chart: &Chart<'_>) {
        chart.draw(&mut self.0);
    }

    /// What was said against what happened; nothing where there are no cases.
    pub fn reliability(&mut self, title: &str, note: &str, bins: &[Bin]) {
        if bins.is_empty() {
            return;
        }
        // Normal approximation of the binomial: the share of n cases is known to +-1.96 sd.
        let half = |b: &Bin| 1.96 * b.noise();
        let ends = |b: &Bin| {
            [b.predicted, (b.observed - half(b)).max(0.0), (b.observed + half(b)).min(1.0)]
        };
        let axis = |label: &str| Axis::around(label, bins.iter().flat_map(ends));
        let points =
            bins.iter().map(|b| Point { x: b.predicted, y: b.observed, half: half(b) }).collect();
        self.chart(&Chart {
            title,
            note: note.to_owned(),
            x: axis("chance said"),
            y: axis("share that happened"),
            diagonal: true,
            series: vec![Series { name: "", points }],
        });
    }

    /// Shares by slice, each series with the others; slices without cases have no mark.
    pub fn by_slice(
        &mut self,
        title: &str,
        by: &str,
        slices: &[&str],
        series: &[(&str, Vec<Option<f64>>)],
    ) {
        let all = series.iter().flat_map(|(_, shares)| shares.iter().flatten().copied());
        let y = Axis::around("share named", all);
        let points = |shares: &[Option<f64>]| -> Vec<(f64, f64)> {
            shares.iter().enumerate().filter_map(|(i, share)| Some((i as f64, (*share)?))).collect()
        };
        self.chart(&Chart {
            title,
            note: String::new(),
            x: Axis::names(by, slices),
            y,
            diagonal: false,
            series: series
                .iter()
                .map(|(name, shares)| Series::curve(name, points(shares)))
                .collect(),
        });
    }

    /// A bar for each of some numbers.
    pub fn bars(&mut self, bars: &Bars<'_>) {
        bars.draw(&mut self.0);
    }

    /// A table: what it is, its columns, the names of its rows, and their cells.
    pub fn table(&mut self, caption: &str, heads: &[&str], rows: &[&str], cells: &[Vec<String>]) {
        self.0.element("div", &[("class", "scroll")], |m| {
            m.element("table", &[], |m| {
                m.words("caption", &[], caption);
                m.element("tr", &[], |m| {
                    m.words("th", &[("scope", "row")], "");
                    heads.iter().for_each(|head| m.words("th", &[("scope", "col")], head));
                });
                for (name, cells) in rows.iter().zip(cells) {
                    m.element("tr", &[], |m| {
                        m.words("th", &[("scope", "row")], name);
                        cells.iter().for_each(|cell| m.words("td", &[], cell));
                    });
                }
            });
        });
    }
}

impl Cards<'_> {
    /// A figure: what it is, how much, and beside what.
    pub fn card(&mut self, what: &str, figure: String, beside: String) {
        self.0.element("div", &[("class", "card")], |m| {
            m.words("dt", &[], what);
            m.words("dd", &[("class", "big")], &figure);
            m.words("dd", &[], &beside);
        });
    }
}

/// A share in per cent.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}
