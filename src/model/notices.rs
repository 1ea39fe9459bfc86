//! What to tell the user, and until when; and all that went wrong in this session.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use chrono::{DateTime, Utc};

use super::msg::Now;
use crate::aws::{Problem, Text};
use crate::panes::Tone;

/// How long good news stays.
const STAY: Duration = Duration::from_secs(4);
/// How many notices lie over the screen at most.
const SHOWN: usize = 3;
/// Among so many of the newest messages the same is looked for: what fails at once fails in different ways at most.
const RECENT: usize = 12;
/// How many messages the session remembers.
const REMEMBERED: usize = 500;

/// One sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Good, warn or bad.
    pub tone: Tone,
    /// The sentence, made harmless.
    pub text: Text,
    /// When it goes by itself; bad news waits to be dismissed.
    until: Option<Duration>,
}

/// One entry of the session's messages.
#[derive(Debug, Clone)]
pub struct Message {
    /// When.
    pub at: DateTime<Utc>,
    /// How bad.
    pub tone: Tone,
    /// The sentence.
    pub text: Text,
    /// What to do.
    pub hint: Text,
    /// How often.
    pub times: u32,
    /// What else of the same call failed in the same way, each once ("read orders-api"): an outage is one message for each
    /// call, not one for each row on the screen.
    pub others: BTreeSet<String>,
    /// What failed, and how.
    of: Option<Problem>,
}

impl Message {
    fn new(tone: Tone, text: Text, hint: Text, now: Now) -> Self {
        Self { at: now.wall, tone, text, hint, times: 1, others: BTreeSet::new(), of: None }
    }

    /// This one and another that folds into it.
    fn and(mut self, other: &Self) -> Self {
        if let Some(problem) = other.of.as_ref().filter(|_| other.text != self.text) {
            self.others.insert(problem.doing.to_string());
        }
        Self { at: other.at, times: self.times.saturating_add(1), ..self }
    }

    /// It is the same again.
    fn is(&self, other: &Self) -> bool {
        (self.tone, &self.text, &self.hint) == (other.tone, &other.text, &other.hint)
    }

    /// It is the same call about something else, where that passes by itself.
    fn folds(&self, other: &Self) -> bool {
        let alike = |a: &Problem, b: &Problem| {
            let told = |of: &Problem| (of.kind, of.action, of.said.clone(), of.code.clone(), of.hint.clone());
            a.kind.passes() && a.action.is_some() && told(a) == told(b)
        };
        self.of.as_ref().zip(other.of.as_ref()).is_some_and(|(a, b)| alike(a, b))
    }
}

/// Notices on the screen and messages remembered.
#[derive(Debug, Default)]
pub struct Notices {
    shown: VecDeque<Notice>,
    messages: VecDeque<Message>,
    problems: usize,
}

impl Notices {
    /// Says something good or neutral, for a while.
    pub fn say(&mut self, text: impl AsRef<str>, now: Now) {
        self.show(Tone::Good, Text::line(text), Some(now.since + STAY));
    }

    /// Says something that is neither good nor bad yet, for a while.
    pub fn tell(&mut self, text: impl AsRef<str>, now: Now) {
        self.show(Tone::Plain, Text::line(text), Some(now.since + STAY));
    }

    /// Says that something cannot be done, for a while.
    pub fn warn(&mut self, text: impl AsRef<str>, now: Now) {
        self.show(Tone::Warn, Text::line(text), Some(now.since + STAY + STAY));
    }

    /// Says that something is amiss, for a while, and keeps it among the messages.
    pub fn caution(&mut self, text: impl AsRef<str>, now: Now) {
        let text = Text::line(text);
        self.show(Tone::Warn, text.clone(), Some(now.since + STAY + STAY));
        self.keep(Message::new(Tone::Warn, text, Text::default(), now));
    }

    /// Says what went wrong with something the person asked for; stays until dismissed.
    pub fn fail(&mut self, problem: &Problem, now: Now) {
        self.remember(problem, now);
        self.show(Tone::Bad, Text::line(problem.sentence()), None);
    }

    /// Says how something has ended that took its time. What ended badly is kept among the messages, and stays until
    /// dismissed.
    pub fn ended(&mut self, tone: Tone, said: &str, hint: &str, now: Now) {
        match tone {
            Tone::Bad => {
                self.keep(Message::new(tone, Text::line(said), Text::line(hint), now));
                self.show(tone, Text::line(said), None);
            }
            Tone::Warn => self.warn(said, now),
            _ => self.say(said, now),
        }
    }

    /// Says how something has turned out that was in doubt; stays until dismissed.
    pub fn settled(&mut self, text: impl AsRef<str>) {
        self.show(Tone::Good, Text::line(text), None);
    }

    /// Something else is done: what had turned out well is past.
    pub fn go_on(&mut self) {
        self.shown.retain(|notice| notice.until.is_some() || notice.tone != Tone::Good);
    }

    /// Keeps a problem among the messages without showing it: its pane shows it already.
    pub fn remember(&mut self, problem: &Problem, now: Now) {
        let message = Message::new(Tone::Bad, Text::line(problem.what()), problem.hint.clone(), now);
        self.keep(Message { of: Some(problem.clone()), ..message });
    }

    fn keep(&mut self, message: Message) {
        self.problems += 1;
        // What comes again and again is one message, however much lies between.
        let again = self.messages.iter().rev().position(|known| known.is(&message));
        let folds = || self.messages.iter().rev().take(RECENT).position(|known| known.folds(&message));
        if let Some(place) = again.or_else(folds) {
            let place = self.messages.len() - 1 - place;
            let folded = self.messages.remove(place).map(|known| known.and(&message));
            self.messages.extend(folded);
            return;
        }
        if self.messages.len() == REMEMBERED {
            self.messages.pop_front();
        }
        self.messages.push_back(message);
    }

    /// Takes back what was said, as it is not so any more.
    pub fn unsay(&mut self, text: &str) {
        self.shown.retain(|notice| notice.text != *text);
    }

    fn show(&mut self, tone: Tone, text: Text, until: Option<Duration>) {
        self.shown.retain(|notice| notice.text != text);
        while self.shown.len() >= SHOWN {
            self.shown.pop_front();
        }
        self.shown.push_back(Notice { tone, text, until });
    }

    /// What lies over the screen now, oldest first.
    pub fn shown(&self) -> impl Iterator<Item = &Notice> {
        self.shown.iter()
    }

    /// The session's messages, newest first.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev()
    }

    /// How many problems this session had.
    pub fn problems(&self) -> usize {
        self.problems
    }

    /// Takes the newest of those away that do not go by themselves; `false` if there is none.
    pub fn dismiss(&mut self) -> bool {
        let newest = self.shown.iter().rposition(|notice| notice.until.is_none());
        newest.and_then(|newest| self.shown.remove(newest)).is_some()
    }

    /// One of those shown stays until it is dismissed.
    pub fn waits(&self) -> bool {
        self.shown.iter().any(|notice| notice.until.is_none())
    }

    /// Drops what has been on the screen long enough.
    pub fn expire(&mut self, now: Duration) {
        self.shown.retain(|notice| notice.until.is_none_or(|until| until > now));
    }

    /// When the next one goes.
    pub fn next_expiry(&self) -> Option<Duration> {
        self.shown.iter().filter_map(|notice| notice.until).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Kind;

    fn at(seconds: u64) -> Now {
        Now { since: Duration::from_secs(seconds), wall: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn good_news_goes_by_itself_and_bad_news_stays() {
        let mut notices = Notices::default();
        notices.say("copied", at(0));
        notices.fail(&Problem::panicked("list"), at(0));
        notices.expire(Duration::from_mins(1));
        assert_eq!(notices.shown().count(), 1);
        assert!(notices.dismiss());
        assert!(!notices.dismiss());
        assert_eq!(notices.messages().count(), 1);
    }

    #[test]
    fn a_caution_goes_from_the_screen_and_stays_among_the_messages() {
        let mut notices = Notices::default();
        notices.caution("config.toml, line 1: ascii wants true or false", at(0));
        notices.expire(Duration::from_mins(1));
        assert_eq!((notices.shown().count(), notices.messages().count(), notices.problems()), (0, 1, 1));
    }

    #[test]
    fn an_outage_is_one_message_for_each_call() {
        let mut notices = Notices::default();
        let unreachable = |action, doing: String| Problem {
            action: Some(action),
            ..Problem::new(Kind::Unreachable, doing, "nobody answers", "Wait.")
        };
        for n in 0..24 {
            notices.remember(&unreachable("lambda:GetFunction", format!("read orders-{n}")), at(0));
            notices.remember(&unreachable("lambda:ListFunctions", "list the functions".to_owned()), at(n));
        }
        notices.remember(&unreachable("lambda:InvokeFunction", "invoke orders-1".to_owned()), at(24));
        let folded: Vec<_> = notices.messages().map(|message| (message.times, message.others.len())).collect();
        assert_eq!((folded, notices.problems()), (vec![(1, 0), (24, 0), (24, 23)], 49));
        let last = notices.messages().last().unwrap();
        assert_eq!(last.others.first().unwrap(), "read orders-1");
    }

    #[test]
    fn what_does_not_pass_by_itself_stands_alone() {
        let mut notices = Notices::default();
        for name in ["a", "b", "b"] {
            notices.remember(&Problem::new(Kind::Denied, format!("read {name}"), "not allowed", "Ask."), at(0));
        }
        let folded: Vec<_> = notices.messages().map(|message| (message.times, message.others.len())).collect();
        assert_eq!(folded, [(2, 0), (1, 0)]);
    }

    #[test]
    fn what_comes_again_and_again_is_one_message_with_its_last_time() {
        let mut notices = Notices::default();
        for round in 0..3 {
            for n in 0..8 {
                let doing = format!("read orders-{n}");
                notices.remember(&Problem::new(Kind::Denied, doing, "not allowed", "Ask."), at(round));
            }
        }
        let told: Vec<_> = notices.messages().map(|message| (message.text.to_string(), message.times)).collect();
        assert_eq!((told.len(), notices.problems()), (8, 24));
        assert_eq!(told[0], ("Could not read orders-7: not allowed.".to_owned(), 3));
    }

    #[test]
    fn no_more_than_three_lie_over_the_screen() {
        let mut notices = Notices::default();
        for n in 0..9 {
            notices.say(format!("{n}"), at(0));
        }
        let shown: Vec<String> = notices.shown().map(|notice| notice.text.to_string()).collect();
        assert_eq!(shown, ["6", "7", "8"]);
    }
}
