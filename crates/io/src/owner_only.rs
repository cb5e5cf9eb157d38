//! Creates files and folders that only their owner can read, on Unix.

use crate::failure::Failure;
use std::fs::{DirBuilder, OpenOptions};
use std::path::Path;

/// Options with which a new file is readable by its owner only, from its first moment.
pub(crate) fn owner_only_file() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that only its owner can enter. A folder that exists keeps its permissions: it may
/// have other uses. Folders above it get the usual permissions.
pub(crate) fn make_owner_only_folder(folder: &Path) -> Result<(), Failure> {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let above = folder.parent().map_or(Ok(()), std::fs::create_dir_all);
    match above.and_then(|()| builder.create(folder)) {
        Err(e) if !folder.is_dir() => Err(Failure::io(folder, "cannot create the folder", &e)),
        _ => Ok(()),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_the_owner_enters_a_private_folder() {
        let above = std::env::temp_dir().join(format!("inseam-owner-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&above));
        let folder = above.join("private");
        make_owner_only_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        assert_ne!(mode(&above), 0o700, "the folder above is not private");
        make_owner_only_folder(&above).unwrap();
        assert_ne!(mode(&above), 0o700, "a folder that exists keeps its permissions");

        std::fs::write(folder.join("file"), "").unwrap();
        assert!(make_owner_only_folder(&folder.join("file")).is_err());
        std::fs::remove_dir_all(&above).unwrap();
    }
}
