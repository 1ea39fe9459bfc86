//! What keys mean.

mod bindings;
mod chord;
mod command;
mod commands;
mod console;
mod context;
mod haste;
mod insights;
mod logs;
mod typing;
mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use bindings::{Action, Binding};
pub use chord::Chord;
pub use command::{Command, THEMES, nearest, no_choice, parse as parse_command, quoted_words, suggest, typed_log};
pub use console::Console;
pub use context::Context;
pub use insights::Insights;
pub use logs::Logs;
use tui_input::InputRequest;
use tui_input::backend::crossterm::to_input_request;
pub use typing::{Typing, Way, typing};
pub use words::Words;

use crate::panes::{Head, Pane, Tab};

static TABLE: LazyLock<HashMap<(Context, Chord), Action>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for binding in bindings() {
        for chord in binding.keys.iter().filter_map(|key| key.parse().ok()) {
            table.entry((binding.when, chord)).or_insert(binding.action);
        }
    }
    table
});

/// Which key means what, everywhere.
pub fn bindings() -> impl Iterator<Item = &'static Binding> {
    bindings::BINDINGS.iter().chain(console::BINDINGS).chain(logs::BINDINGS).chain(insights::BINDINGS)
}

/// What a press means in a context: the context's own binding first, then the pane's operations,
/// then what holds everywhere. In a context that takes text, plain characters mean nothing here.
pub fn resolve(context: Context, operations: &[Head], chord: Chord) -> Option<Action> {
    if context.types() && chord.typed().is_some() {
        return None;
    }
    let chord = chord.on_latin_layout();
    let operation = || {
        let found = operations.iter().position(|head| head.key.parse() == Ok(chord))?;
        (context == Context::Table).then_some(Action::Operate(found))
    };
    TABLE
        .get(&(context, chord))
        .copied()
        .or_else(operation)
        .or_else(|| TABLE.get(&(Context::Everywhere, chord)).copied())
}

/// What a press does to a line of text.
pub fn edit(chord: Chord) -> Option<InputRequest> {
    match chord.typed() {
        Some(c) => Some(InputRequest::InsertChar(c)),
        None => to_input_request(&crokey::crossterm::event::Event::Key(chord.event())),
    }
}

/// The keys of one context, for help and README.
pub struct Section {
    /// The heading.
    pub title: String,
    /// Keys, as in `j, down`, and what they do.
    pub lines: Vec<(String, &'static str)>,
}

impl Section {
    /// The keys of a context that mean what is wanted.
    pub fn of(context: Context, wanted: impl Fn(Action) -> bool) -> Self {
        let bound = bindings().filter(|binding| binding.when == context && wanted(binding.action));
        let lines = bound.map(|binding| (binding.keys.join(", "), binding.help)).collect();
        Self { title: context.title().to_owned(), lines }
    }

    /// What the keys of typing do in a line (`true`) or in a text of several.
    pub fn typing(line: bool) -> Self {
        let (title, keys) =
            if line { ("Typing a line", typing::LINE) } else { ("Typing a payload or a query", typing::TEXT) };
        Self { title: title.to_owned(), lines: keys.map(|(keys, what)| (keys.to_owned(), what)).to_vec() }
    }
}

/// All keys: what the README shows.
pub fn reference() -> Vec<Section> {
    let mut sections: Vec<Section> = Context::ALL.iter().map(|context| Section::of(*context, |_| true)).collect();
    sections.extend([Section::typing(true), Section::typing(false)]);
    let operations = crate::panes::ALL.iter().filter_map(|pane| {
        let lines: Vec<_> = pane.operations().iter().map(|head| (head.key.to_owned(), head.label)).collect();
        (!lines.is_empty()).then(|| Section { title: format!("{}: changes", way_to(*pane)), lines })
    });
    sections.extend(operations);
    sections
}

/// The title of a pane; of one without a tab, with the pane that opens it before it.
fn way_to(pane: &dyn Pane) -> String {
    let opener = crate::panes::ALL.iter().find(|other| other.opens() == Some(pane.id()));
    match opener.filter(|_| pane.tab() == Tab::Behind) {
        Some(opener) => format!("{} › {}", opener.title(), pane.title()),
        None => pane.title().to_owned(),
    }
}

/// The first key that means something in a context, as a screen names it.
pub fn key_for(context: Context, action: Action) -> Option<&'static str> {
    let binding = bindings().find(|binding| binding.when == context && binding.action == action)?;
    binding.keys.first().copied()
}

/// What saves what is on show to a file, where something does.
pub fn saving(context: Context) -> Option<Action> {
    const SAVES: [Action; 4] = [
        Action::Logs(Logs::Save),
        Action::Insights(Insights::Save),
        Action::Console(Console::Save),
        Action::Console(Console::Keep),
    ];
    SAVES.into_iter().find(|action| key_for(context, *action).is_some())
}

/// One key in the footer.
#[derive(Debug, Clone, Copy)]
pub struct Hint {
    /// The key.
    pub key: &'static str,
    /// What it does, in a word.
    pub word: &'static str,
    /// What it means.
    pub action: Action,
}

/// What the footer can offer in a context, most useful first.
pub fn hints(context: Context, operations: &[Head]) -> Vec<Hint> {
    let bound = bindings().filter(|binding| !(binding.action == Action::Actions && operations.is_empty()));
    let bound = bound.filter(|binding| {
        let everywhere = binding.when == Context::Everywhere
            && (context == Context::Table || (context.is_room() && binding.action == Action::Help));
        binding.hint.1 > 0 && (binding.when == context || everywhere)
    });
    let hint = |key, word, action| Hint { key, word, action };
    let mut ranked: Vec<(u8, Hint)> = bound
        .filter_map(|binding| Some((binding.hint.1, hint(*binding.keys.first()?, binding.hint.0, binding.action))))
        .collect();
    if context == Context::Table {
        let operations = operations.iter().enumerate();
        ranked.extend(operations.map(|(n, head)| (4, hint(head.key, head.label, Action::Operate(n)))));
    }
    if matches!(context, Context::Editor | Context::Query) {
        // Where `?` is text, the other key leads to the help.
        ranked.push((7, hint("f1", "help", Action::Help)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, hint)| hint).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::panes;

    #[test]
    fn every_key_is_one() {
        for binding in bindings() {
            for key in binding.keys {
                assert!(key.parse::<Chord>().is_ok(), "{key}");
            }
        }
    }

    #[test]
    fn no_context_binds_a_key_twice_with_every_pane_laid_over_it() {
        let mut seen = HashSet::new();
        for binding in bindings() {
            for key in binding.keys {
                assert!(seen.insert((binding.when, key.parse::<Chord>().unwrap())), "{key} in {:?}", binding.when);
            }
        }
        for pane in panes::ALL {
            let mut own = HashSet::new();
            for head in pane.operations() {
                let chord: Chord = head.key.parse().unwrap();
                assert!(!seen.contains(&(Context::Table, chord)), "{} of {}", head.key, pane.id());
                assert!(!seen.contains(&(Context::Everywhere, chord)), "{} of {}", head.key, pane.id());
                assert!(own.insert(chord), "{} of {}", head.key, pane.id());
            }
        }
    }

    #[test]
    fn every_action_is_reached_by_every_key_that_is_said_to_mean_it() {
        for binding in bindings() {
            for key in binding.keys {
                let meant = resolve(binding.when, &[], key.parse().unwrap());
                assert_eq!(meant, Some(binding.action), "{key} in {:?}", binding.when);
            }
        }
    }

    #[test]
    fn every_binding_is_explained() {
        for binding in bindings() {
            assert!(!binding.help.is_empty(), "{:?}", binding.action);
            assert_eq!(binding.hint.0.is_empty(), binding.hint.1 == 0, "{:?}", binding.action);
        }
    }

    #[test]
    fn a_context_that_takes_text_keeps_plain_characters() {
        for context in Context::ALL.into_iter().filter(|context| context.types()) {
            for c in "qjk/:?!iyYrRPM12 G".chars() {
                assert_eq!(
                    resolve(context, &[], Chord::sequence(&c.to_string()).unwrap()[0]),
                    None,
                    "{c} in {context:?}"
                );
            }
            assert_eq!(resolve(context, &[], "ctrl-c".parse().unwrap()), Some(Action::Quit));
        }
    }

    #[test]
    fn escape_leads_out_of_every_context() {
        for context in Context::ALL.into_iter().filter(|context| *context != Context::Everywhere) {
            assert_eq!(resolve(context, &[], "esc".parse().unwrap()), Some(Action::Back), "{context:?}");
        }
    }

    #[test]
    fn enter_never_sends() {
        for context in Context::ALL {
            assert_ne!(resolve(context, &[], "enter".parse().unwrap()), Some(Action::Console(Console::Send)));
            assert_ne!(resolve(context, &[], "enter".parse().unwrap()), Some(Action::Invoke));
        }
    }
}
