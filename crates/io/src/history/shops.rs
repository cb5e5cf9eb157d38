//! Tests of reading a history as platforms and people export it.

use super::{History, load_history};
use crate::failure::Failure;
use crate::pipeline::Pipeline;
use inseam::outcome::Outcome::{self, Kept, TooSmall, UnknownReason};
use inseam::train::Columns;
use std::path::PathBuf;

/// A folder with a pipeline file and tables, removed when the test ends.
struct Shop(PathBuf);

impl Shop {
    fn new(name: &str, pipeline: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("inseam-shop-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        let with_history = if pipeline.contains("[history]") {
            pipeline.to_owned()
        } else {
            format!("[history]\npath = \"h.csv\"\n{pipeline}")
        };
        std::fs::write(path.join("p.toml"), with_history).unwrap();
        for (name, text) in files {
            std::fs::write(path.join(name), text).unwrap();
        }
        Self(path)
    }

    fn read(&self, rejects: bool) -> Result<History, Failure> {
        let rejects = rejects.then(|| self.0.join("rejects.csv"));
        load_history(&Pipeline::read(&self.0.join("p.toml"))?, &[], rejects.as_deref())
    }

    fn rejects(&self) -> String {
        std::fs::read_to_string(self.0.join("rejects.csv")).unwrap()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The history of one file.
fn history(name: &str, pipeline: &str, text: &str) -> History {
    Shop::new(name, pipeline, &[("h.csv", text)]).read(false).unwrap()
}

fn refusal(name: &str, pipeline: &str, files: &[(&str, &str)]) -> String {
    Shop::new(name, pipeline, files).read(false).unwrap_err().to_string()
}

/// Customer, size and outcome of each row.
fn rows(columns: &Columns) -> Vec<(&str, &str, Outcome)> {
    let row = |row| {
        let size = columns.size.value(row).unwrap().as_str();
        (columns.customer.text(row), size, columns.outcome[row])
    };
    (0..columns.outcome.len()).map(row).collect()
}

fn found(findings: &[super::Finding], part: &str) -> u64 {
    let finding = findings.iter().find(|finding| finding.what.contains(part));
    finding.unwrap_or_else(|| panic!("{part:?} is not in {findings:?}")).rows
}

#[test]
fn a_ledger_with_returns_as_negative_lines() {
    let text = "Invoice,SKU,Size,Qty,Date,Customer\n\
                1,d,M,1.0,2026-01-05,c1\nR1,d,M,\"-1,000\",2026-01-20,c1\n\
                2,d,L,2,2026-01-06,c2\n3,d,S,0,2026-01-07,c3\n4,d,XL,1-,2026-01-08,c4\n";
    let pipeline = "[history.columns]\norder_id = \"Invoice\"\n";
    let shop = Shop::new("ledger", pipeline, &[("h.csv", text)]);
    let History { columns, report, counts, .. } = shop.read(true).unwrap();
    assert_eq!(rows(&columns), [("c1", "M", UnknownReason), ("c2", "L", Kept)]);
    assert_eq!((counts.read, counts.rejected), (5, 0));
    assert_eq!(found(&report.left_out, "the quantity is 0"), 1);
    assert_eq!(found(&report.left_out, "takes back an earlier purchase"), 1);
    assert_eq!(found(&report.left_out, "no earlier purchase"), 1);
    let rejects = shop.rejects();
    assert!(rejects.lines().count() == 2 && rejects.contains("c4"), "{rejects}");
    let wrong = refusal("pieces", "", &[("h.csv", "customer,sku,size,quantity\nc,a,M,many\n")]);
    assert!(wrong.contains("\"many\" is not a number of pieces"), "{wrong}");
}

#[test]
fn words_for_missing_values_are_no_customers_and_no_sizes() {
    let text = "customer_id,sku,size,outcome,brand\nNULL,a,M,,Acme\nc1,nan,M,,Acme\nc2,a,#N/A,,Acme\n\
                c3,a,M,None,-\nc4,a,L,n/a,NULL\n";
    let shop = Shop::new("nulls", "", &[("h.csv", text)]);
    let failure = shop.read(false).unwrap_err().to_string();
    assert!(failure.contains("line 2") && failure.contains("2 other rows"), "{failure}");
    let History { columns, counts, .. } = shop.read(true).unwrap();
    assert_eq!((counts.rejected, rows(&columns)), (3, vec![("c3", "M", Kept), ("c4", "L", Kept)]));
    assert_eq!(columns.brand.unwrap().text(0), "");
}

#[test]
fn guests_are_told_apart_by_their_address() {
    let text = "Order ID,Customer User,Billing Email,Product ID,pa_size\n1,0,g1@x.example,P,M\n\
                2,0,g2@x.example,P,L\n3,17,c@x.example,P,S\n4,0,,P,S\n";
    let History { columns, report, mapping, .. } = history("guests", "", text);
    assert_eq!(columns.customer.values, ["g1@x.example", "g2@x.example", "17"]);
    assert_eq!(mapping.other_customer_ids, ["Billing Email"]);
    assert_eq!(found(&report.guesses, "told apart by Billing Email"), 2);
    assert_eq!(found(&report.left_out, "\"0\" stands for guests"), 1);
    let one = "[history.columns]\ncustomer_id = \"Customer User\"\n";
    let History { columns, report, .. } = history("guests-one", one, text);
    assert_eq!(columns.customer.values, ["17"]);
    assert_eq!(found(&report.left_out, "stands for guests"), 3);
    let named = "[history.columns]\ncustomer_id = [\"Customer User\", \"Order ID\"]\n";
    assert_eq!(history("guests-named", named, text).columns.customer.values, ["1", "2", "17", "4"]);
}

#[test]
fn ids_of_floats_meet_those_of_the_catalogue() {
    let files = [
        ("h.csv", "customer_id,sku,size\n1.0,8001.0,38.0\n1,8002,38.5\n"),
        ("c.csv", "article_id,sizes\n8001,38|40\n=\"8002\",38\n"),
    ];
    let shop = Shop::new("floats", "[catalogue]\npath = \"c.csv\"\n", &files);
    let columns = shop.read(false).unwrap().columns;
    assert_eq!(
        (columns.customer.values, columns.article.values),
        (vec!["1".to_owned()], vec!["8001".into(), "8002".into()])
    );
    let ids: Vec<&str> = columns.catalogue.iter().map(|entry| entry.article.as_str()).collect();
    assert_eq!(ids, ["8001", "8002"]);
}

#[test]
fn a_feed_has_a_row_for_each_size() {
    let files = [
        ("h.csv", "customer_id,sku,size\nc,g1,M\n"),
        ("c.csv", "id,item_group_id,size\n1,g1,S\n2,g1,XL Tall\n3,g1,S\n4,g2,\"38,5\"\n"),
    ];
    let shop = Shop::new("feed", "[catalogue]\npath = \"c.csv\"\n", &files);
    let History { columns, report, .. } = shop.read(false).unwrap();
    let sizes = |at: usize| columns.catalogue[at].sizes.len();
    assert_eq!((columns.catalogue.len(), sizes(0), sizes(1)), (2, 2, 1));
    assert_eq!(found(&report.guesses, "further size of an article"), 2);
}

#[test]
fn a_line_id_is_one_purchase_with_the_outcome_that_tells_more() {
    let text = "line_id,customer_id,sku,size,reason,date\n1,c,a,M,,2026-01-01\n2,c,a,M,,2026-01-01\n\
                1,c,a,M,too small,2026-01-01\n";
    let columns = history("lines", "", text).columns;
    assert_eq!(columns.outcome, [TooSmall, Kept, TooSmall]);
    assert_eq!(columns.purchase_identity(0), columns.purchase_identity(2));
    assert_ne!(columns.purchase_identity(0), columns.purchase_identity(1));
    let wrong = "no,customer_id,sku,size\n1,c,a,M\n1,c,b,M\n";
    let message = refusal("no-lines", "[history.columns]\nline_id = \"no\"\n", &[("h.csv", wrong)]);
    assert!(message.contains("line 3") && message.contains("the id of row 2"), "{message}");
    let History { columns, report, .. } =
        history("auto-lines", "", &wrong.replace("no,", "line_id,"));
    assert!(columns.line.is_none());
    found(&report.guesses, "is not used as the id of order lines");
}

#[test]
fn orders_and_returns_in_two_files() {
    let orders = "order_id,customer_id,article_id,size,ordered_at\n1,c1,a,M,2026-01-01\n2,c2,a,L,2026-01-02\n";
    let back = "order_id,article_id,size,return_reason,returned_at\n1,a,M,SIZE_TOO_SMALL,2026-01-09\n\
                1,a,M,SIZE_TOO_SMALL,2026-01-10\n7,a,XL,,2026-01-10\n";
    let files = [("h.csv", orders), ("r.csv", back)];
    let shop = Shop::new("returns", "[returns]\npath = \"r.csv\"\n", &files);
    let History { columns, report, .. } = shop.read(true).unwrap();
    assert_eq!(rows(&columns), [("c1", "M", TooSmall), ("c2", "L", Kept)]);
    assert_eq!(found(&report.warnings, "no order line for this row of the returns"), 1);
    assert_eq!(found(&report.guesses, "count once"), 1);
    assert_eq!(found(&report.guesses, "marks as returned"), 1);
    let rejects = shop.rejects();
    assert!(rejects.lines().count() == 2 && rejects.contains("r.csv,4,"), "{rejects}");
    // As one history they are refused, in either order.
    for list in ["\"h.csv\", \"r.csv\"", "\"r.csv\", \"h.csv\""] {
        let pipeline = format!("[history]\npath = [{list}]\n");
        let message = refusal("one-history", &pipeline, &files);
        assert!(message.contains("columns of the files differ"), "{message}");
    }
    let unnamed = [("h.csv", orders), ("r.csv", "rma,note\n1,x\n")];
    let message = refusal("no-key", "[returns]\nfiles = [\"r.csv\"]\n", &unnamed);
    assert!(message.contains("r.csv") && message.contains("[returns.columns]"), "{message}");
}

#[test]
fn conditions_on_empty_cells_and_on_what_must_not_be() {
    let text = "customer_id,sku,size,outcome,Cancelled at,Status\nc1,a,M,,,paid\nc2,a,M,,2026-01-01,paid\n\
                c3,a,L,,NULL,VOIDED\nc4,a,L,,,\n";
    for (name, condition, customers) in [
        ("empty", "{ \"Cancelled at\" = \"\" }", vec!["c1", "c3", "c4"]),
        ("several", "{ Status = [\"Paid\", \"\"] }", vec!["c1", "c2", "c4"]),
        ("not", "{ Status = { not = [\"voided\", \"cancelled\"] } }", vec!["c1", "c2", "c4"]),
        ("both", "{ Status = \"paid\", \"Cancelled at\" = { not = \"\" } }", vec!["c2"]),
    ] {
        let columns = history(name, &format!("where = {condition}\n"), text).columns;
        assert_eq!(columns.customer.values, customers, "{name}");
    }
    let message = refusal("none", "where = { Status = \"open\" }\n", &[("h.csv", text)]);
    assert!(
        message.contains("Status = [\"open\"]") && message.contains("paid, VOIDED"),
        "{message}"
    );
}

#[test]
fn dates_in_the_order_that_the_column_shows_or_the_pipeline_says() {
    let text = |one: &str, two: &str| {
        format!("customer_id,sku,size,ordered_at\nc,a,M,{one}\nc,a,L,{two}\n")
    };
    let read = |name: &str, pipeline: &str, one: &str, two: &str| {
        history(name, pipeline, &text(one, two)).columns.day.unwrap()
    };
    let days = vec![19_753, 19_758];
    assert_eq!(read("day", "", "31/01/2024", "05/02/2024"), days);
    assert_eq!(read("month", "", "1/31/2024", "2/5/2024"), days);
    assert_eq!(read("compact", "", "20240131101500", "2024020509"), days);
    let open = text("05/02/2024", "06/02/2024");
    let message = refusal("open", "", &[("h.csv", &open)]);
    for part in ["column \"ordered_at\"", "05/02/2024", "date_order = \"day-first\""] {
        assert!(message.contains(part), "{message}");
    }
    let first = read("said", "date_order = \"day-first\"\n", "05/02/2024", "06/02/2024");
    assert_eq!(first, [19_758, 19_759]);
}

#[test]
fn an_article_of_several_systems_and_the_shops_own() {
    let text = "customer_id,sku,size,size_system,group\nc1,a,38,,dresses\nc2,a,40,FR,dresses\nc3,b,38,,dresses\n";
    let History { columns, report, .. } = history("systems", "system = \"DE\"\n", text);
    let sizes: Vec<&str> = rows(&columns).into_iter().map(|(_, size, _)| size).collect();
    assert_eq!(sizes, ["DE 38", "FR 40", "38"]);
    assert_eq!(found(&report.guesses, "several size systems"), 2);
}

#[test]
fn the_report_names_files_and_what_is_missing() {
    let text = "sep=;\ncustomer_id;sku;size\nc1;a;M\nc2;a;L\n";
    let report = history("report", "", text).report;
    assert_eq!((report.files.len(), report.rows), (1, 2));
    assert_eq!(
        (report.files[0].form.delimiter(), report.files[0].form.header_row()),
        (Some(';'), Some(2))
    );
    found(&report.guesses, "has its header on line 2");
    found(&report.warnings, "no column tells what became of a purchase");
}

#[test]
fn sizes_at_the_end_of_titles() {
    let text = "Name,Email,Lineitem quantity,Lineitem name,Lineitem sku,Created at\n\
                #1,a@x.example,1,Linen Dress - Navy / M,LD-NV-M,2026-03-01 09:59:00 +0100\n\
                #1,a@x.example,1,Linen Dress - Navy / L,LD-NV-L,2026-03-01 09:59:00 +0100\n\
                #2,b@x.example,1,Gift Card - 25.00,,2026-03-02 09:59:00 +0100\n";
    let shop = Shop::new("titles", "", &[("h.csv", text)]);
    let History { columns, report, counts, .. } = shop.read(true).unwrap();
    let sizes: Vec<&str> = rows(&columns).into_iter().map(|(_, size, _)| size).collect();
    assert_eq!((sizes, counts.rejected), (vec!["M", "L"], 1));
    // A dress is one article, in whatever colour.
    assert_eq!([0, 1].map(|row| columns.article.text(row)), ["Linen Dress"; 2]);
    found(&report.guesses, "\"Lineitem name\" has names of variants");
    found(&report.warnings, "every row counts as kept");
}

#[test]
fn the_option_that_is_the_size() {
    let text = |one: &str, two: &str| {
        format!("Email,Product ID,Option1 Value,Option2 Value\na,P,{one}\nb,P,{two}\n")
    };
    let labels = |name: &str, text: &str| {
        let columns = history(name, "", text).columns;
        columns.size.values.into_iter().map(inseam::size::Label::into_string).collect::<Vec<_>>()
    };
    assert_eq!(labels("second", &text("Navy,M", "Red,L")), ["M", "L"]);
    assert_eq!(labels("first", &text("M,Navy", "L,Red")), ["M", "L"]);
    for (name, one, two) in [("both", "M,S", "L,M"), ("neither", "Navy,Oak", "Red,Elm")] {
        let message = refusal(name, "", &[("h.csv", &text(one, two))]);
        assert!(message.contains("size = \"Option2 Value\""), "{message}");
    }
    let named = "Email,Product ID,Option1 Name,Option1 Value,Option2 Name,Option2 Value\na,P,Length,M,Größe,S\n";
    assert_eq!(labels("named", named), ["S"]);
}

#[test]
fn what_shopify_gives_on_the_first_line_of_an_order_holds_for_all() {
    let text = "Name,Email,Financial Status,Lineitem name,Lineitem sku,Created at\n\
                #1,a@x.example,voided,Dress / M,D-M,2026-03-01\n#1,a@x.example,,Dress / L,D-L,2026-03-01\n\
                #2,b@x.example,paid,Dress / M,D-M,2026-03-01\n#2,b@x.example,,Dress / L,D-L,2026-03-01\n";
    let pipeline = "where = { \"Financial Status\" = { not = \"voided\" } }\n";
    let columns = history("first-line", pipeline, text).columns;
    assert_eq!(columns.customer.values, ["b@x.example"]);
    assert_eq!(rows(&columns).len(), 2);
}
