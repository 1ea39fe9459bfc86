//! What bytes are: told from how they begin, and from what they hold.

/// How kinds of bytes begin, and what they are called.
const BEGINNINGS: [(&[u8], &str); 14] = [
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"BM", "BMP image"),
    (b"\0\0\x01\0", "icon"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"%PDF-", "PDF document"),
    (b"wOF2", "font"),
    (b"\x7fELF", "program"),
];

/// Whether a person could read it: next to no control characters but those of text and colours.
pub fn is_text(text: &str) -> bool {
    let odd = |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0c' | '\x1b'));
    let looked_at = text.get(..text.floor_char_boundary(64 * 1024)).unwrap_or(text);
    let (mut all, mut bad) = (0_usize, 0_usize);
    for c in looked_at.chars() {
        all += 1;
        bad += usize::from(odd(c));
    }
    bad * 20 <= all
}

/// What bytes are that begin like this.
pub fn kind(bytes: &[u8], otherwise: &str) -> String {
    let riff = |name: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(name);
    let named = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|(_, name)| *name);
    let named = named.or_else(|| riff(b"WEBP").then_some("WebP image")).or_else(|| riff(b"WAVE").then_some("sound"));
    named.unwrap_or(otherwise).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_text_and_zeros_are_not() {
        assert!(is_text("\u{1b}[31mred\u{1b}[0m\tand\r\nmore"));
        assert!(!is_text("a\0b\0"));
        assert_eq!(kind(b"RIFF\0\0\0\0WAVEfmt ", "?"), "sound");
        assert_eq!(kind(b"", "?"), "?");
    }
}
