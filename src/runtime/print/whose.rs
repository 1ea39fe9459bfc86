//! Whose log is to be printed: what a name leads to.

use super::Stopped;
use crate::aws::{self, Aws, Kind, LogQuery, NEWEST_FIRST_SINCE, Problem, Text, default_log_group};
use crate::model::logs::{Name, Named, Subject, is_version};

/// Finds out whose log a name means. `tell` hears what was taken to be so.
///
/// # Errors
/// When the name is none, is of elsewhere, or leads to nothing.
pub async fn whose(aws: &Aws, typed: &str, tell: &impl Fn(&str)) -> Result<Subject, Stopped> {
    let name = Name::read(typed).map_err(Stopped::Usage)?;
    if name.is_at_home_somewhere() {
        // Who may not ask, or an endpoint of others that cannot tell, leaves it open.
        let account = aws::identity(aws.clone()).await.ok().map(|identity| identity.account);
        if let Some(why) = name.elsewhere(aws.region(), account.as_deref()) {
            return Err(Stopped::Usage(format!("{why}: choose with --profile and --region")));
        }
    }
    match name.of {
        Named::Group(group) => Ok(Subject::of_group(group)),
        Named::Either(name) => of_function(aws, name, None, tell).await,
        Named::Function { name, qualifier } => of_function(aws, name, qualifier, tell).await,
    }
}

async fn of_function(aws: &Aws, name: Text, qualifier: Option<Text>, tell: &impl Fn(&str)) -> Result<Subject, Stopped> {
    let whole = qualifier.as_ref().map_or_else(|| name.clone(), |of| Text::line(format!("{name}:{of}")));
    let group = match aws::read(aws.clone(), whole.clone()).await {
        Ok(function) => function.log_group,
        // Who may not read the function may still read its log.
        Err(problem) if problem.kind == Kind::Denied => {
            let group = default_log_group(&name);
            tell(&format!("the log group is taken to be {group}: lambda:GetFunction is not allowed"));
            group
        }
        Err(problem) if problem.kind == Kind::Missing && qualifier.is_none() => {
            return left_behind(aws, name, tell).await.ok_or_else(|| problem.into());
        }
        Err(problem) => return Err(problem.into()),
    };
    let versions = match qualifier {
        None => Vec::new(),
        Some(version) if is_version(&version) => vec![version],
        Some(alias) => versions_of(aws, &name, alias, tell).await?,
    };
    Ok(Subject { name: whole, group, function: Some(name), versions })
}

/// The versions behind an alias; none, which is all of them, where that is not to be known.
async fn versions_of(aws: &Aws, function: &Text, alias: Text, tell: &impl Fn(&str)) -> Result<Vec<Text>, Problem> {
    match aws::alias_versions(aws.clone(), function.clone(), alias.clone()).await {
        Err(problem) if problem.kind == Kind::Denied => {
            tell(&format!(
                "the log of all versions of {function} is printed: lambda:GetAlias is not allowed, so which of them {alias} sends calls to is not known"
            ));
            Ok(Vec::new())
        }
        answer => answer,
    }
}

/// A function that is not there: its log stays when it is deleted. And a log group may have a name without a slash.
async fn left_behind(aws: &Aws, name: Text, tell: &impl Fn(&str)) -> Option<Subject> {
    let own = default_log_group(&name);
    if is_there(aws, &own).await {
        tell(&format!("there is no function {name} any more, but its log group {own} is still there"));
        return Some(Subject::of_group(own));
    }
    is_there(aws, &name).await.then(|| Subject::of_group(name))
}

/// There is a log group of this name, and it may be read.
async fn is_there(aws: &Aws, group: &Text) -> bool {
    let one = LogQuery { limit: 1, ..LogQuery::since(group.clone(), NEWEST_FIRST_SINCE) };
    aws::log_events(aws.clone(), one).await.is_ok()
}
