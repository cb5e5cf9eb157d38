//! Update killed at any moment, or without disk space: nothing is lost, and it ends with the same
//! bytes.

use crate::kit::{PROGRAM, Shop, shop};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const UPDATE: [&str; 2] = ["update", "pipeline.toml"];

/// A shop with a log, with a day to add, and the model that comes of it.
fn with_a_new_day(name: &str) -> (Shop, Vec<Vec<u8>>) {
    let shop = shop(name);
    let (first, rest) = shop.lines.split_at(shop.lines.len() - 30);
    shop.write("orders.csv", first);
    shop.begin();
    shop.write("day-1.csv", rest);
    let log = shop.run(&UPDATE);
    assert!(log.contains("; the sweeps were over ") && log.contains(" that have changed"), "{log}");
    let expected = shop.model();
    shop.begin_without("day-1.csv");
    (shop, expected)
}

#[test]
fn killed_again_and_again_it_ends_with_the_same_bytes() {
    let (shop, expected) = with_a_new_day("killed");
    killed(&shop, &UPDATE);
    assert!(shop.model() == expected, "the bytes have changed");
    let expected = shop.trained_on(&shop.lines);
    shop.begin_without("day-1.csv");
    killed(&shop, &["update", "pipeline.toml", "--full"]);
    assert!(shop.model() == expected, "the bytes of training from nothing have changed");
}

/// Runs a command 20 times, kills it each time a little later, and then runs it to its end.
fn killed(shop: &Shop, arguments: &[&str]) {
    let began = Instant::now();
    let update = || {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(&shop.folder).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    assert!(update().wait().unwrap().success());
    let whole = began.elapsed();
    shop.begin_without("day-1.csv");
    let mut killed = 0;
    for moment in 1..=20 {
        let mut child = update();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * f64::from(moment) / 20.0));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let read = std::fs::read(shop.folder.join("shop.inseam")).unwrap();
        inseam::format::read(&read).unwrap();
    }
    assert!(killed > 0, "every update ended before it was killed");
    shop.run(arguments);
    assert!(shop.run(&UPDATE).contains("nothing new"));
}

#[cfg(unix)]
#[test]
fn without_disk_space_nothing_is_lost() {
    let (shop, expected) = with_a_new_day("full");
    let before = shop.model();
    // A limit on the size of files fails a write as a full disk does.
    for blocks in [0, 1, 4, 16] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" update pipeline.toml");
        let output = Command::new("sh")
            .args(["-c", &script, PROGRAM])
            .current_dir(&shop.folder)
            .output()
            .unwrap();
        let log = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{blocks}: {log}");
        assert!(log.contains("cannot write"), "{blocks}: {log}");
        assert!(shop.model() == before, "{blocks}");
    }
    shop.run(&UPDATE);
    assert!(shop.model() == expected, "the bytes have changed");
}
