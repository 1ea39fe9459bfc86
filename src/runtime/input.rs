//! What terminal events say to the program. Keys that come faster than anybody types are a paste from
//! a terminal that does not bracket it.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::keys::Chord;
use crate::model::{Gesture, Mouse, Msg, Size};

/// More plain keys than this at once are a paste. A held key gives a few at a time.
const TYPED: usize = 20;
/// A key held while the program could not look is many keys, but few different ones.
const DIFFERENT: usize = 4;
/// The rest of a long paste follows within this time.
const REST: Duration = Duration::from_millis(100);

/// Reads events; tells pastes from typing.
#[derive(Debug, Default)]
pub struct Reader {
    /// Until then plain keys belong to the last paste.
    until: Option<Instant>,
}

impl Reader {
    /// What events that were waiting together say. Where text is typed (`typing`), keys are keys:
    /// there a paste does no harm.
    pub fn read(&mut self, events: Vec<Event>, typing: bool, now: Instant) -> Vec<Msg> {
        let mut msgs = Vec::new();
        let mut run = Vec::new();
        for event in events {
            match event {
                Event::Key(key) if !typing && plain(key).is_some() => run.push(key),
                event => {
                    self.end_run(&mut run, &mut msgs, now);
                    msgs.extend(message(event));
                }
            }
        }
        self.end_run(&mut run, &mut msgs, now);
        msgs
    }

    fn end_run(&mut self, run: &mut Vec<KeyEvent>, msgs: &mut Vec<Msg>, now: Instant) {
        let keys = std::mem::take(run);
        let follows = self.until.is_some_and(|until| now < until);
        if keys.is_empty() || !(follows || is_paste(&keys)) {
            msgs.extend(keys.into_iter().filter_map(Chord::of).map(Msg::Key));
            return;
        }
        if !follows {
            msgs.push(Msg::Paste(keys.into_iter().filter_map(plain).collect()));
        }
        self.until = Some(now + REST);
    }
}

fn is_paste(keys: &[KeyEvent]) -> bool {
    let mut different: Vec<char> = keys.iter().filter_map(|key| plain(*key)).collect();
    let typed = different.len();
    different.sort_unstable();
    different.dedup();
    typed > TYPED && different.len() >= DIFFERENT
}

/// The character that a key stands for in a text, if it is pressed alone.
fn plain(key: KeyEvent) -> Option<char> {
    match key.code {
        KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
        KeyCode::Enter if key.modifiers.is_empty() => Some('\n'),
        KeyCode::Tab if key.modifiers.is_empty() => Some('\t'),
        _ => None,
    }
}

/// What a terminal event says to the program, if anything.
fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) => Chord::of(key).map(Msg::Key),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(width, height) => Some(Msg::Resize(Size { width, height })),
        Event::FocusGained => Some(Msg::Focus(true)),
        Event::FocusLost => Some(Msg::Focus(false)),
        Event::Mouse(MouseEvent { kind, column, row, .. }) => {
            let what = match kind {
                MouseEventKind::Down(MouseButton::Left) => Gesture::Click,
                MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
                MouseEventKind::ScrollUp => Gesture::WheelUp,
                MouseEventKind::ScrollDown => Gesture::WheelDown,
                _ => return None,
            };
            Some(Msg::Mouse(Mouse { x: column, y: row, what }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<Event> {
        let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        text.chars().map(|c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE))).collect()
    }

    fn kinds(msgs: &[Msg]) -> String {
        msgs.iter().map(|msg| if matches!(msg, Msg::Paste(_)) { 'p' } else { 'k' }).collect()
    }

    #[test]
    fn a_burst_of_text_is_a_paste_and_so_is_what_follows_at_once() {
        let (mut reader, now) = (Reader::default(), Instant::now());
        assert_eq!(kinds(&reader.read(keys("rm -rf /tmp/orders-api\ny\n"), false, now)), "p");
        assert_eq!(kinds(&reader.read(keys("qq"), false, now + REST / 2)), "");
        assert_eq!(kinds(&reader.read(keys("qq"), false, now + REST * 2)), "kk");
    }

    #[test]
    fn a_held_key_is_a_key_however_many_wait() {
        let mut reader = Reader::default();
        let held = "j".repeat(500) + &"k".repeat(500);
        assert_eq!(reader.read(keys(&held), false, Instant::now()).len(), 1000);
    }

    #[test]
    fn keys_are_keys_where_text_is_typed() {
        let mut reader = Reader::default();
        assert_eq!(reader.read(keys("the quick brown fox jumps"), true, Instant::now()).len(), 25);
    }

    #[test]
    fn a_key_with_ctrl_is_never_part_of_a_paste() {
        let mut reader = Reader::default();
        let mut events = keys("the quick brown fox jumps");
        events.push(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
        assert_eq!(kinds(&reader.read(events, false, Instant::now())), "pk");
    }
}
