//! The figures of purchases as text.

use super::super::page::percent;
use super::super::{figure, line};
use super::{HEADS, PurchaseFigures, WITHOUT_HEADS};
use crate::calibration::Bin;
use crate::metrics::CLASSES;
use std::fmt::Write;

impl PurchaseFigures {
    pub(in crate::report) fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "{} purchases measured, {} behind the baselines\n",
            self.test_rows, self.training_rows
        )?;
        self.write_outcome(out)?;
        if let Some(r) = &self.returned {
            writeln!(
                out,
                "RETURNED for whatever reason, {} rows, {} of them",
                r.rows,
                percent(r.share)
            )?;
            line(out, "", ["AUC".to_owned(), "log loss".to_owned()])?;
            line(out, "the model", [figure(r.mean), figure(r.auc), figure(Some(r.log_loss))])?;
            let without = [figure(r.auc_without_sizes), figure(Some(r.log_loss_without_sizes))];
            line(out, "customer and article alone", without)?;
            writeln!(out)?;
        }
        match &self.kept_size {
            None => writeln!(out, "KEPT SIZE: no row that was kept\n")?,
            Some(h) => {
                writeln!(out, "KEPT SIZE named, {} rows", h.rows)?;
                for (name, share) in [
                    ("advised size", h.advised),
                    ("advised or next best", h.advised_or_next),
                    ("customer's modal size", h.customer_mode),
                    ("article's modal size", h.article_mode),
                    ("no advice, article unknown", h.without_advice),
                ] {
                    line(out, name, [figure(Some(share))])?;
                }
                writeln!(out)?;
            }
        }
        let fits = &self.curves.advised_fits;
        if !fits.is_empty() {
            let rows: usize = fits.iter().map(|b| b.cases).sum();
            writeln!(
                out,
                "ADVISED SIZE FITS, {rows} rows bought in it, by tenths of what was said"
            )?;
            tenths(out, "to whoever may take it", fits)?;
            tenths(out, "of who took it", &self.curves.advised_taken_fits)?;
            writeln!(out)?;
        }
        if !self.ablation.is_empty() {
            writeln!(out, "TRAINED WITHOUT")?;
            line(out, "", WITHOUT_HEADS.map(str::to_owned))?;
            self.without().into_iter().try_for_each(|(name, cells)| line(out, name, cells))?;
            writeln!(out)?;
        }
        for (title, slices) in self.slices() {
            let width =
                slices.iter().map(|s| s.name.chars().count()).max().unwrap_or(0).clamp(8, 30);
            writeln!(out, "BY {}", title.to_uppercase())?;
            write!(out, "  {:<width$}", "")?;
            HEADS.iter().try_for_each(|head| write!(out, "{head:>10}"))?;
            writeln!(out)?;
            for s in slices {
                write!(out, "  {:<width$}", short(s.name()))?;
                s.cells().iter().try_for_each(|cell| write!(out, "{cell:>10}"))?;
                writeln!(out)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn write_outcome(&self, out: &mut String) -> std::fmt::Result {
        let Some(o) = &self.outcome else {
            return writeln!(out, "OUTCOME: no row with a known outcome\n");
        };
        writeln!(out, "OUTCOME of a purchase (too small, fits, too large), {} rows", o.rows)?;
        line(out, "", ["model", "prior"].map(str::to_owned))?;
        line(out, "macro one-vs-rest AUC", [o.macro_auc, Some(0.5)].map(figure))?;
        line(out, "log loss", [o.log_loss, o.class_prior_log_loss].map(|x| figure(Some(x))))?;
        line(out, "", CLASSES.map(|class| class.replace('_', " ")))?;
        line(out, "calibration error", o.ece.map(|x| figure(Some(x))))?;
        line(out, "of chances that are right", o.ece_floor.map(|x| figure(Some(x))))?;
        let some = |step: usize| self.curves.accuracy.get(step - 1).copied();
        let points: Vec<(f64, f64)> = [20, 16, 10, 4].into_iter().filter_map(some).collect();
        line(out, "coverage", points.iter().map(|p| percent(p.0)))?;
        line(out, "accuracy", points.iter().map(|p| figure(Some(p.1))))?;
        if let Some(caution) = self.caution() {
            writeln!(out, "  {caution}")?;
        }
        writeln!(out)
    }
}

/// What was said, what happened, and how far the share that happened is off by chance.
fn tenths(out: &mut String, what: &str, bins: &[Bin]) -> std::fmt::Result {
    let mut row = |name: &str, of: fn(&Bin) -> f64| {
        write!(out, "  {name:<24}")?;
        bins.iter().try_for_each(|b| write!(out, "{:>7.3}", of(b)))?;
        writeln!(out)
    };
    row(what, |b| b.predicted)?;
    row("happened", |b| b.observed)?;
    row("sd by chance", Bin::noise)
}

/// A name of the shop's for a terminal: not long, on one line.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(30).collect()
}
