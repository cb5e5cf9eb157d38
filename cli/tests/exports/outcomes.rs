//! What became of order lines, where several columns or tables tell it.

use crate::kit::{checked, folder, printed, rows_with, with_outcome};
use serde_json::Value;

/// A marketplace's order lines: the status says what the empty reasons leave open.
#[test]
fn cancelled_lines_and_returns_without_a_reason_are_not_kept() {
    let history = "order_number;order_date;article_number;size;status;return_reason;customer_number\n\
        101;2024-01-05;ZA1;38;shipped;;k1\n\
        102;2024-01-06;ZA1;40;returned;Article is too small;k2\n\
        103;2024-01-07;ZA2;36;cancelled;;k3\n\
        104;2024-01-07;ZA2;38;returned;;k4\n";
    let folder = folder("statuses", history);
    let report = printed(&folder, &["train", "p.toml"]);
    assert!(report.contains("training: 3 purchases of 3 customers"), "{report}");
    for part in ["column \"status\"", "\"cancelled\", \"returned\"", "2 rows"] {
        assert!(report.contains(part), "{report}");
    }
    let check: Value =
        serde_json::from_str(&printed(&folder, &["check", "p.toml", "--json"])).unwrap();
    let outcomes = check.to_string();
    for outcome in ["kept", "too_small", "unknown_reason", "pending"] {
        assert!(outcomes.contains(&format!("\"{outcome}\"")), "{outcome} is not in {outcomes}");
    }
}

/// The report about these lines, in the columns of Adobe Commerce.
fn of_adobe_commerce(name: &str, lines: &[&str]) -> Value {
    let header = "item_id,order_id,sku,name,product_type,qty_ordered,qty_canceled,qty_refunded,customer_id,size,created_at\n";
    let rows: String = lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let [ordered, canceled, refunded] = line.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            format!(
                "{i},{i},LD,Dress,configurable,{ordered},{canceled},{refunded},c{i},M,2026-01-02\n"
            )
        })
        .collect();
    checked(&folder(name, &(header.to_owned() + &rows)))
}

#[test]
fn a_piece_that_stays_keeps_its_line() {
    // Ordered, cancelled, refunded.
    let lines = ["2 0 1", "1 0 1", "2.0000 0.0000 2.0000", "1 0 0", "3 1 1", "2 1 1", "1 1 0"];
    let report = of_adobe_commerce("pieces", &lines);
    let count = |outcome| with_outcome(&report, outcome);
    assert_eq!((count("kept"), count("unknown_reason"), count("pending")), (3, 3, 1), "{report}");
    assert_eq!(rows_with(&report, "guesses", "only some pieces"), 2);
    assert_eq!(rows_with(&report, "guesses", "was cancelled"), 1);
    // "configurable" is how a dress is sold, not what it is.
    assert_eq!(report["columns"].get("group"), None, "{report}");
    assert!(report["guesses"].to_string().contains("product_type"), "{report}");
}

/// An order may be completed of which a line was refunded.
#[test]
fn refunded_pieces_count_beside_the_status_of_the_order() {
    let report = checked(&folder(
        "refunded-lines",
        "order_id,customer_id,article_id,size,quantity,order_status,Item Quantity Refunded\n\
         1,a,D,M,1,completed,0\n2,b,D,L,2,completed,-1\n3,c,D,S,1,completed,1\n\
         4,d,D,M,1,cancelled,0\n5,e,D,M,1,completed,\n",
    ));
    let count = |outcome| with_outcome(&report, outcome);
    assert_eq!((count("kept"), count("unknown_reason"), count("pending")), (3, 1, 1), "{report}");
}

/// A table of returns may name the pieces that came back.
#[test]
fn a_return_of_some_pieces() {
    let folder = folder(
        "returned-pieces",
        "order_id,customer_id,article_id,size,quantity,ordered_at\n\
         o0,a,D,S,2,2026-01-01\no1,b,D,M,1,2026-01-02\no2,c,D,L,2,2026-01-03\no3,d,D,M,2,2026-01-04\n",
    );
    let returns = "order_id,article_id,size,quantity,reason,returned_at\n\
         o0,D,S,1,too small,2026-02-01\no1,D,M,1,too large,2026-02-01\no2,D,L,2,too large,2026-02-02\n\
         o3,D,M,1,too small,2026-02-02\no3,D,M,1,too small,2026-02-03\n";
    std::fs::write(folder.join("r.csv"), returns).unwrap();
    let pipeline =
        "[history]\npath = \"h.csv\"\n[returns]\npath = \"r.csv\"\n[model]\nout = \"m.inseam\"\n";
    std::fs::write(folder.join("p.toml"), pipeline).unwrap();
    let report = checked(&folder);
    let count = |outcome| with_outcome(&report, outcome);
    assert_eq!((count("kept"), count("too_small"), count("too_large")), (1, 1, 2), "{report}");
    assert_eq!(rows_with(&report, "guesses", "only some pieces"), 1);
}

/// A ledger has a row for the sale and one for what takes it back, both with a positive number.
#[test]
fn rows_of_a_ledger_that_take_a_sale_back() {
    let folder = folder(
        "ledger",
        "Order ID,Customer,SKU,Size,Qty,Date,Transaction Type,Reason\n\
         1,a,D,M,1,2026-01-01,Shipment,\n1,a,D,M,1,2026-01-09,Refund,Too small\n\
         2,b,D,L,1,2026-01-02,Shipment,\n3,c,D,S,1,2026-01-03,Shipment,\n3,c,D,S,1,2026-01-04,Cancel,\n\
         4,d,D,S,1,2026-01-03,Shipment,\n4,d,D,S,1,2026-01-12,Refund,\n5,e,D,S,1,2026-01-12,Refund,\n",
    );
    let report = checked(&folder);
    assert_eq!(report["purchases"], 4, "{report}");
    for outcome in ["kept", "too_small", "unknown_reason", "pending"] {
        assert_eq!(with_outcome(&report, outcome), 1, "{outcome}: {report}");
    }
    assert_eq!(rows_with(&report, "guesses", "take back an earlier purchase"), 4);
    assert_eq!(rows_with(&report, "left_out", "no earlier purchase"), 1);
}
