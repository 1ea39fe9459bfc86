//! JSON as filter patterns see it: numbers keep their digits, members their order.

use std::fmt::Write as _;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::text::Text;

/// What lies deeper is no event and no pattern.
const DEEPEST: usize = 100;

/// A list of plain values up to so many characters stands on one line.
const LINE: usize = 60;

/// One value of JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Switch(bool),
    /// A number, as it is written: Lambda compares numbers that are named by how they are written.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object.
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Reads JSON.
    ///
    /// # Errors
    /// What is wrong with it, and where, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let raw: &RawValue = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        Self::read(raw.get(), DEEPEST)
    }

    fn read(text: &str, depth: usize) -> Result<Self, String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!("nested more than {DEEPEST} deep"));
        };
        let wrong = |error: serde_json::Error| format!("not JSON: {error}");
        Ok(match text.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(text).map_err(wrong)?;
                let read = |(name, raw): (String, &RawValue)| Ok((name, Self::read(raw.get(), depth)?));
                Self::Object(members.into_iter().map(read).collect::<Result<_, String>>()?)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
                Self::List(items.into_iter().map(|raw| Self::read(raw.get(), depth)).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Self::Text(serde_json::from_str(text).map_err(wrong)?),
            Some(b't') => Self::Switch(true),
            Some(b'f') => Self::Switch(false),
            Some(b'n') => Self::Null,
            _ => Self::Number(text.to_owned()),
        })
    }

    /// A member of an object; the last one of that name.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().rev().find(|(known, _)| known == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// On one line, without a blank that means nothing.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    /// Over several lines, two cells deeper with each level.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out
    }

    fn write(&self, out: &mut String, deep: Option<usize>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Switch(on) => out.push_str(if *on { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => quote(text, out),
            Self::List(items) if deep.is_some() && self.is_short() => {
                let items: Vec<String> = items.iter().map(Self::compact).collect();
                out.push_str(&format!("[{}]", items.join(", ")));
            }
            Self::List(items) => {
                write_all(out, deep, ('[', ']'), items, Node::write);
            }
            Self::Object(members) => write_all(out, deep, ('{', '}'), members, |(name, node), out, deep| {
                quote(name, out);
                out.push_str(if deep.is_some() { ": " } else { ":" });
                node.write(out, deep);
            }),
        }
    }

    /// A list of which nobody needs to see the structure.
    fn is_short(&self) -> bool {
        let Self::List(items) = self else { return false };
        items.iter().all(|item| !matches!(item, Self::List(_) | Self::Object(_))) && self.compact().len() <= LINE
    }
}

fn write_all<T>(
    out: &mut String,
    deep: Option<usize>,
    (open, close): (char, char),
    items: &[T],
    mut each: impl FnMut(&T, &mut String, Option<usize>),
) {
    out.push(open);
    let inside = deep.map(|deep| deep + 1);
    let line = |out: &mut String, deep: Option<usize>| {
        if let Some(deep) = deep.filter(|_| !items.is_empty()) {
            out.push('\n');
            out.push_str(&"  ".repeat(deep));
        }
    };
    for (n, item) in items.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        line(out, inside);
        each(item, out, inside);
    }
    line(out, deep);
    out.push(close);
}

/// A string of JSON. What would act on a terminal, or not be seen, is written as its number: the string
/// is the same.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => out.push(c),
            c if *Text::line(c.to_string()) == *c.to_string() => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing into a String cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

/// The members of an object in their order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_order_are_kept() {
        let text = r#"{"b":300.0,"a":[3.0e2,12345678901234567890123,null,true],"c":{}}"#;
        assert_eq!(Node::parse(text).unwrap().compact(), text);
    }

    #[test]
    fn short_lists_stand_on_one_line() {
        let node = Node::parse(r#"{"body":{"type":["placed","changed"],"total":[{"numeric":[">",10]}]}}"#).unwrap();
        assert_eq!(
            node.pretty(),
            "{\n  \"body\": {\n    \"type\": [\"placed\", \"changed\"],\n    \"total\": [\n      {\n        \"numeric\": [\">\", 10]\n      }\n    ]\n  }\n}"
        );
    }

    #[test]
    fn what_would_act_on_a_terminal_is_written_as_a_number_and_means_the_same() {
        let node = Node::parse("{\"a\": \"\\u001b[31m \u{202e}x größe \u{1f980}\"}").unwrap();
        let text = node.compact();
        assert!(text.contains("\\u001b[31m \\u202ex größe"), "{text}");
        assert_eq!(*Text::line(&text), *text);
        assert_eq!(Node::parse(&text).unwrap(), node);
    }

    #[test]
    fn what_is_no_json_says_where() {
        assert!(Node::parse("{\"a\": }").unwrap_err().contains("column 7"));
        let deep = format!("{}{}", "[".repeat(101), "]".repeat(101));
        assert!(Node::parse(&deep).unwrap_err().contains("100 deep"));
    }
}
