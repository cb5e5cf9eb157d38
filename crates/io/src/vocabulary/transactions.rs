//! Words for the kinds of rows in a ledger of sales and returns.

use super::fold::{lists, squeezed};

/// What a row of a ledger is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transaction {
    /// Something was sold.
    Sale,
    /// Something that was sold came back.
    Return,
    /// A sale was cancelled.
    Cancel,
    /// Nothing was sold.
    Test,
}

/// Headers of columns with the kinds of rows, folded.
const HEADERS: &str = "transactiontype transactionkind transaction eventtype event saletype salekind saleskind ordertype \
    orderkind documenttype doctype linetype rowtype recordtype entrytype movementtype operationtype operation type kind \
    belegart belegtyp vorgangsart vorgang buchungsart bewegungsart transaktionstyp transaktionsart auftragsart typ art \
    typetransaction typedetransaction typedocument typededocument typeoperation typecommande tipotransaccion \
    tipodetransaccion tipodocumento tipodedocumento tipomovimiento tipooperacion tipotransazione tipomovimento tipo \
    tipooperazione transactietype documenttypen typtransakcji typdokumentu rodzajdokumentu transaktionstype bilagstype";

/// Words of each kind, folded and without blanks.
const WORDS: [(Transaction, &str); 4] = [
    (
        Transaction::Sale,
        "sale sales order orders purchase shipment shipped invoice payment charge exchange replacement freereplacement \
         reship salesorder salesinvoice neworder product item lineitem debit verkauf rechnung bestellung kauf lieferung \
         auftrag umtausch ersatz ersatzlieferung vente facture commande achat echange venta factura pedido compra cambio \
         vendita fattura ordine acquisto cambiomerce verkoop factuur ruil sprzedaz faktura paragon zamowienie forsaljning \
         kop salg kjop venda troca 売上 販売 销售 판매 продажа",
    ),
    (
        Transaction::Return,
        "return returns returned refund refunds refunded credit credits creditnote creditmemo salesreturn customerreturn \
         returnorder orderreturn salescreditmemo salescreditnote gutschrift retoure retouren rucksendung ruckgabe \
         ruckerstattung erstattung avoir remboursement retour retourclient notedecredit abono devolucion reembolso \
         notadecredito notadeabono reso resocliente rimborso notadicredito retourzending creditnota terugbetaling zwrot \
         korekta fakturakorygujaca retur kreditnota kreditfaktura returnering devolucao estorno 返品 返金 退货 退款 반품 \
         환불 возврат",
    ),
    (
        Transaction::Cancel,
        "cancel cancels cancelled canceled cancellation cancelation void voided storno stornierung storniert annulation \
         annule anulacion anulado cancelacion cancelado annullamento annullato annulering geannuleerd anulowanie anulowane \
         annullering makulering kansellering cancelamento キャンセル 取消 취소 отмена",
    ),
    (Transaction::Test, "test testorder testorders testbestellung testauftrag"),
];

/// Whether a column with this header may have the kinds of the rows.
pub(crate) fn is_transaction_header(header: &str) -> bool {
    squeezed(header).is_some_and(|header| lists(HEADERS, &header))
}

/// What a word for the kind of a row means.
pub(crate) fn transaction(word: &str) -> Option<Transaction> {
    let word = squeezed(word)?;
    WORDS.iter().find(|(_, words)| lists(words, &word)).map(|(kind, _)| *kind)
}
