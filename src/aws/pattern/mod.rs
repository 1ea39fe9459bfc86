//! Filter patterns of event source mappings: read, laid out, and tried on a record as Lambda would.
//!
//! The rules are those of "Control which events Lambda sends to your function" in the Lambda developer guide: every field
//! of a pattern must fit (and), one rule of a field is enough (or), `$or` joins fields, rules stand in leaves only,
//! strings fit character by character, and numbers that are named fit as they are written: 300 is not 300.0.

mod event;
mod node;
mod rule;

use super::text::Text;
use node::Node;
use rule::Rule;

pub use event::{records, sample, unseen};

/// The longest pattern that AWS takes, in characters.
const LONGEST: usize = 4096;

/// The most filters of one mapping; 5 until the quota is raised.
const MOST: usize = 10;

/// A pattern, ready to be tried.
#[derive(Clone, PartialEq, Debug)]
pub struct Pattern {
    tree: Tree,
    /// As it is sent: JSON on one line.
    pub text: String,
}

/// A pattern or a part of it.
#[derive(Clone, PartialEq, Debug)]
enum Tree {
    /// All of these.
    Fields(Vec<(String, Tree)>),
    /// One of these is enough.
    Any(Vec<Tree>),
    /// A leaf: one of these is enough.
    Rules(Vec<Rule>),
}

/// What came of trying a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The record reaches the function.
    pub fits: bool,
    /// Why: what fitted, or what did not.
    pub why: Vec<String>,
}

/// The patterns in a text: one object, or a list of them. An empty text has none.
///
/// # Errors
/// What is wrong with it, and where.
pub fn patterns(text: &str) -> Result<Vec<Pattern>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let items = match Node::parse(text)? {
        Node::List(items) => items,
        one => vec![one],
    };
    if items.len() > MOST {
        return Err(format!("{} filters; AWS takes at most {MOST}, and 5 until the quota is raised", items.len()));
    }
    let many = items.len() > 1;
    let read = |(n, item): (usize, &Node)| {
        Pattern::of(item).map_err(|why| if many { format!("filter {}: {why}", n + 1) } else { why })
    };
    items.iter().enumerate().map(read).collect()
}

/// The patterns laid out to be read and edited: one as it is, several as a list, none as nothing.
pub fn laid_out(patterns: &[Text]) -> String {
    let nodes: Vec<Node> =
        patterns.iter().map(|text| Node::parse(text).unwrap_or_else(|_| Node::Text(text.to_string()))).collect();
    match nodes.as_slice() {
        [] => String::new(),
        [one] => one.pretty(),
        _ => Node::List(nodes).pretty(),
    }
}

/// A pattern from AWS: the same JSON, with nothing in it that acts on a terminal or is not seen.
pub(super) fn ascii(raw: &str) -> Text {
    Node::parse(raw).map_or_else(|_| Text::line(raw), |node| Text::line(node.compact()))
}

/// Whether a record with these filters reaches the function: one that fits is enough.
pub fn tried(patterns: &[Pattern], record: &Record) -> Verdict {
    let mut missed = Vec::new();
    for (n, pattern) in patterns.iter().enumerate() {
        let mut verdict = pattern.tried(record);
        if patterns.len() > 1 {
            verdict.why = verdict.why.into_iter().map(|why| format!("filter {}: {why}", n + 1)).collect();
        }
        if verdict.fits {
            return verdict;
        }
        missed.extend(verdict.why);
    }
    match patterns {
        [] => Verdict { fits: true, why: vec!["there is no filter: every record reaches the function".to_owned()] },
        _ => Verdict { fits: false, why: missed },
    }
}

/// One record as filters see it: its data decoded.
#[derive(Clone, PartialEq, Debug)]
pub struct Record(Node);

impl Pattern {
    fn of(node: &Node) -> Result<Self, String> {
        let text = node.compact();
        let length = text.chars().count();
        if length > LONGEST {
            return Err(format!("{length} characters; AWS takes at most {LONGEST}"));
        }
        match node {
            Node::Object(members) if !members.is_empty() => Ok(Self { tree: Tree::parse(node, "")?, text }),
            Node::Object(_) => Err("an empty pattern: name a field".to_owned()),
            _ => Err("a pattern is an object: {\"body\": {\"type\": [\"placed\"]}}".to_owned()),
        }
    }

    /// The fields at its top, those of an `$or` among them: what part of a record it looks at.
    pub fn looks_at(&self) -> impl Iterator<Item = &str> {
        self.tree.top().into_iter()
    }

    fn tried(&self, record: &Record) -> Verdict {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        let fits = self.tree.fits(Some(&record.0), "", &mut good, &mut bad);
        Verdict { fits, why: if fits { good } else { bad } }
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

impl Tree {
    fn parse(node: &Node, path: &str) -> Result<Self, String> {
        let place = if path.is_empty() { String::new() } else { format!("{path}: ") };
        match node {
            Node::Object(members) if members.is_empty() => Err(format!("{place}an empty object: name a field")),
            Node::Object(members) => {
                let field = |(name, node): &(String, Node)| {
                    let tree = match (name.as_str(), node) {
                        ("$or", Node::List(items)) => Self::any(items, path)?,
                        _ => Self::parse(node, &below(path, name))?,
                    };
                    Ok((name.clone(), tree))
                };
                members.iter().map(field).collect::<Result<_, String>>().map(Self::Fields)
            }
            Node::List(items) if items.is_empty() => Err(format!("{place}an empty list fits nothing: name a rule")),
            Node::List(items) => {
                let rule = |item| Rule::parse(item).map_err(|why| format!("{place}{why}"));
                items.iter().map(rule).collect::<Result<_, _>>().map(Self::Rules)
            }
            plain => Err(format!("{place}rules stand in a list: write [{}]", plain.compact())),
        }
    }

    /// `$or`: two objects or more.
    fn any(items: &[Node], path: &str) -> Result<Self, String> {
        let whole = items.len() > 1 && items.iter().all(|item| matches!(item, Node::Object(_)));
        if !whole {
            return Err(format!("{}: wants a list of two objects or more", below(path, "$or")));
        }
        items.iter().map(|item| Self::parse(item, path)).collect::<Result<_, _>>().map(Self::Any)
    }

    /// The names of the fields at its top.
    fn top(&self) -> Vec<&str> {
        match self {
            Self::Fields(fields) => fields
                .iter()
                .flat_map(|(name, tree)| if matches!(tree, Self::Any(_)) { tree.top() } else { vec![name.as_str()] })
                .collect(),
            Self::Any(trees) => trees.iter().flat_map(Self::top).collect(),
            Self::Rules(_) => Vec::new(),
        }
    }

    /// Whether what stands at `path` fits; what fitted goes to `good`, what did not to `bad`.
    fn fits(&self, value: Option<&Node>, path: &str, good: &mut Vec<String>, bad: &mut Vec<String>) -> bool {
        match self {
            Self::Fields(fields) => match value {
                // Of a list of objects one must fit in all of the fields.
                Some(Node::List(items)) if items.iter().any(|item| matches!(item, Node::Object(_))) => {
                    one_fits(items, good, bad, |item, good, bad| self.fits(Some(item), path, good, bad))
                }
                Some(Node::Object(_)) | None => Self::all(fields, value, path, good, bad),
                Some(plain) => {
                    let fits = Self::all(fields, None, path, good, &mut Vec::new());
                    if !fits {
                        bad.push(format!("{path} is {}, and the pattern looks inside of it", brief(plain)));
                    }
                    fits
                }
            },
            Self::Any(trees) => one_fits(trees, good, bad, |tree: &Self, good, bad| tree.fits(value, path, good, bad)),
            Self::Rules(rules) => leaf(rules, value, path, good, bad),
        }
    }

    fn all(
        fields: &[(String, Self)],
        value: Option<&Node>,
        path: &str,
        good: &mut Vec<String>,
        bad: &mut Vec<String>,
    ) -> bool {
        let one = |(name, tree): &(String, Self)| match tree {
            Self::Any(_) => tree.fits(value, path, good, bad),
            _ => tree.fits(value.and_then(|value| value.get(name)), &below(path, name), good, bad),
        };
        // All are looked at, so that everything that does not fit is said.
        fields.iter().map(one).filter(|fits| !fits).count() == 0
    }
}

/// Whether one of them fits. What is good about those that do not tells nothing, nor what is bad once one fits.
fn one_fits<T>(
    all: &[T],
    good: &mut Vec<String>,
    bad: &mut Vec<String>,
    fits: impl Fn(&T, &mut Vec<String>, &mut Vec<String>) -> bool,
) -> bool {
    let (so_far, so_bad) = (good.len(), bad.len());
    let one = all.iter().any(|item| {
        good.truncate(so_far);
        fits(item, good, bad)
    });
    let (of, to) = if one { (bad, so_bad) } else { (good, so_far) };
    of.truncate(to);
    one
}

/// Whether one of the rules fits one of the plain values that stand there.
fn leaf(rules: &[Rule], value: Option<&Node>, path: &str, good: &mut Vec<String>, bad: &mut Vec<String>) -> bool {
    let mut plain = Vec::new();
    if let Some(value) = value {
        gather(value, &mut plain);
    }
    let hit = plain.iter().find_map(|value| Some((*value, rules.iter().find(|rule| rule.fits(value))?)));
    let wanted = || rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    if let Some((value, rule)) = hit {
        let fits = if *rule == Rule::Exact(value.clone()) { String::new() } else { format!(", {rule}") };
        good.push(format!("{path} is {}{fits}", brief(value)));
        return true;
    }
    if plain.is_empty() && rules.contains(&Rule::Exists(false)) {
        good.push(format!("{path} has no value"));
        return true;
    }
    bad.push(match (value, plain.first()) {
        (Some(Node::Object(_)), _) => format!("{path} is an object, and rules look at values only"),
        (_, None) => format!("{path} is not there, wanted {}", wanted()),
        (_, Some(value)) => format!("{path} is {}, wanted {}", brief(value), wanted()),
    });
    false
}

/// The plain values in a value: it, or those of a list.
fn gather<'a>(value: &'a Node, plain: &mut Vec<&'a Node>) {
    match value {
        Node::List(items) => items.iter().for_each(|item| gather(item, plain)),
        Node::Object(_) => {}
        value => plain.push(value),
    }
}

/// A value, short enough for a sentence.
fn brief(node: &Node) -> String {
    let text = node.compact();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
