//! Inputs that would break it.

use crate::kit::{fail, rows, score, shop, succeed, write};

#[test]
fn what_cannot_be_scored_is_an_error_that_says_why() {
    let folder = shop("inputs");
    write(&folder, "customers.csv", "customer_id\nc0000003\n");
    write(&folder, "articles.csv", "article_id\nA-00001\n");
    write(&folder, "empty.csv", "");
    write(&folder, "header.csv", "customer_id,article_id\n");
    write(&folder, "unknown.csv", "article_id\nX-1\nX-2\n");
    write(&folder, "guests.csv", "customer_id\nguest\n\n");
    let lists = |customers: &'static str, articles: &'static str, out: &'static str| {
        score(&["--customers", customers, "--articles", articles, "--out", out])
    };
    for (status, arguments, message) in [
        (1, lists("empty.csv", "articles.csv", "out.csv"), "empty.csv: is empty"),
        (1, lists("header.csv", "articles.csv", "out.csv"), "header.csv: has no rows"),
        (1, lists("customers.csv", "header.csv", "out.csv"), "header.csv: has no rows"),
        (1, lists("guests.csv", "articles.csv", "out.csv"), "has no row with a customer"),
        (
            1,
            lists("customers.csv", "unknown.csv", "out.csv"),
            "has no article that the model knows",
        ),
        (
            1,
            lists("articles.csv", "articles.csv", "out.csv"),
            "column \"customer_id\": is not in the file",
        ),
        (1, lists("missing.csv", "articles.csv", "out.csv"), "missing.csv: "),
        (1, lists("customers.csv", "articles.csv", "articles.csv/out"), "articles.csv/out: "),
        (2, score(&["--out", "out.csv"]), "--pairs"),
        (2, score(&["--all-articles"]), "--out"),
        (
            2,
            score(&["--all-articles", "--pairs", "x.csv", "--out", "out.csv"]),
            "cannot be used with",
        ),
        (2, score(&["--pairs", "x.csv", "--top", "3", "--out", "out.csv"]), "cannot be used with"),
        (2, score(&["--all-articles", "--top", "0", "--out", "out.csv"]), "--top"),
        (
            2,
            score(&["--all-articles", "--format", "xlsx", "--out", "out"]),
            "\"xlsx\" is no table format",
        ),
    ] {
        let log = fail(&folder, status, &arguments);
        assert!(log.contains(message), "{arguments:?}: {log}");
        assert!(!folder.join("out.csv").exists());
    }
}

#[test]
fn without_private_files_customers_are_new_or_must_be_listed() {
    let folder = shop("public");
    write(&folder, "customers.csv", "customer_id\nc0000003\nc0000004\n");
    std::fs::create_dir(folder.join("public")).unwrap();
    std::fs::rename(folder.join("shop.inseam"), folder.join("public/shop.inseam")).unwrap();
    let model = ["score", "--model", "public/shop.inseam", "--all-articles", "--out", "out.csv"];
    let log = fail(&folder, 1, &model);
    assert!(log.contains("has no private files beside it"), "{log}");
    let [_, log] = succeed(&folder, &[&model[..], &["--customers", "customers.csv"]].concat());
    assert!(log.contains("2 customers, 2 of them without a history"), "{log}");
    let scored = rows(&folder, "out.csv");
    assert_eq!(scored.len(), 80);
    let (one, other) = scored.split_at(40);
    for (one, other) in one.iter().zip(other) {
        assert_eq!(one["advised_p_fits"], other["advised_p_fits"]);
    }
}

#[test]
fn a_plan_writes_nothing() {
    let folder = shop("plan");
    write(&folder, "articles.csv", "article_id\nA-00001\n");
    let [text, _] = succeed(&folder, &score(&["--articles", "articles.csv", "--plan"]));
    for part in ["customers x 1 article:", "rows ", "disk    about ", "memory ", "time    about "] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!folder.join("scored").exists());
}
