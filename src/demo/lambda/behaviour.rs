//! What functions do when they are invoked: the well-behaved, and every way to fail.

use std::fmt::Write as _;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::super::noise;
use super::super::run_log::Ending;

/// Whom a run is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub function: &'a str,
    pub version: &'a str,
    pub request_id: &'a str,
    /// Seconds, from the configuration.
    pub timeout: i64,
}

/// What came of a run.
#[derive(Debug)]
pub(super) struct Outcome {
    pub payload: Vec<u8>,
    /// `X-Amz-Function-Error`.
    pub function_error: Option<&'static str>,
    pub printed: Vec<String>,
    pub duration: TimeDelta,
    pub ending: Ending,
    /// What it wrote to a stream before it failed: over `Invoke` nobody sees it.
    pub written: Option<String>,
}

impl Outcome {
    fn good(context: Context<'_>, payload: impl Into<Vec<u8>>, printed: Vec<String>) -> Self {
        let micros = 2_000 + noise::below(noise::seed(context.request_id), 180_000);
        let duration = TimeDelta::microseconds(i64::try_from(micros).unwrap_or(2_000));
        Self {
            payload: payload.into(),
            function_error: None,
            printed,
            duration,
            ending: Ending::Success,
            written: None,
        }
    }

    fn bad(context: Context<'_>, error: &Value, printed: Vec<String>) -> Self {
        let good = Self::good(context, error.to_string(), printed);
        Self { function_error: Some("Unhandled"), ending: Ending::Error, ..good }
    }
}

/// Runs a function of this behaviour: `echo` (or nothing), `flaky`, `fail`, `fail-long`, `handled`, `slow:MILLISECONDS`, `timeout`, `exit`,
/// `memory`, `noisy`, `escapes`, `huge:ROWS`, `too-huge`, `deep`, `http`, `image`, `text`, `binary`, `null`, `empty`,
/// `stream:MILLISECONDS`, `stream-fail`.
pub(super) fn run(behaviour: &str, event: &[u8], context: Context<'_>) -> Outcome {
    match behaviour.split_once(':').unwrap_or((behaviour, "")) {
        ("flaky", _) => flaky(event, context),
        ("fail", _) => fail(context),
        ("fail-long", _) => failed_at_length(context),
        ("handled", _) => Outcome { function_error: Some("Handled"), ..refused(context) },
        ("slow", milliseconds) => slow(context, milliseconds.parse().unwrap_or(5_000)),
        ("timeout", _) => timed_out(context, context.timeout * 1000),
        ("exit", _) => died(context, "Runtime.ExitError", "Runtime exited with error: exit status 7"),
        ("memory", _) => died(context, "Runtime.OutOfMemory", "Runtime exited with error: signal: killed"),
        ("noisy", _) => noisy(context),
        ("escapes", _) => escapes(context),
        ("huge", count) => {
            let count = count.parse().unwrap_or(40_000);
            Outcome::good(context, rows(count), vec![format!("exporting {count} rows")])
        }
        ("too-huge", _) => too_huge(context),
        ("deep", _) => Outcome::good(context, deep(), Vec::new()),
        ("stream", milliseconds) => Outcome {
            duration: TimeDelta::milliseconds(milliseconds.parse().unwrap_or_default()),
            ..Outcome::good(context, story(), vec!["[INFO] writing the story".to_owned()])
        },
        ("stream-fail", _) => half_told(context),
        ("http", _) => Outcome::good(context, http_answer(), vec!["[INFO] GET /orders/42".to_owned()]),
        ("image", _) => Outcome::good(context, image_answer(), Vec::new()),
        ("text", _) => Outcome::good(context, "order 42 is on its way, thank you\n", Vec::new()),
        ("binary", _) => Outcome::good(context, (0..=255).collect::<Vec<u8>>(), Vec::new()),
        ("null", _) => Outcome::good(context, "null", Vec::new()),
        ("empty", _) => Outcome::good(context, "", Vec::new()),
        _ => echo(event, context),
    }
}

/// The event comes back byte for byte: key order and numbers as they were sent.
fn echo(event: &[u8], context: Context<'_>) -> Outcome {
    let head = json!({"ok": true, "function": context.function, "version": context.version}).to_string();
    let mut payload = head.trim_end_matches('}').as_bytes().to_vec();
    payload.extend_from_slice(b",\"event\":");
    payload.extend_from_slice(if event.is_empty() { b"{}" } else { event });
    payload.push(b'}');
    let printed = vec![format!("[INFO] received an event of {} bytes", event.len()), "[INFO] done".to_owned()];
    Outcome::good(context, payload, printed)
}

/// Good most of the time: one run in sixteen is refused by the function, one in thirty-two dies.
fn flaky(event: &[u8], context: Context<'_>) -> Outcome {
    match noise::below(noise::seed(context.request_id) ^ 7, 32) {
        0 | 1 => fail(context),
        2 => died(context, "Runtime.ExitError", "Runtime exited with error: exit status 7"),
        _ => echo(event, context),
    }
}

fn fail(context: Context<'_>) -> Outcome {
    let trace = [
        "  File \"/var/task/app.py\", line 31, in handler\n    return place(order)\n",
        "  File \"/var/task/orders.py\", line 118, in place\n    raise OrderRejected(order.id, \"no stock\")\n",
    ];
    let error = json!({
        "errorMessage": "order 42 rejected: no stock",
        "errorType": "OrderRejected",
        "requestId": context.request_id,
        "stackTrace": trace,
    });
    let printed = vec![
        "[INFO] placing order 42".to_owned(),
        format!(
            "[ERROR] OrderRejected: order 42 rejected: no stock\nTraceback (most recent call last):\n{}",
            trace.concat()
        ),
    ];
    Outcome::bad(context, &error, printed)
}

/// Fails after more lines than come along with an answer.
fn failed_at_length(context: Context<'_>) -> Outcome {
    const TABLES: [&str; 6] = ["orders", "invoices", "returns", "customers", "sessions", "clicks"];
    let trace = [
        "  File \"/var/task/app.py\", line 52, in handler\n    verify(tables)\n",
        "  File \"/var/task/checks.py\", line 207, in verify\n    raise TableRejected(table, share)\n",
    ];
    let message = "table clicks rejected: 12.4 % of its rows have no session";
    let error = json!({
        "errorMessage": message, "errorType": "TableRejected", "requestId": context.request_id, "stackTrace": trace,
    });
    let mut printed = Vec::new();
    for table in TABLES {
        printed.push(format!("[INFO] reading table {table} of lake_prod"));
        for part in 1..=12 {
            let rows = 10_000 + noise::below(noise::seed(&format!("{table}{part}")), 90_000);
            printed.push(format!("[DEBUG] {table}/part-{part:05}.parquet: {rows} rows, no column is missing"));
        }
    }
    printed.push("[WARN] table clicks: 12.4 % of its rows have no session (at most 5 % may)".to_owned());
    printed.push(format!("[ERROR] TableRejected: {message}\nTraceback (most recent call last):\n{}", trace.concat()));
    Outcome { duration: TimeDelta::milliseconds(438), ..Outcome::bad(context, &error, printed) }
}

fn refused(context: Context<'_>) -> Outcome {
    let error = json!({"errorMessage": "invoice 7 was paid already", "errorType": "AlreadyPaid"});
    Outcome::bad(context, &error, vec!["[WARN] invoice 7 was paid already".to_owned()])
}

fn slow(context: Context<'_>, milliseconds: i64) -> Outcome {
    if milliseconds > context.timeout * 1000 {
        return timed_out(context, context.timeout * 1000);
    }
    let printed = (1..=5).map(|step| format!("[INFO] step {step} of 5")).collect();
    let good = Outcome::good(context, json!({"slept": milliseconds}).to_string(), printed);
    Outcome { duration: TimeDelta::milliseconds(milliseconds), ..good }
}

fn timed_out(context: Context<'_>, milliseconds: i64) -> Outcome {
    let message =
        format!("RequestId: {} Error: Task timed out after {}.00 seconds", context.request_id, context.timeout);
    let error = json!({"errorType": "Sandbox.Timedout", "errorMessage": message});
    let bad = Outcome::bad(context, &error, vec!["[INFO] waiting for the payment provider".to_owned()]);
    Outcome { duration: TimeDelta::milliseconds(milliseconds), ending: Ending::Timeout, ..bad }
}

fn died(context: Context<'_>, error_type: &str, how: &str) -> Outcome {
    let id = context.request_id;
    let error = json!({"errorType": error_type, "errorMessage": format!("RequestId: {id} Error: {how}")});
    Outcome::bad(
        context,
        &error,
        vec!["[INFO] loading the model".to_owned(), format!("RequestId: {id} Error: {how}\n{error_type}")],
    )
}

fn noisy(context: Context<'_>) -> Outcome {
    let printed = (0..2000).map(|line| format!("[DEBUG] line {line:04}: candidate scored and dropped")).collect();
    Outcome::good(context, json!({"lines": 2000}).to_string(), printed)
}

/// Everything a terminal should never be sent as it is.
fn escapes(context: Context<'_>) -> Outcome {
    let printed = vec![
        "\u{1b}[31mred\u{1b}[0m \u{1b}[1;44mbold on blue\u{1b}[0m".to_owned(),
        "clipboard \u{1b}]52;c;cHduZWQ=\u{7} title \u{1b}]0;pwned\u{7}".to_owned(),
        "clear \u{1b}[2J\u{1b}[H alternate \u{1b}[?1049h c1 \u{9b}31m".to_owned(),
        "progress 10%\rprogress 100% bell\u{7} nul[\0] del\u{7f}".to_owned(),
        "\u{202e}desrever\u{202c} zero\u{200b}width 日本語 👩‍👩‍👧‍👦 e\u{301}".to_owned(),
    ];
    let payload = json!({"ok": true, "colour": "\u{1b}[31mred\u{1b}[0m", "rtl": "\u{202e}olleh\u{202c}"});
    Outcome::good(context, payload.to_string(), printed)
}

fn too_huge(context: Context<'_>) -> Outcome {
    let message = "Response payload size exceeded maximum allowed payload size (6291556 bytes).";
    let error = json!({"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message});
    Outcome::bad(context, &error, vec!["exporting 400000 rows".to_owned()])
}

/// Words of one to four bytes a character, so that pieces of it end within some.
fn story() -> String {
    let line = "Größe und Maß · 注文を受け付けました · заказ принят · commande reçue";
    (1..=24).map(|number| format!("{number:02} {line} {}\n", "\u{1f69a}".repeat(number % 5))).collect()
}

/// Writes its answer to a stream, and fails all the same.
fn half_told(context: Context<'_>) -> Outcome {
    let error = json!({"errorType": "OutOfPaper", "errorMessage": "the printer ran out of paper", "stackTrace": []});
    let bad = Outcome::bad(context, &error, vec!["[ERROR] the printer ran out of paper".to_owned()]);
    Outcome { written: Some(story()), ..bad }
}

/// What API Gateway makes an HTTP answer of: its body is JSON in a string.
fn http_answer() -> String {
    let body = json!({"order": 42, "items": [{"sku": "pen", "count": 2}, {"sku": "book", "count": 10}]});
    json!({"statusCode": 200, "headers": {"content-type": "application/json"}, "body": body.to_string()}).to_string()
}

/// The same with bytes for a body.
fn image_answer() -> String {
    const DOT: &str =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    json!({"statusCode": 200, "headers": {"content-type": "image/png"}, "isBase64Encoded": true, "body": DOT})
        .to_string()
}

fn rows(count: usize) -> String {
    let mut text = String::with_capacity(count * 128);
    text.push_str("{\"rows\":[");
    for row in 0..count {
        let comma = if row == 0 { "" } else { "," };
        // Writing into a String cannot fail.
        let _ = write!(text, "{comma}{{\"id\":{row},\"text\":\"row {row} {}\"}}", "z".repeat(80));
    }
    text.push_str("]}");
    text
}

fn deep() -> String {
    ["{\"level\":".repeat(200), "null".to_owned(), "}".repeat(200)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: Context<'_> = Context { function: "orders-api", version: "7", request_id: "id", timeout: 3 };

    #[test]
    fn an_echo_keeps_the_bytes_of_the_event() {
        let payload = run("echo", b"{\"b\": 1.00, \"a\": 12345678901234567890123}", CONTEXT).payload;
        let expected = "{\"ok\":true,\"function\":\"orders-api\",\"version\":\"7\",\"event\":{\"b\": 1.00, \"a\": 12345678901234567890123}}";
        assert_eq!(String::from_utf8(payload).unwrap(), expected);
    }

    #[test]
    fn a_function_slower_than_its_timeout_times_out() {
        let outcome = run("slow:9000", b"", CONTEXT);
        assert_eq!((outcome.ending, outcome.duration), (Ending::Timeout, TimeDelta::seconds(3)));
        assert_eq!(outcome.function_error, Some("Unhandled"));
    }

    #[test]
    fn a_huge_answer_stays_under_the_limit() {
        let length = run("huge", b"", CONTEXT).payload.len();
        assert!((4_000_000..6_291_556).contains(&length), "{length}");
    }
}
