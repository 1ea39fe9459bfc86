//! What the directory of a zip file says, read without unpacking anything.

/// A zip file, as far as its limits go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Zip {
    /// How many files and folders it holds.
    pub entries: u64,
    /// The size of all its files in bytes, unpacked.
    pub unpacked: u64,
}

/// The head of one entry of the directory.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The end of the directory.
const END: &[u8] = b"PK\x05\x06";
/// The length of the end without its comment, and of a comment at most.
const END_LENGTH: usize = 22;
const COMMENT: usize = 65_535;

impl Zip {
    /// Reads the directory at the end of the file.
    ///
    /// # Errors
    /// In words, when there is none or it is broken.
    pub fn read(file: &[u8]) -> Result<Self, &'static str> {
        let tail = file.len().saturating_sub(END_LENGTH + COMMENT);
        let ends = file.get(tail..).unwrap_or_default();
        let end = ends.windows(END.len()).rposition(|window| window == END).ok_or("it is no zip file")?;
        let end = ends.get(end..end + END_LENGTH).ok_or("its end is cut off")?;
        let (count, size, start) = (number(end, 10, 2), number(end, 12, 4), number(end, 16, 4));
        let (Some(count), Some(size), Some(start)) = (count, size, start) else { return Err("its end is cut off") };
        // Files so large that they need 64-bit fields are far beyond what AWS takes.
        if count == 0xffff || start == 0xffff_ffff {
            return Err("it is a zip64 file, which is larger than AWS takes");
        }
        let directory = place(start, size).and_then(|range| file.get(range)).ok_or("its directory is cut off")?;
        let mut zip = Self { entries: 0, unpacked: 0 };
        let mut rest = directory;
        while rest.starts_with(ENTRY) {
            let lengths = [28, 30, 32].map(|at| number(rest, at, 2));
            let (Some(unpacked), [Some(name), Some(extra), Some(comment)]) = (number(rest, 24, 4), lengths) else {
                return Err("its directory is cut off");
            };
            zip.entries += 1;
            zip.unpacked = zip.unpacked.saturating_add(unpacked);
            let next = usize::try_from(46 + name + extra + comment).unwrap_or(usize::MAX);
            rest = rest.get(next..).ok_or("its directory is cut off")?;
        }
        if zip.entries == count { Ok(zip) } else { Err("its directory is broken") }
    }
}

fn place(start: u64, size: u64) -> Option<std::ops::Range<usize>> {
    Some(usize::try_from(start).ok()?..usize::try_from(start + size).ok()?)
}

/// A number of `length` bytes, the least significant first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let field = bytes.get(at..at + length)?;
    Some(field.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `python3 -c 'import zipfile; z = zipfile.ZipFile("x", "w"); z.writestr("python/a.py", "a = 1\n"); z.writestr("b", "")'`
    const TWO: &[u8] = include_bytes!("../../tests/data/two.zip");

    #[test]
    fn the_directory_tells_the_unpacked_size() {
        assert_eq!(Zip::read(TWO), Ok(Zip { entries: 2, unpacked: 6 }));
        let with_comment: Vec<u8> = TWO[..TWO.len() - 2].iter().chain(b"\x03\x00abc").copied().collect();
        assert_eq!(Zip::read(&with_comment), Ok(Zip { entries: 2, unpacked: 6 }));
    }

    #[test]
    fn no_bytes_make_it_panic() {
        for file in [&b""[..], b"hello", b"PK\x05\x06", b"PK\x03\x04"] {
            assert!(Zip::read(file).is_err(), "{file:?}");
        }
        for length in 0..TWO.len() {
            assert!(Zip::read(&TWO[..length]).is_err(), "{length}");
            let mut broken = TWO.to_vec();
            broken[length] ^= 0xff;
            // Whatever it says, it says something.
            let _ = Zip::read(&broken);
        }
    }

    #[test]
    fn a_large_file_is_read_as_well() {
        let mut file = TWO.to_vec();
        let entry = file.windows(4).position(|window| window == ENTRY).unwrap();
        file[entry + 24..entry + 28].copy_from_slice(&300_000_000_u32.to_le_bytes());
        assert_eq!(Zip::read(&file).map(|zip| zip.unpacked), Ok(300_000_000));
    }
}
