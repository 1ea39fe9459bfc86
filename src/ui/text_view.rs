//! A long text on the screen: only the rows in the window are looked at.

use std::ops::Range;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::model::text_view::{TextRow, TextView, Window};

/// Draws the rows of a text; `spans` says how a row looks.
pub fn draw<'a>(
    canvas: &mut Canvas,
    area: Rect,
    view: &'a TextView,
    window: Window,
    ink: &Ink,
    spans: impl Fn(&TextRow<'a>) -> Vec<Span<'a>>,
) {
    for (n, row) in view.rows(window).enumerate() {
        let Ok(n) = u16::try_from(n) else { break };
        let mut line = vec![Span::raw(" ".repeat(1 + row.blank))];
        let hits = view.needle().map(|needle| needle.hits(row.text)).unwrap_or_default();
        line.extend(marked(spans(&row), &hits, ink));
        ink.line(canvas, area, n, ended(line, area, row.more, ink));
    }
}

/// The spans as far as there is room for them; where there is `more`, the last cell says so.
pub fn ended<'a>(mut spans: Vec<Span<'a>>, area: Rect, more: bool, ink: &Ink) -> Vec<Span<'a>> {
    let room = usize::from(area.width);
    if !more && fit::cells(&spans) <= room {
        return spans;
    }
    let mut left = room.saturating_sub(1);
    let whole = spans.iter().take_while(|span| {
        let wide = fit::width(&span.content);
        let fits = wide <= left;
        left -= if fits { wide } else { 0 };
        fits
    });
    let whole = whole.count();
    let part = spans.get(whole).map(|span| Span::styled(fit::first(&span.content, left).to_owned(), span.style));
    spans.truncate(whole);
    spans.extend(part);
    spans.push(ink.span(Role::Muted, glyphs::CUT));
    spans
}

/// The same spans with what was found in them marked; the hits are byte ranges of the spans' text
/// put together.
pub fn marked<'a>(spans: Vec<Span<'a>>, hits: &[Range<usize>], ink: &Ink) -> Vec<Span<'a>> {
    if hits.is_empty() {
        return spans;
    }
    let (mut out, mut at) = (Vec::new(), 0);
    for span in spans {
        let (begin, end) = (at, at + span.content.len());
        let mut cuts = vec![begin, end];
        cuts.extend(hits.iter().flat_map(|hit| [hit.start, hit.end]).filter(|cut| (begin..end).contains(cut)));
        cuts.sort_unstable();
        cuts.dedup();
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            let text = span.content.get(from - begin..to - begin).unwrap_or_default().to_owned();
            let hit = hits.iter().any(|hit| hit.contains(from));
            let style = if hit { span.style.patch(ink.style(Role::Match)) } else { span.style };
            out.push(Span::styled(text, style));
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::Theme;

    #[test]
    fn what_is_cut_says_so_in_the_last_cell() {
        let ink = Ink {
            theme: Theme::named("terminal", crate::model::Colours::default()),
            now: chrono::DateTime::UNIX_EPOCH,
        };
        let shown = |parts: &[&'static str], more| {
            let spans = parts.iter().map(|part| Span::raw(*part)).collect();
            let ended = ended(spans, Rect { x: 0, y: 0, width: 10, height: 1 }, more, &ink);
            ended.iter().map(|span| span.content.as_ref()).collect::<String>()
        };
        assert_eq!(shown(&["0123456789"], false), "0123456789");
        assert_eq!(shown(&["0123456789"], true), "012345678…");
        assert_eq!(shown(&["0123456789", "x"], false), "012345678…");
        assert_eq!(shown(&["01234", "56789x"], false), "012345678…");
        assert_eq!(shown(&["日本語日本", "x"], false), "日本語日…");
    }
}
