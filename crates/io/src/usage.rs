//! What the process has used so far, as far as the system tells (Linux does).

use std::fs;

/// What the process has used so far; `None` where the system does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// Processor time of all threads, seconds.
    pub cpu_seconds: Option<f64>,
    /// The most memory it had at a time, bytes.
    pub peak_memory: Option<u64>,
    /// Bytes that it read and wrote, those in the system's cache included.
    pub bytes_read: Option<u64>,
    /// See [`Usage::bytes_read`].
    pub bytes_written: Option<u64>,
}

/// Units of processor time in a second: USER_HZ, which is the same on every Linux.
const TICKS: f64 = 100.0;

impl Usage {
    /// Reads it from the system.
    pub fn now() -> Self {
        let [stat, status, io] = ["stat", "status", "io"]
            .map(|name| fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default());
        Self {
            cpu_seconds: cpu_seconds(&stat),
            peak_memory: field(&status, "VmHWM:").map(|kilobytes| 1024 * kilobytes),
            bytes_read: field(&io, "rchar:"),
            bytes_written: field(&io, "wchar:"),
        }
    }
}

/// The number after a name at the start of a line.
fn field(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// The 14th and 15th field of the file `stat`: time in the program and in the system. The second
/// field is the program's name in brackets, which may contain anything.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks: Vec<f64> = ticks.map(str::parse).collect::<Result<_, _>>().ok()?;
    (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_the_system_are_read() {
        let stat = "7 (a) b) R 1 7 7 0 -1 4194304 5 0 0 0 123 45 0 0 20 0 1 0 99 1 1";
        assert_eq!(cpu_seconds(stat), Some(1.68));
        assert_eq!(cpu_seconds("7 (a) R 1"), None);
        let status = "VmPeak:\t  99 kB\nVmHWM:\t  2048 kB\n";
        assert_eq!(field(status, "VmHWM:"), Some(2048));
        assert_eq!(field(status, "VmSwap:"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_tells_everything() {
        let usage = Usage::now();
        assert!(usage.cpu_seconds.is_some() && usage.bytes_read.is_some(), "{usage:?}");
        assert!(usage.peak_memory.is_some_and(|bytes| bytes > 1_000_000), "{usage:?}");
    }
}
