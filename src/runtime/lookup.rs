//! What is looked up while logs are chosen by name: one task for each question.

use tokio::sync::mpsc;

use super::executor::Arrival;
use super::flights::Flights;
use crate::aws::{self, Aws, Problem};
use crate::model::lookup::{LookupAsk, LookupTold};
use crate::model::{Msg, Ticket};

/// Asks; the answer comes as a message.
pub fn start(aws: Aws, ask: LookupAsk, ticket: Ticket, inbox: &mpsc::UnboundedSender<Arrival>, flights: &mut Flights) {
    let lost = ask.clone();
    let panicked = move || Msg::Lookup { ticket, told: lost.failed(Problem::panicked("look it up")) }.into();
    let task = async move {
        let told = match ask {
            LookupAsk::Groups(part) => LookupTold::Groups(aws::log_groups(aws, part).await),
            LookupAsk::Alias(of) => LookupTold::Alias(aws::alias_versions(aws, of.function, of.alias).await),
            LookupAsk::Tags(function) => LookupTold::Tags(aws::tags(aws, function).await),
        };
        Some(Msg::Lookup { ticket, told }.into())
    };
    flights.launch(ticket, inbox, task, panicked);
}
