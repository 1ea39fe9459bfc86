//! What stands above a list: a line of words, and a bar beneath it where there is room.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::canvas::Canvas;
use super::theme::Role;
use super::{Ink, fit, glyphs};
use crate::aws::Text;
use crate::model::Model;
use crate::panes::Tone;

/// Draws the banner of the pane on show.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let Some(question) = model.question().filter(|_| area.height > 0) else { return };
    let lates = model.lates(&question);
    let Some(banner) = model.pane().banner(&model.known_to_list(&question), lates.as_deref()) else { return };
    let room = usize::from(area.width).saturating_sub(2);
    // On a single line words and bar share it.
    let beside = area.height == 1 && !banner.parts.is_empty();
    let most = if beside { room.saturating_sub(SHORTEST + 1) } else { room };
    let fitting = banner.words.iter().find(|words| fit::width(words) <= most).or(banner.words.last());
    let (head, cut) = fit::fit(fitting.map_or("", Text::as_str), most, glyphs::CUT);
    let words = fit::width(head) + fit::width(cut);
    ink.line(canvas, area, 0, vec![Span::raw(" "), ink.span(Role::Text, head), ink.span(Role::Text, cut)]);
    let place = if beside {
        let left = u16::try_from(words + 1).unwrap_or(area.width).min(area.width);
        Rect { x: area.x + left, width: area.width - left, ..area }
    } else {
        Rect { y: area.y + 1, height: area.height - 1, ..area }
    };
    let mut bar = vec![Span::raw(" ")];
    for (cells, tone) in cells(&banner.parts, usize::from(place.width).saturating_sub(2)) {
        bar.push(Span::styled(sign(tone).repeat(cells), ink.tone(tone)));
    }
    ink.line(canvas, place, 0, bar);
}

/// A shorter bar tells nothing.
const SHORTEST: usize = 10;

/// What a part of the bar is drawn with: its tone is told without colour too.
fn sign(tone: Tone) -> &'static str {
    match tone {
        Tone::Muted => "░",
        Tone::Warn => "▒",
        Tone::Plain | Tone::Good | Tone::Bad => "█",
    }
}

/// How many cells each part gets: together as many as there are, and none of what is not nothing vanishes.
fn cells(parts: &[(f64, Tone)], room: usize) -> Vec<(usize, Tone)> {
    let mut given = 0;
    let mut sum = 0.0;
    let mut out = Vec::new();
    for (share, tone) in parts {
        sum += share.clamp(0.0, 1.0);
        let least = given + usize::from(*share > 0.0);
        let end = whole(sum, room).max(least).min(room);
        out.push((end - given, *tone));
        given = end;
    }
    out
}

/// The part of `room` that a share makes, to the nearest cell.
fn whole(share: f64, room: usize) -> usize {
    let room = u32::try_from(room).unwrap_or(u32::MAX);
    let cells = (share.clamp(0.0, 1.0) * f64::from(room)).round();
    (0..=room).rev().find(|n| f64::from(*n) <= cells).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_room_and_small_parts_show() {
        let parts = [(0.62, Tone::Plain), (0.28, Tone::Muted), (0.1, Tone::Warn)];
        let counts: Vec<usize> = cells(&parts, 100).into_iter().map(|(count, _)| count).collect();
        assert_eq!(counts, [62, 28, 10]);
        let small = [(0.001, Tone::Plain), (0.899, Tone::Muted), (0.1, Tone::Warn)];
        let counts: Vec<usize> = cells(&small, 20).into_iter().map(|(count, _)| count).collect();
        assert_eq!((counts[0], counts.iter().sum::<usize>()), (1, 20));
        assert!(cells(&parts, 0).iter().all(|(count, _)| *count == 0) && cells(&[], 9).is_empty());
    }
}
