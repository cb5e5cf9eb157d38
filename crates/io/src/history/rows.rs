//! Selects some rows of a history as a history of their own.

use inseam::train::{Coded, Columns, IdDigest, MeasurementColumn};

/// The rows for which `keep` is true, in their order. The catalogue stays whole. The texts of the
/// customers must be their ids.
pub fn select_rows(columns: &Columns, keep: &[bool]) -> Columns {
    fn optional<T: Clone>(column: &Option<Coded<T>>, keep: &[bool]) -> Option<Coded<T>> {
        column.as_ref().map(|column| select_coded(column, keep))
    }
    let ids = |ids: &Option<Vec<IdDigest>>| ids.as_ref().map(|ids| select(ids, keep));
    let measurement = |column: &MeasurementColumn| match column {
        MeasurementColumn::Number(numbers) => MeasurementColumn::Number(select(numbers, keep)),
        MeasurementColumn::Word(words) => MeasurementColumn::Word(select_coded(words, keep)),
    };
    Columns {
        customer: select_coded(&columns.customer, keep),
        sample_ranks: None,
        article: select_coded(&columns.article, keep),
        size: select_coded(&columns.size, keep),
        outcome: select(&columns.outcome, keep),
        group: optional(&columns.group, keep),
        category: optional(&columns.category, keep),
        brand: optional(&columns.brand, keep),
        system: optional(&columns.system, keep),
        order: ids(&columns.order),
        line: ids(&columns.line),
        day: columns.day.as_ref().map(|days| select(days, keep)),
        measurements: columns
            .measurements
            .iter()
            .map(|(name, column)| (name.clone(), measurement(column)))
            .collect(),
        catalogue: columns.catalogue.clone(),
        charts: columns.charts.clone(),
    }
}

/// As [`select_rows`], in place: a large history is in memory once.
pub fn retain_rows(columns: &mut Columns, keep: &[bool]) {
    columns.sample_ranks = None;
    retain_coded(&mut columns.customer, keep);
    retain_coded(&mut columns.article, keep);
    retain_coded(&mut columns.size, keep);
    retain(&mut columns.outcome, keep);
    for column in [&mut columns.group, &mut columns.category, &mut columns.brand] {
        column.iter_mut().for_each(|column| retain_coded(column, keep));
    }
    columns.system.iter_mut().for_each(|systems| retain_coded(systems, keep));
    for column in [&mut columns.order, &mut columns.line] {
        column.iter_mut().for_each(|ids| retain(ids, keep));
    }
    columns.day.iter_mut().for_each(|days| retain(days, keep));
    for (_, column) in &mut columns.measurements {
        match column {
            MeasurementColumn::Number(numbers) => retain(numbers, keep),
            MeasurementColumn::Word(words) => retain_coded(words, keep),
        }
    }
}

fn select<T: Copy>(values: &[T], keep: &[bool]) -> Vec<T> {
    values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| *value).collect()
}

/// Selects rows of a coded column, and only the values that these rows have.
fn select_coded<T: Clone>(coded: &Coded<T>, keep: &[bool]) -> Coded<T> {
    let mut codes = select(&coded.codes, keep);
    let used = renumber(&mut codes, coded.values.len());
    Coded { codes, values: used.iter().map(|&old| coded.values[old].clone()).collect() }
}

/// The values of the rows for which `keep` is true.
pub(super) fn retain<T>(values: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    values.retain(|_| keep.next().is_some_and(|keep| *keep));
}

fn retain_coded<T>(coded: &mut Coded<T>, keep: &[bool]) {
    retain(&mut coded.codes, keep);
    let used = renumber(&mut coded.codes, coded.values.len());
    let mut values: Vec<Option<T>> =
        std::mem::take(&mut coded.values).into_iter().map(Some).collect();
    coded.values.extend(used.iter().filter_map(|&old| values[old].take()));
}

/// Numbers the codes in the order of their first appearance. Returns the old code of each new one.
fn renumber(codes: &mut [u32], values: usize) -> Vec<usize> {
    let mut new_code = vec![Coded::MISSING; values];
    let mut used = Vec::new();
    for code in codes {
        let old = *code as usize;
        *code = match new_code.get_mut(old) {
            None => Coded::MISSING,
            Some(new) => {
                if *new == Coded::MISSING {
                    *new = used.len() as u32;
                    used.push(old);
                }
                *new
            }
        };
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::outcome::Outcome;
    use inseam::size::Label;

    #[test]
    fn every_column_keeps_the_same_rows() {
        let words = |texts: [&str; 3]| texts.iter().collect::<Coded>();
        let columns = Columns {
            customer: words(["c1", "c2", "c1"]),
            article: words(["a", "b", "c"]),
            size: words(["S", "M", "L"]).map(|size| Label::parse(&size).unwrap()),
            outcome: vec![Outcome::Kept, Outcome::TooSmall, Outcome::TooLarge],
            brand: Some(words(["x", "y", "z"])),
            order: Some(["o1", "o2", "o3"].map(IdDigest::of).to_vec()),
            day: Some(vec![1, 2, 3]),
            measurements: vec![
                ("height".into(), MeasurementColumn::Number(vec![1.5, 1.6, 1.7])),
                ("build".into(), MeasurementColumn::Word(words(["p", "q", "r"]))),
            ],
            ..Columns::default()
        };
        let some = select_rows(&columns, &[true, false, true]);
        assert_eq!((some.customer.values.len(), some.customer.codes.len()), (1, 2));
        assert_eq!(
            [
                some.article.text(1),
                some.size.value(1).unwrap().as_str(),
                some.brand.as_ref().unwrap().text(1)
            ],
            ["c", "L", "z"]
        );
        assert_eq!((some.outcome[1], some.day.unwrap()), (Outcome::TooLarge, vec![1, 3]));
        assert_eq!(some.measurements[0].1, MeasurementColumn::Number(vec![1.5, 1.7]));
        let MeasurementColumn::Word(build) = &some.measurements[1].1 else { panic!("a word") };
        assert_eq!((build.text(1), build.values.len()), ("r", 2));
        assert_eq!(select_rows(&columns, &[true; 3]), columns);
        for keep in [[true, false, true], [false, true, true], [true; 3]] {
            let mut retained = columns.clone();
            retain_rows(&mut retained, &keep);
            assert_eq!(retained, select_rows(&columns, &keep));
        }
    }
}
