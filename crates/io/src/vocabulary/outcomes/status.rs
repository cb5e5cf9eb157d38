//! Statuses of orders, and columns of yes or no.

use inseam::outcome::Outcome;

/// Statuses of orders and of their payments, folded and without blanks: those of Shopify
/// ("Financial Status", <https://help.shopify.com/manual/orders/order-status>), WooCommerce
/// (`wc-completed` ..., <https://woocommerce.com/document/managing-orders/order-statuses/>), Adobe
/// Commerce, BigCommerce and Amazon ("order-status", "item-status"), and the same in other
/// languages.
///
/// Training does not use an order that is not delivered, was cancelled, or of which some lines came
/// back and nobody knows which. Those are pending.
const STATUSES: [(Outcome, &str); 3] = [
    (
        Outcome::Kept,
        "paid completed complete fulfilled delivered done received pickedup success successful deliveredtocustomer \
         komplettabgeschlossen komplettausgeliefert erfolgreich livree bezorgd shipped closed partiallypaid invoiced sold sale \
         shippeddeliveredtobuyer \
         abgeschlossen bezahlt versendet versandt zugestellt geliefert fertiggestellt termine terminee livre expedie \
         payee paye completado completada pagado enviado entregado entregada completato pagato spedito consegnato \
         voltooid afgerond betaald verzonden geleverd zrealizowane zrealizowany oplacone wyslane dostarczone \
         slutford levererad betald skickad concluido pago enviada entregue gennemfort leveret afsendt fullfort levert \
         sendt valmis toimitettu maksettu lahetetty",
    ),
    (
        Outcome::UnknownReason,
        "refunded returned returnreceived returnedtoseller rto komplettretourniert fullyrefunded shippedreturnedtoseller shippedreturningtoseller erstattet rueckerstattet ruckerstattet retourniert rembourse remboursee \
         retourne retournee reembolsado reembolsada devuelto rimborsato reso terugbetaald geretourneerd zwrocone \
         zwrocony aterbetald returnerad devolvido refunderet returneret refundert returnert palautettu hyvitetty",
    ),
    (
        Outcome::Pending,
        "pending authorized inprogress rejected returnrequested returninprogress lost undelivered refused \
         inbearbeitungwartet teilweiseretourniert teilweiseausgeliefert kundenruckfrage klarungnotwendig voided cancelled canceled failed onhold processing open expired unpaid unfulfilled \
         unshipped partiallyrefunded partiallyreturned partiallyshipped partiallyfulfilled partial pendingpayment \
         paymentreview holded fraud suspectedfraud checkoutdraft draft trash declined disputed incomplete \
         awaitingpayment awaitingfulfillment awaitingshipment awaitingpickup manualverificationrequired shipping \
         shippedoutfordelivery shippedpickedup shippedlostintransit shippeddamaged shippedrejectedbybuyer \
         intransit ordered new created scheduled storniert offen inbearbeitung wartend ausstehend fehlgeschlagen \
         abgebrochen teilweiseerstattet zuruckgestellt annule annulee enattente encours echouee cancelado cancelada \
         procesando enespera pendiente fallido annullato annullata inattesa inlavorazione fallito geannuleerd \
         inbehandeling wachtend mislukt anulowane anulowany wtrakcierealizacji oczekujace wstrzymane avbruten \
         behandlas annulleret annullert peruttu kasittelyssa",
    ),
];

/// Words of columns that tell whether a line came back.
const YES: &str = "yes y true t 1 ja j oui si sim tak kylla x wahr vrai vero";
const NO: &str = "no n false f 0 nein non nao nie nee nej nei ei falsch faux falso";

/// The outcome of an order's status, by its letters and digits.
pub(super) fn status(squeezed: &str) -> Option<Outcome> {
    let word = squeezed.strip_prefix("wc").filter(|rest| !rest.is_empty()).unwrap_or(squeezed);
    let listed = STATUSES.iter().find(|(_, words)| words.split(' ').any(|listed| listed == word));
    listed.map(|(outcome, _)| *outcome)
}

/// The truth value of a word for yes or no, or of a number of pieces that came back, by its folded
/// words: "1.0000" has the words 1 and 0000.
pub(super) fn truth(words: &[String]) -> Option<bool> {
    let squeezed = words.concat();
    let has = |list: &str| list.split(' ').any(|listed| listed == squeezed);
    let is_number =
        words.len() <= 2 && squeezed.len() <= 8 && squeezed.bytes().all(|b| b.is_ascii_digit());
    match () {
        () if has(YES) => Some(true),
        () if has(NO) => Some(false),
        () => is_number.then(|| squeezed.bytes().any(|b| b != b'0')),
    }
}
