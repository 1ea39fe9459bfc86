//! Earlier queries of Logs Insights on disk: `queries/<account>@<region>.jsonl` in the data folder, a query a line.

use std::path::Path;

use tokio::sync::mpsc;

use super::executor::Arrival;
use super::flights::Flights;
use super::journal;
use super::ports::Ports;
use crate::model::insights::{Kept, KeptAsk};
use crate::model::{Msg, Ticket};

/// Does what was asked beside everything else; the answer comes as a message.
pub fn start(ask: KeptAsk, ticket: Ticket, ports: &Ports, inbox: &mpsc::UnboundedSender<Arrival>, flights: &Flights) {
    let (data, inbox) = (ports.data.clone(), inbox.clone());
    flights.work(move || {
        let answer = perform(&ask, data.as_deref());
        let _ = inbox.send(Msg::Queries { ticket, answer }.into());
    });
}

/// Does what was asked. Blocks. Without a folder there are no earlier queries.
fn perform(ask: &KeptAsk, data: Option<&Path>) -> Result<Vec<Kept>, String> {
    let (KeptAsk::Read(whose) | KeptAsk::Keep(whose, _)) = ask;
    let Some(data) = data else { return Ok(Vec::new()) };
    let session = journal::session(&whose.account, &whose.region, whose.endpoint.as_deref());
    let path = data.join("queries").join(format!("{session}.jsonl"));
    match ask {
        KeptAsk::Read(_) => journal::read(&path)
            .map(|found| found.records)
            .map_err(|error| format!("the earlier queries in {} cannot be read: {error}", path.display())),
        KeptAsk::Keep(_, kept) => journal::keep(&path, kept)
            .map(|()| Vec::new())
            .map_err(|error| format!("the query was not kept in {}: {error}", path.display())),
    }
}
