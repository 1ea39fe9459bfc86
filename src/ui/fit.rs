//! Cutting text to a number of cells, never inside a character.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::glyphs::CUT;

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

/// The text in lines of at most `cells` cells, broken at spaces where it can be.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let room = cells.saturating_sub(lines.last().map_or(0, |line| line.width()));
        if word.trim_end().width() > room && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
        }
        for grapheme in word.graphemes(true) {
            // A sign wider than the line has no place on any.
            let grapheme = if grapheme.width() > cells { CUT } else { grapheme };
            let Some(line) = lines.last_mut() else { break };
            let before = line.len();
            line.push_str(grapheme);
            // Some scripts join across graphemes: only the whole says how wide it is.
            if line.width() > cells && before > 0 {
                line.truncate(before);
                if grapheme != " " {
                    lines.push(grapheme.to_owned());
                }
            }
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
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

    #[test]
    fn words_wrap_at_spaces_and_long_ones_anywhere() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }

    #[test]
    fn a_sign_wider_than_the_line_is_left_out() {
        assert_eq!(wrap("a︰ૉb", 2), ["a…", "b"]);
    }

    proptest::proptest! {
        #[test]
        fn no_cut_is_wider_than_asked(text in "\\PC*", cells in 0_usize..50) {
            proptest::prop_assert!(cut(&text, cells).width() <= cells);
            for line in wrap(&text, cells.max(2)) {
                proptest::prop_assert!(line.width() <= cells.max(2));
            }
        }
    }
}
