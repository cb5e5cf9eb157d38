//! Reads the dates that tables have, in any of the usual formats, as days since 1970-01-01.

mod column;
mod months;
mod parse;

pub use column::{DateOrder, DayColumn, DayProblem, DayProblems};
pub(crate) use parse::day_of_number;
pub use parse::{iso_date, parse_day};
