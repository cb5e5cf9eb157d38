//! Digests that pin the parts of a public file: the first half of SHA-256, and hash trees of them.

/// Sixteen bytes; nobody can find other content with the same digest.
pub type Digest = [u8; DIGEST];

/// Length of a digest, bytes.
pub(super) const DIGEST: usize = 16;

/// The digest of these bytes.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    half(hmac_sha256::Hash::hash(bytes))
}

fn half(whole: [u8; 32]) -> Digest {
    let mut out = [0; DIGEST];
    out.copy_from_slice(&whole[..DIGEST]);
    out
}

/// The digest of a tree's inner node, from those of its children.
pub(super) fn parent(left: Digest, right: Digest) -> Digest {
    let mut hash = hmac_sha256::Hash::new();
    hash.update(left);
    hash.update(right);
    half(hash.finalize())
}

/// The root of the tree that contains the leaf of this index; `siblings` are the siblings' digests
/// on the path from the leaf to the root.
pub(super) fn root(leaf: Digest, index: usize, siblings: &[u8]) -> Digest {
    let (mut digest, mut index) = (leaf, index);
    for other in siblings.chunks_exact(DIGEST) {
        let mut sibling = [0; DIGEST];
        sibling.copy_from_slice(other);
        digest = if index & 1 == 0 { parent(digest, sibling) } else { parent(sibling, digest) };
        index >>= 1;
    }
    digest
}

/// Trees of 2^`depth` leaves each: their roots, and for each leaf the siblings on its path to the
/// root.
pub(super) fn trees(leaves: Vec<Digest>, depth: u32) -> (Vec<Digest>, Vec<Vec<u8>>) {
    let mut paths = vec![Vec::new(); leaves.len()];
    let mut level = leaves;
    for height in 0..depth {
        for (leaf, path) in paths.iter_mut().enumerate() {
            path.extend(level[(leaf >> height) ^ 1]);
        }
        level = level.chunks_exact(2).map(|pair| parent(pair[0], pair[1])).collect();
    }
    (level, paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_half_of_sha_256() {
        // FIPS 180-4, the example "abc".
        assert_eq!(
            digest(b"abc"),
            [186, 120, 22, 191, 143, 1, 207, 234, 65, 65, 64, 222, 93, 174, 34, 35]
        );
        assert_eq!(parent([1; 16], [2; 16]), digest(&[[1; 16], [2; 16]].concat()));
    }

    #[test]
    fn every_path_leads_to_its_root() {
        let leaves: Vec<Digest> = (0..16_u8).map(|i| digest(&[i])).collect();
        for depth in 0..=4 {
            let (roots, paths) = trees(leaves.clone(), depth);
            assert_eq!(roots.len(), 16 >> depth);
            for (i, &leaf) in leaves.iter().enumerate() {
                assert_eq!(root(leaf, i, &paths[i]), roots[i >> depth]);
                assert_ne!(root(leaves[i ^ 1], i, &paths[i]), roots[i >> depth]);
            }
        }
    }
}
