//! Event source mappings: what feeds which function, how, and whether it goes well.

mod arn;
mod call;
mod json;
mod send;
mod setting;
mod source;
mod told;

use chrono::{DateTime, Utc};

use super::connect::Aws;
use super::pages::{self, Page};
use super::problem::{Kind, Problem};
use super::text::Text;

pub use arn::{destination_flaw, example as example_arn, secret_flaw, source_flaw};
pub use call::{Change, MappingCall, NewMapping};
pub use setting::{Allowed, MappingSetting};
pub use source::{EventSource, SourceKind};

/// A mapping as `ListEventSourceMappings` and `GetEventSourceMapping` tell it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mapping {
    /// What it is known by.
    pub uuid: Text,
    /// Its ARN; made of its UUID where AWS leaves it out.
    pub arn: Text,
    /// The ARN of the function that it feeds, with a version or an alias if it was made for one.
    pub function_arn: Text,
    /// Where the records come from.
    pub source: EventSource,
    /// `Creating`, `Enabling`, `Enabled`, `Disabling`, `Disabled`, `Updating`, `Deleting`.
    pub state: Text,
    /// Who or what brought the state about.
    pub state_reason: Option<Text>,
    /// How the last batch went, in AWS's words; absent before the first one, and for queues.
    pub last_result: Option<Text>,
    /// When it was last changed.
    pub last_modified: Option<DateTime<Utc>>,
    /// The settings that AWS reports, as words: `100`, `on`, an ARN.
    pub settings: Vec<(MappingSetting, Text)>,
    /// Which records reach the function.
    pub filters: Filters,
    /// What is wrong with the filters, in AWS's words.
    pub filter_error: Option<Text>,
    /// The key that its filters are encrypted with.
    pub kms_key_arn: Option<Text>,
    /// Extra metrics that it reports.
    pub metrics: Vec<Text>,
}

/// The filters of a mapping. A record that fits any of them reaches the function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Filters {
    /// There are none: every record reaches the function.
    None,
    /// There may be some: they are encrypted, and lists do not tell them.
    Hidden,
    /// These patterns, each JSON in which nothing but ASCII stands.
    Patterns(Vec<Text>),
}

impl Mapping {
    /// What a setting says, if AWS reports it.
    pub fn setting(&self, setting: MappingSetting) -> Option<&Text> {
        self.settings.iter().find(|(known, _)| *known == setting).map(|(_, word)| word)
    }

    /// The function with its version or alias: `orders-worker:live`.
    pub fn function(&self) -> Text {
        let name = self.function_arn.splitn(7, ':').nth(6);
        name.map_or_else(|| self.function_arn.clone(), Text::line)
    }

    /// The ARN of the function without its version or alias.
    pub fn unqualified(&self) -> Text {
        Text::line(self.function_arn.splitn(8, ':').take(7).collect::<Vec<_>>().join(":"))
    }

    /// The first block of its UUID: what is typed to confirm.
    pub fn short(&self) -> Text {
        Text::line(self.uuid.split('-').next().unwrap_or_default())
    }

    /// Source and function, as a sentence has them: `sqs orders to orders-worker:live`.
    pub fn joins(&self) -> String {
        format!("{} {} to {}", self.source.kind.word(), self.source.name(), self.function())
    }

    /// AWS is still at it.
    pub fn is_settling(&self) -> bool {
        matches!(self.state.as_str(), "Creating" | "Enabling" | "Disabling" | "Updating" | "Deleting")
    }

    /// The records flow, or will.
    pub fn is_on(&self) -> bool {
        matches!(self.state.as_str(), "Creating" | "Enabling" | "Enabled" | "Updating")
    }

    /// The last batch failed, or something else is wrong. AWS gives words, no list of them: what is not
    /// known to be good is not good.
    pub fn is_troubled(&self) -> bool {
        let good = ["", "OK", "No records processed"];
        self.last_result.as_deref().is_some_and(|result| !good.contains(&result)) || self.filter_error.is_some()
    }

    /// It feeds this function, or a version or an alias of it.
    pub fn feeds(&self, function_arn: &str) -> bool {
        let rest = self.function_arn.strip_prefix(function_arn);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }
}

/// Reads the mappings of the account and region (`ListEventSourceMappings`), and hands on each page as it
/// comes; only those that feed `function` (an unqualified ARN) if there is one. They are told apart here:
/// asked for a function AWS leaves out what feeds its versions and aliases.
///
/// # Errors
/// As every request. The pages that came before stand, and the problem says that they are not all.
pub async fn mappings(
    aws: Aws,
    function: Option<Text>,
    mut on_page: impl FnMut(Vec<Mapping>) + Send,
) -> Result<(), Problem> {
    let ask = |start| {
        let page = aws.lambda().list_event_source_mappings().set_marker(start);
        async {
            let page = page.send().await.map_err(|error| {
                aws.problem("list the event source mappings", "lambda:ListEventSourceMappings", &error)
            })?;
            Ok(Page { things: page.event_source_mappings().iter().map(Mapping::of).collect(), next: page.next_marker })
        }
    };
    let wanted = |mapping: &Mapping| function.as_ref().is_none_or(|function| mapping.feeds(function));
    pages::each("mappings", ask, |mut page, _| {
        page.retain(wanted);
        on_page(page);
    })
    .await
}

/// Reads one mapping, its filters in clear if the key may be used (`GetEventSourceMapping`); `None` when
/// there is none of that UUID.
///
/// # Errors
/// As every request.
pub async fn mapping(aws: &Aws, uuid: &str) -> Result<Option<Mapping>, Problem> {
    let answer = aws.lambda().get_event_source_mapping().uuid(uuid).send().await;
    match answer {
        Ok(answer) => Ok(Some(Mapping::of(&told::configuration(answer)))),
        Err(error) => {
            let doing = format!("read the mapping {uuid}");
            let problem = aws.problem(doing, "lambda:GetEventSourceMapping", &error);
            if problem.kind == Kind::Missing { Ok(None) } else { Err(problem) }
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
