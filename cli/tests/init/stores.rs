//! Other shop systems: WooCommerce, Adobe Commerce and BigCommerce.

use super::kit::{LINES, Line, assert_sizes, checked, lines, rows, train};
use serde_json::Value;
use std::fmt::Write;

/// The status of a line's order: of the first orders, one is refunded and one cancelled.
fn status(
    line: &Line,
    kept: &'static str,
    refunded: &'static str,
    cancelled: &'static str,
) -> &'static str {
    match line.order {
        1002 => refunded,
        1003 => cancelled,
        _ => kept,
    }
}

/// Asserts the outcomes of a shop whose orders have statuses alone.
fn assert_statuses(report: &Value) {
    assert_sizes(report);
    let outcomes = rows(&report["outcomes"], &["kept", "unknown_reason", "pending"]);
    assert_eq!(outcomes, [LINES as u64 - 4, 2, 2]);
}

/// Guests have the customer 0 and an e-mail address.
#[test]
fn woocommerce_with_size_attribute() {
    let mut text =
        "Order ID,Order Date,Customer User,Billing Email,Product ID,pa_size,pa_color,Order Status,Quantity\n".to_owned();
    for line in lines() {
        let customer = if line.customer < 4 { 0 } else { line.customer };
        writeln!(
            text,
            "{},{},{customer},{},P{},{},{},{},1",
            line.order,
            line.day,
            line.email(),
            line.number % 4,
            line.size.to_lowercase(),
            line.colour,
            status(&line, "wc-completed", "wc-refunded", "wc-cancelled"),
        )
        .unwrap();
    }
    let (folder, report) = checked("woocommerce", &[("orders.csv", text)]);
    assert_statuses(&report);
    assert_eq!((&report["customers"], &report["articles"]), (&Value::from(16), &Value::from(4)));
    train(&folder);
}

/// Advanced Order Export: the size is in the name of the item.
#[test]
fn woocommerce_advanced_order_export() {
    let mut text = "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),\
        Email (Billing),Phone (Billing),Payment Method Title,Order Total Amount,SKU,Item #,Item Name,\
        Quantity (- Refund),Item Cost\n"
        .to_owned();
    for line in lines() {
        writeln!(
            text,
            "{},{},{} 10:15,,Ann,Example,{},+49 30 123456,PayPal,90.00,{},1,\"{} - {}, {}\",1,45.00",
            line.order,
            status(&line, "Completed", "Refunded", "Cancelled"),
            line.day,
            line.email(),
            line.sku(),
            line.article,
            line.colour,
            line.size,
        )
        .unwrap();
    }
    let (_, report) = checked("woocommerce-advanced", &[("orders.csv", text)]);
    assert_statuses(&report);
    assert_eq!(report["columns"]["article_id"], "Item Name");
    assert_eq!(report["articles"], 4);
}

/// Customer/Order/Coupon Export with a row for each item: the size is in the item's meta data.
#[test]
fn woocommerce_order_export() {
    let mut text = "order_id,order_number,date,status,customer_id,billing_email,item_id,item_product_id,item_name,\
        item_sku,item_quantity,item_total,item_meta\n"
        .to_owned();
    for line in lines() {
        writeln!(
            text,
            "{},{},{} 10:15:00,{},{},{},{},{},{},{},1,45.00,\"pa_color={}|pa_size={}\"",
            line.order,
            line.order,
            line.day,
            status(&line, "completed", "refunded", "cancelled"),
            line.customer + 7,
            line.email(),
            9000 + line.number,
            500 + line.number % 4,
            line.article,
            line.sku(),
            line.colour.to_lowercase(),
            line.size.to_lowercase(),
        )
        .unwrap();
    }
    let (_, report) = checked("woocommerce-items", &[("orders.csv", text)]);
    assert_statuses(&report);
    assert_eq!(report["columns"]["size"], "item_meta");
    assert_eq!(report["columns"]["article_id"], "item_product_id");
    assert_eq!(report["articles"], 4);
}

/// Order items of Adobe Commerce: a configurable product and its variant are the same garment.
#[test]
fn adobe_commerce_order_items() {
    let mut text = "item_id,order_id,increment_id,created_at,customer_id,customer_email,parent_item_id,product_type,sku,\
        name,product_options,qty_ordered,qty_refunded,price\n"
        .to_owned();
    for line in lines() {
        let item = 10 * line.number;
        let common = format!(
            "{},0000{},{} 08:00:00,{},{}",
            line.order,
            line.order,
            line.day,
            line.customer + 3,
            line.email()
        );
        let refunded = if line.returned.is_some() { "1.0000" } else { "0.0000" };
        writeln!(
            text,
            "{item},{common},,configurable,{},{},\"Color: {}, Size: {}\",1.0000,{refunded},45.00",
            line.sku(),
            line.article,
            line.colour,
            line.size
        )
        .unwrap();
        writeln!(
            text,
            "{},{common},{item},simple,{},{}-{}-{},,1.0000,{refunded},0.00",
            item + 1,
            line.sku(),
            line.article,
            line.size,
            line.colour
        )
        .unwrap();
    }
    let (folder, report) = checked("adobe", &[("sales_order_item.csv", text)]);
    assert_sizes(&report);
    assert_eq!((&report["purchases"], &report["articles"]), (&Value::from(LINES), &Value::from(4)));
    assert_eq!(report["columns"]["outcome"], "qty_refunded");
    assert_eq!(rows(&report["outcomes"], &["kept", "unknown_reason"]), [60, 20]);
    train(&folder);
}

#[test]
fn bigcommerce_orders() {
    let mut text = "Order ID,Customer ID,Customer Name,Customer Email,Order Date,Order Status,Order Total (inc tax),\
        Product ID,Product Qty,Product SKU,Product Name,Product Variation Details,Product Unit Price\n"
        .to_owned();
    for line in lines() {
        writeln!(
            text,
            "{},{},Ann Example,{},{},{},90.00,{},1,{},{},\"Size: {}, Color: {}\",45.00",
            line.order,
            line.customer + 1,
            line.email(),
            line.day,
            status(&line, "Completed", "Refunded", "Cancelled"),
            77 + line.number % 4,
            line.sku(),
            line.article,
            line.size,
            line.colour
        )
        .unwrap();
    }
    let (_, report) = checked("bigcommerce", &[("orders.csv", text)]);
    assert_statuses(&report);
    assert_eq!(report["columns"]["size"], "Product Variation Details");
    assert_eq!(report["articles"], 4);
}
