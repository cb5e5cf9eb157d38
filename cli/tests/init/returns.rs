//! Return apps: Loop, AfterShip Returns and ReturnGO, beside a shop's orders.

use super::kit::{LINES, Line, assert_sizes, checked, lines, rows, train};
use serde_json::Value;
use std::fmt::Write;

/// The shop's orders, as another system writes them.
fn orders() -> String {
    let mut text = "Order Name,Customer ID,Created At,Product Title,Size,Color,SKU\n".to_owned();
    for line in lines() {
        writeln!(
            text,
            "#{},{},{},{},{},{},{}",
            line.order,
            line.customer + 100,
            line.day,
            line.article,
            line.size,
            line.colour,
            line.sku()
        )
        .unwrap();
    }
    text
}

/// A table of returns with this header; `row` writes a line with its reason.
fn returns(header: &str, reasons: &[&str], row: impl Fn(&Line, &str) -> String) -> String {
    let mut text = format!("{header}\n");
    for line in lines() {
        if let Some(reason) = line.returned {
            text.push_str(&row(&line, reasons[reason % reasons.len()]));
            text.push('\n');
        }
    }
    text
}

/// Asserts that each of five reasons was found four times: too small, too large, the size, another
/// and none.
fn assert_reasons(report: &Value) {
    assert_sizes(report);
    assert_eq!(report["articles"], 4);
    let names = ["kept", "too_small", "too_large", "size_reason", "other_reason", "unknown_reason"];
    assert_eq!(rows(&report["outcomes"], &names), [LINES as u64 - 20, 4, 4, 4, 4, 4]);
}

#[test]
fn loop_returns() {
    let header = "Return ID,Order Name,Created At,Customer Email,Status,Product Title,Variant Title,SKU,\
        Parent Return Reason,Return Reason,Outcome,Amount";
    let reasons =
        ["Too small", "Too large", "Doesn't fit right", "Style wasn't what I expected", ""];
    let text = returns(header, &reasons, |line, reason| {
        format!(
            "{},#{},2026-04-02,{},closed,{},{} / {},{},Size & Fit,{reason},exchange,45.00",
            88_000 + line.number,
            line.order,
            line.email(),
            line.article,
            line.colour,
            line.size,
            line.sku()
        )
    });
    let (folder, report) = checked("loop", &[("orders.csv", orders()), ("loop-returns.csv", text)]);
    assert_reasons(&report);
    train(&folder);
}

#[test]
fn aftership_returns() {
    let header = "RMA number,Order number,RMA status,Requested at,Customer email,Product name,Variant name,SKU,\
        Return quantity,Return reason,Return sub-reason,Resolution";
    let reasons = ["Size too small", "Size too big", "Size or fit", "Changed my mind", ""];
    let text = returns(header, &reasons, |line, reason| {
        format!(
            "EU{},#{},done,2026-04-02T10:00:00Z,{},{},{} / {},{},1,{reason},,Refund",
            line.number,
            line.order,
            line.email(),
            line.article,
            line.colour,
            line.size,
            line.sku()
        )
    });
    let (_, report) = checked("aftership", &[("aftership.csv", text), ("orders.csv", orders())]);
    assert_reasons(&report);
}

#[test]
fn returngo_export() {
    let header = "RMA,Order,Request date,Status,Customer,Item name,Variant,SKU,Quantity,Return reason,Answers,Resolution";
    let reasons =
        ["It's too tight", "It's too loose", "Doesn't fit", "Don't like it", "No reason given"];
    let text = returns(header, &reasons, |line, reason| {
        format!(
            "RMA{},#{},2026-04-02,Done,Ann,{},{} / {},{},1,{reason},,Refund",
            line.number,
            line.order,
            line.article,
            line.colour,
            line.size,
            line.sku()
        )
    });
    let (_, report) = checked("returngo", &[("orders.csv", orders()), ("rma.csv", text)]);
    assert_reasons(&report);
}

/// Returns alone are a history without kept purchases.
#[test]
fn returns_without_orders() {
    let header = "Return ID,Order Name,Customer Email,Product Title,Variant Title,Return Reason";
    let reasons = ["Too small", "Too large", "Fit", "Style", ""];
    let text = returns(header, &reasons, |line, reason| {
        format!(
            "{},#{},{},{},{} / {},{reason}",
            line.number,
            line.order,
            line.email(),
            line.article,
            line.colour,
            line.size
        )
    });
    let (_, report) = checked("returns-alone", &[("returns.csv", text)]);
    let names = ["kept", "too_small", "too_large", "size_reason", "other_reason", "unknown_reason"];
    assert_eq!(rows(&report["outcomes"], &names), [0, 4, 4, 4, 4, 4]);
}
