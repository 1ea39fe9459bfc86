//! When `update` wants to hear the time next. The runtime has no other timer: idle means idle.

use std::time::Duration;

use crate::model::console::Request;
use crate::model::{Follow, Link, Lost, Model, Overlay, Place, SLOW, TYPE_AHEAD};

use super::reconcile::{fact_lists, late_due, late_wanted, list_due, visible};
use super::{again, console, insights, logs, lookup};

/// A running invocation shows its time in tenths for so long, then in seconds.
const FINE: Duration = Duration::from_secs(10);

/// The next moment at which something on the screen or in the store is due by time alone.
pub fn wake_at(model: &Model) -> Option<Duration> {
    let now = model.clock.now().since;
    let mut moments: Vec<Option<Duration>> = vec![
        model.clock.moving(),
        model.notices.next_expiry(),
        model.meter.badge_expiry(),
        model.store.next_leave(),
        model.follows.iter().map(Follow::until).chain(model.lost.iter().map(Lost::until)).min(),
        model.views.reveal.as_ref().map(|reveal| reveal.until),
        model.views.table(model.views.pane()).and_then(|table| table.settles),
        running(model, now),
        model.calls.first().map(|sent| (sent.since + SLOW).max(now + Duration::from_secs(1))),
        console::run_due(model).filter(|_| model.session.connection().is_some()),
        insights::due(model).filter(|_| model.session.connection().is_some()),
        waiting(model, now),
        logs::due(model),
        model.ages_at(),
        lookup::due(model).filter(|_| model.session.connection().is_some()),
        model.console.request().and_then(Request::judged_at).filter(|_| model.views.place() == Place::Console),
    ];
    if let Some(Overlay::Confirm(confirm)) = model.overlays.last() {
        moments.push(Some(confirm.opened + TYPE_AHEAD).filter(|ready| *ready > now));
    }
    if model.session.connection().is_some() {
        moments.extend(visible(model).iter().map(|question| list_due(model, question)));
        moments.extend(again::wanted(model).iter().map(|(question, key)| again::due(model, question, key)));
        // None is due before the cursor rests, which is among the moments.
        if model.clock.moving().is_none() {
            moments.extend(fact_lists(model, &[]).iter().map(|question| list_due(model, question)));
            moments.extend(late_wanted(model).iter().map(|(question, key)| late_due(model, question, key)));
        }
    }
    if let Link::Connecting(_) = model.session.link {
        moments.push(Some(now + Duration::from_secs(1)));
    }
    moments.into_iter().flatten().min()
}

/// The elapsed time of a run on the screen.
fn running(model: &Model, now: Duration) -> Option<Duration> {
    let run = model.console.running().last()?;
    if model.views.place() != Place::Console {
        return None;
    }
    let elapsed = now.saturating_sub(run.started.since);
    let step = if elapsed < FINE { Duration::from_millis(100) } else { Duration::from_secs(1) };
    Some(now + step)
}

/// The time that the whole log of a run is waited for.
fn waiting(model: &Model, now: Duration) -> Option<Duration> {
    let run = model.console.run().filter(|_| model.views.place() == Place::Console)?;
    run.whole_log.since().map(|_| now + Duration::from_secs(1))
}
