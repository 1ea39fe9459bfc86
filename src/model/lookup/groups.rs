//! Log groups that are looked for by a part of their names, once it has not changed for a moment.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::aws::{LogGroups, Problem, Text};
use crate::model::msg::{Ticket, Tickets};

/// Who types on is not done yet: so long nothing is asked.
const REST: Duration = Duration::from_millis(200);
/// A shorter part would find everything.
const SHORTEST: usize = 2;
/// Less like than this is another name.
const ALIKE: f64 = 0.75;

/// The log groups that were found so far.
#[derive(Debug, Default)]
pub struct Groups {
    /// The part that is wanted, and since when.
    wanted: Option<(String, Duration)>,
    asked: Option<(String, Ticket)>,
    /// Parts that were asked about, and whether all groups that have them came.
    answered: BTreeMap<String, bool>,
    found: BTreeSet<Text>,
    problem: Option<Problem>,
}

impl Groups {
    /// Groups with this part are wanted, or none are.
    pub fn want(&mut self, part: Option<String>, now: Duration) {
        let part = part.filter(|part| part.len() >= SHORTEST);
        if self.wanted.as_ref().map(|(wanted, _)| wanted) != part.as_ref() {
            self.wanted = part.map(|part| (part, now));
        }
    }

    /// When something is to be asked, if ever.
    pub fn due(&self) -> Option<Duration> {
        let (part, since) = self.wanted.as_ref()?;
        (self.asked.is_none() && self.problem.is_none() && !self.knows(part)).then_some(*since + REST)
    }

    /// Nothing more could be found out about a part.
    fn knows(&self, part: &str) -> bool {
        let covers = |known: &str| if known.starts_with('/') { part.starts_with(known) } else { part.contains(known) };
        self.answered.iter().any(|(known, all)| part == known || (*all && covers(known)))
    }

    /// What is to be asked now.
    pub fn ask(&mut self, now: Duration, tickets: &mut Tickets) -> Option<(Text, Ticket)> {
        self.due().filter(|due| *due <= now)?;
        let (part, _) = self.wanted.as_ref()?;
        let ticket = tickets.next();
        self.asked = Some((part.clone(), ticket));
        Some((Text::line(part), ticket))
    }

    /// The request that nobody wants an answer to any more.
    pub fn cancel(&mut self) -> Option<Ticket> {
        let wanted = self.wanted.as_ref().map(|(part, _)| part);
        self.asked.take_if(|(part, _)| Some(&*part) != wanted).map(|(_, ticket)| ticket)
    }

    /// An answer came. A refusal holds for the session, until the person asks again.
    pub fn take(&mut self, ticket: Ticket, answer: Result<LogGroups, Problem>) {
        let Some((part, _)) = self.asked.take_if(|(_, asked)| *asked == ticket) else { return };
        match answer {
            Ok(groups) => {
                self.answered.insert(part, !groups.more);
                self.found.extend(groups.names);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// What was refused may be asked again.
    pub fn retry(&mut self) {
        self.problem = None;
    }

    /// All that were found.
    pub fn found(&self) -> impl Iterator<Item = &Text> {
        self.found.iter()
    }

    /// An answer is waited for, or will be.
    pub fn is_looking(&self) -> bool {
        self.asked.is_some() || self.due().is_some()
    }

    /// Why there is none.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    /// The names that are most like one that leads nowhere, the likest first.
    pub fn nearest<'a>(&'a self, name: &str, others: impl Iterator<Item = &'a Text>) -> Vec<&'a Text> {
        let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
        let likeness = |other: &str| strsim::jaro_winkler(&last(name), &last(other));
        let all: BTreeSet<&Text> = self.found.iter().chain(others).filter(|other| **other != *name).collect();
        let mut all: Vec<(f64, &Text)> = all.into_iter().map(|other| (likeness(other), other)).collect();
        all.retain(|(likeness, _)| *likeness > ALIKE);
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all.truncate(3);
        all.into_iter().map(|(_, other)| other).collect()
    }
}

/// The part of a name that leads nowhere by which those like it are looked for: typing errors are rarely at the
/// beginning.
pub fn stem(name: &str) -> String {
    let last = name.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, own) = name.split_at_checked(last).unwrap_or(("", name));
    folder.chars().chain(own.chars().take(3)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Kind;

    const SECOND: Duration = Duration::from_secs(1);

    fn told(names: &[&'static str], more: bool) -> LogGroups {
        LogGroups { names: names.iter().map(|name| Text::known(name)).collect(), more }
    }

    fn asked(groups: &mut Groups, part: &str, tickets: &mut Tickets) -> Option<(Text, Ticket)> {
        groups.want(Some(part.to_owned()), SECOND);
        assert_eq!(groups.ask(SECOND, tickets), None, "{part}: who types on is not done");
        groups.ask(SECOND + REST, tickets)
    }

    #[test]
    fn a_part_is_asked_about_once_and_a_longer_one_only_where_more_may_be_found() {
        let (mut groups, mut tickets) = (Groups::default(), Tickets::default());
        assert_eq!(asked(&mut groups, "/", &mut tickets), None, "too short");
        let (part, ticket) = asked(&mut groups, "/shop", &mut tickets).unwrap();
        assert_eq!(part, "/shop");
        groups.take(ticket, Ok(told(&["/shop/a"], true)));
        assert_eq!(asked(&mut groups, "/shop", &mut tickets), None);
        let (_, ticket) = asked(&mut groups, "/shop/a", &mut tickets).unwrap();
        groups.take(ticket, Ok(told(&["/shop/a", "/shop/audit"], false)));
        assert_eq!(asked(&mut groups, "/shop/au", &mut tickets), None, "all that begin so are known");
        assert_eq!(groups.found().count(), 2);
    }

    #[test]
    fn what_is_not_wanted_any_more_is_given_up_and_its_answer_is_not_taken() {
        let (mut groups, mut tickets) = (Groups::default(), Tickets::default());
        let (_, ticket) = asked(&mut groups, "orders", &mut tickets).unwrap();
        assert_eq!(groups.cancel(), None, "it is wanted");
        groups.want(None, SECOND);
        assert_eq!(groups.cancel(), Some(ticket));
        groups.take(ticket, Ok(told(&["orders"], false)));
        assert_eq!(groups.found().count(), 0);
    }

    #[test]
    fn a_refusal_is_not_asked_again_until_the_person_does() {
        let (mut groups, mut tickets) = (Groups::default(), Tickets::default());
        let (_, ticket) = asked(&mut groups, "orders", &mut tickets).unwrap();
        groups.take(ticket, Err(Problem::new(Kind::Denied, "look", "no", "")));
        assert_eq!(asked(&mut groups, "other", &mut tickets), None);
        groups.retry();
        assert!(groups.ask(SECOND + REST, &mut tickets).is_some());
    }

    #[test]
    fn a_typing_error_finds_its_nearest_names() {
        assert_eq!(
            (stem("/aws/lambda/ordrs-api"), stem("audit"), stem("/x/")),
            ("/aws/lambda/ord".into(), "aud".into(), "/x/".into())
        );
        let found = ["/aws/lambda/orders-api", "/aws/lambda/billing", "/shop/orders-ap"].map(Text::known).into();
        let groups = Groups { found, ..Groups::default() };
        let own = Text::known("/aws/lambda/ordrs-api");
        let near: Vec<&str> =
            groups.nearest("/aws/lambda/ordrs-api", std::iter::once(&own)).into_iter().map(Text::as_str).collect();
        assert_eq!(near, ["/aws/lambda/orders-api", "/shop/orders-ap"]);
    }
}
