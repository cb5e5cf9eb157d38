//! A column of dates. All its values together tell the day from the month in dates like 31/01/2024.

use super::parse::{
    day_of_number, days, ends_date, full_year, iso_date, one_or_two_digits, parse_day,
};
use crate::failure::Failure;
use serde::Deserialize;

/// The first and the last day that a purchase may have: 1990-01-01 and 2100-12-31.
const PLAUSIBLE: std::ops::RangeInclusive<i64> = 7_305..=47_846;
/// The years of these days.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
/// The numbers that spreadsheets have for these days, and the number of 1970-01-01.
const EXCEL: std::ops::RangeInclusive<i64> = 32_874..=73_415;
const EXCEL_EPOCH: i64 = 25_569;

/// The order of day, month and year in the dates of a table: `date_order` in the pipeline file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 31/01/2024.
    DayFirst,
    /// 01/31/2024.
    MonthFirst,
    /// 24/01/31, with years of two digits.
    YearFirst,
    /// Days since the end of 1899, as spreadsheets count them: 45322.
    Excel,
}

/// What is wrong with the date in a row, as the end of a sentence that begins with its value.
pub type DayProblem = (u32, &'static str);

/// The problems of a column's rows.
pub type DayProblems = Vec<DayProblem>;

const EMPTY: &str = "counts as empty: every row needs a date";
const NOT_A_DATE: &str =
    "is not a date: expected one like 2024-01-31, with or without a time, or seconds since 1970";
const NOT_IN_ORDER: &str =
    "is not a date in the order that date_order, or the rest of the column, says";
const OUTSIDE: &str = "is not between the years 1990 and 2100";
const SERIAL: &str = "is not a date; if it is a day as spreadsheets count them, set date_order = \"excel\" in the pipeline file";
const SHORT_YEAR: &str = "has a year of two digits: set date_order = \"day-first\", \"month-first\" or \"year-first\" in the pipeline file";

/// A date of three numbers, like 31/01/2024.
#[derive(Clone, Copy)]
struct Numbers {
    row: u32,
    first: i8,
    second: i8,
    year: i16,
    dotted: bool,
}

/// Reads a column of dates, cell by cell.
pub struct DayColumn {
    order: Option<DateOrder>,
    days: Vec<i32>,
    /// The rows whose order is not known yet.
    open: Vec<Numbers>,
    problems: DayProblems,
}

impl DayColumn {
    /// An empty column whose dates have this order, if the pipeline file names one.
    pub fn new(order: Option<DateOrder>) -> Self {
        Self { order, days: Vec::new(), open: Vec::new(), problems: Vec::new() }
    }

    fn problem(&mut self, problem: &'static str) {
        self.problems.push((self.days.len() as u32, problem));
        self.days.push(0);
    }

    /// Adds the row of a day since 1970-01-01.
    pub fn push_day(&mut self, day: i64) {
        match i32::try_from(day).ok().filter(|_| PLAUSIBLE.contains(&day)) {
            Some(day) => self.days.push(day),
            None => self.problem(OUTSIDE),
        }
    }

    /// Adds the row of an empty cell.
    pub fn push_empty(&mut self) {
        self.problem(EMPTY);
    }

    /// Adds the row of a number.
    pub fn push_number(&mut self, number: f64) {
        if number.is_nan() {
            return self.push_empty();
        }
        self.push_whole_number(number.floor() as i128);
    }

    /// Adds the row of a whole number.
    pub fn push_whole_number(&mut self, number: i128) {
        let serial = i64::try_from(number).is_ok_and(|number| EXCEL.contains(&number));
        match (day_of_number(number), self.order) {
            (_, Some(DateOrder::Excel)) if serial => self.push_day(number as i64 - EXCEL_EPOCH),
            (Some(day), _) => self.push_day(i64::from(day)),
            (None, _) if serial => self.problem(SERIAL),
            (None, _) => self.problem(NOT_A_DATE),
        }
    }

    /// Adds the row of a text without blanks around it.
    pub fn push_text(&mut self, text: &str) {
        if let Some(day) = parse_day(text) {
            return self.push_day(i64::from(day));
        }
        if let Some((first, second, year, dotted)) = three_numbers(text) {
            return self.push_numbers(first, second, year, dotted);
        }
        // A day of a spreadsheet, with the time of day as its fraction.
        match text.replacen(',', ".", 1).parse::<f64>() {
            Ok(number) if EXCEL.contains(&(number as i64)) => self.push_number(number),
            _ => self.problem(NOT_A_DATE),
        }
    }

    fn push_numbers(&mut self, first: i8, second: i8, last: LastNumber, dotted: bool) {
        let year = match (last, self.order) {
            (LastNumber::Year(year), _) => year,
            (LastNumber::Short(_), None) => return self.problem(SHORT_YEAR),
            (LastNumber::Short(day), Some(DateOrder::YearFirst)) => {
                return match days(full_year(first.into()), second, day) {
                    Some(day) => self.push_day(i64::from(day)),
                    None => self.problem(NOT_IN_ORDER),
                };
            }
            (LastNumber::Short(year), Some(_)) => full_year(year.into()),
        };
        let row = self.days.len() as u32;
        self.open.push(Numbers { row, first, second, year, dotted });
        self.days.push(0);
    }

    /// The days of all rows, with 0 for a row with a problem, and the problems in the order of the
    /// rows. `text` returns the text of a row, for the failure of a column whose order is open.
    pub fn finish(
        mut self,
        text: impl Fn(u32) -> String,
    ) -> Result<(Vec<i32>, DayProblems), Failure> {
        let day_first = match self.order {
            Some(DateOrder::DayFirst) => true,
            Some(DateOrder::MonthFirst) => false,
            _ => self.find_order(text)?,
        };
        for numbers in std::mem::take(&mut self.open) {
            let Numbers { row, first, second, year, .. } = numbers;
            let day = if day_first { days(year, second, first) } else { days(year, first, second) };
            match day.map(i64::from) {
                Some(day) if PLAUSIBLE.contains(&day) => self.days[row as usize] = day as i32,
                Some(_) => self.problems.push((row, OUTSIDE)),
                None if !YEARS.contains(&year) => self.problems.push((row, OUTSIDE)),
                None => self.problems.push((row, NOT_IN_ORDER)),
            }
        }
        self.problems.sort_by_key(|(row, _)| *row);
        Ok((self.days, self.problems))
    }

    /// Whether the day comes first, as the rows that allow only one order show.
    fn find_order(&self, text: impl Fn(u32) -> String) -> Result<bool, Failure> {
        let only = |day_first: bool| {
            self.open.iter().find(|n| {
                let (day, month) =
                    (days(n.year, n.second, n.first), days(n.year, n.first, n.second));
                if day_first {
                    day.is_some() && month.is_none()
                } else {
                    day.is_none() && month.is_some()
                }
            })
        };
        let lines = "set date_order = \"day-first\" or date_order = \"month-first\" in the table of the pipeline file, like [history]";
        match (only(true), only(false)) {
            (Some(day), Some(month)) => Err(Failure::new(format!(
                "has dates in two orders: {} and {}",
                text(day.row),
                text(month.row)
            ))
            .remedy(lines)),
            (Some(_), None) => Ok(true),
            (None, Some(_)) => Ok(false),
            (None, None) => {
                // Points are between the numbers of dates in countries where the day comes first.
                let open =
                    |n: &&Numbers| !n.dotted && n.first != n.second && YEARS.contains(&n.year);
                let open = self.open.iter().find(open);
                open.map_or(Ok(true), |open| {
                    let (first, second, year) = (open.first, open.second, open.year);
                    let read = [(second, first), (first, second)].map(|(month, day)| {
                        days(year, month, day).map_or(String::new(), |day| iso_date(day.into()))
                    });
                    let [day_first, month_first] = read;
                    Err(Failure::new(format!(
                        "\"{}\" may be {day_first} or {month_first}, and no date of the column shows which",
                        text(open.row)
                    ))
                    .remedy(lines))
                })
            }
        }
    }
}

/// The last of three numbers.
#[derive(Clone, Copy)]
enum LastNumber {
    /// It has four digits.
    Year(i16),
    /// It has two digits.
    Short(i8),
}

/// The numbers of a date like 31/01/2024, and whether points are between them.
fn three_numbers(text: &str) -> Option<(i8, i8, LastNumber, bool)> {
    let (first, rest) = one_or_two_digits(text.as_bytes())?;
    let (&separator, rest) = rest.split_first().filter(|(b, _)| b"/.-".contains(b))?;
    let blanks = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == b' ').count();
    let (second, rest) = one_or_two_digits(&rest[blanks(rest)..])?;
    let rest = rest.strip_prefix(&[separator])?;
    let rest = &rest[blanks(rest)..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = rest[..digits].iter().take(4).fold(0, |n: i16, b| n * 10 + i16::from(b - b'0'));
    let last = match digits {
        4 => LastNumber::Year(number),
        2 => LastNumber::Short(number as i8),
        _ => return None,
    };
    let ends = ends_date(&rest[digits..], separator);
    ends.then_some((first, second, last, separator == b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        order: Option<DateOrder>,
        texts: &[&str],
    ) -> Result<(Vec<String>, Vec<&'static str>), String> {
        let mut column = DayColumn::new(order);
        texts.iter().for_each(|text| column.push_text(text));
        let text = |row: u32| texts[row as usize].to_owned();
        let (days, problems) = column.finish(text).map_err(|failure| failure.to_string())?;
        let days = days.into_iter().map(|day| iso_date(day.into()));
        Ok((days.collect(), problems.into_iter().map(|(_, problem)| problem).collect()))
    }

    fn good(order: Option<DateOrder>, texts: &[&str]) -> Vec<String> {
        let (days, problems) = read(order, texts).unwrap();
        assert_eq!(problems, Vec::<&str>::new(), "{texts:?}");
        days
    }

    #[test]
    fn one_possible_order_decides() {
        let days = ["2024-01-31", "2024-02-05"];
        for texts in [
            ["31/01/2024", "05/02/2024"],
            ["31-01-2024", "5-2-2024"],
            ["31.01.2024", "05.02.2024"],
            ["31. 1. 2024", "5. 2. 2024"],
            ["31/01/2024 10:15", "05/02/2024, 11:00:00"],
            ["1/31/2024", "2/5/2024"],
            ["01-31-2024 2:05 PM", "02-05-2024 3:00 AM"],
        ] {
            assert_eq!(good(None, &texts), days, "{texts:?}");
        }
        // Points alone mean that the day comes first; equal numbers have one reading.
        assert_eq!(good(None, &["05.02.2024"]), ["2024-02-05"]);
        assert_eq!(good(None, &["02/02/2024"]), ["2024-02-02"]);
    }

    #[test]
    fn an_open_order_is_refused_and_the_lines_of_the_pipeline_work() {
        let texts = ["05/02/2024", "07/02/2024"];
        let message = read(None, &texts).unwrap_err();
        for part in ["05/02/2024", "2024-02-05 or 2024-05-02", "date_order = \"day-first\""] {
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(good(Some(DateOrder::DayFirst), &texts), ["2024-02-05", "2024-02-07"]);
        assert_eq!(good(Some(DateOrder::MonthFirst), &texts), ["2024-05-02", "2024-07-02"]);
        let message = read(None, &["31/01/2024", "01/31/2024"]).unwrap_err();
        assert!(message.contains("31/01/2024 and 01/31/2024"), "{message}");
        let (_, problems) = read(Some(DateOrder::MonthFirst), &["31/01/2024"]).unwrap();
        assert_eq!(problems, [NOT_IN_ORDER]);
    }

    #[test]
    fn short_years_need_an_order() {
        assert_eq!(read(None, &["31/01/24"]).unwrap().1, [SHORT_YEAR]);
        assert_eq!(
            good(Some(DateOrder::DayFirst), &["31/01/24", "1.2.99"]),
            ["2024-01-31", "1999-02-01"]
        );
        assert_eq!(good(Some(DateOrder::YearFirst), &["24/01/31"]), ["2024-01-31"]);
    }

    #[test]
    fn days_of_spreadsheets_need_the_pipeline() {
        assert_eq!(read(None, &["45322", "45322.75"]).unwrap().1, [SERIAL; 2]);
        let texts = ["45322", "45322.75", "45322,75", "2024-01-31"];
        assert_eq!(good(Some(DateOrder::Excel), &texts), ["2024-01-31"; 4]);
    }

    #[test]
    fn implausible_days_are_refused() {
        let texts = ["1900-01-01", "0001-01-01", "9999-12-31", "2611-05-20", "01.01.1900"];
        let problems = read(None, &texts).unwrap().1;
        assert_eq!(problems, [OUTSIDE, NOT_A_DATE, NOT_A_DATE, NOT_A_DATE, OUTSIDE]);
        assert_eq!(good(None, &["1990-01-01", "2100-12-31"]), ["1990-01-01", "2100-12-31"]);
        let mut column = DayColumn::new(None);
        column.push_whole_number(0);
        column.push_number(f64::NAN);
        column.push_day(7_304);
        let (_, problems) = column.finish(|_| String::new()).unwrap();
        assert_eq!(problems, [(0, NOT_A_DATE), (1, EMPTY), (2, OUTSIDE)]);
    }
}
