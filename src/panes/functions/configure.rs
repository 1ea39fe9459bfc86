//! Changing a function's settings.

use super::super::field::{Answers, Field, Invalid};
use super::super::operation::{Confirm, Offered, Operation, Plan, Target};
use crate::aws::{Call, Function, FunctionCall};

/// Changes to memory, timeout and description, sent with the revision that was seen.
pub(super) const CONFIGURE: Operation<Function> = Operation {
    key: "e",
    label: "edit",
    offered: Offered::Always,
    needs: &[],
    fields: |on, _| {
        let function = on.thing;
        vec![
            Field::number("memory", "MB, 128 to 32,768", function.memory.to_string(), (64, 128, 32_768)),
            Field::number("timeout", "seconds, 1 to 900", function.timeout.to_string(), (1, 1, 900)),
            Field::line("description", "at most 256 characters", function.description.to_string()),
        ]
    },
    confirm: Confirm::Ask,
    target: |on| Target::of(on.thing.name.clone(), on.thing.arn.clone()),
    allowed: |_| Ok(()),
    does: |on, answers| configure(on.thing, answers),
    spoils: &["functions", "configuration"],
};

fn configure(function: &Function, answers: &Answers) -> Result<Plan, Invalid> {
    let memory = answers.number("memory", 128..=32_768, "MB")?;
    let timeout = answers.number("timeout", 1..=900, "seconds")?;
    let description = answers.get("description");
    let length = description.chars().count();
    if length > 256 {
        return Err(Invalid::new("description", format!("{length} characters; AWS takes at most 256")));
    }
    let memory = (memory != i64::from(function.memory)).then_some(memory);
    let timeout = (timeout != i64::from(function.timeout)).then_some(timeout);
    let description = (description != function.description.trim()).then(|| description.to_owned());
    if memory.is_none() && timeout.is_none() && description.is_none() {
        return Err(Invalid::new("memory", "nothing is changed yet"));
    }
    Ok(Plan::of(Call::Function(FunctionCall::Configure {
        name: function.name.clone(),
        arn: function.arn.clone(),
        revision_id: function.revision_id.clone(),
        memory: memory.and_then(|n| i32::try_from(n).ok()),
        timeout: timeout.and_then(|n| i32::try_from(n).ok()),
        description,
    })))
}

#[cfg(test)]
mod tests {
    use super::super::tests::function;
    use super::*;

    fn answers(memory: &str, timeout: &str, description: &str) -> Answers {
        let answers = [("memory", memory), ("timeout", timeout), ("description", description)];
        answers.map(|(label, answer)| (label, answer.to_owned())).into_iter().collect()
    }

    #[test]
    fn only_what_differs_is_sent() {
        let Call::Function(FunctionCall::Configure { memory, timeout, description, revision_id, .. }) =
            configure(&function(), &answers("1024", "30", "d")).unwrap().call
        else {
            panic!("no call");
        };
        assert_eq!((memory, timeout, description), (Some(1024), None, None));
        assert_eq!(revision_id.as_deref(), Some("r1"));
    }

    #[test]
    fn complaints_name_the_field_and_the_range() {
        let complaint = |a: &Answers| configure(&function(), a).unwrap_err();
        assert_eq!(complaint(&answers("64", "30", "d")).why, "128 to 32,768 MB, whole");
        assert_eq!(complaint(&answers("512", "x", "d")).field, "timeout");
        assert_eq!(complaint(&answers("512", "30", &"é".repeat(257))).field, "description");
        assert_eq!(complaint(&answers("512", "30", "d")).why, "nothing is changed yet");
    }
}
