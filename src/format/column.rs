//! Columns: integers in as few bits as their range needs. Blocks and the table of brands consist of
//! them (`model/format.md`).
//!
//! A column has its smallest number, a width in bits, and for each number the difference to the
//! smallest in that many bits. An empty column has no bytes.

use super::bytes::{Cursor, write_varint};
use super::fault::fault;
use crate::Error;
use crate::text::joined;

/// Maximal width, bits.
const MAX_WIDTH: u8 = 56;

/// Appends a column.
pub(super) fn write(values: impl Iterator<Item = i64> + Clone, out: &mut Vec<u8>) {
    let (Some(least), Some(most)) = (values.clone().min(), values.clone().max()) else { return };
    let width = (64 - most.wrapping_sub(least).leading_zeros()) as u8;
    write_varint(((least << 1) ^ (least >> 63)) as u64, out);
    out.push(width);
    write_bits(values.map(|v| v.wrapping_sub(least) as u64), u32::from(width), out);
}

/// Appends numbers of `width` bits each, lowest bit first.
pub(super) fn write_bits(values: impl Iterator<Item = u64>, width: u32, out: &mut Vec<u8>) {
    let (mut held, mut bits) = (0_u64, 0_u32);
    for value in values {
        held |= value << bits;
        bits += width;
        while bits >= 8 {
            out.push(held as u8);
            held >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        out.push(held as u8);
    }
}

/// Reads a column of `count` numbers, each of which must lie from `range.0` to `range.1`. The
/// caller must have bounded `count`, because memory is reserved for it.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    count: usize,
    range: (i64, i64),
    field: &str,
) -> Result<Vec<i64>, Error> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let at = cursor.at();
    let least = cursor.varint(field)?;
    let least = (least >> 1) as i64 ^ -((least & 1) as i64);
    let width = cursor.u8(field)?;
    if width > MAX_WIDTH || least < range.0 || least > range.1 {
        return Err(fault(
            at,
            joined![field, ": numbers from ", least, " on in ", width, " bits are out of range"],
        ));
    }
    // For a width of 0 only the caller's bound limits the count.
    if bytes_of(count, u32::from(width)) > cursor.left() {
        return Err(fault(cursor.at(), joined![field, " runs past the end of its part"]));
    }
    let mut out = Vec::with_capacity(count);
    read_bits(cursor, count, u32::from(width), field, |more| {
        // Within 2^56 of a number that is itself within the range: no overflow.
        let value = least + more as i64;
        out.push(value);
        value <= range.1
    })?;
    Ok(out)
}

/// Number of bytes of `count` numbers of `width` bits.
fn bytes_of(count: usize, width: u32) -> usize {
    usize::try_from((count as u64).saturating_mul(u64::from(width)).div_ceil(8))
        .unwrap_or(usize::MAX)
}

/// Reads `count` bits as flags.
pub(super) fn read_flags(
    cursor: &mut Cursor<'_>,
    count: usize,
    field: &str,
) -> Result<Vec<bool>, Error> {
    if bytes_of(count, 1) > cursor.left() {
        return Err(fault(cursor.at(), joined![field, " runs past the end of its part"]));
    }
    let mut out = Vec::with_capacity(count);
    read_bits(cursor, count, 1, field, |bit| {
        out.push(bit == 1);
        true
    })?;
    Ok(out)
}

/// Reads `count` numbers of `width` bits and passes each to `take`, which returns whether it is in
/// range.
fn read_bits(
    cursor: &mut Cursor<'_>,
    count: usize,
    width: u32,
    field: &str,
    mut take: impl FnMut(u64) -> bool,
) -> Result<(), Error> {
    let at = cursor.at();
    let bytes = cursor.slice(bytes_of(count, width), field)?;
    let (mut held, mut bits, mut bytes) = (0_u64, 0, bytes.iter());
    for _ in 0..count {
        while bits < width {
            held |= u64::from(bytes.next().copied().unwrap_or(0)) << bits;
            bits += 8;
        }
        if !take(held & ((1 << width) - 1)) {
            return Err(fault(at, joined![field, " is out of range"]));
        }
        held >>= width;
        bits -= width;
    }
    if held == 0 {
        Ok(())
    } else {
        Err(fault(at, joined![field, ": the bits that are left over are not 0"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: (i64, i64) = (-(1 << 60), 1 << 60);

    fn packed(values: &[i64]) -> Vec<u8> {
        let mut out = Vec::new();
        write(values.iter().copied(), &mut out);
        out
    }

    fn unpacked(bytes: &[u8], count: usize, range: (i64, i64)) -> Result<Vec<i64>, Error> {
        let mut cursor = Cursor::new(bytes, 0, bytes.len());
        let out = read(&mut cursor, count, range, "numbers")?;
        assert_eq!(cursor.left(), 0);
        Ok(out)
    }

    #[test]
    fn columns_come_back_unchanged() {
        for values in [
            vec![],
            vec![7],
            vec![-3, -3, -3],
            vec![0, 1, 1, 0, 1, 0, 0, 0, 1],
            vec![-(1 << 40), 0, (1 << 40) + 5],
            (0..1000).map(|i| i * i - 2000).collect(),
        ] {
            assert_eq!(unpacked(&packed(&values), values.len(), ALL).unwrap(), values);
        }
        assert_eq!(packed(&[5, 5, 5]), [10, 0], "equal numbers take no bits");
        assert_eq!(
            packed(&[2, 3, 5]),
            [4, 2, 0b11_01_00],
            "least 2, then 0, 1 and 3 in two bits each"
        );
    }

    #[test]
    fn damaged_columns_are_refused() {
        let bytes = packed(&[-1, 0, 5]);
        assert!(unpacked(&bytes, 3, (-1, 5)).is_ok());
        assert!(unpacked(&bytes, 3, (0, 5)).is_err(), "below the range");
        assert!(unpacked(&bytes, 3, (-1, 4)).is_err(), "above the range");
        assert!(unpacked(&bytes[..2], 3, ALL).is_err(), "cut off");
        let mut left_over = bytes.clone();
        *left_over.last_mut().unwrap() |= 0x80;
        assert!(unpacked(&left_over, 3, ALL).is_err());
        assert!(unpacked(&[0, 57, 0, 0, 0, 0, 0, 0, 0, 0], 1, ALL).is_err(), "too wide");
        assert!(unpacked(&[0, 56], usize::MAX, ALL).is_err(), "more than could be there");
    }
}
