//! Headers of columns that count the pieces of an order line that came back or were cancelled.

use super::fold::{lists, squeezed, words};

/// What the pieces of such a column did not do: stay with the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PiecesBack {
    /// They came back.
    Returned,
    /// They were never delivered.
    Cancelled,
    /// These are the others: they stay.
    Rest,
}

/// Headers of columns with the pieces that stay, folded and without blanks.
const REST: &str = "netquantity netqty currentquantity currentqty lineitemcurrentquantity remainingquantity quantitykept \
                    keptquantity quantityminusrefund quantityminusrefunds qtyminusrefund";

/// Words for a number of pieces, folded.
const PIECES: &str = "qty quantity quantities pieces units items menge anzahl stuck stueck quantite cantidad quantita quantidade \
                      aantal ilosc antal maara 数量 количество";
/// Words for what came back, folded.
const RETURNED: &str = "returned refunded return refund retourniert retournierte retouren retoure ruckgabe ruckgesendet \
                        erstattet retournee retournees remboursee remboursees devuelta devueltas devuelto reembolsada resa rese \
                        restituita rimborsata devolvida reembolsada geretourneerd retour teruggestuurd zwrocona zwrocono zwrot \
                        returnerad returnerat returneret returnert palautettu 返品 退货 возвращено";
/// Words for what was cancelled, folded.
const CANCELLED: &str = "canceled cancelled cancel storniert stornierte storno annulee annulees anulada cancelada annullata \
                         geannuleerd anulowana anulowano avbokad annulleret kansellert peruttu";
/// Words for what was ordered, folded.
const ORDERED: &str = "ordered order purchased sold bestellt bestellte bestell commandee pedida ordinata besteld zamowiona";
/// Words beside them without meaning, folded.
const OTHERS: &str = "line item lineitem product total of the number order article artikel";

/// What the numbers of a column with this header count, if they count pieces that did not stay with
/// the customer: `qty_refunded`, `Returned quantity`, `Item Quantity Refunded`, `qty_canceled`.
pub(crate) fn pieces_back(header: &str) -> Option<PiecesBack> {
    let squeezed = squeezed(header)?;
    if lists(REST, &squeezed) {
        return Some(PiecesBack::Rest);
    }
    let (words, has) = parts(header)?;
    // WooCommerce's "Quantity (- Refund)" has the pieces without those of the refund.
    if header.contains("(-") {
        return (has(PIECES) && has(RETURNED)).then_some(PiecesBack::Rest);
    }
    let all = [PIECES, RETURNED, CANCELLED, OTHERS];
    let known = words.iter().all(|word| all.iter().any(|list| lists(list, word)));
    match (has(RETURNED), has(CANCELLED)) {
        _ if !known || !has(PIECES) => None,
        (true, false) => Some(PiecesBack::Returned),
        (false, true) => Some(PiecesBack::Cancelled),
        _ => None,
    }
}

/// Whether a header is about the pieces that were ordered.
pub(crate) fn counts_ordered_pieces(header: &str) -> bool {
    let ordered = |word: &str| ORDERED.split_ascii_whitespace().any(|listed| word.contains(listed));
    squeezed(header).is_some_and(|header| ordered(&header))
}

/// The words of a header, and whether one of them is in a list.
fn parts(header: &str) -> Option<(Vec<String>, impl Fn(&str) -> bool)> {
    // "qtyRefunded" and "QTYREFUNDED" have the same words as "qty_refunded".
    let mut words = words(header)?;
    if words.len() == 1 {
        words = split(&words[0]).unwrap_or(words);
    }
    let of_list = words.clone();
    Some((words, move |list: &str| of_list.iter().any(|word| lists(list, word))))
}

/// A header in one word as the two words that it joins.
fn split(header: &str) -> Option<Vec<String>> {
    let known = |word: &str| [PIECES, RETURNED, CANCELLED].iter().any(|list| lists(list, word));
    let splits = header.char_indices().skip(1).map(|(at, _)| header.split_at(at));
    splits
        .filter(|(first, second)| known(first) && known(second))
        .map(|(first, second)| vec![first.to_owned(), second.to_owned()])
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_pieces_that_did_not_stay() {
        for header in [
            "qty_refunded",
            "qty_returned",
            "Returned quantity",
            "Item Quantity Refunded",
            "item_refunded_quantity",
            "qtyRefunded",
            "Lineitem refunded quantity",
            "Retournierte Menge",
            "Quantité retournée",
            "Returned Qty",
        ] {
            assert_eq!(pieces_back(header), Some(PiecesBack::Returned), "{header}");
        }
        for header in ["qty_canceled", "Cancelled quantity", "Stornierte Menge", "QtyCancelled"] {
            assert_eq!(pieces_back(header), Some(PiecesBack::Cancelled), "{header}");
        }
        for header in ["Quantity (- Refund)", "Net quantity", "current_quantity"] {
            assert_eq!(pieces_back(header), Some(PiecesBack::Rest), "{header}");
        }
        for header in [
            "quantity",
            "returned",
            "refunded amount",
            "Refunded Amount",
            "return reason",
            "qty_ordered",
            "qty_shipped",
            "base_tax_refunded",
            "",
        ] {
            assert_eq!(pieces_back(header), None, "{header}");
        }
        assert!(counts_ordered_pieces("qty_ordered") && counts_ordered_pieces("Bestellmenge"));
        assert!(!counts_ordered_pieces("quantity"));
    }
}
