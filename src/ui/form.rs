//! An operation's fields, with the live complaint.

use ratatui::buffer::Buffer;
use ratatui::text::Span;

use super::theme::Role;
use super::{Ink, dialog, fit, glyphs};
use crate::model::{Form, Model};

/// Draws the form.
pub fn draw(buffer: &mut Buffer, form: &Form, _model: &Model, ink: &Ink) {
    let height = u16::try_from(form.inputs.len() * 2 + 4).unwrap_or(u16::MAX);
    let area = dialog::area(buffer.area, 72, height);
    let title = format!("{} {}", form.prepared.label, form.prepared.target.name);
    let inside = dialog::open(buffer, area, &title, ink);
    let outcome = form.call();
    let mut line = 1;
    for (n, ((label, hint, _), input)) in form.prepared.fields.iter().zip(&form.inputs).enumerate() {
        let focus = n == form.focus;
        let role = if focus { Role::Accent } else { Role::Muted };
        let room = usize::from(inside.width).saturating_sub(18);
        let cut = fit::skip(input.value(), input.visual_scroll(room));
        let (value, _) = fit::fit(cut, room, glyphs::CUT);
        let caret = if focus { glyphs::CURSOR } else { "" };
        let spans =
            vec![ink.span(role, format!("{label:<14} ")), Span::raw(value.to_owned()), ink.span(Role::Accent, caret)];
        ink.line(buffer, inside, line, spans);
        let below = match &outcome {
            Err(invalid) if invalid.field == n => ink.span(Role::Warn, format!("{:15}{}", "", invalid.why)),
            _ => ink.span(Role::Muted, format!("{:15}{hint}", "")),
        };
        ink.line(buffer, inside, line + 1, vec![below]);
        line += 2;
    }
    let sentence = outcome.map(|call| call.to_string()).unwrap_or_default();
    ink.line(buffer, inside, line, vec![ink.span(Role::Text, sentence)]);
}
