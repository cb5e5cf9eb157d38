//! Days since 1970-01-01, from the ways in which tables write dates.

/// Days from 1970-01-01 to a date of the Gregorian calendar; `None` if there is no such date.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
fn days(year: i64, month: i64, day: i64) -> Option<i32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => 31,
    };
    if !(1900..=2200).contains(&year) || !(1..=12).contains(&month) || !(1..=longest).contains(&day)
    {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year / 400;
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    i32::try_from(era * 146_097 + day_of_era - 719_468).ok()
}

/// The ISO 8601 text of a day since 1970-01-01.
pub fn iso_date(day: i64) -> String {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day of a number: `20240131`, or seconds, milliseconds, microseconds or nanoseconds since
/// 1970, told apart by size.
pub(super) fn day_of_number(number: i128) -> Option<i32> {
    const SECONDS: i128 = 86_400;
    let per_day = match number {
        19_000_101..=22_001_231 => {
            let number = i64::try_from(number).ok()?;
            return days(number / 10_000, number / 100 % 100, number % 100);
        }
        100_000_000..100_000_000_000 => SECONDS,
        100_000_000_000..100_000_000_000_000 => SECONDS * 1_000,
        100_000_000_000_000..100_000_000_000_000_000 => SECONDS * 1_000_000,
        100_000_000_000_000_000..10_000_000_000_000_000_000 => SECONDS * 1_000_000_000,
        _ => return None,
    };
    i32::try_from(number.div_euclid(per_day)).ok()
}

/// The day that a text names: ISO 8601 (`2024-01-31`, also with slashes, with a time after it),
/// `20240131`, a number since 1970 as above, or `Jan 31, 2024` and `31 January 2024`. A time of day
/// and its zone are passed over: the day is the one written. `None` for any other text,
/// `31/01/2024` among them: day and month cannot be told apart there.
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
        let (month, rest) = number(&bytes[5..])?;
        let (day, rest) = number(rest.strip_prefix(&[separator])?)?;
        let ends = rest.first().is_none_or(|b| matches!(b, b'T' | b't' | b' ' | b'Z'));
        return ends.then(|| days(text[..4].parse().ok()?, month, day)).flatten();
    }
    // Words: a month's name, and after it a day and a year in the order Jan 31, 2024 or 31 Jan
    // 2024.
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let (first, second, third) = (words.next()?, words.next()?, words.next()?);
    let (month, day) =
        month(first).map(|m| (m, second)).or_else(|| Some((month(second)?, first)))?;
    let year = third.get(..4)?.parse().ok()?;
    days(year, month, day.trim_end_matches('.').parse().ok()?)
}

/// One or two digits at the beginning, and what is after them.
fn number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let length = bytes.iter().take(2).take_while(|b| b.is_ascii_digit()).count();
    let value = bytes[..length].iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
    (length > 0).then(|| (value, &bytes[length..]))
}

/// The number of a month's English name, whole or its first three letters.
fn month(word: &str) -> Option<i64> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let index = NAMES
        .iter()
        .position(|name| *name == word || (word.len() == 3 && name.starts_with(&word)))?;
    Some(index as i64 + 1)
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
    fn the_ways_of_writing_one_day() {
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
    fn no_such_day() {
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
