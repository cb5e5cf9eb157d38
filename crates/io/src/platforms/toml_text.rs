//! Writes the text of a pipeline file: keys, comments and open questions.

use std::fmt::Write;

/// Longest line of a comment, in characters.
const WIDTH: usize = 98;

/// The text of a pipeline file, as it grows.
#[derive(Debug, Default)]
pub(super) struct TomlText {
    text: String,
    /// What a person must still decide.
    pub(super) open: Vec<String>,
}

impl TomlText {
    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Begins a table, like `[history]`.
    pub(super) fn table(&mut self, name: &str) {
        self.push(&format!("\n[{name}]"));
    }

    /// A comment, wrapped.
    pub(super) fn comment(&mut self, text: &str) {
        let mut line = String::from("#");
        for word in text.split(' ') {
            if line.chars().count() + 1 + word.chars().count() > WIDTH && line.len() > 1 {
                self.push(&line);
                line = String::from("#");
            }
            line.push(' ');
            line.push_str(word);
        }
        self.push(&line);
    }

    /// A key with its value, which is TOML, and a comment behind it; none if it is empty.
    pub(super) fn key(&mut self, key: &str, value: &str, comment: &str) {
        let line = format!("{key:<11} = {value}");
        if comment.is_empty() {
            self.push(&line);
        } else {
            self.push(&format!("{line:<40} # {comment}"));
        }
    }

    /// A line that a person must edit, with what is to be decided.
    pub(super) fn todo(&mut self, line: &str, question: &str) {
        self.push(&format!("{line:<40} # TODO: {question}"));
        self.open.push(question.to_owned());
    }

    fn push(&mut self, line: &str) {
        // Writing into memory cannot fail.
        let _ = writeln!(self.text, "{}", line.trim_end());
    }
}

/// A text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Texts as a TOML value: one string, or a list of strings.
pub(super) fn one_or_many<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(quoted).collect();
    match &texts[..] {
        [one] => one.clone(),
        many => format!("[{}]", many.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_toml() {
        for text in ["plain", "a\"b\\c", "tab\there", "ü € 👗", "\u{7f}"] {
            let file: toml::Table = toml::from_str(&format!("key = {}", quoted(text))).unwrap();
            assert_eq!(file["key"].as_str(), Some(text));
        }
        assert_eq!(one_or_many(["a"]), "\"a\"");
        assert_eq!(one_or_many(["a", "b"]), "[\"a\", \"b\"]");
    }
}
