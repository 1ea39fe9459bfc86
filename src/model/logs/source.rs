//! Whose events are on show: a function, one of its versions, a log group.

use super::layout::LABEL;
use crate::aws::Text;

/// What a log is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// As people call it: `orders-api:live`.
    pub name: Text,
    /// The log group.
    pub group: Text,
    /// The function, where the group may be of several; `None` shows all of the group.
    pub function: Option<Text>,
    /// Only these versions of it; none shows all.
    pub versions: Vec<Text>,
}

impl Subject {
    /// All events of a log group.
    pub fn of_group(group: Text) -> Self {
        let name = group.strip_prefix("/aws/lambda/").map_or_else(|| group.clone(), Text::line);
        Self { name, group, function: None, versions: Vec::new() }
    }

    /// The events of a stream belong to it. Lambda names streams `2026/11/21/[7]0a1b…`, and in a group of several
    /// functions `2026/11/21/orders-api[7][0a1b…]` ("Log group naming" in Lambda's documentation).
    pub fn owns(&self, stream: &str) -> bool {
        let Some((before, rest)) = stream.split_once('[') else { return true };
        let owner = before.rsplit('/').next().unwrap_or_default();
        let version = rest.split(']').next().unwrap_or_default();
        let of_function = self.function.as_deref().is_none_or(|function| owner.is_empty() || owner == function);
        of_function && (self.versions.is_empty() || self.versions.iter().any(|wanted| *wanted == *version))
    }
}

/// One source of events.
#[derive(Debug)]
pub struct Source {
    /// What it is of.
    pub subject: Subject,
    /// Its name, short, where several are on show.
    pub label: Text,
    /// Which feed reads its log group.
    pub(super) feed: usize,
}

/// Short names, each one different: what all begin with is left out.
pub fn labels(subjects: &[Subject]) -> Vec<Text> {
    let names: Vec<&str> = subjects.iter().map(|subject| subject.name.as_str()).collect();
    let first = names.first().copied().unwrap_or_default();
    let alike = |end: usize| {
        let head = first.get(..end);
        names.iter().all(|name| name.len() > end && name.get(..end) == head)
    };
    // Names are cut where a word of them ends.
    let cut = first.char_indices().filter(|(_, c)| matches!(c, '-' | '_' | ':' | '/' | '.')).map(|(at, _)| at + 1);
    let cut = if names.len() > 1 { cut.rev().find(|end| alike(*end)).unwrap_or(0) } else { 0 };
    let names: Vec<&str> = names.into_iter().map(|name| name.get(cut..).unwrap_or(name)).collect();
    names.iter().map(|name| Text::line(short(name, &names))).collect()
}

/// A label that is cut where no other one is the same: at its end, else in its middle.
fn short(name: &str, all: &[&str]) -> String {
    const END: usize = 7;
    let head = |name: &str, cells: usize| name.chars().take(cells).collect::<String>();
    let length = name.chars().count();
    let alike = all.iter().filter(|other| head(other, LABEL - 1) == head(name, LABEL - 1)).count();
    if length <= LABEL || alike < 2 {
        return name.to_owned();
    }
    let end: String = name.chars().skip(length - END).collect();
    format!("{}…{end}", head(name, LABEL - END - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(name: &'static str, function: Option<&'static str>, versions: &[&'static str]) -> Subject {
        let versions = versions.iter().map(|version| Text::known(version)).collect();
        Subject { name: name.into(), group: "g".into(), function: function.map(Text::known), versions }
    }

    #[test]
    fn streams_belong_to_their_function_and_version() {
        let all = subject("f", Some("f"), &[]);
        assert!(all.owns("2026/11/21/[$LATEST]0a") && all.owns("2026/11/21/f[7][0a]") && all.owns("mine"));
        assert!(!all.owns("2026/11/21/g[7][0a]"));
        let seven = subject("f:7", Some("f"), &["7", "8"]);
        assert!(seven.owns("2026/11/21/[7]0a") && seven.owns("2026/11/21/f[8][0a]"));
        assert!(!seven.owns("2026/11/21/[$LATEST]0a") && !seven.owns("2026/11/21/[78]0a"));
        assert!(Subject::of_group("g".into()).owns("2026/11/21/any[7][0a]"));
    }

    #[test]
    fn labels_leave_out_what_all_begin_with() {
        let of = |names: &[&'static str]| {
            let subjects: Vec<_> = names.iter().map(|name| subject(name, None, &[])).collect();
            labels(&subjects).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(of(&["orders-api", "orders-enrich"]), ["api", "enrich"]);
        assert_eq!(of(&["orders-api:7", "orders-api:8"]), ["7", "8"]);
        assert_eq!(of(&["orders-api"]), ["orders-api"]);
        assert_eq!(of(&["orders", "orders-api"]), ["orders", "orders-api"]);
    }

    #[test]
    fn labels_that_would_be_cut_to_the_same_are_cut_in_the_middle() {
        let of = |names: &[&'static str]| {
            let subjects: Vec<_> = names.iter().map(|name| subject(name, None, &[])).collect();
            labels(&subjects).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let names = ["media-image-resize", "media-image-thumbnail", "billing-ledger", "media-image"];
        assert_eq!(of(&names), ["medi…-resize", "medi…umbnail", "billing-ledger", "media-image"]);
    }
}
