//! The sources of a log: which of them are shown, and how each one stands.
//!
//! ```text
//!    SOURCE   EVENTS   STATE                 LOG GROUP
//!  ▌ ● api    12,480   live                  /aws/lambda/orders-api
//!    ○ audit       0   AccessDenied: …       /shop/audit
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, dialog, fit, glyphs};
use super::count;
use super::event::COLOURS;
use crate::aws::{Kind, Problem};
use crate::model::Model;
use crate::model::logs::{Feed, Logs, Source};
use crate::panes::Tone;

/// How wide the box is where there is room.
const WIDTH: u16 = 110;
/// The widest column of names, and the column of states, in cells.
const NAME: usize = 36;
const STATE: usize = 34;
/// Lines for what went wrong with the source under the cursor.
const FOOT: u16 = 3;
/// Cells of a count of events, and on a narrow screen.
const EVENTS: usize = 9;
const FEW: usize = 6;

/// Draws the list, and says where.
pub fn draw(canvas: &mut Canvas, chosen: usize, model: &Model, ink: &Ink) -> Rect {
    let logs = &model.logs;
    let roomy = usize::from(canvas.area.height) >= logs.sources.len() + 5 + usize::from(FOOT);
    let foot = if roomy && logs.problem().is_some() { FOOT } else { 0 };
    let needed = u16::try_from(logs.sources.len() + 3 + usize::from(foot)).unwrap_or(u16::MAX);
    let area = dialog::area(canvas.area, WIDTH, needed.min(canvas.area.height.saturating_sub(2)));
    let title = format!("Sources  {} of {} shown", logs.shown_sources(), logs.sources.len());
    let inside = dialog::open(canvas, area, &title, ink);
    let list = inside.height.saturating_sub(foot);
    let height = usize::from(list.saturating_sub(1));
    let first = (chosen + 1).saturating_sub(height.max(1));
    let columns = Columns::of(logs, usize::from(inside.width));
    let heads = columns.line(
        [("SOURCE", Role::Header), ("EVENTS", Role::Header), ("STATE", Role::Header), ("LOG GROUP", Role::Header)],
        ink,
    );
    ink.line(canvas, inside, 0, std::iter::once(Span::raw("    ")).chain(heads).collect());
    for (line, (number, source)) in (1..list).zip((0_u8..).zip(&logs.sources).skip(first)) {
        dialog::choice(canvas, inside, line, usize::from(number), Some(chosen));
        ink.line(canvas, inside, line, row(number, source, usize::from(number) == chosen, logs, &columns, ink));
    }
    let problem = logs.sources.get(chosen).and_then(|source| logs.problem_of(source));
    let words = problem.map(Problem::brief).unwrap_or_default();
    for (line, words) in (list..inside.height).zip(fit::wrap(&words, usize::from(inside.width))) {
        ink.line(canvas, inside, line, vec![ink.span(Role::Muted, words)]);
    }
    let below = logs.sources.len().saturating_sub(first + height);
    dialog::more(canvas, area, (first, below), ink);
    area
}

fn row(number: u8, source: &Source, here: bool, logs: &Logs, columns: &Columns, ink: &Ink) -> Vec<Span<'static>> {
    let off = logs.sieve.is_off(number);
    let colour = COLOURS.get(usize::from(number) % COLOURS.len()).copied().unwrap_or(Role::Text);
    let (sign, name) = match (off, here) {
        (true, _) => (ink.span(Role::Muted, glyphs::of_tone(Tone::Muted)), Role::Muted),
        (false, true) => (ink.span(colour, glyphs::of_tone(Tone::Good)), Role::Selection),
        (false, false) => (ink.span(colour, glyphs::of_tone(Tone::Good)), Role::Text),
    };
    let (role, state) = logs.feed_of(source).map_or_else(|| (Role::Muted, String::new()), |feed| state(feed, logs));
    let held = count(logs.store.held(number));
    let cells = [
        (source.subject.name.as_str(), name),
        (held.as_str(), Role::Text),
        (state.as_str(), role),
        (source.subject.group.as_str(), Role::Muted),
    ];
    let cursor = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
    [cursor, Span::raw(" "), sign, Span::raw(" ")].into_iter().chain(columns.line(cells, ink)).collect()
}

/// How a log group stands: what it is asked, or why not.
fn state(feed: &Feed, logs: &Logs) -> (Role, String) {
    if let Some(problem) = feed.problem() {
        return trouble(problem);
    }
    if feed.is_loading() {
        return (Role::Accent, "reading …".to_owned());
    }
    match (logs.paused, logs.tells(feed), feed.has_newer()) {
        (true, ..) => (Role::Muted, "paused".to_owned()),
        (false, true, _) if logs.tail.is_sampled() => (Role::Warn, "live, sampled, polled too".to_owned()),
        (false, true, _) if logs.tail.misses() => (Role::Warn, "live, polled too".to_owned()),
        (false, true, _) => (Role::Good, "live".to_owned()),
        (false, false, false) => (Role::Text, format!("polled every {} s", feed.pace().as_secs_f64())),
        (false, false, true) => (Role::Muted, "read to the end of the range".to_owned()),
    }
}

/// Why a source is not read, in few words.
pub(super) fn trouble(problem: &Problem) -> (Role, String) {
    match problem.kind {
        Kind::Missing => (Role::Muted, "no such log group yet".to_owned()),
        Kind::Denied => (Role::Bad, "not allowed".to_owned()),
        Kind::Expired | Kind::NoCredentials => (Role::Bad, "not signed in".to_owned()),
        Kind::Throttled => (Role::Warn, "throttled, tried again".to_owned()),
        Kind::Unreachable | Kind::TimedOut => (Role::Bad, "not reached, tried again".to_owned()),
        kind if kind.passes() => (Role::Bad, "failed, tried again".to_owned()),
        _ => (Role::Bad, problem.code.as_deref().unwrap_or("refused").to_owned()),
    }
}

/// How wide the columns are; 0 is left out.
struct Columns([usize; 4]);

impl Columns {
    fn of(logs: &Logs, width: usize) -> Self {
        let longest = logs.sources.iter().map(|source| fit::width(&source.subject.name)).max().unwrap_or_default();
        let room = width.saturating_sub(4);
        // On a narrow screen a name is cut before a state is.
        let events = if room < NAME { FEW } else { EVENTS };
        let name = longest.clamp(6, NAME).min((room / 3).max(6));
        let left = room.saturating_sub(name + events + 4);
        let (state, group) = if left > STATE + 12 { (STATE, left - STATE - 2) } else { (left, 0) };
        Self([name, events, state, group])
    }

    fn line(&self, cells: [(&str, Role); 4], ink: &Ink) -> Vec<Span<'static>> {
        let cell = |(n, ((words, role), width)): (usize, ((&str, Role), usize))| {
            // A group is known by its end.
            let words = if n == 3 {
                fit::middle(words, width)
            } else {
                let (head, cut) = fit::fit(words, width, glyphs::CUT);
                format!("{head}{cut}")
            };
            let blank = " ".repeat(width.saturating_sub(fit::width(&words)));
            let (before, behind) = if n == 1 { (blank, String::new()) } else { (String::new(), blank) };
            [Span::raw(before), ink.span(role, words), Span::raw(format!("{behind}  "))]
        };
        let shown = cells.into_iter().zip(self.0).enumerate().filter(|(_, (_, width))| *width > 0);
        shown.flat_map(cell).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_fails_was_reached() {
        let said = |kind| trouble(&Problem::new(kind, "read the log", "no", "")).1;
        assert_eq!(said(Kind::Other), "failed, tried again");
        assert_eq!(said(Kind::Unreachable), "not reached, tried again");
    }
}
