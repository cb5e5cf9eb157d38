//! The type of a size label in canonical form: different spellings of one size become one text. The
//! spellings themselves are in `shape.rs`.

use super::letters::folded;
use super::shape;
use std::fmt;

/// Maximal length of a label, bytes of UTF-8 after trimming.
pub const MAX_LABEL_BYTES: usize = 64;

/// A size label in canonical form.
///
/// ```
/// use inseam::size::Label;
/// for spelling in ["XL", "x-large", "Extra Large", " xl ", "Size XL"] {
///     assert_eq!(Label::parse(spelling)?.as_str(), "XL");
/// }
/// // Text that is not understood stays as it is.
/// assert_eq!(Label::parse("Grandma's   favourite")?.as_str(), "Grandma's favourite");
/// # Ok::<(), inseam::size::LabelError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(String);

impl Label {
    /// Parses a label. Canonical texts are:
    ///
    /// - letters: `XXS`, `S`, `M`, `XL`, `XXL`, then `3XL`, with ` Petite`, ` Tall` ... behind;
    /// - plus sizes `1X`, `2X`, which differ from `XXL`: shops sell both, plus sizes cut for fuller
    ///   figures;
    /// - numbers: `38`, `38.5`, `42 2/3`, `00`, with a suffix: `14W`, `8P`, `40R`,
    ///   `4T`, `24.5 cm`;
    /// - ages: `12M` in months, `4Y` in years, `3-6M`, `3-4Y`;
    /// - ranges: `S/M`, `38/40`;
    /// - waist and length: `W32/L34`; China's height, girth and build: `165/88A`; bras: `34DD`;
    /// - any of these after a system that the text names: `EU 38`;
    /// - `One Size`;
    /// - anything else as written, with white space folded.
    ///
    /// A canonical text is its own canonical text.
    ///
    /// # Errors
    /// [`LabelError`] if the text is empty, longer than [`MAX_LABEL_BYTES`] or contains control
    /// characters.
    pub fn parse(text: &str) -> Result<Self, LabelError> {
        let text = text.trim();
        // The text may be untrusted, so check its length before copying anything.
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

/// Invisible characters, which would make equal labels differ or change the direction of text.
fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{AD}')
}

/// Why a text is not a size label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelError {
    /// Only white space.
    Empty,
    /// Longer than [`MAX_LABEL_BYTES`].
    TooLong {
        /// Its length, bytes.
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
                f.write_str("the size label is empty; it should be like M, 38 or W32/L34")
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
                    "the size label contains the control character U+{found:04X}; only printable text is allowed"
                )
            }
        }
    }
}

impl std::error::Error for LabelError {}
