//! The bytes of sites in a partition: for each line the messages of its factors, then those of its
//! choice to the popularity of each size on offer. Bytes of zeros are sites without information.

use super::popularity_site::PopularitySite;
use crate::infer::Sites;
use crate::math::Gaussian;
use crate::math::binary16::{from_bits, stored, to_bits};

/// Length of a message: precision, and precision times mean.
pub(crate) const SITE: usize = 4;
/// Length of the messages of a line's own factors, which come before those to popularities.
pub(crate) const OWN_SITES: usize = SITE * Sites::COUNT;

/// Length of the sites of one line, whose article is sold in so many sizes.
pub(crate) fn site_bytes(sizes: usize) -> usize {
    OWN_SITES + SITE * sizes
}

/// The sites of one line, and those of its choice to the popularity of each size on offer.
pub(crate) fn read_sites(bytes: &[u8]) -> (Sites, Vec<PopularitySite>) {
    let mut popularity = Vec::new();
    let sites = read(bytes, &mut popularity);
    (sites, popularity)
}

/// Reads the sites of one line; appends those of its choice to `popularity`.
pub(super) fn read(bytes: &[u8], popularity: &mut Vec<PopularitySite>) -> Sites {
    let (messages, _) = bytes.as_chunks::<SITE>();
    let (own, offered) = messages.split_at(Sites::COUNT);
    popularity.extend(offered.iter().map(|bytes| PopularitySite::from(message(bytes))));
    Sites::from_array(std::array::from_fn(|i| message(&own[i])))
}

/// Replaces the bytes of the sites of one line.
pub(super) fn write(sites: &Sites, popularity: &[PopularitySite], bytes: &mut [u8]) {
    let own = sites.to_array();
    let offered = popularity.iter().map(|site| site.gaussian());
    let (messages, _) = bytes.as_chunks_mut::<SITE>();
    for (bytes, message) in messages.iter_mut().zip(own.into_iter().chain(offered)) {
        let [a, b] = to_bits(message.precision).to_le_bytes();
        let [c, d] = to_bits(message.precision_mean).to_le_bytes();
        *bytes = [a, b, c, d];
    }
}

fn message(&[a, b, c, d]: &[u8; SITE]) -> Gaussian {
    Gaussian {
        precision: from_bits(u16::from_le_bytes([a, b])),
        precision_mean: from_bits(u16::from_le_bytes([c, d])),
    }
}

/// The sites as they are read back after they were written. Sums of messages must be of these, so
/// that a cavity takes out exactly what was put in.
pub(crate) fn stored_sites(sites: &Sites) -> Sites {
    Sites::from_array(sites.to_array().map(stored_message))
}

/// The message as it is read back after it was written.
pub(super) fn stored_message(message: Gaussian) -> Gaussian {
    Gaussian {
        precision: stored(message.precision),
        precision_mean: stored(message.precision_mean),
    }
}
