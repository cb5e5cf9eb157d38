//! Shows progress on standard error: bars on a terminal, lines elsewhere, nothing with `--quiet`.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Instant;

/// How the program shows its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It shows nothing.
    Quiet,
    /// It prints a line when a step ends, as for a log.
    Lines,
    /// It shows a bar during each step, and prints a line when the step ends.
    Bars,
}

impl Progress {
    /// Bars if standard error is a terminal, lines if not, and nothing if `quiet`.
    pub fn new(quiet: bool) -> Self {
        if quiet {
            Self::Quiet
        } else if std::io::stderr().is_terminal() {
            Self::Bars
        } else {
            Self::Lines
        }
    }

    /// Prints one line, unless quiet.
    pub fn say(self, line: impl std::fmt::Display) {
        if self != Self::Quiet {
            eprintln!("{line}");
        }
    }

    /// Starts a step of work of `total` units, or of an unknown number of them.
    pub fn stage(self, what: &str, total: Option<u64>) -> Stage {
        let bar = match self {
            Self::Bars => {
                let bar =
                    ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10));
                let template = if total.is_some() {
                    "{msg} {bar:30} {pos}/{len} {eta}"
                } else {
                    "{msg} {spinner} {pos}"
                };
                // The templates are constants that parse; the default style is never used.
                bar.set_style(
                    ProgressStyle::with_template(template)
                        .unwrap_or_else(|_| ProgressStyle::default_bar()),
                );
                bar.set_message(what.to_owned());
                bar
            }
            Self::Lines | Self::Quiet => ProgressBar::hidden(),
        };
        Stage { progress: self, what: what.to_owned(), bar, began: Instant::now() }
    }
}

/// One step of work. If it is dropped without [`Stage::done`], its bar disappears and no line is
/// printed.
#[derive(Debug)]
pub struct Stage {
    progress: Progress,
    what: String,
    bar: ProgressBar,
    began: Instant,
}

impl Stage {
    /// Shows that this many units are done.
    pub fn set(&self, position: u64) {
        self.bar.set_position(position);
    }

    /// Ends the step and prints its result and its duration.
    pub fn done(self, result: impl std::fmt::Display) {
        self.bar.finish_and_clear();
        let seconds = self.began.elapsed().as_secs_f64();
        self.progress.say(format_args!("{}: {result} ({seconds:.2} s)", self.what));
        tracing::debug!(step = self.what, seconds, "finished");
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A number with a space between groups of three digits: `154 035`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// A number of things, with the singular of their name: `1 file`, `2 000 files`.
pub fn counted(n: u64, noun: &str) -> String {
    format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_readable() {
        assert_eq!([0, 999, 1000, 154_035].map(count), ["0", "999", "1 000", "154 035"]);
        let files = [0, 1, 2000].map(|n| counted(n, "file"));
        assert_eq!(files, ["0 files", "1 file", "2 000 files"]);
    }
}
