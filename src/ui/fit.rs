//! Text in cells: how many it takes, and cutting it, never inside a character.

use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use crate::model::{enough, wrap};

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    if plain(text) { text.len() } else { single(text).unwrap_or_else(|| text.width()) }
}

/// How many cells a text takes that has one for each of its characters: letters of ASCII, and the signs of the screen
/// itself. What may join others, or be wide, is looked up.
pub fn single(text: &str) -> Option<usize> {
    let one = |c: char| matches!(c, ' '..='~' | '–' | '…' | '‹' | '›' | '·' | '\u{2500}'..='\u{259f}' | '●' | '◐' | '○' | '✖' | '▲' | '▼' | '▸');
    text.chars().try_fold(0, |cells, c| one(c).then_some(cells + 1))
}

/// One cell for each byte, as most text has: what more there may be to it need not be looked for.
pub fn plain(text: &str) -> bool {
    // Many at a time: a branch for each byte of a frame is a good part of it.
    let plain = |bytes: &[u8]| bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    text.as_bytes().chunks(64).all(plain)
}

/// The text in at most so many cells, cut in its middle: the ends of an ARN tell more than what is between them.
pub fn middle(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let left = room.saturating_sub(1) / 3;
    let head = first(text, left);
    let end = skip(text, width(text).saturating_sub(room.saturating_sub(1 + width(head))));
    format!("{head}{}{end}", super::glyphs::CUT)
}

/// How many cells a line of several parts takes.
pub fn cells(spans: &[Span<'_>]) -> usize {
    spans.iter().map(|span| width(&span.content)).sum()
}

/// How many of the parts have room, the first ones: half a word says less than none.
pub fn fitting(parts: &[Span<'_>], room: usize) -> usize {
    let mut taken = 0;
    let fit = parts.iter().take_while(|part| {
        taken += width(&part.content);
        taken <= room
    });
    fit.count()
}

/// As much of the text as fits; what was cut is marked with `mark` (one cell).
pub fn fit<'a>(text: &'a str, cells: usize, mark: &'a str) -> (&'a str, &'a str) {
    if cells == 0 && !text.is_empty() {
        return ("", "");
    }
    if plain(text) {
        return if text.len() <= cells { (text, "") } else { (text.get(..cells - 1).unwrap_or(text), mark) };
    }
    let mut used = 0;
    let mut with_mark = "";
    for (at, grapheme) in text.grapheme_indices(true) {
        let head = text.get(..at + grapheme.len()).unwrap_or(text);
        // Some scripts join across graphemes: the whole can be wider or narrower than its parts.
        used += grapheme.width();
        let used = used.max(head.width());
        if used > cells {
            return (with_mark, mark);
        }
        if used < cells {
            with_mark = head;
        }
    }
    (text, "")
}

/// As much of the text as so many cells hold, without a mark.
pub fn first(text: &str, cells: usize) -> &str {
    if plain(text) {
        return text.get(..cells).unwrap_or(text);
    }
    let heads = text.grapheme_indices(true).map(|(at, grapheme)| text.get(..at + grapheme.len()).unwrap_or(text));
    heads.take_while(|head| head.width() <= cells).last().unwrap_or_default()
}

/// The first of several texts that has room; where none has, the last. They are told from the longest to the shortest.
pub fn longest(texts: impl IntoIterator<Item = String>, cells: usize) -> Option<String> {
    let mut last = None;
    for text in texts {
        if width(&text) <= cells {
            return Some(text);
        }
        last = Some(text);
    }
    last
}

/// The text without its first `cells` cells.
pub fn skip(text: &str, cells: usize) -> &str {
    if cells == 0 {
        return text;
    }
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        if used >= cells {
            return text.get(at..).unwrap_or_default();
        }
        used += grapheme.width();
    }
    ""
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_arn_keeps_both_ends() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api:live";
        assert_eq!(super::middle(arn, 30), "arn:aws:l…tion:orders-api:live");
        assert!((0..70).all(|room| super::width(&super::middle(arn, room)) <= room.max(1)));
        assert_eq!(super::middle(arn, 70), arn);
    }

    use super::*;

    fn cut(text: &str, cells: usize) -> String {
        let (head, mark) = fit(text, cells, "…");
        format!("{head}{mark}")
    }

    #[test]
    fn what_takes_one_cell_each_is_so_by_the_tables() {
        let signs = (' '..='\u{ffff}').filter(|c| single(&c.to_string()).is_some());
        let all: String = signs.collect();
        assert!(all.chars().all(|c| c.to_string().width() == 1) && all.width() == all.chars().count(), "{all}");
        assert_eq!(all.graphemes(true).count(), all.chars().count());
        assert!(single("✖\u{fe0f}").is_none(), "wider than without");
    }

    #[test]
    fn text_is_cut_by_cells() {
        assert_eq!(cut("orders-api", 10), "orders-api");
        assert_eq!(cut("orders-api", 7), "orders…");
        assert_eq!(cut("日本語", 5), "日本…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("é́x", 1), "…");
        assert_eq!(cut("x", 0), "");
        assert_eq!(cut("A𑲱ਾ", 0), "");
    }

    #[test]
    fn skipping_never_splits_a_character() {
        assert_eq!(skip("日本語", 1), "本語");
        assert_eq!(skip("abc", 2), "c");
        assert_eq!(skip("abc", 9), "");
    }

    proptest::proptest! {
        #[test]
        fn no_cut_is_wider_than_asked(text in "\\PC*", cells in 0_usize..50) {
            proptest::prop_assert!(first(&text, cells).width() <= cells);
            proptest::prop_assert!(cut(&text, cells).width() <= cells);
        }
    }
}
