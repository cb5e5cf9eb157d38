//! A size label in its canonical text.

use super::letters::folded;
use super::shape;
use std::fmt;

/// A label longer than this, in bytes of UTF-8 after trimming, is refused.
pub const MAX_LABEL_BYTES: usize = 64;

/// A size label, its different spellings made one.
///
/// ```
/// use inseam::size::Label;
/// for spelling in ["XL", "x-large", "Extra Large", " xl ", "Size XL"] {
///     assert_eq!(Label::parse(spelling)?.as_str(), "XL");
/// }
/// // What is not understood stays what it is.
/// assert_eq!(Label::parse("Grandma's   favourite")?.as_str(), "Grandma's favourite");
/// # Ok::<(), inseam::size::LabelError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// The label that `text` spells. Canonical texts are:
    ///
    /// - letters: `XXS`, `S`, `M`, `XL`, `XXL`, then `3XL`, with ` Petite`, ` Tall` ... behind;
    /// - plus sizes `1X`, `2X`: not the same as `XXL`, for shops sell both, the one cut for fuller
    ///   figures;
    /// - numbers: `38`, `38.5`, `42 2/3`, `00`, with what belongs to them: `14W`, `8P`, `40R`,
    ///   `4T`, `24.5 cm`;
    /// - ages: `12M` in months, `4Y` in years, `3-6M`, `3-4Y`;
    /// - ranges: `S/M`, `38/40`;
    /// - waist and length: `W32/L34`; China's height, girth and build: `165/88A`; bras: `34DD`;
    /// - a system in front of any of them if the text names it: `EU 38`; `One Size`;
    /// - anything else as it was written, white space folded.
    ///
    /// The canonical text of a canonical text is itself.
    ///
    /// # Errors
    /// [`LabelError`] if the text is empty, longer than [`MAX_LABEL_BYTES`] or has control
    /// characters in it.
    pub fn parse(text: &str) -> Result<Self, LabelError> {
        let text = text.trim();
        // Before anything is copied: the text comes from outside.
        if text.len() > MAX_LABEL_BYTES {
            return Err(LabelError::TooLong { bytes: text.len() });
        }
        if let Some(found) = text.chars().find(|c| c.is_control() && !c.is_whitespace()) {
            return Err(LabelError::Control { found });
        }
        let folded = folded(text.chars().filter(|c| !invisible(*c)));
        if folded.is_empty() {
            return Err(LabelError::Empty);
        }
        Ok(Self(shape::parse(&folded).map_or(folded, |parsed| parsed.canonical())))
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The canonical text, owned.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The canonical text of a label: [`Label::parse`] as a plain function.
///
/// # Errors
/// As [`Label::parse`].
pub fn canonical(text: &str) -> Result<String, LabelError> {
    Label::parse(text).map(Label::into_string)
}

/// Marks that show nothing but would keep equal labels apart, or turn the text around them.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}')
}

/// Why a text cannot be a size label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelError {
    /// Nothing but white space.
    Empty,
    /// Longer than [`MAX_LABEL_BYTES`].
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A control character other than white space.
    Control {
        /// The character.
        found: char,
    },
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => {
                f.write_str("the size label is empty; one like M, 38 or W32/L34 is needed")
            }
            Self::TooLong { bytes } => {
                write!(
                    f,
                    "the size label is {bytes} bytes long; at most {MAX_LABEL_BYTES} are allowed"
                )
            }
            Self::Control { found } => {
                let found = u32::from(*found);
                write!(
                    f,
                    "the size label has the control character U+{found:04X} in it; only printable text is allowed"
                )
            }
        }
    }
}

impl std::error::Error for LabelError {}
