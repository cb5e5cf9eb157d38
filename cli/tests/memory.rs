//! `inseam train --memory` from the outside: the same bytes with purchases in memory or in files,
//! what it prints, and what it leaves behind.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_inseam");

/// A simulated shop with more customers than one partition takes, few sweeps, and measurements.
fn shop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("memory-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let options = ["--customers", "4500", "--articles", "60", "--purchases-per-customer", "2"];
    inseam(&folder, &[&["simulate", "--out", "."], &options[..]].concat());
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    std::fs::write(folder.join("pipeline.toml"), format!("{pipeline}\n[train]\nsweeps = 3\n"))
        .unwrap();
    folder
}

fn inseam(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {log}");
    output
}

/// Trains, and returns the log and the bytes of the four files.
fn train(folder: &Path, options: &[&str]) -> (String, [Vec<u8>; 4]) {
    let output = inseam(folder, &[&["train", "pipeline.toml"], options].concat());
    let files = ["inseam", "customers", "messages", "articles"]
        .map(|ending| std::fs::read(folder.join(format!("shop.{ending}"))).unwrap());
    (String::from_utf8(output.stderr).unwrap(), files)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_same_bytes_from_memory_and_files_by_one_thread_and_two() {
    let folder = shop("same");
    let (log, first) = train(&folder, &["--threads", "1"]);
    assert!(!log.contains("keeps the purchases in"), "{log}");
    for options in [
        &["--threads", "2"][..],
        &["--threads", "1", "--memory", "1kB"],
        &["--threads", "2", "--memory", "1MB", "--scratch", "elsewhere/deep"],
    ] {
        let (log, again) = train(&folder, options);
        assert!(again == first, "{options:?} changed the bytes");
        let in_files = options.contains(&"--memory");
        assert_eq!(log.contains("keeps the purchases in"), in_files, "{options:?}: {log}");
    }
    assert_eq!(names(&folder.join("elsewhere/deep")), Vec::<String>::new());
    assert!(names(&folder).iter().all(|name| !name.ends_with(".scratch")), "{:?}", names(&folder));
}

#[cfg(unix)]
#[test]
fn a_disk_without_room_for_the_purchases_is_named() {
    let folder = shop("full");
    // A limit on the size of files fails a write as a full disk does. The signal that comes with it
    // is ignored. The first files are those of the purchases.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" train pipeline.toml --memory 1kB";
    let output =
        Command::new("sh").args(["-c", script, PROGRAM]).current_dir(&folder).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{log}");
    assert!(log.contains("lines.scratch: cannot write"), "{log}");
    let left = names(&folder);
    let remains = |name: &String| name.starts_with('.') || name == "shop.inseam";
    assert!(!left.iter().any(remains), "{left:?}");
}

#[test]
fn a_size_needs_a_unit() {
    let output =
        Command::new(PROGRAM).args(["train", "p.toml", "--memory", "12"]).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{log}");
    assert!(log.contains("a number with a unit, like 12GB or 500MB"), "{log}");
}
