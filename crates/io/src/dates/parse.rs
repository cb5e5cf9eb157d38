//! The day that a single text or number names.

use super::months::month;
use jiff::civil::Date;
use jiff::{Span, civil};

const EPOCH: Date = civil::date(1970, 1, 1);

/// Days from 1970-01-01 to a date; `None` if the date does not exist or is not between the years
/// 1900 and 2200.
pub(super) fn days(year: i16, month: i8, day: i8) -> Option<i32> {
    let date = Date::new(year, month, day).ok().filter(|_| (1900..=2200).contains(&year))?;
    i32::try_from(date.duration_since(EPOCH).as_hours() / 24).ok()
}

/// The ISO 8601 text of a day since 1970-01-01; its number if its year has more than four digits.
pub fn iso_date(day: i64) -> String {
    let date = Span::new().try_days(day).and_then(|days| EPOCH.checked_add(days));
    date.map_or_else(|_| day.to_string(), |date| date.to_string())
}

/// The day of a number like `20240131`, also with an hour, minutes, seconds and milliseconds behind
/// it, or of a time since 1970 in seconds, milliseconds, microseconds or nanoseconds, which their
/// size tells apart. A number that may be both, like `2024013110`, is a date: the seconds would lie
/// in or after 2033.
pub(crate) fn day_of_number(number: i128) -> Option<i32> {
    const SECONDS: i128 = 86_400;
    // How many times of day one day has, and their parts in twos of digits.
    let compact = match number {
        19_000_101..=22_001_231 => return date_of_number(number),
        1_990_010_100..=2_100_123_123 => Some((100, number)),
        199_001_010_000..=210_012_312_359 => Some((10_000, number)),
        19_900_101_000_000..=21_001_231_235_959 => Some((1_000_000, number)),
        19_900_101_000_000_000..=21_001_231_235_959_999 => Some((1_000_000, number / 1_000)),
        _ => None,
    };
    if let Some((per_day, number)) = compact
        && is_time_of_day(number % per_day, per_day)
        && let Some(day) = date_of_number(number / per_day)
    {
        return Some(day);
    }
    let per_day = match number {
        100_000_000..100_000_000_000 => SECONDS,
        100_000_000_000..100_000_000_000_000 => SECONDS * 1_000,
        100_000_000_000_000..100_000_000_000_000_000 => SECONDS * 1_000_000,
        100_000_000_000_000_000..10_000_000_000_000_000_000 => SECONDS * 1_000_000_000,
        _ => return None,
    };
    i32::try_from(number.div_euclid(per_day)).ok()
}

/// The day of a number like `20240131`.
fn date_of_number(number: i128) -> Option<i32> {
    let year = i16::try_from(number / 10_000).ok()?;
    days(year, (number / 100 % 100) as i8, (number % 100) as i8)
}

/// Whether the digits are an hour, an hour and minutes, or an hour, minutes and seconds.
fn is_time_of_day(digits: i128, per_day: i128) -> bool {
    match per_day {
        100 => digits < 24,
        10_000 => digits / 100 < 24 && digits % 100 < 60,
        _ => digits / 10_000 < 24 && digits / 100 % 100 < 60 && digits % 100 < 61,
    }
}

/// The day that a text names without doubt. It reads ISO 8601 (`2024-01-31`, also with slashes or
/// points, also followed by a time; `20240131T101500Z`), the numbers of [`day_of_number`], `Jan 31,
/// 2024`, `31 January 2024` and `31-Jan-24`, also in other languages, and `2024年1月31日`. It ignores
/// the time of day and the time zone. It returns `None` for any other text. One of these is
/// `31/01/2024`: a column of such texts tells the day from the month, a single one may not.
pub fn parse_day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    if bytes.first().is_some_and(u8::is_ascii_digit) {
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if (8..=19).contains(&digits) && is_fraction(&bytes[digits..]) {
            return day_of_number(text[..digits].parse().ok()?);
        }
        // 20240131T101500Z.
        if digits == 8 && matches!(bytes.get(8), Some(b'T' | b't' | b' ')) {
            return date_of_number(text[..8].parse().ok()?);
        }
        if digits == 4 {
            return year_first(text);
        }
    }
    day_with_month_name(text)
}

/// Whether the bytes are nothing, or a point and digits.
fn is_fraction(bytes: &[u8]) -> bool {
    match bytes {
        [] => true,
        [b'.', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

fn year_first(text: &str) -> Option<i32> {
    let east_asian = text.contains('年');
    let replaced;
    let text = if east_asian {
        replaced = text.replace(['年', '月'], "-").replace('日', " ");
        &replaced
    } else {
        text
    };
    let bytes = text.as_bytes();
    let separator = *bytes.get(4)?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let blanks = |bytes: &[u8]| bytes.iter().take_while(|byte| **byte == b' ').count();
    let rest = &bytes[5..];
    let (month, rest) = one_or_two_digits(&rest[blanks(rest)..])?;
    let rest = rest.strip_prefix(&[separator])?;
    let (day, rest) = one_or_two_digits(&rest[blanks(rest)..])?;
    ends_date(rest, separator).then(|| days(text[..4].parse().ok()?, month, day)).flatten()
}

/// Whether a date may end before these bytes.
pub(super) fn ends_date(rest: &[u8], separator: u8) -> bool {
    match rest {
        [b'.'] => separator == b'.',
        [] | [b'T' | b't' | b' ' | b'Z' | b',', ..] => true,
        [b'.', b' ', ..] => separator == b'.',
        _ => false,
    }
}

/// The number of one or two digits with which the text begins, and the rest of the text.
pub(super) fn one_or_two_digits(bytes: &[u8]) -> Option<(i8, &[u8])> {
    let length = bytes.iter().take(2).take_while(|b| b.is_ascii_digit()).count();
    let value = bytes[..length].iter().fold(0, |n, b| n * 10 + (b - b'0') as i8);
    (length > 0).then(|| (value, &bytes[length..]))
}

/// Reads `Jan 31, 2024`, `31. Januar 2024`, `31-JAN-24`, `Wed, 31 Jan 2024 10:00:00 +0100`.
fn day_with_month_name(text: &str) -> Option<i32> {
    let separators = [' ', ',', '-', '/', '.'];
    let is_word = |word: &&str| !word.is_empty() && !matches!(*word, "de" | "del" | "of");
    let mut words = text.split(separators).filter(is_word).peekable();
    let weekday = |word: &&str| word.chars().all(char::is_alphabetic) && month(word).is_none();
    words.next_if(weekday);
    let (first, second, third) = (words.next()?, words.next()?, words.next()?);
    let (month, day) =
        month(first).map(|m| (m, second)).or_else(|| Some((month(second)?, first)))?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let day_digits = digits(day);
    let ordinal = matches!(&day[day_digits..], "" | "st" | "nd" | "rd" | "th" | "er" | "º");
    let year = match digits(third) {
        4 => third[..4].parse().ok()?,
        2 if third.len() == 2 => full_year(third.parse().ok()?),
        _ => return None,
    };
    ordinal.then(|| days(year, month, day[..day_digits].parse().ok()?)).flatten()
}

/// The year of two digits, between 1990 and 2089.
pub(super) fn full_year(short: i16) -> i16 {
    if short < 90 { 2000 + short } else { 1900 + short }
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
            "2024.01.31",
            "2024. 1. 31.",
            "2024年1月31日",
            "2024-01-31T23:59:59Z",
            "2024-01-31T23:59:59.123+02:00",
            "2024-01-31 22:10:33 +0100",
            "20240131",
            "20240131.0",
            "20240131T101500Z",
            "20240131 10:15",
            "2024013110",
            "202401311015",
            "20240131101500",
            "20240131101500123",
            "1706659200",
            "1706659200.75",
            "1706659200000",
            "1706659200000000",
            "1706659200000000000",
            "Jan 31, 2024, 10:22:33 AM",
            "31 January 2024",
            "31. Januar 2024",
            "31 janv. 2024",
            "31 de enero de 2024",
            "31-JAN-24",
            "January 31st, 2024",
            "Wed, 31 Jan 2024 10:00:00 +0100",
            "Wed Jan 31 2024 10:00:00 GMT+0100",
        ] {
            assert_eq!(parse_day(text), Some(19_753), "{text}");
        }
        assert_eq!(parse_day("12 août 2025"), parse_day("2025-08-12"));
        assert_eq!(parse_day("3 Mai 2025"), parse_day("2025-05-03"));
        // No date and hour: the month does not exist.
        assert_eq!(parse_day("1999993110"), parse_day("2033-05-18"));
    }

    #[test]
    fn texts_without_a_day() {
        for text in [
            "",
            "31/01/2024",
            "31.01.2024",
            "2024-02-30",
            "2023-02-29",
            "2024-13-01",
            "0",
            "45000",
            "yesterday",
            "2024-01",
            "2024-W05",
            "2024-01-31x",
            "ä024-01-31",
            "2024年",
        ] {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }
}
