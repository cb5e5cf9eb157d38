//! What became of a purchase, and the words that shops and platforms have for it.

use std::fmt;

/// What became of one purchased item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// Kept past its return window, or the customer's own word that it fits.
    Kept,
    /// Came back as too small, or the customer says it is.
    TooSmall,
    /// Came back as too large, or the customer says it is.
    TooLarge,
    /// Came back for a reason that has nothing to do with its size.
    OtherReason,
    /// Came back, and no reason was given, or one that leaves open whether it was the size.
    UnknownReason,
    /// Came back for its size, but the direction was not said.
    SizeReason,
    /// Its return window is still open: not evidence yet.
    Pending,
}

/// The words of each outcome besides its name, in lower case and with nothing but letters and
/// digits.
///
/// - Shopify, GraphQL Admin API, enum `ReturnReason`: `SIZE_TOO_SMALL`, `UNWANTED` ... and their
///   display texts.
/// - Adobe Commerce, Admin user guide, "Returns": the return reasons "Wrong Color", "Wrong Size",
///   "Out of Service", "Other".
/// - Amazon Seller Central, "FBA customer returns report": customer reasons such as
///   `APPAREL_TOO_SMALL`; in the flat-file returns report the same with the prefix `CR-`, and
///   `AMZ-PG-APP-TOO-SMALL` and its like.
/// - WooCommerce has no reasons of its own; its return plugins (RMA for WooCommerce, ReturnDesk
///   ...) let the shop write them, so what is here are the plugins' defaults and examples.
/// - The `fit` column of the RentTheRunway and ModCloth data sets (Misra, Wan and McAuley, RecSys
///   2018): small, fit, large.
///
/// "Cancelled" is missing on purpose: what was never delivered is no purchase. So is "delivered",
/// which may be inside the return window or past it, and yes and no, which say nothing without
/// their column's name.
const WORDS: [(Outcome, &str); 7] = [
    (
        Outcome::Kept,
        "fit fits fitted fitswell goodfit greatfit perfect perfectfit truetosize justright keep keptitem \
         notreturned noreturn behalten passt",
    ),
    (
        Outcome::TooSmall,
        "small smaller sizetoosmall sizewastoosmall toosmallsize itemtoosmall productwastoosmall fitstoosmall \
         runssmall abitsmall slightlysmall tootight tight toonarrow tooshort appareltoosmall amzpgapptoosmall \
         zuklein zueng zukurz troppetit muypequeño troppopiccolo teklein",
    ),
    (
        Outcome::TooLarge,
        "large larger big toobig sizetoolarge sizetoobig sizewastoolarge toolargesize itemtoolarge itemtoobig \
         productwastoolarge fitstoolarge runslarge runsbig abitlarge slightlylarge tooloose loose toowide \
         toolong toobaggy appareltoolarge amzpgapptoolarge zugross zugroß zuweit zulang tropgrand muygrande \
         troppogrande tegroot",
    ),
    (
        Outcome::OtherReason,
        "other otherreasons anotherreason color colour wrongcolor wrongcolour defective defect faulty damaged \
         damagedordefective damagedonarrival arriveddamaged defectiveitem quality poorquality notasdescribed \
         itemnotasdescribed style unwanted changedmind changedmymind changeofmind customerchangedtheirmind \
         nolongerneeded nolongerneeditem nolongerwanted didnotlike dontlike dontlikeit wrongitem \
         receivedthewrongitem receivedwrongitem wrongproduct outofservice late arrivedlate arrivedtoolate \
         price tooexpensive gift apparelstyle unwanteditem qualityunacceptable foundbetterprice \
         orderedwrongitem ordereddifferentitem orderedaccidentally missedestimateddelivery missingparts \
         extraitem switcheroo notcompatible partnotcompatible excessiveinstallation differentproduct \
         didnotlikecolor didnotlikefabric damagedbycarrier damagedbyfc neverarrived unauthorizedpurchase \
         undeliverableunknown undeliverablerefused undeliverableinsufficientaddress \
         undeliverablefaileddeliveryattempts undeliverablecarriermisssorted amzpgbaddesc amzpgbaditem \
         amzpgdamaged amzpgappstyle gefälltnicht",
    ),
    (
        Outcome::UnknownReason,
        "unknown returned return refunded refund sentback exchanged exchange noreason noreasongiven \
         unspecified notspecified notgiven misordered amzpgmisordered zurückgeschickt retourniert retour",
    ),
    (
        Outcome::SizeReason,
        "size sizing sizeissue sizingissue wrongsize incorrectsize poorfit badfit fitissue doesnotfit \
         doesntfit didnotfit didntfit notfit misfit wontfit sizedoesnotfit sizedidnotfit passtnicht \
         falschegröße",
    ),
    (
        Outcome::Pending,
        "open processing ordered shipped intransit returnwindowopen notyetknown undecided",
    ),
];

/// Longer texts than this, in letters and digits, are no outcome word.
const LONGEST: usize = 48;

impl Outcome {
    /// Every outcome, in the order of declaration.
    pub const ALL: [Self; 7] = [
        Self::Kept,
        Self::TooSmall,
        Self::TooLarge,
        Self::OtherReason,
        Self::UnknownReason,
        Self::SizeReason,
        Self::Pending,
    ];

    /// The name used in files and messages: `kept`, `too_small`, `too_large`, `other_reason`,
    /// `unknown_reason`, `size_reason`, `pending`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::TooSmall => "too_small",
            Self::TooLarge => "too_large",
            Self::OtherReason => "other_reason",
            Self::UnknownReason => "unknown_reason",
            Self::SizeReason => "size_reason",
            Self::Pending => "pending",
        }
    }

    /// The outcome that this text says: one of our own [names](Outcome::name), a reason code or
    /// word of Shopify, Adobe Commerce, Amazon or the WooCommerce plugins, or an everyday word.
    /// Case, spaces, hyphens and other punctuation do not matter. `None` for any other text: a word
    /// not known is for the shop to map, not for us to guess.
    ///
    /// ```
    /// use inseam::outcome::Outcome;
    /// assert_eq!(Outcome::parse("too_small"), Some(Outcome::TooSmall));
    /// assert_eq!(Outcome::parse("CR-APPAREL_TOO_LARGE"), Some(Outcome::TooLarge));
    /// assert_eq!(Outcome::parse("Wrong Size"), Some(Outcome::SizeReason));
    /// assert_eq!(Outcome::parse("blue"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut buffer = [0; LONGEST];
        let word = normalise(text, &mut buffer)?;
        let find = |word: &[u8]| {
            let own = Self::ALL
                .into_iter()
                .find(|o| o.name().bytes().filter(|b| *b != b'_').eq(word.iter().copied()));
            let listed =
                || WORDS.iter().find(|(_, words)| words.split(' ').any(|w| w.as_bytes() == word));
            own.or_else(|| listed().map(|(outcome, _)| *outcome))
        };
        find(word).or_else(|| find(word.strip_prefix(b"cr")?))
    }
}

/// The letters and digits of `text` in lower case; `None` if there are none or too many. What is
/// not ASCII stays as it is.
fn normalise<'a>(text: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a [u8]> {
    // Bytes, not characters: a shop's own export may be long and hostile, and nothing is allocated
    // here.
    let mut length = 0;
    for byte in text.bytes().filter(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    (length > 0).then_some(&buffer[..length])
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names_come_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.name()), Some(outcome));
            assert_eq!(
                Outcome::parse(&outcome.name().to_uppercase().replace('_', " ")),
                Some(outcome)
            );
            assert_eq!(outcome.to_string(), outcome.name());
        }
    }

    #[test]
    fn every_word_is_normalised_and_means_one_thing() {
        let mut seen = std::collections::BTreeSet::new();
        for (outcome, words) in WORDS {
            for word in words.split(' ') {
                assert!(seen.insert(word), "{word} is listed twice");
                let mut buffer = [0; LONGEST];
                assert_eq!(
                    normalise(word, &mut buffer),
                    Some(word.as_bytes()),
                    "{word} is not normalised"
                );
                assert_eq!(Outcome::parse(word), Some(outcome), "{word}");
            }
        }
    }

    #[test]
    fn platforms() {
        use Outcome::{Kept, OtherReason, Pending, SizeReason, TooLarge, TooSmall, UnknownReason};
        for (text, outcome) in [
            ("SIZE_TOO_SMALL", TooSmall),
            ("SIZE_TOO_LARGE", TooLarge),
            ("COLOR", OtherReason),
            ("DEFECTIVE", OtherReason),
            ("NOT_AS_DESCRIBED", OtherReason),
            ("OTHER", OtherReason),
            ("STYLE", OtherReason),
            ("UNKNOWN", UnknownReason),
            ("UNWANTED", OtherReason),
            ("WRONG_ITEM", OtherReason),
            ("Size was too small", TooSmall),
            ("Customer changed their mind", OtherReason),
            ("Wrong Color", OtherReason),
            ("Wrong Size", SizeReason),
            ("Out of Service", OtherReason),
            ("APPAREL_TOO_SMALL", TooSmall),
            ("AMZ-PG-APP-TOO-LARGE", TooLarge),
            ("CR-AMZ-PG-APP-TOO-SMALL", TooSmall),
            ("CR-UNWANTED_ITEM", OtherReason),
            ("NO_REASON_GIVEN", UnknownReason),
            ("POOR_FIT", SizeReason),
            ("small", TooSmall),
            ("fit", Kept),
            ("large", TooLarge),
            ("Too Big!", TooLarge),
            (" runs small ", TooSmall),
            ("doesn't fit", SizeReason),
            ("returned", UnknownReason),
            ("kept", Kept),
            ("In transit", Pending),
            ("zu groß", TooLarge),
        ] {
            assert_eq!(Outcome::parse(text), Some(outcome), "{text}");
        }
    }

    #[test]
    fn other_text_is_none() {
        let long = "too small ".repeat(1000);
        for text in [
            "",
            " ",
            "-_-",
            "blue",
            "yes",
            "0",
            "cancelled",
            "delivered",
            "cr",
            "\u{0}",
            "👗",
            &long,
        ] {
            assert_eq!(Outcome::parse(text), None, "{text:?}");
        }
    }
}
