//! Selects some rows of a history as a history of their own.

use inseam::train::{Coded, Columns, MeasurementColumn};

/// The rows for which `keep` is true, in their order. The catalogue stays whole. The texts of the
/// customers must be their ids.
pub fn select_rows(columns: &Columns, keep: &[bool]) -> Columns {
    fn optional<T: Clone>(column: &Option<Coded<T>>, keep: &[bool]) -> Option<Coded<T>> {
        column.as_ref().map(|column| select_coded(column, keep))
    }
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
        order: optional(&columns.order, keep),
        line: optional(&columns.line, keep),
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

fn select<T: Copy>(values: &[T], keep: &[bool]) -> Vec<T> {
    values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| *value).collect()
}

/// Selects rows of a coded column, and only the values that these rows have.
fn select_coded<T: Clone>(coded: &Coded<T>, keep: &[bool]) -> Coded<T> {
    let mut new_code = vec![Coded::MISSING; coded.values.len()];
    let mut values = Vec::new();
    let kept = coded.codes.iter().zip(keep).filter(|(_, keep)| **keep);
    let codes = kept.map(|(&code, _)| {
        let Some(new) = new_code.get_mut(code as usize) else { return Coded::MISSING };
        if *new == Coded::MISSING {
            *new = values.len() as u32;
            values.push(coded.values[code as usize].clone());
        }
        *new
    });
    Coded { codes: codes.collect(), values }
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
    }
}
