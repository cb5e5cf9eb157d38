//! The web page of a report: headline, sections, charts, tables.

use crate::calibration::Bin;
use crate::html::{Axis, Bars, Chart, Markup, Point, Series};

/// A page being written.
pub(super) struct Page(Markup);

/// The cards of a headline being written.
pub(super) struct Cards<'m>(&'m mut Markup);

/// A whole page: its title, the name of the pipeline, what was measured, and what `inside` writes.
pub(super) fn page(
    pipeline: &str,
    title: &str,
    explanation: &str,
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
                m.words("p", &[], &format!("{pipeline}. {explanation}"));
                let mut page = Page(std::mem::take(m));
                inside(&mut page);
                *m = page.0;
            });
        });
    });
    m.into_page()
}

impl Page {
    /// The most important figures, as cards.
    pub(super) fn headline(&mut self, inside: impl FnOnce(&mut Cards<'_>)) {
        self.0.element("dl", &[("class", "cards")], |m| inside(&mut Cards(m)));
    }

    /// A section with charts and tables.
    pub(super) fn section(&mut self, title: &str, about: &str, inside: impl FnOnce(&mut Self)) {
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
    pub(super) fn chart(&mut self, chart: &Chart<'_>) {
        chart.draw(&mut self.0);
    }

    /// A chart of observed shares against predicted probabilities; nothing where there are no bins.
    pub(super) fn reliability(&mut self, title: &str, note: &str, bins: &[Bin]) {
        if bins.is_empty() {
            return;
        }
        // 95 % interval of the observed share, by the normal approximation of the binomial.
        let half = |b: &Bin| 1.96 * b.standard_error();
        let ends = |b: &Bin| {
            [b.predicted, (b.observed - half(b)).max(0.0), (b.observed + half(b)).min(1.0)]
        };
        let axis = |label: &str| Axis::around(label, bins.iter().flat_map(ends));
        let points = bins
            .iter()
            .map(|b| Point { x: b.predicted, y: b.observed, half_height: half(b) })
            .collect();
        self.chart(&Chart {
            title,
            note: note.to_owned(),
            x: axis("predicted probability"),
            y: axis("observed share"),
            diagonal: true,
            series: vec![Series { name: "", points }],
        });
    }

    /// A chart of shares by slice, with one line for each series; slices without cases have no
    /// mark.
    pub(super) fn by_slice(
        &mut self,
        title: &str,
        by: &str,
        slices: &[&str],
        series: &[(&str, Vec<Option<f64>>)],
    ) {
        let all = series.iter().flat_map(|(_, shares)| shares.iter().flatten().copied());
        let y = Axis::around("share of the kept sizes", all);
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
    pub(super) fn bars(&mut self, bars: &Bars<'_>) {
        bars.draw(&mut self.0);
    }

    /// A table: its caption, the heads of its columns, the names of its rows, and their cells.
    pub(super) fn table(
        &mut self,
        caption: &str,
        heads: &[&str],
        rows: &[&str],
        cells: &[Vec<String>],
    ) {
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
    /// A card: the name of a figure, the figure, and what to compare it with.
    pub(super) fn card(&mut self, name: &str, figure: String, comparison: String) {
        self.0.element("div", &[("class", "card")], |m| {
            m.words("dt", &[], name);
            m.words("dd", &[("class", "big")], &figure);
            m.words("dd", &[], &comparison);
        });
    }
}
