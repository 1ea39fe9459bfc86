//! What stands before the words of a plain line: a time, a request's number, a level, in any order. Pure.

use super::super::level::Level;

/// The beginning of a plain line, taken apart.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// The number of the request.
    pub request: Option<&'a str>,
    /// How bad the line is, as its logger says.
    pub level: Option<Level>,
    /// A time stood there.
    pub timed: bool,
    /// What follows.
    pub rest: &'a str,
}

/// A head has no more parts: a date, a time, a number, a level, and the name of the number.
const PARTS: usize = 5;

/// Takes times, numbers and levels from the beginning of a line until something else stands there: Lambda's
/// runtimes write them in different orders.
pub(super) fn of(line: &str) -> Head<'_> {
    let mut head = Head { rest: line.trim_start(), ..Head::default() };
    for _ in 0..PARTS {
        let end = head.rest.find(char::is_whitespace).unwrap_or(head.rest.len());
        let Some((word, after)) = head.rest.split_at_checked(end) else { break };
        let bare = bare(word);
        if is_time(bare) {
            head.timed = true;
        } else if head.request.is_none() && is_request_id(bare) {
            head.request = Some(bare);
        } else if let Some(level) = level(word, bare, after, head).filter(|_| head.level.is_none()) {
            head.level = Some(level);
        } else if word != "RequestId:" {
            break;
        }
        head.rest = after.trim_start();
    }
    if !head.timed && head.request.is_none() && head.level.is_none() {
        // Its indentation is a part of it: a trace or a record printed line by line.
        head.rest = line;
    }
    // A separator of ours to come: `12:04:31 INFO - words`.
    head.rest = head.rest.strip_prefix("- ").filter(|_| head.timed || head.level.is_some()).unwrap_or(head.rest);
    head
}

/// A word without the colour and the brackets around it. Escape sequences have become visible before.
fn bare(word: &str) -> &str {
    let mut word = word;
    while let Some(rest) = word.strip_prefix("^[[") {
        let Some((code, after)) = rest.split_once('m') else { break };
        if !code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';') {
            break;
        }
        word = after;
    }
    let word = word.split_once("^[[").map_or(word, |(word, _)| word);
    word.trim_matches(|c| matches!(c, '[' | ']' | '(' | ')' | '|' | ':' | ','))
}

/// A level. In small letters only where the line's form says that it is one: `[warn]`, `warn:`, or in a
/// column of its own behind a time or a number.
fn level(word: &str, bare: &str, after: &str, head: Head<'_>) -> Option<Level> {
    let level = Level::named(bare)?;
    let shouted = bare.bytes().all(|byte| byte.is_ascii_uppercase());
    // `Error: no such file` is a message; its first word stays.
    let framed =
        bare.len() < word.len() && (word.starts_with('[') || bare.bytes().all(|byte| byte.is_ascii_lowercase()));
    let column = (head.timed || head.request.is_some()) && (after.starts_with("  ") || after.starts_with('\t'));
    (shouted || framed || column).then_some(level)
}

/// `2026-11-21T12:04:31.120Z`, `2026-11-21`, `2026/11/21`, `12:04:31,120`.
fn is_time(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let sign = |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|byte| signs.contains(byte));
    let date = (0..4).all(digit) && sign(4, b"-/") && digit(5) && digit(6) && sign(7, b"-/") && digit(8) && digit(9);
    let time = digit(0) && digit(1) && sign(2, b":") && digit(3) && digit(4) && sign(5, b":") && digit(6) && digit(7);
    (date || time) && bytes.iter().all(|byte| byte.is_ascii_digit() || b"-/:.,TZ+".contains(byte))
}

/// A request's number is a UUID.
pub(super) fn is_request_id(word: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, byte): (usize, u8)| if dash(at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    word.len() == 36 && word.bytes().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "8f0c1e7a-0000-4000-8000-000000000001";

    #[test]
    fn every_runtime_has_its_own_order() {
        for (line, level, request, rest) in [
            // Node.js, its tabs expanded as `Text::block` does
            (format!("2026-11-21T12:04:31.120Z        {ID}    INFO    received"), Some(Level::Info), true, "received"),
            (format!("2026-11-21T12:04:31.120Z\t{ID}\tERROR\tInvoke Error"), Some(Level::Error), true, "Invoke Error"),
            // Python
            (
                format!("[WARNING]       2026-11-21T12:04:31.120Z        {ID}    low stock"),
                Some(Level::Warn),
                true,
                "low stock",
            ),
            // .NET
            (format!("2026-11-21T12:04:31.120Z        {ID}    info    received"), Some(Level::Info), true, "received"),
            // Java
            (format!("2026-11-21 12:04:31,120 {ID} DEBUG App:31 - begin"), Some(Level::Debug), true, "App:31 - begin"),
            ("12:04:31 [INFO] - received".to_owned(), Some(Level::Info), false, "received"),
            // winston, with its colour
            ("^[[32minfo^[[39m: received".to_owned(), Some(Level::Info), false, "received"),
            ("warn: low".to_owned(), Some(Level::Warn), false, "low"),
            // Lambda itself
            (format!("RequestId: {ID} Error: Runtime exited"), None, true, "Error: Runtime exited"),
        ] {
            let head = of(&line);
            assert_eq!((head.level, head.request, head.rest), (level, request.then_some(ID), rest), "{line}");
        }
    }

    #[test]
    fn words_that_only_look_like_parts_stay() {
        for line in [
            "error in billing",
            "info desk",
            "10.0.0.1:8080 answered",
            "2026 was a year",
            "",
            "warnings: 2",
            "Error: no",
        ] {
            assert_eq!(of(line), Head { rest: line, ..Head::default() }, "{line}");
        }
        // The first level counts; what follows is about something else.
        assert_eq!(of("[INFO] ERROR rate is low").rest, "ERROR rate is low");
    }

    proptest::proptest! {
        #[test]
        fn no_line_panics_and_the_rest_is_its_end(line in "(\\[|\\^\\[\\[3|m|INFO|12:04:31|2026-11-21|RequestId:| |\\PC){0,12}") {
            proptest::prop_assert!(line.ends_with(of(&line).rest));
        }
    }
}
