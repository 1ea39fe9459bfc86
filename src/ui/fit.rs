//! Text in cells: how many it takes, cutting it, never inside a character, and putting it there.

use ratatui::buffer::{Buffer, Cell};
use ratatui::text::Span;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use crate::model::{enough, wrap};

/// How many cells a text takes.
pub fn width(text: &str) -> usize {
    if plain(text) { text.len() } else { text.width() }
}

/// One cell for each byte, as most text has: what more there may be to it need not be looked for.
fn plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text in at most so many cells, cut in its middle: the ends of an ARN tell more than what is between them.
pub fn middle(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let left = room.saturating_sub(1) / 3;
    let (head, _) = fit(text, left + 1, "");
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

/// Writes parts of text one after the other, into at most `room` cells of a line.
pub fn write<'s>(buffer: &mut Buffer, mut x: u16, y: u16, room: u16, spans: impl IntoIterator<Item = Span<'s>>) {
    let end = x.saturating_add(room).min(buffer.area.right());
    for span in spans {
        let left = end.saturating_sub(x);
        x = match plain_cells(buffer, x, y, left, &span.content) {
            Some((cells, chars)) => {
                for (cell, c) in cells.iter_mut().zip(chars) {
                    cell.set_char(char::from(*c)).set_style(span.style);
                }
                x.saturating_add(left.min(u16::try_from(chars.len()).unwrap_or(left)))
            }
            // What comes behind a sign that had no room has none either, though a cell be left.
            None if is_cut(&span.content, usize::from(left)) => {
                buffer.set_stringn(x, y, &span.content, usize::from(left), span.style);
                end
            }
            None => buffer.set_stringn(x, y, &span.content, usize::from(left), span.style).0,
        };
    }
}

/// Not all of the text is written into so many cells. Of what ratatui leaves out, nothing counts.
fn is_cut(text: &str, cells: usize) -> bool {
    let written = || text.graphemes(true).filter(|sign| !sign.contains(char::is_control));
    // No sign has more cells than bytes.
    text.len() > cells && written().map(UnicodeWidthStr::width).sum::<usize>() > cells
}

/// The cells from a place on, and the characters of a text that has one for each cell. Most text is such: looking in
/// it for what belongs together is most of the work of a frame.
fn plain_cells<'b, 't>(
    buffer: &'b mut Buffer,
    x: u16,
    y: u16,
    room: u16,
    text: &'t str,
) -> Option<(&'b mut [Cell], &'t [u8])> {
    plain(text).then_some(())?;
    let area = buffer.area;
    let line = usize::from(y.checked_sub(area.y)?) * usize::from(area.width);
    let start = line + usize::from(x.checked_sub(area.x)?);
    let cells = buffer.content.get_mut(start..start + usize::from(room))?;
    Some((cells, text.as_bytes()))
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
    fn nothing_stands_behind_what_was_cut() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 4, 1));
        write(&mut buffer, 0, 0, 4, [Span::raw("ab\u{e9}"), Span::raw("\u{65e5}"), Span::raw(",")]);
        let drawn: String = buffer.content.iter().map(Cell::symbol).collect();
        assert_eq!(drawn, "ab\u{e9} ", "the comma would seem to follow the letter");
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

    /// What stands in the cells after `text` was written at `x` with so much room.
    fn written(text: &str, x: u16, room: u16, how: impl Fn(&mut Buffer, u16, u16, &[Span<'_>])) -> Buffer {
        let mut buffer = Buffer::empty(ratatui::layout::Rect { x: 3, y: 1, width: 12, height: 2 });
        let style = ratatui::style::Modifier::BOLD;
        how(&mut buffer, x, room, &[Span::raw("ab"), Span::styled(text, style), Span::raw("|")]);
        buffer
    }

    proptest::proptest! {
        #[test]
        fn plain_text_is_written_as_ratatui_writes_any(text in "[ -~]{0,14}|\\PC{0,6}|[a\u{7f}\t]{0,3}", x in 3_u16..18, room in 0_u16..14) {
            // What stands behind a wide sign without room would be written into the cell that is left.
            let left = usize::from(room.min(15 - x.min(15))).saturating_sub(2);
            proptest::prop_assume!(plain(&text) || !is_cut(&text, left));
            let ours = written(&text, x, room, |buffer, x, room, spans| write(buffer, x, 2, room, spans.to_vec()));
            let theirs = written(&text, x, room, |buffer, x, room, spans| {
                buffer.set_line(x, 2, &ratatui::text::Line::from(spans.to_vec()), room);
            });
            proptest::prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn no_cut_is_wider_than_asked(text in "\\PC*", cells in 0_usize..50) {
            proptest::prop_assert!(cut(&text, cells).width() <= cells);
        }
    }
}
