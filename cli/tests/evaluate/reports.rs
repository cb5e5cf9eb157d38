//! The HTML report, the text, and the messages about mistakes.

use super::kit::{fails, report, rows, runs, shop, simulated, well_formed};

#[test]
fn the_page_is_well_formed_and_fetches_nothing() {
    let hostile =
        "tops</style><script src=http://x.example/x.js>alert(1)</script>\"'&amp;<img src=x>";
    let folder = simulated("page");
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let quoted = format!(",\"{}\",", hostile.replace('"', "\"\""));
    std::fs::write(folder.join("history.csv"), history.replace(",tops,", &quoted)).unwrap();
    let catalogue = std::fs::read_to_string(folder.join("catalogue.csv")).unwrap();
    std::fs::write(folder.join("catalogue.csv"), catalogue.replace(",tops,", &quoted)).unwrap();
    std::fs::copy(folder.join("pipeline.toml"), folder.join("<b>&.toml")).unwrap();
    runs(&folder, &["evaluate", "<b>&.toml", "--after", "2025-06-01", "--html", "after.html"]);
    runs(
        &folder,
        &["evaluate", "<b>&.toml", "--last-kept", "--folds", "2", "--html", "deep/last.html"],
    );
    for (name, charts) in [("after.html", 10), ("deep/last.html", 2)] {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        let found = well_formed(&page);
        assert!(page.contains("&lt;b&gt;&amp;.toml") && !page.contains("<b>&"), "{name}");
        assert!(
            name != "after.html" || page.contains("tops&lt;/style&gt;&lt;script src=http"),
            "{name}"
        );
        let elements: Vec<&str> = found.iter().map(|f| f.split(' ').next().unwrap()).collect();
        assert!(
            !elements.contains(&"script")
                && !elements.contains(&"link")
                && !elements.contains(&"img"),
            "{name}"
        );
        let fetches = |f: &&String| {
            ["src=", "href=", "url("].iter().any(|how| f.contains(how)) && !f.contains("&lt;")
        };
        assert_eq!(found.iter().find(fetches), None, "{name}");
        assert!(!page.contains("@import") && page.contains("prefers-color-scheme: dark"), "{name}");
        assert_eq!(found.iter().filter(|f| f.contains("role=\"img\"")).count(), charts, "{name}");
        assert!(!page.contains("NaN") && !page.contains("inf,"), "{name}");
    }
}

#[test]
fn the_text_has_the_figures_of_the_json() {
    let folder = simulated("text");
    runs(&folder, &["train", "pipeline.toml"]);
    let (text, _) = runs(&folder, &["evaluate", "pipeline.toml", "--test", "history.csv"]);
    let json = report(&folder, &["--test", "history.csv"]);
    assert_eq!(json["protocol"], "test");
    let unnamed = rows(&folder)
        .iter()
        .filter(|row| row[3] == "unknown_reason" || row[3] == "size_reason")
        .count();
    assert!(
        unnamed > 0 && json["unnamed_returns"] == unnamed && text.contains("names no direction"),
        "{text}"
    );
    let outcome = &json["outcome"];
    for figure in
        ["macro_auc", "log_loss", "class_prior_log_loss"].map(|key| outcome[key].as_f64().unwrap())
    {
        assert!(text.contains(&format!("{figure:.4}")), "{figure} is not in\n{text}");
    }
    for key in ["ece", "ece_floor"] {
        for figure in outcome[key].as_array().unwrap() {
            let figure = figure.as_f64().unwrap();
            assert!(
                figure > 0.0 && figure < 0.2 && text.contains(&format!("{figure:.4}")),
                "{key}\n{text}"
            );
        }
    }
    for key in ["advised_fits", "advised_taken_fits"] {
        let bins = json["curves"][key].as_array().unwrap();
        assert_eq!(bins.len(), 10);
        let (predicted, observed) =
            (bins[4]["predicted"].as_f64().unwrap(), bins[4]["observed"].as_f64().unwrap());
        assert!(
            text.contains(&format!("{predicted:.3}")) && text.contains(&format!("{observed:.3}")),
            "{key}\n{text}"
        );
    }
    assert_eq!(json["curves"]["accuracy"].as_array().unwrap().len(), 20);
    assert_eq!(json["by_group"].as_array().unwrap().len(), 4);
    assert!(text.contains("dresses"), "{text}");
}

#[test]
fn mistakes_have_clear_messages() {
    let folder = simulated("mistakes");
    let evaluate = |options: &[&'static str]| [&["evaluate", "pipeline.toml"], options].concat();
    fails(
        &folder,
        &evaluate(&["--after", "31/01/2026"]),
        2,
        &["--after <DATE>", "a date is written like 2026-01-31"],
    );
    fails(
        &folder,
        &evaluate(&["--after", "2026-01-31", "--last-kept"]),
        2,
        &["cannot be used with"],
    );
    fails(&folder, &evaluate(&["--all-rows"]), 2, &["required"]);
    fails(
        &folder,
        &evaluate(&["--after", "1990-01-01"]),
        1,
        &["pipeline.toml: has no purchase before 1989-12-02", "its history goes from 20"],
    );
    fails(
        &folder,
        &evaluate(&["--after", "2190-01-01"]),
        1,
        &["has no purchase at or after 2190-01-01"],
    );
    fails(&folder, &evaluate(&["--last-kept", "--html", "."]), 1, &["is a folder"]);

    let undated = shop(
        "undated",
        "customer_id,article_id,size,outcome\nc1,a,M,kept\nc2,a,L,kept\nc3,a,M,too_small\n",
    );
    fails(
        &undated,
        &evaluate(&["--after", "2026-01-31"]),
        1,
        &["pipeline.toml: maps no column to ordered_at"],
    );
    fails(
        &undated,
        &evaluate(&["--last-kept"]),
        1,
        &["no customer has two purchases, one of them kept"],
    );
    let help = runs(&undated, &["evaluate", "--help"]).0;
    for part in ["--last-kept", "return window", "FOUR PROTOCOLS"] {
        assert!(help.contains(part), "{help}");
    }
}
