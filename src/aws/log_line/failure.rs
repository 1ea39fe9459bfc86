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
const UNCAUGHT: [&str; 8] = [
    // Node.js
    "Invoke Error ",
    "Uncaught Exception ",
    "Unhandled Promise Rejection ",
    // Ruby
    "Error raised from handler method",
    "Critical exception from handler",
    "Init error when loading handler",
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
        LineKind::Json => of_member(reading),
        _ => None,
    }
}

/// An error that may have ended its invocation: Node.js writes one that nobody caught as it writes one that was caught
/// and logged. Only where no report tells and nothing was written after it, it ended it.
pub(super) fn may_end(reading: &Reading<'_>) -> bool {
    reading.kind == LineKind::Json && reading.level == Some(Level::Error) && {
        let has = |name: &str| reading.member(name).is_some();
        (has("errorType") && has("stackTrace")) || (has("message.errorType") && has("message.stackTrace"))
    }
}

/// On which side of a line amid a trace the line stands that names the error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Above it, as Node.js writes.
    Before,
    /// Beneath it, as Python writes.
    Behind,
}

/// The line of a trace that only one of an uncaught error has, a line an event: what called the handler is the runtime.
/// A trace that the function prints by itself ends where it caught the error. So ministack's workers write.
pub(super) fn frame(reading: &Reading<'_>) -> Option<Named> {
    let line = reading.whole;
    if reading.kind != LineKind::Text || !line.starts_with("  ") {
        return None;
    }
    let (line, python) = (line.trim_start(), "/_worker.py\", line ");
    if line.starts_with("File \"") && line.contains(python) {
        return Some(Named::Behind);
    }
    (line.starts_with("at ") && line.contains("/_worker.js:")).then_some(Named::Before)
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
    let told = python || frame(reading).is_some() || UNCAUGHT.iter().any(|start| reading.body.starts_with(start));
    (told || is_of_java(reading) || is_of_dotnet(reading)).then_some(Failure::Error)
}

/// A record that the runtime itself writes has no message of a logger; Java packs its words into one.
fn of_member(reading: &Reading<'_>) -> Option<Failure> {
    if reading.level != Some(Level::Error) {
        return None;
    }
    let logged = ["message", "msg"].iter().any(|name| reading.member(name).is_some());
    let own = !logged && reading.member("errorType").is_some() && reading.member("stackTrace").is_some();
    own.then_some(Failure::Error)
}

/// Java: `words: package.Name`, and on the next line the trace: `package.Name: words`, `at …`. A logger does not write
/// the name twice.
fn is_of_java(reading: &Reading<'_>) -> bool {
    let Some((first, trace)) = reading.whole.split_once('\n') else { return false };
    let Some((_, name)) = first.trim_end().rsplit_once(": ") else { return false };
    let named = name.contains('.') && !name.contains(char::is_whitespace);
    let rest = trace.strip_prefix(name).filter(|_| named && reading.request.is_none());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '\n', '\r']))
}

/// .NET: `time number fail Namespace.Name: words`, and a trace that goes through what called the handler. The one of an
/// error that was caught ends where it was.
fn is_of_dotnet(reading: &Reading<'_>) -> bool {
    let frame = |line: &str| line.trim_start().starts_with("at Amazon.Lambda.RuntimeSupport.");
    reading.level == Some(Level::Error) && reading.whole.contains('\n') && reading.whole.lines().skip(1).any(frame)
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
            ("Error raised from handler method".into(), Some(Failure::Error)),
            (
                "no order: shop.NoOrder\nshop.NoOrder: no order\n    at shop.App.run(App.java:7)".into(),
                Some(Failure::Error),
            ),
            ("java.io.IOException: java.io.IOException\njava.io.IOException\n    at x".into(), Some(Failure::Error)),
            ("2026-11-21 12:04:31 ERROR App - no order\nshop.NoOrder: no order\n    at shop.App.run".into(), None),
            (
                format!(
                    "2026-11-21T12:04:31.120Z    {id}    fail    System.Exception: no\n   at Shop.Run(String input)\n   at Amazon.Lambda.RuntimeSupport.LambdaBootstrap.InvokeOnceAsync()"
                ),
                Some(Failure::Error),
            ),
            (
                format!(
                    "2026-11-21T12:04:31.120Z    {id}    fail    System.Exception: no\n   at Shop.Run(String input)"
                ),
                None,
            ),
            ("Traceback (most recent call last):".into(), None),
            ("  File \"/tmp/x/_worker.py\", line 128, in run".into(), Some(Failure::Error)),
            ("  File \"/var/task/app.py\", line 7, in handler".into(), None),
            (
                format!(
                    r#"{{"log_level":"ERROR","errorMessage":"no","errorType":"ValueError","requestId":"{id}","stackTrace":[]}}"#
                ),
                Some(Failure::Error),
            ),
            (
                format!(
                    r#"{{"level":"ERROR","message":"caught","errorType":"ValueError","stackTrace":[],"requestId":"{id}"}}"#
                ),
                None,
            ),
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
