//! What pins the parts of a public file: the first half of SHA-256.

/// Sixteen bytes that nobody can find other bytes for.
pub type Digest = [u8; DIGEST];

/// Length of a digest, bytes.
pub(super) const DIGEST: usize = 16;

/// The digest of these bytes.
pub(super) fn of(bytes: &[u8]) -> Digest {
    half(hmac_sha256::Hash::hash(bytes))
}

fn half(whole: [u8; 32]) -> Digest {
    let mut out = [0; DIGEST];
    out.copy_from_slice(&whole[..DIGEST]);
    out
}

/// The digest above two others.
pub(super) fn above(left: Digest, right: Digest) -> Digest {
    let mut hash = hmac_sha256::Hash::new();
    hash.update(left);
    hash.update(right);
    half(hash.finalize())
}

/// The digest at the top of the tree that the leaf of this number is in, where these are the
/// digests beside its way up.
pub(super) fn top(leaf: Digest, number: usize, beside: &[u8]) -> Digest {
    let (mut digest, mut number) = (leaf, number);
    for other in beside.chunks_exact(DIGEST) {
        let mut sibling = [0; DIGEST];
        sibling.copy_from_slice(other);
        digest = if number & 1 == 0 { above(digest, sibling) } else { above(sibling, digest) };
        number >>= 1;
    }
    digest
}

/// Trees of 2^`depth` leaves each over these: the tops, and for each leaf the digests beside its
/// way up.
pub(super) fn trees(leaves: Vec<Digest>, depth: u32) -> (Vec<Digest>, Vec<Vec<u8>>) {
    let mut ways = vec![Vec::new(); leaves.len()];
    let mut level = leaves;
    for height in 0..depth {
        for (leaf, way) in ways.iter_mut().enumerate() {
            way.extend(level[(leaf >> height) ^ 1]);
        }
        level = level.chunks_exact(2).map(|pair| above(pair[0], pair[1])).collect();
    }
    (level, ways)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_half_of_sha_256() {
        // FIPS 180-4, the example "abc".
        assert_eq!(
            of(b"abc"),
            [186, 120, 22, 191, 143, 1, 207, 234, 65, 65, 64, 222, 93, 174, 34, 35]
        );
        assert_eq!(above([1; 16], [2; 16]), of(&[[1; 16], [2; 16]].concat()));
    }

    #[test]
    fn every_way_leads_to_its_top() {
        let leaves: Vec<Digest> = (0..16_u8).map(|i| of(&[i])).collect();
        for depth in 0..=4 {
            let (tops, ways) = trees(leaves.clone(), depth);
            assert_eq!(tops.len(), 16 >> depth);
            for (i, &leaf) in leaves.iter().enumerate() {
                assert_eq!(top(leaf, i, &ways[i]), tops[i >> depth]);
                assert_ne!(top(leaves[i ^ 1], i, &ways[i]), tops[i >> depth]);
            }
        }
    }
}
