//! A line that is typed, where the room may be less than its text.

use ratatui::text::Span;
use tui_input::Input;

use super::theme::Role;
use super::{Ink, fit, glyphs};

/// The text around the caret, in so many cells with the caret: what is before it matters more, its end most.
pub fn parts(input: &Input, room: usize) -> (&str, &str) {
    let value = input.value();
    let at = value.char_indices().nth(input.cursor()).map_or(value.len(), |(at, _)| at);
    let (before, after) = value.split_at_checked(at).unwrap_or((value, ""));
    let before = fit::skip(before, (fit::width(before) + 1).saturating_sub(room));
    (before, fit::first(after, room.saturating_sub(fit::width(before) + 1)))
}

/// The same as spans, with the caret between.
pub fn spans(input: &Input, room: usize, (text, caret): (Role, Role), ink: &Ink) -> Vec<Span<'static>> {
    let (before, after) = parts(input, room);
    vec![ink.span(text, before.to_owned()), ink.span(caret, glyphs::CURSOR), ink.span(text, after.to_owned())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_moves_with_the_caret() {
        let at = |text: &str, cursor: usize| Input::new(text.to_owned()).with_cursor(cursor);
        assert_eq!(parts(&at("orders", 6), 20), ("orders", ""));
        assert_eq!(parts(&at("orders", 0), 20), ("", "orders"));
        assert_eq!(parts(&at("orders", 3), 20), ("ord", "ers"));
        assert_eq!(parts(&at("orders-api-live", 15), 8), ("pi-live", ""));
        assert_eq!(parts(&at("orders-api-live", 0), 8), ("", "orders-"));
        assert_eq!(parts(&at("orders-api-live", 12), 8), ("s-api-l", ""));
    }
}
