//! What a key may not do that came together with others, and may have been pasted.

use super::bindings::Action;
use super::command::Command;
use super::console::Console;
use super::context::Context;
use super::insights::Insights;
use super::logs::Logs;

impl Action {
    /// It sends something, agrees to something, starts another program or ends this one: only a key that was pressed
    /// by itself means that. What changes something asks first, so it is enough that nobody agrees by accident.
    pub fn is_deliberate(self, context: Context) -> bool {
        match self {
            Self::DryRun | Self::Browse | Self::Leave => true,
            Self::Console(key) => matches!(key, Console::Send | Console::DryRun | Console::Again),
            Self::Logs(key) => key == Logs::Live,
            Self::Insights(key) => key == Insights::Run,
            Self::Accept => context == Context::Confirm,
            _ => false,
        }
    }

    /// A line of text is typed after it: there pasted text does no harm, and programs type such lines at once. What such
    /// a line may not do, see [`Command::leaves`].
    pub fn begins_line(self) -> bool {
        matches!(self, Self::Palette | Self::Filter | Self::Console(Console::Search))
    }
}

impl Command {
    /// It ends or stops the program, or goes to another region or profile.
    pub fn leaves(&self) -> bool {
        match self {
            Self::Do(action) => matches!(action, Action::Quit | Action::Suspend),
            Self::Region(_) | Self::Profile(_) => true,
            Self::Save | Self::Pane(_) | Self::Sort(_) | Self::Filter(_) | Self::Theme(_) => false,
            Self::Logs(_) | Self::Insights(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::bindings;

    #[test]
    fn whatever_says_that_it_sends_or_is_paid_is_deliberate() {
        let says = |help: &str| {
            let words =
                ["send the payload, once", "run the query", "run it again", "the same again", "dry run", "price"];
            words.iter().any(|word| help.contains(word))
        };
        let sends = bindings().filter(|binding| says(binding.help));
        let careless: Vec<_> = sends.filter(|binding| !binding.action.is_deliberate(binding.when)).collect();
        assert!(careless.iter().all(|binding| binding.action == Action::Console(Console::Kind)), "{careless:?}");
    }
}
