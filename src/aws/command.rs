//! The AWS CLI command that does the same as a call of ours, as a line for a shell.

use std::fmt::Display;

use super::text::Text;

/// A command being written.
pub(super) struct Command(String);

impl Command {
    /// `aws lambda <operation>`.
    pub fn of(operation: &str) -> Self {
        Self(format!("aws lambda {operation}"))
    }

    /// With an option and its value.
    pub fn with(mut self, option: &str, value: &impl Display) -> Self {
        self.0.push_str(&format!(" {option} {}", quoted(&value.to_string())));
        self
    }

    /// With an option if it has a value.
    pub fn with_some(self, option: &str, value: Option<&impl Display>) -> Self {
        match value {
            Some(value) => self.with(option, value),
            None => self,
        }
    }

    /// With an option and all its values; without the option if there are none.
    pub fn with_all(mut self, option: &str, values: &[String]) -> Self {
        if !values.is_empty() {
            self = self.flag(option);
        }
        values.iter().fold(self, |command, value| command.flag(&quoted(value)))
    }

    /// With an option that has none.
    pub fn flag(mut self, option: &str) -> Self {
        self.0.push_str(&format!(" {option}"));
        self
    }

    /// The whole line.
    pub fn line(self) -> String {
        self.0
    }
}

/// A word a shell takes as it is, or one in quotes. What would act on a terminal is spelled out.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    if *Text::line(word) == *word {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let spelled = word.chars().map(|c| match c {
        '\'' | '\\' => format!("\\{c}"),
        c if c.is_ascii_control() => format!("\\x{:02x}", u32::from(c)),
        c if *Text::line(c.to_string()) != *c.to_string() => format!("\\U{:08x}", u32::from(c)),
        c => c.to_string(),
    });
    format!("$'{}'", spelled.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        assert_eq!((quoted("").as_str(), quoted("it's").as_str()), ("''", r"'it'\''s'"));
        assert_eq!(quoted("a\u{202e}\\"), r"$'a\U0000202e\\'");
        let command = Command::of("create-alias").with("--name", &"li ve").with_some("--description", None::<&Text>);
        assert_eq!(command.flag("--no-x").line(), "aws lambda create-alias --name 'li ve' --no-x");
    }
}
