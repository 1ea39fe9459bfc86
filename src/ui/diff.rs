//! Two things side by side: what differs, with the fields that are the same folded away.

use ratatui::layout::Rect;
use ratatui::text::Span;
use unicode_width::UnicodeWidthStr as _;

use super::canvas::Canvas;
use super::dialog::{self, Page};
use super::theme::Role;
use super::{Ink, Lines, fit};
use crate::model::{Change, Counterparts, Diff, Pair};
use crate::panes::{Tone, Value, grouped};

/// More fields than this are not laid out: nobody reads on, and each costs time in every frame.
const MOST: usize = 1_000;
/// Below this width the two values stand beneath each other.
const SIDE_BY_SIDE: usize = 64;

/// The whole comparison.
pub fn page(screen: Rect, diff: &Diff, ink: &Ink) -> Page {
    let area = dialog::area(screen, 118, 60);
    let layout = Layout::of(diff, usize::from(area.width).saturating_sub(4), ink);
    let (different, same) = diff.counts();
    let mut lines = layout.heads(diff);
    let remarks = diff.remarks.iter().map(|remark| format!("! {remark}"));
    let remarks: Vec<String> = remarks.flat_map(|remark| fit::wrap(&remark, layout.width)).collect();
    lines.extend(remarks.into_iter().map(|line| vec![ink.span(Role::Warn, line)]));
    let mut room = MOST;
    for group in &diff.groups {
        let wanted = group.pairs.iter().filter(|pair| diff.unfolded || pair.change != Change::Same);
        let shown: Vec<&Pair> = wanted.clone().take(room).collect();
        room -= shown.len();
        if shown.is_empty() {
            continue;
        }
        lines.push(vec![ink.span(Role::Title, group.name)]);
        let more = wanted.count() - shown.len();
        lines.extend(shown.into_iter().flat_map(|pair| layout.pair(pair)));
        lines.extend((more > 0).then(|| vec![ink.span(Role::Muted, format!("  … {} more", grouped_count(more)))]));
        lines.push(Vec::new());
    }
    lines.extend(layout.sum(different, same, diff.unfolded));
    let whole = lines.len();
    Page { title: format!("{} compared with {}", diff.names.0, diff.names.1), area, lines, whole }
}

fn grouped_count(n: usize) -> String {
    grouped(i64::try_from(n).unwrap_or(i64::MAX))
}

/// What the row may be compared with.
pub fn counterparts(canvas: &mut Canvas, counterparts: &Counterparts, ink: &Ink) -> Rect {
    let height = u16::try_from(counterparts.entries.len() + 2).unwrap_or(u16::MAX);
    let title = format!("compare {} with", counterparts.own.0);
    let area = dialog::area(canvas.area, 64, height);
    let inside = dialog::open(canvas, area, &title, ink);
    let room = usize::from(inside.width).saturating_sub(2);
    let first = (counterparts.chosen + 1).saturating_sub(usize::from(inside.height));
    for (line, (n, entry)) in (0..inside.height).zip(counterparts.entries.iter().enumerate().skip(first)) {
        let chosen = n == counterparts.chosen;
        dialog::choice(canvas, inside, line, n, Some(counterparts.chosen));
        let (head, cut) = fit::fit(&entry.words, room, super::glyphs::CUT);
        let sign = if chosen { super::glyphs::CURSOR } else { " " };
        let role = if chosen { Role::Title } else { Role::Text };
        let spans = vec![ink.span(Role::Accent, sign), Span::raw(" "), ink.span(role, head), Span::raw(cut)];
        ink.line(canvas, inside, line, spans);
    }
    area
}

/// How much room each part of a line has.
struct Layout<'a> {
    width: usize,
    labels: usize,
    values: usize,
    ink: &'a Ink,
}

impl<'a> Layout<'a> {
    fn of(diff: &Diff, width: usize, ink: &'a Ink) -> Self {
        let labels = diff.groups.iter().flat_map(|group| &group.pairs).map(|pair| pair.label.width()).max();
        let labels = labels.unwrap_or(0).clamp(10, (width / 3).max(10));
        // A sign and a space before the label, two spaces before each value.
        let values = width.saturating_sub(labels + 6) / 2;
        Self { width, labels, values, ink }
    }

    fn stacked(&self) -> bool {
        self.width < SIDE_BY_SIDE
    }

    /// Which thing stands on which side.
    fn heads(&self, diff: &Diff) -> Lines {
        let (left, right) = (diff.names.0.as_str(), diff.names.1.as_str());
        if self.stacked() {
            return [("- ", left), ("+ ", right)].into_iter().flat_map(|(sign, name)| self.value(sign, name)).collect();
        }
        let cell = |name: &str| {
            let (head, cut) = fit::fit(name, self.values, super::glyphs::CUT);
            let pad = self.values.saturating_sub(fit::width(head) + fit::width(cut));
            format!("  {head}{cut}{}", " ".repeat(pad))
        };
        let heads = format!("{}{}{}", " ".repeat(self.labels + 2), cell(left), cell(right));
        vec![vec![self.ink.span(Role::Muted, heads)]]
    }

    fn pair(&self, pair: &Pair) -> Lines {
        let (sign, role) = match pair.change {
            Change::Same => (" ", Role::Muted),
            Change::Other => ("~", Role::Warn),
            Change::Added => ("+", Role::Good),
            Change::Removed => ("-", Role::Bad),
        };
        let (left, right) = (self.shown(&pair.left), self.shown(&pair.right));
        let other_secret = pair.change == Change::Other && matches!(pair.right, Value::Secret(_));
        let right = if other_secret { format!("{right} (another value)") } else { right };
        let label =
            |text: &str| vec![self.ink.span(role, format!("{sign} ")), self.ink.span(Role::Text, text.to_owned())];
        if self.stacked() {
            let mut lines: Lines =
                fit::wrap(&pair.label, self.width.saturating_sub(2)).iter().map(|part| label(part)).collect();
            let values = match pair.change {
                Change::Same => vec![("  ", left)],
                Change::Added => vec![("+ ", right)],
                Change::Removed => vec![("- ", left)],
                Change::Other => vec![("- ", left), ("+ ", right)],
            };
            lines.extend(values.iter().flat_map(|(sign, value)| self.value(sign, value)));
            return lines;
        }
        let columns =
            [fit::wrap(&pair.label, self.labels), fit::wrap(&left, self.values), fit::wrap(&right, self.values)];
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        let styles = [
            self.ink.style(Role::Text),
            self.side(&pair.left, pair.change, Role::Bad),
            self.side(&pair.right, pair.change, Role::Good),
        ];
        let row = |n: usize| {
            let mut spans = vec![self.ink.span(role, if n == 0 { format!("{sign} ") } else { "  ".to_owned() })];
            for ((column, style), wide) in columns.iter().zip(styles).zip([self.labels, self.values, self.values]) {
                let text = column.get(n).map_or("", String::as_str);
                let pad = wide.saturating_sub(fit::width(text)) + 2;
                spans.push(Span::styled(format!("{text}{}", " ".repeat(pad)), style));
            }
            spans
        };
        (0..height).map(row).collect()
    }

    /// One value on lines of its own.
    fn value(&self, sign: &str, value: &str) -> Lines {
        let role = match sign {
            "- " => Role::Bad,
            "+ " => Role::Good,
            _ => Role::Muted,
        };
        let parts = fit::wrap(value, self.width.saturating_sub(4)).into_iter().enumerate();
        parts
            .map(|(n, part)| vec![self.ink.span(role, format!("  {}{part}", if n == 0 { sign } else { "  " }))])
            .collect()
    }

    fn side(&self, value: &Value, change: Change, role: Role) -> ratatui::style::Style {
        match change {
            Change::Same => self.ink.tone(Tone::Muted),
            _ if matches!(value, Value::Missing | Value::NotSet(_)) => self.ink.tone(Tone::Muted),
            _ => self.ink.style(role),
        }
    }

    /// A value in full: ages move, so a time is told by its date.
    fn shown(&self, value: &Value) -> String {
        match value {
            Value::Time(at) => at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
            value => value.shown(self.ink.now).into_owned(),
        }
    }

    fn sum(&self, different: usize, same: usize, unfolded: bool) -> Lines {
        let fields = |n: usize| if n == 1 { "1 field".to_owned() } else { format!("{n} fields") };
        let differ = |n: usize| format!("{} {}", fields(n), if n == 1 { "differs" } else { "differ" });
        let words = match (different, same, unfolded) {
            (0, same, false) => format!("nothing differs in {}; u shows them", fields(same)),
            (0, same, true) => format!("nothing differs in {}", fields(same)),
            (n, 0, _) => differ(n),
            (n, same, false) => format!("{}; {same} are the same, u shows them", differ(n)),
            (n, same, true) => format!("{}; {same} are the same, u folds them", differ(n)),
        };
        fit::wrap(&words, self.width).into_iter().map(|part| vec![self.ink.span(Role::Muted, part)]).collect()
    }
}
