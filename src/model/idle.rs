//! Why a key would do nothing: who presses it is told, and the footer leaves it out.

use super::Model;
use super::console::{Part, Picks, Sheet};
use super::logs::Feed;
use super::overlay::Overlay;
use crate::keys::{Action, Console as Key, Context, Logs as LogKey};

/// A log of one source has no others to hide.
const ONE_SOURCE: &str = "this log is of one source; m marks functions, and l opens them in one log";
/// Only a tree has what can be folded.
pub const NO_TREE: &str = "there is nothing to fold here";
/// A log has one view, and so has an answer that is neither text nor packed.
pub const ONE_VIEW: &str = "there is no other view of this";
/// Only a text has lines that wrap.
pub const NO_TEXT: &str = "only text is wrapped; enter opens a string with all its lines";

impl Model {
    /// Why a key does nothing in a room now; `None` if it does something, or says by itself why not.
    pub fn why_idle(&self, context: Context, action: Action) -> Option<&'static str> {
        let (idle, why) = match (context, action) {
            (Context::Pick, Action::Complete) => (
                self.picker().is_some_and(|picker| !picker.completes()),
                "tab completes the path of a file: type /, ~/ or ./ first",
            ),
            (Context::Editor | Context::Console, Action::Console(key)) => self.why_idle_in_console(key)?,
            (Context::Pair, Action::Console(Key::Abandon)) => (!self.is_awaited(), "this run is not waited for"),
            (Context::Logs | Context::Runs, Action::Logs(LogKey::Stop)) => {
                (!self.logs.feeds.iter().any(Feed::reads_older), "no older events are being read")
            }
            (Context::Logs, Action::Logs(LogKey::Source | LogKey::Sources)) => {
                (self.logs.sources.len() < 2, ONE_SOURCE)
            }
            (Context::Logs, Action::Left | Action::Right) => {
                (self.logs.view.wrap, "long lines are wrapped; w cuts them, then they are scrolled")
            }
            _ => return None,
        };
        idle.then_some(why)
    }

    fn why_idle_in_console(&self, key: Key) -> Option<(bool, &'static str)> {
        let alone = self.console.full || !self.holds_all_parts();
        Some(match key {
            Key::Full => {
                (alone && !self.console.full, "one part fills the screen already: it is too small to show all of them")
            }
            Key::Left | Key::Right | Key::Up | Key::Down => {
                (alone, "there is no border to move: one part fills the screen")
            }
            // The next view is that of the response, which is not on the screen.
            Key::NextView => {
                let burst = self.console.run().is_some_and(|run| run.burst().is_some());
                (alone && self.console.part == Part::Log && !burst, ONE_VIEW)
            }
            Key::Abandon => (!self.is_awaited(), "no run is waited for"),
            _ => return None,
        })
    }

    /// Nothing that can be typed where one is could be completed.
    pub(super) fn completes_nothing(&self) -> bool {
        let of_files = |overlay: &Overlay| match overlay {
            Overlay::Console(Sheet::Pick(picker)) => Some(picker.picks == Picks::Payload),
            Overlay::Queries(_) => Some(false),
            _ => None,
        };
        let on_top = self.overlays.iter().rev().find_map(of_files);
        !on_top.unwrap_or_else(|| self.logs.ask.is_none() || self.logs.completes())
    }
}
