//! What tests look for afterwards: what was asked for, what was handed out, what the screen says.

use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, Fault};

use super::harness::Harness;

/// Longer than a confirmation ignores what was typed ahead.
pub const READ: Duration = Duration::from_millis(400);

/// Lets the time pass in which a confirmation takes no keys.
pub fn ready(app: &mut Harness) -> &mut Harness {
    app.later(READ)
}

/// The requests that change something, in order.
pub fn changes(demo: &Demo) -> Vec<String> {
    let reads = ["Get", "List"];
    demo.journal().into_iter().filter(|call| !reads.iter().any(|verb| call.starts_with(verb))).collect()
}

/// How often an operation was asked for.
pub fn asked(demo: &Demo, operation: &str) -> u64 {
    demo.counts().get(operation).copied().unwrap_or_default()
}

/// How a call may fail that invokes a function, and what is said of it.
pub fn failing_calls() -> [(Fault, &'static str); 5] {
    let internal = Fault::Status { code: 500, error: "ServiceException".into(), message: "internal".into() };
    [
        (internal, "✖ ServiceException · HTTP 500"),
        (Fault::Throttled { retry_after: Some(1) }, "✖ TooManyRequestsException · HTTP 429"),
        (Fault::Reset, "✖ outcome unknown"),
        (Fault::ResetAfter, "✖ outcome unknown"),
        (Fault::Denied { action: "lambda:InvokeFunction".into() }, "✖ AccessDeniedException · HTTP 403"),
    ]
}

/// The invocations, in order.
pub fn invocations(demo: &Demo) -> Vec<String> {
    demo.journal().into_iter().filter(|call| call.starts_with("Invoke")).collect()
}

/// What was copied or opened, in order.
pub fn handed_out(app: &Harness) -> Vec<String> {
    let text = |demand: &Demand| match demand {
        Demand::Copy(text) | Demand::Browse(text) => text.clone(),
        other => format!("{other:?}"),
    };
    app.demands().iter().map(text).collect()
}

/// The words of the screen, wherever a line ends.
pub fn words(app: &Harness) -> String {
    app.screen().replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The arguments that `aws` is called with when a shell runs a command.
pub fn arguments(command: &str) -> Vec<String> {
    let script = format!("aws() {{ printf '%s\\0' \"$@\"; }}; {command}");
    let shell = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(shell.status.success(), "{command}: {}", String::from_utf8_lossy(&shell.stderr));
    let told = String::from_utf8(shell.stdout).unwrap();
    told.split_terminator('\0').map(str::to_owned).collect()
}
