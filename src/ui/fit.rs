//! Cutting text to a number of cells, never inside a character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use crate::model::wrap;

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// As much of the text as fits; what was cut is marked with `mark` (one cell).
pub fn fit<'a>(text: &'a str, cells: usize, mark: &'a str) -> (&'a str, &'a str) {
    if text.len() <= cells && text.is_ascii() {
        return (text, "");
    }
    if cells == 0 {
        return ("", "");
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
    use super::*;

    fn cut(text: &str, cells: usize) -> String {
        let (head, mark) = fit(text, cells, "…");
        format!("{head}{mark}")
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
            proptest::prop_assert!(cut(&text, cells).width() <= cells);
        }
    }
}
