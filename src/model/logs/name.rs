//! What a typed name means where a log is chosen: `:logs` and `lambdash logs` read it the same way.

use crate::aws::{LATEST, Text};

/// What may be typed, in one line.
pub const EXAMPLES: &str = "orders-api · orders-api:live · orders-api:7 · a function's ARN · a log group or its ARN";
/// The longest name of a log group (`CreateLogGroup` in the API reference of `CloudWatch` Logs).
const LONGEST: usize = 512;

/// A name that may have a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What it is of.
    pub of: Named,
    /// The region, where it was an ARN.
    region: Option<Text>,
    /// The account, where it was an ARN.
    account: Option<Text>,
}

/// What a name is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A log group.
    Group(Text),
    /// A function, and one of its versions or aliases if it says so.
    Function {
        /// The function's name.
        name: Text,
        /// A version or an alias.
        qualifier: Option<Text>,
    },
    /// A function; where there is none of that name, a log group.
    Either(Text),
}

impl Name {
    /// Reads a name.
    ///
    /// # Errors
    /// A sentence, where nothing can have that name.
    pub fn read(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(format!("a name is wanted: {EXAMPLES}"));
        }
        if let Some((home, group)) = typed.split_once(":log-group:") {
            // Behind it there may be `:*`, or the name of a stream.
            let group = group.split(':').next().unwrap_or_default();
            return Ok(Self::at(home, group_of(group).ok_or_else(|| nothing(typed))?));
        }
        if let Some((home, function)) = typed.split_once(":function:") {
            return Ok(Self::at(home, function_of(function).ok_or_else(|| nothing(typed))?));
        }
        let of = match typed.split_once(':') {
            Some(_) => function_of(typed),
            None if is_word(typed) => Some(Named::Either(Text::line(typed))),
            None => group_of(typed),
        };
        Ok(Self::at("", of.ok_or_else(|| nothing(typed))?))
    }

    fn at(home: &str, of: Named) -> Self {
        let account = home.split(':').find(|part| part.len() == 12 && part.chars().all(|c| c.is_ascii_digit()));
        let region = home.split(':').nth(3).filter(|region| home.starts_with("arn:") && !region.is_empty());
        Self { of, region: region.map(Text::line), account: account.map(Text::line) }
    }

    /// It names a region or an account.
    pub fn is_at_home_somewhere(&self) -> bool {
        self.region.is_some() || self.account.is_some()
    }

    /// Why its log cannot be read from here, if it is of another region, or of another account as far as ours is known.
    pub fn elsewhere(&self, region: &str, account: Option<&str>) -> Option<String> {
        if let Some(own) = self.region.as_deref().filter(|own| *own != region) {
            return Some(format!("{} is of the region {own}, and this session of {region}", self.of.words()));
        }
        let own = self.account.as_deref()?;
        let here = account.filter(|here| *here != own)?;
        Some(format!("{} is of the account {own}, and this session of {here}", self.of.words()))
    }
}

impl Named {
    /// As people call it: `orders-api:live`.
    pub fn words(&self) -> String {
        match self {
            Self::Group(name) | Self::Either(name) | Self::Function { name, qualifier: None } => name.to_string(),
            Self::Function { name, qualifier: Some(qualifier) } => format!("{name}:{qualifier}"),
        }
    }
}

/// Versions have numbers, and there is one without; all else are aliases, which no number can be.
pub fn is_version(qualifier: &str) -> bool {
    qualifier == LATEST || qualifier.chars().all(|c| c.is_ascii_digit())
}

fn nothing(typed: &str) -> String {
    format!("{typed:?} can be the name of no function and of no log group: {EXAMPLES}")
}

/// A function's name, and what stands behind its colon.
fn function_of(text: &str) -> Option<Named> {
    let (name, qualifier) = text.split_once(':').map_or((text, None), |(name, qualifier)| (name, Some(qualifier)));
    let fits = is_word(name) && qualifier.is_none_or(|qualifier| qualifier == LATEST || is_word(qualifier));
    fits.then(|| Named::Function { name: Text::line(name), qualifier: qualifier.map(Text::line) })
}

fn group_of(text: &str) -> Option<Named> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '#');
    let named = !text.is_empty() && text.len() <= LONGEST && text.chars().all(fits);
    named.then(|| Named::Group(Text::line(text)))
}

/// What functions, versions and aliases may be called.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &'static str, qualifier: Option<&'static str>) -> Named {
        Named::Function { name: Text::known(name), qualifier: qualifier.map(Text::known) }
    }

    #[test]
    fn all_that_has_a_log_can_be_named() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";
        let group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/f";
        let cases = [
            ("orders-api", Named::Either("orders-api".into())),
            ("orders-api:live", function("orders-api", Some("live"))),
            ("orders-api:$LATEST", function("orders-api", Some("$LATEST"))),
            (arn, function("orders-api", None)),
            (&format!("{arn}:7"), function("orders-api", Some("7"))),
            ("123456789012:function:f", function("f", None)),
            ("my-function:live", function("my-function", Some("live"))),
            ("/aws/lambda/f", Named::Group("/aws/lambda/f".into())),
            ("shop.audit#1", Named::Group("shop.audit#1".into())),
            (group, Named::Group("/aws/lambda/f".into())),
            (&format!("{group}:*"), Named::Group("/aws/lambda/f".into())),
            (&format!("{group}:log-stream:2026/11/21/[7]0a"), Named::Group("/aws/lambda/f".into())),
        ];
        for (typed, of) in cases {
            assert_eq!(Name::read(typed).unwrap().of, of, "{typed}");
        }
    }

    #[test]
    fn what_nothing_can_be_called_is_said_at_once() {
        for typed in ["", " ", "a b", "f:", "f:a b", "a+b", "a:b:c", "arn:aws:s3:::bucket", ":log-group:", "/a:b"] {
            assert!(Name::read(typed).is_err_and(|why| why.contains("orders-api:live")), "{typed:?}");
        }
        assert!(Name::read(&"x/".repeat(257)).is_err());
    }

    #[test]
    fn an_arn_of_elsewhere_is_known() {
        let name = Name::read("arn:aws:lambda:eu-west-1:123456789012:function:f:live").unwrap();
        assert!(name.is_at_home_somewhere());
        assert_eq!(name.elsewhere("eu-west-1", Some("123456789012")), None);
        assert_eq!(name.elsewhere("eu-west-1", None), None, "whose account is not known");
        let told = "f:live is of the region eu-west-1, and this session of us-east-1";
        assert_eq!(name.elsewhere("us-east-1", None).as_deref(), Some(told));
        let told = "f:live is of the account 123456789012, and this session of 999999999999";
        assert_eq!(name.elsewhere("eu-west-1", Some("999999999999")).as_deref(), Some(told));
        assert!(!Name::read("f").unwrap().is_at_home_somewhere());
    }
}
