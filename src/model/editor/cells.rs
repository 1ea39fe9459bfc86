//! How wide a text is on the screen, and what stands for what cannot be shown.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// The cells of a tab.
const TAB: usize = 2;

/// The cells of one grapheme as [`shown`] gives it.
fn cells(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [b'\t'] => TAB,
        [_] => 1,
        _ if hidden(grapheme) => 1,
        _ => grapheme.width(),
    }
}

/// What has no sign of its own, or would move others: controls and marks of direction.
fn hidden(grapheme: &str) -> bool {
    let mark = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    grapheme.chars().next().is_some_and(mark)
}

/// The pieces of a text that are measured alone: single ASCII characters, and graphemes of others.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true)
}

/// How many cells a text takes. ASCII, which JSON mostly is, is only counted.
pub fn width(text: &str) -> usize {
    let plain = |byte: u8| (0x20..0x7f).contains(&byte);
    if text.bytes().all(plain) {
        return text.len();
    }
    runs(text).map(|(_, run, ascii)| if ascii { run.len() } else { pieces(run).map(|(_, it)| cells(it)).sum() }).sum()
}

/// The place in a text where the cell `column` begins, or the last place before it.
pub fn at_column(text: &str, column: usize) -> usize {
    let mut used = 0;
    for (from, run, ascii) in runs(text) {
        if ascii {
            if used + run.len() > column {
                return from + (column - used);
            }
            used += run.len();
            continue;
        }
        for (at, piece) in pieces(run) {
            let wide = cells(piece);
            if used + wide > column {
                return from + at;
            }
            used += wide;
        }
    }
    text.len()
}

/// The text in runs of plain ASCII and of everything else, with their places.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let plain = |byte: &u8| (0x20..0x7f).contains(byte);
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = text.get(from..).filter(|rest| !rest.is_empty())?;
        let ascii = rest.as_bytes().first().is_some_and(plain);
        let end = rest.as_bytes().iter().position(|byte| plain(byte) != ascii).unwrap_or(rest.len());
        let run = (from, rest.get(..end).unwrap_or(rest), ascii);
        from += end;
        Some(run)
    })
}

/// The text as it can be drawn: as wide as [`width`] says, and harmless.
pub fn shown(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (_, piece) in pieces(text) {
        match piece.chars().next() {
            Some('\t') => out.push_str("  "),
            Some(c) if c.is_ascii_control() => {
                // The pictures of controls stand in the order of the controls; the last is that of DEL.
                out.push(char::from_u32(0x2400 + u32::from(c)).filter(|_| c != '\u{7f}').unwrap_or('\u{2421}'));
            }
            Some(_) if hidden(piece) => out.push('·'),
            _ => out.push_str(piece),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_columns_agree() {
        let text = "a\té日\u{1b}z";
        assert_eq!(width(text), 1 + 2 + 1 + 2 + 1 + 1);
        assert_eq!([0, 1, 2, 3, 4, 5, 6, 7, 8, 99].map(|n| at_column(text, n)), [0, 1, 1, 2, 4, 4, 7, 8, 9, 9]);
        assert_eq!(shown(text), "a  é日␛z");
        assert_eq!(shown("x\u{202e}y\u{7f}"), "x·y␡");
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_as_wide_as_it_is_said_to_be(text in "[ -~\t\u{0}-\u{1f}é日\u{301}]{0,40}") {
            let shown = shown(&text);
            proptest::prop_assert!(shown.chars().all(|c| !c.is_control()));
            proptest::prop_assert_eq!(unicode_width::UnicodeWidthStr::width(&*shown), width(&text));
            for column in 0..50 {
                let at = at_column(&text, column);
                proptest::prop_assert!(text.get(..at).is_some_and(|before| width(before) <= column));
            }
        }
    }
}
