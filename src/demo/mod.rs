//! An AWS account in memory that answers the wire protocol: `--demo`, and the far end of the tests.
//!
//! It tells the truth about AWS, the unpleasant parts too: pages of 50, fields that lists omit, `Pending` before `Active`,
//! throttling, and errors in the shape of each protocol. Everything is computed from a seed and from the clock it is
//! given, so the same clock gives the same answers.
//!
//! A request is decided when it arrives: what it is answered, and whether it fails. Latency and gates only hold the
//! answer back, so an answer that is held back is as old as it would be if the network were slow.

mod account;
mod answer;
mod busy;
mod connector;
mod gate;
mod history;
mod identity;
mod insights;
mod lambda;
mod layer_record;
mod log_group;
mod log_source;
mod logs;
mod mapping_record;
mod names;
mod noise;
mod paging;
mod pieces;
mod record;
mod release;
mod request;
mod run_log;
mod script;
mod seed;
mod showcase;
mod verdict;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::Request;
use serde_json::Value;
use tokio::sync::watch;

use account::Account;
use request::Asked;
use script::{Plan, Script};

pub use account::LastMarker;
pub use answer::Answer;
pub use connector::{SharedHttpClient, http_client};
pub use gate::Gate;
pub use logs::{LogQuirks, TailEnd};
pub use pieces::Pieces;
pub use script::Fault;
pub use seed::{Access, Concurrency, FunctionSeed, Life};

/// Where the account reads the time: the program gives it the real one, a test any it likes.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// An account, and the script of how it behaves. Cheap to clone; clones are the same account.
#[derive(Clone)]
pub struct Demo {
    inner: Arc<Inner>,
}

struct Inner {
    clock: Clock,
    account: Mutex<Account>,
    script: Mutex<Script>,
    /// Rung whenever a line is written: live tails listen to it.
    bell: watch::Sender<u64>,
}

impl Demo {
    /// The account of `--demo`: 80 ms away, every kind of function, and it moves while one watches.
    #[must_use]
    pub fn account(clock: Clock) -> Self {
        let demo = Self::empty(clock);
        showcase::furnish(&mut demo.lock_account());
        demo.latency(Duration::from_millis(80));
        demo
    }

    /// An account with nothing in it, no latency, and nothing that moves: for tests.
    #[must_use]
    pub fn empty(clock: Clock) -> Self {
        let account = Mutex::new(Account::empty(clock()));
        Self { inner: Arc::new(Inner { clock, account, script: Mutex::default(), bell: watch::Sender::new(0) }) }
    }

    /// An account of `n` plain functions with believable names, without latency: for size tests and benches.
    #[must_use]
    pub fn with_functions(clock: Clock, n: usize) -> Self {
        let demo = Self::empty(clock);
        {
            let mut account = demo.lock_account();
            (0..n).for_each(|number| account.put(names::plain(number)));
        }
        demo
    }

    /// How long every answer takes on its way.
    pub fn latency(&self, latency: Duration) {
        self.lock_script().latency = latency;
    }

    /// Makes pages no longer than this (at least 1).
    pub fn page_size(&self, items: usize) {
        self.lock_account().page_size = Some(items.max(1));
    }

    /// How long an `UpdateFunctionConfiguration` stays `InProgress` (3 s unless said).
    pub fn update_lasts(&self, time: Duration) {
        self.lock_account().update_lasts = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
    }

    /// How long a query of Logs Insights takes (2.4 s unless said). It goes by the account's clock: one that stands
    /// still never gets further.
    pub fn queries_last(&self, time: Duration) {
        self.lock_account().queries.last = TimeDelta::from_std(time).unwrap_or(TimeDelta::MAX);
    }

    /// Throttles everything but invocations above this many requests per second and this many at once; `None` lifts
    /// the limit. It goes by the account's clock: one that stands still never refills the bucket.
    pub fn rate_limit(&self, per_second: Option<f64>, burst: u32) {
        self.lock_script().rate_limit(per_second, burst);
    }

    /// Puts a gate in front of an operation (`GetFunction`), of one request (`GetFunction orders-api`, as the journal
    /// writes it), of each frame but the first of a streamed answer (`Chunk orders-api`), or of each piece of a request
    /// that a server reads from its socket (`Read`). A gate that stood there before is opened.
    #[must_use]
    pub fn gate(&self, operation: &str) -> Gate {
        self.lock_script().gate(operation)
    }

    /// Waits until the next piece of a request may be read.
    pub async fn may_read(&self) {
        let held = self.lock_script().gates("Read");
        for gate in held {
            gate.pass().await;
        }
    }

    /// Makes an operation, or one request as the journal writes it, fail until [`Demo::clear_faults`].
    pub fn fail(&self, operation: &str, fault: Fault) {
        self.lock_script().fail(operation, None, fault);
    }

    /// Makes it fail the next `n` times.
    pub fn fail_times(&self, operation: &str, n: usize, fault: Fault) {
        self.lock_script().fail(operation, Some(n), fault);
    }

    /// Lets everything succeed again.
    pub fn clear_faults(&self) {
        self.lock_script().clear_faults();
    }

    /// What was asked, in the order of arrival: `ListFunctions`, `GetFunction orders-api`, `Invoke orders-api:live Event`.
    /// The last 100,000 lines.
    #[must_use]
    pub fn journal(&self) -> Vec<String> {
        self.lock_script().journal()
    }

    /// The bodies of the requests of an operation, in the order of arrival: JSON up to 64 KB, payloads of invocations
    /// not among them. The last 200.
    #[must_use]
    pub fn bodies(&self, operation: &str) -> Vec<Value> {
        self.lock_script().bodies(operation)
    }

    /// How often each operation was asked for since the journal was last cleared.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, u64> {
        self.lock_script().counts()
    }

    /// How many requests were over the rate limit.
    pub fn throttled(&self) -> u64 {
        self.lock_script().throttled()
    }

    /// Forgets what was asked.
    pub fn clear_journal(&self) {
        self.lock_script().clear_journal();
    }

    /// Puts a function, in place of the one of that name; invocations in between are forgotten.
    pub fn put_function(&self, seed: FunctionSeed) {
        self.lock_account().put(seed);
    }

    /// Takes a function away; says whether there was one.
    pub fn remove_function(&self, name: &str) -> bool {
        let now = self.now();
        self.lock_account().remove(name, now).is_some()
    }

    /// Lays fields over the configuration of a function, as if somebody else had changed it: a new `RevisionId`, no new
    /// `LastModified`. A field that is `null` goes away. Says whether there is such a function.
    pub fn patch_function(&self, name: &str, fields: &Value) -> bool {
        let mut account = self.lock_account();
        let Some(record) = account.record_mut(name) else { return false };
        for (field, value) in fields.as_object().into_iter().flatten() {
            if value.is_null() {
                record.seed.configuration.remove(field);
            } else {
                record.seed.configuration.insert(field.clone(), value.clone());
            }
        }
        record.revision += 1;
        true
    }

    /// Lays fields over an alias, as if somebody else had changed it: a new `RevisionId`. A field that is `null` goes
    /// away. Says whether there is such an alias.
    pub fn patch_alias(&self, function: &str, alias: &str, fields: &Value) -> bool {
        let mut account = self.lock_account();
        account.record_mut(function).is_some_and(|record| lambda::aliases::patch(record, alias, fields))
    }

    /// Sets the state of a function with its reason and the reason's code (both may be empty).
    pub fn set_state(&self, name: &str, state: &str, reason: &str, code: &str) -> bool {
        self.set_words(name, [("State", state), ("StateReason", reason), ("StateReasonCode", code)])
    }

    /// Sets the status of a function's last update with its reason and the reason's code (both may be empty).
    pub fn set_last_update_status(&self, name: &str, status: &str, reason: &str, code: &str) -> bool {
        let fields = ["LastUpdateStatus", "LastUpdateStatusReason", "LastUpdateStatusReasonCode"];
        let [a, b, c] = fields;
        self.set_words(name, [(a, status), (b, reason), (c, code)])
    }

    /// Puts a layer: `{"LayerName": ..., "Versions": [...]}`, versions in AWS's words, oldest first, each with a `Policy`
    /// (a list of statements) if others may use it, and with an `Owner` if it is another account's.
    pub fn put_layer(&self, layer: Value) {
        self.lock_account().layers.push(layer_record::LayerRecord::of(&seed::object(layer)));
    }

    /// Takes a version of a layer away; says whether there was one.
    pub fn remove_layer_version(&self, layer: &str, number: u64) -> bool {
        let mut account = self.lock_account();
        let Some(layer) = account.layers.iter_mut().find(|it| it.name == layer) else { return false };
        let before = layer.versions.len();
        layer.versions.retain(|version| version.number != number);
        layer.versions.len() < before
    }

    /// Answers one request of the wire protocol.
    pub async fn handle(&self, request: Request<Vec<u8>>) -> Answer {
        let asked = Asked::read(request, self.now());
        let plan = self.lock_script().arrive(&asked.operation, asked.line(), asked.said(), asked.now);
        let Plan { latency, gates, fault, count } = plan;
        // Of the operation's own count: other requests, which may be cancelled or not, do not change it.
        let id = account::request_id(&asked.operation, count);
        let _occupied = self.occupy(&asked);
        let (answer, wait) = self.decide(&asked, fault, &id);
        if asked.operation.starts_with("Invoke") {
            self.ring();
        }
        for gate in gates {
            gate.pass().await;
        }
        let time = latency + wait;
        if !time.is_zero() {
            tokio::time::sleep(time).await;
        }
        match answer {
            Answer::Stream(stream) => {
                let held = self.lock_script().gates(&format!("Chunk {}", asked.name.unwrap_or_default()));
                Answer::Stream(stream.map(|pieces| pieces.held(&held).fed_by(self)))
            }
            answer => answer,
        }
    }

    fn set_words(&self, name: &str, words: [(&str, &str); 3]) -> bool {
        let mut account = self.lock_account();
        let Some(record) = account.record_mut(name) else { return false };
        record.pending_until = None;
        record.update = None;
        for (field, word) in words {
            if word.is_empty() {
                record.seed.configuration.remove(field);
            } else {
                record.seed.configuration.insert(field.to_owned(), word.into());
            }
        }
        true
    }

    fn now(&self) -> DateTime<Utc> {
        (self.inner.clock)()
    }

    // Every change under these locks is whole before anything in it can panic, so a poisoned one is still good.
    fn lock_account(&self) -> MutexGuard<'_, Account> {
        self.inner.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_script(&self) -> MutexGuard<'_, Script> {
        self.inner.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demo").field("functions", &self.lock_account().functions.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
