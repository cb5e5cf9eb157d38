//! Tests of the words for outcomes.

use super::lists::every_list;
use super::{OutcomeKind, OutcomeReader, is_outcome_word};
use crate::vocabulary::fold::squeezed;
use inseam::outcome::Outcome::{
    self, Kept, OtherReason, Pending, SizeReason, TooLarge, TooSmall, UnknownReason,
};
use std::collections::BTreeMap;

/// A reader for a column of reasons of returns.
fn reasons() -> OutcomeReader {
    let reader = OutcomeReader::new("Return Reason", []);
    assert_eq!(reader.kind(), OutcomeKind::ReturnReasons);
    reader
}

/// Asserts that these reasons of returns have these outcomes.
fn assert_read(words: &[(&str, Outcome)]) {
    for (text, outcome) in words {
        assert_eq!(reasons().read(text), Some(*outcome), "{text}");
    }
}

#[test]
fn names_of_outcomes_are_words() {
    for outcome in Outcome::ALL {
        let spelt = outcome.name().to_uppercase().replace('_', " ");
        assert_eq!(reasons().read(outcome.name()), Some(outcome));
        assert_eq!(reasons().read(&spelt), Some(outcome));
    }
}

/// One text in several languages may mean different things ("larga"), but no list may contradict
/// another: a word would get the outcome of whichever comes first.
#[test]
fn no_two_lists_contradict_each_other() {
    let mut seen: BTreeMap<String, (Outcome, &str)> = BTreeMap::new();
    for (outcome, text) in every_list() {
        let key = squeezed(text).unwrap_or_else(|| panic!("{text} has no words"));
        let (other, first) = *seen.entry(key).or_insert((outcome, text));
        assert_eq!(other, outcome, "{first} and {text}");
    }
    for (outcome, text) in every_list() {
        assert_eq!(reasons().read(text), Some(outcome), "{text}");
    }
}

#[test]
fn reasons_of_platforms() {
    assert_read(&[
        ("SIZE_TOO_SMALL", TooSmall),
        ("NOT_AS_DESCRIBED", OtherReason),
        ("UNKNOWN", UnknownReason),
        ("UNWANTED", OtherReason),
        ("Size was too small", TooSmall),
        ("Customer changed their mind", OtherReason),
        ("Fit", SizeReason),
        ("Passform", SizeReason),
        ("Band too big", TooLarge),
        ("Cups too small", TooSmall),
        ("Waist too tight", TooSmall),
        ("Inseam too long", TooLarge),
        ("Heel too high", OtherReason),
        ("Material too stiff", OtherReason),
        ("Wrong Color", OtherReason),
        ("Wrong Size", SizeReason),
        ("Out of Service", OtherReason),
        ("APPAREL_TOO_SMALL", TooSmall),
        ("CR-AMZ-PG-APP-TOO-LARGE", TooLarge),
        ("RO_CR-UNWANTED_ITEM", OtherReason),
        ("UNDELIVERABLE_REFUSED", OtherReason),
        ("NO_REASON_GIVEN", UnknownReason),
        ("WRONG_SIZE", SizeReason),
        ("NO_LONGER_NEED_ITEM", OtherReason),
        ("SIZE_BIG", TooLarge),
        ("DONT_LIKE_IT", OtherReason),
        ("Style wasn\u{2019}t what I expected", OtherReason),
        ("Size & Fit", SizeReason),
    ]);
}

#[test]
fn everyday_words_of_western_europe() {
    assert_read(&[
        ("Too Big!", TooLarge),
        (" runs small ", TooSmall),
        ("doesn't fit", SizeReason),
        ("too small or too large", SizeReason),
        ("need a larger size", TooSmall),
        ("03 - zu groß", TooLarge),
        ("02: Falsche Größe", SizeReason),
        ("zu eng an der Hüfte", TooSmall),
        ("fällt klein aus", TooSmall),
        ("Lieferzeit zu lang", OtherReason),
        ("delivery took too long", OtherReason),
        ("trop serré", TooSmall),
        ("Taille trop grande", TooLarge),
        ("mauvaise taille", SizeReason),
        ("demasiado pequeño", TooSmall),
        ("me queda muy grande", TooLarge),
        ("troppo stretto", TooSmall),
        ("troppo largo in vita", TooLarge),
        ("te klein", TooSmall),
        ("valt te groot", TooLarge),
        ("za duży", TooLarge),
        ("zbyt ciasne", TooSmall),
        ("för liten", TooSmall),
        ("muito apertado", TooSmall),
        ("grande demais", TooLarge),
        ("for stor", TooLarge),
        ("for trang", TooSmall),
        ("liian pieni", TooSmall),
        ("Kupit liian suuret", TooLarge),
        ("nie podoba się", OtherReason),
        ("gillar inte", OtherReason),
        ("non mi piace", OtherReason),
        ("retourniert", UnknownReason),
        ("Ware defekt - Transportschaden", OtherReason),
        ("30300-TAILLE-CLIE", SizeReason),
        ("me queda pequeño", TooSmall),
        ("mi sta grande", TooLarge),
        ("Pasvorm bevalt niet", SizeReason),
        ("kept", Kept),
    ]);
}

#[test]
fn everyday_words_of_eastern_europe_and_asia() {
    assert_read(&[
        ("příliš malé", TooSmall),
        ("beden küçük", TooSmall),
        ("Маломерит", TooSmall),
        ("サイズが大きかった", TooLarge),
        ("사이즈가 작음", TooSmall),
        ("尺码不合适", SizeReason),
        ("Túl kicsi", TooSmall),
        ("túl hosszú a nadrág", TooLarge),
        ("Nem megfelelő méret", SizeReason),
        ("meggondoltam magam", OtherReason),
        ("Prea mică", TooSmall),
        ("prea larg la talie", TooLarge),
        ("MARIME GRESITA", SizeReason),
        ("M-am răzgândit", OtherReason),
        ("Πολύ μικρό", TooSmall),
        ("ΠΟΛΥ ΜΕΓΑΛΟ", TooLarge),
        ("Λάθος μέγεθος", SizeReason),
        ("δεν μου αρέσει", OtherReason),
        ("příliš úzké v pase", TooSmall),
        ("príliš dlhé rukávy", TooLarge),
        ("Preveliko", TooLarge),
        ("pogrešna veličina", SizeReason),
        ("Ni mi všeč", OtherReason),
        ("твърде голямо", TooLarge),
        ("Слишком узкие в талии", TooSmall),
        ("Завелике", TooLarge),
    ]);
}

#[test]
fn turkish_says_too_with_a_word_of_its_own() {
    assert_read(&[
        ("çok büyük", TooLarge),
        ("Çok küçük", TooSmall),
        ("çok dar", TooSmall),
        ("Beli çok bol", TooLarge),
        ("çok uzun", TooLarge),
        ("ÇOK KISA", TooSmall),
    ]);
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
        "cr",
        "cancelled",
        "not too small",
        "nem túl kicsi",
        "nu prea mic",
        "çok büyük değil",
        "waited for long",
        "\u{0}",
        "👗",
        "I bought this for a wedding and it was far too small for me",
        &long,
    ] {
        assert_eq!(reasons().read(text), None, "{text:?}");
        assert!(!is_outcome_word(text) || text == "cancelled", "{text:?}");
    }
}

/// "Fit" is a reason of a return, and an answer to how an article fits.
#[test]
fn a_column_decides_what_fit_means() {
    for (header, words, kind, fit) in [
        ("Return Reason", vec!["Fit"], OutcomeKind::ReturnReasons, SizeReason),
        ("outcome", vec!["Fit", "Style"], OutcomeKind::ReturnReasons, SizeReason),
        ("outcome", vec!["Fit", "Wrong size"], OutcomeKind::ReturnReasons, SizeReason),
        ("Retourengrund", vec!["Passform", "zu klein"], OutcomeKind::ReturnReasons, SizeReason),
        ("Rückgabegrund", vec!["zu groß"], OutcomeKind::ReturnReasons, SizeReason),
        ("Důvod vrácení", vec!["malé"], OutcomeKind::ReturnReasons, SizeReason),
        ("返品理由", vec!["小さい"], OutcomeKind::ReturnReasons, SizeReason),
        ("fit", vec!["small", "fit", "large"], OutcomeKind::FitFeedback, Kept),
        ("outcome", vec!["fit", "returned"], OutcomeKind::FitFeedback, Kept),
        ("How does it fit?", vec!["Fit", "Runs small"], OutcomeKind::FitFeedback, Kept),
    ] {
        let reader = OutcomeReader::new(header, words.iter().copied());
        assert_eq!(reader.kind(), kind, "{header} {words:?}");
        assert_eq!(reader.read("fit"), Some(fit), "{header} {words:?}");
    }
}

#[test]
fn statuses_and_truth_values() {
    let orders =
        OutcomeReader::new("Order Status", ["wc-completed", "wc-refunded", "wc-cancelled"]);
    assert_eq!(orders.kind(), OutcomeKind::OrderStatus);
    let read = ["wc-completed", "wc-refunded", "wc-cancelled"].map(|word| orders.read(word));
    assert_eq!(read, [Some(Kept), Some(UnknownReason), Some(Pending)]);
    let shopify = OutcomeReader::new("Financial Status", ["paid", "partially_refunded", "voided"]);
    let read = ["paid", "partially_refunded", "voided"].map(|word| shopify.read(word));
    assert_eq!(read, [Some(Kept), Some(Pending), Some(Pending)]);

    let returned = OutcomeReader::new("is_returned", ["0", "1"]);
    assert_eq!(["0", "1"].map(|w| returned.read(w)), [Some(Kept), Some(UnknownReason)]);
    let pieces = OutcomeReader::new("qty_refunded", ["0.0000", "2.0000"]);
    assert_eq!(["0.0000", "2.0000"].map(|w| pieces.read(w)), [Some(Kept), Some(UnknownReason)]);
    let kept = OutcomeReader::new("Kept", ["yes", "no"]);
    assert_eq!(["no", "yes"].map(|w| kept.read(w)), [Some(UnknownReason), Some(Kept)]);
    // Without a header that says what is meant, yes and no are not understood.
    assert_eq!(OutcomeReader::new("outcome", ["yes", "no"]).read("yes"), None);
}
