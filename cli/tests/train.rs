//! `inseam train` from the outside: repeated rows, rejected rows, a full disk, a killed process,
//! privacy.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_inseam");

/// A folder for one test, empty at its beginning.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("train-{name}"));
    drop(std::fs::remove_dir_all(&path));
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap()
}

/// Runs the program, which must succeed; returns its messages on standard error.
fn messages(folder: &Path, arguments: &[&str]) -> String {
    let output = inseam(folder, arguments);
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {log}");
    log
}

/// A small simulated shop in a folder of its own.
fn shop(name: &str) -> PathBuf {
    let folder = folder(name);
    let arguments = ["simulate", "--out", ".", "--customers", "200", "--articles", "30", "--quiet"];
    assert_eq!(messages(&folder, &arguments), "");
    folder
}

fn hidden_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.file_name().unwrap().as_encoded_bytes().starts_with(b".")).collect()
}

#[test]
fn the_same_bytes_from_one_thread_and_two_and_from_repeated_rows() {
    let folder = shop("same");
    let train = |threads: &str, out: &str| {
        let log =
            messages(&folder, &["train", "pipeline.toml", "--threads", threads, "--out", out]);
        (log, std::fs::read(folder.join(out)).unwrap())
    };
    let (log, one) = train("1", "one.inseam");
    assert!(!log.contains("repeated"), "{log}");
    assert!(one == train("2", "two.inseam").1, "the bytes depend on the number of threads");

    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let again: String = history.lines().skip(1).take(25).map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.join("history.csv"), history + &again).unwrap();
    let (log, twice) = train("2", "twice.inseam");
    assert!(log.contains("25 repeated rows counted once"), "{log}");
    assert!(one == twice, "repeated rows have changed the model");
}

/// Asserts that only their owner can read these files, unlike the public model.
fn assert_owner_only(folder: &Path, private: &[&str]) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |name: &str| std::fs::metadata(folder.join(name)).unwrap().permissions().mode() & 0o777;
        for name in private {
            assert_eq!(mode(name), 0o600, "{name}");
        }
        assert_ne!(mode("shop.inseam"), 0o600);
    }
}

#[test]
fn rejected_rows_are_counted_and_written() {
    let folder = shop("rejects");
    let mut history = std::fs::read(folder.join("history.csv")).unwrap();
    history.extend(b"c1,A-00001,Pinewood,tops,DE,38,o1,2026-01-01,shrunk,,,\nc1,A-00001\n");
    // Other characters of the file are UTF-8, and so this row is damaged.
    history.extend(b"c1,A-00001,Pinew\xc3\xb6\xc3\xb6d,tops,DE,gr\xfcn,o1,2026-01-01,kept,,,\n");
    std::fs::write(folder.join("history.csv"), history).unwrap();
    let output = inseam(&folder, &["train", "pipeline.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.join("shop.inseam").exists());

    let log = messages(&folder, &["train", "pipeline.toml", "--rejects", "bad.jsonl"]);
    assert!(log.contains("3 rejected as unusable"), "{log}");
    assert_owner_only(&folder, &["bad.jsonl", "shop.customers", "shop.messages", "shop.articles"]);
    let rejects = std::fs::read_to_string(folder.join("bad.jsonl")).unwrap();
    let reasons: Vec<&str> = rejects.lines().collect();
    assert_eq!(reasons.len(), 3, "{rejects}");
    assert!(reasons[0].contains("is not a known outcome"), "{rejects}");
    assert!(reasons[1].contains("has 2 fields, but the header has 12"), "{rejects}");
    assert!(reasons[2].contains("is not UTF-8"), "{rejects}");
}

#[test]
fn a_customer_of_ten_thousand_purchases_and_an_article_seen_once() {
    let folder = folder("extremes");
    let mut history = String::from("customer_id,article_id,size,outcome\n");
    for i in 0..10_000 {
        history.push_str(&format!("c1,a{},{},kept\n", i % 97, ["S", "M", "L"][i % 3]));
    }
    history.push_str("c2,a-once,XL,too_large\n");
    std::fs::write(folder.join("h.csv"), history).unwrap();
    std::fs::write(
        folder.join("p.toml"),
        "[history]\npath = \"h.csv\"\n[model]\nout = \"m.inseam\"\n",
    )
    .unwrap();
    let log = messages(&folder, &["train", "p.toml"]);
    assert!(log.contains("10 001 purchases of 2 customers and 98 articles"), "{log}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_grow_leaves_the_old_one() {
    let folder = shop("full");
    std::fs::write(folder.join("shop.inseam"), "the old one").unwrap();
    // A limit on the size of files fails a write as a full disk does. The signal that comes with it
    // is ignored.
    let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" train pipeline.toml";
    let output =
        Command::new("sh").args(["-c", script, PROGRAM]).current_dir(&folder).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{log}");
    assert!(log.contains("cannot write"), "{log}");
    assert_eq!(std::fs::read(folder.join("shop.inseam")).unwrap(), b"the old one");
    assert_eq!(hidden_files(&folder), Vec::<PathBuf>::new());
}

#[test]
fn killed_at_any_moment_the_old_file_is_whole() {
    let folder = shop("killed");
    messages(&folder, &["train", "pipeline.toml"]);
    let old = std::fs::read(folder.join("shop.inseam")).unwrap();
    // Another seed gives another model, so the bytes show which of the two is there.
    messages(
        &folder,
        &["simulate", "--out", ".", "--customers", "200", "--articles", "30", "--seed", "2"],
    );
    let whole = trained_elsewhere(&folder);
    assert!(old != whole);
    for milliseconds in [0, 5, 20, 60, 150, 400] {
        std::fs::write(folder.join("shop.inseam"), &old).unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["train", "pipeline.toml", "--quiet"])
            .current_dir(&folder)
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = std::fs::read(folder.join("shop.inseam")).unwrap();
        assert!(
            now == old || now == whole,
            "killed after {milliseconds} ms the file is neither the old nor the new one"
        );
    }
}

/// Trains into another file and returns its bytes.
fn trained_elsewhere(folder: &Path) -> Vec<u8> {
    messages(folder, &["train", "pipeline.toml", "--out", "other.inseam"]);
    std::fs::read(folder.join("other.inseam")).unwrap()
}

/// The shop's key determines the noise: the same key gives the same model with any number of
/// threads, another key gives another model.
#[test]
fn noise_depends_on_the_key() {
    let folder = shop("noise");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let with = |lines: &str| {
        std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\n{lines}\n"))
            .unwrap()
    };
    let train = |threads: &str, out: &str| {
        let log =
            messages(&folder, &["train", "pipeline.toml", "--threads", threads, "--out", out]);
        (log, std::fs::read(folder.join(out)).unwrap())
    };
    with("min_customers = 1");
    let (log, plain) = train("1", "a.inseam");
    assert!(!log.contains("epsilon"), "{log}");
    with("min_customers = 1\nepsilon = 2.0\ndelta = 1e-5");
    let (log, first) = train("1", "a.inseam");
    assert!(
        log.contains("epsilon 2 and delta 1e-5: each customer's privacy loss rho grows by 0.1083"),
        "{log}"
    );
    assert!(first != plain, "there is no noise");
    assert!(first == train("2", "a.inseam").1, "the same key and history gave another model");
    assert!(first != train("1", "b.inseam").1, "another key gave the same noise");
    for (lines, parts) in [
        ("delta = 1e-5", ["sets delta under [train], but not epsilon", "set both"]),
        ("epsilon = 1.0\ndelta = 0.01", ["delta is 0.01", "at most"]),
    ] {
        with(lines);
        let output = inseam(&folder, &["train", "pipeline.toml"]);
        let log = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{log}");
        assert!(parts.iter().all(|part| log.contains(part)), "{log}");
    }
}

/// By default, training publishes only estimates that at least twenty customers support.
#[test]
fn estimates_of_few_customers_are_withheld_by_default() {
    let folder = shop("few");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let train = |lines: &str| {
        std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\n{lines}\n"))
            .unwrap();
        messages(&folder, &["train", "pipeline.toml", "--out", "few.inseam"]);
        std::fs::read(folder.join("few.inseam")).unwrap()
    };
    let (usual, twenty, all) = (train(""), train("min_customers = 20"), train("min_customers = 1"));
    assert!(usual == twenty && usual.len() < all.len());
}

/// The server has what the public file withholds, so scores do not depend on it.
#[test]
fn scores_use_what_the_public_file_withholds() {
    let folder = shop("withheld");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let scored = |lines: &str| {
        std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\n{lines}\n"))
            .unwrap();
        messages(&folder, &["train", "pipeline.toml"]);
        messages(
            &folder,
            &["score", "--model", "shop.inseam", "--pairs", "history.csv", "--out", "scored.csv"],
        );
        std::fs::read(folder.join("scored.csv")).unwrap()
    };
    let beside = folder.join("shop.articles");
    let some = scored("min_customers = 20");
    assert!(beside.exists());
    let noisy = scored("epsilon = 1.0");
    let all = scored("min_customers = 1");
    assert!(
        !beside.exists(),
        "nothing is withheld, but the file of the earlier training is still there"
    );
    assert!(some == all && noisy == all, "scores depend on what is withheld");
}
