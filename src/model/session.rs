//! Which account, region and profile we are in, and what is allowed there.

use std::time::Duration;

use super::msg::{Connection, Ticket};
use crate::aws::{Identity, Kind, Problem, Target, Text};

/// How far the session is.
#[derive(Debug, Default)]
pub enum Link {
    /// Nobody tried yet.
    #[default]
    None,
    /// Being built.
    Connecting(Ticket),
    /// Ready.
    Up(Connection),
    /// Not to be had.
    Failed(Problem),
}

/// Who we are, as far as known.
#[derive(Debug, Default)]
pub enum Who {
    /// Nobody asked yet.
    #[default]
    NotAsked,
    /// On its way.
    Asked(Ticket),
    /// Known.
    Known(Identity),
    /// Not to be had: some endpoints have no STS.
    Unknown {
        /// Why.
        problem: Problem,
        /// Since when.
        at: Duration,
    },
}

/// Where something is asked. The account is in what it is asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The profile that gives the credentials.
    pub profile: Text,
    /// The region.
    pub region: Text,
    /// The endpoint, if it is not AWS's own.
    pub endpoint: Option<Text>,
}

impl Site {
    /// What tells it from another one, in words: `acme-prod · eu-west-1`. `None`: it is the same.
    pub fn beside(&self, other: &Self) -> Option<String> {
        let differs = |ours: &Text, theirs: &Text| (ours != theirs).then(|| ours.to_string());
        let endpoint = || self.endpoint.as_ref().map_or_else(|| "AWS".to_owned(), ToString::to_string);
        let parts = [
            differs(&self.profile, &other.profile),
            differs(&self.region, &other.region),
            (self.endpoint != other.endpoint).then(endpoint),
        ];
        parts.into_iter().flatten().reduce(|all, part| format!("{all} · {part}"))
    }
}

/// The profiles of the AWS files, as last read.
#[derive(Debug, Default)]
pub struct Profiles {
    /// Their names.
    pub names: Vec<String>,
    /// Why the files could not be read.
    pub unread: Option<Problem>,
}

/// The session.
#[derive(Debug, Default)]
pub struct Session {
    /// What was asked for.
    pub target: Target,
    /// What came of it.
    pub link: Link,
    /// Who we are there.
    pub who: Who,
    /// AWS took the credentials for expired, or there were none.
    pub signed_out: bool,
    /// The request that reads profile and credentials anew.
    pub renewal: Option<Ticket>,
    /// The last number given before profile and credentials were read: what has it or a lower one was asked with others.
    pub asked_before: Ticket,
    /// The account before they were read anew: what is on show is of it.
    pub before: Option<Text>,
    /// It is the account in memory.
    pub demo: bool,
    /// Words in a profile's name that mean production.
    pub production: Vec<String>,
}

impl Session {
    /// A fresh session for a target; the old one's answers are strangers to it. Gives what the old one
    /// still waited for.
    pub fn retarget(&mut self, target: Target) -> Vec<Ticket> {
        self.target = target;
        let link = match std::mem::take(&mut self.link) {
            Link::Connecting(ticket) => Some(ticket),
            _ => None,
        };
        let who = match std::mem::take(&mut self.who) {
            Who::Asked(ticket) => Some(ticket),
            _ => None,
        };
        (self.signed_out, self.before) = (false, None);
        link.into_iter().chain(who).chain(self.renewal.take()).collect()
    }

    /// What is connected, if it is.
    pub fn connection(&self) -> Option<&Connection> {
        match &self.link {
            Link::Up(connection) => Some(connection),
            _ => None,
        }
    }

    /// The region in use or asked for.
    pub fn region(&self) -> Text {
        match (&self.link, &self.target.region) {
            (Link::Up(connection), _) => connection.region.clone(),
            (_, Some(region)) => Text::line(region),
            _ => Text::known(""),
        }
    }

    /// The profile in use or asked for.
    pub fn profile(&self) -> Text {
        match (&self.link, &self.target.profile) {
            (Link::Up(connection), _) => connection.profile.clone(),
            (_, Some(profile)) => Text::line(profile),
            _ => Text::known("default"),
        }
    }

    /// Where it asks.
    pub fn site(&self) -> Site {
        let endpoint = self.connection().and_then(|connection| connection.endpoint.clone());
        Site { profile: self.profile(), region: self.region(), endpoint }
    }

    /// Who we are is to be asked, now that the list that comes first was last answered at `answered`: not yet asked, or
    /// told before that nobody answers.
    pub fn asks_who(&self, answered: Option<Duration>) -> bool {
        match &self.who {
            Who::NotAsked => true,
            Who::Unknown { problem, at } => {
                let nobody = matches!(problem.kind, Kind::Unreachable | Kind::TimedOut | Kind::Throttled);
                nobody && answered.is_some_and(|answered| answered > *at)
            }
            Who::Asked(_) | Who::Known(_) => false,
        }
    }

    /// The account, if it is known.
    pub fn identity(&self) -> Option<&Identity> {
        match &self.who {
            Who::Known(identity) => Some(identity),
            _ => None,
        }
    }

    /// An AWS CLI command as it must be typed elsewhere to mean the same account, region and endpoint.
    pub fn as_command(&self, command: &str) -> String {
        let mut command = command.to_owned();
        let Site { region, endpoint, .. } = self.site();
        let profile = self.target.profile.as_deref().map(Text::line);
        for (option, value) in [("--profile", profile), ("--region", Some(region)), ("--endpoint-url", endpoint)] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                command.push_str(&format!(" {option} {}", shell_words::quote(&value)));
            }
        }
        command
    }

    /// The profile's name says that mistakes cost here.
    pub fn is_production(&self) -> bool {
        is_production(&self.profile(), &self.production)
    }
}

/// The profile's name has one of the words that mean production.
pub fn is_production(profile: &str, words: &[String]) -> bool {
    let profile = profile.to_lowercase();
    words.iter().any(|word| !word.is_empty() && profile.contains(&word.to_lowercase()))
}
