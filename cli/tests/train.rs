//! `inseam train` from the outside: repeated rows, rejects, a disk that is full, a process that is
//! killed.

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

/// Runs the program, which must succeed, and gives what it says on standard error.
fn says(folder: &Path, arguments: &[&str]) -> String {
    let output = inseam(folder, arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

/// A small simulated shop in a folder of its own.
fn shop(name: &str) -> PathBuf {
    let folder = folder(name);
    let arguments = ["simulate", "--out", ".", "--customers", "200", "--articles", "30", "--quiet"];
    assert_eq!(says(&folder, &arguments), "");
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
        let said = says(&folder, &["train", "pipeline.toml", "--threads", threads, "--out", out]);
        (said, std::fs::read(folder.join(out)).unwrap())
    };
    let (said, one) = train("1", "one.inseam");
    assert!(!said.contains("repeated"), "{said}");
    assert!(one == train("2", "two.inseam").1, "the bytes depend on the number of threads");

    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let again: String = history.lines().skip(1).take(25).map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.join("history.csv"), history + &again).unwrap();
    let (said, twice) = train("2", "twice.inseam");
    assert!(said.contains("25 repeated rows counted once"), "{said}");
    assert!(one == twice, "repeated rows have changed the model");
}

#[test]
fn rows_put_aside_are_counted_and_kept() {
    let folder = shop("rejects");
    let mut history = std::fs::read(folder.join("history.csv")).unwrap();
    history.extend(b"c1,A-00001,Pinewood,tops,DE,38,o1,2026-01-01,shrunk,,,\nc1,A-00001\n");
    history.extend(b"c1,A-00001,Pinewood,tops,DE,gr\xfcn,o1,2026-01-01,kept,,,\n");
    std::fs::write(folder.join("history.csv"), history).unwrap();
    let output = inseam(&folder, &["train", "pipeline.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.join("shop.inseam").exists());

    let said = says(&folder, &["train", "pipeline.toml", "--rejects", "bad.jsonl"]);
    assert!(said.contains("3 rejected as unusable"), "{said}");
    let rejects = std::fs::read_to_string(folder.join("bad.jsonl")).unwrap();
    let reasons: Vec<&str> = rejects.lines().collect();
    assert_eq!(reasons.len(), 3, "{rejects}");
    assert!(reasons[0].contains("is not a known outcome"), "{rejects}");
    assert!(reasons[1].contains("has 2 fields where the header has 12"), "{rejects}");
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
    let said = says(&folder, &["train", "p.toml"]);
    assert!(said.contains("10 001 purchases of 2 customers and 98 articles"), "{said}");
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
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("cannot write"), "{said}");
    assert_eq!(std::fs::read(folder.join("shop.inseam")).unwrap(), b"the old one");
    assert_eq!(hidden_files(&folder), Vec::<PathBuf>::new());
}

#[test]
fn killed_at_any_moment_the_old_file_is_whole() {
    let folder = shop("killed");
    says(&folder, &["train", "pipeline.toml"]);
    let old = std::fs::read(folder.join("shop.inseam")).unwrap();
    // Another seed, another model: what stands there afterwards tells which of the two it is.
    says(
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

/// Trains into another file and gives its bytes.
fn trained_elsewhere(folder: &Path) -> Vec<u8> {
    says(folder, &["train", "pipeline.toml", "--out", "other.inseam"]);
    std::fs::read(folder.join("other.inseam")).unwrap()
}

/// Noise comes from the shop's key: whoever has it gets the same model again, from any number of
/// threads, and nobody else.
#[test]
fn noise_is_the_keys_own() {
    let folder = shop("noise");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let with = |lines: &str| {
        std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\n{lines}\n"))
            .unwrap()
    };
    let train = |threads: &str, out: &str| {
        let said = says(&folder, &["train", "pipeline.toml", "--threads", threads, "--out", out]);
        (said, std::fs::read(folder.join(out)).unwrap())
    };
    with("min_customers = 1");
    let (said, plain) = train("1", "a.inseam");
    assert!(!said.contains("epsilon"), "{said}");
    with("min_customers = 1\nepsilon = 2.0\ndelta = 1e-5");
    let (said, first) = train("1", "a.inseam");
    assert!(
        said.contains("epsilon 2 and delta 1e-5: each customer's privacy loss rho grows by 0.1083"),
        "{said}"
    );
    assert!(first != plain, "there is no noise");
    assert!(first == train("2", "a.inseam").1, "the same key and history, and another model");
    assert!(first != train("1", "b.inseam").1, "another key, and the same noise");
    for (lines, parts) in [
        ("delta = 1e-5", ["sets delta under [train], but not epsilon", "set both"]),
        ("epsilon = 1.0\ndelta = 0.01", ["delta is 0.01", "at most"]),
    ] {
        with(lines);
        let output = inseam(&folder, &["train", "pipeline.toml"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    }
}

/// Twenty customers have to stand behind what is published, unless the pipeline says otherwise.
#[test]
fn few_are_not_published_unless_asked_for() {
    let folder = shop("few");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let train = |lines: &str| {
        std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\n{lines}\n"))
            .unwrap();
        says(&folder, &["train", "pipeline.toml", "--out", "few.inseam"]);
        std::fs::read(folder.join("few.inseam")).unwrap()
    };
    let (usual, twenty, all) = (train(""), train("min_customers = 20"), train("min_customers = 1"));
    assert!(usual == twenty && usual.len() < all.len());
}

/// What is withheld from pages the server knows: scores don't depend on it.
#[test]
fn the_server_knows_what_is_withheld() {
    let folder = shop("withheld");
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let scored = |lines: &str| {
        std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\n{lines}\n"))
            .unwrap();
        says(&folder, &["train", "pipeline.toml"]);
        says(
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
        "nothing is withheld, and the earlier training's file is still there"
    );
    assert!(some == all && noisy == all, "scores differ by what is published");
}
