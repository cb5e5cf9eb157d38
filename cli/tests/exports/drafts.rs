//! Exports whose pipeline file `inseam init` writes: which columns it finds, and which it asks for.

use crate::kit::{checked, folder, printed, rows_with, with_outcome};
use std::path::Path;

/// The pipeline that `init` writes for a history.
fn drafted(folder: &Path) -> String {
    std::fs::remove_file(folder.join("p.toml")).unwrap();
    printed(folder, &["init", "h.csv", "--out", "p.toml"]);
    std::fs::read_to_string(folder.join("p.toml")).unwrap()
}

#[test]
fn whether_a_line_came_back_in_more_spellings() {
    for (name, header, yes, no) in [
        ("marks", "returned", "✓", ""),
        ("german", "Retoure", "Ja", "Nein"),
        ("numbers", "Retouren", "1", "0"),
        ("pieces", "Returned pieces", "1", "0"),
    ] {
        let text = format!(
            "customer,product,size,date,{header}\nc0,P,S,2026-01-10,{yes}\nc1,P,M,2026-01-11,{no}\n\
             c2,P,M,2026-01-11,{no}\nc3,P,L,2026-01-12,{yes}\n"
        );
        let folder = folder(&format!("drafted-{name}"), &text);
        let draft = drafted(&folder);
        assert!(draft.contains(&format!("outcome     = \"{header}\"")), "{draft}");
        let report = checked(&folder);
        let count = |outcome| with_outcome(&report, outcome);
        assert_eq!((count("kept"), count("unknown_reason")), (2, 2), "{name}: {report}");
    }
}

/// What may tell what came back is named where it is not understood.
#[test]
fn a_column_that_may_tell_what_came_back_is_named() {
    let text = "order,customer,product,size,date,price,refunded_amount\n\
        1,a,P,S,2026-01-10,45.00,0.00\n2,b,P,M,2026-01-11,45.00,45.00\n";
    let folder = folder("refunded-amount", text);
    let report = checked(&folder);
    assert!(rows_with(&report, "warnings", "refunded_amount") == 0, "a warning about no rows");
    assert!(report["warnings"].to_string().contains("refunded_amount"), "{report}");
    let draft = drafted(&folder);
    assert!(draft.contains("TODO: does \"refunded_amount\" tell what came back?"), "{draft}");
}

#[test]
fn exports_of_more_platforms() {
    let prestashop = "id_order;id_customer;date_add;product_id;product_name;product_quantity;product_quantity_refunded;order_state\n\
        1;11;2026-01-10 10:00:00;7;\"T-shirt - Taille : S- Couleur : Noir\";1;0;Livré\n\
        2;12;2026-01-11 10:00:00;7;\"T-shirt - Taille : M- Couleur : Noir\";2;1;Livré\n\
        3;13;2026-01-12 10:00:00;7;\"T-shirt - Taille : L- Couleur : Noir\";1;1;Livré\n";
    let ebay = "Order Number,Buyer Username,Item Number,Item Title,Variation Details,Quantity,Sale Date,Return Reason\n\
        1,b1,110,Shirt,\"[Size:S,Colour:Blue]\",1,2026-01-10,\n\
        2,b2,110,Shirt,\"[Colour:Red,Size:M]\",1,2026-01-11,\n\
        3,b3,110,Shirt,\"[Size:L,Colour:Blue]\",1,2026-01-12,Doesn't fit\n";
    for (name, text) in [("prestashop", prestashop), ("ebay", ebay)] {
        let folder = folder(name, text);
        let draft = drafted(&folder);
        assert!(!draft.contains("TODO"), "{draft}");
        let report = checked(&folder);
        assert_eq!((&report["customers"], &report["articles"]), (&3.into(), &1.into()), "{report}");
        assert_eq!(with_outcome(&report, "kept"), 2, "{name}: {report}");
        let labels = report["sizes"]["understood"]["labels"].as_array().unwrap();
        let mut labels: Vec<&str> = labels.iter().map(|l| l["value"].as_str().unwrap()).collect();
        labels.sort_unstable();
        assert_eq!(labels, ["L", "M", "S"], "{name}");
    }
}
