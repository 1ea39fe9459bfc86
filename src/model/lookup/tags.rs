//! The tags of functions, read one function after the other while somebody wants them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use crate::aws::{Problem, Tag, Text};
use crate::model::msg::{Ticket, Tickets};

/// How many are asked for at once.
const FEW: usize = 8;
/// How long nothing is asked after a failure that passes.
const WAIT: Duration = Duration::from_secs(2);
/// What a tag begins with where names are typed.
pub const LEAD: &str = "tag:";

/// A tag that functions are chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Its key.
    pub key: Text,
    /// Its value; `None` takes all.
    pub value: Option<Text>,
}

impl Wish {
    /// Reads `tag:team=orders`, `tag:team="my team"` or `tag:team`; `None` where it is no tag.
    pub fn read(word: &str) -> Option<Self> {
        let tag = word.strip_prefix(LEAD)?.replace('"', "");
        let (key, value) =
            tag.split_once('=').map_or((tag.as_str(), None), |(key, value)| (key, Some(Text::line(value))));
        (!key.is_empty()).then(|| Self { key: Text::line(key), value })
    }

    /// As it is typed.
    pub fn words(&self) -> String {
        typed(&self.key, self.value.as_ref())
    }

    /// One of these is it.
    pub fn fits(&self, tags: &[Tag]) -> bool {
        tags.iter().any(|(key, value)| *key == self.key && self.value.as_ref().is_none_or(|wanted| wanted == value))
    }
}

/// A tag as it is typed, in quotes where it has spaces.
pub fn typed(key: &Text, value: Option<&Text>) -> String {
    let held = |text: &Text| if text.contains(' ') { format!("\"{text}\"") } else { text.to_string() };
    format!("{LEAD}{}{}", held(key), value.map(|value| format!("={}", held(value))).unwrap_or_default())
}

/// The tags that are known, by function.
#[derive(Debug, Default)]
pub struct Tags {
    of: BTreeMap<Text, Vec<Tag>>,
    asked: HashMap<Ticket, Text>,
    again: Option<Duration>,
    /// The functions whose tags may not be read.
    unread: BTreeMap<Text, Problem>,
    /// When the list of the functions was read that these are of.
    list: Option<Duration>,
}

impl Tags {
    /// The list of functions was read anew: what is not in it any more counts no longer among those that were looked at.
    pub fn turn_to(&mut self, read: Option<Duration>, functions: impl FnOnce() -> Vec<Text>) {
        if self.list != read {
            self.list = read;
            let functions: HashSet<Text> = functions().into_iter().collect();
            self.of.retain(|name, _| functions.contains(name));
            self.unread.retain(|name, _| functions.contains(name));
        }
    }

    /// The tags of a function, once it was looked at.
    pub fn of(&self, function: &Text) -> Option<&[Tag]> {
        self.of.get(function).map(Vec::as_slice)
    }

    /// How many functions were looked at.
    pub fn looked(&self) -> usize {
        self.of.len() + self.unread.len()
    }

    /// A function whose tags could not be read, while those of others could, and how many such there are.
    pub fn unread(&self) -> Option<(&Text, usize)> {
        let first = self.unread.keys().next().filter(|_| self.problem().is_none())?;
        Some((first, self.unread.len()))
    }

    /// Every tag that is known, and how many functions have it, in the order of their names.
    pub fn all(&self) -> Vec<(&Tag, usize)> {
        let mut all: BTreeMap<&Tag, usize> = BTreeMap::new();
        for tag in self.of.values().flatten() {
            *all.entry(tag).or_default() += 1;
        }
        all.into_iter().collect()
    }

    /// Why none are known: where those of no function could be read, one refusal speaks for all.
    pub fn problem(&self) -> Option<&Problem> {
        self.unread.values().next().filter(|_| self.of.is_empty())
    }

    /// When one of these functions is to be asked about, if ever.
    pub fn due<'a>(&self, functions: impl Iterator<Item = &'a Text>) -> Option<Duration> {
        let free = self.asked.len() < FEW && self.problem().is_none();
        (free && self.open(functions).next().is_some()).then(|| self.again.unwrap_or_default())
    }

    fn open<'a>(&self, functions: impl Iterator<Item = &'a Text>) -> impl Iterator<Item = &'a Text> {
        let known = |name: &Text| self.of.contains_key(name) || self.unread.contains_key(name);
        functions.filter(move |name| !known(name) && !self.asked.values().any(|asked| asked == *name))
    }

    /// The functions to be asked about now.
    pub fn ask<'a>(
        &mut self,
        functions: impl Iterator<Item = &'a Text>,
        now: Duration,
        tickets: &mut Tickets,
    ) -> Vec<(Text, Ticket)> {
        if self.problem().is_some() || self.again.is_some_and(|again| again > now) {
            return Vec::new();
        }
        let next: Vec<Text> = self.open(functions).take(FEW.saturating_sub(self.asked.len())).cloned().collect();
        let asked: Vec<(Text, Ticket)> = next.into_iter().map(|name| (name, tickets.next())).collect();
        self.asked.extend(asked.iter().map(|(name, ticket)| (*ticket, name.clone())));
        asked
    }

    /// All requests on their way, given up by this.
    pub fn cancel(&mut self) -> Vec<Ticket> {
        self.asked.drain().map(|(ticket, _)| ticket).collect()
    }

    /// An answer came. A function that is gone has no tags.
    pub fn take(&mut self, ticket: Ticket, answer: Result<Vec<Tag>, Problem>, now: Duration) {
        let Some(name) = self.asked.remove(&ticket) else { return };
        match answer {
            Ok(tags) => {
                self.of.insert(name, tags);
                self.again = None;
            }
            Err(problem) if problem.kind == crate::aws::Kind::Missing => {
                self.of.insert(name, Vec::new());
            }
            Err(problem) if problem.kind.passes() => self.again = Some(now + WAIT),
            Err(problem) => drop(self.unread.insert(name, problem)),
        }
    }

    /// Everything is looked at again.
    pub fn forget(&mut self) {
        (self.of, self.again, self.unread) = (BTreeMap::new(), None, BTreeMap::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Kind;

    fn names(count: usize) -> Vec<Text> {
        (0..count).map(|n| Text::line(format!("f{n}"))).collect()
    }

    fn team(value: &'static str) -> Vec<Tag> {
        vec![("team".into(), Text::known(value))]
    }

    #[test]
    fn a_tag_is_read_as_it_is_typed() {
        let wish = Wish::read("tag:team=orders").unwrap();
        assert!(wish.fits(&team("orders")) && !wish.fits(&team("billing")) && !wish.fits(&[]));
        assert_eq!(wish.words(), "tag:team=orders");
        assert!(Wish::read("tag:team").unwrap().fits(&team("billing")));
        let spaced = Wish::read("tag:team=\"my team\"").unwrap();
        assert!(spaced.fits(&team("my team")) && spaced == Wish::read(&spaced.words()).unwrap());
        assert_eq!((Wish::read("orders"), Wish::read("tag:"), Wish::read("tag:=x")), (None, None, None));
    }

    #[test]
    fn a_few_are_asked_about_at_once_until_all_were() {
        let (mut tags, mut tickets, names) = (Tags::default(), Tickets::default(), names(20));
        let first = tags.ask(names.iter(), Duration::ZERO, &mut tickets);
        assert_eq!((first.len(), tags.due(names.iter())), (FEW, None));
        for (n, (_, ticket)) in first.into_iter().enumerate() {
            tags.take(ticket, Ok(team(if n == 0 { "orders" } else { "billing" })), Duration::ZERO);
        }
        assert_eq!(tags.looked(), FEW);
        let counts: Vec<usize> = tags.all().into_iter().map(|(_, count)| count).collect();
        assert_eq!(counts, [7, 1], "billing before orders");
        assert_eq!(tags.ask(names.iter(), Duration::ZERO, &mut tickets)[0].0, "f8");
    }

    #[test]
    fn one_that_may_not_be_read_does_not_hide_what_the_others_tell() {
        let (mut tags, mut tickets, names) = (Tags::default(), Tickets::default(), names(9));
        let mut asked = tags.ask(names.iter(), Duration::ZERO, &mut tickets).into_iter();
        let mut answer = |tags: &mut Tags, answer| tags.take(asked.next().unwrap().1, answer, Duration::ZERO);
        answer(&mut tags, Err(Problem::new(Kind::Denied, "", "", "")));
        assert_eq!((tags.problem().is_some(), tags.unread()), (true, None), "no other one is known yet");
        answer(&mut tags, Ok(team("orders")));
        assert!(tags.problem().is_none() && tags.due(names.iter()).is_some());
        assert_eq!((tags.unread(), tags.looked()), (Some((&names[0], 1)), 2));
    }

    #[test]
    fn what_is_throttled_is_asked_again_after_a_while_and_a_refusal_speaks_for_all() {
        let (mut tags, mut tickets, names) = (Tags::default(), Tickets::default(), names(1));
        let mut ask = |tags: &mut Tags, now| tags.ask(names.iter(), now, &mut tickets).pop().map(|(_, ticket)| ticket);
        let ticket = ask(&mut tags, Duration::ZERO).unwrap();
        tags.take(ticket, Err(Problem::new(Kind::Throttled, "", "", "")), Duration::ZERO);
        assert_eq!((ask(&mut tags, Duration::ZERO), tags.due(names.iter())), (None, Some(WAIT)));
        let ticket = ask(&mut tags, WAIT).unwrap();
        tags.take(ticket, Err(Problem::new(Kind::Denied, "", "", "")), WAIT);
        assert_eq!((ask(&mut tags, WAIT * 9), tags.due(names.iter())), (None, None));
        tags.forget();
        assert!(ask(&mut tags, WAIT * 9).is_some());
    }
}
