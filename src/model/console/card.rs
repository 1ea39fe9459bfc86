//! The run card: what a run was and what it cost, in a few lines.

use std::time::Duration;

use super::said::fitted;
use super::stream::took;
use super::{Line, Run};
use crate::aws::{self, Report};
use crate::panes::{Tone, grouped};

/// A card narrower than this has half of the bar.
const NARROW: usize = 44;

/// The lines of the card, in so many cells: nothing while there is nothing to say.
pub(super) fn card(run: &Run, width: usize) -> Vec<Line> {
    fitted(lines(run, if width < NARROW { 10 } else { 20 }), width)
}

/// `bar`: how many cells the bar of the memory takes.
fn lines(run: &Run, bar: i64) -> Vec<(Tone, String)> {
    let Some(answer) = run.answer() else { return Vec::new() };
    let report = run.report();
    let mut lines = Vec::new();
    if let Some(report) = report {
        lines.extend(ended_badly(report));
        lines.extend(joined(&[Some(start(report)), report.duration.map(|time| format!("ran {}", milliseconds(time)))]));
        let billed = report.billed.map(|time| format!("billed {}", milliseconds(time)));
        lines.extend(joined(&[billed, cost(report, run.invokee.architecture.as_deref(), &run.site.region)]));
        lines.extend(memory(report, bar));
    } else if answer.tail.is_some() {
        lines.push((Tone::Muted, "the log has no REPORT line: no figures".to_owned()));
    }
    let version = answer.executed_version.as_ref().map(|version| format!("version {version}"));
    let trip = run.ended.map(|ended| format!("round trip {}", took(ended.since.saturating_sub(run.started.since))));
    lines.extend(joined(&[version, trip]));
    lines.extend(answer.request_id.as_ref().map(|id| (Tone::Muted, format!("request {id}"))));
    let trace = report.and_then(|report| report.trace_id.as_ref());
    lines.extend(trace.map(|id| (Tone::Muted, format!("trace {id}"))));
    lines
}

fn joined(parts: &[Option<String>]) -> Option<(Tone, String)> {
    let parts: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| (Tone::Plain, parts.join(" · ")))
}

fn ended_badly(report: &Report) -> Option<(Tone, String)> {
    let kind = report.error_type.as_ref().map(|kind| format!(" · {kind}")).unwrap_or_default();
    report.status.as_ref().map(|status| (Tone::Bad, format!("✖ {status}{kind}")))
}

/// Cold or warm, and how long the start took.
pub(super) fn start(report: &Report) -> String {
    match (report.init, report.restore) {
        (Some(init), _) => format!("cold start {}", milliseconds(init)),
        (None, Some(restore)) => {
            // What is billed duration has it in it already.
            let billed = report.billed_restore.map(|part| format!(", {} of it billed", milliseconds(part)));
            format!("restored in {}{}", milliseconds(restore), billed.unwrap_or_default())
        }
        (None, None) => "warm".to_owned(),
    }
}

/// `≈ $0.0000105`, or at most so much where the architecture is not known.
pub(super) fn cost(report: &Report, architecture: Option<&str>, region: &str) -> Option<String> {
    let price = aws::price(region, architecture, report.billed?, report.memory?)?;
    // The table has none of them: AWS takes them for each GB that is kept and restored, and nothing for Java.
    let apart = if report.restore.is_some() { ", without SnapStart's own charges" } else { "" };
    Some(format!("{} {} ({}{apart})", price.sign(), price.words(), price.source()))
}

fn memory(report: &Report, bar: i64) -> Option<(Tone, String)> {
    let (peak, memory) = report.peak.zip(report.memory)?;
    let full = if memory > 0 { (peak.saturating_mul(bar) / memory).clamp(0, bar) } else { 0 };
    let times = |sign: &str, n: i64| sign.repeat(usize::try_from(n).unwrap_or(0));
    // From nine tenths on a run is close to being killed.
    let tone = if peak.saturating_mul(10) >= memory.saturating_mul(9) { Tone::Warn } else { Tone::Plain };
    let (used, of) = (grouped(peak), grouped(memory));
    Some((tone, format!("memory {}{} {used} of {of} MB", times("█", full), times("░", bar - full))))
}

/// `214 ms`, however long it is.
pub(super) fn milliseconds(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restored_run_says_what_of_the_restore_is_billed() {
        let time = Duration::from_millis;
        let report = Report { restore: Some(time(563)), billed_restore: Some(time(118)), ..Report::default() };
        assert_eq!(start(&report), "restored in 563 ms, 118 ms of it billed");
        assert_eq!(start(&Report { restore: Some(time(563)), ..Report::default() }), "restored in 563 ms");
        assert_eq!(start(&Report::default()), "warm");
    }

    #[test]
    fn what_a_snapshot_costs_besides_is_not_in_the_price_and_that_is_said() {
        let report = Report { billed: Some(Duration::from_secs(1)), memory: Some(1024), ..Report::default() };
        let told = |report: &Report| cost(report, Some("x86_64"), "us-east-1").unwrap();
        assert_eq!(told(&report), "≈ $0.0000169 (prices 2025-10)");
        let restored = Report { restore: Some(Duration::from_millis(563)), ..report };
        assert_eq!(told(&restored), "≈ $0.0000169 (prices 2025-10, without SnapStart's own charges)");
    }
}
