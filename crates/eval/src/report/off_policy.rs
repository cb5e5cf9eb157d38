//! What advice does if it is followed, as text and on the page.

use super::page::{Cards, Page};
use super::text::write_bins;
use crate::off_policy::{OffPolicyFigures, RuleFigures, Success};
use inseam::train::off_policy::{CLIP, Difference, Estimate, MOST_HIDDEN_ODDS};
use inseam_io::progress::count;
use std::fmt::Write;

/// Heads of the table of rules.
const HEADS: [&str; 11] = [
    "SNIPS",
    "interval",
    "DR",
    "interval",
    "adjusted",
    "followed",
    "eff. rows",
    "weights",
    "predicted",
    "advice less rule",
    "hidden odds",
];

impl OffPolicyFigures {
    /// The headline of the text report, and what is behind it.
    pub(super) fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{}\n", self.headline())?;
        writeln!(out, "IF A RULE WERE FOLLOWED, {}", self.basis())?;
        let width = |head: &str| match head {
            "interval" | "advice less rule" => 20,
            "hidden odds" => 13,
            _ => 11,
        };
        let mut line = |name: &str, cells: &[String]| {
            write!(out, "  {name:<26}")?;
            for (cell, head) in cells.iter().zip(HEADS) {
                write!(out, "{cell:>width$}", width = width(head))?;
            }
            writeln!(out)
        };
        line("", &HEADS.map(str::to_owned))?;
        for (name, cells) in self.table() {
            line(name, &cells)?;
        }
        writeln!(out, "  Propensity of the advised size, in tenths")?;
        write_bins(out, "predicted", &self.propensity, |bin| bin.predicted)?;
        write_bins(out, "taken", &self.propensity, |bin| bin.observed)?;
        self.limits().iter().try_for_each(|limit| writeln!(out, "  {limit}"))?;
        writeln!(out)
    }

    /// The card of the headline.
    pub(super) fn show_card(&self, cards: &mut Cards<'_>) {
        let Some(advice) = self.advice() else { return };
        let snips = &advice.value.snips;
        let name = format!("Would {} if everybody followed the advice", self.verb());
        let taken = per_cent(self.taken.value);
        let bounds = interval(advice.bounds.low, advice.bounds.high);
        let comparison = format!("{bounds}; today {taken} {}", self.today());
        cards.card(&name, per_cent(snips.value), comparison);
    }

    /// The section about the rules.
    pub(super) fn show(&self, page: &mut Page) {
        let about =
            format!("{} Estimated {}. {}", self.headline(), self.basis(), self.limits().join(" "));
        page.section("What if everybody followed the advice?", &about, |page| {
            let (names, cells): (Vec<&str>, Vec<Vec<String>>) = self.table().into_iter().unzip();
            page.table("If a rule were followed", &HEADS, &names, &cells);
            let [predicted, taken] = self.mean_propensity().map(per_cent);
            let note = format!("predicted {predicted}, taken {taken}");
            page.reliability("The advised size is taken anyway", &note, &self.propensity);
        });
    }

    /// The headline, in a sentence.
    fn headline(&self) -> String {
        let Some(advice) = self.advice() else { return String::new() };
        format!(
            "If everybody followed the advice, {} would {} ({}, allowing for what customers know of their own size); \
             today {} {}.",
            per_cent(advice.value.snips.value),
            self.verb(),
            interval(advice.bounds.low, advice.bounds.high),
            per_cent(self.taken.value),
            self.today()
        )
    }

    fn verb(&self) -> &'static str {
        match self.success {
            Success::Fits => "fit",
            Success::Kept => "be kept",
        }
    }

    fn today(&self) -> &'static str {
        match self.success {
            Success::Fits => "do",
            Success::Kept => "are",
        }
    }

    /// Which purchases the estimates are from.
    fn basis(&self) -> String {
        let left_out = [
            (self.left_out.several_sizes, "in orders of several sizes"),
            (self.left_out.no_reason, "returned without a reason"),
            (self.left_out.no_choice, "of articles or sizes that the model does not know"),
        ];
        let left_out: Vec<String> = left_out
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, why)| format!("{} {why}", count(*n as u64)))
            .collect();
        let left_out = match left_out.is_empty() {
            true => String::new(),
            false => format!("; without {}", left_out.join(", ")),
        };
        let (rows, customers) = (count(self.rows as u64), count(self.customers as u64));
        format!("from {rows} purchases of {customers} customers{left_out}; intervals of 95 %")
    }

    /// The rows of the table of rules, each with its name.
    fn table(&self) -> Vec<(&'static str, Vec<String>)> {
        let dash = || "-".to_owned();
        let mut taken = vec![per_cent(self.taken.value), range(&self.taken)];
        taken.resize_with(HEADS.len() - 2, dash);
        let gain = self.advice().and_then(|advice| advice.gain.as_ref());
        taken.extend(lead(gain));
        let row = |rule: &RuleFigures| {
            let value = &rule.value;
            let mut cells = vec![per_cent(value.snips.value), range(&value.snips)];
            cells.extend([per_cent(value.dr.value), range(&value.dr)]);
            cells.push(rule.adjusted.map_or_else(dash, |adjusted| per_cent(adjusted.value)));
            cells.push(per_cent(value.followed));
            cells.extend([
                format!("{:.0}", value.effective_rows),
                format!("{:.2}", value.mean_weight),
            ]);
            cells.push(per_cent(value.predicted));
            cells.extend(lead(rule.advice_lead.as_ref()));
            (rule.rule.name(), cells)
        };
        std::iter::once(("the sizes taken", taken)).chain(self.rules.iter().map(row)).collect()
    }

    /// What the estimates cannot know, in sentences.
    fn limits(&self) -> Vec<String> {
        let mut limits = vec![
            "Limits: customers know more than the model. They know their own size; \"adjusted\" allows for that as far as \
             the model expects it. They may also know how an article runs for them, which no estimate allows for; \
             \"hidden odds\" is the factor by which it would have to change the odds of taking a size to make up for the \
             difference."
                .to_owned(),
        ];
        if let Some((rule, lead)) = self.next_best() {
            limits.push(format!("The best other rule is {}. {}", rule.rule.name(), ranking(lead)));
        }
        if let Some(advice) = self.advice().filter(|advice| advice.value.clipped > 0.0) {
            limits.push(format!(
                "Support: for {} of the purchases, the advised size has a propensity below {}; their weight is limited, so \
                 the estimate leans to the others.",
                per_cent(advice.value.clipped),
                per_cent(CLIP)
            ));
        }
        limits
    }
}

/// Whether the advice is better than another rule, and how sure that is.
fn ranking(lead: &Difference) -> String {
    let points = |x: f64| format!("{:.1}", 100.0 * x.abs());
    let Estimate { value, low, high } = lead.snips;
    if low <= 0.0 && high >= 0.0 {
        return "The data do not tell whether it or the advice is better.".to_owned();
    }
    let (better, odds) = (if value > 0.0 { "better" } else { "worse" }, lead.hidden_odds);
    let by = points(value);
    match odds < MOST_HIDDEN_ODDS {
        true => format!(
            "The advice is {better} by {by} points; knowledge that changes the odds of a choice by a factor of {odds:.2} \
             could explain that."
        ),
        false => format!(
            "The advice is {better} by {by} points; no knowledge that changes the odds of a choice by a factor below \
             {odds:.0} could explain that."
        ),
    }
}

/// The cells of a difference: it with its interval, and the hidden odds.
fn lead(difference: Option<&Difference>) -> [String; 2] {
    match difference {
        None => ["-".to_owned(), "-".to_owned()],
        Some(Difference { snips, hidden_odds, .. }) => {
            let [value, low, high] =
                [snips.value, snips.low, snips.high].map(|x| format!("{:+.1}", 100.0 * x));
            [format!("{value} ({low}, {high})"), format!("{hidden_odds:.2}")]
        }
    }
}

fn per_cent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// The interval of an estimate, per cent.
fn range(estimate: &Estimate) -> String {
    interval(estimate.low, estimate.high)
}

fn interval(low: f64, high: f64) -> String {
    format!("{:.1} to {:.1}", 100.0 * low, 100.0 * high)
}
