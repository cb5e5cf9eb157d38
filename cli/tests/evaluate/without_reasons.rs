//! Shops whose customers give no reasons, or whose exports have no outcomes.

use super::kit::{folder, report, rows, runs, shop, simulated, well_formed};
use serde_json::Value;

/// A shop that records no reasons has no known misfit: the report is about returns instead.
#[test]
fn without_reasons_the_report_is_about_returns() {
    let folder = folder("no-reasons");
    let options = ["--customers", "600", "--articles", "40", "--reasons", "0", "--quiet"];
    runs(&folder, &[&["simulate", "--out", "."], &options[..]].concat());
    let protocols: [&[&str]; 2] =
        [&["--after", "2025-06-01"], &["--train", "--test", "history.csv"]];
    for protocol in protocols {
        let json = report(&folder, protocol);
        assert_eq!((&json["outcome"], &json["curves"]), (&Value::Null, &Value::Null));
        let returned = &json["returned"];
        let figure = |name: &str| returned[name].as_f64().unwrap();
        assert!(figure("auc") > 0.5 && figure("log_loss") < figure("prior_log_loss"), "{returned}");
        assert!(figure("ece") > 0.0 && figure("ece") < 0.12, "{returned}");
        let tenths = returned["calibration"].as_array().unwrap();
        assert_eq!(tenths.len(), 10);
        let cases: u64 = tenths.iter().map(|bin| bin["cases"].as_u64().unwrap()).sum();
        assert_eq!(returned["rows"], cases);
        assert_eq!(json["by_history"][1]["outcome"], Value::Null);
        assert!(json["by_history"][4]["returned"]["auc"].is_number(), "{json}");
        let all = [&["evaluate", "pipeline.toml", "--html", "report.html"], protocol].concat();
        let (text, _) = runs(&folder, &all);
        let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
        well_formed(&page);
        for part in [format!("{:.4}", figure("auc")), format!("{:.4}", figure("log_loss"))] {
            assert!(text.contains(&part) && page.contains(&part), "{part} is not in\n{text}");
        }
        let observed = tenths[9]["observed"].as_f64().unwrap();
        assert!(text.contains(&format!("{observed:.3}")), "{text}");
        for shown in [&text, &page] {
            assert!(shown.contains("No return names a direction"), "{shown}");
            assert!(!shown.contains("macro") && !shown.contains("Macro"), "{shown}");
        }
        assert!(text.contains("RETURNED for any reason") && !text.contains("FITS,"), "{text}");
        assert!(page.contains("Does it come back?") && !page.contains("Accuracy"), "{page}");
    }
}

/// Without outcomes every purchase counts as kept, so nothing tells how well they are predicted.
#[test]
fn without_outcomes_only_the_size_kept_is_measured() {
    let folder = simulated("no-outcomes");
    let history = rows(&folder);
    let mut table = String::from("customer_id,article_id,size,ordered_at\n");
    history.iter().for_each(|r| table.push_str(&format!("{},{},{},{}\n", r[0], r[1], r[2], r[4])));
    let folder = shop("no-outcomes-at-all", &table);
    let json = report(&folder, &["--after", "2025-06-01"]);
    for part in ["outcome", "curves", "returned"] {
        assert_eq!(json[part], Value::Null, "{json}");
    }
    assert!(json["kept_size"]["advised"].as_f64().unwrap() > 0.1, "{json}");
    let options = ["evaluate", "pipeline.toml", "--after", "2025-06-01", "--html", "report.html"];
    let (text, _) = runs(&folder, &options);
    let page = std::fs::read_to_string(folder.join("report.html")).unwrap();
    for shown in [&text, &page] {
        assert!(shown.contains("the history has no outcomes"), "{shown}");
        assert!(!shown.contains("RETURNED") && !shown.contains("alibration"), "{shown}");
    }
    assert!(text.contains("KEPT SIZE, "), "{text}");
}
