//! Some rows of a history as a history of their own.

use inseam::train::{Coded, Columns, MeasurementColumn};
use inseam_io::table::filter;

/// The rows for which `keep` holds, in their order. The catalogue goes with them: it is known
/// whoever has bought.
pub fn select(columns: &Columns, keep: &[bool]) -> Columns {
    let words = |coded: &Option<Coded>| coded.as_ref().map(|coded| filter(coded, keep));
    Columns {
        customer: filter(&columns.customer, keep),
        article: filter(&columns.article, keep),
        size: filter(&columns.size, keep),
        outcome: kept(&columns.outcome, keep),
        group: words(&columns.group),
        category: words(&columns.category),
        brand: words(&columns.brand),
        system: words(&columns.system),
        order: words(&columns.order),
        day: columns.day.as_ref().map(|days| kept(days, keep)),
        measurements: columns
            .measurements
            .iter()
            .map(|(name, column)| {
                let column = match column {
                    MeasurementColumn::Number(numbers) => {
                        MeasurementColumn::Number(kept(numbers, keep))
                    }
                    MeasurementColumn::Word(coded) => MeasurementColumn::Word(filter(coded, keep)),
                };
                (name.clone(), column)
            })
            .collect(),
        catalogue: columns.catalogue.clone(),
    }
}

fn kept<T: Copy>(values: &[T], keep: &[bool]) -> Vec<T> {
    values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| *value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use inseam::outcome::Outcome;

    #[test]
    fn every_column_keeps_the_same_rows() {
        let words = |texts: [&str; 3]| texts.iter().collect::<Coded>();
        let columns = Columns {
            customer: words(["c1", "c2", "c1"]),
            article: words(["a", "b", "c"]),
            size: words(["S", "M", "L"]),
            outcome: vec![Outcome::Kept, Outcome::TooSmall, Outcome::TooLarge],
            brand: Some(words(["x", "y", "z"])),
            day: Some(vec![1, 2, 3]),
            measurements: vec![
                ("height".into(), MeasurementColumn::Number(vec![1.5, 1.6, 1.7])),
                ("build".into(), MeasurementColumn::Word(words(["p", "q", "r"]))),
            ],
            ..Columns::default()
        };
        let some = select(&columns, &[true, false, true]);
        assert_eq!((some.customer.values.len(), some.customer.codes.len()), (1, 2));
        assert_eq!(
            [some.article.text(1), some.size.text(1), some.brand.as_ref().unwrap().text(1)],
            ["c", "L", "z"]
        );
        assert_eq!((some.outcome[1], some.day.unwrap()), (Outcome::TooLarge, vec![1, 3]));
        assert_eq!(some.measurements[0].1, MeasurementColumn::Number(vec![1.5, 1.7]));
        let MeasurementColumn::Word(build) = &some.measurements[1].1 else { panic!("a word") };
        assert_eq!((build.text(1), build.values.len()), ("r", 2));
        assert_eq!(select(&columns, &[true; 3]), columns);
    }
}
