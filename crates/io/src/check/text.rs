//! Prints the report about a history as text and as JSON.

use super::counts::Share;
use super::report::CheckReport;
use crate::failure::{RowNumber, shown};
use crate::history::Finding;
use crate::progress::counted;
use serde_json::{Value, json};
use std::fmt;

/// How many values of a kind the text lists.
const LISTED: usize = 10;

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "FILES")?;
        for (path, form) in &self.files {
            writeln!(f, "  {}: {form}", shown(&path.display().to_string()))?;
        }
        writeln!(
            f,
            "  {}, {} of {} and {}; {} in the catalogue",
            counted(self.rows_read, "row"),
            counted(self.purchases, "purchase"),
            counted(self.customers, "customer"),
            counted(self.articles, "article"),
            counted(self.catalogue, "article")
        )?;
        findings(f, "ROWS LEFT OUT", &self.left_out)?;
        findings(f, "GUESSED", &self.guesses)?;
        findings(f, "WARNINGS", &self.warnings)?;
        writeln!(f, "\nCOLUMNS")?;
        for (column, name) in &self.columns {
            writeln!(f, "  {column:<12} {}", shown(name))?;
        }
        for (measurement, name) in &self.measurements {
            writeln!(f, "  measurement {} in {}", shown(measurement), shown(name))?;
        }
        self.write_outcomes(f)?;
        self.write_sizes(f)?;
        shares(f, "SIZE SYSTEMS named by rows", &self.systems)?;
        shares(f, "FIT GROUPS", &self.groups)
    }
}

impl CheckReport {
    fn write_outcomes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.has_no_outcomes() {
            writeln!(
                f,
                "\nOUTCOMES\n  no outcome column: every purchase counts as kept, and training"
            )?;
            writeln!(f, "  learns from the choice of sizes alone")?;
        }
        for summary in &self.words {
            writeln!(
                f,
                "\nOUTCOME WORDS in \"{}\", a column of {}",
                shown(&summary.column),
                summary.kind
            )?;
            let (known, unknown): (Vec<_>, Vec<_>) =
                summary.words.iter().partition(|word| word.outcome.is_some());
            for word in unknown.iter().chain(&known).take(2 * LISTED) {
                let meaning = word.outcome.unwrap_or("NOT UNDERSTOOD");
                let by = if word.mapped { " (pipeline file)" } else { "" };
                let name = if word.word.is_empty() { "(empty)" } else { &word.word };
                writeln!(f, "  {:>6}  {name:<34} {meaning}{by}", percent(word.share))?;
            }
            let rest = summary.words.len().saturating_sub(2 * LISTED);
            if rest > 0 {
                writeln!(
                    f,
                    "  and {rest} other words, {} of them not understood",
                    unknown.len().saturating_sub(2 * LISTED)
                )?;
            }
        }
        shares(f, "OUTCOMES of purchases", &self.outcomes)
    }

    fn write_sizes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |sizes: &[Share]| percent(total(sizes));
        writeln!(
            f,
            "\nSIZE LABELS: {} of the rows understood, {} not",
            share(&self.sizes),
            share(&self.unknown_sizes)
        )?;
        list(f, &self.sizes)?;
        if !self.unknown_sizes.is_empty() {
            writeln!(f, "  not understood:")?;
            list(f, &self.unknown_sizes)?;
        }
        Ok(())
    }

    /// The report as JSON.
    pub fn json(&self) -> Value {
        let of = |findings: &[Finding]| findings.iter().map(finding_json).collect::<Vec<_>>();
        let share = total;
        json!({
            "files": self.files.iter()
                .map(|(path, form)| json!({ "path": path, "form": form }))
                .collect::<Vec<_>>(),
            "rows": self.rows_read,
            "purchases": self.purchases,
            "customers": self.customers,
            "articles": self.articles,
            "catalogue_articles": self.catalogue,
            "columns": self.columns,
            "measurements": self.measurements,
            "left_out": of(&self.left_out),
            "guesses": of(&self.guesses),
            "warnings": of(&self.warnings),
            "outcome_words": self.words,
            "outcomes": self.outcomes,
            "sizes": {
                "understood": { "share": share(&self.sizes), "labels": self.sizes },
                "not_understood": { "share": share(&self.unknown_sizes), "labels": self.unknown_sizes },
            },
            "systems": self.systems,
            "groups": self.groups,
            "not_understood": self.not_understood(),
        })
    }
}

fn finding_json(finding: &Finding) -> Value {
    let first = finding.first.as_ref().map(|example| {
        let (RowNumber::Line(number) | RowNumber::Row(number)) = example.row;
        json!({ "file": example.file, "row": number })
    });
    json!({ "what": finding.what, "rows": finding.rows, "first": first })
}

fn findings(f: &mut fmt::Formatter<'_>, title: &str, findings: &[Finding]) -> fmt::Result {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}")?;
    findings.iter().try_for_each(|finding| writeln!(f, "  {finding}"))
}

fn shares(f: &mut fmt::Formatter<'_>, title: &str, shares: &[Share]) -> fmt::Result {
    if shares.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}")?;
    list(f, shares)
}

/// The most frequent values, and how many others there are.
fn list(f: &mut fmt::Formatter<'_>, shares: &[Share]) -> fmt::Result {
    for share in shares.iter().take(LISTED) {
        writeln!(f, "  {:>6}  {}", percent(share.share), shown(&share.value))?;
    }
    match shares.len().saturating_sub(LISTED) {
        0 => Ok(()),
        rest => writeln!(f, "  and {rest} others"),
    }
}

/// The share of all values together. The sum of nothing would be -0.
fn total(shares: &[Share]) -> f64 {
    shares.iter().fold(0.0, |sum, share| sum + share.share)
}

/// A share in per cent: "12.5 %".
fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}
