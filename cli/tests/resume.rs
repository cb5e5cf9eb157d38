//! `inseam train --resume` from the outside: killed or without disk space, it continues to the same
//! bytes.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_inseam");
const TRAIN: [&str; 5] = ["train", "pipeline.toml", "--resume", "--verbose", "--memory=1MB"];
/// Sweeps over all customers, and, before them, over the sample.
const SWEEPS: usize = 4;
const SAMPLE_SWEEPS: usize = 15;

/// A simulated shop with more customers than one partition takes, and a sample of them.
fn shop(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("resume-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    let options = ["--customers", "4500", "--articles", "60", "--purchases-per-customer", "4"];
    run(&folder, &[&["simulate", "--out", "."], &options[..]].concat());
    let pipeline = std::fs::read_to_string(folder.join("pipeline.toml")).unwrap();
    let train = format!("{pipeline}\n[train]\nsweeps = 10\nsample_customers = 1000\n");
    std::fs::write(folder.join("pipeline.toml"), train).unwrap();
    folder
}

/// Runs the program, which must succeed; returns its messages.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(PROGRAM).args(arguments).current_dir(folder).output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{arguments:?}: {log}");
    log
}

/// The bytes of a model's files.
fn files(folder: &Path) -> [Vec<u8>; 4] {
    ["inseam", "customers", "messages", "articles"]
        .map(|ending| std::fs::read(folder.join(format!("shop.{ending}"))).unwrap())
}

/// Number of sweeps that a log tells of.
fn sweeps(log: &str) -> usize {
    log.matches("log evidence per purchase").count()
}

fn spawn(folder: &Path) -> Child {
    let mut command = Command::new(PROGRAM);
    command.args(TRAIN).current_dir(folder).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn killed_again_and_again_it_ends_with_the_same_bytes() {
    let folder = shop("killed");
    let log = run(&folder, &["train", "pipeline.toml", "--verbose"]);
    assert_eq!(sweeps(&log), SAMPLE_SWEEPS + SWEEPS, "{log}");
    let undisturbed = files(&folder);
    let state = folder.join("shop.training/state");
    let read = || std::fs::read(&state).ok();
    for kills in 1..=3 {
        // Kill while the history is read, and each time after one more sweep.
        let before = read();
        let mut child = spawn(&folder);
        let began = Instant::now();
        while kills > 1 && read() == before && began.elapsed() < Duration::from_secs(120) {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(read().is_some(), kills > 1, "kill {kills}");
    }
    let log = run(&folder, &TRAIN);
    let left = sweeps(&log);
    assert!(left <= SWEEPS - 2, "{left} sweeps were left: {log}");
    assert!(files(&folder) == undisturbed, "the bytes have changed");
    assert!(!folder.join("shop.training").exists());
}

/// Begins a training and kills it after a sweep over all customers.
fn interrupt(folder: &Path) {
    let state = folder.join("shop.training/state");
    let mut child = spawn(folder);
    let began = Instant::now();
    while !state.exists() && began.elapsed() < Duration::from_secs(120) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(state.exists());
}

#[test]
fn another_history_begins_anew() {
    let folder = shop("other");
    interrupt(&folder);
    let history = std::fs::read_to_string(folder.join("history.csv")).unwrap();
    let (short, _) = history.trim_end().rsplit_once('\n').unwrap();
    std::fs::write(folder.join("history.csv"), format!("{short}\n")).unwrap();
    let log = run(&folder, &TRAIN);
    assert_eq!(sweeps(&log), SAMPLE_SWEEPS + SWEEPS, "{log}");
    let resumed = files(&folder);
    run(&folder, &["train", "pipeline.toml"]);
    assert!(files(&folder) == resumed, "an earlier history has left a trace");
}

#[cfg(unix)]
#[test]
fn after_a_full_disk_it_continues() {
    let folder = shop("full");
    run(&folder, &["train", "pipeline.toml"]);
    let undisturbed = files(&folder);
    std::fs::remove_file(folder.join("shop.inseam")).unwrap();
    interrupt(&folder);
    // A limit on the size of files fails a write as a full disk does.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec \"$0\" {}", TRAIN.join(" "));
    let output =
        Command::new("sh").args(["-c", &script, PROGRAM]).current_dir(&folder).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{log}");
    assert!(log.contains("shop.training/purchases: cannot write"), "{log}");
    assert!(!folder.join("shop.inseam").exists());
    let log = run(&folder, &TRAIN);
    assert!(sweeps(&log) < SWEEPS, "{log}");
    assert!(files(&folder) == undisturbed, "the bytes have changed");
}
