//! The figures of purchases as text.

use super::super::text::{figure, percent, write_bins, write_line};
use super::figures::{ABLATION_HEADS, KeptSizeHits, PurchaseFigures, Slice};
use crate::calibration::Bin;
use crate::metrics::CLASSES;
use std::fmt::Write;

impl PurchaseFigures {
    pub(in crate::report) fn write_text(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "{} purchases measured; the baselines are counted on {}\n",
            self.test_rows, self.training_rows
        )?;
        self.off_policy.as_ref().map_or(Ok(()), |figures| figures.write(out))?;
        self.write_outcome(out)?;
        self.write_returns(out)?;
        write_kept_size(out, self.kept_size.as_ref())?;
        self.write_advised_size(out)?;
        self.write_ablation(out)?;
        let heads = self.slice_heads();
        self.slices().try_for_each(|(split_by, slices)| write_slices(out, split_by, &heads, slices))
    }

    fn write_outcome(&self, out: &mut String) -> std::fmt::Result {
        if let Some(missing) = self.missing() {
            writeln!(out, "{missing}\n")?;
        }
        let Some(o) = &self.outcome else { return Ok(()) };
        writeln!(out, "OUTCOME of a purchase (too small, fits, too large), {} rows", o.rows)?;
        write_line(out, "", ["model", "prior"].map(str::to_owned))?;
        write_line(out, "macro one-vs-rest AUC", [o.macro_auc, Some(0.5)].map(figure))?;
        write_line(out, "log loss", [o.log_loss, o.class_prior_log_loss].map(|x| figure(Some(x))))?;
        write_line(out, "", CLASSES.map(|class| class.replace('_', " ")))?;
        write_line(out, "calibration error", o.ece.map(|x| figure(Some(x))))?;
        write_line(out, "error by noise alone", o.ece_floor.map(|x| figure(Some(x))))?;
        let accuracy = self.curves.as_ref().map_or(&[][..], |curves| &curves.accuracy);
        let point = |twentieths: usize| accuracy.get(twentieths - 1).copied();
        let points: Vec<(f64, f64)> = [20, 16, 10, 4].into_iter().filter_map(point).collect();
        write_line(out, "coverage", points.iter().map(|p| percent(p.0)))?;
        write_line(out, "accuracy", points.iter().map(|p| figure(Some(p.1))))?;
        if let Some(caution) = self.caution() {
            writeln!(out, "  {caution}")?;
        }
        writeln!(out)
    }

    fn write_returns(&self, out: &mut String) -> std::fmt::Result {
        let Some(r) = &self.returned else { return Ok(()) };
        writeln!(out, "RETURNED for any reason, {} rows, {} of them", r.rows, percent(r.share))?;
        write_line(out, "", ["mean", "AUC", "log loss"].map(str::to_owned))?;
        let own = [figure(Some(r.mean)), figure(r.auc), figure(Some(r.log_loss))];
        write_line(out, "the model", own)?;
        if let Some(loss) = r.log_loss_without_sizes {
            let without = [String::new(), figure(r.auc_without_sizes), figure(Some(loss))];
            write_line(out, "a model that ignores sizes", without)?;
        }
        let prior = ["".to_owned(), figure(Some(0.5)), figure(Some(r.prior_log_loss))];
        write_line(out, "the share in the history", prior)?;
        write_line(out, "calibration error, tenths", [figure(Some(r.ece))])?;
        write_calibration(out, "predicted to come back", &r.calibration)?;
        writeln!(out)
    }

    fn write_advised_size(&self, out: &mut String) -> std::fmt::Result {
        let Some(curves) = &self.curves else { return Ok(()) };
        let fits = &curves.advised_fits;
        if fits.is_empty() {
            return Ok(());
        }
        let rows: usize = fits.iter().map(|b| b.cases).sum();
        writeln!(out, "THE ADVISED SIZE FITS, {rows} rows bought in it, in tenths by prediction")?;
        write_calibration(out, "predicted, any customer", fits)?;
        write_calibration(out, "predicted, given choice", &curves.advised_taken_fits)?;
        writeln!(out)
    }

    fn write_ablation(&self, out: &mut String) -> std::fmt::Result {
        if self.ablation.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "TRAINED WITHOUT: the outcome's macro AUC and log loss, the choice's log loss, the share of kept sizes \
             that were advised"
        )?;
        write_line(out, "", ABLATION_HEADS.map(str::to_owned))?;
        for (name, cells) in self.ablation_rows() {
            write_line(out, name, cells)?;
        }
        writeln!(out)
    }
}

fn write_kept_size(out: &mut String, hits: Option<&KeptSizeHits>) -> std::fmt::Result {
    let Some(h) = hits else {
        return writeln!(out, "KEPT SIZE: no row that was kept\n");
    };
    writeln!(out, "KEPT SIZE, {} rows: the share that is", h.rows)?;
    for (name, share) in [
        ("the advised size", h.advised),
        ("advised or next best", h.advised_or_next),
        ("the customer's modal size", h.customer_mode),
        ("... within the fit group", h.customer_group_mode),
        ("the article's modal size", h.article_mode),
        ("without advice", h.without_advice),
    ] {
        write_line(out, name, [figure(Some(share))])?;
    }
    write_line(out, "log loss of the choice", [figure(h.choice_log_loss)])?;
    writeln!(out)
}

fn write_slices(
    out: &mut String,
    split_by: &str,
    heads: &[&str],
    slices: &[Slice],
) -> std::fmt::Result {
    let longest = slices.iter().map(|s| s.name().chars().count()).max().unwrap_or(0);
    let width = longest.clamp(8, 30);
    writeln!(out, "BY {}", split_by.to_uppercase())?;
    write!(out, "  {:<width$}", "")?;
    heads.iter().try_for_each(|head| write!(out, "{head:>10}"))?;
    writeln!(out)?;
    for slice in slices {
        write!(out, "  {:<width$}", short(slice.name()))?;
        slice.cells().iter().try_for_each(|cell| write!(out, "{cell:>10}"))?;
        writeln!(out)?;
    }
    writeln!(out)
}

/// Predicted probabilities, observed shares, and the standard errors of those.
fn write_calibration(out: &mut String, name: &str, bins: &[Bin]) -> std::fmt::Result {
    write_bins(out, name, bins, |b| b.predicted)?;
    write_bins(out, "observed", bins, |b| b.observed)?;
    write_bins(out, "standard error", bins, Bin::standard_error)
}

/// A name from the shop's tables, short and on one line.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(30).collect()
}
