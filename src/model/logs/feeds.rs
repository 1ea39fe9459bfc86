//! The feeds of a log: each log group is read once, however many sources it has.

use std::ops::Range;
use std::time::Duration;

use super::feed::{Feed, Told};
use super::store::{End, Mark};
use super::{Logs, Source, Subject, source};
use crate::aws::{Kind, LogEvent, LogPage, LogQuery, Problem, Text};
use crate::model::msg::{Now, Ticket, Tickets};

impl Logs {
    /// Begins to read the groups of these subjects.
    pub(super) fn begin(&mut self, subjects: &[Subject], now: Now) {
        (self.sources, self.feeds) = (Vec::new(), Vec::new());
        for (subject, label) in subjects.iter().zip(source::labels(subjects)) {
            let feed = self.feed_for(&subject.group, now);
            self.sources.push(Source { subject: subject.clone(), label, feed });
        }
    }

    /// Adds a source to those that are there. Its group is read anew where that has begun: what was not its own until
    /// now was not kept. The requests that this gives up.
    pub fn add(&mut self, subject: Subject, now: Now) -> Vec<Ticket> {
        let feed = self.feed_for(&subject.group, now);
        let given_up = self.begin_feed(feed, now);
        self.sources.push(Source { label: subject.name.clone(), subject, feed });
        let subjects: Vec<Subject> = self.sources.iter().map(|source| source.subject.clone()).collect();
        for (source, label) in self.sources.iter_mut().zip(source::labels(&subjects)) {
            source.label = label;
        }
        given_up
    }

    /// Which feed reads a group: a new one if none did.
    fn feed_for(&mut self, group: &Text, now: Now) -> usize {
        let known = self.feeds.iter().position(|feed| feed.group() == group);
        known.unwrap_or_else(|| {
            self.feeds.push(self.new_feed(group, now));
            self.feeds.len() - 1
        })
    }

    /// A feed of the time and the pattern on show, which has read nothing.
    fn new_feed(&self, group: &Text, now: Now) -> Feed {
        Feed::new(group.clone(), self.pattern.clone(), self.reach, now.wall.timestamp_millis())
    }

    /// All groups are read anew, with the time and the pattern on show. The requests that this gives up.
    pub(super) fn begin_again(&mut self, now: Now) -> Vec<Ticket> {
        (0..self.feeds.len()).flat_map(|feed| self.begin_feed(feed, now)).collect()
    }

    fn begin_feed(&mut self, feed: usize, now: Now) -> Vec<Ticket> {
        let Some(fresh) = self.feeds.get(feed).map(|feed| self.new_feed(feed.group(), now)) else { return Vec::new() };
        let Some(feed) = self.feeds.get_mut(feed) else { return Vec::new() };
        let given_up = feed.cancel();
        *feed = fresh;
        given_up
    }

    /// What reads the group of a source.
    pub fn feed_of(&self, source: &Source) -> Option<&Feed> {
        self.feeds.get(source.feed)
    }

    /// Why the group of a source is not read.
    pub fn problem_of(&self, source: &Source) -> Option<&Problem> {
        self.feed_of(source)?.problem()
    }

    /// The sources that a feed reads for, with their numbers.
    pub(super) fn sources_of(&self, feed: usize) -> impl Iterator<Item = (&Source, u8)> {
        self.sources.iter().zip(0_u8..).filter(move |(source, _)| source.feed == feed)
    }

    /// What is due now.
    pub fn queries(&mut self, now: Now, tickets: &mut Tickets) -> Vec<(LogQuery, Ticket)> {
        let (follows, within) = (self.follows(), self.sources.len().saturating_mul(10_000));
        let (store, sources) = (&self.store, &self.sources);
        let each = self.feeds.iter_mut().enumerate().flat_map(|(feed, it)| {
            let is_own = |number: u8| sources.get(usize::from(number)).is_some_and(|source| source.feed == feed);
            it.ask(now, follows, tickets, |n| store.nth_newest(is_own, n, within))
        });
        each.collect()
    }

    /// Gives up all requests on their way; what was read stays.
    pub fn cancel(&mut self) -> Vec<Ticket> {
        self.feeds.iter_mut().flat_map(Feed::cancel).collect()
    }

    /// Takes a page in.
    pub fn take(&mut self, ticket: Ticket, page: &LogPage, now: Now) {
        let told = |(number, feed): (usize, &mut Feed)| match feed.take(ticket, page) {
            Told::Nobody => None,
            Told::At(end, left_out) => {
                feed.note_read(now);
                Some((number, feed.has_polled(), end, left_out))
            }
        };
        let Some((feed, new, end, left_out)) = self.feeds.iter_mut().enumerate().find_map(told) else { return };
        let (oldest, last) = (self.store.let_go(), self.store.last());
        // What had to go for want of room is not taken in again when it comes again.
        let stays = |event: &&LogEvent| end == End::Old || oldest.is_none_or(|oldest| event.at > oldest);
        let events: Vec<&LogEvent> = page.events.iter().filter(stays).collect();
        let (mut fresh, mut full) = (Vec::new(), false);
        for (number, own) in self.shared_out(feed, &events) {
            let taken = self.store.take(number, own, end);
            fresh.extend(taken.fresh);
            full |= taken.full;
        }
        if let Some(feed) = self.feeds.get_mut(feed).filter(|_| full) {
            feed.fill();
        }
        if end == End::New && self.feeds.get(feed).is_some_and(|feed| self.tells(feed)) {
            self.tail.note_read(&fresh, now);
        }
        self.came(in_order(fresh), last, new);
        if let Some(left_out) = left_out {
            self.tell_left_out(feed, left_out);
        }
    }

    /// What a live tail told of a group.
    pub(super) fn take_live(&mut self, group: &Text, events: &[LogEvent]) {
        let Some(feed) = self.feeds.iter().position(|feed| feed.group() == group) else { return };
        let (events, last) = (events.iter().collect::<Vec<_>>(), self.store.last());
        let mut fresh = Vec::new();
        for (number, own) in self.shared_out(feed, &events) {
            fresh.extend(self.store.take_live(number, own).fresh);
        }
        self.came(in_order(fresh), last, true);
    }

    /// The events of a group, for each of the sources that have some of them.
    fn shared_out<'e>(&self, feed: usize, events: &[&'e LogEvent]) -> Vec<(u8, Vec<&'e LogEvent>)> {
        let own = |(source, number): (&Source, u8)| {
            let own = events.iter().filter(|event| source.subject.owns(&event.stream));
            (number, own.copied().collect::<Vec<_>>())
        };
        self.sources_of(feed).map(own).filter(|(_, own)| !own.is_empty()).collect()
    }

    /// A request failed; `None` when nobody waits for it, else whether it is the first time.
    pub fn fail(&mut self, ticket: Ticket, problem: &Problem, now: Duration) -> Option<bool> {
        self.feeds.iter_mut().find_map(|feed| {
            let before = feed.problem().is_some();
            feed.fail(ticket, problem.clone(), now).then_some(!before)
        })
    }

    /// The first problem of a source. That a group is not there yet is one only where all are so.
    pub fn problem(&self) -> Option<(&Source, &Problem)> {
        let mut all = self.sources.iter().map(|source| Some((source, self.problem_of(source)?)));
        let missing = |problem: &Problem| problem.kind == Kind::Missing;
        let trouble = all.clone().flatten().find(|(_, problem)| !missing(problem));
        trouble.or_else(|| all.next()?.filter(|_| all.all(|other| other.is_some())))
    }

    /// Says behind a time that late events of a group may be missing in it. What had to go anyway needs no words.
    fn tell_left_out(&mut self, feed: usize, left_out: Range<i64>) {
        let Range { start, end } = left_out;
        let start = start.max(self.store.let_go().unwrap_or(start));
        if start >= end {
            return;
        }
        let of = if self.feeds.len() > 1 { format!(" of {}", self.whose(feed)) } else { String::new() };
        let time = |at: i64| chrono::DateTime::from_timestamp_millis(at).unwrap_or_default().format("%H:%M:%S");
        let (from, to) = (time(start), time(end));
        let words = format!("late events {from}–{to} UTC{of} may be missing: the log is too busy");
        let mark = self.store.note(end, &words);
        self.sieve.look_at(&mut self.store, &[mark]);
    }

    /// The source that a feed reads for; of several their group.
    fn whose(&self, feed: usize) -> Text {
        let mut sources = self.sources_of(feed);
        match (sources.next(), sources.next()) {
            (Some((only, _)), None) => only.label.clone(),
            _ => self.feeds.get(feed).map(|feed| feed.group().clone()).unwrap_or_default(),
        }
    }
}

/// The marks of events that several sources of a group have, oldest first.
fn in_order(mut fresh: Vec<Mark>) -> Vec<Mark> {
    fresh.sort_unstable();
    fresh
}
