//! Whose request an event belongs to that carries no number: that of the invocation that runs in its stream.

use std::collections::HashMap;

use crate::aws::{self, LineKind, LogEvent, Text};

/// The request that runs in each stream, as far as its events were read.
#[derive(Debug, Default)]
pub struct Running {
    requests: HashMap<Text, String>,
}

impl Running {
    /// Reads the next event; the request it belongs to, if that is known.
    pub fn next(&mut self, event: &LogEvent) -> Option<&str> {
        let reading = aws::read_event(&event.message);
        match (reading.kind, reading.request) {
            (LineKind::Start, Some(request)) => drop(self.requests.insert(event.stream.clone(), request.to_owned())),
            // Its environment starts for the next one.
            (LineKind::Init, _) => drop(self.requests.remove(&event.stream)),
            _ => {}
        }
        self.requests.get(&event.stream).filter(|_| reading.request.is_none()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_function_prints_is_of_the_invocation_before_it_in_its_stream() {
        let mut running = Running::default();
        let mut of = |stream: &'static str, message: &str| {
            running.next(&LogEvent::of(0, stream.into(), "1", message)).map(str::to_owned)
        };
        assert_eq!(of("a", "printed before anything is known"), None);
        assert_eq!(of("a", "START RequestId: 8f0c Version: 7"), None, "it carries its own");
        assert_eq!(of("b", "START RequestId: 02b7 Version: 7"), None);
        assert_eq!(of("a", "printed").as_deref(), Some("8f0c"));
        assert_eq!(of("b", "printed").as_deref(), Some("02b7"));
        assert_eq!(of("a", "INIT_START Runtime Version: python:3.13"), None);
    }
}
