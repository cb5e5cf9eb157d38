//! Decides what kind of column a shop's words come from, and gives each word its outcome.

use super::kind::OutcomeKind;
use super::lists::listed;
use super::phrases::direction;
use super::status::{status, truth};
use crate::vocabulary::fold;
use crate::vocabulary::missing::check_mark;
use crate::vocabulary::pieces_back::{PiecesBack, pieces_back};
use inseam::outcome::Outcome;

/// The beginnings or ends of words in headers of columns with reasons of returns: "Retourengrund",
/// "Rückgabegrund".
const REASON_HEADERS: [&str; 36] = [
    "reason",
    "return",
    "rma",
    "retour",
    "grund",
    "motif",
    "raison",
    "motivo",
    "razon",
    "reden",
    "powod",
    "przyczyna",
    "orsak",
    "anledning",
    "arsag",
    "grunn",
    "syy",
    "ruckgabe",
    "rucksend",
    "retur",
    "reklamation",
    "devoluc",
    "zwrot",
    "reso",
    "duvod",
    "neden",
    "причина",
    "理由",
    "原因",
    "사유",
    "palautus",
    "motiv",
    "indok",
    "visszakuld",
    "razlog",
    "λογοσ",
];
/// The beginnings of words in headers of columns with statuses.
const STATUS_HEADERS: [&str; 7] = ["status", "state", "statut", "estado", "stato", "stan", "tila"];
/// Headers of columns with yes or no, or with a number, folded and without blanks.
const RETURNED_HEADERS: &str = "returned isreturned wasreturned return isreturn hasreturn returnflag refunded \
                                isrefunded sentback retoure retourniert istretoure zuruckgeschickt retour retouren retourne \
                                estretourne devuelto devolucion reso restituito retourneerd geretourneerd zwrot \
                                zwrocony retur returnerad returneret returnert devolvido palautettu";
const KEPT_HEADERS: &str =
    "kept iskept waskept keep behalten garde conserve tenuto gehouden behallen beholdt";

/// Words that say that something fits, without its direction: folded and without blanks. In a
/// column of reasons they name what was wrong.
const FIT_WORDS: &str = "fit passform pasform pasvorm coupe ajuste vestibilita istuvuus caimento calzata \
                         sopivuus fits";

/// Gives each word of a column its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeReader {
    kind: OutcomeKind,
}

impl OutcomeReader {
    /// A reader for a column, by its header and its distinct words. Empty cells do not count.
    ///
    /// ```
    /// use inseam::outcome::Outcome;
    /// use inseam_io::vocabulary::OutcomeReader;
    /// let reasons = OutcomeReader::new("Return Reason", ["Fit", "Style"]);
    /// assert_eq!(reasons.read("Fit"), Some(Outcome::SizeReason));
    /// let answers = OutcomeReader::new("fit", ["small", "fit", "large"]);
    /// assert_eq!(answers.read("fit"), Some(Outcome::Kept));
    /// assert_eq!(answers.read("blue"), None);
    /// ```
    pub fn new<'a>(header: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        let folded: Vec<Vec<String>> = words.into_iter().filter_map(words_of).collect();
        Self { kind: kind(header, &folded) }
    }

    /// The kind of the column.
    pub fn kind(self) -> OutcomeKind {
        self.kind
    }

    /// The outcome that a word of the column means: an outcome's own [name](Outcome::name), a
    /// reason of a platform or a return app, an everyday word of many languages, or a text like
    /// "Waist too tight". Case, accents and punctuation do not matter. `None` for any other text:
    /// the shop must map it.
    #[must_use]
    pub fn read(self, word: &str) -> Option<Outcome> {
        read(self.kind, &words_of(word)?)
    }
}

/// The folded words of a text. A check mark says yes.
fn words_of(text: &str) -> Option<Vec<String>> {
    match check_mark(text) {
        Some(true) => Some(vec!["yes".to_owned()]),
        Some(false) => Some(vec!["no".to_owned()]),
        None => fold::words(text),
    }
}

/// The outcome that a status of an order means, like "Cancelled"; `None` for other words.
pub(crate) fn order_status(text: &str) -> Option<Outcome> {
    status(&fold::words(text)?.concat())
}

/// Whether a header names the status of an order or a line, and not that of a return.
pub(crate) fn is_status_header(header: &str) -> bool {
    let words = fold::words(header).unwrap_or_default();
    let named = |parts: &[&str]| {
        let is = |word: &String, part: &str| word.starts_with(part) || word.ends_with(part);
        words.iter().any(|word| parts.iter().any(|part| is(word, part)))
    };
    named(&STATUS_HEADERS) && !named(&REASON_HEADERS) && !named(&["refund"])
}

/// Whether a column with this header tells whether a line came back, if it has yes and no or
/// numbers.
pub(crate) fn is_returned_header(header: &str) -> bool {
    let folded = fold::squeezed(header).unwrap_or_default();
    fold::lists(RETURNED_HEADERS, &folded) || pieces_back(header) == Some(PiecesBack::Returned)
}

/// Whether a text is a word for an outcome in any kind of column except yes and no.
pub fn is_outcome_word(text: &str) -> bool {
    fold::words(text).is_some_and(|words| {
        read(OutcomeKind::ReturnReasons, &words).is_some() || status(&words.concat()).is_some()
    })
}

fn read(kind: OutcomeKind, words: &[String]) -> Option<Outcome> {
    let squeezed = words.concat();
    let general = || listed(&squeezed).or_else(|| direction(words)).or_else(|| after_code(words));
    match kind {
        OutcomeKind::ReturnReasons => general(),
        OutcomeKind::FitFeedback if is_fit_word(&squeezed) => Some(Outcome::Kept),
        OutcomeKind::FitFeedback => general(),
        OutcomeKind::OrderStatus => status(&squeezed).or_else(general),
        OutcomeKind::Returned | OutcomeKind::Kept => {
            let returned = truth(words)? == (kind == OutcomeKind::Returned);
            Some(if returned { Outcome::UnknownReason } else { Outcome::Kept })
        }
    }
}

/// The outcome of a listed word behind a code: "02 - Wrong size", "R4: Changed my mind".
fn after_code(words: &[String]) -> Option<Outcome> {
    let (code, rest) = words.split_first()?;
    let is_code = code.len() <= 6 && code.bytes().any(|b| b.is_ascii_digit());
    if is_code && !rest.is_empty() { listed(&rest.concat()) } else { None }
}

fn is_fit_word(squeezed: &str) -> bool {
    FIT_WORDS.split(' ').any(|word| word == squeezed)
}

/// The kind of a column, by its header and its folded words.
fn kind(raw: &str, words: &[Vec<String>]) -> OutcomeKind {
    let header_words = fold::words(raw).unwrap_or_default();
    let header = header_words.concat();
    let in_list = |list: &str| list.split(' ').any(|listed| listed == header);
    let texts: Vec<String> = words.iter().map(|words| words.concat()).collect();
    if !texts.is_empty() && words.iter().all(|words| truth(words).is_some()) {
        if is_returned_header(raw) {
            return OutcomeKind::Returned;
        }
        if in_list(KEPT_HEADERS) {
            return OutcomeKind::Kept;
        }
    }
    let mut counts = Counts::default();
    words.iter().zip(&texts).for_each(|(words, text)| counts.add(words, text));
    let about = |starts: &[&str]| {
        let names = |word: &String, part: &str| word.starts_with(part) || word.ends_with(part);
        header_words.iter().any(|word| starts.iter().any(|part| names(word, part)))
    };
    if counts.statuses > counts.verdicts
        || counts.verdicts == 0 && about(&STATUS_HEADERS) && !about(&REASON_HEADERS)
    {
        OutcomeKind::OrderStatus
    } else if counts.causes > 0 || about(&REASON_HEADERS) {
        OutcomeKind::ReturnReasons
    } else {
        OutcomeKind::FitFeedback
    }
}

/// How many words of a column can only belong to some kinds of columns.
#[derive(Default)]
struct Counts {
    /// Statuses of orders that mean nothing elsewhere.
    statuses: usize,
    /// Words that say how something fits or why it came back.
    verdicts: usize,
    /// The verdicts that only a reason of a return can be.
    causes: usize,
}

impl Counts {
    fn add(&mut self, words: &[String], text: &str) {
        use Outcome::{Kept, OtherReason, Pending, SizeReason, TooLarge, TooSmall, UnknownReason};
        match read(OutcomeKind::ReturnReasons, words) {
            _ if is_fit_word(text) => self.verdicts += 1,
            Some(Kept | TooSmall | TooLarge) => self.verdicts += 1,
            Some(OtherReason | SizeReason) => {
                self.verdicts += 1;
                self.causes += 1;
            }
            Some(UnknownReason | Pending) => {}
            None => self.statuses += usize::from(status(text).is_some()),
        }
    }
}
