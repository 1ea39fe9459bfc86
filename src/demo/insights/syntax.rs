//! What a query means, as a tree.

use regex::Regex;

/// One command of a query.
#[derive(Debug, Clone)]
pub(super) enum Command {
    /// Names fields, computed ones among them, to be shown.
    Fields(Vec<Named>),
    Filter(Expr),
    /// Sums up: what is counted, by what.
    Stats(Vec<Named>, Vec<Named>),
    /// By what, and whether the largest comes first.
    Sort(Vec<(Expr, bool)>),
    Limit(usize),
    /// Takes a field apart into others.
    Parse(Expr, Regex, Vec<String>),
    Display(Vec<Named>),
    Dedup(Vec<Expr>),
    /// Puts together what differs only in numbers.
    Pattern(Expr),
}

/// A value and what it is called.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub value: Expr,
    pub name: String,
}

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Expr {
    Field(String),
    Number(f64),
    Words(String),
    Not(Box<Expr>),
    Minus(Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    Like(Box<Expr>, Regex),
    In(Box<Expr>, Vec<Expr>),
    /// The time of the event, rounded down.
    Bin(i64),
    Call(String, Vec<Expr>),
    /// A value of all events of a group. `count(*)` counts what is always there.
    Sum(Aggregate, Box<Expr>),
}

/// How the values of a group become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Aggregate {
    Count,
    CountDistinct,
    Sum,
    Avg,
    Min,
    Max,
    Stddev,
    Earliest,
    Latest,
    /// The value that so many percent of all do not exceed.
    Percentile(f64),
}

impl Aggregate {
    /// The one of that name; a percentile has its share yet to come.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "count" => Self::Count,
            "count_distinct" => Self::CountDistinct,
            "sum" => Self::Sum,
            "avg" => Self::Avg,
            "min" => Self::Min,
            "max" => Self::Max,
            "stddev" => Self::Stddev,
            "earliest" => Self::Earliest,
            "latest" => Self::Latest,
            "pct" => Self::Percentile(50.0),
            _ => return None,
        })
    }
}

/// The functions of values, each with how many it takes at least and at most.
pub(super) const FUNCTIONS: [(&str, usize, usize); 17] = [
    ("ispresent", 1, 1),
    ("isempty", 1, 1),
    ("isblank", 1, 1),
    ("coalesce", 1, 20),
    ("concat", 1, 20),
    ("strlen", 1, 1),
    ("toupper", 1, 1),
    ("tolower", 1, 1),
    ("trim", 1, 1),
    ("substr", 2, 3),
    ("replace", 3, 3),
    ("strcontains", 2, 2),
    ("abs", 1, 1),
    ("ceil", 1, 1),
    ("floor", 1, 1),
    ("greatest", 1, 20),
    ("least", 1, 20),
];
