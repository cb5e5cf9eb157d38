//! The size system of each row: the shop's own where a row has none, and labels that name their
//! system where one article is sold in several.

use inseam::size::{Axis, Label, System, position};
use inseam::train::{Coded, Columns};
use std::collections::{BTreeSet, HashMap};

/// Gives this system to rows and articles of the catalogue that have none.
pub(super) fn fill(columns: &mut Columns, default: System) {
    let rows = columns.outcome.len();
    let systems = columns
        .system
        .get_or_insert_with(|| Coded { values: Vec::new(), codes: vec![Coded::MISSING; rows] });
    let known = systems.values.iter().position(|system| *system == default);
    let code = known.unwrap_or_else(|| {
        systems.values.push(default);
        systems.values.len() - 1
    }) as u32;
    let values = &systems.values;
    let none =
        |code: u32| values.get(code as usize).is_none_or(|system| *system == System::Unspecified);
    systems.codes.iter_mut().filter(|code| none(**code)).for_each(|c| *c = code);
    for entry in &mut columns.catalogue {
        if entry.system == System::Unspecified {
            entry.system = default;
        }
    }
}

/// Names the system in the labels of articles that have rows of several systems, where the system
/// changes what the label means: 40 becomes FR 40. Returns the rows whose labels it has changed.
pub(super) fn qualify(columns: &mut Columns) -> Vec<u32> {
    let Some(systems) = &columns.system else { return Vec::new() };
    if systems.values.iter().collect::<std::collections::HashSet<_>>().len() < 2 {
        return Vec::new();
    }
    let mut of_article: HashMap<u32, BTreeSet<System>> = HashMap::new();
    for (row, &article) in columns.article.codes.iter().enumerate() {
        if let Some(&system) = systems.value(row).filter(|s| **s != System::Unspecified) {
            of_article.entry(article).or_default().insert(system);
        }
    }
    of_article.retain(|_, systems| systems.len() > 1);
    if of_article.is_empty() {
        return Vec::new();
    }
    let mut changed = Vec::new();
    // The new code of each label, by system, group and the systems of the article.
    let mut codes: HashMap<(u32, System, u32, &BTreeSet<System>), u32> = HashMap::new();
    let sizes = &mut columns.size;
    for row in 0..sizes.codes.len() {
        let Some(all) = of_article.get(&columns.article.codes[row]) else { continue };
        let Some(&system) = systems.value(row) else { continue };
        let group = columns.group.as_ref().map_or(Coded::MISSING, |group| group.codes[row]);
        let old = sizes.codes[row];
        let code = *codes.entry((old, system, group, all)).or_insert_with(|| {
            let axis = Axis::guess(columns.group.as_ref().map_or("", |group| group.text(row)));
            let Some(label) = sizes
                .values
                .get(old as usize)
                .and_then(|label| qualified(label, system, all, axis))
            else {
                return old;
            };
            sizes.values.push(label);
            sizes.values.len() as u32 - 1
        });
        if code != old {
            sizes.codes[row] = code;
            changed.push(row as u32);
        }
    }
    changed
}

/// The label with its system; `None` if it means the same in all of these systems.
fn qualified(label: &Label, system: System, all: &BTreeSet<System>, axis: Axis) -> Option<Label> {
    let here = position(label.as_str(), system, axis)?;
    let differs = |other: &System| position(label.as_str(), *other, axis) != Some(here);
    if system == System::Unspecified || !all.iter().any(differs) {
        return None;
    }
    let name = match system {
        System::Eu => "EU",
        System::De => "DE",
        System::Fr => "FR",
        System::It => "IT",
        System::Uk => "UK",
        System::Us => "US",
        System::Au => "AU",
        System::Jp => "JP",
        System::Cn => "CN",
        System::Br => "BR",
        System::Mex => "MX",
        System::Kr => "KR",
        System::Ru => "RU",
        System::Unspecified => return None,
    };
    let qualified = Label::parse(&format!("{name} {}", label.as_str())).ok()?;
    // The label may be one that no system can precede.
    (position(qualified.as_str(), System::Unspecified, axis) == Some(here)).then_some(qualified)
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::outcome::Outcome;
    use inseam::train::CatalogueEntry;

    fn columns(rows: &[(&str, &str, &str)]) -> Columns {
        let sizes: Coded = rows.iter().map(|row| row.1).collect();
        let systems: Coded = rows.iter().map(|row| row.2).collect();
        Columns {
            customer: rows.iter().map(|_| "c").collect(),
            article: rows.iter().map(|row| row.0).collect(),
            size: sizes.map(|size| Label::parse(&size).unwrap()),
            system: Some(systems.map(|system| System::parse(&system).unwrap())),
            group: Some(rows.iter().map(|_| "dresses").collect()),
            outcome: vec![Outcome::Kept; rows.len()],
            ..Columns::default()
        }
    }

    fn labels(columns: &Columns) -> Vec<&str> {
        (0..columns.size.codes.len()).map(|row| columns.size.value(row).unwrap().as_str()).collect()
    }

    #[test]
    fn labels_of_an_article_of_several_systems_name_theirs() {
        let mut history = columns(&[
            ("A", "38", "DE"),
            ("A", "40", "FR"),
            ("A", "12", "UK"),
            ("A", "M", "FR"),
            ("B", "38", "DE"),
            ("C", "40", "FR"),
            ("A", "One Size", "UK"),
        ]);
        assert_eq!(qualify(&mut history), [0, 1, 2]);
        assert_eq!(labels(&history), ["DE 38", "FR 40", "UK 12", "M", "38", "40", "One Size"]);
        let place = |row: usize| {
            position(history.size.value(row).unwrap().as_str(), System::De, Axis::Women)
        };
        assert_eq!([0, 1, 2].map(place), [Some(0.0); 3]);
    }

    #[test]
    fn systems_that_mean_the_same_change_nothing() {
        let mut history = columns(&[("A", "38", "DE"), ("A", "40", "EU")]);
        assert_eq!(qualify(&mut history), Vec::<u32>::new());
    }

    #[test]
    fn the_shops_system_fills_gaps() {
        let mut history = columns(&[("A", "38", "FR"), ("A", "40", "unspecified")]);
        history.catalogue = vec![CatalogueEntry::default()];
        fill(&mut history, System::De);
        let systems = history.system.as_ref().unwrap();
        assert_eq!([0, 1].map(|row| *systems.value(row).unwrap()), [System::Fr, System::De]);
        assert_eq!(history.catalogue[0].system, System::De);
        history.system = None;
        fill(&mut history, System::Uk);
        assert_eq!(history.system.unwrap().value(1), Some(&System::Uk));
    }
}
