//! What is kept in memory of runs of before: what they answered and logged has a limit.

use std::sync::Arc;

use super::failure::Failure;
use super::{Answer, Console, Progress, Run, WholeLog};
use crate::aws::Outcome;
use crate::model::body::Body;
use crate::model::msg::Ticket;
use crate::panes::{Tone, bytes};

/// The most bytes of answers and whole logs of all runs. A tree of JSON takes some bytes more for each value.
const KEPT: usize = 64 * 1024 * 1024;

/// A payload that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// How many bytes it had.
    pub size: usize,
    /// Why it is not kept.
    pub why: String,
}

impl Answer {
    /// Reads what a burst counts, and lets go of the rest: answers may be long, and many come at once.
    pub fn counted(mut outcome: Outcome) -> Self {
        let failure = outcome.function_error.as_ref().and_then(|_| Failure::read(&outcome.payload));
        outcome.payload = Vec::new();
        if let Some(tail) = &mut outcome.tail {
            tail.lines = Vec::new();
        }
        Self::with(outcome, failure)
    }

    /// The bytes that came back, kept or not: of a long stream only the beginning is in memory.
    pub fn size(&self) -> usize {
        let came = || self.stream.as_ref().map(|(_, arrived)| usize::try_from(arrived.bytes).unwrap_or(usize::MAX));
        self.forgotten.as_ref().map(|gone| gone.size).or_else(came).unwrap_or_else(|| self.body.bytes().len())
    }

    /// The file with all of it, if memory holds only the beginning.
    pub fn spill(&self) -> Option<&str> {
        self.stream.as_ref()?.1.file.as_ref()?.as_deref().ok()
    }

    /// What came back.
    ///
    /// # Errors
    /// In a sentence, when it is not kept any more.
    pub(super) fn came_back(&self) -> Result<Arc<Vec<u8>>, String> {
        match &self.forgotten {
            Some(gone) => Err(format!("the answer of this run is not kept: {}", gone.why)),
            None => Ok(self.body.bytes().clone()),
        }
    }

    /// Lets go of the body; its size stays.
    fn forget(&mut self) {
        let limit = bytes(i64::try_from(KEPT).unwrap_or(i64::MAX));
        let why = format!("those of later runs take {limit} together");
        self.forgotten = Some(Gone { size: self.size(), why });
        self.body = Body::of(Vec::new());
    }

    /// What is said in place of a body that is not kept.
    pub(super) fn let_go(&self) -> Option<(Tone, String)> {
        let Gone { size, why } = self.forgotten.as_ref()?;
        let size = bytes(i64::try_from(*size).unwrap_or(i64::MAX));
        Some((Tone::Warn, format!("! this answer of {size} is not kept: {why}")))
    }
}

impl Run {
    /// The bytes that it holds of what came back and of its whole log.
    fn held(&self) -> usize {
        let answer = match &self.progress {
            Progress::Answered(answer) => answer.body.held(),
            _ => 0,
        };
        answer + self.whole_log.lines.as_ref().map_or(0, |log| 2 * log.logged().len())
    }

    fn forget(&mut self) {
        if let Progress::Answered(answer) = &mut self.progress
            && !answer.body.bytes().is_empty()
        {
            answer.forget();
        }
        // It can be asked for again.
        self.whole_log = WholeLog::default();
    }
}

impl Console {
    /// Lets go of the oldest answers until all together take no more than they may; `spared` are those on the screen
    /// and the one that came last.
    pub(super) fn forget_answers(&mut self, last: Ticket) {
        self.forget_answers_beyond(KEPT, last);
    }

    fn forget_answers_beyond(&mut self, most: usize, last: Ticket) {
        let on_show = self.run().map(|run| run.ticket);
        let mut held: usize = self.runs.iter().map(Run::held).sum();
        for run in self.runs.iter_mut().filter(|run| run.ticket != last && Some(run.ticket) != on_show) {
            if held <= most {
                return;
            }
            held -= run.held();
            run.forget();
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use super::*;
    use crate::aws::{Invocation, InvocationType, LogTail, Text};
    use crate::model::Site;
    use crate::model::msg::Now;
    use crate::panes::{FunctionRef, Invokee};

    pub fn console() -> Console {
        let function = FunctionRef { name: Text::known("orders-api"), arn: Text::known("arn:orders-api") };
        let mut console = Console::default();
        let invokee = Invokee {
            function,
            qualifier: None,
            timeout: Some(3),
            architecture: None,
            log_group: None,
            versions: Vec::new(),
        };
        console.open(Site::default(), invokee);
        console
    }

    /// The same function in another place.
    pub fn turn_to(console: &mut Console, site: Site) {
        let invokee = console.invokee.clone().unwrap();
        console.open(site, invokee);
    }

    pub fn run(console: &mut Console, number: u64, answer: usize) {
        let now = Now { since: Duration::from_secs(number), wall: chrono::DateTime::UNIX_EPOCH };
        let invocation = Invocation {
            function: Text::known("arn:orders-api"),
            qualifier: None,
            payload: [].into(),
            kind: InvocationType::RequestResponse,
            tail: true,
            tenant: None,
            client_context: None,
            execution: None,
            timeout: Duration::from_secs(13),
        };
        console.start(Ticket::test(number), invocation, now);
        let outcome = Outcome {
            status: 200,
            executed_version: None,
            function_error: None,
            payload: vec![b'x'; answer],
            tail: None,
            request_id: None,
            durable: None,
            streamed: None,
            cut: None,
        };
        assert!(console.finish(Ticket::test(number), Ok(Answer::of(outcome).into()), now));
    }

    /// The bytes that each run still holds, newest first.
    fn held(console: &Console) -> Vec<usize> {
        console.own_runs().map(Run::held).collect()
    }

    #[test]
    fn the_oldest_answers_go_first_and_their_size_stays() {
        let mut console = console();
        for (number, size) in [(1, 400), (2, 300), (3, 200), (4, 100)] {
            run(&mut console, number, size);
        }
        console.forget_answers_beyond(600, Ticket::test(4));
        assert_eq!(held(&console), [100, 200, 300, 0]);
        console.show(Ticket::test(1));
        let Some(Progress::Answered(answer)) = console.run().map(|run| &run.progress) else { panic!("no answer") };
        assert_eq!(answer.size(), 400);
        let said = answer.said(80).into_iter().map(|(_, line)| line).collect::<Vec<_>>().join(" ");
        assert!(said.contains("this answer of 400 B is not kept"), "{said}");
    }

    #[test]
    fn of_an_answer_that_is_counted_only_what_is_counted_stays() {
        let payload = br#"{"errorType": "ValueError", "errorMessage": "no"}"#.to_vec();
        let log = "START RequestId: r\nhello\nREPORT RequestId: r\tDuration: 12.00 ms\tBilled Duration: 13 ms";
        let answer = Answer::counted(Outcome {
            status: 200,
            executed_version: None,
            function_error: Some(Text::known("Unhandled")),
            payload,
            tail: Some(LogTail::again(log, false, None)),
            request_id: None,
            durable: None,
            streamed: None,
            cut: None,
        });
        assert_eq!(answer.failure.unwrap().sentence(), "ValueError: no");
        assert!(answer.body.bytes().is_empty() && answer.tail.unwrap().lines.is_empty());
    }

    #[test]
    fn the_answer_on_show_and_the_last_one_stay_however_long_they_are() {
        let mut console = console();
        for number in 1..=3 {
            run(&mut console, number, 1000);
        }
        console.show(Ticket::test(1));
        console.forget_answers_beyond(10, Ticket::test(3));
        assert_eq!(held(&console), [1000, 0, 1000]);
    }
}
