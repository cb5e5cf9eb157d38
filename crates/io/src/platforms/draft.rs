//! Writes a pipeline file for a shop's files, with what was found in them and what is unsure.

use super::examine::{ExaminedTable, girths};
use super::layouts::Role;
use super::matching::best_match;
use super::outcome_lines::{write_outcomes, write_reasons};
use super::profile::SAMPLE_ROWS;
use super::toml_text::{TomlText, one_or_many, quoted};
use super::words::{percent, sizes};
use crate::progress::count;
use crate::vocabulary::StandardColumn;
use std::path::Path;

/// A pipeline file for a shop's files.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The text of the file.
    pub text: String,
    /// What a person must still decide; the lines are marked `# TODO:`.
    pub open: Vec<String>,
}

/// The tables by their use in the pipeline.
struct Tables<'a> {
    history: &'a ExaminedTable,
    returns: Option<&'a ExaminedTable>,
    catalogue: Option<&'a ExaminedTable>,
    charts: Option<&'a ExaminedTable>,
    unused: Vec<&'a ExaminedTable>,
}

/// Writes the pipeline file for these tables. `path` returns a file's path as the pipeline file
/// should name it, and `model` is the name of the model file. `None` if no table has purchases.
pub fn draft(
    tables: &[ExaminedTable],
    path: impl Fn(&Path) -> String,
    model: &str,
) -> Option<Draft> {
    let tables = assign(tables)?;
    let mut out = TomlText::default();
    out.comment("A pipeline file, written by `inseam init`. docs/pipeline.md explains every key.");
    out.comment("Keep it under version control, and correct what is wrong: what is behind a # is a comment.");
    let paths = |table: &ExaminedTable| {
        let paths: Vec<String> = table.paths.iter().map(|file| path(file)).collect();
        one_or_many(paths.iter().map(String::as_str))
    };
    write_history(&mut out, &tables, &paths(tables.history));
    if let Some(returns) = tables.returns {
        write_returns(&mut out, returns, tables.history, &paths(returns));
    }
    if let Some(catalogue) = tables.catalogue {
        write_catalogue(&mut out, catalogue, tables.history, &paths(catalogue));
    }
    if let Some(charts) = tables.charts {
        out.table("charts");
        introduce(&mut out, charts);
        out.comment(&format!("Girths: {}.", girths(&charts.profile).join(", ")));
        out.key("path", &paths(charts), "");
        out.key("unit", "\"cm\"", "\"in\" for inches");
    }
    write_settings(&mut out, &tables, model);
    for table in &tables.unused {
        out.todo("", &format!("{} is not used: {}", paths(table), table.description()));
    }
    let open = std::mem::take(&mut out.open);
    Some(Draft { text: out.finish(), open })
}

/// Decides which table is the history. Without purchases, the returns alone are a history.
fn assign(tables: &[ExaminedTable]) -> Option<Tables<'_>> {
    let largest = |role| {
        let tables = tables.iter().filter(move |table| table.role == role);
        tables.max_by_key(|table| table.profile.rows)
    };
    let (orders, returns) = (largest(Role::Orders), largest(Role::Returns));
    let history = orders.or(returns)?;
    let returns = returns.filter(|_| orders.is_some());
    let catalogue = largest(Role::Catalogue);
    let charts = largest(Role::Charts);
    let used = [Some(history), returns, catalogue, charts];
    let is_used =
        |table: &&ExaminedTable| used.into_iter().flatten().any(|u| std::ptr::eq(u, *table));
    let unused = tables.iter().filter(|table| !is_used(table)).collect();
    Some(Tables { history, returns, catalogue, charts, unused })
}

/// What a table is, how many rows were examined, how its files are written.
fn introduce(out: &mut TomlText, table: &ExaminedTable) {
    let rows = table.profile.rows;
    let first = if rows >= SAMPLE_ROWS { "the first " } else { "" };
    let mut forms = table.forms.clone();
    forms.dedup();
    out.comment(&format!(
        "{}; {first}{} rows examined; {}",
        table.description(),
        count(rows),
        forms.join("; ")
    ));
}

fn write_history(out: &mut TomlText, tables: &Tables<'_>, paths: &str) {
    let table = tables.history;
    out.table("history");
    introduce(out, table);
    if table.role == Role::Returns {
        out.comment("It has returns alone. Add the orders, so that training knows what was kept.");
    }
    out.key("path", paths, "");
    write_conditions(out, table);
    write_fill(out, table);
    out.key("unusable", "\"leave_out\"", "rows without a size and the like; \"stop\" refuses them");
    out.table("history.columns");
    write_customers(out, table);
    write_articles(out, table);
    let described =
        tables.catalogue.is_some_and(|c| c.columns.get(StandardColumn::Group).is_some());
    let groups = if described { "" } else { "without it, training finds the groups" };
    let optional = [
        (StandardColumn::OrderId, "without it, sizes ordered together are not compared"),
        (StandardColumn::LineId, ""),
        (StandardColumn::Quantity, ""),
        (
            StandardColumn::OrderedAt,
            "without it, nothing is known about changes and return windows",
        ),
        (StandardColumn::Group, groups),
        (StandardColumn::Category, ""),
        (StandardColumn::Brand, ""),
        (StandardColumn::SizeSystem, ""),
    ];
    for (column, missing) in optional {
        write_optional(out, table, column, missing);
    }
    write_outcomes(out, table, tables.returns.is_some());
}

fn write_optional(
    out: &mut TomlText,
    table: &ExaminedTable,
    column: StandardColumn,
    missing: &str,
) {
    let found = table.columns.get(column);
    match found.and_then(|name| table.profile.column(name)) {
        Some(profile) => {
            out.key(column.name(), &quoted(&profile.name), &filled(table, &profile.name))
        }
        None if missing.is_empty() => {}
        None => out.comment(&format!("{:<11} not found: {missing}", column.name())),
    }
}

/// How much of a column has values, if not all.
fn filled(table: &ExaminedTable, name: &str) -> String {
    let Some(column) = table.profile.column(name) else { return String::new() };
    if column.filled == table.profile.rows || table.is_completed(name) {
        return String::new();
    }
    format!("{} filled", percent(column.filled as f64 / table.profile.rows.max(1) as f64))
}

fn write_customers(out: &mut TomlText, table: &ExaminedTable) {
    let Some(name) = table.columns.get(StandardColumn::CustomerId) else {
        match table.columns.get(StandardColumn::OrderId) {
            Some(order) => {
                let note = "no customers in the file: each order counts as a customer";
                out.key("customer_id", &quoted(order), note);
            }
            None => out.todo("customer_id = \"?\"", "which column has the customer's id?"),
        }
        return;
    };
    let others = table.columns.other_customers.iter().map(String::as_str);
    let names: Vec<&str> = std::iter::once(name).chain(others).collect();
    let order = table.columns.get(StandardColumn::OrderId) == Some(name);
    let note = match (order, names.len()) {
        (true, _) => "no customers in the file: each order counts as a customer",
        (_, 1) => "",
        _ => "the second where the first is empty or a guest",
    };
    out.key("customer_id", &one_or_many(names), note);
}

fn write_articles(out: &mut TomlText, table: &ExaminedTable) {
    let article = table.columns.get(StandardColumn::ArticleId);
    let size = table.columns.get(StandardColumn::Size);
    match article {
        Some(name) => {
            let note = if article == size { "the name without its variant" } else { "" };
            out.key("article_id", &quoted(name), note);
        }
        None => out.todo("article_id = \"?\"", "which column has the article's id?"),
    }
    match size.and_then(|name| table.profile.column(name)) {
        Some(column) => {
            let from = if table.columns.sizes_in_names { "in the names of variants: " } else { "" };
            out.key("size", &quoted(&column.name), &format!("{from}{}", sizes(column)));
        }
        None => out.todo("size        = \"?\"", "which column has the sizes?"),
    }
}

/// The conditions of the export, for the columns that the file has.
fn write_conditions(out: &mut TomlText, table: &ExaminedTable) {
    let Some(layout) = table.layout else { return };
    let conditions = layout.conditions.iter().filter_map(|(header, value)| {
        let name = table.header(header)?;
        // A condition that no row meets would leave nothing.
        let column = table.profile.column(name)?;
        let possible = if value.is_empty() {
            column.filled < table.profile.rows
        } else {
            column.texts().any(|text| text.eq_ignore_ascii_case(value))
        };
        possible.then(|| format!("{} = {}", quoted(name), quoted(value)))
    });
    let conditions: Vec<String> = conditions.collect();
    if !conditions.is_empty() {
        out.comment("Only delivered garments: \"\" is an empty cell.");
        out.key("where", &format!("{{ {} }}", conditions.join(", ")), "");
    }
}

/// The columns that only the first of several rows has.
fn write_fill(out: &mut TomlText, table: &ExaminedTable) {
    let Some((by, headers)) = table.layout.and_then(|layout| layout.fill) else { return };
    let Some(by) = table.header(by) else { return };
    let incomplete = headers.iter().filter_map(|header| table.header(header));
    let incomplete = incomplete
        .filter(|name| table.profile.column(name).is_some_and(|c| c.filled < table.profile.rows))
        .filter(|name| table.uses(name));
    let names: Vec<String> = incomplete.map(quoted).collect();
    if !names.is_empty() {
        out.comment(&format!("Empty cells of these columns have the value of the same {by}."));
        out.key(
            "fill",
            &format!("{{ by = {}, columns = [{}] }}", quoted(by), names.join(", ")),
            "",
        );
    }
}

fn write_returns(out: &mut TomlText, table: &ExaminedTable, history: &ExaminedTable, paths: &str) {
    out.table("returns");
    introduce(out, table);
    out.key("path", paths, "");
    out.table("returns.columns");
    let order = best_match(table, history, StandardColumn::OrderId);
    match order {
        Some((name, share)) if share > 0.05 => {
            let note = format!("{} of its orders are in the history", percent(share));
            out.key("order_id", &quoted(name), &note);
        }
        _ => out.todo("order_id    = \"?\"", "which column has the orders of the history?"),
    }
    if let Some((name, share)) = best_match(table, history, StandardColumn::ArticleId)
        && share > 0.05
    {
        let note = format!("{} of its articles are in the history", percent(share));
        out.key("article_id", &quoted(name), &note);
    } else {
        out.key("article_id", "\"\"", "no column has the articles of the history");
    }
    for column in [StandardColumn::Size, StandardColumn::LineId] {
        if let Some(profile) = table.columns.get(column).and_then(|name| table.profile.column(name))
        {
            let note = if column == StandardColumn::Size { sizes(profile) } else { String::new() };
            out.key(column.name(), &quoted(&profile.name), &note);
        }
    }
    match table.columns.get(StandardColumn::Outcome) {
        Some(name) => {
            out.key("reason", &quoted(name), &filled(table, name));
            write_reasons(out, table);
        }
        None => out.comment("reason      not found: every return is an unknown_reason"),
    }
}

fn write_catalogue(
    out: &mut TomlText,
    table: &ExaminedTable,
    history: &ExaminedTable,
    paths: &str,
) {
    out.table("catalogue");
    introduce(out, table);
    out.key("path", paths, "");
    write_fill(out, table);
    out.table("catalogue.columns");
    match best_match(table, history, StandardColumn::ArticleId) {
        Some((name, share)) if share > 0.05 => {
            let note = format!("{} of its articles are in the history", percent(share));
            out.key("article_id", &quoted(name), &note);
        }
        _ => match table.columns.get(StandardColumn::ArticleId) {
            Some(name) => {
                let line = format!("article_id  = {}", quoted(name));
                out.todo(
                    &line,
                    "no article of the history is in this column: is it the right one?",
                );
            }
            None => out.todo("article_id  = \"?\"", "which column has the article's id?"),
        },
    }
    match table.columns.get(StandardColumn::Sizes).and_then(|name| table.profile.column(name)) {
        Some(column) => out.key("sizes", &quoted(&column.name), &sizes(column)),
        None => out.todo("sizes       = \"?\"", "which column has the sizes of the article?"),
    }
    let described = [
        StandardColumn::Group,
        StandardColumn::Category,
        StandardColumn::Brand,
        StandardColumn::SizeSystem,
    ];
    for column in described {
        write_optional(out, table, column, "");
    }
}

fn write_settings(out: &mut TomlText, tables: &Tables<'_>, model: &str) {
    out.table("train");
    if tables.history.columns.get(StandardColumn::OrderedAt).is_some() {
        out.comment("The number of days in which customers may return something: younger purchases do not count.");
        out.comment("return_window_days = 30");
    }
    out.comment("The public model says nothing of its own about articles with fewer customers:");
    out.comment("min_customers = 20");
    out.table("model");
    out.key("out", &quoted(model), "the public model; private files are written beside it");
}
