//! Whether a function can run now, read from its late cells: for rooms that are about one function.

use super::super::row::LateRow;
use super::super::value::Value;
use super::late;

/// Why a run would not begin, in sentences without their full stops; empty when nothing is known against it.
pub fn obstacles(row: &LateRow) -> Vec<String> {
    let cell = |n: usize| row.cells.get(n);
    let mut found = Vec::new();
    if let Some(Value::State(_, state)) = cell(late::STATE)
        && &**state != "active"
    {
        let reason = match cell(late::REASON) {
            Some(Value::Prose(reason)) => format!(": {}", reason.trim_end_matches('.')),
            _ => String::new(),
        };
        found.push(format!("the function's state is {state}{reason}"));
    }
    if let Some(Value::Marked(reserved, _)) = cell(late::RESERVED) {
        found.push(format!("reserved concurrency {reserved}"));
    }
    found
}

/// The executions that are reserved for it; `None` where it takes from the account's pool, or nothing is known.
pub fn reserved(row: &LateRow) -> Option<i64> {
    match row.cells.get(late::RESERVED)? {
        Value::Count(reserved) => Some(*reserved),
        Value::Marked(..) => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Health, told};
    use super::*;
    use crate::aws::Text;

    #[test]
    fn what_keeps_a_function_from_running_is_said() {
        let health = |state, reserved_concurrency| Health {
            state: Some(Text::known(state)),
            reserved_concurrency,
            ..Health::default()
        };
        assert_eq!(obstacles(&told(health("Active", Some(5)))), [""; 0]);
        assert_eq!(obstacles(&told(health("Active", None))), [""; 0]);
        assert_eq!(
            obstacles(&told(Health {
                state_reason: Some(Text::known("The function is idle.")),
                ..health("Inactive", Some(0))
            })),
            [
                "the function's state is inactive: The function is idle",
                "reserved concurrency 0: every invocation is throttled"
            ]
        );
        assert_eq!(obstacles(&LateRow::default()), [""; 0]);
        let kept = |reserved_concurrency| reserved(&told(health("Active", reserved_concurrency)));
        assert_eq!((kept(None), kept(Some(0)), kept(Some(5))), (None, Some(0), Some(5)));
    }
}
