//! A text over the screen, narrowed to the entries with the words that are typed.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::dialog::Page;
use super::theme::Role;
use super::{Ink, Lines, glyphs, text_view};
use crate::model::Pager;
use crate::model::needle::Needle;
use crate::panes::grouped;

/// One thing that a text says, on as many lines as it takes.
pub struct Entry {
    /// What follows belongs to it; it stands as long as some of that does.
    heading: bool,
    lines: Lines,
}

impl Entry {
    /// The heading of what follows.
    pub fn heading(line: Vec<Span<'static>>) -> Self {
        Self { heading: true, lines: vec![line] }
    }

    /// One thing.
    pub fn of(lines: Lines) -> Self {
        Self { heading: false, lines }
    }

    /// Every needle is somewhere in it. Words that wrap are looked for as they were before.
    fn has(&self, needles: &[Needle]) -> bool {
        if needles.is_empty() {
            return true;
        }
        let words = |line: &Vec<Span<'_>>| line.iter().map(|span| &*span.content).collect::<String>();
        let text = self.lines.iter().map(words).collect::<Vec<_>>().join(" ");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        needles.iter().all(|needle| needle.first(&text, 0).is_some())
    }
}

/// The page: entries with all of the words, under their headings, a blank line before each heading.
pub fn page(title: &str, area: Rect, entries: Vec<Entry>, pager: &Pager, ink: &Ink) -> Page {
    let needles = pager.needles();
    let headings = entries.iter().skip(1).filter(|entry| entry.heading).count();
    let whole = headings + entries.iter().map(|entry| entry.lines.len()).sum::<usize>();
    let (mut lines, mut heading, mut found) = (Lines::new(), None, 0_usize);
    for entry in entries {
        if entry.heading {
            heading = Some(entry.lines);
            // With no words it stands even with nothing under it.
            if needles.is_empty() {
                put(&mut lines, heading.take());
            }
        } else if entry.has(&needles) {
            put(&mut lines, heading.take());
            lines.extend(entry.lines.into_iter().map(|line| marked(line, &needles, ink)));
            found += 1;
        }
    }
    if found == 0 && !needles.is_empty() {
        lines.push(vec![ink.span(Role::Muted, "nothing here has these words")]);
    }
    Page { title: titled(title, found, pager), area, lines, whole }
}

/// A heading, with a blank line between it and what is above.
fn put(lines: &mut Lines, heading: Option<Lines>) {
    let Some(heading) = heading else { return };
    if !lines.is_empty() {
        lines.push(Vec::new());
    }
    lines.extend(heading);
}

/// `Help  /log▌  12 found`.
pub fn titled(title: &str, found: usize, pager: &Pager) -> String {
    let cursor = if pager.types() { glyphs::CURSOR } else { "" };
    let found = grouped(i64::try_from(found).unwrap_or(i64::MAX));
    match pager.words() {
        "" if !pager.types() => title.to_owned(),
        "" => format!("{title}  /{cursor}"),
        words => format!("{title}  /{words}{cursor}  {found} found"),
    }
}

/// A line with what was looked for marked in it.
fn marked(line: Vec<Span<'static>>, needles: &[Needle], ink: &Ink) -> Vec<Span<'static>> {
    if needles.is_empty() {
        return line;
    }
    let text: String = line.iter().map(|span| &*span.content).collect();
    let hits: Vec<_> = needles.iter().flat_map(|needle| needle.hits(&text)).collect();
    text_view::marked(line, &hits, ink)
}
