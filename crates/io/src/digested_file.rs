//! Files with their digests.

use crate::atomic_file::AtomicFile;
use crate::failure::Failure;
use crate::hex::hexadecimal;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes that are read or written at a time.
const BUFFER: usize = 1 << 20;

/// A file with its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ManifestFile {
    /// Its path as the run named it.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl ManifestFile {
    /// Reads these files to their ends, several at once.
    pub fn all<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Result<Vec<Self>, Failure> {
        let paths: Vec<&Path> = paths.into_iter().collect();
        paths.into_par_iter().map(Self::new).collect()
    }

    /// Reads a file to its end.
    pub fn new(path: &Path) -> Result<Self, Failure> {
        let failed = |e: io::Error| Failure::io(path, "cannot read", &e);
        let mut file = File::open(path).map_err(failed)?;
        let mut digest = FileDigest::default();
        each_chunk(&mut file, |chunk| digest.add(chunk)).map_err(failed)?;
        Ok(digest.of(path))
    }
}

/// SHA-256 of texts that follow each other, hexadecimal.
pub(crate) fn digest_of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = Sha256::new();
    texts.into_iter().for_each(|text| hash.update(text));
    hexadecimal(&hash.finalize())
}

/// Calls `each` with the rest of a file, in chunks.
fn each_chunk(file: &mut File, mut each: impl FnMut(&[u8])) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(());
        }
        each(&buffer[..read]);
    }
}

/// The length and the digest of the bytes of a file so far.
#[derive(Default)]
struct FileDigest {
    bytes: u64,
    hash: Sha256,
}

impl FileDigest {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
    }

    fn of(self, path: &Path) -> ManifestFile {
        let sha256 = hexadecimal(&self.hash.finalize());
        ManifestFile { path: path.to_owned(), bytes: self.bytes, sha256 }
    }
}

/// A file that is being written from front to back, with a buffer and the digest of its bytes.
pub(crate) struct DigestedFile {
    path: PathBuf,
    file: BufWriter<Digested>,
}

struct Digested {
    file: AtomicFile,
    digest: FileDigest,
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl DigestedFile {
    /// Begins a file, which appears at its path when it is committed.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        Ok(Self::new(path, AtomicFile::create(path)?))
    }

    /// As [`DigestedFile::create`], and lets only its owner read the file (on Unix).
    pub(crate) fn create_private(path: &Path) -> Result<Self, Failure> {
        Ok(Self::new(path, AtomicFile::create_private(path)?))
    }

    fn new(path: &Path, file: AtomicFile) -> Self {
        let file = Digested { file, digest: FileDigest::default() };
        Self { path: path.to_owned(), file: BufWriter::with_capacity(BUFFER, file) }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|e| failed(&self.path, &e))
    }

    /// Moves the file to its path.
    pub(crate) fn commit(self) -> Result<ManifestFile, Failure> {
        let Self { path, file } = self;
        let Digested { file, digest } = file.into_inner().map_err(|e| failed(&path, e.error()))?;
        file.commit()?;
        Ok(digest.of(&path))
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::io(path, "cannot write", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_digest_of_its_bytes() {
        let folder = std::env::temp_dir().join(format!("inseam-digest-{}", std::process::id()));
        let path = folder.join("pieces");
        let mut file = DigestedFile::create(&path).unwrap();
        file.write(b"head ").unwrap();
        file.write(b"end").unwrap();
        let written = file.commit().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"head end");
        assert_eq!(written, ManifestFile::new(&path).unwrap());
        assert_eq!(written.bytes, 8);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_digest_of_texts_is_sha_256() {
        // FIPS 180-4, the example "abc".
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest_of_texts(["a", "", "bc"]), abc);
    }
}
