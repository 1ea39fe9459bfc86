//! What Logs Insights is asked: one task for each question.

use tokio::sync::mpsc;

use super::executor::Arrival;
use super::flights::Flights;
use crate::aws::{Aws, Problem, insights};
use crate::model::insights::{InsightsAsk, InsightsTold};
use crate::model::{Msg, Ticket};

/// Asks; the answer comes as a message.
pub fn start(
    aws: Aws,
    ask: InsightsAsk,
    ticket: Ticket,
    inbox: &mpsc::UnboundedSender<Arrival>,
    flights: &mut Flights,
) {
    let lost = ask.clone();
    let panicked = move || Msg::Insights { ticket, told: lost.failed(Problem::panicked("ask Logs Insights")) }.into();
    let task = async move { Some(Msg::Insights { ticket, told: tell(aws, ask).await }.into()) };
    flights.launch(ticket, inbox, task, panicked);
}

async fn tell(aws: Aws, ask: InsightsAsk) -> InsightsTold {
    match ask {
        InsightsAsk::Start(query) => InsightsTold::Started(insights::start_query(aws, query).await),
        InsightsAsk::Results(id) => InsightsTold::Results(insights::query_results(aws, id).await),
        InsightsAsk::Stop(id) => InsightsTold::Stopped(insights::stop_query(aws, id).await),
        InsightsAsk::Record(pointer) => InsightsTold::Record(insights::log_record(aws, pointer).await),
        InsightsAsk::Sizes(groups) => InsightsTold::Sizes(insights::group_sizes(aws, groups).await),
    }
}
