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

    /// With a variable of the environment before it.
    pub fn after(self, variable: &str) -> Self {
        Self(format!("{variable} {}", self.0))
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

/// A word a shell takes as it is, or one in quotes. What would act on a terminal is spelled out, line ends and tabs too:
/// pasted as they are, a line end may run half a command and a tab completes. Beyond ASCII it is spelled byte by byte,
/// which shells of any age and any locale read back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let spelled: Vec<Option<String>> = word.chars().map(spelled).collect();
    if spelled.iter().all(Option::is_none) {
        return format!("'{}'", word.replace('\'', r"'\''"));
    }
    let parts = word.chars().zip(spelled).map(|(c, spelled)| match (spelled, c) {
        (Some(spelled), _) => spelled,
        (None, '\'' | '\\') => format!("\\{c}"),
        (None, c) => c.to_string(),
    });
    format!("$'{}'", parts.collect::<String>())
}

/// A character within `$'…'`, if it cannot stand there as it is.
fn spelled(c: char) -> Option<String> {
    match c {
        '\n' => Some(r"\n".to_owned()),
        '\r' => Some(r"\r".to_owned()),
        '\t' => Some(r"\t".to_owned()),
        c if *Text::line(c.to_string()) == *c.to_string() => None,
        c => Some(c.to_string().bytes().map(|byte| format!("\\x{byte:02x}")).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_take_them_apart() {
        assert_eq!((quoted("").as_str(), quoted("it's").as_str()), ("''", r"'it'\''s'"));
        assert_eq!(quoted("a\u{202e}\\"), r"$'a\xe2\x80\xae\\'");
        assert_eq!(quoted("{\n\t\"a\": \"it's\"\n}"), r#"$'{\n\t"a": "it\'s"\n}'"#);
        let command = Command::of("create-alias").with("--name", &"li ve").with_some("--description", None::<&Text>);
        assert_eq!(command.flag("--no-x").line(), "aws lambda create-alias --name 'li ve' --no-x");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

        #[test]
        fn a_shell_reads_back_what_was_quoted(word in "(\\PC|[\\x01-\\x1f'\"\\\\$`!\u{202e}\u{7f}0-9a-f]){0,40}") {
            let line = Command::of("invoke").with("--payload", &word).line();
            let shell = std::process::Command::new("bash")
                .args(["-c", &format!("aws() {{ printf '%s\\0' \"$@\"; }}; {line}")])
                .env("LC_ALL", "C")
                .output()
                .unwrap();
            let told = String::from_utf8(shell.stdout).unwrap();
            proptest::prop_assert_eq!(told, format!("lambda\0invoke\0--payload\0{word}\0"), "{}", line);
        }
    }
}
