//! How much memory training may use.

use std::path::Path;

/// Part of the machine's memory that training uses where nothing else is set.
const SHARE: f64 = 0.75;

/// The memory that training may use where nothing else is set: three quarters of what the machine,
/// or the container, has. `None` where the system does not tell.
pub fn default_limit() -> Option<u64> {
    let container = number_in(Path::new("/sys/fs/cgroup/memory.max"));
    let machine = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        Some(1024 * line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?)
    });
    let all = [machine, container].into_iter().flatten().min()?;
    Some((all as f64 * SHARE) as u64)
}

fn number_in(path: &Path) -> Option<u64> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

/// The number of bytes that a text like `12GB`, `500 MB` or `1.5 GB` names. Units are powers of
/// 1000.
///
/// # Errors
/// What would be right.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = match unit.trim().to_ascii_uppercase().as_str() {
        "KB" | "K" => 1e3,
        "MB" | "M" => 1e6,
        "GB" | "G" => 1e9,
        "TB" | "T" => 1e12,
        _ => 0.0,
    };
    match number.parse::<f64>() {
        Ok(number) if unit > 0.0 && number > 0.0 => Ok((number * unit) as u64),
        _ => Err("a size is a number with a unit, like 12GB or 500MB".to_owned()),
    }
}

/// A number of bytes as people read it, like `1.5 GB`.
pub fn shown_size(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..1_000_000 => (1e3, "kB"),
        1_000_000..1_000_000_000 => (1e6, "MB"),
        _ => (1e9, "GB"),
    };
    format!("{:.1} {name}", bytes as f64 / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_shown() {
        for (text, bytes) in [
            ("12GB", 12_000_000_000),
            ("500 mb", 500_000_000),
            ("1.5G", 1_500_000_000),
            ("3k", 3000),
        ] {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        for text in ["", "12", "GB", "-1GB", "1.2.3GB", "0GB", "12 apples"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
        assert_eq!(shown_size(1_500_000_000), "1.5 GB");
        assert_eq!(shown_size(2_340_000), "2.3 MB");
        assert_eq!(shown_size(900), "0.9 kB");
    }
}
