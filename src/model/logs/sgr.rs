//! Colours that a program wrote into its lines, read back out of how they are shown.
//!
//! What comes from AWS is harmless: an escape sequence is the words `^[[31m`. Here such words become a colour again,
//! and nothing else does: no sequence ever reaches the terminal. Backgrounds and hidden text are left out, since they
//! could make words invisible.

use std::borrow::Cow;
use std::ops::Range;

/// How an escape sequence begins in harmless text.
const BEGIN: &str = "^[[";

/// A colour of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// One of the terminal's sixteen, or of its 256.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// Their colour; `None` is the one they have anyway.
    pub colour: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Of less weight.
    pub dim: bool,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underlined: bool,
}

/// A text without its colours, and which bytes of it have which look, in order.
pub fn read(text: &str) -> (Cow<'_, str>, Vec<(Range<usize>, Look)>) {
    if !text.contains(BEGIN) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (mut plain, mut looks) = (String::with_capacity(text.len()), Vec::new());
    let (mut look, mut from, mut rest) = (Look::default(), 0, text);
    while let Some((before, after)) = rest.split_once(BEGIN) {
        plain.push_str(before);
        let Some((codes, behind)) = codes(after) else {
            // Another sequence than a colour stays as it is shown.
            plain.push_str(BEGIN);
            rest = after;
            continue;
        };
        if look != Look::default() && from < plain.len() {
            looks.push((from..plain.len(), look));
        }
        (from, rest) = (plain.len(), behind);
        look.turn(codes);
    }
    plain.push_str(rest);
    if look != Look::default() && from < plain.len() {
        looks.push((from..plain.len(), look));
    }
    (Cow::Owned(plain), looks)
}

/// The numbers of a sequence for colours, `1;31`, and what stands behind it.
fn codes(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    let (codes, rest) = text.split_at_checked(end)?;
    Some((codes, rest.strip_prefix('m')?))
}

impl Look {
    /// Changes by the numbers of a sequence ("Select Graphic Rendition", ECMA-48).
    fn turn(&mut self, codes: &str) {
        let mut codes = codes.split(';').map(|code| code.parse::<u8>().unwrap_or_default());
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underlined = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underlined = false,
                30..=37 => self.colour = Some(Colour::Indexed(code - 30)),
                39 => self.colour = None,
                90..=97 => self.colour = Some(Colour::Indexed(code - 90 + 8)),
                38 => self.colour = longer(&mut codes).or(self.colour),
                // The numbers of a background belong to it.
                48 => drop(longer(&mut codes)),
                _ => {}
            }
        }
    }
}

/// The rest of `38;5;n` or `38;2;r;g;b`.
fn longer(codes: &mut impl Iterator<Item = u8>) -> Option<Colour> {
    match codes.next()? {
        5 => codes.next().map(Colour::Indexed),
        2 => Some(Colour::Rgb(codes.next()?, codes.next()?, codes.next()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> Vec<(String, Look)> {
        let (plain, looks) = read(text);
        looks.into_iter().map(|(range, look)| (plain.get(range).unwrap().to_owned(), look)).collect()
    }

    #[test]
    fn colours_are_read_and_what_is_none_stays() {
        let (plain, _) = read("a ^[[31mred^[[0m ^[[2Jb ^[[1;38;5;208mbold^[[22mthin ^[[");
        assert_eq!(plain, "a red ^[[2Jb boldthin ^[[");
        let red = Look { colour: Some(Colour::Indexed(1)), ..Look::default() };
        let orange = Look { colour: Some(Colour::Indexed(208)), ..Look::default() };
        let bold = Look { bold: true, ..orange };
        let told = looks("a ^[[31mred^[[0m ^[[2Jb ^[[1;38;5;208mbold^[[22mthin");
        assert_eq!(told, [("red".to_owned(), red), ("bold".to_owned(), bold), ("thin".to_owned(), orange)]);
    }

    #[test]
    fn nothing_makes_words_invisible() {
        assert_eq!(
            looks("^[[8;30;40mhidden"),
            [("hidden".to_owned(), Look { colour: Some(Colour::Indexed(0)), ..Look::default() })]
        );
        assert_eq!(looks("^[[48;2;1;2;3mx^[[7my"), []);
        assert_eq!(read("no colours").1, []);
    }

    proptest::proptest! {
        #[test]
        fn ranges_are_of_the_text(text in "(\\^\\[\\[|[0-9;]{1,3}|m|é|\\PC){0,20}") {
            let (plain, looks) = read(&text);
            for (range, _) in looks {
                proptest::prop_assert!(plain.get(range).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
