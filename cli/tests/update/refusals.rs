//! What update refuses, and that the log stays as it was.

use crate::kit::{Shop, shop};

const UPDATE: [&str; 2] = ["update", "pipeline.toml"];
/// Trains from nothing, so that the model is that of the equivalent history.
const FULL: [&str; 3] = ["update", "pipeline.toml", "--full"];

/// A shop that has begun its log with all but 30 lines.
fn begun(name: &str) -> (Shop, Vec<String>) {
    let shop = shop(name);
    let (first, rest) = shop.lines.split_at(shop.lines.len() - 30);
    shop.write("orders.csv", first);
    shop.begin();
    let rest = rest.to_vec();
    (shop, rest)
}

#[test]
fn without_a_log_update_says_how_to_begin_one() {
    let shop = shop("no-log");
    shop.write("orders.csv", &shop.lines);
    shop.run(&["train", "pipeline.toml"]);
    let log = shop.refused(&UPDATE);
    assert!(log.contains("inseam train pipeline.toml --keep-log"), "{log}");
}

#[test]
fn the_model_of_another_training_is_not_replaced() {
    let (shop, _) = begun("other-model");
    shop.write("day-1.csv", &shop.lines[shop.lines.len() - 30..]);
    shop.run(&["train", "pipeline.toml"]);
    let model = shop.model();
    let log = shop.refused(&UPDATE);
    assert!(log.contains("another training has replaced it"), "{log}");
    assert!(shop.model() == model);
}

#[test]
fn a_file_of_another_shop_or_a_wrong_id_changes_nothing() {
    let (shop, rest) = begun("other-shop");
    let before = shop.model();
    let strange: Vec<String> = rest
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let line = shop.with(line, "customer_id", &format!("stranger-{i}"));
            let line = shop.with(&line, "article_id", &format!("strange-{}", i % 3));
            shop.with(&line, "line_id", &format!("S{i}"))
        })
        .collect();
    shop.write("day-1.csv", &strange);
    let log = shop.refused(&UPDATE);
    assert!(log.contains("day-1.csv") && log.contains("of another shop"), "{log}");
    // The ids of another day's lines.
    let wrong: Vec<String> = rest
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let line = shop.with(line, "line_id", shop.value(&shop.lines[i], "line_id"));
            shop.with(&line, "order_id", shop.value(&shop.lines[i], "order_id"))
        })
        .collect();
    shop.write("day-1.csv", &wrong);
    let log = shop.refused(&UPDATE);
    assert!(log.contains("line_id"), "{log}");
    assert!(shop.model() == before);
    shop.write("day-1.csv", &rest);
    shop.run(&FULL);
    assert!(shop.model() == shop.trained_on(&shop.lines), "a refused file has left something");
}

#[test]
fn a_cut_file_is_refused_whole() {
    let (shop, rest) = begun("cut");
    shop.write("day-1.csv", &rest);
    let path = shop.folder.join("days/day-1.csv");
    let bytes = std::fs::read(&path).unwrap();
    // The last line is cut in the middle.
    std::fs::write(&path, &bytes[..bytes.len() - 20]).unwrap();
    let log = shop.refused(&UPDATE);
    assert!(log.contains("day-1.csv"), "{log}");
    std::fs::write(&path, &bytes).unwrap();
    shop.run(&FULL);
    assert!(shop.model() == shop.trained_on(&shop.lines));
}

#[test]
fn a_damaged_log_is_refused_and_a_new_one_can_begin() {
    let (shop, rest) = begun("damaged");
    shop.write("day-1.csv", &rest);
    let folder = shop.folder.join("shop.orders");
    let segment = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|ending| ending == "parquet"))
        .unwrap();
    let whole = std::fs::read(&segment).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damaged in [&whole[..whole.len() / 2], &flipped, &[]] {
        std::fs::write(&segment, damaged).unwrap();
        let log = shop.refused(&UPDATE);
        assert!(log.contains("is damaged") && log.contains("--keep-log"), "{log}");
    }
    shop.begin();
    assert!(shop.model() == shop.trained_on(&shop.lines));
    // The key of another shop.
    let key = std::fs::read_to_string(shop.folder.join("shop.key")).unwrap();
    std::fs::write(shop.folder.join("shop.key"), "0".repeat(32)).unwrap();
    let log = shop.refused(&UPDATE);
    assert!(log.contains("belongs to another shop"), "{log}");
    std::fs::write(shop.folder.join("shop.key"), key).unwrap();
    shop.run(&UPDATE);
}

#[test]
fn without_ids_of_lines_a_return_cannot_be_told_from_a_purchase() {
    let (shop, _) = begun("no-ids");
    let pipeline = std::fs::read_to_string(shop.folder.join("pipeline.toml")).unwrap();
    let unnamed = format!("{pipeline}\n[history.columns]\nline_id = \"\"\n");
    std::fs::write(shop.folder.join("pipeline.toml"), unnamed).unwrap();
    shop.begin();
    let kept = shop.lines.iter().find(|line| shop.value(line, "outcome") == "kept").unwrap();
    // The same row again is the same purchase.
    shop.write("day-1.csv", &[kept]);
    shop.run(&UPDATE);
    shop.write("day-2.csv", &[shop.with(kept, "outcome", "too_small")]);
    let log = shop.refused(&UPDATE);
    assert!(log.contains("day-2.csv") && log.contains("name line_id"), "{log}");
}

#[test]
fn a_damaged_state_is_reported_and_training_begins_from_nothing() {
    let (shop, rest) = begun("state");
    shop.write("day-1.csv", &rest);
    let folder = std::fs::read_dir(shop.folder.join("shop.orders")).unwrap();
    let states: Vec<_> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("state-"))
        .collect();
    let [state] = &states[..] else { panic!("{states:?}") };
    let whole = std::fs::read(state).unwrap();
    let middle = whole.len() / 2;
    let flipped = [&whole[..middle], &[whole[middle] ^ 1], &whole[middle + 1..]].concat();
    for damaged in [&whole[..middle], &whole[..10], &[], &flipped[..]] {
        std::fs::write(state, damaged).unwrap();
        let output = crate::kit::output(&shop.folder, &UPDATE);
        let log = String::from_utf8(output.stderr).unwrap();
        if output.status.success() {
            assert!(log.contains("begins from nothing") && log.contains("state-"), "{log}");
            assert!(shop.model() == shop.trained_on(&shop.lines));
        } else {
            // A partition is read only after training has begun to continue.
            assert!(log.contains("state-") && log.contains("--full"), "{log}");
        }
        shop.begin_without("day-1.csv");
    }
}
