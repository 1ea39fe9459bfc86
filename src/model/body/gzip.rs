//! Unpacking gzip (RFC 1952), into no more memory than it may take.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// How it begins: the sign, and the only method there is.
const SIGN: &[u8] = b"\x1f\x8b\x08";
/// The sum and the size behind what is packed.
const TRAILER: usize = 8;
/// How many bytes are unpacked at a time.
const PIECE: usize = 32 * 1024;

/// What was packed.
#[derive(Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// As much of it as may be.
    pub bytes: Vec<u8>,
    /// What is missing of it.
    pub missing: Missing,
}

/// What is missing of what was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nothing.
    Nothing,
    /// There is more than may be unpacked.
    More,
    /// It was cut off, or is damaged.
    Broken,
}

/// Unpacks at most so many bytes; `None` if it is no gzip. The sums are not checked.
pub fn unpack(packed: &[u8], most: usize) -> Option<Unpacked> {
    let (mut rest, mut bytes) = (packed_part(packed)?, Vec::new());
    let missing = loop {
        match member(rest, most, &mut bytes) {
            Ok(after) => match after.get(TRAILER..).and_then(packed_part) {
                // Several may stand one after the other, and are one file.
                Some(next) => rest = next,
                None => break Missing::Nothing,
            },
            Err(missing) => break missing,
        }
    };
    Some(Unpacked { bytes, missing })
}

/// What stands behind the heading, if there is one.
fn packed_part(packed: &[u8]) -> Option<&[u8]> {
    const FIXED: usize = 10;
    let flags = packed.strip_prefix(SIGN)?.first()?;
    let has = |bit: u8| flags & bit != 0;
    let mut rest = packed.get(FIXED..)?;
    if has(4) {
        let (size, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*size))..)?;
    }
    // Name and comment end with a zero.
    for _ in 0..usize::from(has(8)) + usize::from(has(16)) {
        let end = rest.iter().position(|byte| *byte == 0)?;
        rest = rest.get(end + 1..)?;
    }
    if has(2) { rest.get(2..) } else { Some(rest) }
}

/// Unpacks one part of a file; gives what stands behind it.
fn member<'a>(mut packed: &'a [u8], most: usize, bytes: &mut Vec<u8>) -> Result<&'a [u8], Missing> {
    let mut state = InflateState::new_boxed(DataFormat::Raw);
    let mut piece = vec![0; PIECE];
    loop {
        let done = inflate(&mut state, packed, &mut piece, MZFlush::None);
        packed = packed.get(done.bytes_consumed..).unwrap_or_default();
        let room = most.saturating_sub(bytes.len());
        let news = piece.get(..done.bytes_written).unwrap_or_default();
        bytes.extend(news.iter().take(room));
        match done.status {
            _ if news.len() > room => return Err(Missing::More),
            Ok(MZStatus::StreamEnd) => return Ok(packed),
            Ok(_) if done.bytes_written > 0 || done.bytes_consumed > 0 => {}
            _ => return Err(Missing::Broken),
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A gzip file with that in it, and a name in its heading.
    pub fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut file = [SIGN, &[8, 0, 0, 0, 0, 0, 3], b"a name\0"].concat();
        file.extend(miniz_oxide::deflate::compress_to_vec(bytes, 6));
        file.extend([0; 4]);
        file.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        file
    }

    fn unpacked(packed: &[u8], most: usize) -> (usize, Missing) {
        let Unpacked { bytes, missing } = unpack(packed, most).unwrap();
        (bytes.len(), missing)
    }

    #[test]
    fn what_was_packed_comes_out_and_no_more_than_may() {
        let text = b"one two three ".repeat(10_000);
        let file = packed(&text);
        assert_eq!(unpack(&file, 1 << 20), Some(Unpacked { bytes: text.clone(), missing: Missing::Nothing }));
        assert_eq!(unpacked(&file, text.len()), (text.len(), Missing::Nothing));
        assert_eq!(unpacked(&file, 100_000), (100_000, Missing::More));
        assert_eq!(unpacked(&[packed(b"one"), packed(b"two")].concat(), 10), (6, Missing::Nothing));
        let zeros = packed(&vec![0; 50 << 20]);
        assert_eq!((unpacked(&zeros, 1 << 20), zeros.len() < 100_000), ((1 << 20, Missing::More), true));
    }

    #[test]
    fn what_is_cut_off_is_shown_as_far_as_it_goes() {
        let text: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
        let file = packed(&text);
        let (size, missing) = unpacked(file.get(..file.len() / 2).unwrap(), 1 << 20);
        assert!(size > 10_000 && size < text.len() && missing == Missing::Broken, "{size} {missing:?}");
        assert_eq!(unpacked(b"\x1f\x8b\x08\0\0\0\0\0\0\0", 10), (0, Missing::Broken));
        assert_eq!(unpack(b"\x1f\x8b\x07\0\0\0\0\0\0\0", 10), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200), flags in proptest::num::u8::ANY) {
            let unpacked = unpack(&[SIGN, &[flags], &bytes].concat(), 1000);
            proptest::prop_assert!(unpacked.is_none_or(|unpacked| unpacked.bytes.len() <= 1000));
        }
    }
}
