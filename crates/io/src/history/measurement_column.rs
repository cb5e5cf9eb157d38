//! Reads a column of measurements: numbers, or words of few kinds.

use super::rejects::Problem;
use super::values::{ReadColumn, Values, compact, name_problem, text_problems, without_missing};
use crate::failure::Failure;
use crate::numbers::parse_number;
use crate::table::{Cells, Coder, NOT_FINITE, number_of_text};
use crate::vocabulary::is_missing;
use inseam::train::{Coded, MeasurementColumn};
use std::path::Path;

/// The largest number of distinct words of a measurement. A column with more of them is neither a
/// number nor a category.
const MAX_CATEGORIES: usize = 1_000;

/// Reads a column of measurements, batch by batch.
#[derive(Default)]
pub(super) struct MeasurementReader {
    parts: Vec<Part>,
    /// The texts of the parts that have texts.
    texts: Coder,
}

/// Consecutive rows of batches of one kind.
enum Part {
    /// Numbers as the files have them; NaN for an empty cell and for a word for a missing value.
    Numbers(Vec<f64>),
    /// So many rows of texts.
    Texts(usize),
}

impl MeasurementReader {
    pub(super) fn push(&mut self, cells: &Cells<'_>) {
        if cells.is_numeric() {
            if !matches!(self.parts.last(), Some(Part::Numbers(_))) {
                self.parts.push(Part::Numbers(Vec::new()));
            }
            if let Some(Part::Numbers(numbers)) = self.parts.last_mut() {
                numbers.extend((0..cells.len()).map(|i| number(cells, i)));
            }
        } else {
            self.parts.push(Part::Texts(cells.len()));
            self.texts.push(cells);
        }
    }

    /// The measurement. It is numeric if the type of its column is, or if more than half of its
    /// distinct texts are numbers; then any other text is a problem. If not, it is a category.
    pub(super) fn finish(
        self,
        index: usize,
        file: &Path,
        column: &str,
    ) -> Result<ReadColumn, Failure> {
        let Self { mut parts, texts } = self;
        if parts.iter().all(|part| matches!(part, Part::Numbers(_))) {
            let numbers = match parts.pop() {
                Some(Part::Numbers(numbers)) => numbers,
                _ => Vec::new(),
            };
            return Ok(numeric(numbers, Vec::new(), index));
        }
        let texts = texts.finish();
        let coded = compact(without_missing(all_texts(&parts, &texts)));
        let are_numbers = coded.values.iter().filter(|word| parse_number(word).is_some()).count();
        if are_numbers * 2 > coded.values.len() {
            let (numbers, problems) = all_numbers(parts, &texts, index);
            return Ok(numeric(numbers, problems, index));
        }
        if coded.values.len() > MAX_CATEGORIES {
            let problem = format!(
                "has {} different words, too many for a category of at most {MAX_CATEGORIES}",
                coded.values.len()
            );
            return Err(Failure::new(problem)
                .in_file(file)
                .column(column)
                .remedy("leave the column out of [history.measurements]"));
        }
        let problems = text_problems(&coded, index, name_problem);
        Ok(ReadColumn { values: Values::Measurement(MeasurementColumn::Word(coded)), problems })
    }
}

/// The number in a cell of a numeric column; NaN for none.
fn number(cells: &Cells<'_>, i: usize) -> f64 {
    match cells.number(i) {
        Ok(number) => number.unwrap_or(f64::NAN),
        Err(_) => cells.text(i).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN),
    }
}

/// The rows of all parts as texts.
fn all_texts(parts: &[Part], texts: &Coded) -> Coded {
    let mut all = Coder::default();
    let mut codes = texts.codes.iter();
    for part in parts {
        match part {
            Part::Numbers(numbers) => numbers.iter().for_each(|&number| {
                let whole = number as i64;
                if number.is_nan() {
                    all.push_text(None);
                } else if whole as f64 == number {
                    all.push_text(Some(&whole.to_string()));
                } else {
                    all.push_text(Some(&number.to_string()));
                }
            }),
            Part::Texts(rows) => codes.by_ref().take(*rows).for_each(|&code| {
                all.push_text(texts.values.get(code as usize).map(String::as_str));
            }),
        }
    }
    all.finish()
}

/// The rows of all parts as numbers, and the problems of the texts that are none.
fn all_numbers(parts: Vec<Part>, texts: &Coded, column: usize) -> (Vec<f64>, Vec<Problem>) {
    let of_text = |text: &String| match number_of_text(text) {
        Err(_) if is_missing(text) => Ok(f64::NAN),
        number => number,
    };
    let known: Vec<Result<f64, &str>> = texts.values.iter().map(of_text).collect();
    let mut codes = texts.codes.iter();
    let (mut all, mut problems) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Part::Numbers(numbers) => all.extend(numbers),
            Part::Texts(rows) => codes.by_ref().take(rows).for_each(|&code| {
                let number = known.get(code as usize).copied().unwrap_or(Ok(f64::NAN));
                let row = all.len() as u32;
                let problem = |what: &str| Problem { row, column, what: what.into() };
                problems.extend(number.err().map(problem));
                all.push(number.unwrap_or(f64::NAN));
            }),
        }
    }
    (all, problems)
}

/// A measurement in numbers. Numbers that are not finite are problems beside those of its texts.
fn numeric(mut numbers: Vec<f64>, mut problems: Vec<Problem>, column: usize) -> ReadColumn {
    for (row, number) in numbers.iter_mut().enumerate().filter(|(_, x)| x.is_infinite()) {
        *number = f64::NAN;
        problems.push(Problem { row: row as u32, column, what: NOT_FINITE.into() });
    }
    ReadColumn { values: Values::Measurement(MeasurementColumn::Number(numbers)), problems }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Array, Float64Array, Int64Array, StringArray};

    /// The measurement of batches with these columns, and its problems.
    fn measured(columns: &[&dyn Array]) -> (MeasurementColumn, Vec<(u32, String)>) {
        let mut reader = MeasurementReader::default();
        columns.iter().for_each(|column| reader.push(&Cells::new(*column).unwrap()));
        let read = reader.finish(0, Path::new("h.csv"), "height").unwrap();
        let Values::Measurement(measurement) = read.values else { panic!("no measurement") };
        let problem = |problem: &Problem| (problem.row, problem.what.to_string());
        (measurement, read.problems.iter().map(problem).collect())
    }

    /// Numbers as text: NaN equals nothing.
    fn numbers(measurement: &MeasurementColumn) -> Vec<String> {
        let MeasurementColumn::Number(numbers) = measurement else { panic!("no numbers") };
        numbers.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn files_of_several_types_are_one_column_of_numbers() {
        let floats = Float64Array::from(vec![Some(1.5), None, Some(f64::INFINITY), Some(f64::NAN)]);
        let texts =
            StringArray::from(vec![Some("170"), Some("n/a"), None, Some("tall"), Some("inf")]);
        let whole = Int64Array::from(vec![180, 181]);
        let (measurement, problems) = measured(&[&floats, &whole, &texts, &whole]);
        assert_eq!(
            numbers(&measurement),
            [
                "1.5", "NaN", "NaN", "NaN", "180", "181", "170", "NaN", "NaN", "NaN", "NaN", "180",
                "181"
            ]
        );
        let expected = [(9, "is not a number"), (10, NOT_FINITE), (2, NOT_FINITE)];
        assert_eq!(problems, expected.map(|(row, what)| (row, what.to_owned())));
        let (measurement, problems) = measured(&[&whole, &floats]);
        assert_eq!(numbers(&measurement), ["180", "181", "1.5", "NaN", "NaN", "NaN"]);
        assert_eq!(problems, [(4, NOT_FINITE.to_owned())]);
        assert!(numbers(&measured(&[]).0).is_empty());
    }

    #[test]
    fn words_stay_words_beside_numbers() {
        let texts = StringArray::from(vec![Some("pear"), Some("-"), Some("apple"), Some("pear")]);
        let (measurement, problems) = measured(&[&texts, &Float64Array::from(vec![2.0, 2.5])]);
        let MeasurementColumn::Word(words) = measurement else { panic!("no words") };
        let rows: Vec<&str> = (0..6).map(|row| words.text(row)).collect();
        assert_eq!(rows, ["pear", "", "apple", "pear", "2", "2.5"]);
        assert_eq!(problems, []);
    }
}
