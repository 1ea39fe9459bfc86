//! Making an alias.

use super::super::field::{Answers, Choice, Field, Invalid};
use super::super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::super::row::Scope;
use super::asked::{described, differing_roles, permille, versions, weight_field};
use crate::aws::{Alias, AliasCall, Call, LATEST, Second, Text};

/// The answer that leaves the calls with one version.
const NOBODY: &str = "";

/// Makes an alias.
pub(super) const CREATE: Operation<Scope> = Operation {
    key: "n",
    label: "new alias",
    offered: Offered::Always,
    needs: &["versions", "aliases"],
    fields: |on, answers| fields(on, answers),
    confirm: Confirm::Ask,
    target: |on| match on.thing {
        Scope::Function(function) => Target::of(function.name.clone(), function.arn.clone()),
        other => Target::of(other.name(), Text::default()),
    },
    allowed: |_| Ok(()),
    does: create,
    spoils: &["aliases"],
};

/// Who gets a share besides is asked where calls can be shared, and how much once somebody gets one.
fn fields(on: &On<'_, Scope>, answers: &Answers) -> Vec<Field> {
    let published = versions(on.known, None, |_| true);
    // The newest published one, where there is any.
    let newest = published.iter().find(|choice| choice.value != LATEST).or(published.first());
    let newest = newest.map(|choice| choice.value.clone()).unwrap_or_default();
    let mut fields = vec![
        Field::line("name", "letters, digits, - and _, not all digits; it stays as it is for ever", ""),
        Field::choice("version", "who gets the calls", newest, published),
    ];
    let main = answers.get("version");
    if !main.is_empty() && main != LATEST {
        let nobody = Choice { value: NOBODY.to_owned(), words: "nobody".to_owned(), note: String::new() };
        let others = versions(on.known, None, |version| version != main && version != LATEST);
        let others = std::iter::once(nobody).chain(others).collect();
        fields.push(Field::choice("second", "who gets a share of the calls", NOBODY, others));
    }
    if !answers.get("second").is_empty() {
        fields.push(weight_field(&format!("version {}", answers.get("second")), "10".to_owned()));
    }
    fields.push(Field::line("description", "at most 256 characters", ""));
    fields
}

fn create(on: &On<'_, Scope>, answers: &Answers) -> Result<Plan, Invalid> {
    let Scope::Function(function) = on.thing else { return Err(Invalid::new("name", "there is no function")) };
    let name = Text::line(answers.name("name", 128)?);
    if name.chars().all(|c| c.is_ascii_digit()) {
        return Err(Invalid::new("name", "not digits alone: they would be a version"));
    }
    if on.known.rows::<Alias>("aliases").any(|alias| alias.name == name) {
        return Err(Invalid::new("name", format!("there is an alias {name} already")));
    }
    let version = Text::line(answers.get("version"));
    if version.is_empty() {
        return Err(Invalid::new("version", "the versions are still being read"));
    }
    let second = match answers.get("second") {
        NOBODY => None,
        other => {
            let permille = permille(answers)?;
            if permille == 0 {
                return Err(Invalid::new("weight", "more than 0 %, or nobody as second"));
            }
            Some(Second { version: Text::line(other), permille })
        }
    };
    let description = described(answers)?;
    let roles = second.as_ref().and_then(|second| differing_roles(on.known, &version, &second.version));
    let call = AliasCall::Create { function: function.arn.clone(), name, version, second, description };
    let mut plan = Plan::of(Call::Alias(call));
    plan.warnings.extend(roles);
    Ok(plan)
}
