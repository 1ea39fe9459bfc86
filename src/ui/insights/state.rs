//! How the query stands, what it read, and what that costs.

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::super::canvas::Canvas;
use super::super::theme::Role;
use super::super::{Ink, fit};
use crate::aws::insights::QueryStatus;
use crate::aws::{ScanPrice, prices_as_of, scan_price};
use crate::model::Model;
use crate::model::console::took;
use crate::model::insights::{Insights, Run, Stage};
use crate::panes::{bytes, figure, grouped};

type Words = (Role, String);

/// Draws the line: as much of it as fits, the most telling first.
pub fn draw(canvas: &mut Canvas, area: Rect, model: &Model, ink: &Ink) {
    let region = model.session.region();
    let words = match &model.insights.run {
        None => unsent(&model.insights, &region),
        Some(run) => sent(run, model, &region),
    };
    let mut spans = vec![Span::raw(" ")];
    let mut left = usize::from(area.width).saturating_sub(1);
    for (n, (role, text)) in words.into_iter().enumerate() {
        let text = if n > 0 { format!(" · {text}") } else { text };
        if n > 0 && fit::width(&text) > left {
            break;
        }
        left = left.saturating_sub(fit::width(&text));
        spans.push(ink.span(role, text));
    }
    ink.line(canvas, area, 0, spans);
}

/// Before the first query: what it may cost.
fn unsent(room: &Insights, region: &str) -> Vec<Words> {
    let mut words = vec![(Role::Accent, "f5 runs the query".to_owned())];
    match (room.stored(), room.sizes.problem()) {
        (Some(stored), _) => {
            let groups = if room.targets.groups.len() == 1 { "the log group holds" } else { "the log groups hold" };
            words.push((Role::Muted, format!("{groups} {}", bytes(stored))));
            words.push((Role::Muted, format!("reading all of it costs {}", price(scan_price(region, stored)))));
        }
        (None, Some(_)) => words.push((Role::Muted, "how much the log groups hold is not known".to_owned())),
        (None, None) => {}
    }
    if let Some(missing) = room.missing().next() {
        words.insert(
            1,
            (Role::Warn, format!("there is no log group {missing}: the function never ran, or logs elsewhere")),
        );
    }
    words
}

/// What was sent, where that is no longer what stands above.
fn other(run: &Run, room: &Insights) -> Option<String> {
    let text = (run.query.text.trim() != room.editor.text().trim())
        .then(|| super::ready_title(&run.query.text).unwrap_or("a query that was changed since").to_owned());
    let range = (run.range != room.range).then(|| super::spoken(&run.range));
    let parts: Vec<String> = text.into_iter().chain(range).collect();
    (!parts.is_empty()).then(|| format!("of {}", parts.join(", ")))
}

fn sent(run: &Run, model: &Model, region: &str) -> Vec<Words> {
    let time = took(run.took(model.clock.now()));
    let mut words = match &run.stage {
        Stage::Starting(_) => vec![(Role::Accent, "starting …".to_owned())],
        Stage::Going(_) => {
            let word = match run.found().map(|found| &found.answer.status) {
                None => "sent, no answer yet",
                Some(QueryStatus::Scheduled) => "waits for its turn",
                Some(_) => "running",
            };
            let seconds = run.took(model.clock.now()).as_secs();
            vec![(Role::Accent, format!("◐ {word} {seconds} s")), (Role::Muted, "x stops it".to_owned())]
        }
        Stage::Stopped => vec![(Role::Warn, format!("○ stopped after {time}"))],
        Stage::Over(QueryStatus::Complete) => vec![(Role::Good, format!("● complete in {time}"))],
        Stage::Over(QueryStatus::Cancelled) => vec![(Role::Warn, "○ cancelled by somebody else".to_owned())],
        Stage::Over(QueryStatus::Timeout) => {
            vec![(Role::Bad, "✖ timed out: AWS reads for 60 minutes at most; choose a shorter range".to_owned())]
        }
        Stage::Over(_) => vec![(Role::Bad, "✖ failed; AWS does not say why: f5 tries again".to_owned())],
        Stage::Refused(problem) => {
            vec![(Role::Bad, format!("✖ {}", problem.code.as_deref().unwrap_or("not answered")))]
        }
    };
    if matches!(run.stage, Stage::Starting(_) | Stage::Refused(_)) {
        return words;
    }
    // The heading tells of what would be sent now, and the rows may be of something else.
    if let Some(other) = other(run, &model.insights) {
        words.insert(1, (Role::Warn, other));
    }
    if let Some(problem) = run.results.problem().filter(|_| run.goes_on()) {
        words.push((Role::Warn, format!("asked again soon: {}", problem.code.as_deref().unwrap_or(&problem.said))));
    }
    let absent = model.insights.missing().filter(|group| !run.query.groups.contains(group)).count();
    if absent > 0 {
        let groups = if absent == 1 { "log group does" } else { "log groups do" };
        words.push((Role::Warn, format!("{absent} {groups} not exist")));
    }
    let Some(scanned) = run.scanned() else { return words };
    words.push((Role::Muted, format!("{} of {} events fit", grouped(scanned.matched), grouped(scanned.events))));
    let paid = scan_price(region, scanned.bytes);
    words.push((Role::Muted, format!("{} read, {}", bytes(scanned.bytes), price(paid))));
    words.extend(paid.map(|_| (Role::Muted, prices_as_of())));
    words
}

/// What so many bytes cost, in words.
fn price(price: Option<ScanPrice>) -> String {
    match price {
        // Nobody cares which part of a hundredth of a cent it is.
        Some(price) if price.dollars < 0.000_05 => "less than $0.0001".to_owned(),
        Some(price) if price.at_least => format!("at least ${}", figure(price.dollars)),
        Some(price) => format!("≈ ${}", figure(price.dollars)),
        None => "at the price of this partition".to_owned(),
    }
}
