//! Reads text, numbers and days from the cells of an Arrow column of any type.

use crate::dates::{DayColumn, day_of_number, iso_date, parse_day};
use crate::numbers::parse_number;
use crate::vocabulary::is_missing;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, PrimitiveArray, types::ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use std::borrow::Cow;

/// What is wrong with one cell, as the end of a sentence that begins with its value.
pub type CellProblem = &'static str;

/// The problem of a number that is not finite.
pub(crate) const NOT_FINITE: CellProblem =
    "is not a finite number: leave the cell empty if the value is unknown";

/// One column of a batch, read cell by cell. A cell of blanks only counts as empty.
pub struct Cells<'a> {
    array: &'a dyn Array,
    values: Values<'a>,
}

/// Reads the value at an index.
type Getter<'a, T> = Box<dyn Fn(usize) -> T + Send + Sync + 'a>;

/// The values of a column, by their type.
enum Values<'a> {
    Text(Getter<'a, &'a str>),
    /// Text that its writer has stored as bytes.
    Bytes(Getter<'a, &'a [u8]>),
    Int(Getter<'a, i128>),
    Float(Getter<'a, f64>),
    /// The digits of decimal numbers, and how many of them follow the point.
    Decimal(Getter<'a, i128>, i8),
    Bool(Getter<'a, bool>),
    /// Times since 1970-01-01, and how many of their units make a second.
    Time(Getter<'a, i64>, i64),
    /// Days since 1970-01-01.
    Day(Getter<'a, i64>),
    /// The key of each row, and the values that the keys index.
    Dictionary(Vec<usize>, Box<Cells<'a>>),
    /// The column has no values at all.
    Null,
}

/// A cell in the form that is cheapest to compare. Equal keys of one column mean equal texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum GroupKey<'c> {
    Text(&'c str),
    Int(i128),
    /// An index into the values of a dictionary.
    Dictionary(usize),
    /// The cell has no cheaper form than its text.
    Other,
}

impl<'a> Cells<'a> {
    /// The cells of `array`; `None` if its values are lists, structures or of another type that is
    /// no single value.
    pub fn new(array: &'a dyn Array) -> Option<Self> {
        let values = match array.data_type() {
            DataType::Utf8 => text(array.as_string::<i32>(), |a, i| a.value(i)),
            DataType::LargeUtf8 => text(array.as_string::<i64>(), |a, i| a.value(i)),
            DataType::Utf8View => text(array.as_string_view(), |a, i| a.value(i)),
            DataType::Binary => bytes(array.as_binary::<i32>(), |a, i| a.value(i)),
            DataType::LargeBinary => bytes(array.as_binary::<i64>(), |a, i| a.value(i)),
            DataType::BinaryView => bytes(array.as_binary_view(), |a, i| a.value(i)),
            DataType::Int8 => int::<Int8Type>(array),
            DataType::Int16 => int::<Int16Type>(array),
            DataType::Int32 => int::<Int32Type>(array),
            DataType::Int64 => int::<Int64Type>(array),
            DataType::UInt8 => int::<UInt8Type>(array),
            DataType::UInt16 => int::<UInt16Type>(array),
            DataType::UInt32 => int::<UInt32Type>(array),
            DataType::UInt64 => int::<UInt64Type>(array),
            DataType::Float16 => Values::Float(at::<Float16Type, _>(array, f64::from)),
            DataType::Float32 => Values::Float(at::<Float32Type, _>(array, f64::from)),
            DataType::Float64 => Values::Float(at::<Float64Type, _>(array, |x| x)),
            DataType::Decimal128(_, scale) => {
                Values::Decimal(at::<Decimal128Type, _>(array, |x| x), *scale)
            }
            DataType::Boolean => {
                let array = array.as_boolean();
                Values::Bool(Box::new(|i| array.value(i)))
            }
            DataType::Date32 => Values::Day(at::<Date32Type, _>(array, i64::from)),
            DataType::Date64 => Values::Time(at::<Date64Type, _>(array, |x| x), 1_000),
            DataType::Timestamp(unit, _) => match unit {
                TimeUnit::Second => Values::Time(at::<TimestampSecondType, _>(array, |x| x), 1),
                TimeUnit::Millisecond => {
                    Values::Time(at::<TimestampMillisecondType, _>(array, |x| x), 1_000)
                }
                TimeUnit::Microsecond => {
                    Values::Time(at::<TimestampMicrosecondType, _>(array, |x| x), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    Values::Time(at::<TimestampNanosecondType, _>(array, |x| x), 1_000_000_000)
                }
            },
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                // Without values every key is null, and Arrow cannot normalise the keys.
                let keys = if dictionary.values().is_empty() {
                    Vec::new()
                } else {
                    dictionary.normalized_keys()
                };
                Values::Dictionary(keys, Box::new(Cells::new(dictionary.values().as_ref())?))
            }
            DataType::Null => Values::Null,
            _ => return None,
        };
        Some(Self { array, values })
    }

    /// The number of cells.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks for columns without cells")]
    pub fn len(&self) -> usize {
        self.array.len()
    }

    /// Whether the column has floating-point numbers.
    pub fn is_float(&self) -> bool {
        match &self.values {
            Values::Dictionary(_, values) => values.is_float(),
            values => matches!(values, Values::Float(_)),
        }
    }

    /// Whether the column has a numeric type.
    pub fn is_numeric(&self) -> bool {
        match &self.values {
            Values::Dictionary(_, values) => values.is_numeric(),
            values => matches!(values, Values::Int(_) | Values::Float(_) | Values::Decimal(..)),
        }
    }

    fn is_null(&self, i: usize) -> bool {
        self.array.is_null(i) || matches!(self.values, Values::Null)
    }

    /// The cell as text without the blanks around it; `None` if it is empty. Whole numbers have no
    /// decimal point, dates are in ISO 8601, and truth values are `true` and `false`.
    pub fn text(&self, i: usize) -> Option<Cow<'_, str>> {
        match self.verbatim(i)? {
            Cow::Borrowed(text) => Some(text.trim()).filter(|t| !t.is_empty()).map(Cow::Borrowed),
            Cow::Owned(text) => Some(text).filter(|t| !t.is_empty()).map(Cow::Owned),
        }
    }

    /// The cell as text, with the blanks around it.
    pub fn verbatim(&self, i: usize) -> Option<Cow<'_, str>> {
        if self.is_null(i) {
            return None;
        }
        Some(match &self.values {
            Values::Text(at) => Cow::Borrowed(at(i)),
            Values::Bytes(at) => String::from_utf8_lossy(at(i)),
            Values::Int(at) => Cow::Owned(at(i).to_string()),
            Values::Float(at) => Cow::Owned(at(i).to_string()),
            Values::Decimal(at, scale) => Cow::Owned(decimal(at(i), *scale)),
            Values::Bool(at) => Cow::Borrowed(if at(i) { "true" } else { "false" }),
            Values::Day(at) => Cow::Owned(iso_date(at(i))),
            Values::Time(at, per_second) => Cow::Owned(iso_time(at(i), *per_second)),
            Values::Dictionary(keys, values) => return values.verbatim(keys[i]),
            Values::Null => return None,
        })
    }

    /// The cell as a finite number; `None` if it is empty.
    pub fn number(&self, i: usize) -> Result<Option<f64>, CellProblem> {
        if self.is_null(i) {
            return Ok(None);
        }
        let number = match &self.values {
            Values::Int(at) => at(i) as f64,
            Values::Float(at) => at(i),
            Values::Dictionary(keys, values) => return values.number(keys[i]),
            _ => return self.text(i).map(|text| number_of_text(&text)).transpose(),
        };
        finite(number).map(Some)
    }

    /// The cell as days since 1970-01-01; `None` if it is empty.
    pub fn day(&self, i: usize) -> Result<Option<i32>, CellProblem> {
        const PROBLEM: CellProblem = "is not a date: expected one like 2024-01-31, with or without a time, or seconds since 1970";
        if self.is_null(i) {
            return Ok(None);
        }
        match &self.values {
            Values::Day(at) => i32::try_from(at(i)).ok(),
            Values::Time(at, per_second) => {
                i32::try_from(at(i).div_euclid(86_400 * per_second)).ok()
            }
            Values::Int(at) => day_of_number(at(i)),
            Values::Float(at) => day_of_number(at(i) as i128),
            Values::Dictionary(keys, values) => return values.day(keys[i]),
            _ => match self.text(i) {
                None => return Ok(None),
                Some(text) => parse_day(&text),
            },
        }
        .map(Some)
        .ok_or(PROBLEM)
    }

    /// Adds the cells to a column of dates.
    pub fn read_days(&self, column: &mut DayColumn) {
        (0..self.len()).for_each(|i| self.read_day(i, column));
    }

    fn read_day(&self, i: usize, column: &mut DayColumn) {
        if self.is_null(i) {
            return column.push_empty();
        }
        match &self.values {
            Values::Day(at) => column.push_day(at(i)),
            Values::Time(at, per_second) => column.push_day(at(i).div_euclid(86_400 * per_second)),
            Values::Int(at) => column.push_whole_number(at(i)),
            Values::Float(at) => column.push_number(at(i)),
            Values::Dictionary(keys, values) => values.read_day(keys[i], column),
            _ => match self.text(i).filter(|text| !is_missing(text)) {
                Some(text) => column.push_text(&text),
                None => column.push_empty(),
            },
        }
    }

    /// The cell in the form that is cheapest to compare; `None` if it is empty.
    pub(super) fn group_key(&self, i: usize) -> Option<GroupKey<'_>> {
        if self.is_null(i) {
            return None;
        }
        Some(match &self.values {
            Values::Text(at) => GroupKey::Text(Some(at(i).trim()).filter(|t| !t.is_empty())?),
            Values::Int(at) => GroupKey::Int(at(i)),
            // Some programs store whole numbers as floating point if a column has empty cells: the
            // id 1234 has become 1234.0.
            Values::Float(at) if at(i) == (at(i) as i64) as f64 => {
                GroupKey::Int(i128::from(at(i) as i64))
            }
            Values::Dictionary(keys, _) => GroupKey::Dictionary(keys[i]),
            _ => GroupKey::Other,
        })
    }

    /// The text of a cell as [`super::Coder`] has it; `None` if it is empty.
    pub fn coded_text(&self, i: usize) -> Option<Cow<'_, str>> {
        match self.group_key(i)? {
            GroupKey::Text(text) => Some(Cow::Borrowed(text)),
            GroupKey::Int(number) => Some(Cow::Owned(number.to_string())),
            GroupKey::Dictionary(_) | GroupKey::Other => self.text(i),
        }
    }

    /// The values that [`GroupKey::Dictionary`] indexes.
    pub(super) fn dictionary(&self) -> Option<&Cells<'a>> {
        match &self.values {
            Values::Dictionary(_, values) => Some(values),
            _ => None,
        }
    }
}

/// The finite number that a text is.
pub fn number_of_text(text: &str) -> Result<f64, CellProblem> {
    parse_number(text).ok_or("is not a number").and_then(finite)
}

fn finite(number: f64) -> Result<f64, CellProblem> {
    if number.is_finite() { Ok(number) } else { Err(NOT_FINITE) }
}

fn text<'a, A: Sync>(
    array: &'a A,
    value: impl Fn(&'a A, usize) -> &'a str + Send + Sync + 'a,
) -> Values<'a> {
    Values::Text(Box::new(move |i| value(array, i)))
}

fn bytes<'a, A: Sync>(
    array: &'a A,
    value: impl Fn(&'a A, usize) -> &'a [u8] + Send + Sync + 'a,
) -> Values<'a> {
    Values::Bytes(Box::new(move |i| value(array, i)))
}

fn int<'a, T: ArrowPrimitiveType>(array: &'a dyn Array) -> Values<'a>
where
    i128: From<T::Native>,
{
    Values::Int(at::<T, _>(array, i128::from))
}

fn at<'a, T: ArrowPrimitiveType, V>(
    array: &'a dyn Array,
    value: fn(T::Native) -> V,
) -> Getter<'a, V>
where
    V: 'a,
{
    let array: &'a PrimitiveArray<T> = array.as_primitive();
    Box::new(move |i| value(array.value(i)))
}

/// A decimal number as text, without zeros at the end of its fraction.
fn decimal(digits: i128, scale: i8) -> String {
    let Ok(scale) = usize::try_from(scale) else {
        return format!("{digits}{}", "0".repeat(usize::from(scale.unsigned_abs())));
    };
    let padded = format!("{:0width$}", digits.unsigned_abs(), width = scale + 1);
    let (whole, part) = padded.split_at(padded.len() - scale);
    let part = part.trim_end_matches('0');
    let sign = if digits < 0 { "-" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A time in ISO 8601: the date alone at midnight, else the date and the time to the second.
fn iso_time(time: i64, per_second: i64) -> String {
    let seconds = time.div_euclid(per_second);
    let date = iso_date(seconds.div_euclid(86_400));
    match seconds.rem_euclid(86_400) {
        0 => date,
        s => format!("{date}T{:02}:{:02}:{:02}", s / 3_600, s / 60 % 60, s % 60),
    }
}
