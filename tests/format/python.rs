//! An independent reader in Python, written from model/format.md, agrees on every fixture.

use std::process::Command;

#[test]
fn an_independent_reader_agrees() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/format/agree.py");
    let Ok(run) = Command::new("python3").arg("-B").arg(script).output() else {
        // Other tests check the fixtures themselves.
        println!("skipped: python3 is not installed");
        return;
    };
    let output = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{output}{}", String::from_utf8_lossy(&run.stderr));
    assert!(output.ends_with("of 13 fixtures read as expected\n"), "{output}");
}
