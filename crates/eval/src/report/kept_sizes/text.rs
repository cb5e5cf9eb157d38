//! The figures of kept sizes as text.

use super::super::text::{figure, write_bins, write_line};
use super::figures::{KeptSizeFigures, slice_names};
use std::fmt::Write;

impl KeptSizeFigures {
    pub(in crate::report) fn write_text(
        &self,
        explanation: &str,
        out: &mut String,
    ) -> std::fmt::Result {
        writeln!(out, "{explanation}\n")?;
        writeln!(
            out,
            "{} purchases; {:.1} sizes to choose from on average, the kept one among them in {:.1} %\n",
            self.cases,
            self.candidates,
            100.0 * self.truth_among
        )?;
        let heads = ["first", "first two"].into_iter().chain(slice_names());
        write_line(out, "THE KEPT SIZE RANKS", heads.map(str::to_owned))?;
        for (name, hits) in self.rankings() {
            write_line(out, name, hits.cells())?;
        }
        let cases = slice_names().map(|name| self.cases_by_slice[name].to_string());
        write_line(out, "cases", [self.cases.to_string(), String::new()].into_iter().chain(cases))?;
        writeln!(out, "  from the third column on: first, by the customer's earlier purchases\n")?;
        write_line(out, "LOG LOSS of the choice", [figure(self.log_loss)])?;
        write_line(out, "article's sales", [figure(self.article_log_loss)])?;
        writeln!(out, "\nTHE LIKELIEST CHOICE, in tenths by prediction")?;
        write_bins(out, "predicted", &self.confidence, |b| b.predicted)?;
        write_bins(out, "observed", &self.confidence, |b| b.observed)
    }
}
