//! Writes a file so that it appears at its path complete or not at all.

use crate::failure::Failure;
use crate::owner_only::owner_only_file;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A temporary file in the folder of its final path. [`AtomicFile::commit`] moves it to that path
/// in one step. Until then, and also if the process is killed, the path keeps its old file. A file
/// that is dropped without a commit is removed.
#[derive(Debug)]
pub struct AtomicFile {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
    committed: bool,
}

impl AtomicFile {
    /// Opens a temporary file beside `path`. Creates the folder if it does not exist.
    pub fn create(path: &Path) -> Result<Self, Failure> {
        Self::create_with(path, OpenOptions::new())
    }

    fn create_with(path: &Path, mut options: OpenOptions) -> Result<Self, Failure> {
        if path.is_dir() {
            return Err(Failure::new("is a folder, not a file").in_file(path));
        }
        let name = path
            .file_name()
            .ok_or_else(|| Failure::new("is not the name of a file").in_file(path))?;
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::io(folder, "cannot create the folder", &e))?;
        let mut temporary_name = std::ffi::OsString::from(".");
        temporary_name.push(name);
        temporary_name.push(format!(".{}.part", std::process::id()));
        let temporary = folder.join(temporary_name);
        // A file that a killed process has left may have other permissions.
        drop(std::fs::remove_file(&temporary));
        let file = options
            .write(true)
            .create_new(true)
            .open(&temporary)
            .map_err(|e| Failure::io(path, "cannot write", &e))?;
        Ok(Self { path: path.to_owned(), temporary, file, committed: false })
    }

    /// Writes `bytes` as the whole of `path`.
    pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let mut file = Self::create(path)?;
        file.write_all(bytes).map_err(|e| Failure::io(path, "cannot write", &e))?;
        file.commit()
    }

    /// Writes `bytes` as the whole of `path`, and lets only its owner read the file (on Unix).
    pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let mut file = Self::create_private(path)?;
        file.write_all(bytes).map_err(|e| Failure::io(path, "cannot write", &e))?;
        file.commit()
    }

    /// As [`AtomicFile::create`], and lets only its owner read the file (on Unix).
    pub fn create_private(path: &Path) -> Result<Self, Failure> {
        Self::create_with(path, owner_only_file())
    }

    /// As [`AtomicFile::commit`], for a path in the same folder whose name was not known before.
    pub fn commit_as(mut self, path: &Path) -> Result<(), Failure> {
        path.clone_into(&mut self.path);
        self.commit()
    }

    /// Waits until the bytes are on the disk, then moves the file to its path.
    pub fn commit(mut self) -> Result<(), Failure> {
        let done = self.file.sync_all().and_then(|()| std::fs::rename(&self.temporary, &self.path));
        done.map_err(|e| Failure::io(&self.path, "cannot write", &e))?;
        self.committed = true;
        // The new name survives a crash once its folder is on the disk. Not every file system
        // can sync a folder. The file is complete in any case.
        let folder =
            self.path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        drop(File::open(folder).and_then(|folder| folder.sync_all()));
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for AtomicFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.committed {
            drop(std::fs::remove_file(&self.temporary));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_the_owner_reads_a_private_file_before_it_is_at_its_path() {
        let folder = std::env::temp_dir().join(format!("inseam-atomic-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let path = folder.join("key");
        let temporary = folder.join(format!(".key.{}.part", std::process::id()));
        // A killed process of the same number has left a file that everybody can read.
        std::fs::write(&temporary, "left").unwrap();
        let file = AtomicFile::create_private(&path).unwrap();
        assert_eq!(mode(&temporary), 0o600);
        file.commit().unwrap();
        assert_eq!((mode(&path), std::fs::read(&path).unwrap()), (0o600, Vec::new()));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
