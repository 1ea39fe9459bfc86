//! The list of runs: those of this session and those of earlier ones.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, dialog, fit, glyphs, pager};
use super::sheet;
use crate::model::console::{Against, Brief, Ending, Entry, History, took as spelled};
use crate::model::{Model, Remember};
use crate::panes::bytes;

/// How wide the list is where there is room.
const WIDTH: u16 = 112;

/// Draws the list.
pub fn draw(canvas: &mut Canvas, history: &History, model: &Model, ink: &Ink) -> Rect {
    let all = model.console.all_entries(history);
    // It would jump with every key that narrows it.
    let whole = all.len();
    let entries = history.narrowed(all);
    let width = usize::from(dialog::area(canvas.area, WIDTH, 12).width).saturating_sub(8);
    let remarks: Vec<(Role, String)> = remarks(history, entries.is_empty(), model)
        .into_iter()
        .flat_map(|(role, words)| fit::wrap(&words, width).into_iter().map(move |line| (role, line)))
        .collect();
    let wanted = u16::try_from(whole + remarks.len() + 3).unwrap_or(u16::MAX);
    // While the disk is read the box has the height that it will probably need: it would jump.
    let area = dialog::area(canvas.area, WIDTH, wanted.max(12).min(dialog::highest(canvas.area)));
    let title = match &history.against {
        Some(Against { key: (at, ..), burst }) => {
            let what = if *burst { "burst" } else { "run" };
            format!("compare the {what} of {} UTC with", at.format("%H:%M:%S"))
        }
        None => sheet::title(model, "runs of"),
    };
    let title = pager::titled(&title, entries.len(), &history.words);
    let inside = dialog::open(canvas, area, &title, ink);
    let columns = Columns::of(usize::from(inside.width), &entries);
    ink.line(canvas, inside, 0, vec![ink.span(Role::Muted, columns.heads())]);
    let room = usize::from(inside.height).saturating_sub(1 + remarks.len()).max(1);
    let cursor = history.cursor(&entries);
    let first = (cursor + room / 2 + 1).saturating_sub(room).min(entries.len().saturating_sub(room));
    for (y, (n, entry)) in (1..inside.height).zip(entries.iter().enumerate().skip(first).take(room)) {
        dialog::choice(canvas, inside, y, n, Some(cursor));
        ink.line(
            canvas,
            inside,
            y,
            columns.line(&entry.brief, (n == cursor, history.marks.contains(&entry.brief.key())), model, ink),
        );
    }
    let shown = entries.len().min(room);
    dialog::more(canvas, area, (first, entries.len() - first - shown), ink);
    for (n, (role, words)) in remarks.into_iter().enumerate() {
        if let Ok(y) = u16::try_from(1 + shown + n) {
            ink.line(canvas, inside, y, vec![Span::raw("  "), ink.span(role, words)]);
        }
    }
    area
}

/// What is to be said below the runs.
fn remarks(history: &History, empty: bool, model: &Model) -> Vec<(Role, String)> {
    let off = model.options.history == Remember::Off;
    let mut remarks = Vec::new();
    match &history.past {
        _ if off => remarks.push((Role::Muted, "the history is off: only runs of this session are here".to_owned())),
        None => return vec![(Role::Muted, "reading earlier runs …".to_owned())],
        Some(Err(why)) => remarks.push((Role::Bad, why.clone())),
        Some(Ok(past)) if past.skipped == 1 => {
            remarks.push((Role::Warn, "! one line of the history could not be read".to_owned()));
        }
        Some(Ok(past)) if past.skipped > 1 => {
            remarks.push((Role::Warn, format!("! {} lines of the history could not be read", past.skipped)));
        }
        Some(Ok(_)) => {}
    }
    if empty {
        let none = match history.against {
            _ if !history.words.words().is_empty() => "no run here has these words",
            Some(Against { burst: true, .. }) => "there is no other burst to compare it with; B sends one",
            Some(Against { burst: false, .. }) => "there is no other run to compare it with; f5 sends the payload",
            None => "no run to show; f5 in the console sends the payload",
        };
        remarks.insert(0, (Role::Muted, none.to_owned()));
    }
    remarks
}

/// Which columns there is room for, and how wide they are.
struct Columns {
    qualifier: usize,
    ending: usize,
    /// With the year.
    long: bool,
    kind: bool,
    took: bool,
    sizes: bool,
}

/// The widths of the columns that do not vary.
const KIND: usize = 10;
const TOOK: usize = 8;
const SIZES: usize = 20;

impl Columns {
    fn of(width: usize, entries: &[Entry]) -> Self {
        let (long, took, kind, sizes) = (width >= 84, width >= 44, width >= 74, width >= 92);
        let widest = entries.iter().map(|entry| fit::width(&entry.brief.whom())).max().unwrap_or(0);
        let most = match width {
            ..44 => 8,
            44..60 => 9,
            60.. => 20,
        };
        let qualifier = widest.clamp(7, most);
        let others = [(kind, KIND + 2), (took, TOOK + 2), (sizes, SIZES + 2)];
        let others: usize = others.iter().filter(|(there, _)| *there).map(|(_, wide)| wide).sum();
        // Cursor, sign, time, qualifier, each with its gap.
        let fixed = 4 + Self::time_width(long) + 2 + qualifier + 2;
        let ending = width.saturating_sub(fixed + others).max(6);
        Self { qualifier, ending, long, kind, took, sizes }
    }

    fn time_width(long: bool) -> usize {
        if long { "2026-11-21 12:00:00".len() } else { "11-21 12:00:00".len() }
    }

    fn heads(&self) -> String {
        self.join("    ", ["TIME (UTC)", "WHOM", "HOW", "OUTCOME", "TOOK", "SENT → CAME BACK"].map(str::to_owned))
    }

    /// Puts the cells side by side: time, qualifier, kind, outcome, duration, sizes.
    fn join(&self, lead: &str, [time, whom, kind, ending, took, sizes]: [String; 6]) -> String {
        let cell = |text: &str, width: usize| {
            let (head, cut) = fit::fit(text, width, glyphs::CUT);
            let pad = width.saturating_sub(fit::width(head) + fit::width(cut));
            format!("{head}{cut}{}", " ".repeat(pad))
        };
        let mut cells = vec![cell(&time, Self::time_width(self.long)), cell(&whom, self.qualifier)];
        cells.extend(self.kind.then(|| cell(&kind, KIND)));
        cells.push(cell(&ending, self.ending));
        cells.extend(self.took.then(|| format!("{took:>TOOK$}")));
        cells.extend(self.sizes.then(|| cell(&sizes, SIZES)));
        format!("{lead}{}", cells.join("  "))
    }

    /// A run; `here`: the cursor is on it.
    fn line(&self, brief: &Brief, (here, marked): (bool, bool), model: &Model, ink: &Ink) -> Vec<Span<'static>> {
        let (tone, words) = brief.outcome();
        let time = brief.at.format(if self.long { "%Y-%m-%d %H:%M:%S" } else { "%m-%d %H:%M:%S" }).to_string();
        let size = |size: u64| bytes(i64::try_from(size).unwrap_or(i64::MAX));
        let sent = u64::try_from(brief.sent).unwrap_or(u64::MAX);
        let sizes = match brief.ending {
            Ending::Succeeded(_) | Ending::FunctionFailed(_) | Ending::BrokeOff(_) => {
                format!("{} → {}", size(sent), size(brief.received))
            }
            _ => size(sent),
        };
        let took = match brief.ending {
            Ending::Running => String::new(),
            _ => spelled(std::time::Duration::from_millis(brief.took)),
        };
        let text = self.join("", [time, brief.whom(), brief.how().to_owned(), words, took, sizes]);
        let marker = if here { ink.span(Role::Accent, glyphs::CURSOR) } else { Span::raw(" ") };
        let on_show = model.console.run().is_some_and(|run| Brief::of(run).key() == brief.key());
        let role = match (here, on_show) {
            (true, _) => Role::Selection,
            (false, true) => Role::Title,
            (false, false) => Role::Text,
        };
        let sign = Span::styled(format!("{} ", glyphs::of_outcome(tone)), ink.tone(tone));
        let mark = if marked { ink.span(Role::Accent, glyphs::MARK) } else { Span::raw(" ") };
        vec![marker, mark, sign, ink.span(role, text)]
    }
}
