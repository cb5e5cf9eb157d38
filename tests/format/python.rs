//! The reader in Python, which knows of the format what model/format.md says, agrees on every
//! fixture.

use std::process::Command;

#[test]
fn a_reader_written_from_the_page_agrees() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/format/agree.py");
    let Ok(run) = Command::new("python3").arg("-B").arg(script).output() else {
        // The fixtures themselves are checked all the same.
        println!("skipped: there is no python3 here");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.ends_with("of 13 fixtures read as expected\n"), "{said}");
}
