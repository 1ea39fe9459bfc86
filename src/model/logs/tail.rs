//! The live tail of a log: a session that is offered with its price, opened, watched, and opened again when it ends.

use std::time::Duration;

use super::super::msg::{Now, Ticket};
use super::super::slot::back_off;
use super::store::Mark;
use super::{Feed, Logs};
use crate::aws::{Kind, MOST_TAILED, Problem, TailNews, Text};

/// A session that says nothing for so long is dead: AWS tells something every second.
const SILENCE: Duration = Duration::from_secs(15);
/// A session that lasted so long was well: the wait for the next one begins anew.
const WELL: Duration = Duration::from_secs(10);
/// What is told live is read as well, this often: AWS leaves events out for those who listen slowly, and says nothing.
const SELDOM: Duration = Duration::from_secs(10);
/// A poll for every so long: `CloudWatch` Logs answers five calls a second, and others want to ask as well.
const SHARE: Duration = Duration::from_millis(250);
/// What is written longer ago, in milliseconds, has been told if it is told at all.
const TOLD: i64 = 3_000;
/// How long an offer stands.
const OFFER: Duration = Duration::from_secs(20);

/// How far it is.
#[derive(Debug, Default, PartialEq, Eq)]
enum State {
    /// Nobody wants it.
    #[default]
    Off,
    /// Its price was said; the same key once more begins.
    Offered { until: Duration },
    /// It is opened then.
    Waits { until: Duration },
    /// It was asked for, and is live once it said so.
    Asked { ticket: Ticket, groups: Vec<Text>, heard: Duration, live: Option<Duration> },
}

/// What came of the key.
#[derive(Debug, PartialEq, Eq)]
pub enum Pressed {
    /// Its price is to be said.
    Offered,
    /// It begins.
    Begun,
    /// It was on, and ends; with the session to give up, if there is one.
    Ended(Option<Ticket>),
}

/// The live tail.
#[derive(Debug, Default)]
pub struct Tail {
    state: State,
    /// Sessions in a row that were refused, or did not last.
    failures: u32,
    /// The last events were some of more.
    sampled: bool,
    /// Events were read that it should have told, and it has told none since.
    misses: bool,
    /// Why there is none although somebody wanted it.
    refused: Option<Problem>,
}

impl Tail {
    /// The key for it was pressed.
    pub fn press(&mut self, now: Duration) -> Pressed {
        match &self.state {
            State::Offered { until } if now < *until => {
                *self = Self { state: State::Waits { until: now }, ..Self::default() };
                Pressed::Begun
            }
            State::Off | State::Offered { .. } => {
                *self = Self { state: State::Offered { until: now + OFFER }, ..Self::default() };
                Pressed::Offered
            }
            State::Waits { .. } | State::Asked { .. } => Pressed::Ended(self.end()),
        }
    }

    /// Until when its price is said and the same key begins it.
    pub fn offered(&self) -> Option<Duration> {
        if let State::Offered { until } = self.state { Some(until) } else { None }
    }

    /// Nobody wants it any more; the session to give up, if there is one.
    pub fn end(&mut self) -> Option<Ticket> {
        match std::mem::take(self).state {
            State::Asked { ticket, .. } => Some(ticket),
            _ => None,
        }
    }

    /// Gives the session up and opens another one as soon as it is wanted again.
    pub fn rest(&mut self, now: Duration) -> Option<Ticket> {
        let State::Asked { ticket, .. } = self.state else { return None };
        (self.state, self.sampled, self.misses) = (State::Waits { until: now }, false, false);
        Some(ticket)
    }

    /// Somebody wants it, whether or not it is live at this moment.
    pub fn is_on(&self) -> bool {
        matches!(self.state, State::Waits { .. } | State::Asked { .. })
    }

    /// What comes is told.
    pub fn is_live(&self) -> bool {
        matches!(self.state, State::Asked { live: Some(_), .. })
    }

    /// The last events were some of more: the others are read as if there were no live tail.
    pub fn is_sampled(&self) -> bool {
        self.sampled
    }

    /// Events were read that it should have told: others are read as if there were no live tail, until it tells some.
    /// An endpoint of others may take a session and never say a word in it.
    pub fn misses(&self) -> bool {
        self.misses
    }

    /// Events of its log groups were read that nobody had told.
    pub(super) fn note_read(&mut self, fresh: &[Mark], now: Now) {
        let State::Asked { live: Some(live), .. } = self.state else { return };
        let wall = now.wall.timestamp_millis();
        // What was written before it opened is not told.
        let lasts = i64::try_from(now.since.saturating_sub(live).as_millis()).unwrap_or(i64::MAX);
        let due = wall.saturating_sub(lasts)..wall.saturating_sub(TOLD);
        self.misses |= fresh.iter().any(|mark| due.contains(&mark.at()));
    }

    /// Why there is none although somebody wanted it.
    pub fn refused(&self) -> Option<&Problem> {
        self.refused.as_ref()
    }

    /// When it is tried again, if it is waited for.
    pub fn again(&self) -> Option<Duration> {
        if let State::Waits { until } = self.state { Some(until) } else { None }
    }

    /// The log groups it is of.
    pub fn groups(&self) -> &[Text] {
        if let State::Asked { groups, .. } = &self.state { groups } else { &[] }
    }

    /// When something is to be done about it, if ever.
    pub fn due(&self) -> Option<Duration> {
        match &self.state {
            State::Waits { until } => Some(*until),
            State::Asked { heard, .. } => Some(*heard + SILENCE),
            State::Off | State::Offered { .. } => None,
        }
    }

    /// A session was asked for.
    pub fn ask(&mut self, ticket: Ticket, groups: Vec<Text>, now: Duration) {
        self.state = State::Asked { ticket, groups, heard: now, live: None };
    }

    /// Whether the session that has the ticket is the one that counts.
    fn is(&self, wanted: Ticket) -> bool {
        matches!(&self.state, State::Asked { ticket, .. } if *ticket == wanted)
    }

    /// The session told something; `false` when it does not count any more.
    pub fn hear(&mut self, ticket: Ticket, news: &TailNews, now: Duration) -> bool {
        if !self.is(ticket) {
            return false;
        }
        if let State::Asked { heard, live, .. } = &mut self.state {
            *heard = now;
            live.get_or_insert(now);
            self.refused = None;
        }
        if let TailNews::Events { sampled, .. } = news {
            (self.sampled, self.misses) = (*sampled, false);
        }
        true
    }

    /// The session said nothing for too long: it is to be given up.
    pub fn silent(&self, now: Duration) -> Option<Ticket> {
        match &self.state {
            State::Asked { ticket, heard, .. } if now >= *heard + SILENCE => Some(*ticket),
            _ => None,
        }
    }

    /// The session ended; it is opened again after a while. `None` when it does not count any more, else whether
    /// it had been live.
    pub fn cut(&mut self, ticket: Ticket, now: Duration) -> Option<bool> {
        if !self.is(ticket) {
            return None;
        }
        let State::Asked { live, .. } = &self.state else { return None };
        let (was_live, lasted) = (live.is_some(), live.is_some_and(|since| now >= since + WELL));
        self.failures = if lasted { 1 } else { self.failures + 1 };
        let wait = back_off(self.failures);
        (self.state, self.sampled, self.misses) = (State::Waits { until: now + wait }, false, false);
        Some(was_live)
    }

    /// The session was refused: what passes is tried again, what does not ends it. `None` when it does not count any
    /// more, else whether it is over.
    pub fn refuse(&mut self, ticket: Ticket, problem: &Problem, now: Duration) -> Option<bool> {
        self.cut(ticket, now)?;
        // More sessions at once than AWS allows: others have them, and may keep them for hours.
        let limit = problem.code.as_deref() == Some("LimitExceededException");
        let over = limit || !(problem.kind.passes() || problem.kind == Kind::Missing);
        if over {
            self.state = State::Off;
        }
        self.refused = Some(problem.clone());
        Some(over)
    }
}

impl Logs {
    /// The log groups that can be listened to: one that is not there yet, and more than AWS takes at once, are polled.
    pub fn tailed(&self) -> Vec<Text> {
        let is_there = |feed: &&Feed| feed.problem().is_none_or(|problem| problem.kind != Kind::Missing);
        self.feeds.iter().filter(is_there).take(MOST_TAILED).map(|feed| feed.group().clone()).collect()
    }

    /// A session told something.
    pub fn hear(&mut self, ticket: Ticket, news: &TailNews, now: Duration) {
        if !self.tail.hear(ticket, news, now) {
            return;
        }
        if *news == TailNews::Open {
            // What came before it opened is not told.
            self.feeds.iter_mut().for_each(|feed| feed.hurry(now));
        }
        let TailNews::Events { groups, .. } = news else { return };
        for (group, events) in groups {
            self.take_live(group, events);
        }
    }

    /// Events came; `last` was the newest before. They are `new` if what was there when the log was opened is read.
    pub(super) fn came(&mut self, fresh: Vec<Mark>, last: Option<Mark>, new: bool) {
        self.sieve.look_at(&mut self.store, &fresh);
        self.search_in(&fresh);
        let behind = fresh.iter().filter(|mark| new && Some(**mark) > last);
        let shown = behind.filter(|mark| self.store.place(**mark).is_ok_and(|n| self.sieve.shows(&self.store, n)));
        self.view.came(shown.count(), last);
        self.invocations.note(fresh);
    }

    /// Puts words of our own between the events, and asks at once for what may be missing there.
    pub fn note(&mut self, words: &str, now: Now) {
        let mark = self.store.note(now.wall.timestamp_millis(), words);
        self.sieve.look_at(&mut self.store, &[mark]);
        self.feeds.iter_mut().for_each(|feed| feed.hurry(now.since));
    }

    /// What comes into the group of a feed is told.
    pub fn tells(&self, feed: &Feed) -> bool {
        self.tail.is_live() && self.tail.groups().contains(feed.group())
    }

    /// Asks seldom for what is told anyway, and as often as usual for the rest; of many, as often as AWS lets us.
    pub fn pace(&mut self, now: Duration) {
        let told = |feed: &Feed| self.tells(feed) && !self.tail.is_sampled() && !self.tail.misses();
        let told: Vec<bool> = self.feeds.iter().map(told).collect();
        let polled = told.iter().filter(|told| !**told).count();
        let crowd = SHARE.saturating_mul(u32::try_from(polled).unwrap_or(u32::MAX));
        let feeds = self.feeds.len();
        let paces = told.into_iter().map(|told| if told { SELDOM.max(crowd) } else { crowd });
        for (feed, pace) in self.feeds.iter_mut().zip(paces) {
            feed.turn_to(pace, now);
            feed.share(feeds);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::msg::Tickets;
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn begun() -> (Tail, Tickets) {
        let mut tail = Tail::default();
        assert_eq!((tail.press(SECOND), tail.press(SECOND * 2)), (Pressed::Offered, Pressed::Begun));
        (tail, Tickets::default())
    }

    fn problem(kind: Kind, code: &'static str) -> Problem {
        Problem { code: Some(Text::known(code)), ..Problem::new(kind, "start a live tail", "no", "") }
    }

    #[test]
    fn it_begins_at_the_second_press_within_the_time_of_the_offer() {
        let mut tail = Tail::default();
        assert_eq!(tail.press(SECOND), Pressed::Offered);
        assert_eq!(tail.press(SECOND + OFFER), Pressed::Offered, "the offer is over");
        assert!(!tail.is_on() && tail.due().is_none());
        assert_eq!(tail.press(SECOND + OFFER), Pressed::Begun);
        assert_eq!(tail.press(SECOND + OFFER), Pressed::Ended(None));
    }

    #[test]
    fn what_does_not_last_is_waited_for_longer_each_time_and_what_lasted_is_not() {
        let (mut tail, mut tickets) = begun();
        let mut now = SECOND * 10;
        let mut waits = Vec::new();
        for _ in 0..8 {
            let ticket = tickets.next();
            tail.ask(ticket, vec!["g".into()], now);
            assert!(tail.hear(ticket, &TailNews::Open, now) && tail.is_live());
            assert_eq!(tail.cut(ticket, now), Some(true));
            waits.push(tail.again().unwrap().saturating_sub(now).as_secs());
            now = tail.again().unwrap();
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        let ticket = tickets.next();
        tail.ask(ticket, vec!["g".into()], now);
        tail.hear(ticket, &TailNews::Open, now);
        tail.cut(ticket, now + WELL);
        assert_eq!(tail.again(), Some(now + WELL + SECOND));
    }

    #[test]
    fn a_session_that_is_given_up_is_not_listened_to() {
        let (mut tail, mut tickets) = begun();
        let (first, second) = (tickets.next(), tickets.next());
        tail.ask(first, vec!["g".into()], SECOND);
        assert_eq!(tail.rest(SECOND), Some(first));
        tail.ask(second, vec!["g".into(), "h".into()], SECOND);
        assert!(!tail.hear(first, &TailNews::Open, SECOND) && tail.cut(first, SECOND).is_none() && !tail.is_live());
        assert_eq!(tail.press(SECOND), Pressed::Ended(Some(second)));
        assert!(!tail.is_on());
    }

    #[test]
    fn a_session_that_leaves_out_what_was_read_is_not_relied_on_until_it_tells_again() {
        let (mut tail, mut tickets) = begun();
        let ticket = tickets.next();
        tail.ask(ticket, vec!["g".into()], SECOND);
        tail.hear(ticket, &TailNews::Open, SECOND * 2);
        let mut store = super::super::Store::default();
        let mut read = |at: i64| {
            let event = crate::aws::LogEvent::of(at * 1000, "s".into(), &at.to_string(), "m");
            store.take(0, [&event], super::super::store::End::New).fresh
        };
        let now = Now { since: SECOND * 12, wall: chrono::DateTime::from_timestamp(100, 0).unwrap() };
        tail.note_read(&read(89), now);
        assert!(!tail.misses(), "written before it opened");
        tail.note_read(&read(99), now);
        assert!(!tail.misses(), "it may be told yet");
        tail.note_read(&read(95), now);
        assert!(tail.misses());
        let events = TailNews::Events { groups: Vec::new(), sampled: false };
        tail.hear(ticket, &events, SECOND * 13);
        assert!(!tail.misses());
    }

    #[test]
    fn silence_is_the_end_of_a_session() {
        let (mut tail, mut tickets) = begun();
        let ticket = tickets.next();
        tail.ask(ticket, vec!["g".into()], SECOND);
        tail.hear(ticket, &TailNews::Quiet, SECOND * 9);
        assert_eq!(tail.silent(SECOND * 23), None);
        assert_eq!((tail.due(), tail.silent(SECOND * 24)), (Some(SECOND * 24), Some(ticket)));
    }

    #[test]
    fn a_refusal_for_good_ends_it_and_one_that_passes_does_not() {
        for (kind, code, over) in [
            (Kind::Denied, "AccessDeniedException", true),
            (Kind::Other, "LimitExceededException", true),
            (Kind::Invalid, "InvalidParameterException", true),
            (Kind::Throttled, "ThrottlingException", false),
            (Kind::Unreachable, "", false),
            (Kind::Missing, "ResourceNotFoundException", false),
        ] {
            let (mut tail, mut tickets) = begun();
            let ticket = tickets.next();
            tail.ask(ticket, vec!["g".into()], SECOND);
            assert_eq!(tail.refuse(ticket, &problem(kind, code), SECOND), Some(over), "{code}");
            assert_eq!((tail.is_on(), tail.refused().is_some()), (!over, true), "{code}");
        }
    }
}
