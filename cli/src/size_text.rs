//! What training found out about a shop's sizes, as text.

use inseam::size::System;
use inseam::train::{BodySource, PositionSource, RunReport, SizeReport};
use inseam_io::progress::count;
use std::fmt::Write;

/// The text lists so many runs, and so many labels that were not understood.
const LISTED_RUNS: usize = 24;
const LISTED_LABELS: usize = 12;

/// The report as lines of text: the size runs by fit group, then what was not understood, and how
/// to correct it in the pipeline file.
pub(crate) fn size_text(report: &SizeReport) -> String {
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _ = write_sizes(&mut out, report);
    out
}

fn write_sizes(out: &mut String, report: &SizeReport) -> std::fmt::Result {
    let share = |n: u64| 100.0 * n as f64 / report.purchases.max(1) as f64;
    writeln!(out, "SIZES of {} purchases", count(report.purchases))?;
    if let Some(groups) = report.groups_as_categories {
        writeln!(
            out,
            "  {groups} fit groups are more than a model can have, so they count as categories. Map them to fewer under\n  \
             [history.groups], or name the column `category` instead of `group`."
        )?;
    }
    if report.runs.iter().any(|run| run.group_is_found) {
        writeln!(
            out,
            "  fit groups found by the sizes that articles are sold in and by who buys them; a column with the kind of\n  \
             garment, mapped to `group` under [history.columns], would be more certain"
        )?;
    }
    let mut group = "";
    for run in report.runs.iter().take(LISTED_RUNS) {
        if run.group != group {
            writeln!(out, "  {:?}", run.group)?;
            group = &run.group;
        }
        write_run(out, run, share(run.purchases))?;
    }
    if report.runs.len() > LISTED_RUNS {
        writeln!(out, "  and {} runs more", report.runs.len() - LISTED_RUNS)?;
    }
    write_bodies(out, report)?;
    let unread = report.purchases_not_understood();
    if unread == 0 {
        return writeln!(out, "  every size was understood");
    }
    let labels: Vec<String> = report
        .not_understood
        .iter()
        .take(LISTED_LABELS)
        .map(|(label, purchases)| format!("{label:?} ({})", count(*purchases)))
        .collect();
    let more = report.not_understood.len().saturating_sub(LISTED_LABELS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    writeln!(
        out,
        "  NOT UNDERSTOOD: {:.2} % of the purchases: {}{more}\n  \
         Their positions come from who buys them alone. Write such sizes like M, 38, 8.5, W32/L34 or 75B, or map the\n  \
         column with the sizes to `size` under [history.columns], if this is another one.",
        share(unread),
        labels.join(", ")
    )
}

/// Which fit groups height, weight and age tell the size in, and by what.
fn write_bodies(out: &mut String, report: &SizeReport) -> std::fmt::Result {
    for (source, by) in [
        (BodySource::Charts, "height, weight and age tell the size by size charts"),
        (BodySource::Standards, "height, weight and age tell the size by public standards"),
        (
            BodySource::Spread,
            "height, weight and age tell the size by its spread among the customers; size charts would tell more",
        ),
        (BodySource::Nothing, "nothing relates the sizes to bodies; size charts would"),
    ] {
        let of_source = report.bodies.iter().filter(|(_, of_group)| *of_group == source);
        let groups: Vec<String> = of_source.map(|(group, _)| format!("{group:?}")).collect();
        if !groups.is_empty() {
            writeln!(out, "  {by}: {}", groups.join(", "))?;
        }
    }
    Ok(())
}

fn write_run(out: &mut String, run: &RunReport, share: f64) -> std::fmt::Result {
    let source = match run.source {
        PositionSource::Table => "a public table",
        PositionSource::Labels => "letters, numbers and purchases",
    };
    let system = match run.system {
        System::Unspecified => String::new(),
        system => format!(", {}", system.name().trim_start_matches("WearableSizeSystem")),
    };
    let labels: Vec<&str> = run
        .labels
        .iter()
        .filter(|(_, purchases)| *purchases * 200 >= run.purchases)
        .map(|(label, _)| label.as_str())
        .collect();
    let rare = run.labels.len() - labels.len();
    let rare = if rare > 0 { format!(" and {rare} rare ones") } else { String::new() };
    writeln!(
        out,
        "    {share:5.1} %, {} articles{system}: {}{rare}; placed by {source}",
        count(run.articles as u64),
        labels.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> SizeReport {
        SizeReport {
            purchases: 200,
            groups_as_categories: None,
            runs: vec![RunReport {
                group: "S to L".into(),
                group_is_found: true,
                system: System::Eu,
                source: PositionSource::Labels,
                articles: 7,
                purchases: 190,
                labels: [("S", 90), ("M", 60), ("L", 40)].map(|(l, n)| (l.to_owned(), n)).to_vec(),
            }],
            not_understood: vec![("gigantic".into(), 10)],
            bodies: vec![("S to L".into(), BodySource::Spread)],
        }
    }

    #[test]
    fn runs_and_what_was_not_understood_are_listed_with_their_shares() {
        let text = size_text(&report());
        for part in [
            "\"S to L\"",
            " 95.0 %, 7 articles, Europe: S M L; placed by letters, numbers and purchases",
            "NOT UNDERSTOOD: 5.00 % of the purchases: \"gigantic\" (10)",
            "[history.columns]",
            "by its spread among the customers; size charts would tell more: \"S to L\"",
        ] {
            assert!(text.contains(part), "{part:?} is missing in\n{text}");
        }
    }

    #[test]
    fn a_report_without_surprises_says_so() {
        let text = size_text(&SizeReport { not_understood: Vec::new(), ..report() });
        assert!(text.ends_with("every size was understood\n"), "{text}");
    }
}
