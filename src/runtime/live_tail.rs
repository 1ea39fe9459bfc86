//! A live tail on its way: what it tells goes to the inbox as it comes, until it ends or nobody wants it any more.

use tokio::sync::mpsc;

use super::executor::Arrival;
use super::flights::Flights;
use crate::aws::{self, Aws, Problem, TailQuery};
use crate::model::{Msg, Ticket};

/// Opens a session. It goes on for hours, so it is not counted among what the program waits for.
pub fn start(
    aws: Aws,
    query: TailQuery,
    ticket: Ticket,
    inbox: &mpsc::UnboundedSender<Arrival>,
    flights: &mut Flights,
) {
    let tell = inbox.clone();
    let session = async move {
        let answer = aws::live_tail(aws, query, |news| {
            // The inbox is closed only when the program is over.
            let _ = tell.send(Msg::LiveTail { ticket, news }.into());
        });
        Some(Msg::LiveTailEnded { ticket, answer: answer.await }.into())
    };
    let panicked =
        move || Msg::LiveTailEnded { ticket, answer: Err(Problem::panicked("listen to the log groups")) }.into();
    flights.listen(ticket, inbox, session, panicked);
}
