//! Writes the outcomes of a pipeline file: the column, what its words mean, and the words that are
//! not understood.

use super::examine::ExaminedTable;
use super::layouts::Role;
use super::toml_text::{TomlText, quoted};
use super::words::{OutcomeWord, may_be_shown, outcome_words, percent};
use crate::vocabulary::{OutcomeKind, OutcomeReader, StandardColumn, folded, is_about_returns};

/// How many words a comment lists, and how many that are not understood get a line.
const LISTED: usize = 20;

/// Writes the column of outcomes and `[history.outcomes]`. `with_returns` says whether another
/// table has the returns.
pub(super) fn write_outcomes(out: &mut TomlText, table: &ExaminedTable, with_returns: bool) {
    let found = table.columns.get(StandardColumn::Outcome);
    let Some(column) = found.and_then(|name| table.profile.column(name)) else {
        let meaning = if with_returns {
            "what [returns] does not list was kept"
        } else {
            "every purchase counts as kept, and training learns from choices alone"
        };
        let candidates =
            table.profile.columns.iter().filter(|c| c.filled > 0 && is_about_returns(&c.name));
        let candidates: Vec<String> = candidates.map(|column| quoted(&column.name)).collect();
        if with_returns {
            out.key("outcome", "\"\"", &format!("no column of outcomes: {meaning}"));
        } else if candidates.is_empty() {
            let question = format!(
                "no column has outcomes, such as kept or too_small. Name it here, or give inseam init \
                 the file of the returns too; without either, {meaning}"
            );
            out.todo("outcome     = \"\"", &question);
        } else {
            let question = format!(
                "does {} tell what came back? Then name it and the meaning of its words; without it, {meaning}",
                candidates.join(" or ")
            );
            out.todo("outcome     = \"\"", &question);
        }
        return;
    };
    let kind = OutcomeReader::new(&column.name, column.texts()).kind();
    out.key("outcome", &quoted(&column.name), kind.description());
    out.table("history.outcomes");
    let words = outcome_words(column);
    write_known(out, &words);
    if table.role == Role::Returns {
        out.key("\"\"", "\"unknown_reason\"", "an empty cell: a return without a reason");
    } else if kind == OutcomeKind::OrderStatus && with_returns {
        for word in words.iter().filter(|word| is_partly_refunded(word.word)) {
            out.key(&quoted(word.word), "\"kept\"", "[returns] lists the lines that came back");
        }
    }
    write_unknown(out, &words);
}

/// Writes what the reasons of a table of returns mean, in `[history.outcomes]`.
pub(super) fn write_reasons(out: &mut TomlText, table: &ExaminedTable) {
    let found = table.columns.get(StandardColumn::Outcome);
    let Some(column) = found.and_then(|name| table.profile.column(name)) else { return };
    let words = outcome_words(column);
    write_known(out, &words);
    write_unknown(out, &words);
}

/// Comments that say what the known words mean.
fn write_known(out: &mut TomlText, words: &[OutcomeWord<'_>]) {
    out.comment("What its words mean. A word that should mean something else needs a line under [history.outcomes].");
    for word in words.iter().filter(|word| may_be_shown(word.word)).take(LISTED) {
        if let Some(outcome) = word.outcome {
            let line = format!("{} = {}", quoted(word.word), quoted(outcome.name()));
            out.comment(&format!("{line}  {}", percent(word.share)));
        }
    }
}

/// The words that are not understood. Their rows are left out until someone says what they mean.
fn write_unknown(out: &mut TomlText, words: &[OutcomeWord<'_>]) {
    let unknown: Vec<&OutcomeWord<'_>> =
        words.iter().filter(|word| word.outcome.is_none()).collect();
    let (shown, hidden): (Vec<&OutcomeWord<'_>>, Vec<_>) =
        unknown.into_iter().partition(|word| may_be_shown(word.word));
    for word in shown.iter().take(LISTED) {
        let line = format!("# {} = \"other_reason\"", quoted(word.word));
        let share = percent(word.share);
        out.todo(
            &line,
            &format!("what does {} mean ({share} of the cells)? It is left out", quoted(word.word)),
        );
    }
    let rest = shown.len().saturating_sub(LISTED) + hidden.len();
    if rest > 0 {
        let listed = shown.iter().skip(LISTED).chain(&hidden);
        let share: f64 = listed.map(|word| word.share).sum();
        out.comment(&format!(
            "{rest} other texts, {} of the cells, are not understood either; `inseam check` lists them.",
            percent(share)
        ));
    }
}

/// Whether a status says that some lines of an order came back, and not which.
fn is_partly_refunded(word: &str) -> bool {
    let word = folded(word).unwrap_or_default();
    matches!(word.as_str(), "partiallyrefunded" | "wcpartiallyrefunded" | "partiallyreturned")
}
