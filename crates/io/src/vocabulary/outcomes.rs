//! Words for outcomes: the reason codes of shop platforms and everyday words.

use inseam::outcome::Outcome;

/// Words for each outcome besides its name, in lower case and with letters and digits only.
///
/// - Shopify, GraphQL Admin API, enum `ReturnReason`: `SIZE_TOO_SMALL`, `UNWANTED` ... and their
///   display texts.
/// - Adobe Commerce, Admin user guide, "Returns": the return reasons "Wrong Color", "Wrong Size",
///   "Out of Service", "Other".
/// - Amazon Seller Central, "FBA customer returns report": customer reasons such as
///   `APPAREL_TOO_SMALL`. The flat-file returns report has them with the prefix `CR-`, and also
///   codes such as `AMZ-PG-APP-TOO-SMALL`.
/// - WooCommerce has no reasons of its own. Its return plugins (RMA for WooCommerce, ReturnDesk
///   ...) let the shop write them; the list has the plugins' defaults and examples.
/// - The `fit` column of the RentTheRunway and ModCloth data sets (Misra, Wan and McAuley, RecSys
///   2018): small, fit, large.
///
/// The list leaves out "cancelled" (not a purchase), "delivered" (the return window may be open or
/// not), and yes and no (ambiguous without the column's name).
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

/// Maximal length of an outcome word, letters and digits.
const MAX_WORD: usize = 48;

/// The outcome that a text means: an outcome's own [name](Outcome::name), a reason code of Shopify,
/// Adobe Commerce, Amazon or the WooCommerce plugins, or an everyday word. Case, spaces, hyphens
/// and other punctuation do not matter. `None` for any other text: the shop must map unknown words.
///
/// ```
/// use inseam::outcome::Outcome;
/// use inseam_io::vocabulary::parse_outcome;
/// assert_eq!(parse_outcome("too_small"), Some(Outcome::TooSmall));
/// assert_eq!(parse_outcome("CR-APPAREL_TOO_LARGE"), Some(Outcome::TooLarge));
/// assert_eq!(parse_outcome("Wrong Size"), Some(Outcome::SizeReason));
/// assert_eq!(parse_outcome("blue"), None);
/// ```
#[must_use]
pub fn parse_outcome(text: &str) -> Option<Outcome> {
    let mut buffer = [0; MAX_WORD];
    let word = normalise(text, &mut buffer)?;
    let find = |word: &[u8]| {
        let own = Outcome::ALL
            .into_iter()
            .find(|o| o.name().bytes().filter(|b| *b != b'_').eq(word.iter().copied()));
        let listed =
            || WORDS.iter().find(|(_, words)| words.split(' ').any(|w| w.as_bytes() == word));
        own.or_else(|| listed().map(|(outcome, _)| *outcome))
    };
    find(word).or_else(|| find(word.strip_prefix(b"cr")?))
}

/// The letters and digits of `text` in lower case; `None` if there are none or too many. Other than
/// ASCII characters stay the same.
fn normalise<'a>(text: &str, buffer: &'a mut [u8; MAX_WORD]) -> Option<&'a [u8]> {
    // Works on bytes and allocates nothing, because an export may contain long hostile text.
    let mut length = 0;
    for byte in text.bytes().filter(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    (length > 0).then_some(&buffer[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_outcomes_are_words() {
        for outcome in Outcome::ALL {
            assert_eq!(parse_outcome(outcome.name()), Some(outcome));
            assert_eq!(
                parse_outcome(&outcome.name().to_uppercase().replace('_', " ")),
                Some(outcome)
            );
        }
    }

    #[test]
    fn every_word_is_normalised_and_has_one_meaning() {
        let mut seen = std::collections::BTreeSet::new();
        for (outcome, words) in WORDS {
            for word in words.split(' ') {
                assert!(seen.insert(word), "{word} is listed twice");
                let mut buffer = [0; MAX_WORD];
                assert_eq!(
                    normalise(word, &mut buffer),
                    Some(word.as_bytes()),
                    "{word} is not normalised"
                );
                assert_eq!(parse_outcome(word), Some(outcome), "{word}");
            }
        }
    }

    #[test]
    fn reasons_of_platforms() {
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
            assert_eq!(parse_outcome(text), Some(outcome), "{text}");
        }
    }

    #[test]
    fn other_text_has_no_outcome() {
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
            assert_eq!(parse_outcome(text), None, "{text:?}");
        }
    }
}
