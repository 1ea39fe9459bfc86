//! What a press does to a text of several lines.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::chord::Chord;

/// A way through a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    PageUp,
    PageDown,
    LineStart,
    LineEnd,
    Start,
    End,
}

/// What a press does to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// Puts in a character.
    Insert(char),
    /// Begins a new line.
    Newline,
    /// Removes what lies between here and there.
    Delete(Way),
    /// Goes there; `true` takes the selection along.
    Go(Way, bool),
    /// Selects everything.
    SelectAll,
}

static KEYS: LazyLock<HashMap<Chord, Typing>> = LazyLock::new(|| {
    use Way as W;
    let ways = [
        ("left", W::Left),
        ("right", W::Right),
        ("up", W::Up),
        ("down", W::Down),
        ("ctrl-left", W::WordLeft),
        ("ctrl-right", W::WordRight),
        ("home", W::LineStart),
        ("end", W::LineEnd),
        ("ctrl-home", W::Start),
        ("ctrl-end", W::End),
        ("pageup", W::PageUp),
        ("pagedown", W::PageDown),
    ];
    let others = [
        ("enter", Typing::Newline),
        ("backspace", Typing::Delete(W::Left)),
        ("delete", Typing::Delete(W::Right)),
        ("ctrl-h", Typing::Delete(W::Left)),
        ("ctrl-d", Typing::Delete(W::Right)),
        ("ctrl-w", Typing::Delete(W::WordLeft)),
        ("alt-backspace", Typing::Delete(W::WordLeft)),
        ("ctrl-backspace", Typing::Delete(W::WordLeft)),
        ("ctrl-delete", Typing::Delete(W::WordRight)),
        ("alt-d", Typing::Delete(W::WordRight)),
        ("alt-b", Typing::Go(W::WordLeft, false)),
        ("alt-f", Typing::Go(W::WordRight, false)),
        ("ctrl-a", Typing::SelectAll),
    ];
    let shifted = |name: &str| match name.strip_prefix("ctrl-") {
        Some(key) => format!("ctrl-shift-{key}"),
        None => format!("shift-{name}"),
    };
    let plain = ways.iter().map(|(name, way)| ((*name).to_owned(), Typing::Go(*way, false)));
    let selecting = ways.iter().map(|(name, way)| (shifted(name), Typing::Go(*way, true)));
    let others = others.into_iter().map(|(name, typing)| (name.to_owned(), typing));
    plain.chain(selecting).chain(others).filter_map(|(name, typing)| Some((name.parse().ok()?, typing))).collect()
});

/// What a press does to a text; `None` for presses that do nothing to it.
pub fn typing(chord: Chord) -> Option<Typing> {
    chord.typed().map(Typing::Insert).or_else(|| KEYS.get(&chord).copied())
}

/// What nobody guesses of typing a line, for the help: the keys of a shell.
pub(super) const LINE: [(&str, &str); 5] = [
    ("ctrl-a, home", "to the beginning of the line"),
    ("ctrl-e, end", "to its end"),
    ("ctrl-u", "delete the line"),
    ("ctrl-w", "delete the word before the cursor"),
    ("ctrl-left", "a word to the left; ctrl-right: to the right"),
];

/// The same of several lines: the keys of an editor.
pub(super) const TEXT: [(&str, &str); 5] = [
    ("ctrl-a", "select all"),
    ("shift-right", "select: shift with any key that moves"),
    ("home", "to the beginning of the line; ctrl-home: of the text"),
    ("end", "to its end; ctrl-end: of the text"),
    ("ctrl-w", "delete the word before the cursor"),
];

#[cfg(test)]
mod tests {
    use super::super::{Context, edit, resolve};
    use super::*;
    use tui_input::InputRequest as R;

    #[test]
    fn what_the_help_says_of_typing_is_what_the_keys_do() {
        let lines = LINE.iter().flat_map(|(keys, _)| keys.split(", "));
        let done: Vec<Option<R>> = lines.clone().map(|key| edit(key.parse().unwrap())).collect();
        let to =
            [R::GoToStart, R::GoToStart, R::GoToEnd, R::GoToEnd, R::DeleteLine, R::DeletePrevWord, R::GoToPrevWord];
        assert_eq!(done, to.map(Some));
        let free = |context, key: &str| resolve(context, &[], key.parse().unwrap()).is_none();
        for context in Context::ALL.into_iter().filter(|context| context.is_line()) {
            let bound: Vec<&str> = lines.clone().filter(|key| !free(context, key)).collect();
            assert!(bound.is_empty(), "{context:?} takes {bound:?}");
        }
        let done: Vec<Option<Typing>> = TEXT.iter().map(|(key, _)| typing(key.parse().unwrap())).collect();
        let (go, word) = (|way, select| Some(Typing::Go(way, select)), Some(Typing::Delete(Way::WordLeft)));
        let to =
            [Some(Typing::SelectAll), go(Way::Right, true), go(Way::LineStart, false), go(Way::LineEnd, false), word];
        assert_eq!(done, to);
        for context in [Context::Editor, Context::Query] {
            assert!(TEXT.iter().all(|(key, _)| free(context, key)), "{context:?}");
        }
    }

    #[test]
    fn every_name_is_a_key() {
        assert_eq!(KEYS.len(), 12 * 2 + 13);
        let does = |name: &str| typing(name.parse().unwrap());
        assert_eq!(does("x"), Some(Typing::Insert('x')));
        assert_eq!(does("ctrl-shift-left"), Some(Typing::Go(Way::WordLeft, true)));
        assert_eq!(does("shift-end"), Some(Typing::Go(Way::LineEnd, true)));
        assert_eq!(does("f9"), None);
    }
}
