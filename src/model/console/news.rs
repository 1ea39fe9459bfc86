//! Runs that ended: while something else was on the screen, and since they were last written down.

use super::super::msg::Ticket;
use super::{Console, Record, Run, Whose};

impl Console {
    /// Notes that a run ended unseen, and gives it.
    pub fn ended_unseen(&mut self, ticket: Ticket) -> Option<&Run> {
        let run = self.runs.iter_mut().find(|run| run.ticket == ticket)?;
        run.unseen = true;
        Some(run)
    }

    /// The newest run of the function that ended unseen; from now on none of them counts as such.
    pub(super) fn take_news(&mut self) -> Option<Ticket> {
        let news = self.own_runs().find(|run| run.unseen).map(|run| run.ticket);
        let own: Vec<Ticket> = self.own_runs().map(|run| run.ticket).collect();
        for run in self.runs.iter_mut().filter(|run| own.contains(&run.ticket)) {
            run.unseen = false;
        }
        news
    }

    /// The runs that ended since this was asked last, with their functions' ARNs, as they are to be kept.
    pub fn newly_ended(&mut self, payloads: bool) -> Vec<(Whose, Record)> {
        let ended = self.runs.iter_mut().filter(|run| run.ended.is_some() && !run.kept);
        ended
            .map(|run| {
                run.kept = true;
                let whose = Whose { arn: run.invokee.function.arn.clone(), endpoint: run.site.endpoint.clone() };
                (whose, Record::of(run, payloads))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::tests::{console, run, turn_to};
    use super::*;
    use crate::aws::Text;
    use crate::model::Site;

    #[test]
    fn a_run_stays_with_the_endpoint_that_it_was_sent_to() {
        let mut console = console();
        let local = Site { endpoint: Some(Text::known("http://localhost:4566")), ..Site::default() };
        run(&mut console, 1, 10);
        turn_to(&mut console, local.clone());
        assert_eq!(console.own_runs().count(), 0, "the ARN is the same, the function is not");
        run(&mut console, 2, 10);
        console.ended_unseen(Ticket::test(1));
        assert_eq!(console.take_news(), None);
        turn_to(&mut console, Site::default());
        assert_eq!(console.run().map(|run| run.ticket), Some(Ticket::test(1)));
        let kept: Vec<_> = console.newly_ended(true).into_iter().map(|(whose, _)| whose.endpoint).collect();
        assert_eq!(kept, [None, local.endpoint], "wherever the session is by then");
    }
}
