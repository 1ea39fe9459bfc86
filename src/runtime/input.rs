//! What terminal events say to the program. Many keys that come faster than anybody types are a paste from
//! a terminal that does not bracket it; of few it cannot be known, so they may do less than a key by itself.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use crate::keys::Chord;
use crate::model::{Gesture, Mouse, Msg, Size};

/// More plain keys than this at once are a paste. A held key gives a few at a time, and who types ahead on a slow
/// line a few more.
const TYPED: usize = 8;
/// A key held while the program could not look is many keys, but few different ones.
const DIFFERENT: usize = 4;
/// The rest of a long paste follows within this time.
const REST: Duration = Duration::from_millis(100);
/// A key that comes so soon after the one before was dealt with came together with it. Who rolls two keys takes
/// 30 ms, and so does a key that is held.
const TOGETHER: Duration = Duration::from_millis(15);

/// Reads events; tells pastes from typing.
#[derive(Debug, Default)]
pub struct Reader {
    /// Until then plain keys belong to the last paste.
    until: Option<Instant>,
    /// There were plain keys among what was read last.
    typed: bool,
    /// When the last plain keys had been dealt with.
    done: Option<Instant>,
}

/// Where the keys go.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Text is typed there.
    pub types: bool,
    /// A key begins a line of text there, as `:` and `/` do.
    pub begins_line: &'a dyn Fn(Chord) -> bool,
}

impl Reader {
    /// What events that were waiting together say. Where text is typed, and behind a key that begins a line of it, up
    /// to the end of the line, keys are keys: there a paste does no harm, and programs type like that.
    pub fn read(&mut self, events: Vec<Event>, target: Target<'_>, now: Instant) -> Vec<Msg> {
        let events: Vec<Event> = events.into_iter().filter(|event| !is_release(event)).collect();
        let typed = events.iter().filter(|event| plain_in(event).is_some()).count();
        let hasty = typed > 1 || self.done.is_some_and(|done| now < done + TOGETHER);
        self.typed = typed > 0;
        let (mut msgs, mut run, mut line) = (Vec::new(), Vec::new(), false);
        for event in events {
            let begins = |key| run.is_empty() && !self.follows(now) && Chord::of(key).is_some_and(target.begins_line);
            match plain_in(&event) {
                Some((key, c)) if target.types || line || begins(key) => {
                    msgs.extend(press(key, hasty));
                    line = !target.types && c != '\n';
                }
                Some((key, _)) => run.push(key),
                None => {
                    self.end_run(&mut run, &mut msgs, hasty, now);
                    line &= !matches!(&event, Event::Key(key) if key.code == KeyCode::Esc);
                    msgs.extend(message(event));
                }
            }
        }
        self.end_run(&mut run, &mut msgs, hasty, now);
        msgs
    }

    /// What was read last has been acted on, and is on the screen.
    pub fn done(&mut self, now: Instant) {
        if self.typed {
            self.done = Some(now);
        }
    }

    /// Plain keys belong to the last paste.
    fn follows(&self, now: Instant) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    fn end_run(&mut self, run: &mut Vec<KeyEvent>, msgs: &mut Vec<Msg>, hasty: bool, now: Instant) {
        let keys = std::mem::take(run);
        let follows = self.follows(now);
        if keys.is_empty() || !(follows || is_paste(&keys)) {
            msgs.extend(keys.into_iter().filter_map(|key| press(key, hasty)));
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

/// A plain key, which came together with others (`hasty`) or by itself.
fn press(key: KeyEvent, hasty: bool) -> Option<Msg> {
    Chord::of(key).map(if hasty { Msg::Hasty } else { Msg::Key })
}

/// Windows and kitty report both ends of a press.
fn is_release(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.kind == KeyEventKind::Release)
}

fn plain_in(event: &Event) -> Option<(KeyEvent, char)> {
    let Event::Key(key) = event else { return None };
    Some((*key, plain(*key)?))
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
        let code = |c| match c {
            '\n' => KeyCode::Enter,
            '\x1b' => KeyCode::Esc,
            c => KeyCode::Char(c),
        };
        text.chars().map(|c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE))).collect()
    }

    /// In a list, where `/` and `:` begin a line.
    fn list() -> Target<'static> {
        Target { types: false, begins_line: &|chord| matches!(chord.typed(), Some('/' | ':')) }
    }

    fn field() -> Target<'static> {
        Target { types: true, ..list() }
    }

    /// Of each message: a paste, a key by itself, a key among others.
    fn kinds(msgs: &[Msg]) -> String {
        let kind = |msg: &Msg| match msg {
            Msg::Paste(_) => 'p',
            Msg::Hasty(_) => 'h',
            _ => 'k',
        };
        msgs.iter().map(kind).collect()
    }

    #[test]
    fn a_burst_of_text_is_a_paste_and_so_is_what_follows_at_once() {
        let (mut reader, now) = (Reader::default(), Instant::now());
        assert_eq!(kinds(&reader.read(keys("rm -rf /tmp/orders-api\ny\n"), list(), now)), "p");
        assert_eq!(kinds(&reader.read(keys("qq"), list(), now + REST / 2)), "");
        assert_eq!(kinds(&reader.read(keys("/q"), list(), now + REST)), "");
        assert_eq!(kinds(&reader.read(keys("qq"), list(), now + REST * 3)), "hh");
        assert_eq!(kinds(&Reader::default().read(keys("orders-api"), list(), now)), "p");
    }

    #[test]
    fn a_held_key_is_a_key_however_many_wait() {
        let mut reader = Reader::default();
        let held = "j".repeat(500) + &"k".repeat(500);
        assert_eq!(reader.read(keys(&held), list(), Instant::now()).len(), 1000);
    }

    #[test]
    fn keys_are_keys_where_text_is_typed() {
        let mut reader = Reader::default();
        assert_eq!(reader.read(keys("the quick brown fox jumps"), field(), Instant::now()).len(), 25);
    }

    #[test]
    fn a_line_that_a_program_types_is_keys_up_to_its_end() {
        let read = |text| kinds(&Reader::default().read(keys(text), list(), Instant::now()));
        assert_eq!(read(":logs a b\n"), "h".repeat(10));
        assert_eq!(read("/timeout\njj"), "h".repeat(11));
        assert_eq!(read(":fn\nremove them all\n"), "hhhhp");
        assert_eq!(read("/abcdef\x1bremove them all"), "hhhhhhhkp");
        assert_eq!(read("see /aws/lambda/orders"), "p");
    }

    #[test]
    fn a_key_by_itself_is_told_from_one_that_came_with_others() {
        let (mut reader, mut now) = (Reader::default(), Instant::now());
        let mut read = |text, after| {
            now += after;
            let kinds = kinds(&reader.read(keys(text), field(), now));
            reader.done(now);
            kinds
        };
        assert_eq!(read("a", Duration::ZERO), "k");
        assert_eq!(read("b", TOGETHER), "k");
        assert_eq!(read("orders", TOGETHER), "hhhhhh");
        // The end of a line that came in two pieces.
        assert_eq!(read("\n", TOGETHER / 2), "h");
        assert_eq!(read("\x1b", TOGETHER / 2), "k");
        assert_eq!(read("\n", TOGETHER), "k");
    }

    #[test]
    fn both_ends_of_a_press_are_one_key() {
        let mut events = keys("jj");
        if let Some(Event::Key(key)) = events.last_mut() {
            key.kind = KeyEventKind::Release;
        }
        assert_eq!(kinds(&Reader::default().read(events, list(), Instant::now())), "k");
    }

    #[test]
    fn a_key_with_ctrl_is_never_part_of_a_paste() {
        let mut reader = Reader::default();
        let mut events = keys("the quick brown fox jumps");
        events.push(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL)));
        assert_eq!(kinds(&reader.read(events, list(), Instant::now())), "pk");
    }
}
