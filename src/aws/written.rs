//! How words were written before they were made harmless: for programs, which want them as they were.

use std::borrow::Cow;

use super::text::{Text, is_plain, spelled};

/// What was changed to make words harmless, so that it can be taken back.
///
/// The spelling of a change is its distance from the one before and its length among the harmless words, both in
/// bytes, and the character that stood there: about 4 bytes for a tab. The number of changes comes first, so that it can
/// be kept behind the words it belongs to, with anything behind it. Empty where nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written(Box<str>);

impl Written {
    /// Words made harmless as by [`Text::block`], and what that changed.
    pub fn of(raw: &str) -> (Text, Self) {
        let (mut changes, mut count, mut behind) = (String::new(), 0, 0);
        let words = spelled(raw, true, |at, length, c| {
            put(at - behind, &mut changes);
            put(length, &mut changes);
            changes.push(c);
            (count, behind) = (count + 1, at + length);
        });
        let mut all = String::new();
        if count > 0 {
            put(count, &mut all);
            all.push_str(&changes);
        }
        (Text::harmless(&words), Self(all.into()))
    }

    /// The changes, to be kept behind the words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words as they were written, from the harmless ones and what begins with their changes.
pub fn as_written<'a>(words: &'a str, changes: &str) -> Cow<'a, str> {
    let mut changes = changes.chars();
    let Some(count) = take(&mut changes) else { return Cow::Borrowed(words) };
    let (mut out, mut at) = (String::with_capacity(words.len()), 0);
    for _ in 0..count {
        let (Some(gap), Some(length), Some(c)) = (take(&mut changes), take(&mut changes), changes.next()) else {
            break;
        };
        out.push_str(words.get(at..at + gap).unwrap_or_default());
        out.push(c);
        at += gap + length;
    }
    out.push_str(words.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// How many bytes the changes take that something begins with.
pub fn length_of_changes(changes: &str) -> usize {
    let mut rest = changes.chars();
    let count = take(&mut rest).unwrap_or_default();
    for _ in 0..count {
        let _ = (take(&mut rest), take(&mut rest), rest.next());
    }
    changes.len() - rest.as_str().len()
}

/// JSON with every character that could act on a terminal as an escape: the same values for a program.
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    // Only strings may hold such characters.
    if json.chars().all(is_plain) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            let units = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            out.push_str(&units);
        }
    }
    Cow::Owned(out)
}

/// Writes a number: six bits a character, the last of them without a seventh.
fn put(mut number: usize, out: &mut String) {
    loop {
        let bits = u8::try_from(number & 0x3f).unwrap_or_default();
        number >>= 6;
        out.push(char::from(if number > 0 { bits | 0x40 } else { bits }));
        if number == 0 {
            return;
        }
    }
}

/// Reads a number.
fn take(from: &mut std::str::Chars<'_>) -> Option<usize> {
    let (mut number, mut shift) = (0_usize, 0);
    loop {
        let bits = usize::try_from(u32::from(from.next()?)).ok()?;
        number |= (bits & 0x3f).checked_shl(shift)?;
        if bits & 0x40 == 0 {
            return Some(number);
        }
        shift += 6;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_was_spelled_out_is_as_it_was_again() {
        let raw = "REPORT\tDuration: 4 ms\t\x1b[31mred\u{202e}\r\nfamily 👩\u{200d}👧 \u{fe0f}\0 end";
        let (words, written) = Written::of(raw);
        assert_eq!(words, Text::block(raw));
        assert_eq!(as_written(&words, written.as_str()), raw);
        let kept = format!("{}and what stands behind", written.as_str());
        assert_eq!(as_written(&words, &kept), raw);
        assert_eq!(length_of_changes(&kept), written.as_str().len());
    }

    #[test]
    fn what_was_harmless_takes_no_room_and_a_tab_little() {
        assert_eq!(Written::of("one\ntwo").1, Written::default());
        assert_eq!(length_of_changes(""), 0);
        assert_eq!(Written::of("[INFO]\t2026-11-21\tr1\tdone").1.as_str().len(), 1 + 3 * 3);
    }

    #[test]
    fn json_is_the_same_for_a_program_and_harmless_for_a_terminal() {
        let value = serde_json::json!({"message": "a\u{9b}31m\u{202e}\u{7f}\u{e0041}\t"});
        let json = value.to_string();
        let harmless = harmless_json(&json);
        assert!(harmless.chars().all(is_plain), "{harmless}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&harmless).unwrap(), value);
    }

    proptest! {
        #[test]
        fn any_words_come_back(raw in proptest::collection::vec(0u32..0x3000, 0..200)) {
            let raw: String = raw.into_iter().filter_map(char::from_u32).collect();
            let (words, written) = Written::of(&raw);
            prop_assert_eq!(&words, &Text::block(&raw));
            prop_assert_eq!(as_written(&words, written.as_str()), raw);
        }
    }
}
