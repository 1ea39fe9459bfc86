//! What the forms of aliases ask, and how the answers are read.

use super::super::field::{Answers, Choice, Field, Invalid};
use super::super::known::Known;
use super::super::value::{Tone, ago};
use super::super::versions::{self, newest_first};
use crate::aws::{LATEST, Text, Version};

/// The share of a version, in percent.
pub(super) fn weight_field(version: &str, initial: String) -> Field {
    let hint = format!("% of the calls that go to {version}, 0 to 100");
    Field::number("weight", &hint, initial, (5, 0, 100))
}

/// The versions to choose from, the newest first, with what tells them apart: of those of an alias, whether their code
/// is that of the version it has `now`; else whether it is that of `$LATEST`.
pub(super) fn versions(known: &Known<'_>, now: Option<&str>, keep: impl Fn(&str) -> bool) -> Vec<Choice> {
    let versions = newest_first(known);
    let measure = now.unwrap_or(LATEST);
    let code = versions.iter().find(|version| *version.version == *measure).map(|version| &version.code_sha256);
    let note = |version: &Version| {
        let age = version.last_modified.map(|at| ago(at, known.now));
        let code = match code {
            _ if *version.version == *measure => version.number().is_none().then(|| "not published".to_owned()),
            Some(code) if *code == version.code_sha256 => Some(format!("the code of {measure}")),
            Some(_) if now.is_some() => Some("other code".to_owned()),
            _ => None,
        };
        let about = Some(version.description.to_string()).filter(|words| !words.is_empty());
        age.into_iter().chain(code).chain(about).collect::<Vec<_>>().join(" · ")
    };
    let choice = |version: &&Version| Choice { note: note(version), ..Choice::plain(&version.version) };
    versions.iter().filter(|version| keep(&version.version)).map(choice).collect()
}

/// The description, if AWS takes it.
pub(super) fn described(answers: &Answers) -> Result<String, Invalid> {
    let description = answers.get("description");
    let length = description.chars().count();
    if length > 256 {
        return Err(Invalid::new("description", format!("{length} characters; AWS takes at most 256")));
    }
    Ok(description.to_owned())
}

/// The weight in tenths of a percent.
pub(super) fn permille(answers: &Answers) -> Result<u16, Invalid> {
    let why = || Invalid::new("weight", "0 to 100 %, with at most one decimal place");
    let text = answers.get("weight");
    let (whole, tenth) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| (1..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || !digits(tenth) || tenth.len() > 1 {
        return Err(why());
    }
    let permille = whole.parse::<u16>().ok().zip(tenth.parse::<u16>().ok()).map(|(whole, tenth)| whole * 10 + tenth);
    permille.filter(|permille| *permille <= 1000).ok_or_else(why)
}

/// AWS shares calls only between versions with one role.
pub(super) fn differing_roles(known: &Known<'_>, main: &Text, second: &Text) -> Option<(Tone, String)> {
    let role = |version: &Text| {
        let settings = &versions::find(known, version)?.settings;
        settings.iter().find(|setting| setting.name == "Role").map(|setting| setting.value.clone())
    };
    let (one, other) = (role(main)?, role(second)?);
    let words =
        || format!("versions {main} and {second} have different roles: AWS refuses to share calls between them");
    (one != other).then(|| (Tone::Bad, words()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(text: &str) -> Result<u16, String> {
        let answers: Answers = [("weight", text.to_owned())].into_iter().collect();
        permille(&answers).map_err(|invalid| invalid.why)
    }

    #[test]
    fn a_weight_is_a_percentage_with_one_decimal_place() {
        assert_eq!([weight("0"), weight("10"), weight("33.3"), weight("100")], [Ok(0), Ok(100), Ok(333), Ok(1000)]);
        for wrong in ["", "x", "-1", "100.1", "101", "1.25", "1,5", ".5", "5.", "1e1"] {
            assert!(weight(wrong).is_err(), "{wrong}");
        }
    }
}
