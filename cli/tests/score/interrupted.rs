//! Runs that are interrupted and continued.

use crate::kit::{PROGRAM, fail, score, shop, succeed, write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const OPTIONS: [&str; 6] = ["--all-articles", "--rows-per-part", "640", "--threads", "2", "--out"];

/// The visible files of a folder, with their bytes.
fn parts(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .collect();
    paths.sort();
    let name = |path: &PathBuf| PathBuf::from(path.file_name().unwrap());
    paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
}

#[test]
fn killed_at_any_moment_it_continues_to_the_same_bytes() {
    let folder = shop("killed");
    succeed(&folder, &score(&[&OPTIONS[..], &["whole"]].concat()));
    let whole = parts(&folder.join("whole"));
    assert!(whole.len() > 10, "{} files", whole.len());
    let options = score(&[&OPTIONS[..], &["killed", "--resume"]].concat());
    for kill in 0..6 {
        let mut command = Command::new(PROGRAM);
        command.args(&options).current_dir(&folder).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (began, before) = (Instant::now(), parts(&folder.join("killed")).len());
        // After one part more, or after some milliseconds, whichever it is.
        while parts(&folder.join("killed")).len() <= before
            && began.elapsed() < Duration::from_millis(20 * (kill + 1))
        {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for (name, bytes) in parts(&folder.join("killed")) {
            let complete = whole.iter().find(|(other, _)| *other == name).unwrap();
            assert!(bytes == complete.1, "{} is half written", name.display());
        }
    }
    succeed(&folder, &options);
    assert!(parts(&folder.join("killed")) == whole, "the bytes have changed");
    let hidden = std::fs::read_dir(folder.join("killed")).unwrap();
    assert_eq!(hidden.count(), whole.len(), "temporary files are left");
}

#[test]
fn only_the_same_run_is_continued() {
    let folder = shop("continued");
    let again = |more: &[&'static str]| score(&[&OPTIONS[..], &["parts"], more].concat());
    succeed(&folder, &again(&[]));
    let whole = parts(&folder.join("parts"));
    let log = fail(&folder, 1, &again(&[]));
    assert!(log.contains("has the parts of the same run") && log.contains("--resume"), "{log}");
    std::fs::remove_file(folder.join("parts/part-000002.parquet")).unwrap();
    write(&folder, "parts/.part-000002.parquet.99.part", "half");
    let [_, log] = succeed(&folder, &again(&["--resume"]));
    let before = whole.len() - 2;
    assert!(log.contains(&format!("in 1 parts; {before} were there already")), "{log}");
    assert!(parts(&folder.join("parts")) == whole);
    let log = fail(&folder, 1, &again(&["--resume", "--top", "2"]));
    assert!(log.contains("another model, other lists or other settings"), "{log}");
    let log = fail(&folder, 1, &score(&["--all-articles", "--out", "."]));
    assert!(log.contains("the folder must be empty"), "{log}");
}

#[cfg(unix)]
#[test]
fn after_a_full_disk_it_continues() {
    let folder = shop("full");
    succeed(&folder, &score(&[&OPTIONS[..], &["whole"]].concat()));
    let whole = parts(&folder.join("whole"));
    let options = score(&[&OPTIONS[..], &["full", "--resume"]].concat());
    // A limit on the size of files fails a write as a full disk does.
    let script = format!("trap '' XFSZ; ulimit -f 2; exec \"$0\" {}", options.join(" "));
    let output =
        Command::new("sh").args(["-c", &script, PROGRAM]).current_dir(&folder).output().unwrap();
    let log = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{log}");
    assert!(log.contains("part-00000") && log.contains("cannot write"), "{log}");
    succeed(&folder, &options);
    assert!(parts(&folder.join("full")) == whole, "the bytes have changed");
}
