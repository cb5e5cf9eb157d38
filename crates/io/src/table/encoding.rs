//! The encoding of a text file: finds it from the file's bytes, and decodes other encodings to
//! UTF-8 while reading.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{BufRead, Read};

/// How many bytes the decoder takes at a time.
const CHUNK_BYTES: usize = 1 << 16;
/// How many bytes after the first invalid one help to tell an encoding.
const EVIDENCE_BYTES: usize = 1 << 22;

/// The encoding that the first bytes of a file show: by a byte order mark, or by the zero bytes
/// that UTF-16 has beside every ASCII character. `None` if they show neither.
pub(super) fn from_beginning(beginning: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(beginning) {
        return Some(encoding);
    }
    let zeros = |parity: usize| {
        let bytes = beginning.iter().skip(parity).step_by(2);
        bytes.filter(|&&byte| byte == 0).count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), beginning.len() / 2);
    if odd > half / 4 && even < odd / 8 {
        Some(UTF_16LE)
    } else if even > half / 4 && odd < even / 8 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding of a text without a mark. It is UTF-8 if every byte is, and also if a few bytes are
/// not: then the rows with these bytes are damaged. Otherwise it is the likeliest of the older
/// encodings.
pub(super) fn from_text(input: &mut dyn BufRead) -> std::io::Result<&'static Encoding> {
    let mut scan = Utf8Scan::default();
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() || scan.after_invalid > EVIDENCE_BYTES {
            break;
        }
        let length = chunk.len();
        scan.push(chunk);
        input.consume(length);
    }
    // A character that the end of the file cuts off.
    scan.invalid += usize::from(!scan.rest.is_empty());
    if scan.invalid == 0 || scan.characters > scan.invalid {
        return Ok(UTF_8);
    }
    Ok(match scan.detector {
        Some(mut detector) => {
            detector.feed(&[], true);
            detector.guess(None, Utf8Detection::Deny)
        }
        None => UTF_8,
    })
}

/// Counts the characters of a text that are not ASCII, and the bytes that are not UTF-8.
#[derive(Default)]
struct Utf8Scan {
    /// The first bytes of a character whose end is in the next chunk.
    rest: Vec<u8>,
    /// Characters beyond ASCII.
    characters: usize,
    /// Sequences that are not UTF-8.
    invalid: usize,
    /// Bytes since the first such sequence.
    after_invalid: usize,
    detector: Option<EncodingDetector>,
}

impl Utf8Scan {
    fn push(&mut self, chunk: &[u8]) {
        if self.rest.is_empty() && self.detector.is_none() && chunk.is_ascii() {
            return;
        }
        let joined;
        let bytes = if self.rest.is_empty() {
            chunk
        } else {
            self.rest.extend_from_slice(chunk);
            joined = std::mem::take(&mut self.rest);
            &joined
        };
        let mut left = bytes;
        while let Err(error) = std::str::from_utf8(left) {
            let (valid, bad) = left.split_at(error.valid_up_to());
            self.characters += beyond_ascii(valid);
            let Some(length) = error.error_len() else {
                self.rest = bad.to_vec();
                left = &[];
                break;
            };
            self.invalid += 1;
            left = &bad[length..];
        }
        self.characters += beyond_ascii(left);
        if self.invalid > 0 {
            let new = || EncodingDetector::new(Iso2022JpDetection::Deny);
            self.detector.get_or_insert_with(new).feed(bytes, false);
            self.after_invalid += bytes.len();
        }
    }
}

/// How many characters of valid UTF-8 are not ASCII.
fn beyond_ascii(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte >= 0xc0).count()
}

/// Decodes a text to UTF-8 while it is read. Bytes that the encoding does not have become U+FFFD.
pub(super) struct DecodedText {
    input: Box<dyn BufRead + Send>,
    decoder: Decoder,
    /// Decoded text, of which the first `used` bytes are consumed.
    text: Vec<u8>,
    used: usize,
    length: usize,
    ended: bool,
}

impl DecodedText {
    pub(super) fn new(input: Box<dyn BufRead + Send>, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        // The longest decoding of a chunk: three bytes for one.
        let text = vec![0; 3 * CHUNK_BYTES + 16];
        Self { input, decoder, text, used: 0, length: 0, ended: false }
    }
}

impl BufRead for DecodedText {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        while self.used == self.length && !self.ended {
            let chunk = self.input.fill_buf()?;
            let chunk = &chunk[..chunk.len().min(CHUNK_BYTES)];
            self.ended = chunk.is_empty();
            let (_, read, written, _) =
                self.decoder.decode_to_utf8(chunk, &mut self.text, self.ended);
            self.input.consume(read);
            (self.used, self.length) = (0, written);
        }
        Ok(&self.text[self.used..self.length])
    }

    fn consume(&mut self, amount: usize) {
        self.used += amount;
    }
}

impl Read for DecodedText {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let text = self.fill_buf()?;
        let length = text.len().min(out.len());
        out[..length].copy_from_slice(&text[..length]);
        self.consume(length);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> &'static str {
        from_beginning(bytes).unwrap_or_else(|| from_text(&mut &bytes[..]).unwrap()).name()
    }

    fn utf_16(text: &str, little: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn encodings_are_found() {
        let text = "id,size\nc1,Größe 40\nc2,36\n";
        assert_eq!(found(text.as_bytes()), "UTF-8");
        assert_eq!(found(b"id,size\n1,M\n"), "UTF-8");
        for (little, name) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            assert_eq!(found(&utf_16(text, little)), name);
            assert_eq!(found(&utf_16(&format!("\u{feff}{text}"), little)), name);
            assert_eq!(found(&utf_16("顧客,商品,サイズ\n1,2,M\n", little)), name);
        }
        for (text, name) in [
            ("id,size\nc1,Größe 40\nc2,für Mädchen\nc3,Schuhgröße 38\n", "windows-1252"),
            ("id,taille\nc1,trop étroit\nc2,à échanger, déçue\n", "windows-1252"),
            ("ид,размер\nк1,Слишком маленький\nк2,Слишком большой размер\n", "windows-1251"),
            ("顧客,サイズ\n1,小さすぎる\n2,大きすぎる、返品\n", "Shift_JIS"),
        ] {
            let encoding = Encoding::for_label(name.as_bytes()).unwrap();
            let bytes = encoding.encode(text).0;
            assert_eq!(found(&bytes), name);
            let mut decoded = String::new();
            let input = Box::new(std::io::Cursor::new(bytes.into_owned()));
            DecodedText::new(input, encoding).read_to_string(&mut decoded).unwrap();
            assert_eq!(decoded, text);
        }
    }

    #[test]
    fn a_few_damaged_bytes_do_not_change_the_encoding() {
        let mut bytes = "größer, kürzer, länger\n".repeat(20).into_bytes();
        bytes.extend(b"gr\xfcn\n");
        assert_eq!(found(&bytes), "UTF-8");
    }

    #[test]
    fn characters_across_chunks_are_one() {
        let mut scan = Utf8Scan::default();
        "aüb€".as_bytes().chunks(1).for_each(|byte| scan.push(byte));
        assert_eq!((scan.characters, scan.invalid, scan.rest.len()), (2, 0, 0));
    }
}
