//! Effects as tokio tasks: each gets the session and a ticket, and sends its answer to the inbox.

mod lists;

use std::path::Path;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};

use super::cache::Cache;
use super::flights::Flights;
use super::ports::Ports;
use super::{files, history, insights, live_tail, lookup, payloads, queries};
use crate::aws::{self, Aws, InvocationType, Problem, Target, Text, Watch};
use crate::model::console::{Answer, HistoryAsk};
use crate::model::payloads::PayloadAsk;
use crate::model::{Connection, Effect, Msg, Ticket};

/// How many second questions are in flight at once: enough for 100 a second at 80 ms.
const FEW: usize = 8;

/// What arrives from a task: a message, and with a new session the session itself, which the model
/// never holds.
pub struct Arrival {
    pub(super) msg: Msg,
    pub(super) aws: Option<Aws>,
}

impl From<Msg> for Arrival {
    fn from(msg: Msg) -> Self {
        Self { msg, aws: None }
    }
}

/// An effect that needs the terminal and its owner, not a task.
#[derive(Debug, PartialEq, Eq)]
pub enum Demand {
    /// Give the text to the editor, and the terminal with it.
    Edit(String),
    /// Put the text on the clipboard.
    Copy(String),
    /// Open a page in the browser.
    Browse(String),
    /// Switch the capture of the mouse.
    Mouse(bool),
    /// Stop as ctrl-z does.
    Suspend,
    /// End.
    Quit,
}

/// Runs effects.
pub struct Executor {
    aws: Option<Aws>,
    ports: Ports,
    cache: Cache,
    pub(super) flights: Flights,
    /// Second questions in flight at once: a screen full of rows must not open a connection each.
    few: Arc<Semaphore>,
    inbox: mpsc::UnboundedSender<Arrival>,
}

impl Executor {
    pub(super) fn new(ports: Ports, inbox: mpsc::UnboundedSender<Arrival>) -> Self {
        let cache = Cache::new(ports.cache.clone());
        Self { aws: None, ports, cache, flights: Flights::default(), few: Arc::new(Semaphore::new(FEW)), inbox }
    }

    /// Takes a new session.
    pub(super) fn use_session(&mut self, aws: Aws) {
        self.cache.of_session(&aws);
        self.aws = Some(aws);
    }

    /// Notes whose account the session is, for what is kept on disk.
    pub(super) fn of_account(&self, account: &Text) {
        self.cache.of_account(account, &self.flights);
    }

    /// Starts what an effect asks for; what only the terminal's owner can do is handed back.
    pub(super) fn run(&mut self, effect: Effect) -> Option<Demand> {
        match &effect {
            // What a person writes or copies is nobody's business but theirs.
            Effect::Edit(_) => tracing::debug!("effect: a payload to the editor"),
            Effect::Copy(text) => tracing::debug!(bytes = text.len(), "effect: a text to the clipboard"),
            Effect::Save { bytes, .. } => tracing::debug!(bytes = bytes.len(), "effect: an answer to a file"),
            effect => tracing::debug!(?effect, "effect"),
        }
        match effect {
            Effect::Cancel(ticket) => self.flights.cancel(ticket),
            Effect::Connect { target, ticket, renews } => {
                if !renews {
                    self.aws = None;
                }
                self.connect(target, ticket);
            }
            Effect::Profiles => self.read_profiles(),
            Effect::Unkeep => self.cache.forget(),
            Effect::Save { path, bytes } => self.save(move |here| files::save(here, &path, &bytes)),
            Effect::SaveFile { path, from } => self.save(move |here| files::copy(here, &path, &from)),
            Effect::Payloads { ask, ticket } => self.payloads(ask, ticket),
            Effect::History { ask, ticket } => history::start(ask, ticket, &self.ports, &self.inbox, &self.flights),
            Effect::Queries { ask, ticket } => queries::start(ask, ticket, &self.ports, &self.inbox, &self.flights),
            Effect::Browse(url) => return Some(Demand::Browse(url)),
            Effect::Edit(text) => return Some(Demand::Edit(text)),
            Effect::Copy(text) => return Some(Demand::Copy(text)),
            Effect::Mouse(on) => return Some(Demand::Mouse(on)),
            Effect::Suspend => return Some(Demand::Suspend),
            Effect::Quit => return Some(Demand::Quit),
            request => self.request(request),
        }
        None
    }

    /// Writes what the program leaves behind, at once.
    pub(super) fn write_down(&self, ask: &HistoryAsk) {
        history::settle(ask, &self.ports);
    }

    /// What needs a session. Without one there is nothing to ask: the core asks only when it has one.
    fn request(&mut self, effect: Effect) {
        let Some(aws) = self.aws.clone() else { return };
        match effect {
            Effect::Identify { ticket } => {
                self.answer(ticket, "find out who we are", aws::identity(aws), move |answer| Msg::Identified {
                    ticket,
                    answer,
                });
            }
            Effect::Load { question, ticket, place, recall, keep } => {
                let shelf = keep.then(|| self.cache.shelf(&question)).flatten();
                self.load(aws, (question, place), ticket, recall, shelf);
            }
            Effect::LoadLate { question, key, ticket, rest, first } => {
                self.load_late(aws, (question, key), ticket, (rest, first));
            }
            Effect::Again { question, key, ticket } => self.again(aws, question, key, ticket),
            Effect::Call { call, ticket } => {
                let inbox = self.inbox.clone();
                // The inbox is closed only when the program is over.
                let tell = move |left, of| drop(inbox.send(Msg::Leaving { ticket, left, of }.into()));
                let aws = aws.telling(Arc::new(tell));
                self.answer(ticket, "make the change", call.perform(aws), move |answer| Msg::Called { ticket, answer });
            }
            Effect::Invoke { invocation, ticket, .. } if invocation.kind == InvocationType::ResponseStream => {
                let run = super::stream::invoke(aws, invocation, ticket, self.inbox.clone());
                self.answer(ticket, "invoke the function", run, move |answer| Msg::Invoked { ticket, answer });
            }
            Effect::Invoke { invocation, ticket, counted } => {
                // What came back is looked through here: megabytes must not hold up a key.
                let read = if counted { Answer::counted } else { Answer::of };
                let run = async move { aws::invoke(aws, invocation).await.map(read).map(Box::new) };
                self.answer(ticket, "invoke the function", run, move |answer| Msg::Invoked { ticket, answer });
            }
            Effect::AfterEvent { function, qualifier, ticket } => {
                let read = aws::after_event(aws, function, qualifier);
                self.answer(ticket, "read what becomes of it", read, move |answer| Msg::AfterEvent { ticket, answer });
            }
            Effect::Lookup { ask, ticket } => lookup::start(aws, ask, ticket, &self.inbox, &mut self.flights),
            Effect::Insights { ask, ticket } => insights::start(aws, ask, ticket, &self.inbox, &mut self.flights),
            Effect::WholeRun { log_group, request_id, since, ticket } => {
                let lines = aws::whole_run(aws, log_group, request_id, since);
                self.answer(ticket, "read the log of the run", lines, move |answer| Msg::WholeRun { ticket, answer });
            }
            Effect::LiveTail { query, ticket } => live_tail::start(aws, query, ticket, &self.inbox, &mut self.flights),
            Effect::LogEvents { query, ticket } => {
                let page = aws::log_events(aws, query);
                self.answer(ticket, "read the log", page, move |answer| Msg::LogEvents { ticket, answer });
            }
            _ => {}
        }
    }

    /// Starts a request whose answer is one message.
    fn answer<T, F, M>(&mut self, ticket: Ticket, doing: &'static str, request: F, msg: M)
    where
        F: Future<Output = Result<T, Problem>> + Send + 'static,
        M: Fn(Result<T, Problem>) -> Msg + Clone + Send + Sync + 'static,
    {
        let panicked = msg.clone();
        self.flights.launch(ticket, &self.inbox, async move { Some(msg(request.await).into()) }, move || {
            panicked(Err(Problem::panicked(doing))).into()
        });
    }

    fn connect(&mut self, target: Target, ticket: Ticket) {
        let inbox = self.inbox.clone();
        let watch: Watch = Arc::new(move |traffic| {
            let _ = inbox.send(Msg::Traffic(traffic).into());
        });
        let ports = aws::Ports { http: self.ports.http.clone(), watch, patience: aws::Patience::default() };
        self.read_profiles();
        let task = async move {
            let (answer, aws) = match aws::connect(&target, ports).await {
                Ok(aws) => (Ok(connection(&aws)), Some(aws)),
                Err(problem) => (Err(problem), None),
            };
            Some(Arrival { msg: Msg::Connected { ticket, answer }, aws })
        };
        let panicked = move || Msg::Connected { ticket, answer: Err(Problem::panicked("connect")) }.into();
        self.flights.launch(ticket, &self.inbox, task, panicked);
    }

    /// Reads the names of the profiles beside everything else: the first list does not wait for them.
    fn read_profiles(&self) {
        // A far end in this very process has none.
        if self.ports.http.is_some() {
            return;
        }
        let inbox = self.inbox.clone();
        self.flights.start(async move {
            let _ = inbox.send(Msg::Profiles(aws::profiles().await).into());
        });
    }

    /// Writes a file; counted as on its way until it is written.
    fn save(&self, save: impl FnOnce(Option<&Path>) -> Result<String, String> + Send + 'static) {
        let (inbox, here) = (self.inbox.clone(), self.ports.here.clone());
        self.flights.work(move || {
            let _ = inbox.send(Msg::Saved(save(here.as_deref())).into());
        });
    }

    /// Does something with payloads on disk, beside everything else: a disk may be slow.
    fn payloads(&mut self, ask: PayloadAsk, ticket: Ticket) {
        let data = self.ports.data.clone();
        let lost = || Err("the disk was not reached: the task for it failed".to_owned());
        let task = async move {
            let work = tokio::task::spawn_blocking(move || payloads::perform(ask, data.as_deref()));
            let answer = work.await.unwrap_or_else(|_| lost());
            Some(Msg::Payloads { ticket, answer }.into())
        };
        let panicked = move || Msg::Payloads { ticket, answer: lost() }.into();
        self.flights.launch(ticket, &self.inbox, task, panicked);
    }

    /// Opens a page in the browser, or says where it is.
    pub(super) fn browse(&self, url: String) {
        let inbox = self.inbox.clone();
        self.flights.start(async move {
            let outcome = match super::editor::browse(&url).await {
                Ok(()) => Ok(url),
                Err(why) => Err(format!("{why}; the page is {url}")),
            };
            let _ = inbox.send(Msg::Browsed(outcome).into());
        });
    }
}

/// What the core knows of a session.
fn connection(aws: &Aws) -> Connection {
    Connection {
        profile: aws.profile().map_or(Text::known("default"), Text::line),
        region: Text::line(aws.region()),
        endpoint: aws.endpoint().map(Text::line),
        partition: Text::known(aws.partition()),
    }
}
