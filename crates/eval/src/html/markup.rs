//! Writes HTML and SVG that is also well-formed XML, whatever the texts contain.

/// A document that is being written.
#[derive(Debug, Default)]
pub(crate) struct Markup(String);

impl Markup {
    /// Writes an element whose content `inside` writes.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Writes an element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes);
        self.0.push_str("/>");
    }

    /// Writes an element that contains a text.
    pub(crate) fn words(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.element(name, attributes, |m| m.text(text));
    }

    /// Writes a text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                // Characters that XML does not allow, and those that change the direction of text.
                '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                    self.0.push('\u{fffd}')
                }
                c if c.is_control() && c != '\n' => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
    }

    /// Writes our own style sheet, which must not contain anything that needs escaping.
    pub(crate) fn style(&mut self, css: &'static str) {
        self.element("style", &[], |m| m.0.push_str(css));
    }

    /// The whole document as a page.
    pub(crate) fn into_page(self) -> String {
        format!("<!DOCTYPE html>\n{}\n", self.0)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attribute_values_are_escaped() {
        let mut m = Markup::default();
        m.element("p", &[("title", "a\"b'<")], |m| {
            m.text("</p><script>&\u{1}\u{202e}");
            m.empty("br", &[]);
        });
        let expected =
            "<p title=\"a&quot;b&#39;&lt;\">&lt;/p&gt;&lt;script&gt;&amp;\u{fffd}\u{fffd}<br/></p>";
        assert_eq!(m.0, expected);
    }
}
