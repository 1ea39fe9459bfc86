//! A burst as lines of text: how far it is, what came of it, how durations are spread.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Burst;
use super::histogram::{bins, percentiles};
use crate::aws::Text;
use crate::model::console::said::fitted;
use crate::model::console::{Line, Run, took};
use crate::panes::{Tone, grouped};

/// How many cells the bar of the progress takes.
const BAR: usize = 20;
/// How many cells stand before and behind a bar of the histogram.
const MARGIN: usize = 18;
/// A bar is no longer, however wide the screen is.
const LONGEST: usize = 80;

/// The lines of a burst in so many cells.
pub fn panel(run: &Run, width: usize) -> Vec<Line> {
    let Some(burst) = run.burst() else { return Vec::new() };
    let mut lines = progress(burst, run.ended.is_none());
    lines.extend(outcomes(burst));
    lines.extend(figures(burst, run));
    lines.push(Line::new());
    lines.extend(spread(burst, width));
    if !burst.failures.is_empty() {
        lines.push(Line::new());
        lines.push(vec![(Tone::Plain, "first failures".to_owned())]);
        let said = |(number, said): &(u32, String)| vec![(Tone::Bad, format!("✖ run {number}: {said}"))];
        lines.extend(burst.failures.iter().map(said));
    }
    // A line of several parts is made to fit.
    let fits = |line: Line| if line.len() == 1 { fitted(line, width) } else { vec![line] };
    lines.into_iter().flat_map(fits).collect()
}

/// How far it is, at what rate, and why it ended early.
fn progress(burst: &Burst, going: bool) -> Vec<Line> {
    let tally = &burst.tally;
    let ended = tally.ended();
    let full = usize::try_from(ended).unwrap_or(0) * BAR / usize::try_from(tally.runs.max(1)).unwrap_or(1);
    let bar = (Tone::Good, "█".repeat(full));
    let rest = (Tone::Muted, "░".repeat(BAR.saturating_sub(full)));
    let rate = (tally.took > 0).then(|| {
        let rate = f64::from(ended) / Duration::from_millis(tally.took).as_secs_f64();
        format!(" · {} a second", if rate < 10.0 { format!("{rate:.1}") } else { format!("{rate:.0}") })
    });
    let words = format!(" {} of {}{}", number(ended), number(tally.runs), rate.unwrap_or_default());
    let mut lines = vec![vec![bar, rest, (Tone::Plain, words)]];
    let aloft = burst.aloft();
    let unsent = tally.runs.saturating_sub(tally.sent);
    match &tally.stopped {
        Some(why) if going => {
            let words = format!("stopping ({why}): {aloft} on their way, {} will not be sent", number(unsent));
            lines.push(vec![(Tone::Warn, format!("{words}; x again stops waiting"))]);
        }
        Some(why) => lines.push(vec![(Tone::Warn, format!("stopped: {why}; {} were not sent", number(unsent)))]),
        None if going && unsent > 0 => {
            lines.push(vec![(Tone::Muted, format!("{aloft} on their way · x stops · esc leaves it running"))]);
        }
        None if going => {
            let words = format!("{aloft} on their way, the last ones · x stops waiting · esc leaves it running");
            lines.push(vec![(Tone::Muted, words)]);
        }
        None => lines.push(vec![(Tone::Muted, format!("took {}", took(Duration::from_millis(tally.took))))]),
    }
    lines
}

/// What came of the runs: only what occurred.
fn outcomes(burst: &Burst) -> Vec<Line> {
    let tally = &burst.tally;
    let line = |tone, sign: &str, count: u32, words: String| {
        (count > 0).then(|| vec![(tone, format!("{sign} {} {words}", number(count)))])
    };
    let kinds = |kinds: &BTreeMap<Text, u32>| {
        let mut kinds: Vec<(&Text, &u32)> = kinds.iter().collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        kinds.iter().map(|(kind, count)| format!("{} {kind}", number(**count))).collect::<Vec<_>>().join(", ")
    };
    let limit = tally.limit.as_ref().map(|limit| format!(": {limit}")).unwrap_or_default();
    [
        line(Tone::Good, "✔", tally.succeeded, "succeeded".to_owned()),
        line(
            Tone::Bad,
            "✖",
            tally.function_errors.values().sum(),
            format!("function errors: {}", kinds(&tally.function_errors)),
        ),
        line(Tone::Warn, "!", tally.throttled, format!("throttled, the function did not run{limit}")),
        line(Tone::Bad, "?", tally.unknown, "with an unknown outcome: they may have run; never sent again".to_owned()),
        line(Tone::Bad, "✖", tally.failed.values().sum(), format!("calls failed: {}", kinds(&tally.failed))),
        line(Tone::Muted, "○", tally.not_awaited, "not awaited: they go on in AWS".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The durations: the middle, the slow ones, and a bar for each bin.
fn spread(burst: &Burst, width: usize) -> Vec<Line> {
    let tally = &burst.tally;
    let trips = burst.trips || tally.ran.is_empty();
    let (values, name, other) = match trips {
        true if tally.ran.is_empty() => (&tally.trips, "round trip (no REPORT came along)", None),
        true => (&tally.trips, "round trip, from here", Some("t duration")),
        false => (&tally.ran, "duration, as Lambda reports it", Some("t round trip")),
    };
    let Some([p50, p90, p99, most]) = percentiles(values, [50, 90, 99, 100]) else {
        return vec![vec![(Tone::Muted, "no durations yet".to_owned())]];
    };
    let mut head = vec![(Tone::Plain, name.to_owned())];
    head.extend(other.filter(|_| width >= 50).map(|other| (Tone::Muted, format!("  {other}"))));
    let figures = format!("p50 {} · p90 {} · p99 {} · max {}", short(p50), short(p90), short(p99), short(most));
    let mut lines = vec![head, vec![(Tone::Plain, figures)]];
    let bins = bins(values);
    let (most, room) = (bins.iter().map(|(_, count)| *count).max().unwrap_or(1), width.saturating_sub(MARGIN));
    let room = room.clamp(1, LONGEST);
    lines.extend(bins.into_iter().map(|(from, count)| {
        let bar = match count * room / most {
            0 if count > 0 => "▏".to_owned(),
            cells => "█".repeat(cells),
        };
        let words = if count == 0 { String::new() } else { format!(" {}", grouped(i64::try_from(count).unwrap_or(0))) };
        vec![(Tone::Muted, format!("{:>9} ", short(from))), (Tone::Good, bar), (Tone::Plain, words)]
    }));
    lines
}

/// Cold starts and costs.
fn figures(burst: &Burst, run: &Run) -> Vec<Line> {
    let tally = &burst.tally;
    let mut lines = Vec::new();
    if tally.reported > 0 {
        let slowest =
            if tally.cold > 0 { format!(", the slowest took {}", short(tally.longest_start)) } else { String::new() };
        let starts = if tally.cold == 1 { "cold start" } else { "cold starts" };
        let cold = format!("{} {starts} in {} reported runs{slowest}", number(tally.cold), number(tally.reported));
        lines.push(vec![(Tone::Plain, format!("· {cold}"))]);
    } else if tally.succeeded > 0 {
        lines.push(vec![(Tone::Muted, "· no REPORT came along: cold starts and costs are not known".to_owned())]);
    }
    if let Some(price) = tally.cost(&run.site.region, run.invokee.architecture.as_deref()) {
        let (sign, dollars, source) = (price.sign(), price.words(), price.source());
        lines.push(vec![(Tone::Plain, format!("· cost of these {sign} {dollars} ({source})"))]);
    }
    lines
}

fn number(n: u32) -> String {
    grouped(i64::from(n))
}

/// A duration in microseconds with as many digits as are read: `0.7 ms`, `82 ms`, `1.5 s`.
pub(super) fn short(micros: u32) -> String {
    match micros {
        0..10_000 if !micros.is_multiple_of(1_000) => format!("{:.1} ms", f64::from(micros) / 1_000.0),
        0..1_000_000 => format!("{} ms", micros / 1_000),
        _ => took(Duration::from_micros(micros.into())),
    }
}
