//! Text, numbers and days read out of Arrow columns of whatever type.

use super::dates::{day_of_number, iso_date, parse_day};
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
pub type Wrong = &'static str;

/// One column of a batch, read cell by cell. Empty text, and text of blanks only, counts as no
/// value.
pub struct Cells<'a> {
    array: &'a dyn Array,
    kind: Kind<'a>,
}

type At<'a, T> = Box<dyn Fn(usize) -> T + Send + Sync + 'a>;

enum Kind<'a> {
    Text(At<'a, &'a str>),
    /// Bytes that ought to be text: some writers leave the annotation off.
    Bytes(At<'a, &'a [u8]>),
    Int(At<'a, i128>),
    Float(At<'a, f64>),
    /// Digits and how many of them are behind the point.
    Decimal(At<'a, i128>, i8),
    Bool(At<'a, bool>),
    /// A point in time, and how many of its units make a second.
    Time(At<'a, i64>, i64),
    Day(At<'a, i64>),
    /// Codes, and the values they stand for.
    Coded(Vec<usize>, Box<Cells<'a>>),
    Nothing,
}

/// A number as stored, for exact grouping without formatting it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Raw<'c> {
    Text(&'c str),
    Int(i128),
    /// Code into the values of a dictionary.
    Code(usize),
    /// Anything else: ask for the text.
    Other,
}

impl<'a> Cells<'a> {
    /// The cells of `array`; `None` if it holds lists, structures or other things that are not
    /// single values.
    pub fn new(array: &'a dyn Array) -> Option<Self> {
        let kind = match array.data_type() {
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
            DataType::Float16 => Kind::Float(at::<Float16Type, _>(array, f64::from)),
            DataType::Float32 => Kind::Float(at::<Float32Type, _>(array, f64::from)),
            DataType::Float64 => Kind::Float(at::<Float64Type, _>(array, |x| x)),
            DataType::Decimal128(_, scale) => {
                Kind::Decimal(at::<Decimal128Type, _>(array, |x| x), *scale)
            }
            DataType::Boolean => {
                let array = array.as_boolean();
                Kind::Bool(Box::new(|i| array.value(i)))
            }
            DataType::Date32 => Kind::Day(at::<Date32Type, _>(array, i64::from)),
            DataType::Date64 => Kind::Time(at::<Date64Type, _>(array, |x| x), 1_000),
            DataType::Timestamp(unit, _) => match unit {
                TimeUnit::Second => Kind::Time(at::<TimestampSecondType, _>(array, |x| x), 1),
                TimeUnit::Millisecond => {
                    Kind::Time(at::<TimestampMillisecondType, _>(array, |x| x), 1_000)
                }
                TimeUnit::Microsecond => {
                    Kind::Time(at::<TimestampMicrosecondType, _>(array, |x| x), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    Kind::Time(at::<TimestampNanosecondType, _>(array, |x| x), 1_000_000_000)
                }
            },
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                // With no values every key is null, and there is nothing to normalise.
                let keys = if dictionary.values().is_empty() {
                    Vec::new()
                } else {
                    dictionary.normalized_keys()
                };
                Kind::Coded(keys, Box::new(Cells::new(dictionary.values().as_ref())?))
            }
            DataType::Null => Kind::Nothing,
            _ => return None,
        };
        Some(Self { array, kind })
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.array.len()
    }

    /// Whether the column's type is a number's, so that its values need no guessing.
    pub fn is_numeric(&self) -> bool {
        match &self.kind {
            Kind::Coded(_, values) => values.is_numeric(),
            kind => matches!(kind, Kind::Int(_) | Kind::Float(_) | Kind::Decimal(..)),
        }
    }

    fn is_null(&self, i: usize) -> bool {
        self.array.is_null(i) || matches!(self.kind, Kind::Nothing)
    }

    /// The cell as text without blanks around it; `None` if there is none. Whole numbers have no
    /// decimal point, dates are ISO 8601, truth values `true` and `false`.
    pub fn text(&self, i: usize) -> Option<Cow<'_, str>> {
        match self.verbatim(i)? {
            Cow::Borrowed(text) => Some(text.trim()).filter(|t| !t.is_empty()).map(Cow::Borrowed),
            Cow::Owned(text) => Some(text).filter(|t| !t.is_empty()).map(Cow::Owned),
        }
    }

    /// As [`Cells::text`], blanks included.
    pub fn verbatim(&self, i: usize) -> Option<Cow<'_, str>> {
        if self.is_null(i) {
            return None;
        }
        Some(match &self.kind {
            Kind::Text(at) => Cow::Borrowed(at(i)),
            Kind::Bytes(at) => String::from_utf8_lossy(at(i)),
            Kind::Int(at) => Cow::Owned(at(i).to_string()),
            Kind::Float(at) => Cow::Owned(at(i).to_string()),
            Kind::Decimal(at, scale) => Cow::Owned(decimal(at(i), *scale)),
            Kind::Bool(at) => Cow::Borrowed(if at(i) { "true" } else { "false" }),
            Kind::Day(at) => Cow::Owned(iso_date(at(i))),
            Kind::Time(at, per_second) => Cow::Owned(iso_time(at(i), *per_second)),
            Kind::Coded(keys, values) => return values.verbatim(keys[i]),
            Kind::Nothing => return None,
        })
    }

    /// The cell as a finite number; `None` if it is empty.
    pub fn number(&self, i: usize) -> Result<Option<f64>, Wrong> {
        if self.is_null(i) {
            return Ok(None);
        }
        let number = match &self.kind {
            Kind::Int(at) => at(i) as f64,
            Kind::Float(at) => at(i),
            Kind::Coded(keys, values) => return values.number(keys[i]),
            _ => match self.text(i) {
                None => return Ok(None),
                Some(text) => match text.parse() {
                    Ok(number) => number,
                    Err(_) if comma_number(&text) => {
                        return Err("is not a number: a decimal comma has to be a point");
                    }
                    Err(_) => return Err("is not a number"),
                },
            },
        };
        if number.is_finite() {
            Ok(Some(number))
        } else {
            Err("is not a finite number: leave the cell empty if it is not known")
        }
    }

    /// The cell as days since 1970-01-01; `None` if it is empty.
    pub fn day(&self, i: usize) -> Result<Option<i32>, Wrong> {
        const WRONG: Wrong =
            "is not a date: expected 2024-01-31, with or without a time, or seconds since 1970";
        if self.is_null(i) {
            return Ok(None);
        }
        match &self.kind {
            Kind::Day(at) => i32::try_from(at(i)).ok(),
            Kind::Time(at, per_second) => i32::try_from(at(i).div_euclid(86_400 * per_second)).ok(),
            Kind::Int(at) => day_of_number(at(i)),
            Kind::Float(at) => day_of_number(at(i) as i128),
            Kind::Coded(keys, values) => return values.day(keys[i]),
            _ => match self.text(i) {
                None => return Ok(None),
                Some(text) => parse_day(&text),
            },
        }
        .map(Some)
        .ok_or(WRONG)
    }

    /// The cell in the form that is cheapest to group by; `None` if it is empty.
    pub(super) fn raw(&self, i: usize) -> Option<Raw<'_>> {
        if self.is_null(i) {
            return None;
        }
        Some(match &self.kind {
            Kind::Text(at) => Raw::Text(Some(at(i).trim()).filter(|t| !t.is_empty())?),
            Kind::Int(at) => Raw::Int(at(i)),
            // Ids that went through a table with gaps have become floating point: 1234.0 is the id
            // 1234.
            Kind::Float(at) if at(i) == (at(i) as i64) as f64 => Raw::Int(i128::from(at(i) as i64)),
            Kind::Coded(keys, _) => Raw::Code(keys[i]),
            _ => Raw::Other,
        })
    }

    /// The values that [`Raw::Code`] points into.
    pub(super) fn values(&self) -> Option<&Cells<'a>> {
        match &self.kind {
            Kind::Coded(_, values) => Some(values),
            _ => None,
        }
    }
}

fn text<'a, A: Sync>(
    array: &'a A,
    value: impl Fn(&'a A, usize) -> &'a str + Send + Sync + 'a,
) -> Kind<'a> {
    Kind::Text(Box::new(move |i| value(array, i)))
}

fn bytes<'a, A: Sync>(
    array: &'a A,
    value: impl Fn(&'a A, usize) -> &'a [u8] + Send + Sync + 'a,
) -> Kind<'a> {
    Kind::Bytes(Box::new(move |i| value(array, i)))
}

fn int<'a, T: ArrowPrimitiveType>(array: &'a dyn Array) -> Kind<'a>
where
    i128: From<T::Native>,
{
    Kind::Int(at::<T, _>(array, i128::from))
}

fn at<'a, T: ArrowPrimitiveType, V>(array: &'a dyn Array, value: fn(T::Native) -> V) -> At<'a, V>
where
    V: 'a,
{
    let array: &'a PrimitiveArray<T> = array.as_primitive();
    Box::new(move |i| value(array.value(i)))
}

/// The digits with their point put in, trailing zeros behind it left off.
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

/// ISO 8601 of a time: the date alone at midnight, else to the second.
fn iso_time(time: i64, per_second: i64) -> String {
    let seconds = time.div_euclid(per_second);
    let date = iso_date(seconds.div_euclid(86_400));
    match seconds.rem_euclid(86_400) {
        0 => date,
        s => format!("{date}T{:02}:{:02}:{:02}", s / 3_600, s / 60 % 60, s % 60),
    }
}

fn comma_number(text: &str) -> bool {
    text.matches(',').count() == 1 && text.replace(',', ".").parse::<f64>().is_ok()
}
