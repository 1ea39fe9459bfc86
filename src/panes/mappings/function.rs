//! The function that a mapping feeds: typed, with the known ones and their versions and aliases on offer.

use crate::aws::{Alias, Function, Text};

use super::super::field::{Answers, Field};
use super::super::known::Known;
use super::super::row::{FunctionRef, Scope};
use super::super::value::Tone;
use super::super::versions::Entry;

/// The field. Once it names a function of the list, the aliases and versions of that one are read and offered.
pub(super) fn field(known: &Known<'_>, answers: &Answers, initial: String) -> Field {
    let typed = if answers.get("function").is_empty() { initial.as_str() } else { answers.get("function") };
    let named = bare(typed).to_owned();
    let functions = || known.rows::<Function>("functions");
    let chosen = functions().find(|function| *function.name == *named);
    let mut words: Vec<String> = Vec::new();
    if let Some(function) = chosen {
        let ours = |arn: &Text| arn.strip_prefix(function.arn.as_str()).is_some_and(|rest| rest.starts_with(':'));
        let aliases = known.rows::<Alias>("aliases").filter(|alias| ours(&alias.arn)).map(|alias| &alias.name);
        let versions = known.rows::<Entry>("versions").map(|entry| &entry.version);
        let versions = versions.filter(|version| version.number().is_some() && ours(&version.arn));
        let qualifiers = aliases.chain(versions.map(|version| &version.version));
        words.extend(qualifiers.map(|qualifier| format!("{named}:{qualifier}")));
    }
    words.extend(functions().map(|function| function.name.to_string()));
    let about = chosen.map(|function| FunctionRef { name: function.name.clone(), arn: function.arn.clone() });
    let hint = "a name, name:alias, name:version or an ARN";
    Field::offered("function", hint, initial, words).about(about.map(Scope::Function))
}

/// The name of a function in what was typed: without what is before it in an ARN, and without a qualifier.
fn bare(named: &str) -> &str {
    let name = named.split_once("function:").map_or(named, |(_, name)| name);
    name.split(':').next().unwrap_or(name)
}

/// A function that the list of this account and region does not have.
pub(super) fn unknown(known: &Known<'_>, named: &str) -> Option<(Tone, String)> {
    let name = bare(named);
    let there = known.rows::<Function>("functions").any(|function| &*function.name == name);
    let absent = known.whole("functions") && !there;
    absent.then(|| (Tone::Warn, format!("There is no function {} in this account and region.", Text::line(name))))
}
