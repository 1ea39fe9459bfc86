//! The one door for strings from AWS: whatever comes through it is visible and cannot act on a terminal.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Columns between two tab stops, as terminals have them.
const TAB: usize = 8;

/// Words that are safe to draw, copy and print. Cheap to clone.
///
/// Text holds no control character (but `\n` in a [`Text::block`]), nothing that turns the
/// direction of writing, and nothing invisible: an escape sequence from a log line cannot reach
/// the terminal, a copied name is what it looks like, and no line can pretend to be two.
#[derive(Clone)]
pub struct Text(Words);

#[derive(Clone)]
enum Words {
    Known(&'static str),
    Shared(Arc<str>),
    /// A part of what several texts are kept in: where it begins, and how long it is, in bytes.
    Part(Arc<str>, u16, u16),
}

impl Text {
    /// Our own words, taken as they are.
    pub const fn known(words: &'static str) -> Self {
        Self(Words::Known(words))
    }

    /// One line of foreign text. Line ends and tabs become visible too: `^J`, `^I`.
    pub fn line(raw: impl AsRef<str>) -> Self {
        Self::shared(&harmless(raw.as_ref(), false))
    }

    /// Foreign text of several lines: keeps `\n`, reads `\r\n` as one, expands tabs to columns of 8.
    pub fn block(raw: impl AsRef<str>) -> Self {
        Self::shared(&harmless(raw.as_ref(), true))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Words::Known(words) => words,
            Words::Shared(words) => words,
            Words::Part(words, start, length) => {
                let start = usize::from(*start);
                words.get(start..start + usize::from(*length)).unwrap_or_default()
            }
        }
    }

    /// Puts texts that live and go together into one piece of memory, those found in others with them.
    /// As long as one of them lives, the memory of all does.
    pub fn pack(texts: Vec<&mut Self>) {
        let mut all = String::new();
        let mut parts = Vec::with_capacity(texts.len());
        for text in texts.into_iter().filter(|text| !matches!(text.0, Words::Known(_))) {
            let start = all.find(text.as_str()).unwrap_or(all.len());
            if let (Ok(at), Ok(length)) = (u16::try_from(start), u16::try_from(text.len())) {
                if start == all.len() {
                    all.push_str(text);
                }
                parts.push((text, at, length));
            }
        }
        let all: Arc<str> = all.into();
        for (text, start, length) in parts {
            text.0 = Words::Part(all.clone(), start, length);
        }
    }

    /// What stands behind the last `mark`; all of it where there is none. Shares its memory.
    #[must_use]
    pub fn behind_last(&self, mark: char) -> Self {
        let tail = self.rsplit(mark).next().unwrap_or_default();
        let start = self.len() - tail.len();
        let part = |words: &Arc<str>, from: usize| {
            let (from, length) = (u16::try_from(from).ok()?, u16::try_from(tail.len()).ok()?);
            Some(Self(Words::Part(words.clone(), from, length)))
        };
        let shared = match &self.0 {
            Words::Known(words) => words.get(start..).map(Self::known),
            Words::Shared(words) => part(words, start),
            Words::Part(words, from, _) => part(words, usize::from(*from) + start),
        };
        shared.unwrap_or_else(|| Self::shared(tail))
    }

    /// Words that [`spelled`] made harmless.
    pub(super) fn harmless(words: &str) -> Self {
        Self::shared(words)
    }

    fn shared(words: &str) -> Self {
        if words.is_empty() { Self::default() } else { Self(Words::Shared(words.into())) }
    }
}

/// The words with everything dangerous spelled out; borrowed when there is nothing to do.
pub(super) fn harmless(raw: &str, block: bool) -> Cow<'_, str> {
    spelled(raw, block, |_, _, _| ())
}

/// The same, and tells every character that is not there any more: where what stands for it begins among the harmless
/// words, and how long that is, in bytes.
pub(super) fn spelled(raw: &str, block: bool, mut tell: impl FnMut(usize, usize, char)) -> Cow<'_, str> {
    if raw.chars().all(|c| is_plain(c) || (block && c == '\n')) {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len() + 16);
    let mut column = 0;
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        let before = out.len();
        match c {
            '\n' if block => {
                out.push('\n');
                column = 0;
                continue;
            }
            '\r' if block && rest.peek() == Some(&'\n') => {
                tell(before, 0, c);
                continue;
            }
            '\t' if block => out.extend(std::iter::repeat_n(' ', TAB - column % TAB)),
            _ => spell(c, &mut out),
        }
        // What was not plain is ASCII now, what was plain is one character.
        if is_plain(c) {
            column += 1;
        } else {
            column += out.len() - before;
            tell(before, out.len() - before, c);
        }
    }
    Cow::Owned(out)
}

/// Writes one character as something that only shows.
fn spell(c: char, out: &mut String) {
    match c {
        _ if is_plain(c) => out.push(c),
        // `ESC` is `^[`, `DEL` is `^?`: the caret form flips bit 6.
        '\0'..='\x1f' | '\x7f' => {
            out.push('^');
            out.extend(char::from_u32(u32::from(c) ^ 0x40));
        }
        // They only choose between two shapes of the character before, and terminals disagree
        // about the width that results.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
        _ => out.push_str(&format!("<U+{:04X}>", u32::from(c))),
    }
}

/// A character that shows itself and does nothing else.
pub(super) fn is_plain(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return true;
    }
    !matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'              // C0, DEL, C1
        | '\u{ad}'                                      // soft hyphen
        | '\u{61c}' | '\u{200e}' | '\u{200f}'           // direction marks
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' // embeddings, overrides, isolates
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{180e}' // no width
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // fillers: blank letters
        | '\u{2028}' | '\u{2029}'                       // line and paragraph separators
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' // variation selectors, tags
        | '\u{fff9}'..='\u{fffb}')
}

impl Default for Text {
    fn default() -> Self {
        Self::known("")
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

// Two texts are equal when their words are, wherever the words are kept.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Text {
    /// What comes from a file is foreign again, and passes the door as one line.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::line(Cow::<str>::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_tail_is_what_stands_behind_the_last_mark_wherever_the_words_are_kept() {
        let mut packed = Text::line("arn:aws:iam::1:role/team/orders");
        Text::pack(vec![&mut Text::line("before it"), &mut packed]);
        for text in [Text::known("role/team/orders"), Text::line("role/team/orders"), packed] {
            assert_eq!(text.behind_last('/').as_str(), "orders");
            assert_eq!(text.behind_last('%'), text);
            assert_eq!(text.behind_last('s').as_str(), "");
        }
        let long = Text::line(format!("{}/ö", "x".repeat(70_000)));
        assert_eq!(long.behind_last('/').as_str(), "ö", "too far away to be a part of the same memory");
    }

    #[test]
    fn escape_sequences_show_and_do_nothing() {
        assert_eq!(Text::line("a\x1b[31mred\x07"), "a^[[31mred^G");
        assert_eq!(Text::line("x\u{9b}2J\x7f\0"), "x<U+009B>2J^?^@");
        assert_eq!(Text::line("1\n2\t3\r"), "1^J2^I3^M");
    }

    #[test]
    fn what_turns_or_hides_text_is_spelled_out() {
        assert_eq!(Text::line("user\u{202e}nimda"), "user<U+202E>nimda");
        assert_eq!(Text::line("a\u{200b}b\u{ad}c\u{feff}"), "a<U+200B>b<U+00AD>c<U+FEFF>");
        assert_eq!(Text::line("a\u{2028}b\u{e0041}"), "a<U+2028>b<U+E0041>");
        assert_eq!(Text::line("\u{2764}\u{fe0f}!"), "\u{2764}!");
    }

    #[test]
    fn a_block_keeps_its_lines_and_expands_tabs() {
        assert_eq!(Text::block("a\tb\r\n\tc\rd\n"), "a       b\n        c^Md\n");
    }

    #[test]
    fn ordinary_text_of_any_language_stays_as_it_is() {
        for words in ["", "orders-api", "größe 价格 цена 🚀 \u{301}", "~ !"] {
            assert_eq!(Text::line(words), *words);
            assert!(matches!(harmless(words, false), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn packed_texts_say_what_they_said() {
        let long = "é".repeat(40_000);
        let words = ["arn:größe", "größe", "", "1", &long, "größe", "after"];
        let mut texts = words.map(Text::line);
        Text::pack(texts.iter_mut().collect());
        assert_eq!(texts, words.map(Text::line));
        let Words::Part(all, ..) = &texts[0].0 else { panic!("not packed") };
        assert_eq!(&**all, "arn:größe1after");
        assert!(matches!(texts[4].0, Words::Shared(_)), "longer than a part can be");
        assert_eq!(size_of::<Option<Text>>(), 24);
    }

    #[test]
    fn text_from_a_file_passes_the_door_again() {
        let text: Text = serde_json::from_str(r#""a\u001b[2J""#).unwrap();
        assert_eq!(text, "a^[[2J");
        assert_eq!(serde_json::to_string(&text).unwrap(), r#""a^[[2J""#);
    }

    proptest! {
        #[test]
        fn no_control_character_ever_comes_through(raw in any::<String>()) {
            let line = Text::line(&raw);
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(&Text::line(&line), &line);
            let block = Text::block(&raw);
            prop_assert!(!block.chars().any(|c| c.is_control() && c != '\n'));
            prop_assert_eq!(&Text::block(&block), &block);
        }

        #[test]
        fn no_bytes_a_log_may_hold_come_through(raw in proptest::collection::vec(0u32..0x3000, 0..64)) {
            let raw: String = raw.into_iter().filter_map(char::from_u32).collect();
            prop_assert!(Text::line(&raw).chars().all(is_plain));
        }
    }
}
