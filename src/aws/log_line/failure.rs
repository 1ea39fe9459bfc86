//! Events that tell of an invocation that did not end well. Pure.

use super::super::level::Level;
use super::{LineKind, Reading};

/// How an invocation failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// The function raised an error that it did not catch, or its process ended.
    Error,
    /// It took longer than it may.
    Timeout,
    /// It took more memory than it has.
    Memory,
}

/// How runtimes begin to tell of an error that nobody caught.
const UNCAUGHT: [&str; 5] = [
    // Node.js
    "Invoke Error ",
    "Uncaught Exception ",
    "Unhandled Promise Rejection ",
    // Lambda, of a process that ended
    "Error: Runtime exited",
    "Error: Runtime.",
];

/// What an event says about the end of its invocation. What a function logs by itself, however bad, says
/// nothing about it: it may have caught the error.
pub(super) fn of(reading: &Reading<'_>) -> Option<Failure> {
    match reading.kind {
        LineKind::Report => of_report(reading),
        LineKind::Text => of_words(reading),
        _ => None,
    }
}

fn of_words(reading: &Reading<'_>) -> Option<Failure> {
    if reading.body.starts_with("Task timed out after ") {
        return Some(Failure::Timeout);
    }
    // Python: `[ERROR] Name: words`, without the time and the number that its logger writes.
    let python = reading.level == Some(Level::Error)
        && reading.request.is_none()
        && reading.whole.starts_with("[ERROR] ")
        && (reading.whole.contains("Traceback (most recent call last)") || reading.body.starts_with("Runtime."));
    (python || UNCAUGHT.iter().any(|start| reading.body.starts_with(start))).then_some(Failure::Error)
}

fn of_report(reading: &Reading<'_>) -> Option<Failure> {
    if reading.level != Some(Level::Error) {
        return None;
    }
    let report = reading.report()?;
    let error = report.error_type.as_deref().unwrap_or_default();
    // A process that was killed with all of its memory in use was killed for it.
    let full = report.memory.is_some() && report.peak >= report.memory && error == "Runtime.ExitError";
    Some(match report.status.as_deref() {
        Some("timeout") => Failure::Timeout,
        _ if full || error.contains("OutOfMemory") => Failure::Memory,
        _ => Failure::Error,
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn runtimes_tell_of_what_nobody_caught() {
        let id = "8f0c1e7a-0000-4000-8000-000000000001";
        for (line, failure) in [
            (format!("2026-11-21T12:04:31.120Z {id} Task timed out after 3.00 seconds"), Some(Failure::Timeout)),
            (format!("2026-11-21T12:04:31.120Z    {id}    ERROR   Invoke Error    {{}}"), Some(Failure::Error)),
            ("[ERROR] ZeroDivisionError: no\nTraceback (most recent call last):".into(), Some(Failure::Error)),
            ("[ERROR] Runtime.ImportModuleError: no module".into(), Some(Failure::Error)),
            (format!("RequestId: {id} Error: Runtime exited with error: signal: killed"), Some(Failure::Error)),
            (format!("[ERROR] 2026-11-21T12:04:31.120Z {id} caught: Traceback (most recent call last)"), None),
            (format!("2026-11-21T12:04:31.120Z    {id}    ERROR   the far end is slow"), None),
            (format!("REPORT RequestId: {id} Duration: 3 ms Memory Size: 128 MB Max Memory Used: 90 MB"), None),
            (format!("REPORT RequestId: {id} Duration: 3 ms Status: timeout"), Some(Failure::Timeout)),
            (
                format!(
                    "REPORT RequestId: {id} Memory Size: 128 MB Max Memory Used: 128 MB Status: error Error Type: Runtime.ExitError"
                ),
                Some(Failure::Memory),
            ),
            (
                r#"{"type":"platform.report","record":{"status":"error","errorType":"Runtime.Unknown"}}"#.into(),
                Some(Failure::Error),
            ),
        ] {
            assert_eq!(of(&read(&line)), failure, "{line}");
        }
    }
}
