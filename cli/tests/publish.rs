//! What the program does with a trained model, on a fixture: records, publishing, signatures,
//! differences.

use inseam::format::{Head, head_checksum, read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/fixtures/valid-small.inseam");

/// A folder of its own, with the fixture as `shop.inseam`.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(FIXTURE, folder.join("shop.inseam")).unwrap();
        Self(folder)
    }

    fn inseam(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_inseam"))
            .args(words)
            .current_dir(&self.0)
            .output()
            .unwrap()
    }

    /// Runs the program, which must succeed; returns what it prints.
    #[track_caller]
    fn printed(&self, words: &[&str]) -> String {
        let run = self.inseam(words);
        assert!(run.status.success(), "{words:?}: {}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    /// Runs the program, which must end with status 1; returns its message.
    #[track_caller]
    fn refused(&self, words: &[&str]) -> String {
        let run = self.inseam(words);
        assert_eq!(
            run.status.code(),
            Some(1),
            "{words:?}: {}",
            String::from_utf8_lossy(&run.stdout)
        );
        String::from_utf8(run.stderr).unwrap()
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
}

#[test]
fn records_are_lines_of_text() {
    let folder = Folder::new("records");
    let printed = folder.printed(&["record", "shop.inseam", "SKU-1", "SKU-2"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(
        |l| l.len() < 110 && l.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    ));
    assert!(
        folder.refused(&["record", "shop.inseam", "SKU-99"]).contains("has no article \"SKU-99\"")
    );
}

#[test]
fn a_model_is_published_under_its_own_name() {
    let folder = Folder::new("published");
    let whole = folder.bytes("shop.inseam");
    let (head, model) = Head::read(&whole).unwrap();
    let name: String = head.name().iter().map(|byte| format!("{byte:02x}")).collect();
    folder.printed(&["publish", "shop.inseam", "--out", "www"]);
    assert_eq!(folder.bytes(&format!("www/shop-{name}.inseam")), whole);
    assert_eq!(
        folder.bytes("www/shop.json"),
        format!("{{\"model\":\"shop-{name}.inseam\"}}\n").into_bytes()
    );
    folder.printed(&["publish", "shop.inseam", "--out", "www", "--parts"]);
    assert_eq!(
        folder.bytes("www/shop.json"),
        format!("{{\"model\":\"shop-{name}/\"}}\n").into_bytes()
    );
    assert_eq!(folder.bytes(&format!("www/shop-{name}/head")), whole[..head.length()]);
    let block = folder.bytes(&format!("www/shop-{name}/0000"));
    assert_eq!(head.block(&model, 0, &block).unwrap().len(), 4);
    assert!(
        folder.refused(&["publish", "nothing.inseam", "--out", "www"]).contains("nothing.inseam")
    );
}

#[test]
fn a_signature_is_valid_for_its_model_and_key_only() {
    let folder = Folder::new("signed");
    let before = folder.bytes("shop.inseam");
    folder.printed(&["keygen", "--out", "ours"]);
    folder.printed(&["keygen", "--out", "theirs"]);
    assert!(folder.refused(&["keygen", "--out", "ours"]).contains("is there already"));
    let verify = ["verify", "shop.inseam", "--key", "ours.public"];
    assert!(folder.refused(&verify).contains("is not signed"));
    folder.printed(&["sign", "shop.inseam", "--key", "ours.secret"]);
    assert!(folder.printed(&verify).contains("is whole, and signed by"));
    folder.printed(&["verify", "shop.inseam", "--key", "theirs.public", "--key", "ours.public"]);
    let none = folder.refused(&["verify", "shop.inseam", "--key", "theirs.public"]);
    assert!(none.contains("is signed by none of these keys"), "{none}");
    // Signing changes nothing else. The private files still belong to the model, because its
    // checksum stays the same.
    let signed = folder.bytes("shop.inseam");
    assert_eq!(read(&signed).unwrap(), read(&before).unwrap());
    assert_eq!((head_checksum(&signed), signed.len()), (head_checksum(&before), before.len()));
    // Another model with the same signature.
    let (_, signature) = inseam::format::signature(&signed).unwrap();
    let mut other = std::fs::read(FIXTURE.replace("valid-small", "valid-blocks")).unwrap();
    inseam::format::set_signature(&mut other, signature.unwrap()).unwrap();
    std::fs::write(folder.0.join("other.inseam"), other).unwrap();
    assert!(
        folder
            .refused(&["verify", "other.inseam", "--key", "ours.public"])
            .contains("none of these keys")
    );
    // A secret key cannot verify, and a model file is not a key.
    folder.refused(&["verify", "shop.inseam", "--key", "ours.secret"]);
    assert!(
        folder.refused(&["sign", "shop.inseam", "--key", "shop.inseam"]).contains("is not a key")
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(folder.0.join("ours.secret")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "only its owner reads a secret key");
    }
}

#[test]
fn differences_are_counted() {
    let folder = Folder::new("differences");
    let mut model = read(&folder.bytes("shop.inseam")).unwrap();
    let same: serde_json::Value =
        serde_json::from_str(&folder.printed(&["diff", "shop.inseam", "shop.inseam", "--json"]))
            .unwrap();
    assert_eq!(
        (&same["kept"], &same["moved"].as_array().unwrap().len(), &same["bytes"]["head"]),
        (&4.into(), &0, &0.into())
    );
    let gone = model.articles.remove(0);
    let by = inseam::math::Gaussian::new(
        model.articles[0].offset.mean() + 0.5,
        model.articles[0].offset.variance(),
    );
    model.articles[0].offset = by;
    std::fs::write(folder.0.join("new.inseam"), inseam::format::write(&model).unwrap()).unwrap();
    let printed = folder.printed(&["diff", "shop.inseam", "new.inseam"]);
    assert!(
        printed.contains("0 added, 1 removed, 3 in both, of which 1 moved by more than 0.1 steps"),
        "{printed}"
    );
    assert!(
        printed.contains(&format!("+0.50 steps  article {:013x}", model.articles[0].key)),
        "{printed}"
    );
    let none = folder.printed(&["diff", "shop.inseam", "new.inseam", "--steps", "0.6"]);
    assert!(none.contains("0 moved by more than 0.6 steps"), "{none}");
    let other = folder.printed(&["diff", "new.inseam", "shop.inseam"]);
    assert!(other.contains("1 added, 0 removed"), "{other}");
    assert_eq!(
        gone.sizes.len(),
        read(&folder.bytes("shop.inseam")).unwrap().articles[0].sizes.len()
    );
}
