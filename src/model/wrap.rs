//! Breaking a text into lines of a number of cells.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Stands for a sign that is wider than a line.
const CUT: &str = "…";

/// As much of a text as is surely wider than the cells, if it is, cut at a character: a line may be megabytes long. Marks of
/// no width may follow each; more than a few are cut.
pub fn enough(text: &str, cells: usize) -> &str {
    text.get(..text.floor_char_boundary((cells + 1).saturating_mul(8))).unwrap_or(text)
}

/// The text in lines of at most `cells` cells, broken at spaces where it can be.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(1);
    if text.len() <= cells && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return vec![text.trim_end().to_owned()];
    }
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
        fn no_line_is_wider_than_asked(text in "\\PC*", cells in 2_usize..50) {
            for line in wrap(&text, cells) {
                proptest::prop_assert!(line.width() <= cells);
            }
        }
    }
}
