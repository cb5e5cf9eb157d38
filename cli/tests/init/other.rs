//! Files of no known platform, feeds, and the command line of `init`.

use super::kit::{
    ARTICLES, LINES, SIZES, assert_sizes, check, checked, folder, init, inseam, lines, rows, run,
    train,
};
use std::fmt::Write;

/// A German merchandise system: semicolons, words and dates of its own, body measurements.
fn german() -> String {
    let reasons = ["zu klein", "zu groß", "Passform gefällt nicht", "gefällt nicht", "ohne Angabe"];
    let mut text = "Auftragsnr;Kundennummer;Bestelldatum;Artikelnummer;Bezeichnung;Warengruppe;Marke;Größe;Farbe;\
        Retourengrund\n"
        .to_owned();
    for line in lines() {
        let (year, rest) = line.day.split_at(5);
        let (month, day) = rest.split_at(3);
        writeln!(
            text,
            "{};K{:05};{day}.{}.{};A-{};{};Kleider;Acme;{};{};{}",
            line.order,
            line.customer,
            &month[..2],
            &year[..4],
            line.number % 4,
            line.article,
            ["36", "38", "40", "42"][SIZES.iter().position(|size| *size == line.size).unwrap()],
            line.colour,
            line.returned.map_or("", |reason| reasons[reason % reasons.len()])
        )
        .unwrap();
    }
    text
}

#[test]
fn a_german_table() {
    let (folder, report) = checked("german", &[("auftraege.csv", german())]);
    for (column, name) in [
        ("customer_id", "Kundennummer"),
        ("article_id", "Artikelnummer"),
        ("size", "Größe"),
        ("outcome", "Retourengrund"),
        ("ordered_at", "Bestelldatum"),
        ("order_id", "Auftragsnr"),
        ("group", "Warengruppe"),
        ("brand", "Marke"),
    ] {
        assert_eq!(report["columns"][column], name, "{column}");
    }
    let names = ["kept", "too_small", "too_large", "size_reason", "other_reason", "unknown_reason"];
    assert_eq!(rows(&report["outcomes"], &names), [60, 4, 4, 4, 4, 4]);
    train(&folder);
}

/// Option 1 is the colour, and no header says so: in `init` and in `train`.
#[test]
fn the_size_is_the_second_option() {
    let mut text = "Email,Product ID,Option1 Value,Option2 Value,Return Reason\n".to_owned();
    for line in lines() {
        let reason = if line.returned.is_some() { "SIZE_TOO_LARGE" } else { "" };
        writeln!(
            text,
            "{},P{},{},{},{reason}",
            line.email(),
            line.number % 4,
            line.colour,
            line.size
        )
        .unwrap();
    }
    let (folder, report) = checked("options", &[("orders.csv", text)]);
    assert_sizes(&report);
    assert_eq!(report["columns"]["size"], "Option2 Value");
    std::fs::write(
        folder.join("shop.toml"),
        "[history]\npath = \"orders.csv\"\n[model]\nout = \"shop.inseam\"\n",
    )
    .unwrap();
    assert_sizes(&check(&folder));
    train(&folder);
}

#[test]
fn a_google_merchant_feed() {
    let mut feed = "id\ttitle\tdescription\tlink\timage link\tavailability\tprice\tbrand\tgender\tage_group\tcolor\tsize\t\
        size system\titem group id\tproduct type\n"
        .to_owned();
    for (number, title) in ARTICLES.iter().enumerate() {
        for size in SIZES {
            writeln!(
                feed,
                "sku-{number}-{size}\t{title}\tA {title}.\thttps://shop.example/{number}\thttps://shop.example/{number}.jpg\t\
                 in_stock\t45.00 EUR\tAcme\tfemale\tadult\tNavy\t{size}\tEU\tgroup-{number}\tClothing > {title}"
            )
            .unwrap();
        }
    }
    let mut orders = "order_id,customer_id,product_id,size,ordered_at\n".to_owned();
    for line in lines() {
        let (article, size) = (line.number % 4, line.size);
        writeln!(
            orders,
            "{},{},group-{article},{size},{}",
            line.order,
            line.customer + 1,
            line.day
        )
        .unwrap();
    }
    let (folder, pipeline, edits) = init("feed", &[("feed.tsv", feed), ("orders.csv", orders)]);
    assert_eq!(edits, 1, "the outcomes are missing: {pipeline}");
    let report = check(&folder);
    assert_sizes(&report);
    assert_eq!(
        (report["catalogue_articles"].as_u64(), report["articles"].as_u64()),
        (Some(4), Some(4))
    );
    train(&folder);
}

/// Without a column of outcomes, the pipeline file and the report say so, and --strict fails.
/// Training learns from choices alone.
#[test]
fn purchases_without_outcomes() {
    let mut text = "order_id,customer_id,product_id,size,ordered_at\n".to_owned();
    for line in lines() {
        writeln!(
            text,
            "{},{},P{},{},{}",
            line.order,
            line.customer + 1,
            line.number % 4,
            line.size,
            line.day
        )
        .unwrap();
    }
    let (folder, pipeline, edits) = init("no-outcomes", &[("orders.csv", text)]);
    assert_eq!(edits, 1, "{pipeline}");
    assert!(pipeline.contains("# TODO: no column has outcomes"), "{pipeline}");
    let said = run(&folder, &["init", "orders.csv", "--force"]);
    assert!(said.contains("1 line is marked # TODO:\n  no column has outcomes"), "{said}");
    let strict = inseam(&folder, &["check", "shop.toml", "--strict"]);
    let message = String::from_utf8(strict.stderr).unwrap();
    assert_eq!(strict.status.code(), Some(1), "{message}");
    assert!(message.contains("no column has outcomes"), "{message}");
    let report = check(&folder);
    assert_eq!(rows(&report["outcomes"], &["kept"]), [LINES as u64]);
    let sentence = "no outcome column: every purchase counts as kept";
    assert!(run(&folder, &["check", "shop.toml"]).contains(sentence));
    assert!(train(&folder).contains(sentence));
}

#[test]
fn words_that_are_not_understood() {
    let text = german().replace(";gefällt nicht\n", ";Verschnitt\n");
    let (folder, pipeline, edits) = init("unknown-words", &[("auftraege.csv", text)]);
    assert_eq!(edits, 1, "{pipeline}");
    assert!(pipeline.contains("# \"Verschnitt\" = \"other_reason\""), "{pipeline}");
    // The rows are left out and reported; --strict refuses them.
    let output = inseam(&folder, &["check", "shop.toml"]);
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && report.contains("Verschnitt"), "{report}");
    for verb in ["check", "train"] {
        let strict = inseam(&folder, &[verb, "shop.toml", "--strict"]);
        let message = String::from_utf8(strict.stderr).unwrap();
        assert_eq!(strict.status.code(), Some(1), "{message}");
        assert!(message.contains("Verschnitt"), "{message}");
    }
    assert!(!folder.join("shop.inseam").exists());
}

#[test]
fn the_command_line() {
    let (folder, pipeline, _) = init("command", &[("auftraege.csv", german())]);
    let refused = inseam(&folder, &["init", "auftraege.csv"]);
    let message = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        message.contains("shop.toml: exists already") && message.contains("--force"),
        "{message}"
    );
    let said = run(&folder, &["init", "auftraege.csv", "--force"]);
    assert!(said.contains("nothing in it must be edited"), "{said}");
    assert!(said.contains("next: inseam check shop.toml"), "{said}");
    assert_eq!(run(&folder, &["init", "auftraege.csv", "--out", "-"]), pipeline);
    let json = run(&folder, &["init", "auftraege.csv", "--out", "sub/other.toml", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["tables"][0]["columns"]["size"], "Größe");
    run(&folder, &["check", "sub/other.toml"]);
    assert_eq!(inseam(&folder, &["init"]).status.code(), Some(2));
}

#[test]
fn files_without_purchases() {
    let folder = folder("no-purchases");
    std::fs::write(folder.join("articles.csv"), "article_id,sizes\na1,S|M\n").unwrap();
    let output = inseam(&folder, &["init", "articles.csv"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(message.contains("no file has purchases"), "{message}");
    assert!(!folder.join("shop.toml").exists());
}

/// A table of sizes with girths is a size chart.
#[test]
fn a_size_chart_is_found_and_used() {
    let mut orders = "customer,article,size,date\n".to_owned();
    for line in lines() {
        writeln!(orders, "c{},{},{},{}", line.customer, line.article, line.size, line.day).unwrap();
    }
    let chart = "size,Bust,Hips\nS,82-86,90-94\nM,88,96\nL,94,102\nXL,100,108\n".to_owned();
    let (_, pipeline, _) = init("charts", &[("orders.csv", orders), ("size-chart.csv", chart)]);
    for line in ["[charts]", "path        = \"size-chart.csv\"", "# Girths: Bust, Hips."] {
        assert!(pipeline.contains(line), "{pipeline}");
    }
}
