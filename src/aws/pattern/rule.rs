//! The rules that stand in the leaves of a filter pattern.

use std::fmt;

use super::node::Node;

/// One rule. A leaf has several, and one that fits is enough.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// The value itself: a string, a number as it is written, `true`, `false`, `null`.
    Exact(Node),
    /// `prefix`.
    Prefix(String),
    /// `suffix`.
    Suffix(String),
    /// `equals-ignore-case`.
    IgnoreCase(String),
    /// `anything-but`: there is a value, and it is none of these.
    AnythingBut(Vec<Node>),
    /// `numeric`: one bound or two.
    Numeric(Vec<(Bound, f64, String)>),
    /// `exists`: there is a value, or there is none.
    Exists(bool),
}

/// How a number is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// `=`.
    Equal,
    /// `<`.
    Below,
    /// `<=`.
    Most,
    /// `>`.
    Above,
    /// `>=`.
    Least,
}

/// What Lambda's filters know; `EventBridge` knows more.
const KNOWN: &str = "prefix, suffix, equals-ignore-case, anything-but, numeric, exists";

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// Why it is none that Lambda takes.
    pub fn parse(node: &Node) -> Result<Self, String> {
        let members = match node {
            Node::Object(members) => members,
            Node::List(_) => return Err("a list inside a list of rules: one list is enough".to_owned()),
            plain => return Ok(Self::Exact(plain.clone())),
        };
        let [(operator, wanted)] = members.as_slice() else {
            return Err(format!("a rule names one operator: {KNOWN}"));
        };
        let text = || match wanted {
            Node::Text(text) => Ok(text.clone()),
            _ => Err(format!("\"{operator}\" wants a string")),
        };
        match operator.as_str() {
            "prefix" => text().map(Self::Prefix),
            "suffix" => text().map(Self::Suffix),
            "equals-ignore-case" => text().map(Self::IgnoreCase),
            "anything-but" => anything_but(wanted),
            "numeric" => numeric(wanted),
            "exists" => match wanted {
                Node::Switch(there) => Ok(Self::Exists(*there)),
                _ => Err("\"exists\" wants true or false".to_owned()),
            },
            _ => Err(format!("\"{operator}\" is no operator of Lambda's filters, which are {KNOWN}")),
        }
    }

    /// Whether a plain value fits. Whether there is one at all is for the one who asks.
    pub fn fits(&self, value: &Node) -> bool {
        match (self, value) {
            (Self::Exact(wanted), value) => wanted == value,
            (Self::Prefix(head), Node::Text(text)) => text.starts_with(head.as_str()),
            (Self::Suffix(end), Node::Text(text)) => text.ends_with(end.as_str()),
            (Self::IgnoreCase(wanted), Node::Text(text)) => wanted.to_lowercase() == text.to_lowercase(),
            (Self::AnythingBut(unwanted), value) => !unwanted.contains(value),
            (Self::Numeric(bounds), Node::Number(digits)) => {
                digits.parse().is_ok_and(|number: f64| bounds.iter().all(|(bound, than, _)| bound.holds(number, *than)))
            }
            (Self::Exists(there), _) => *there,
            _ => false,
        }
    }
}

impl Bound {
    fn parse(word: &Node) -> Option<Self> {
        let Node::Text(word) = word else { return None };
        Some(match word.as_str() {
            "=" => Self::Equal,
            "<" => Self::Below,
            "<=" => Self::Most,
            ">" => Self::Above,
            ">=" => Self::Least,
            _ => return None,
        })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Below => "<",
            Self::Most => "<=",
            Self::Above => ">",
            Self::Least => ">=",
        }
    }

    #[expect(clippy::float_cmp, reason = "equal is what was asked for")]
    fn holds(self, number: f64, than: f64) -> bool {
        match self {
            Self::Equal => number == than,
            Self::Below => number < than,
            Self::Most => number <= than,
            Self::Above => number > than,
            Self::Least => number >= than,
        }
    }
}

fn anything_but(wanted: &Node) -> Result<Rule, String> {
    let items = match wanted {
        Node::List(items) => items.clone(),
        plain => vec![plain.clone()],
    };
    let texts = items.iter().all(|item| matches!(item, Node::Text(_)));
    let numbers = items.iter().all(|item| matches!(item, Node::Number(_)));
    if items.is_empty() || !(texts || numbers) {
        return Err("\"anything-but\" wants strings, or numbers, not both".to_owned());
    }
    Ok(Rule::AnythingBut(items))
}

fn numeric(wanted: &Node) -> Result<Rule, String> {
    let why = || "\"numeric\" wants an operator and a number, or two pairs: [\">\", 10, \"<=\", 20]".to_owned();
    let Node::List(items) = wanted else { return Err(why()) };
    let bounds: Option<Vec<_>> = items
        .chunks(2)
        .map(|pair| {
            let [operator, Node::Number(digits)] = pair else { return None };
            Some((Bound::parse(operator)?, digits.parse::<f64>().ok()?, digits.clone()))
        })
        .collect();
    let bounds = bounds.filter(|bounds| matches!(bounds.len(), 1 | 2)).ok_or_else(why)?;
    if let [(low, _, _), (high, _, _)] = bounds.as_slice() {
        let range = matches!(low, Bound::Above | Bound::Least) && matches!(high, Bound::Below | Bound::Most);
        if !range {
            return Err("a range begins with > or >= and ends with < or <=".to_owned());
        }
    }
    Ok(Rule::Numeric(bounds))
}

/// As a sentence has it: `one that begins with "us-"`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &String| Node::Text(text.clone()).compact();
        match self {
            Self::Exact(node) => f.write_str(&node.compact()),
            Self::Prefix(head) => write!(f, "beginning with {}", quoted(head)),
            Self::Suffix(end) => write!(f, "ending with {}", quoted(end)),
            Self::IgnoreCase(text) => write!(f, "{} in any case", quoted(text)),
            Self::AnythingBut(items) => {
                write!(f, "anything but {}", items.iter().map(Node::compact).collect::<Vec<_>>().join(", "))
            }
            Self::Numeric(bounds) => {
                let bounds: Vec<String> =
                    bounds.iter().map(|(bound, _, digits)| format!("{} {digits}", bound.word())).collect();
                f.write_str(&bounds.join(" and "))
            }
            Self::Exists(true) => f.write_str("any value"),
            Self::Exists(false) => f.write_str("no value"),
        }
    }
}
