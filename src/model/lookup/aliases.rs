//! The versions behind aliases whose logs are chosen by name.

use std::time::Duration;

use crate::aws::{Problem, Text};
use crate::model::msg::{Ticket, Tickets};

/// How long nothing is asked after a failure that passes.
const WAIT: Duration = Duration::from_secs(2);

/// An alias of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasOf {
    /// The function's name.
    pub function: Text,
    /// The alias.
    pub alias: Text,
}

impl AliasOf {
    /// As it is typed.
    pub fn words(&self) -> String {
        format!("{}:{}", self.function, self.alias)
    }
}

/// What is asked about aliases.
#[derive(Debug, Default)]
pub struct Aliases {
    asked: Vec<(AliasOf, Ticket)>,
    refused: Vec<(AliasOf, Problem)>,
    again: Option<Duration>,
}

impl Aliases {
    /// When one of the wanted ones is to be asked about, if ever.
    pub fn due(&self, wanted: &[AliasOf]) -> Option<Duration> {
        self.open(wanted).next().map(|_| self.again.unwrap_or_default())
    }

    fn open<'a>(&self, wanted: &'a [AliasOf]) -> impl Iterator<Item = &'a AliasOf> {
        let (asked, refused) = (&self.asked, &self.refused);
        wanted.iter().filter(move |of| {
            !asked.iter().any(|(asked, _)| asked == *of) && !refused.iter().any(|(refused, _)| refused == *of)
        })
    }

    /// Those to be asked about now.
    pub fn ask(&mut self, wanted: &[AliasOf], now: Duration, tickets: &mut Tickets) -> Vec<(AliasOf, Ticket)> {
        if self.due(wanted).is_none_or(|due| due > now) {
            return Vec::new();
        }
        let next: Vec<_> = self.open(wanted).map(|of| (of.clone(), tickets.next())).collect();
        self.asked.extend(next.iter().cloned());
        next
    }

    /// The requests for what is not wanted any more, given up by this.
    pub fn cancel(&mut self, wanted: &[AliasOf]) -> Vec<Ticket> {
        let (kept, gone) = std::mem::take(&mut self.asked).into_iter().partition(|(of, _)| wanted.contains(of));
        self.asked = kept;
        gone.into_iter().map(|(_, ticket): (AliasOf, _)| ticket).collect()
    }

    /// An answer came: whose versions it tells, if it does.
    pub fn take(
        &mut self,
        ticket: Ticket,
        answer: Result<Vec<Text>, Problem>,
        now: Duration,
    ) -> Option<(AliasOf, Vec<Text>)> {
        let place = self.asked.iter().position(|(_, asked)| *asked == ticket)?;
        let (of, _) = self.asked.remove(place);
        match answer {
            Ok(versions) => return Some((of, versions)),
            Err(problem) if problem.kind.passes() => self.again = Some(now + WAIT),
            Err(problem) => self.refused.push((of, problem)),
        }
        None
    }

    /// Of the wanted ones, one whose versions are not to be had, and why.
    pub fn refused(&self, wanted: &[AliasOf]) -> Option<&(AliasOf, Problem)> {
        self.refused.iter().find(|(of, _)| wanted.contains(of))
    }

    /// What was refused may be asked again.
    pub fn retry(&mut self) {
        (self.refused, self.again) = (Vec::new(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Kind;

    fn live() -> AliasOf {
        AliasOf { function: "f".into(), alias: "live".into() }
    }

    #[test]
    fn an_alias_is_asked_about_once_and_what_passes_again() {
        let (mut aliases, mut tickets, wanted) = (Aliases::default(), Tickets::default(), [live()]);
        let mut ask =
            |aliases: &mut Aliases, now| aliases.ask(&wanted, now, &mut tickets).pop().map(|(_, ticket)| ticket);
        let ticket = ask(&mut aliases, Duration::ZERO).unwrap();
        assert_eq!((ask(&mut aliases, WAIT), aliases.due(&wanted)), (None, None), "it is on its way");
        let failed = |kind| Err(Problem::new(kind, "", "", ""));
        assert_eq!(aliases.take(ticket, failed(Kind::Throttled), Duration::ZERO), None);
        assert_eq!((ask(&mut aliases, Duration::ZERO), aliases.due(&wanted)), (None, Some(WAIT)));
        let ticket = ask(&mut aliases, WAIT).unwrap();
        aliases.take(ticket, failed(Kind::Missing), WAIT);
        assert!(ask(&mut aliases, WAIT * 9).is_none() && aliases.refused(&wanted).is_some());
        assert!(aliases.refused(&[]).is_none(), "nobody wants it");
        aliases.retry();
        let ticket = ask(&mut aliases, WAIT * 9).unwrap();
        assert_eq!(aliases.take(ticket, Ok(vec!["7".into()]), WAIT), Some((live(), vec!["7".into()])));
    }

    #[test]
    fn what_nobody_wants_any_more_is_given_up() {
        let (mut aliases, mut tickets) = (Aliases::default(), Tickets::default());
        let (_, ticket) = aliases.ask(&[live()], Duration::ZERO, &mut tickets).pop().unwrap();
        assert_eq!(aliases.cancel(&[live()]), []);
        assert_eq!(aliases.cancel(&[]), [ticket]);
        assert_eq!(aliases.take(ticket, Ok(Vec::new()), WAIT), None);
    }
}
