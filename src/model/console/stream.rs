//! An answer that comes in pieces: what is on the screen while it comes, and what there was in the end.

use std::time::Duration;

use super::super::msg::Now;
use crate::aws::Text;
use crate::model::body::View;
use crate::model::text_view::TextView;

/// A stream while it comes.
#[derive(Debug)]
pub struct Live {
    view: View,
    /// The end of what came, if it is half a character or half a line end.
    pending: Vec<u8>,
    /// How many bytes came.
    pub bytes: u64,
    /// How many messages of them came.
    pub pieces: u64,
    /// The answer began: the function is running.
    pub begun: bool,
    /// When the first byte came.
    pub first: Option<Now>,
    /// When the last one came.
    pub last: Option<Now>,
}

impl Default for Live {
    fn default() -> Self {
        let mut view = TextView::default().wrapped();
        view.follow(true);
        Self { view: View::Text(view), pending: Vec::new(), bytes: 0, pieces: 0, begun: false, first: None, last: None }
    }
}

impl Live {
    /// Takes bytes in. `news` counts those that are not shown too.
    pub fn take(&mut self, news: u64, shown: &[u8], now: Now) {
        self.begun = true;
        if news == 0 {
            return;
        }
        self.bytes += news;
        self.pieces += 1;
        self.first.get_or_insert(now);
        self.last = Some(now);
        self.pending.extend_from_slice(shown);
        let text = whole_characters(&mut self.pending);
        if let View::Text(view) = &mut self.view {
            view.append(&Text::block(text));
        }
    }

    /// The text so far and the window over it.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The same, to be moved.
    pub fn view_mut(&mut self) -> &mut View {
        &mut self.view
    }
}

/// Takes out what is text, whatever it is cut into: a character, or a line end of two bytes, that is
/// not whole yet stays. What is no character in any case comes out as `�`.
pub fn whole_characters(bytes: &mut Vec<u8>) -> String {
    let mut text = String::new();
    let mut at = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        match std::str::from_utf8(rest) {
            Ok(good) => {
                text.push_str(good);
                at = bytes.len();
                break;
            }
            Err(error) => {
                let good = rest.get(..error.valid_up_to()).unwrap_or_default();
                text.push_str(&String::from_utf8_lossy(good));
                at += error.valid_up_to();
                let Some(bad) = error.error_len() else { break };
                text.push('\u{fffd}');
                at += bad;
            }
        }
    }
    if at == bytes.len() && text.ends_with('\r') {
        text.pop();
        at -= 1;
    }
    bytes.drain(..at);
    text
}

/// A span of time with its unit: milliseconds, from a second on seconds.
pub fn took(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// All that came of a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrived {
    /// Its beginning, or all of it.
    pub payload: Vec<u8>,
    /// How many bytes there were.
    pub bytes: u64,
    /// In how many pieces they came.
    pub chunks: u64,
    /// How long the first one took.
    pub first: Option<Duration>,
    /// The file with all of it, if it is more than the payload; or why there is none.
    pub file: Option<Result<String, String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(live: &Live) -> String {
        match live.view() {
            View::Text(view) => view.lines().text().to_string(),
            _ => String::new(),
        }
    }

    fn now() -> Now {
        Now { since: Duration::ZERO, wall: chrono::DateTime::UNIX_EPOCH }
    }

    #[test]
    fn counts_and_text_go_their_own_ways() {
        let mut live = Live::default();
        live.take(0, &[], now());
        assert!(live.begun && live.first.is_none());
        live.take(3, "é".as_bytes().get(..1).unwrap(), now());
        live.take(1_000_000, &[0xa9, b'!'], now());
        assert_eq!((shown(&live).as_str(), live.bytes, live.pieces), ("é!", 1_000_003, 2));
    }

    proptest::proptest! {
        #[test]
        fn it_does_not_matter_where_a_text_is_cut(text in "[a-zéß日🚚\r\n]{0,60}", cuts in proptest::collection::vec(0_usize..200, 0..12)) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).chain([0, bytes.len()]).collect();
            cuts.sort_unstable();
            let mut live = Live::default();
            for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
                live.take((to - from) as u64, &bytes[*from..*to], now());
            }
            let whole = Text::block(text.strip_suffix('\r').unwrap_or(&text));
            proptest::prop_assert_eq!(shown(&live), whole.to_string());
        }

        #[test]
        fn no_bytes_panic_and_none_are_kept_back_for_long(pieces in proptest::collection::vec(proptest::collection::vec(proptest::num::u8::ANY, 0..9), 0..20)) {
            let mut live = Live::default();
            for piece in &pieces {
                live.take(piece.len() as u64, piece, now());
                proptest::prop_assert!(live.pending.len() <= 3);
            }
        }
    }
}
