//! The settings of a mapping as a form: those its source has, and the rules between them.

use crate::aws::{
    self, Allowed, Call, Change, EventSource, Filters, Mapping, MappingCall, MappingSetting, SourceKind, Text,
};

use super::super::field::{Answers, Choice, Field, Invalid};
use super::super::operation::{Confirm, Offered, On, Operation, Plan};
use super::super::value::{Tone, grouped};
use super::changes::{settled, target};

/// Changes settings, and which function is fed.
pub const EDIT: Operation<Mapping> = Operation {
    key: "e",
    label: "edit",
    offered: Offered::Always,
    needs: &["functions", "aliases", "versions"],
    fields: |on, answers| {
        let function = super::function::field(on.known, answers, on.thing.function().to_string());
        fields(&on.thing.source, |setting| on.thing.setting(setting)).into_iter().chain([function]).collect()
    },
    confirm: Confirm::Ask,
    target: |on| target(on),
    allowed: |on| settled(on.thing),
    does: edit,
    spoils: &["mappings"],
};

fn edit(on: &On<'_, Mapping>, answers: &Answers) -> Result<Plan, Invalid> {
    let seen = on.thing;
    let changes = changes(&seen.source, |setting| seen.setting(setting), answers)?;
    let named = super::function::named(answers)?;
    let function = (named != &*seen.function() && named != &*seen.function_arn).then(|| named.to_owned());
    let hidden = seen.filters == Filters::Hidden;
    if changes.is_empty() && function.is_none() {
        let filters = if hidden { "; its encrypted filters stay as they are whatever is changed here" } else { "" };
        return Err(Invalid::new("", format!("nothing is changed yet{filters}")));
    }
    let mut warnings = warnings(&seen.source, &changes, |setting| seen.setting(setting));
    if hidden {
        warnings.push((Tone::Plain, "Its encrypted filters are not sent, and stay as they are.".to_owned()));
    }
    if function.is_some() {
        warnings.push((Tone::Warn, format!("{} gets no more records from it.", seen.function())));
        warnings.extend(super::function::unknown(on.known, named));
    }
    let call = Call::Mapping(MappingCall::Edit { seen: Box::new(seen.clone()), changes, function });
    Ok(Plan { warnings, ..Plan::of(call) })
}

/// A field for each setting that the source has, with what stands in it now, or AWS's default.
pub fn fields<'a>(source: &EventSource, now: impl Fn(MappingSetting) -> Option<&'a Text>) -> Vec<Field> {
    let of_source = MappingSetting::ALL.into_iter().filter(|setting| setting.is_of(source));
    of_source
        .map(|setting| {
            let initial = now(setting).map_or(setting.default(source), Text::as_str).to_owned();
            field(setting, &setting.allowed(source), initial)
        })
        .collect()
}

fn field(setting: MappingSetting, allowed: &Allowed, initial: String) -> Field {
    let label = setting.label();
    match allowed {
        Allowed::Number { range, unit, special, optional } => {
            let mut hint = format!("{} to {} {unit}", grouped(*range.start()), grouped(*range.end()));
            if let Some((number, meaning)) = special {
                hint.push_str(&format!(", or {number}: {meaning}"));
            }
            if *optional {
                hint.push_str(", or nothing");
            }
            let least = special.map_or(*range.start(), |(number, _)| number.min(*range.start()));
            Field::number(label, &hint, initial, (1, least, *range.end())).means(*special)
        }
        Allowed::Switch => {
            Field::choice(label, about(setting), initial, vec![Choice::plain("off"), Choice::plain("on")])
        }
        Allowed::Words(words) => {
            Field::choice(label, about(setting), initial, words.iter().map(|word| Choice::plain(word)).collect())
        }
        Allowed::Address => Field::line(label, about(setting), initial),
    }
}

/// What a setting does, where its name does not say it.
fn about(setting: MappingSetting) -> &'static str {
    match setting {
        MappingSetting::Bisect => "a batch that failed is split in two and tried again",
        MappingSetting::ItemFailures => "the function says which records of a batch failed (ReportBatchItemFailures)",
        MappingSetting::OnFailure => {
            "the ARN of a queue, topic or bucket for records that are given up; empty loses them"
        }
        MappingSetting::LogLevel => "what the pollers write to CloudWatch Logs",
        _ => "",
    }
}

/// What the answers change.
///
/// # Errors
/// The complaint about the first answer that AWS would refuse.
pub fn changes<'a>(
    source: &EventSource,
    now: impl Fn(MappingSetting) -> Option<&'a Text>,
    answers: &Answers,
) -> Result<Vec<Change>, Invalid> {
    let mut changes = Vec::new();
    for setting in MappingSetting::ALL.into_iter().filter(|setting| setting.is_of(source)) {
        let to = answer(setting, source, answers)?;
        let from = now(setting).map(ToString::to_string).unwrap_or_default();
        if from.is_empty() && to == setting.default(source) || from == to {
            continue;
        }
        if setting == MappingSetting::Window && to.is_empty() {
            return Err(Invalid::new(setting.label(), "half a second cannot be had back: make a new mapping for that"));
        }
        changes.push(Change { setting, from, to });
    }
    check(source, answers)?;
    complete(&mut changes, now, answers);
    Ok(changes)
}

/// One answer, as it is sent.
fn answer(setting: MappingSetting, source: &EventSource, answers: &Answers) -> Result<String, Invalid> {
    let text = answers.get(setting.label());
    match setting.allowed(source) {
        Allowed::Number { range, unit, special, optional } => {
            if text.is_empty() && optional {
                return Ok(String::new());
            }
            let number: Option<i64> = text.parse().ok();
            let fits = number
                .is_some_and(|number| range.contains(&number) || special.is_some_and(|(special, _)| special == number));
            let other = special.map(|(number, meaning)| format!(", or {number} ({meaning})")).unwrap_or_default();
            let why = || format!("{} to {} {unit}, whole{other}", grouped(*range.start()), grouped(*range.end()));
            number.filter(|_| fits).map(|number| number.to_string()).ok_or_else(|| Invalid::new(setting.label(), why()))
        }
        Allowed::Address => match aws::destination_flaw(text, source.kind).filter(|_| !text.is_empty()) {
            Some(flaw) => Err(Invalid::new(setting.label(), flaw)),
            None => Ok(text.to_owned()),
        },
        Allowed::Switch | Allowed::Words(_) => Ok(text.to_owned()),
    }
}

/// The rules between settings that AWS holds to.
fn check(source: &EventSource, answers: &Answers) -> Result<(), Invalid> {
    use MappingSetting as S;
    let number = |setting: S| answers.get(setting.label()).parse::<i64>().ok();
    let large = number(S::BatchSize).is_some_and(|size| size > 10);
    if source.kind == SourceKind::Sqs && !source.is_fifo() && large && number(S::Window) == Some(0) {
        return Err(Invalid::new(S::Window.label(), "a batch of more than 10 needs a window of 1 s or more"));
    }
    let (least, most) = (number(S::MinimumPollers), number(S::MaximumPollers));
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        return Err(Invalid::new(S::MaximumPollers.label(), format!("not fewer than the {least} that are kept ready")));
    }
    if number(S::Concurrency).is_some() && (least.is_some() || most.is_some()) {
        let why = "a mapping has either a concurrency or pollers of its own: leave one of them empty";
        return Err(Invalid::new(S::Concurrency.label(), why));
    }
    Ok(())
}

/// Both numbers of pollers are one group for AWS: what is not changed goes along.
fn complete<'a>(changes: &mut Vec<Change>, now: impl Fn(MappingSetting) -> Option<&'a Text>, answers: &Answers) {
    let group = [MappingSetting::MinimumPollers, MappingSetting::MaximumPollers];
    if !changes.iter().any(|change| group.contains(&change.setting)) {
        return;
    }
    for setting in group {
        let word = answers.get(setting.label());
        if !changes.iter().any(|change| change.setting == setting) && !word.is_empty() {
            let from = now(setting).map(ToString::to_string).unwrap_or_default();
            changes.push(Change { setting, from, to: word.to_owned() });
        }
    }
}

/// What to know before the change is sent.
pub fn warnings<'a>(
    source: &EventSource,
    changes: &[Change],
    now: impl Fn(MappingSetting) -> Option<&'a Text>,
) -> Vec<(Tone, String)> {
    let mut warnings = Vec::new();
    let mut warn = |text: &str| warnings.push((Tone::Warn, text.to_owned()));
    for change in changes {
        match change.setting {
            MappingSetting::Window if change.from.is_empty() && MappingSetting::Window.default(source).is_empty() => {
                warn("The window of half a second is lost: it cannot be set again on this mapping.");
            }
            MappingSetting::BatchSize if source.kind != SourceKind::Sqs => {
                let window = changes.iter().find(|change| change.setting == MappingSetting::Window);
                let window = window.map(|change| change.to.as_str());
                let window = window.or_else(|| now(MappingSetting::Window).map(Text::as_str));
                let large = change.to.parse::<i64>().is_ok_and(|size| size > 10);
                let streams = matches!(source.kind, SourceKind::Kinesis | SourceKind::DynamoDb);
                if streams && large && window.is_none_or(|window| window == "0") {
                    warn("AWS documents that a batch of more than 10 wants a window of 1 s or more.");
                }
            }
            MappingSetting::MinimumPollers if !change.to.is_empty() => {
                warn("Pollers that are kept ready cost money as long as the mapping is there.");
            }
            MappingSetting::OnFailure if change.to.is_empty() => {
                warn("Records that are given up are lost from then on.");
            }
            _ => {}
        }
    }
    warnings
}
