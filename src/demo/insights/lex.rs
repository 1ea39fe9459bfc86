//! A query as words and signs, each with its place.

/// A query that is not understood: why, and from which character to which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    pub message: String,
    pub start: usize,
    pub end: usize,
}

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A field, a command, a function.
    Name(String),
    Number(f64),
    /// A length of time in milliseconds: `5m`.
    Period(i64),
    /// Words in quotation marks.
    Words(String),
    /// Between slashes.
    Pattern(String),
    Sign(&'static str),
    End,
}

/// A token and its place, in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub token: Token,
    pub start: usize,
    pub end: usize,
}

const SIGNS: [&str; 19] =
    ["=~", "!=", "<=", ">=", "|", ",", "(", ")", "[", "]", "+", "-", "*", "/", "^", "%", "=", "<", ">"];

/// Takes a query apart; the last token is [`Token::End`].
pub(super) fn lex(query: &str) -> Result<Vec<Placed>, Malformed> {
    let chars: Vec<char> = query.chars().collect();
    let mut lexer = Lexer { chars: &chars, at: 0, found: Vec::new() };
    while lexer.one()? {}
    Ok(lexer.found)
}

struct Lexer<'a> {
    chars: &'a [char],
    at: usize,
    found: Vec<Placed>,
}

impl Lexer<'_> {
    /// Takes the next token off; `false` after the last.
    fn one(&mut self) -> Result<bool, Malformed> {
        self.take_while(char::is_whitespace);
        let start = self.at;
        let Some(c) = self.peek() else {
            self.put(Token::End, start);
            return Ok(false);
        };
        let token = match c {
            '#' => {
                self.take_while(|c| c != '\n');
                return Ok(true);
            }
            '"' | '\'' => Token::Words(self.enclosed(c)?),
            '`' => Token::Name(self.enclosed(c)?),
            '/' if self.wants_pattern() => Token::Pattern(self.enclosed(c)?),
            c if c.is_ascii_digit() => self.number(),
            c if is_name(c) => Token::Name(self.take_while(|c| is_name(c) || c.is_ascii_digit() || c == '.')),
            _ => self.sign(c)?,
        };
        self.put(token, start);
        Ok(true)
    }

    fn put(&mut self, token: Token, start: usize) {
        self.found.push(Placed { token, start, end: self.at.max(start + 1) });
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let taken: String = rest.iter().take_while(|c| fits(**c)).collect();
        self.at += taken.chars().count();
        taken
    }

    /// A slash begins a pattern behind `like`, `=~` and the field of a `parse`; else it divides.
    fn wants_pattern(&self) -> bool {
        let mut before = self.found.iter().rev().map(|placed| &placed.token);
        let named = |token: Option<&Token>, name: &str| matches!(token, Some(Token::Name(found)) if found == name);
        let last = before.next();
        matches!(last, Some(Token::Sign("=~"))) || named(last, "like") || named(before.next(), "parse")
    }

    /// What stands between two of the same sign; a backslash keeps the next one from ending it.
    fn enclosed(&mut self, mark: char) -> Result<String, Malformed> {
        let start = self.at;
        self.at += 1;
        let mut inside = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' if self.peek() == Some(mark) => {
                    inside.push(mark);
                    self.at += 1;
                }
                '\\' if mark == '/' => {
                    inside.push(c);
                    inside.extend(self.peek());
                    self.at += 1;
                }
                c if c == mark => return Ok(inside),
                c => inside.push(c),
            }
        }
        Err(Malformed { message: format!("unclosed {mark}"), start, end: self.at })
    }

    fn number(&mut self) -> Token {
        let digits = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let number: f64 = digits.parse().unwrap_or_default();
        let unit = self.take_while(|c| c.is_ascii_alphabetic());
        let milliseconds = match unit.as_str() {
            "ms" => 1.0,
            "s" | "sec" => 1_000.0,
            "m" | "min" => 60_000.0,
            "h" | "hr" => 3_600_000.0,
            "d" => 86_400_000.0,
            _ => {
                self.at -= unit.chars().count();
                return Token::Number(number);
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "a few digits and a unit")]
        Token::Period((number * milliseconds) as i64)
    }

    fn sign(&mut self, c: char) -> Result<Token, Malformed> {
        let rest: String = self.chars.iter().skip(self.at).take(2).collect();
        let start = self.at;
        match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => {
                self.at += sign.len();
                Ok(Token::Sign(sign))
            }
            None => Err(unexpected(&c.to_string(), start, start + 1, self.chars)),
        }
    }
}

/// AWS's words for what does not belong where it stands.
pub(super) fn unexpected(what: &str, start: usize, end: usize, query: &[char]) -> Malformed {
    let before = query.get(..start).unwrap_or(query);
    let line = before.iter().filter(|c| **c == '\n').count() + 1;
    let position = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
    let message = format!("unexpected symbol found {what} at line {line} and position {position}");
    Malformed { message, start, end }
}

fn is_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '@'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(query: &str) -> Vec<Token> {
        lex(query).unwrap().into_iter().map(|placed| placed.token).collect()
    }

    #[test]
    fn a_slash_divides_or_encloses() {
        let name = |name: &str| Token::Name(name.to_owned());
        assert_eq!(tokens("@a.b/2"), [name("@a.b"), Token::Sign("/"), Token::Number(2.0), Token::End]);
        let pattern = Token::Pattern(r"a\d/".to_owned());
        assert_eq!(tokens(r"like /a\d\//"), [name("like"), pattern.clone(), Token::End]);
        assert_eq!(tokens(r"parse x /a\d\//"), [name("parse"), name("x"), pattern, Token::End]);
    }

    #[test]
    fn times_comments_and_names_in_backticks() {
        assert_eq!(
            tokens("bin(5m) # five\n`a-b`"),
            [
                Token::Name("bin".to_owned()),
                Token::Sign("("),
                Token::Period(300_000),
                Token::Sign(")"),
                Token::Name("a-b".to_owned()),
                Token::End
            ]
        );
    }

    #[test]
    fn what_does_not_belong_is_named_with_its_place() {
        let flaw = lex("fields a\n| §").unwrap_err();
        assert_eq!(flaw.message, "unexpected symbol found § at line 2 and position 3");
        assert_eq!((flaw.start, flaw.end), (11, 12));
        assert_eq!(lex("filter a like \"open").unwrap_err().start, 14);
    }
}
