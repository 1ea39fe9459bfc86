//! The account: its functions, layers, event source mappings and log groups.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::answer::{Refusal, Reply};
use super::busy::Busy;
use super::history::History;
use super::identity;
use super::insights::{self, Queries};
use super::layer_record::LayerRecord;
use super::log_group::LogGroup;
use super::log_source::Ways;
use super::logs::LogQuirks;
use super::mapping_record::MappingRecord;
use super::paging::Cut;
use super::record::{Record, function_arn};
use super::request::{Asked, Service};
use super::seed::FunctionSeed;
use super::{Demo, logs, noise};

/// A marker where there should be none: what emulators and proxies have been seen to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastMarker {
    /// An empty one.
    Empty,
    /// The one that asked for this very page.
    Repeated,
}

/// Everything the account holds.
#[derive(Debug)]
pub(super) struct Account {
    pub born: DateTime<Utc>,
    /// The account's number as STS says it.
    pub number: String,
    /// What the last page of functions has for a marker; `None` is none, as AWS has it.
    pub last_marker: Option<LastMarker>,
    /// Functions in the order they were put: Lambda promises none, so a client must sort.
    pub functions: BTreeMap<u64, Record>,
    numbers: HashMap<String, u64>,
    /// Layers, ours and those of others.
    pub layers: Vec<LayerRecord>,
    /// Event source mappings in AWS's words.
    pub mappings: Vec<MappingRecord>,
    pub groups: BTreeMap<String, LogGroup>,
    /// How pages of log events come.
    pub log_quirks: LogQuirks,
    pub queries: Queries,
    pub history: History,
    /// The runs that are being answered.
    pub busy: Busy,
    /// Pages no longer than this, whatever the operation allows.
    pub page_size: Option<usize>,
    /// How long an `UpdateFunctionConfiguration` is `InProgress`.
    pub update_lasts: TimeDelta,
    /// How long a change of a mapping takes.
    pub mapping_lasts: TimeDelta,
}

/// What a test sets of the account itself.
impl Demo {
    /// Makes STS say another account: the same profile signed in elsewhere.
    pub fn account_number(&self, number: &str) {
        number.clone_into(&mut self.lock_account().number);
    }

    /// Gives the last page of functions a marker that it should not have.
    pub fn last_marker(&self, marker: LastMarker) {
        self.lock_account().last_marker = Some(marker);
    }
}

impl Account {
    /// An account with nothing in it.
    pub fn empty(born: DateTime<Utc>) -> Self {
        Self {
            born,
            number: identity::ACCOUNT_ID.to_owned(),
            last_marker: None,
            functions: BTreeMap::new(),
            numbers: HashMap::new(),
            layers: Vec::new(),
            mappings: Vec::new(),
            groups: BTreeMap::new(),
            log_quirks: LogQuirks::default(),
            queries: Queries::default(),
            history: History::default(),
            busy: Busy::default(),
            page_size: None,
            update_lasts: TimeDelta::seconds(3),
            mapping_lasts: TimeDelta::seconds(4),
        }
    }

    /// Carries the operation out.
    pub fn answer(&mut self, asked: &Asked, request_id: &str) -> Result<Reply, Refusal> {
        match asked.service {
            Service::Sts => identity::answer(&self.number, asked, request_id),
            Service::Logs => insights::answer(self, asked).unwrap_or_else(|| logs::answer(self, asked, request_id)),
            Service::Lambda => match asked.route {
                Some(_) if let Some(refusal) = of_others(asked) => Err(refusal),
                Some(route) => (route.answer)(self, asked, request_id),
                None => Err(Refusal::new(
                    404,
                    "UnknownOperationException",
                    format!("Unknown operation: {}", asked.operation),
                )),
            },
        }
    }

    /// Puts a function, in place of the one of that name.
    pub fn put(&mut self, seed: FunctionSeed) {
        let record = Record::new(seed, self.born);
        let next = self.functions.last_key_value().map_or(0, |(number, _)| number + 1);
        let number = *self.numbers.entry(record.name().to_owned()).or_insert(next);
        if let Some(every) = record.seed.life.invoked_every_seconds {
            let group = self.groups.entry(record.log_group()).or_insert_with(|| LogGroup::new(self.born));
            group.add_traffic(&record, every);
        }
        self.functions.insert(number, record);
    }

    /// Takes a function away: nobody reaches it any more.
    pub fn remove(&mut self, name: &str, now: DateTime<Utc>) -> Option<Record> {
        let record = self.functions.remove(&self.numbers.remove(name)?)?;
        if let Some(group) = self.groups.get_mut(&record.log_group()) {
            group.reroute(name, now, &Ways::None);
        }
        Some(record)
    }

    /// From now on the callers of a function reach it by the aliases that it has now.
    pub fn reroute(&mut self, name: &str, now: DateTime<Utc>) {
        let Some(record) = self.record(name) else { return };
        let (group, ways) = (record.log_group(), Ways::Aliases(record.seed.aliases.clone()));
        if let Some(group) = self.groups.get_mut(&group) {
            group.reroute(name, now, &ways);
        }
    }

    pub fn record(&self, name: &str) -> Option<&Record> {
        self.functions.get(self.numbers.get(name)?)
    }

    pub fn record_mut(&mut self, name: &str) -> Option<&mut Record> {
        self.functions.get_mut(self.numbers.get(name)?)
    }

    /// The function asked about.
    pub fn asked_record(&self, asked: &Asked) -> Result<&Record, Refusal> {
        let name = asked.name.as_deref().unwrap_or_default();
        self.record(name).ok_or_else(|| missing_function(asked))
    }

    /// `$LATEST` of a function at the time of the request, without what is local to a region.
    pub fn latest(&self, record: &Record, now: DateTime<Utc>) -> Map<String, Value> {
        record.latest(now, self.history.last(record.name(), self.born, now))
    }

    /// The page asked for, of at most `most` items.
    pub fn cut(&self, asked: &Asked, most: usize) -> Result<Cut, Refusal> {
        let items = asked.parameter("MaxItems").and_then(|items| items.parse().ok());
        Cut::new(&asked.operation, asked.parameter("Marker"), items, self.page_size.unwrap_or(most).min(most))
    }

    /// A log group, made when it is first written to.
    pub fn group_mut(&mut self, name: &str, now: DateTime<Utc>) -> &mut LogGroup {
        self.groups.entry(name.to_owned()).or_insert_with(|| LogGroup::new(now))
    }
}

/// 403 for a function of another account: nobody there has let this one in, and whether it exists is not told.
fn of_others(asked: &Asked) -> Option<Refusal> {
    let owner = asked.owner.as_deref().filter(|owner| *owner != identity::ACCOUNT_ID)?;
    let action = match asked.operation.as_str() {
        "Invoke" | "InvokeWithResponseStream" => "lambda:InvokeFunction".to_owned(),
        operation => format!("lambda:{operation}"),
    };
    let name = asked.name.as_deref().unwrap_or_default();
    let arn = function_arn(&asked.region, name).replacen(identity::ACCOUNT_ID, owner, 1);
    let message = format!(
        "User: {} is not authorized to perform: {action} on resource: {arn} because no resource-based policy allows the {action} action",
        identity::CALLER_ARN
    );
    Some(Refusal::new(403, "AccessDeniedException", message))
}

/// 404 for a function, version or alias that does not exist.
pub(super) fn missing_function(asked: &Asked) -> Refusal {
    let arn = function_arn(&asked.region, asked.name.as_deref().unwrap_or_default());
    match &asked.qualifier {
        Some(qualifier) => Refusal::missing(format!("Function not found: {arn}:{qualifier}")),
        None => Refusal::missing(format!("Function not found: {arn}")),
    }
}

/// The id of the `count`th request of an operation: the same in every run.
pub(super) fn request_id(operation: &str, count: u64) -> String {
    noise::uuid(noise::mix(noise::seed(operation) ^ count))
}
