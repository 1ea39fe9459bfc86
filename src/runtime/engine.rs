//! Model, executor and inbox: the program without its terminal. Stepped by the terminal loop and by tests alike.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::clock::Clock;
use super::executor::{Arrival, Demand, Executor};
use super::ports::Ports;
use crate::model::console::Run;
use crate::model::insights::{InsightsTold, Run as Query};
use crate::model::{Effect, Gesture, Model, Mouse, Msg};
use crate::ui::Canvas;
use crate::{ui, update};

/// So long the end of the program waits at most for a query to be stopped: the prompt is back within a second.
const LAST: Duration = Duration::from_millis(800);
/// What is said of a query that could not be stopped.
const QUERY_GOES_ON: &str = "the query of Logs Insights goes on in AWS: what it still reads is paid";

/// Whether to go on, and what only the terminal's owner can do.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// What the terminal's owner is asked to do, in order.
    pub demands: Vec<Demand>,
}

impl Flow {
    /// The program is to end.
    pub fn quits(&self) -> bool {
        self.demands.contains(&Demand::Quit)
    }
}

/// The program without its terminal.
pub struct Engine {
    /// Apart, as futures that carry an engine would carry all of it.
    model: Box<Model>,
    executor: Executor,
    inbox: mpsc::UnboundedReceiver<Arrival>,
    clock: Clock,
}

impl Engine {
    /// A program at its start; nothing is asked before the first message.
    pub fn new(model: Model, ports: Ports, clock: Clock) -> Self {
        let (sender, inbox) = mpsc::unbounded_channel();
        Self { model: Box::new(model), executor: Executor::new(ports, sender), inbox, clock }
    }

    /// Runs tasks elsewhere from now on, not beside the program itself.
    pub fn run_tasks_at(&mut self, workers: Handle) {
        self.executor.flights.fly_at(workers);
    }

    /// Takes one message in: update, then run the effects.
    pub fn feed(&mut self, msg: Msg) -> Flow {
        let now = (self.clock)();
        // What a person types or writes, and what a function answers, is nobody's business but theirs.
        if !matches!(
            msg,
            Msg::Key(_) | Msg::Hasty(_) | Msg::Paste(_) | Msg::Edited(_) | Msg::Streamed { .. } | Msg::Invoked { .. }
        ) {
            tracing::trace!(?msg, "message");
        }
        let msg = self.pointed(msg);
        let mut effects = update::update(&mut self.model, now, msg);
        if let Some(end) = ui::end_of_text(&self.model) {
            effects.extend(update::update(&mut self.model, now, Msg::TextEnds(end)));
        }
        Flow { demands: effects.into_iter().filter_map(|effect: Effect| self.executor.run(effect)).collect() }
    }

    /// A click, or what is clicked in what lies on top: only those who draw it know.
    fn pointed(&self, msg: Msg) -> Msg {
        match msg {
            Msg::Mouse(Mouse { x, y, what: Gesture::Click }) if !self.model.overlays.is_empty() => {
                ui::steps_to(&self.model, x, y).map_or(msg, Msg::Pointed)
            }
            msg => msg,
        }
    }

    /// The next answer. Waits; never ends while the program lives.
    pub async fn next(&mut self) -> Msg {
        match self.inbox.recv().await {
            Some(arrival) => self.receive(arrival),
            // The executor holds a sender, so this cannot be reached.
            None => std::future::pending().await,
        }
    }

    /// An answer that is already here.
    pub fn ready(&mut self) -> Option<Msg> {
        let arrival = self.inbox.try_recv().ok()?;
        Some(self.receive(arrival))
    }

    /// Keeps what the model must not hold.
    fn receive(&mut self, arrival: Arrival) -> Msg {
        if let Some(aws) = arrival.aws
            && self.model.awaits(&arrival.msg)
        {
            self.executor.use_session(aws);
        }
        if let Msg::Identified { answer: Ok(identity), .. } = &arrival.msg
            && self.model.awaits(&arrival.msg)
        {
            self.executor.of_account(&identity.account);
        }
        arrival.msg
    }

    /// Feeds answers until nothing is on its way and the inbox is empty. Gives what was demanded.
    pub async fn idle(&mut self) -> Flow {
        let mut flow = Flow::default();
        let mut flights = self.executor.flights.count();
        loop {
            while let Some(msg) = self.ready() {
                flow.demands.extend(self.feed(msg).demands);
            }
            if *flights.borrow_and_update() == 0 {
                // A task sends its answer before it lands, so an empty inbox after zero is final.
                match self.ready() {
                    Some(msg) => flow.demands.extend(self.feed(msg).demands),
                    None => return flow,
                }
                continue;
            }
            tokio::select! {
                biased;
                msg = self.next() => flow.demands.extend(self.feed(msg).demands),
                _ = flights.changed() => {}
            }
        }
    }

    /// How long until the program wants to hear the time; `None`: only when something happens.
    pub fn wake_in(&self) -> Option<Duration> {
        let now = (self.clock)().since;
        update::wake_at(&self.model).map(|moment| moment.saturating_sub(now))
    }

    /// Draws the program as it is.
    pub fn draw(&self, canvas: &mut Canvas) {
        ui::draw(canvas, &self.model);
    }

    /// What the program knows.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The same, to be tampered with.
    #[cfg(test)]
    pub fn model_mut(&mut self) -> &mut Model {
        &mut self.model
    }

    /// Changes that are on their way, in words: they are named when the program ends.
    pub fn unfinished(&self) -> Vec<String> {
        let runs = self.model.console.running().map(Run::goes_on);
        let calls = self.model.calls.iter().map(|sent| format!("{}: sent, its outcome was not awaited", sent.sentence));
        let query = self.queries().then(|| QUERY_GOES_ON.to_owned());
        runs.chain(calls).chain(query).collect()
    }

    /// Opens a page in the browser, or says where it is: for the terminal's owner, who was asked to.
    pub fn browse(&self, url: String) {
        self.executor.browse(url);
    }

    /// The program ends: drops everything on its way, and notes the runs among it in the history. Blocks for as long as
    /// the disk takes; a query is stopped, and waited for a moment. Gives what goes on, in words.
    pub async fn leave(&mut self) -> Vec<String> {
        let mut unfinished = self.unfinished();
        let queried = self.queries();
        for effect in update::leave(&mut self.model, (self.clock)()) {
            match effect {
                Effect::History { ask, .. } => self.executor.write_down(&ask),
                effect => drop(self.executor.run(effect)),
            }
        }
        if queried && tokio::time::timeout(LAST, self.query_stopped()).await == Ok(true) {
            unfinished.retain(|words| words != QUERY_GOES_ON);
        }
        self.executor.flights.cancel_all();
        unfinished
    }

    /// A query of Logs Insights runs.
    fn queries(&self) -> bool {
        self.model.insights.run.as_ref().is_some_and(Query::goes_on)
    }

    /// Waits until the query that was given up is stopped; `false` if AWS does not stop it. One that was being sent has
    /// to be known by its number first.
    async fn query_stopped(&mut self) -> bool {
        loop {
            let msg = self.next().await;
            match &msg {
                Msg::Insights { told: InsightsTold::Stopped(answer), .. } => return answer.is_ok(),
                Msg::Insights { told: InsightsTold::Started(Err(_)), .. } => return true,
                Msg::Insights { told: InsightsTold::Started(Ok(_)), .. } => drop(self.feed(msg)),
                _ => {}
            }
        }
    }
}
