//! The function that a mapping feeds: typed, with the known ones and their versions and aliases on offer.

use crate::aws::{Alias, Function, Text};

use super::super::field::{Answers, Field, Invalid};
use super::super::known::Known;
use super::super::row::{FunctionRef, Scope};
use super::super::value::Tone;
use super::super::versions::newest_first;

/// The field. Once it names a function of the list, the aliases and versions of that one are read and offered.
pub(super) fn field(known: &Known<'_>, answers: &Answers, initial: String) -> Field {
    let typed = if answers.get("function").is_empty() { initial.as_str() } else { answers.get("function") };
    let chosen = listed(known, typed);
    let mut words: Vec<String> = Vec::new();
    if let Some(function) = chosen {
        let ours = |arn: &Text| arn.strip_prefix(function.arn.as_str()).is_some_and(|rest| rest.starts_with(':'));
        let aliases = known.rows::<Alias>("aliases").filter(|alias| ours(&alias.arn)).map(|alias| &alias.name);
        let versions = newest_first(known).into_iter();
        let versions = versions.filter(|version| version.number().is_some() && ours(&version.arn));
        let qualifiers = aliases.chain(versions.map(|version| &version.version));
        words.extend(qualifiers.map(|qualifier| format!("{}:{qualifier}", function.name)));
    }
    words.extend(known.rows::<Function>("functions").map(|function| function.name.to_string()));
    let about = chosen.map(|function| FunctionRef { name: function.name.clone(), arn: function.arn.clone() });
    let hint = "a name, name:alias, name:version or an ARN";
    Field::offered("function", hint, initial, words).about(about.map(Scope::Function))
}

/// What was typed, if AWS can take it for a function.
///
/// # Errors
/// What it is in place of one.
pub(super) fn named(answers: &Answers) -> Result<&str, Invalid> {
    let named = answers.get("function");
    let wrong = |why: String| Err(Invalid::new("function", why));
    if named.is_empty() {
        return wrong("name the function that gets the records".to_owned());
    }
    if named.starts_with("arn:") && !is_function(named) {
        let service = Text::line(named.split(':').nth(2).unwrap_or_default());
        let place = "arn:aws:lambda:<region>:<account>:function:<name>";
        return wrong(format!("this is an ARN of {service}, not of a function: {place}"));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_:$".contains(c);
    if !named.chars().all(plain) {
        return wrong("letters, digits, - and _, with : before an alias or a version".to_owned());
    }
    Ok(named)
}

/// An ARN of a function, its version or its alias.
fn is_function(arn: &str) -> bool {
    let mut parts = arn.split(':').skip(2);
    parts.next() == Some("lambda")
        && parts.nth(2) == Some("function")
        && parts.next().is_some_and(|name| !name.is_empty())
}

/// The name of a function in what was typed: without what is before it in an ARN, and without a qualifier.
pub(super) fn bare(named: &str) -> &str {
    let name = named.split_once("function:").map_or(named, |(_, name)| name);
    name.split(':').next().unwrap_or(name)
}

/// The function of the list that was named: by its name, or by an ARN that is its own.
fn listed<'a>(known: &Known<'a>, named: &str) -> Option<&'a Function> {
    let own = |function: &&Function| {
        let rest = named.strip_prefix(function.arn.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    let mut functions = known.rows::<Function>("functions");
    if named.starts_with("arn:") {
        functions.find(own)
    } else {
        functions.find(|function| *function.name == *bare(named))
    }
}

/// A function that the list of this account and region does not have.
pub(super) fn unknown(known: &Known<'_>, named: &str) -> Option<(Tone, String)> {
    let absent = known.whole("functions") && listed(known, named).is_none();
    absent.then(|| (Tone::Warn, format!("There is no function {} in this account and region.", Text::line(named))))
}

/// The ARN of what was named, with its version or alias, where it is written out or the function is known.
pub(super) fn arn(known: &Known<'_>, named: &str) -> Option<Text> {
    if named.starts_with("arn:") {
        return Some(Text::line(named));
    }
    let function = listed(known, named)?;
    let qualifier = named.split_once(&*function.name).map_or("", |(_, qualifier)| qualifier);
    Some(Text::line(format!("{}{qualifier}", function.arn)))
}

/// The region of the functions that can be named.
pub(super) fn region<'a>(known: &Known<'a>) -> Option<&'a str> {
    known.rows::<Function>("functions").next()?.arn.as_str().split(':').nth(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(typed: &str) -> Option<String> {
        let answers = [("function", typed.to_owned())].into_iter().collect();
        named(&answers).err().map(|invalid| invalid.why)
    }

    #[test]
    fn a_function_is_named_in_all_the_ways_of_aws() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";
        let qualified = format!("{arn}:live");
        for typed in ["orders-api", "orders_api:live", "orders-api:$LATEST", "123456789012:function:a", arn, &qualified]
        {
            assert_eq!(complaint(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_no_function_is_said_to_be_what_it_is() {
        assert!(complaint("").unwrap().starts_with("name the function"));
        assert!(
            complaint("arn:aws:sqs:eu-west-1:123456789012:orders").unwrap().starts_with("this is an ARN of sqs, not")
        );
        let layer = "arn:aws:lambda:eu-west-1:123456789012:layer:deps";
        assert!(complaint(layer).unwrap().starts_with("this is an ARN of lambda, not of a function"));
        assert!(complaint("orders api").unwrap().starts_with("letters, digits"));
    }
}
