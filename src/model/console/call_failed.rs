//! What is said of a call that failed: what it means, AWS's own words, what to do, and the number of the request.

use crate::aws::{self, Problem};
use crate::panes::Tone;

/// AWS's name for every limit of requests and of concurrency.
const THROTTLED: &str = "TooManyRequestsException";
/// AWS's name for errors of its own.
const INTERNAL: &str = "ServiceException";

/// The call met a limit of requests or of concurrency: the function did not begin.
pub(super) fn is_throttled(problem: &Problem) -> bool {
    problem.code.as_deref() == Some(THROTTLED)
}

/// The lines, as long as they are.
pub(super) fn lines(problem: &Problem) -> Vec<(Tone, String)> {
    let meaning = problem.code.as_deref().and_then(aws::meaning);
    let what = match (problem.code.as_deref(), problem.status) {
        (Some(code), Some(status)) => format!("{code} · HTTP {status}"),
        (Some(code), None) => code.to_owned(),
        (None, Some(status)) => format!("HTTP {status}"),
        (None, None) => "no answer".to_owned(),
    };
    let mut lines = vec![(Tone::Bad, format!("✖ {what}"))];
    lines.extend(meaning.map(|meaning| (Tone::Plain, meaning.sentence.to_owned())));
    if !problem.said.is_empty() {
        let who = if problem.code.is_some() { "AWS: " } else { "" };
        lines.push((Tone::Muted, format!("{who}{}", problem.said)));
    }
    // What is known of the one limit that was met says more than what is known of the error.
    let hint = match meaning {
        Some(meaning) if ![THROTTLED, INTERNAL].contains(&meaning.name) => meaning.hint,
        _ => &*problem.hint,
    };
    lines.push((Tone::Warn, hint.to_owned()));
    if is_throttled(problem) {
        lines.push((Tone::Plain, "C shows what this function and the account have reserved".to_owned()));
    }
    lines.extend(problem.request_id.as_deref().map(|id| (Tone::Muted, format!("request {id}"))));
    lines
}
