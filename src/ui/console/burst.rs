//! Bursts: the form before, and the numbers while it runs and after.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, dialog, fit, glyphs};
use super::sheet;
use crate::model::Model;
use crate::model::console::{Burst, Plan, Run};
use crate::panes::grouped;

/// How wide the form is where there is room.
const WIDTH: u16 = 84;
/// How many cells the names of its fields take.
const LABELS: usize = 10;

/// Draws the form: the numbers, and what would come of them.
pub fn plan(canvas: &mut Canvas, plan: &Plan, model: &Model, ink: &Ink) -> Rect {
    let width = usize::from(dialog::area(canvas.area, WIDTH, 12).width).saturating_sub(4);
    let mut lines = Vec::new();
    let amount = plan.amount();
    for (n, ((label, hint), field)) in Plan::FIELDS.iter().zip(&plan.fields).enumerate() {
        let here = n == plan.focus;
        let mut spans = vec![
            ink.span(if here { Role::Accent } else { Role::Muted }, format!("{label:<LABELS$}")),
            ink.span(Role::Text, field.value().to_owned()),
        ];
        spans.extend(here.then(|| ink.span(Role::Accent, glyphs::CURSOR)));
        let wrong = amount.as_ref().err().filter(|(field, _)| *field == n).map(|(_, why)| why.as_str());
        let (role, words) = wrong.map_or((Role::Muted, *hint), |why| (Role::Warn, why));
        let pad = (LABELS + 6).saturating_sub(fit::cells(&spans));
        spans.push(Span::raw(" ".repeat(pad)));
        let room = width.saturating_sub(fit::cells(&spans));
        let (head, cut) = fit::fit(words, room, glyphs::CUT);
        spans.push(ink.span(role, format!("{head}{cut}")));
        lines.push(spans);
    }
    lines.push(Vec::new());
    if let (Ok(amount), Some(invokee)) = (&amount, &model.console.invokee) {
        for (tone, words) in model.burst_cost(invokee, *amount).into_iter().chain(model.burst_room(*amount)) {
            let parts = fit::wrap(&words, width).into_iter();
            lines.extend(parts.map(|part| vec![Span::styled(part, ink.tone(tone))]));
        }
    }
    // The box keeps its height while numbers are typed: it would jump with every key.
    let wanted = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX).max(9);
    let area = dialog::area(canvas.area, WIDTH, wanted);
    let inside = dialog::open(canvas, area, &sheet::title(model, "burst of"), ink);
    if lines.len() > usize::from(inside.height) {
        lines.retain(|line| !line.is_empty());
    }
    for (n, line) in (0..inside.height).zip(lines) {
        ink.line(canvas, inside, n, line);
    }
    area
}

/// How it stands, for the heading of a response.
pub fn standing(run: &Run, burst: &Burst, ink: &Ink) -> Vec<Span<'static>> {
    let tally = &burst.tally;
    let count = |n: u32| grouped(i64::from(n));
    let verdict = match (run.is_running(), tally.bad(), &tally.stopped) {
        (true, _, _) => ink.span(Role::Accent, "running"),
        (false, 0, None) => ink.span(Role::Good, "✔ all succeeded"),
        (false, 0, Some(_)) => ink.span(Role::Warn, "stopped"),
        (false, bad, _) => ink.span(Role::Bad, format!("✖ {} failed", count(bad))),
    };
    let words = format!(" · burst of {}, {} at once", count(tally.runs), count(tally.at_once));
    vec![verdict, ink.span(Role::Muted, words)]
}
