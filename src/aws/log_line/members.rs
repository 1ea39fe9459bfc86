//! The members of a JSON object, looked at where they stand: nothing is copied, nothing is built. Pure.

/// The members of an object, in order: the name without its quotes, the value as it was written.
///
/// Values are only passed over, not checked: what is inside them may be wrong.
#[derive(Debug, Clone)]
pub(super) struct Members<'a> {
    rest: &'a str,
    ended: bool,
}

impl<'a> Members<'a> {
    /// The members of a text that looks like one object, spaces around it left out.
    pub fn of(text: &'a str) -> Option<Self> {
        let inside = text.trim().strip_prefix('{')?;
        inside.ends_with('}').then_some(Self { rest: inside, ended: false })
    }

    /// After the last member: the object ended where the text does.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// The next member; `None` at the end, and where the text stops being an object.
    fn step(&mut self) -> Option<(&'a str, &'a str)> {
        let rest = self.rest.trim_start();
        if rest == "}" {
            self.ended = true;
            return None;
        }
        let (name, rest) = rest.split_at_checked(string_end(rest)?)?;
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let (value, rest) = rest.split_at_checked(value_end(rest)?)?;
        let rest = rest.trim_start();
        self.rest = match rest.strip_prefix(',') {
            // A comma promises one more.
            Some(more) if more.trim_start().starts_with('"') => more,
            Some(_) => return None,
            None if rest.starts_with('}') => rest,
            None => return None,
        };
        Some((inside_quotes(name).unwrap_or(name), value))
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let member = if self.ended { None } else { self.step() };
        if member.is_none() && !self.ended {
            // What is no object any more has no further members.
            self.rest = "";
        }
        member
    }
}

/// What stands between the quotes of a JSON string, escapes as they are; `None` for other values.
pub(super) fn inside_quotes(value: &str) -> Option<&str> {
    value.strip_prefix('"')?.strip_suffix('"')
}

/// Where the string ends that a text begins with, its closing quote included.
fn string_end(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate();
    if bytes.next()?.1 != b'"' {
        return None;
    }
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at + 1),
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    None
}

/// Where the value ends that a text begins with.
fn value_end(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'"' => string_end(text),
        b'{' | b'[' => nest_end(text),
        // A number or a word.
        _ => text.find([',', '}', ']', ' ', '\n']).filter(|end| *end > 0),
    }
}

/// Where the object or list ends that a text begins with.
fn nest_end(text: &str) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0_usize);
    loop {
        let rest = text.get(at..)?;
        at += rest.find(['"', '{', '[', '}', ']'])?;
        match text.as_bytes().get(at)? {
            b'"' => {
                at += string_end(text.get(at..)?)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            _ => depth = depth.checked_sub(1)?,
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (Vec<(&str, &str)>, bool) {
        let mut members = Members::of(text).unwrap();
        let found = members.by_ref().collect();
        (found, members.ended())
    }

    #[test]
    fn values_come_as_they_were_written() {
        let (members, ended) = read(r#" { "a" : "x\"y" , "b":{"c":[1,"}"]}, "d":-1.50 ,"e":null} "#);
        assert_eq!(members, [("a", r#""x\"y""#), ("b", r#"{"c":[1,"}"]}"#), ("d", "-1.50"), ("e", "null")]);
        assert!(ended);
        assert_eq!(read("{}"), (vec![], true));
    }

    #[test]
    fn what_is_no_object_never_ends_as_one() {
        for text in ["{a}", r#"{"a"}"#, r#"{"a":}"#, r#"{"a":1,}"#, r#"{"a":1 "b":2}"#, r#"{"a":[1}"#, "{} {}", "{\"}"]
        {
            assert!(!read(text).1, "{text}");
        }
        assert!(Members::of("[1]").is_none() && Members::of("").is_none() && Members::of("{").is_none());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\{[\"{}\\[\\]:,\\\\a1 é]{0,40}\\}") {
            let _ = read(&text);
        }

        #[test]
        fn what_serde_writes_is_read(names in proptest::collection::vec("\\PC{0,6}", 0..5), word in "\\PC{0,12}") {
            let value = serde_json::json!({"w": word, "l": [word, {"x": word}]});
            let object: serde_json::Map<_, _> = names.iter().map(|name| (name.clone(), value.clone())).collect();
            let text = serde_json::to_string(&object).unwrap();
            let (members, ended) = read(&text);
            prop_assert!(ended);
            prop_assert_eq!(members.len(), object.len());
            prop_assert!(members.iter().all(|(_, told)| serde_json::from_str::<serde_json::Value>(told).unwrap() == value));
        }
    }
}
