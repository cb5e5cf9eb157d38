//! Amazon: the report of all orders, which has no buyers, and that of FBA returns.

use super::kit::{LINES, assert_sizes, checked, lines, rows};
use std::fmt::Write;

/// The report of orders, separated by tabs and without quoting: a title may begin with a quote
/// mark.
fn orders() -> String {
    let mut text = "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\t\
        fulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\t\
        item-status\tquantity\tcurrency\titem-price\n"
        .to_owned();
    for line in lines() {
        writeln!(
            text,
            "111-0000{}-0000000\t\t{}T08:04:21+00:00\t{}T22:07:59+00:00\t{}\tAmazon\tAmazon.de\t\t\tStandard\t{}\t{}\t\
             B0{:08}\t{}\t1\tEUR\t45.00",
            line.order,
            line.day,
            line.day,
            if line.order == 1002 { "Cancelled" } else { "Shipped" },
            title(line.article, line.colour, line.size),
            line.sku(),
            line.number,
            if line.order == 1002 { "Cancelled" } else { "Shipped" },
        )
        .unwrap();
    }
    text
}

fn title(article: &str, colour: &str, size: &str) -> String {
    let quote = if article == "Silk Blouse" { "\"" } else { "" };
    format!("{quote}Acme Women's {article} ({colour}, {size})")
}

fn returns() -> String {
    let reasons = [
        "APPAREL_TOO_SMALL",
        "APPAREL_TOO_LARGE",
        "APPAREL_STYLE",
        "UNWANTED_ITEM",
        "NO_REASON_GIVEN",
    ];
    let mut text =
        "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\t\
        detailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments\n"
            .to_owned();
    for line in lines() {
        let Some(reason) = line.returned.filter(|_| line.order != 1002) else { continue };
        writeln!(
            text,
            "2026-04-01T10:00:00+00:00\t111-0000{}-0000000\t{}\tB0{:08}\tX00\t{}\t1\tLEJ1\tSELLABLE\t{}\t\
             Unit returned to inventory\tLPN1\t\"nice, but too tight for Ann",
            line.order,
            line.sku(),
            line.number,
            title(line.article, line.colour, line.size),
            reasons[reason % reasons.len()],
        )
        .unwrap();
    }
    text
}

#[test]
fn orders_and_returns() {
    let (_, report) =
        checked("amazon", &[("orders.tsv", orders()), ("fba-returns.tsv", returns())]);
    assert_sizes(&report);
    assert_eq!(report["articles"], 4);
    assert_eq!(report["columns"]["customer_id"], "amazon-order-id");
    assert_eq!(report["customers"], LINES / 2);
    let outcomes = rows(
        &report["outcomes"],
        &["too_small", "too_large", "other_reason", "unknown_reason", "pending", "kept"],
    );
    assert_eq!(outcomes.iter().sum::<u64>(), LINES as u64);
    assert_eq!(outcomes[..5], [3, 4, 8, 4, 2], "{outcomes:?}");
}
