//! Conditions of JSON filter patterns: `$.level = "ERROR" && ($.ms > 400 || $.retry IS TRUE)`.

use regex::Regex;
use serde_json::Value;

use super::super::answer::Refusal;
use super::bad;
use super::pattern::regex;

/// What must be true of an event.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Field { path: Vec<String>, test: Test },
}

/// What must be true of a field.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Is(Value),
    Absent,
    /// A text with `*` for anything, and whether it must fit or must not.
    Like(Regex, bool),
    /// A number, how the field must compare with it.
    Number(&'static str, f64),
}

impl Condition {
    /// Reads what stands between the braces.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let tokens = tokens(text)?;
        let mut reader = Reader { tokens: &tokens };
        let condition = reader.any()?;
        if reader.tokens.is_empty() { Ok(condition) } else { Err(invalid("unexpected text")) }
    }

    /// It is true of the event.
    pub fn holds(&self, event: &Value) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(event)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(event)),
            Self::Field { path, test } => {
                let step = |at: &'_ Value, name: &String| match at {
                    Value::Array(items) => name.parse::<usize>().ok().and_then(|at| items.get(at)).cloned(),
                    at => at.get(name).cloned(),
                };
                test.holds(path.iter().try_fold(event.clone(), |at, name| step(&at, name)).as_ref())
            }
        }
    }
}

impl Test {
    fn holds(&self, field: Option<&Value>) -> bool {
        let Some(field) = field else { return matches!(self, Self::Absent) };
        match self {
            Self::Absent => false,
            Self::Is(value) => field == value,
            Self::Like(regex, wanted) => {
                let text = field.as_str().map_or_else(|| field.to_string(), str::to_owned);
                regex.is_match(&text) == *wanted
            }
            Self::Number(operator, number) => field.as_f64().is_some_and(|field| match *operator {
                "<" => field < *number,
                ">" => field > *number,
                "<=" => field <= *number,
                ">=" => field >= *number,
                "=" => field.total_cmp(number).is_eq(),
                _ => field.total_cmp(number).is_ne(),
            }),
        }
    }
}

/// A piece of a condition as it is written.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Regex(String),
    Sign(&'static str),
}

/// Signs, the longer ones first.
const SIGNS: [&str; 10] = ["&&", "||", "!=", "<=", ">=", "=", "<", ">", "(", ")"];

fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let sign = SIGNS.iter().find_map(|sign| Some((*sign, rest.strip_prefix(sign)?)));
        let (token, tail) = match (first, sign) {
            (_, Some((sign, tail))) => (Token::Sign(sign), tail),
            ('"' | '%', _) => {
                let (inside, tail) = rest
                    .strip_prefix(first)
                    .and_then(|rest| rest.split_once(first))
                    .ok_or_else(|| invalid("unclosed quotation mark"))?;
                let kind = if first == '"' { Token::Quoted } else { Token::Regex };
                (kind(inside.to_owned()), tail)
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || "&|!=<>()\"".contains(c);
                let (word, tail) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
                (Token::Word(word.to_owned()), tail)
            }
        };
        if token == Token::Word(String::new()) {
            return Err(invalid("unexpected character"));
        }
        found.push(token);
        rest = tail.trim_start();
    }
    Ok(found)
}

/// Reads a condition off its pieces: `||` binds less than `&&`.
struct Reader<'a> {
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn next(&mut self) -> Option<Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first.clone())
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        let is = self.tokens.first() == Some(&Token::Sign(sign));
        if is {
            self.next();
        }
        is
    }

    fn any(&mut self) -> Result<Condition, Refusal> {
        let mut parts = vec![self.all()?];
        while self.takes("||") {
            parts.push(self.all()?);
        }
        Ok(Condition::Any(parts))
    }

    fn all(&mut self) -> Result<Condition, Refusal> {
        let mut parts = vec![self.one()?];
        while self.takes("&&") {
            parts.push(self.one()?);
        }
        Ok(Condition::All(parts))
    }

    fn one(&mut self) -> Result<Condition, Refusal> {
        if self.takes("(") {
            let inner = self.any()?;
            return if self.takes(")") { Ok(inner) } else { Err(invalid("')' expected")) };
        }
        let Some(Token::Word(selector)) = self.next() else { return Err(invalid("a field expected")) };
        let path = selector.strip_prefix("$.").ok_or_else(|| invalid("a field begins with $."))?;
        let path = path.replace('[', ".").replace(']', "").split('.').map(str::to_owned).collect();
        Ok(Condition::Field { path, test: self.test()? })
    }

    fn test(&mut self) -> Result<Test, Refusal> {
        match self.next() {
            Some(Token::Word(word)) if word == "IS" => match self.next() {
                Some(Token::Word(word)) if word == "TRUE" => Ok(Test::Is(true.into())),
                Some(Token::Word(word)) if word == "FALSE" => Ok(Test::Is(false.into())),
                Some(Token::Word(word)) if word == "NULL" => Ok(Test::Is(Value::Null)),
                _ => Err(invalid("TRUE, FALSE or NULL expected")),
            },
            Some(Token::Word(word)) if word == "NOT" && self.next() == Some(Token::Word("EXISTS".into())) => {
                Ok(Test::Absent)
            }
            Some(Token::Sign(operator @ ("=" | "!=" | "<" | ">" | "<=" | ">="))) => self.compared(operator),
            _ => Err(invalid("an operator expected")),
        }
    }

    fn compared(&mut self, operator: &'static str) -> Result<Test, Refusal> {
        let like = |text: &str| {
            let parts: Vec<String> = text.split('*').map(regex::escape).collect();
            regex(&format!("^(?s:{})$", parts.join(".*")))
        };
        let wanted = operator == "=";
        match self.next() {
            Some(Token::Word(word)) => match word.parse::<f64>() {
                Ok(number) => Ok(Test::Number(operator, number)),
                Err(_) if matches!(operator, "=" | "!=") => Ok(Test::Like(like(&word)?, wanted)),
                Err(_) => Err(invalid("a number expected")),
            },
            Some(Token::Quoted(text)) if matches!(operator, "=" | "!=") => Ok(Test::Like(like(&text)?, wanted)),
            Some(Token::Regex(text)) if matches!(operator, "=" | "!=") => Ok(Test::Like(regex(&text)?, wanted)),
            _ => Err(invalid("a value expected")),
        }
    }
}

fn invalid(why: &str) -> Refusal {
    bad(&format!("Invalid filter pattern: {why}"))
}
