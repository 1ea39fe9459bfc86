//! How large a burst is to be: the form, its limits, and what it would cost.

use std::time::Duration;

use tui_input::{Input, InputRequest};

use crate::aws::{self, Account, Invocation};
use crate::model::console::{Console, Progress, Sheet, Wish, took};
use crate::model::{Model, Overlay, Question};
use crate::panes::{Invokee, Scope, Tone, account, grouped};

/// The most runs of a burst, and the most of them at once: a probe, not a load test.
const MOST: Amount = Amount { runs: 1_000, at_once: 100 };
/// So many of the last runs say what one costs.
const RECENT: usize = 20;

/// How large a burst is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// How many runs, 1 to 1,000.
    pub runs: u32,
    /// How many of them at once, 1 to 100.
    pub at_once: u32,
}

impl Default for Amount {
    fn default() -> Self {
        Self { runs: 100, at_once: 10 }
    }
}

/// The form.
#[derive(Debug)]
pub struct Plan {
    /// Its fields: how many runs, how many of them at once.
    pub fields: [Input; 2],
    /// The field that is typed into.
    pub focus: usize,
}

impl Plan {
    /// What each field asks for, and what is allowed in it.
    pub const FIELDS: [(&'static str, &'static str); 2] =
        [("runs", "1 to 1,000: each is an invocation, and each costs"), ("at once", "1 to 100 on their way at a time")];

    /// A form with these numbers in it.
    pub fn of(amount: Amount) -> Self {
        Self { fields: [amount.runs, amount.at_once].map(|number| Input::new(number.to_string())), focus: 0 }
    }

    /// Goes to the other field.
    pub fn step(&mut self) {
        self.focus = 1 - self.focus.min(1);
    }

    /// A key that is typed: digits, as many as a number here can have.
    pub fn type_key(&mut self, request: InputRequest) {
        let Some(field) = self.fields.get_mut(self.focus) else { return };
        let fits = match request {
            InputRequest::InsertChar(c) => c.is_ascii_digit() && field.value().len() < 4,
            _ => true,
        };
        if fits {
            field.handle(request);
        }
    }

    /// The numbers, or which field will not do and why.
    ///
    /// # Errors
    /// The number of the field, from 0, and a sentence.
    pub fn amount(&self) -> Result<Amount, (usize, String)> {
        let read = |n: usize, most: u32| {
            let number = self.fields.get(n).and_then(|field| field.value().parse::<u32>().ok());
            let number = number.filter(|number| (1..=most).contains(number));
            number.ok_or_else(|| (n, format!("a number from 1 to {}", grouped(most.into()))))
        };
        let (runs, at_once) = (read(0, MOST.runs)?, read(1, MOST.at_once)?);
        Ok(Amount { runs, at_once: at_once.min(runs) })
    }
}

impl Amount {
    /// `100 times, 10 at once`.
    pub fn words(self) -> String {
        let Self { runs, at_once } = self;
        let times = if runs == 1 { "once".to_owned() } else { format!("{} times", grouped(runs.into())) };
        let at_once = if at_once == 1 { "one after the other".to_owned() } else { format!("{at_once} at once") };
        format!("{times}, {at_once}")
    }
}

impl Console {
    /// What runs of that were billed on average, of how many, and the memory in MB.
    fn billed_lately(&self, invokee: &Invokee) -> Option<(Duration, usize, i64)> {
        let same = self.own_runs().filter(|run| run.invokee == *invokee);
        let figures = same.filter_map(|run| match &run.progress {
            Progress::Answered(answer) => {
                let report = answer.tail.as_ref()?.report.as_ref()?;
                Some((report.billed?, 1, report.memory?))
            }
            Progress::Burst(burst) if burst.tally.reported > 0 => {
                let tally = &burst.tally;
                Some((Duration::from_millis(tally.billed), tally.reported, tally.memory))
            }
            _ => None,
        });
        let figures: Vec<(Duration, u32, i64)> = figures.take(RECENT).collect();
        let count: u32 = figures.iter().map(|(_, count, _)| count).sum();
        let billed = figures.iter().map(|(billed, ..)| *billed).sum::<Duration>().checked_div(count)?;
        Some((billed, usize::try_from(count).unwrap_or(0), figures.first()?.2))
    }
}

impl Model {
    /// A burst is planned, or waits for a yes.
    pub(in crate::model::console) fn plans_burst(&self) -> bool {
        let burst = |wish: &Wish| matches!(wish, Wish::Burst(..));
        self.overlays.iter().any(|overlay| match overlay {
            Overlay::Console(Sheet::Plan(_)) => true,
            Overlay::Console(Sheet::Sending(sending)) => burst(&sending.wish),
            _ => false,
        })
    }

    /// The list that says how much concurrency is left, while a burst is planned.
    pub(in crate::model::console) fn burst_questions(&self) -> Vec<Question> {
        vec![Question { pane: account::PANE.id, scope: Scope::Account }]
    }

    /// What a burst would cost, in sentences that say what they stand on.
    pub fn burst_cost(&self, invokee: &Invokee, amount: Amount) -> Vec<(Tone, String)> {
        let region = self.session.region();
        let price = |billed, memory| {
            Some(aws::price(&region, invokee.architecture.as_deref(), billed, memory)?.times(amount.runs))
        };
        let known = self.console.billed_lately(invokee);
        let likely = known.and_then(|(billed, count, memory)| {
            let price = price(billed, memory)?;
            let (sign, dollars, source) = (price.sign(), price.words(), price.source());
            let runs = if count == 1 { "the last run was".to_owned() } else { format!("the last {count} runs were") };
            let mean = if count == 1 { "" } else { " on average" };
            Some(format!("cost {sign} {dollars}, as {runs} billed {}{mean} ({source})", took(billed)))
        });
        let memory = known.map(|(_, _, memory)| memory);
        let memory = memory.or_else(|| self.console_function().map(|function| function.memory.into()));
        // An alias does not tell whose timeout counts; that of $LATEST is seldom another one.
        let own = || self.console_function().map(|function| (function.timeout, " of $LATEST"));
        let limit = invokee.timeout.map(|limit| (limit, "")).or_else(own);
        let longest = limit.zip(memory).and_then(|((limit, whose), memory)| {
            let price = price(Duration::from_secs(limit.into()), memory)?;
            let (dollars, source) = (price.words(), price.source());
            let why = if known.is_some() { "" } else { "; no run is known yet" };
            Some(format!("cost at most {dollars}, if each lasts until the timeout{whose}, {limit} s{why} ({source})"))
        });
        let lines: Vec<String> = likely.into_iter().chain(longest).collect();
        if lines.is_empty() {
            return vec![(Tone::Warn, "what it costs is not known here".to_owned())];
        }
        lines.into_iter().map(|line| (Tone::Plain, line)).collect()
    }

    /// Whether there is concurrency for it, as far as is known.
    pub fn burst_room(&self, amount: Amount) -> Vec<(Tone, String)> {
        let Amount { at_once, .. } = amount;
        let wanted = i64::from(at_once);
        if let Some(reserved) = self.console_reserved() {
            return match reserved {
                // What stands in its way altogether is said with the other obstacles.
                0 => Vec::new(),
                _ if wanted > reserved => {
                    let words =
                        format!("{reserved} executions are reserved for it: of {at_once} at once some are throttled");
                    vec![(Tone::Warn, words)]
                }
                _ => vec![(Tone::Plain, format!("{} executions are reserved for it", grouped(reserved)))],
            };
        }
        let question = Question { pane: account::PANE.id, scope: Scope::Account };
        let account = self.store.rows(&question).first().and_then(|row| row.item.get::<Account>());
        match (account, self.store.list(&question).and_then(|slot| slot.problem())) {
            (Some(account), _) if wanted > i64::from(account.unreserved) => {
                let words = format!(
                    "the account has {} executions for all functions without a reservation: it and they are throttled",
                    grouped(account.unreserved.into())
                );
                vec![(Tone::Warn, words)]
            }
            (Some(account), _) => {
                let words = format!(
                    "it takes up to {at_once} of the account's {} unreserved executions; the others share what is left",
                    grouped(account.unreserved.into())
                );
                vec![(Tone::Plain, words)]
            }
            (None, Some(problem)) => {
                vec![(Tone::Warn, format!("how much concurrency is left is not known: {}", problem.brief()))]
            }
            (None, None) => vec![(Tone::Muted, "how much concurrency is left is being read …".to_owned())],
        }
    }

    /// What else to know of it before it begins.
    pub fn burst_remarks(&self, invocation: &Invocation) -> Vec<(Tone, String)> {
        let tail = "the log tail is off (ctrl-p): cold starts, durations and costs will not be known".to_owned();
        (!invocation.tail).then_some((Tone::Warn, tail)).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_limits() {
        let amount = |runs: &str, at_once: &str| {
            Plan { fields: [runs, at_once].map(Input::from), focus: 0 }.amount().map_err(|(field, _)| field)
        };
        assert_eq!(amount("1000", "100"), Ok(MOST));
        assert_eq!(amount("5", "10"), Ok(Amount { runs: 5, at_once: 5 }), "no more at once than there are");
        assert_eq!(amount("0", "10"), Err(0));
        assert_eq!(amount("1001", "10"), Err(0));
        assert_eq!(amount("10", "101"), Err(1));
        assert_eq!(amount("10", ""), Err(1));
    }

    #[test]
    fn only_digits_are_typed() {
        let mut plan = Plan::of(Amount { runs: 1, at_once: 1 });
        for c in "2x34567".chars() {
            plan.type_key(InputRequest::InsertChar(c));
        }
        plan.step();
        plan.type_key(InputRequest::InsertChar('0'));
        assert_eq!(plan.fields.map(|field| field.value().to_owned()), ["1234", "10"]);
    }
}
