//! What a function that failed says about it: type, message and stack trace, whatever its language.

use serde_json::Value;

use crate::aws::Text;

/// More of a payload than this is not looked at: error objects are small.
const LOOKED_AT: usize = 1024 * 1024;
/// Where Lambda puts a function's own code.
const OWN: [&str; 3] = ["file:///var/task/", "/var/task/", "/opt/"];
/// How paths begin that are not the function's own.
const FOREIGN: [&str; 5] = ["/var/runtime/", "/var/lang/", "node:", "internal/", "<frozen "];

/// A failure as the function reported it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The type of the error: `ValueError`.
    pub kind: Option<Text>,
    /// What it says.
    pub message: Option<Text>,
    /// Where it happened, as the runtime ordered it.
    pub frames: Vec<Frame>,
}

/// One step of a stack trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// File and line, or what stands in their place.
    pub place: Text,
    /// The function and, where the runtime tells, its line of code.
    pub what: Text,
    /// It is of the runtime or of the language, not of the function's own code.
    pub foreign: bool,
}

impl Failure {
    /// Reads the payload of a function error. `None` when it is not an error object.
    pub fn read(payload: &[u8]) -> Option<Self> {
        if payload.len() > LOOKED_AT {
            return None;
        }
        let told: Value = serde_json::from_slice(payload).ok()?;
        let word = |name: &str| told.get(name).and_then(Value::as_str).filter(|word| !word.is_empty());
        let (kind, message) = (word("errorType"), word("errorMessage"));
        if kind.is_none() && message.is_none() {
            return None;
        }
        let traces = ["stackTrace", "trace", "stack"].iter().find_map(|name| told.get(*name));
        let frames = traces.map(|trace| frames(trace, kind.unwrap_or_default())).unwrap_or_default();
        Some(Self { kind: kind.map(Text::line), message: message.map(Text::block), frames })
    }

    /// Reads what a stream tells at its end: a code, and details that may be an error object.
    pub fn told(code: &Text, details: &Text) -> Self {
        let message = (!details.is_empty()).then(|| details.clone());
        Self::read(details.as_bytes()).unwrap_or_else(|| Self { kind: Some(code.clone()), message, frames: Vec::new() })
    }

    /// Type and message in one sentence.
    pub fn sentence(&self) -> String {
        match (&self.kind, &self.message) {
            (Some(kind), Some(message)) => format!("{kind}: {message}"),
            (Some(word), None) | (None, Some(word)) => word.to_string(),
            (None, None) => String::new(),
        }
    }
}

fn frames(trace: &Value, kind: &str) -> Vec<Frame> {
    match trace {
        Value::Array(steps) => steps.iter().filter_map(|step| of_value(step, kind)).collect(),
        Value::String(lines) => lines.lines().filter_map(|line| of_text(line, kind)).collect(),
        _ => Vec::new(),
    }
}

fn of_value(step: &Value, kind: &str) -> Option<Frame> {
    match step {
        Value::String(text) => of_text(text, kind),
        // Go: path, line, label.
        Value::Object(members) => {
            let word = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default();
            let line = members.get("line").and_then(Value::as_i64).map(|line| format!(":{line}")).unwrap_or_default();
            Some(frame(&format!("{}{line}", word("path")), word("label")))
        }
        _ => None,
    }
}

/// One step in the words of its language.
fn of_text(text: &str, kind: &str) -> Option<Frame> {
    let text = text.trim();
    // Node repeats type and message as the first line of its trace.
    let repeats = !kind.is_empty() && text.starts_with(kind) && !text.contains(".java:");
    if text.is_empty() || repeats || text.starts_with("Traceback (") {
        return None;
    }
    Some(
        python(text)
            .or_else(|| node(text))
            .or_else(|| ruby(text))
            .or_else(|| java(text))
            .unwrap_or_else(|| frame("", text)),
    )
}

/// `File "/var/task/app.py", line 31, in handler` and, in the next line, the code.
fn python(text: &str) -> Option<Frame> {
    let (file, rest) = text.strip_prefix("File \"")?.split_once("\", line ")?;
    let (place, code) = rest.split_once('\n').unwrap_or((rest, ""));
    let (line, name) = place.split_once(", in ").unwrap_or((place, ""));
    let code = code.lines().next().unwrap_or_default().trim();
    Some(frame(&format!("{file}:{line}"), &format!("{name}  {code}")))
}

/// `at handler (/var/task/index.js:3:9)`, `at /var/task/index.js:3:9`; also .NET's `at X in /src/F.cs:line 3`.
fn node(text: &str) -> Option<Frame> {
    let step = text.strip_prefix("at ")?;
    if let Some((name, place)) = step.split_once(" in ") {
        return Some(frame(&place.replace(":line ", ":"), name));
    }
    let named = step.strip_suffix(')').and_then(|step| step.rsplit_once(" ("));
    let (name, place) = named.unwrap_or(("", step));
    Some(frame(place, name))
}

/// `/var/task/app.rb:3:in 'Object#handler'`
fn ruby(text: &str) -> Option<Frame> {
    let (place, name) = text.split_once(":in ")?;
    place.contains(".rb:").then(|| frame(place, name.trim_matches(['`', '\''])))
}

/// `com.example.Handler.handle(Handler.java:12)`
fn java(text: &str) -> Option<Frame> {
    let (name, place) = text.strip_suffix(')')?.rsplit_once('(')?;
    let foreign = ["java.", "jdk.", "sun.", "lambdainternal."].iter().any(|start| name.starts_with(start));
    Some(Frame { foreign, ..frame(place, name) })
}

fn frame(place: &str, what: &str) -> Frame {
    let own = OWN.iter().find_map(|start| place.strip_prefix(start));
    let foreign = FOREIGN.iter().any(|start| place.starts_with(start)) || place.contains("/node_modules/");
    Frame { place: Text::line(own.unwrap_or(place)), what: Text::line(what.trim()), foreign }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &Value) -> Failure {
        Failure::read(value.to_string().as_bytes()).unwrap()
    }

    fn steps(trace: &Value) -> Vec<(String, String, bool)> {
        let failure = read(&serde_json::json!({"errorType": "Error", "errorMessage": "m", "stackTrace": trace}));
        failure.frames.iter().map(|frame| (frame.place.to_string(), frame.what.to_string(), frame.foreign)).collect()
    }

    #[test]
    fn traces_of_each_runtime_are_laid_out() {
        let step = |place: &str, what: &str, foreign| (place.to_owned(), what.to_owned(), foreign);
        assert_eq!(
            steps(&serde_json::json!([
                "  File \"/var/task/app.py\", line 41, in handler\n    total(order)\n",
                "  File \"/var/lang/lib/python3.13/json/decoder.py\", line 1, in decode\n",
            ])),
            [
                step("app.py:41", "handler  total(order)", false),
                step("/var/lang/lib/python3.13/json/decoder.py:1", "decode", true)
            ]
        );
        assert_eq!(
            steps(&serde_json::json!([
                "Error: m",
                "    at exports.handler (/var/task/index.js:3:9)",
                "    at file:///var/task/x.mjs:1:2",
                "    at process.processTicks (node:internal/process/task_queues:95:5)",
            ])),
            [
                step("index.js:3:9", "exports.handler", false),
                step("x.mjs:1:2", "", false),
                step("node:internal/process/task_queues:95:5", "process.processTicks", true),
            ]
        );
        assert_eq!(
            steps(&serde_json::json!([
                "com.shop.Handler.handle(Handler.java:12)",
                "java.base/java.lang.X.y(Unknown Source)"
            ])),
            [
                step("Handler.java:12", "com.shop.Handler.handle", false),
                step("Unknown Source", "java.base/java.lang.X.y", true)
            ]
        );
        assert_eq!(
            steps(&serde_json::json!([{"path": "github.com/shop/main.go", "line": 9, "label": "handler"}])),
            [step("github.com/shop/main.go:9", "handler", false)]
        );
        assert_eq!(
            steps(&serde_json::json!(["/var/task/app.rb:3:in 'handler'"])),
            [step("app.rb:3", "handler", false)]
        );
        assert_eq!(
            steps(&serde_json::json!(["at Shop.F.H(S x) in /src/F.cs:line 3"])),
            [step("/src/F.cs:3", "Shop.F.H(S x)", false)]
        );
        assert_eq!(steps(&serde_json::json!(["something else"])), [step("", "something else", false)]);
    }

    #[test]
    fn what_is_no_error_object_is_none() {
        for payload in ["", "null", "[]", "\"x\"", "{\"error\": 1}", "{\"errorMessage\": \"\"}", "not json"] {
            assert_eq!(Failure::read(payload.as_bytes()), None, "{payload}");
        }
        let odd = read(&serde_json::json!({"errorMessage": "a\u{1b}[31m\nb", "stackTrace": 7}));
        assert_eq!((odd.sentence().as_str(), odd.frames.len()), ("a^[[31m\nb", 0));
    }

    proptest::proptest! {
        #[test]
        fn no_trace_panics(steps in proptest::collection::vec("\\PC{0,60}|File \"[^\"]{0,9}\", line .{0,9}|at .{0,20}", 0..5)) {
            let _ = read(&serde_json::json!({"errorType": "E", "trace": steps}));
        }
    }
}
