//! From the tokens of a query to its commands; what is not understood is refused with its place.

use regex::{Regex, RegexBuilder};

use super::expr;
use super::lex::{Malformed, Placed, Token, lex, unexpected};
use super::syntax::{Command, Expr, Named};

/// The most rows a query may ask for.
const MOST: f64 = 10_000.0;

/// Reads a query.
pub(super) fn parse(query: &str) -> Result<Vec<Command>, Malformed> {
    let mut parser = Parser { tokens: lex(query)?, at: 0, query: query.chars().collect(), sums: false };
    let mut commands = vec![parser.command()?];
    while parser.takes("|") {
        commands.push(parser.command()?);
    }
    if parser.peek() != &Token::End {
        return Err(parser.unexpected());
    }
    Ok(commands)
}

/// A query being read.
pub(super) struct Parser {
    tokens: Vec<Placed>,
    at: usize,
    query: Vec<char>,
    /// Within `stats`: sums may be named.
    pub sums: bool,
}

impl Parser {
    /// What stands here.
    pub fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |placed| &placed.token)
    }

    /// What stands here, taken.
    pub fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    /// Takes a sign if it stands here.
    pub fn takes(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Token::Sign(found) if *found == sign);
        self.at += usize::from(here);
        here
    }

    /// Takes a word if it stands here.
    pub fn takes_word(&mut self, word: &str) -> bool {
        let here = matches!(self.peek(), Token::Name(found) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(here);
        here
    }

    pub fn expects(&mut self, sign: &str) -> Result<(), Malformed> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// What stands here does not belong here.
    pub fn unexpected(&self) -> Malformed {
        let (start, end) = self.place(self.at);
        let what: String = match self.peek() {
            Token::End => "<EOF>".to_owned(),
            _ => self.query.get(start..end).unwrap_or_default().iter().collect(),
        };
        unexpected(&what, start, end, &self.query)
    }

    /// The token before this place is wrong, for a reason.
    pub fn wrong(&self, message: impl Into<String>) -> Malformed {
        self.wrong_back(1, message)
    }

    /// The token so many places before this one is wrong, for a reason.
    pub fn wrong_back(&self, back: usize, message: impl Into<String>) -> Malformed {
        let (start, end) = self.place(self.at.saturating_sub(back));
        Malformed { message: message.into(), start, end }
    }

    fn place(&self, at: usize) -> (usize, usize) {
        self.tokens.get(at).map_or((self.query.len(), self.query.len()), |placed| (placed.start, placed.end))
    }

    /// Where the token here begins, to name a value by its text.
    pub fn start(&self) -> usize {
        self.place(self.at).0
    }

    fn command(&mut self) -> Result<Command, Malformed> {
        let Token::Name(name) = self.peek().clone() else { return Err(self.unexpected()) };
        let unknown = self.unexpected();
        self.at += 1;
        Ok(match name.to_ascii_lowercase().as_str() {
            "fields" => Command::Fields(self.list()?),
            "display" => Command::Display(self.list()?),
            "filter" => Command::Filter(expr::any(self)?),
            "stats" => self.stats()?,
            "sort" | "order" => self.sort()?,
            "limit" | "head" => self.limit()?,
            "parse" => self.take_apart()?,
            "dedup" => Command::Dedup(self.list()?.into_iter().map(|named| named.value).collect()),
            "pattern" => Command::Pattern(expr::any(self)?),
            _ => return Err(unknown),
        })
    }

    /// Values one after the other, each with a name: its own, or its text.
    fn list(&mut self) -> Result<Vec<Named>, Malformed> {
        let mut list = Vec::new();
        loop {
            let start = self.start();
            let value = expr::any(self)?;
            let end = self.place(self.at.saturating_sub(1)).1;
            let written: String = self.query.get(start..end).unwrap_or_default().iter().collect();
            let name = match (self.takes_word("as"), &value) {
                (true, _) => self.name()?,
                (false, Expr::Field(name)) => name.clone(),
                (false, _) => written,
            };
            list.push(Named { value, name });
            if !self.takes(",") {
                return Ok(list);
            }
        }
    }

    fn name(&mut self) -> Result<String, Malformed> {
        match self.peek().clone() {
            Token::Name(name) => {
                self.at += 1;
                Ok(name)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn stats(&mut self) -> Result<Command, Malformed> {
        self.sums = true;
        let sums = self.list();
        self.sums = false;
        let keys = if self.takes_word("by") { self.list()? } else { Vec::new() };
        Ok(Command::Stats(sums?, keys))
    }

    fn sort(&mut self) -> Result<Command, Malformed> {
        self.takes_word("by");
        let mut by = Vec::new();
        loop {
            let value = expr::any(self)?;
            let largest_first = self.takes_word("desc");
            if !largest_first {
                self.takes_word("asc");
            }
            by.push((value, largest_first));
            if !self.takes(",") {
                return Ok(Command::Sort(by));
            }
        }
    }

    fn limit(&mut self) -> Result<Command, Malformed> {
        let Token::Number(n) = *self.peek() else { return Err(self.unexpected()) };
        self.at += 1;
        if !(1.0..=MOST).contains(&n) {
            return Err(self.wrong("limit must be between 1 and 10000"));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 10,000")]
        Ok(Command::Limit(n as usize))
    }

    /// `parse @message "user=*, *" as user, rest`, or a pattern with named groups.
    fn take_apart(&mut self) -> Result<Command, Malformed> {
        let from = match self.peek() {
            Token::Words(_) | Token::Pattern(_) => Expr::Field("@message".to_owned()),
            _ => expr::any(self)?,
        };
        let glob = matches!(self.peek(), Token::Words(_));
        let text = match self.peek().clone() {
            Token::Words(glob) => glob.split('*').map(regex::escape).collect::<Vec<_>>().join("(.*?)"),
            Token::Pattern(pattern) => pattern,
            _ => return Err(self.unexpected()),
        };
        self.at += 1;
        // The last star takes all that is left.
        let text = if text.ends_with("(.*?)") { format!("{text}$") } else { text };
        let pattern = self.pattern(&format!("(?s){text}"))?;
        if !glob {
            let names = pattern.capture_names().flatten().map(str::to_owned).collect();
            return Ok(Command::Parse(from, pattern, names));
        }
        if !self.takes_word("as") {
            return Err(self.unexpected());
        }
        let mut names = vec![self.name()?];
        while self.takes(",") {
            names.push(self.name()?);
        }
        if names.len() + 1 != pattern.captures_len() {
            return Err(self.wrong("the number of fields differs from the number of stars"));
        }
        Ok(Command::Parse(from, pattern, names))
    }

    /// A pattern as the language has it.
    pub fn pattern(&self, text: &str) -> Result<Regex, Malformed> {
        RegexBuilder::new(text).size_limit(1 << 20).build().map_err(|_| self.wrong("invalid regular expression"))
    }
}
