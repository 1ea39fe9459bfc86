//! Publishing a layer: a new one, or the next version of one.

use super::field::{Answers, Choice, Field, FileUse, Invalid};
use super::known::Known;
use super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::row::Scope;
use super::value::{Tone, Value, bytes, grouped};
use crate::aws::{Call, Layer, LayerCall, LayerVersion, Package, Text, ZipFile, is_known_runtime};

const LAYER: &str = "layer";
const FILE: &str = "zip file";
const DESCRIPTION: &str = "description";
const RUNTIMES: &str = "runtimes";
const ARCHITECTURES: &str = "architectures";
const LICENSE: &str = "license";

/// What stands for the ARN of a layer that is not there yet.
const NEW: &str = "its ARN is made of its name";
/// What a version is made of makes these panes untrue.
const SPOILS: &[&str] = &["ownlayers", "layerversions"];

/// A layer of a name to be typed.
pub(super) const PUBLISH_NEW: Operation<Scope> = Operation {
    key: "n",
    label: "publish",
    offered: Offered::Always,
    needs: &[],
    fields: |_, answers| {
        let mut fields = vec![Field::line(LAYER, "its name: letters, digits, - and _, at most 140", "")];
        fields.extend(content(None, answers));
        fields
    },
    confirm: Confirm::Ask,
    target: |_| Target::of(Text::known("a layer"), Text::known(NEW)),
    allowed: |_| Ok(()),
    does: |on, answers| {
        let name = answers.name(LAYER, 140)?;
        if !on.known.whole("ownlayers") {
            return Err(Invalid::new(LAYER, "the layers are not all read yet"));
        }
        let there = on.known.rows::<Layer>("ownlayers").find(|layer| layer.name == name);
        let newest = there.map(|layer| layer.latest.version);
        let target = Target::of(Text::line(name), Text::known(NEW));
        Ok(Plan { target: Some(target), ..publish(on.known, Text::line(name), newest, answers)? })
    },
    spoils: SPOILS,
};

/// The next version of the layer that the list is of.
pub(super) const PUBLISH_NEXT: Operation<Scope> = Operation {
    key: "n",
    label: "publish version",
    offered: Offered::Always,
    needs: &["ownlayers"],
    fields: |on, answers| content(newest(on).as_ref(), answers),
    confirm: Confirm::Ask,
    target: |on| {
        let Scope::Layer(layer) = on.scope else { return Target::of(Text::default(), Text::default()) };
        Target::of(layer.name.clone(), layer.arn.clone())
    },
    allowed: |on| match on.scope {
        Scope::Layer(layer) if layer.ours => Ok(()),
        _ => Err("the layer is another account's: only its owner can publish a version".to_owned()),
    },
    does: |on, answers| {
        let Scope::Layer(layer) = on.scope else { return Err(Invalid::new(FILE, "no layer")) };
        publish(on.known, layer.arn.clone(), newest(on).map(|newest| newest.version), answers)
    },
    spoils: SPOILS,
};

/// The newest version of the layer that the list is of.
fn newest(on: &On<'_, Scope>) -> Option<LayerVersion> {
    let Scope::Layer(layer) = on.scope else { return None };
    on.known.rows::<Layer>("ownlayers").find(|known| known.arn == layer.arn).map(|known| known.latest.clone())
}

/// What is asked of every version; what the newest one says stands there at first.
fn content(newest: Option<&LayerVersion>, answers: &Answers) -> Vec<Field> {
    let joined = |words: Option<&[Text]>| {
        words.map(|words| words.iter().map(Text::as_str).collect::<Vec<_>>().join(", ")).unwrap_or_default()
    };
    let architectures = vec![
        Choice { words: "not said".to_owned(), ..Choice::plain("") },
        Choice::plain("x86_64"),
        Choice::plain("arm64"),
        Choice { words: "both".to_owned(), ..Choice::plain("x86_64, arm64") },
    ];
    let license = newest.and_then(|newest| newest.license.as_ref()).map(ToString::to_string).unwrap_or_default();
    vec![
        Field::file(FILE, "a path, at most 50 MB (250 MB unpacked), or s3://bucket/key", FileUse::Zip),
        Field::line(DESCRIPTION, "at most 256 characters", ""),
        Field::line(RUNTIMES, &runtimes_hint(answers), joined(newest.map(|it| &*it.runtimes))),
        Field::choice(
            ARCHITECTURES,
            "what it runs on",
            joined(newest.map(|newest| &*newest.architectures)),
            architectures,
        ),
        Field::line(LICENSE, "an SPDX name, a URL or a text, at most 512 characters", license),
    ]
}

/// What may stand in the field; while a runtime is typed that is not known, that.
fn runtimes_hint(answers: &Answers) -> String {
    unknown_runtimes(answers).unwrap_or_else(|| "at most 15, with commas; empty: not said".to_owned())
}

/// The runtimes that lambdash does not know. AWS may: they are a reason to look, none to refuse.
fn unknown_runtimes(answers: &Answers) -> Option<String> {
    let unknown: Vec<Text> =
        words(answers, RUNTIMES).iter().filter(|word| !is_known_runtime(word)).map(Text::line).collect();
    let list = unknown.iter().map(Text::as_str).collect::<Vec<_>>().join(", ");
    (!unknown.is_empty()).then(|| format!("not known as a runtime: {list}; AWS refuses what it does not know either"))
}

/// The words of a field, between commas or blanks.
fn words(answers: &Answers, label: &str) -> Vec<String> {
    answers.get(label).split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// `2 files, 250 B, 6 B unpacked`.
fn told(file: ZipFile) -> Text {
    let size = |n: u64| bytes(i64::try_from(n).unwrap_or(i64::MAX));
    let entries = grouped(i64::try_from(file.entries).unwrap_or(i64::MAX));
    let files = if file.entries == 1 { "file" } else { "files" };
    Text::line(format!("{entries} {files}, {}, {} unpacked", size(file.size), size(file.unpacked)))
}

/// The file, once it was looked at; an object in S3 cannot be.
fn looked_at(known: &Known<'_>, package: &Package) -> Result<Option<ZipFile>, Invalid> {
    let Package::File(path) = package else { return Ok(None) };
    known.file(path).map_err(|why| Invalid::new(FILE, why))
}

fn publish(known: &Known<'_>, layer: Text, newest: Option<i64>, answers: &Answers) -> Result<Plan, Invalid> {
    let package = Package::parse(answers.get(FILE)).map_err(|why| Invalid::new(FILE, why))?;
    let file = looked_at(known, &package)?;
    let limited = |label: &'static str, most: usize| {
        let (text, length) = (answers.get(label), answers.get(label).chars().count());
        let why = || Invalid::new(label, format!("{length} characters; AWS takes at most {most}"));
        if length > most { Err(why()) } else { Ok(text.to_owned()) }
    };
    let runtimes = words(answers, RUNTIMES);
    if runtimes.len() > 15 {
        return Err(Invalid::new(RUNTIMES, format!("{} runtimes; AWS takes at most 15", runtimes.len())));
    }
    let now = match newest {
        Some(newest) => Text::line(format!("version {newest} is the newest")),
        None => Text::known("there is no layer of this name: it will be a new one"),
    };
    let call = LayerCall::Publish {
        layer,
        package,
        newest,
        description: limited(DESCRIPTION, 256)?,
        runtimes,
        architectures: words(answers, ARCHITECTURES),
        license: limited(LICENSE, 512)?,
    };
    let mut preview = vec![
        ("now", Value::Text(now)),
        ("then", Value::Text(Text::known("the next version; functions take it only when they are changed"))),
    ];
    preview.extend(file.map(|file| ("file", Value::Text(told(file)))));
    let warnings = unknown_runtimes(answers).into_iter().map(|text| (Tone::Warn, text)).collect();
    Ok(Plan { preview, warnings, ..Plan::of(Call::Layer(call)) })
}
