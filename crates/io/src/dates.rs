//! Reads the dates that tables have, in any of the usual formats, as days since 1970-01-01.

use jiff::civil::Date;
use jiff::fmt::strtime::BrokenDownTime;
use jiff::{Span, civil};

const EPOCH: Date = civil::date(1970, 1, 1);

/// Days from 1970-01-01 to a date; `None` if the date does not exist or is not between the years
/// 1900 and 2200.
fn days(year: i16, month: i8, day: i8) -> Option<i32> {
    let date = Date::new(year, month, day).ok().filter(|_| (1900..=2200).contains(&year))?;
    i32::try_from(date.duration_since(EPOCH).as_hours() / 24).ok()
}

/// The ISO 8601 text of a day since 1970-01-01; its number if its year has more than four digits.
pub fn iso_date(day: i64) -> String {
    let date = Span::new().try_days(day).and_then(|days| EPOCH.checked_add(days));
    date.map_or_else(|_| day.to_string(), |date| date.to_string())
}

/// The day of a number like `20240131`, or of a time since 1970 in seconds, milliseconds,
/// microseconds or nanoseconds, which their size tells apart.
pub(crate) fn day_of_number(number: i128) -> Option<i32> {
    const SECONDS: i128 = 86_400;
    let per_day = match number {
        19_000_101..=22_001_231 => {
            let number = number as i32;
            return days(
                (number / 10_000) as i16,
                (number / 100 % 100) as i8,
                (number % 100) as i8,
            );
        }
        100_000_000..100_000_000_000 => SECONDS,
        100_000_000_000..100_000_000_000_000 => SECONDS * 1_000,
        100_000_000_000_000..100_000_000_000_000_000 => SECONDS * 1_000_000,
        100_000_000_000_000_000..10_000_000_000_000_000_000 => SECONDS * 1_000_000_000,
        _ => return None,
    };
    i32::try_from(number.div_euclid(per_day)).ok()
}

/// The day that a text names. It reads ISO 8601 (`2024-01-31`, also with slashes, also followed by
/// a time), `20240131`, a time since 1970 in seconds to nanoseconds, `Jan 31, 2024` and
/// `31 January 2024`. It ignores the time of day and the time zone. It returns `None` for any other
/// text. One of these is `31/01/2024`: such a text does not tell the day from the month.
pub fn parse_day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    if bytes.iter().all(u8::is_ascii_digit) && (8..=19).contains(&bytes.len()) {
        return day_of_number(text.parse().ok()?);
    }
    if bytes.len() >= 8 && bytes[..4].iter().all(u8::is_ascii_digit) {
        let separator = bytes[4];
        if separator != b'-' && separator != b'/' {
            return None;
        }
        let (month, rest) = one_or_two_digits(&bytes[5..])?;
        let (day, rest) = one_or_two_digits(rest.strip_prefix(&[separator])?)?;
        let ends = rest.first().is_none_or(|b| matches!(b, b'T' | b't' | b' ' | b'Z'));
        return ends.then(|| days(text[..4].parse().ok()?, month, day)).flatten();
    }
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let (first, second, third) = (words.next()?, words.next()?, words.next()?);
    let (month, day) =
        month(first).map(|m| (m, second)).or_else(|| Some((month(second)?, first)))?;
    let year = third.get(..4)?.parse().ok()?;
    days(year, month, day.trim_end_matches('.').parse().ok()?)
}

/// The number of one or two digits with which the text begins, and the rest of the text.
fn one_or_two_digits(bytes: &[u8]) -> Option<(i8, &[u8])> {
    let length = bytes.iter().take(2).take_while(|b| b.is_ascii_digit()).count();
    let value = bytes[..length].iter().fold(0, |n, b| n * 10 + (b - b'0') as i8);
    (length > 0).then(|| (value, &bytes[length..]))
}

/// The number of a month from its English name, whole or the first three letters of it.
fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    ["%b", "%B"].iter().find_map(|format| BrokenDownTime::parse(format, word).ok()?.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse() {
        assert_eq!(parse_day("1970-01-01"), Some(0));
        assert_eq!(parse_day("2024-02-29"), Some(19_782));
        for day in -25_000..80_000 {
            assert_eq!(parse_day(&iso_date(day)), Some(day as i32));
        }
    }

    #[test]
    fn formats_of_one_day() {
        for text in [
            "2024-01-31",
            "2024/1/31",
            "2024-01-31T23:59:59Z",
            "2024-01-31 22:10:33 +0100",
            "20240131",
            "1706659200",
            "1706659200000",
            "1706659200000000",
            "1706659200000000000",
            "Jan 31, 2024, 10:22:33 AM",
            "31 January 2024",
        ] {
            assert_eq!(parse_day(text), Some(19_753), "{text}");
        }
    }

    #[test]
    fn texts_without_a_day() {
        for text in [
            "",
            "31/01/2024",
            "2024-02-30",
            "2023-02-29",
            "2024-13-01",
            "0",
            "45000",
            "yesterday",
            "2024-01",
            "2024-01-31x",
            "ä024-01-31",
        ] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
