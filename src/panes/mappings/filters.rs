//! The filters of a mapping: read, edited, and tried on a sample before they are sent.

use crate::aws::pattern::{self, Pattern, Verdict};
use crate::aws::{Call, Filters, Mapping, MappingCall, SourceKind, Text};

use super::super::field::{Answers, Choice, Field, Invalid};
use super::super::operation::{Confirm, Offered, On, Operation, Plan};
use super::super::value::{Tone, Value};
use super::changes::{settled, target};

/// Edits and tries the filters.
pub const FILTER: Operation<Mapping> = Operation {
    key: "t",
    label: "filter",
    offered: Offered::ToTry,
    needs: &[],
    fields: |on, answers| fields(on.thing, answers),
    confirm: Confirm::Ask,
    target: |on| target(on),
    allowed: |on| match &on.thing.filters {
        _ if !on.thing.source.kind.takes_filters() => Err("Lambda has no filters for DocumentDB".to_owned()),
        _ => settled(on.thing),
    },
    does: filter,
    spoils: &["mappings"],
};

/// What is to become of filters that are encrypted.
const HIDDEN: &str = "encrypted";
const KEEP: &str = "keep";
const REPLACE: &str = "replace";
const REMOVE: &str = "remove";

/// Filters that are not told are put aside by a choice of their own only.
fn fields(mapping: &Mapping, answers: &Answers) -> Vec<Field> {
    let choice = |value: &str, words: &str| Choice { words: words.to_owned(), ..Choice::plain(value) };
    let mut fields = Vec::new();
    if mapping.filters == Filters::Hidden {
        let choices = vec![
            choice(KEEP, "they stay as they are"),
            choice(REPLACE, "other filters take their place"),
            choice(REMOVE, "no filter any more"),
        ];
        let hint = "its filters are encrypted with a key of yours, and lists do not tell them";
        fields.push(Field::choice(HIDDEN, hint, KEEP, choices));
        if answers.get(HIDDEN) != REPLACE {
            return fields;
        }
    }
    let hint = "one pattern, or a list of them: one that fits is enough; empty lets every record through";
    let sample = "an event or a record of it, to try the filters on; nothing of it is sent";
    fields.push(Field::lines("filters", hint, pattern::laid_out(now(mapping))));
    fields.push(Field::lines("sample", sample, pattern::sample(mapping.source.kind)));
    fields
}

fn now(mapping: &Mapping) -> &[Text] {
    if let Filters::Patterns(patterns) = &mapping.filters { patterns } else { &[] }
}

fn filter(on: &On<'_, Mapping>, answers: &Answers) -> Result<Plan, Invalid> {
    let (seen, kind) = (on.thing, on.thing.source.kind);
    let hidden = seen.filters == Filters::Hidden;
    match answers.get(HIDDEN) {
        _ if !hidden => {}
        REPLACE if answers.get("filters").is_empty() => {
            return Err(Invalid::new("filters", "write the filters that take their place, or choose to have none"));
        }
        REPLACE | REMOVE => {}
        _ => return Err(Invalid::new("", "The filters are encrypted. They stay as they are.")),
    }
    let patterns = pattern::patterns(answers.raw("filters")).map_err(|why| Invalid::new("filters", why))?;
    let verdict = verdict(kind, &patterns, answers).map_err(|why| Invalid::new("sample", why))?;
    let texts: Vec<String> = patterns.iter().map(|pattern| pattern.text.clone()).collect();
    if !hidden && texts.iter().map(String::as_str).eq(now(seen).iter().map(Text::as_str)) {
        let said = verdict.map(|verdict| format!(" The sample {}.", sentence(&verdict))).unwrap_or_default();
        return Err(Invalid::new("", format!("The filters are not changed.{said}")));
    }
    let mut warnings = Vec::new();
    if hidden {
        let lost = "The encrypted filters go unseen, and cannot be had back from here.";
        warnings.push((Tone::Bad, lost.to_owned()));
    }
    if patterns.is_empty() {
        warnings.push((Tone::Warn, "Every record reaches the function from then on.".to_owned()));
    } else {
        let said = "Records that fit no filter are given up for good: they are neither kept nor sent on.";
        warnings.push((Tone::Warn, said.to_owned()));
    }
    let fields: Vec<&str> = patterns.iter().flat_map(Pattern::looks_at).collect();
    warnings.extend(pattern::unseen(kind, fields.into_iter()).map(|text| (Tone::Warn, text)));
    if patterns.len() > 5 {
        warnings.push((Tone::Warn, "More than 5 filters want a quota that was raised.".to_owned()));
    }
    let preview = verdict.into_iter().map(|verdict| {
        let tone = if verdict.fits { Tone::Good } else { Tone::Warn };
        ("sample", Value::State(tone, Text::line(sentence(&verdict))))
    });
    let call = Call::Mapping(MappingCall::Filter { seen: Box::new(seen.clone()), patterns: texts });
    let confirm = hidden.then_some(Confirm::TypeName);
    Ok(Plan { preview: preview.collect(), warnings, confirm, ..Plan::of(call) })
}

/// What becomes of the sample; `None` without one. Of several records it is the first that is left out, or
/// all reach the function.
fn verdict(kind: SourceKind, patterns: &[Pattern], answers: &Answers) -> Result<Option<Verdict>, String> {
    let sample = answers.raw("sample");
    if sample.trim().is_empty() {
        return Ok(None);
    }
    let records = pattern::records(kind, sample)?;
    let count = records.len();
    let mut verdicts: Vec<Verdict> = records.iter().map(|record| pattern::tried(patterns, record)).collect();
    let place = verdicts.iter().position(|verdict| !verdict.fits).unwrap_or(0);
    let mut verdict = verdicts.swap_remove(place);
    if count > 1 {
        verdict.why = verdict.why.into_iter().map(|why| format!("record {} of {count}: {why}", place + 1)).collect();
    }
    Ok(Some(verdict))
}

/// `fits: body.type is "placed"`.
fn sentence(verdict: &Verdict) -> String {
    let word = if verdict.fits { "fits" } else { "does not fit" };
    format!("{word}: {}", verdict.why.join("; "))
}
