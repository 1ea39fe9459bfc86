//! The filters of a mapping: read, edited, and tried on a sample before they are sent.

use crate::aws::pattern::{self, Pattern, Verdict};
use crate::aws::{Call, Filters, Mapping, MappingCall, SourceKind, Text};

use super::super::field::{Answers, Field, Invalid};
use super::super::operation::{Confirm, On, Operation, Plan};
use super::super::value::{Tone, Value};
use super::{settled, target};

/// Edits and tries the filters.
pub const FILTER: Operation<Mapping> = Operation {
    key: "t",
    label: "filter",
    needs: &[],
    fields: |on, _| {
        let kind = on.thing.source.kind;
        let hint = "one pattern, or a list of them: one that fits is enough; empty lets every record through";
        vec![
            Field::lines("filters", hint, pattern::laid_out(now(on.thing))),
            Field::lines(
                "sample",
                "an event or a record of it, to try the filters on; nothing of it is sent",
                pattern::sample(kind),
            ),
        ]
    },
    confirm: Confirm::Ask,
    target: |on| target(on),
    allowed: |on| match &on.thing.filters {
        _ if !on.thing.source.kind.takes_filters() => Err("Lambda has no filters for DocumentDB".to_owned()),
        Filters::Hidden => {
            Err("its filters are encrypted, and lists do not tell them: nothing to begin with".to_owned())
        }
        _ => settled(on.thing),
    },
    does: filter,
    spoils: &["mappings"],
};

fn now(mapping: &Mapping) -> &[Text] {
    if let Filters::Patterns(patterns) = &mapping.filters { patterns } else { &[] }
}

fn filter(on: &On<'_, Mapping>, answers: &Answers) -> Result<Plan, Invalid> {
    let (seen, kind) = (on.thing, on.thing.source.kind);
    let patterns = pattern::patterns(answers.raw("filters")).map_err(|why| Invalid::new("filters", why))?;
    let verdict = verdict(kind, &patterns, answers).map_err(|why| Invalid::new("sample", why))?;
    let texts: Vec<String> = patterns.iter().map(|pattern| pattern.text.clone()).collect();
    if texts.iter().map(String::as_str).eq(now(seen).iter().map(Text::as_str)) {
        let said = verdict.map(|verdict| format!(" The sample {}.", sentence(&verdict))).unwrap_or_default();
        return Err(Invalid::new("", format!("The filters are not changed.{said}")));
    }
    let mut warnings = Vec::new();
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
    Ok(Plan { preview: preview.collect(), warnings, ..Plan::of(call) })
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
