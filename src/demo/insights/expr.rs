//! The values of a query: read, and worked out for one event.

use super::cell::Cell;
use super::lex::{Malformed, Token};
use super::parse::Parser;
use super::rows::Row;
use super::syntax::{Aggregate, Expr, FUNCTIONS};

/// The signs of each level, those that bind least first.
const LEVELS: [&[&str]; 3] = [&["+", "-"], &["*", "/", "%"], &["^"]];

/// Reads a value: `or` binds least.
pub(super) fn any(parser: &mut Parser) -> Result<Expr, Malformed> {
    let mut left = all(parser)?;
    while parser.takes_word("or") {
        left = Expr::Binary("or", Box::new(left), Box::new(all(parser)?));
    }
    Ok(left)
}

fn all(parser: &mut Parser) -> Result<Expr, Malformed> {
    let mut left = not(parser)?;
    while parser.takes_word("and") {
        left = Expr::Binary("and", Box::new(left), Box::new(not(parser)?));
    }
    Ok(left)
}

fn not(parser: &mut Parser) -> Result<Expr, Malformed> {
    if parser.takes_word("not") { Ok(Expr::Not(Box::new(not(parser)?))) } else { comparison(parser) }
}

fn comparison(parser: &mut Parser) -> Result<Expr, Malformed> {
    let left = calculation(parser, 0)?;
    for sign in ["=", "!=", "<=", ">=", "<", ">"] {
        if parser.takes(sign) {
            return Ok(Expr::Binary(sign, Box::new(left), Box::new(calculation(parser, 0)?)));
        }
    }
    let negated = parser.takes_word("not");
    let found = if parser.takes_word("like") || parser.takes("=~") {
        let pattern = match parser.next() {
            Token::Words(words) => regex::escape(&words),
            Token::Pattern(pattern) => pattern,
            _ => return Err(parser.wrong("like wants words in quotation marks or a pattern between slashes")),
        };
        Expr::Like(Box::new(left), parser.pattern(&pattern)?)
    } else if parser.takes_word("in") {
        parser.expects("[")?;
        let mut among = vec![any(parser)?];
        while parser.takes(",") {
            among.push(any(parser)?);
        }
        parser.expects("]")?;
        Expr::In(Box::new(left), among)
    } else if negated {
        return Err(parser.unexpected());
    } else {
        return Ok(left);
    };
    Ok(if negated { Expr::Not(Box::new(found)) } else { found })
}

fn calculation(parser: &mut Parser, level: usize) -> Result<Expr, Malformed> {
    let Some(signs) = LEVELS.get(level) else { return single(parser) };
    let mut left = calculation(parser, level + 1)?;
    while let Some(sign) = signs.iter().find(|sign| parser.takes(sign)) {
        left = Expr::Binary(sign, Box::new(left), Box::new(calculation(parser, level + 1)?));
    }
    Ok(left)
}

fn single(parser: &mut Parser) -> Result<Expr, Malformed> {
    if parser.takes("-") {
        return Ok(Expr::Minus(Box::new(single(parser)?)));
    }
    if parser.takes("(") {
        let inside = any(parser)?;
        parser.expects(")")?;
        return Ok(inside);
    }
    match parser.peek().clone() {
        Token::Number(n) => {
            parser.next();
            Ok(Expr::Number(n))
        }
        Token::Words(words) => {
            parser.next();
            Ok(Expr::Words(words))
        }
        Token::Name(name) => {
            parser.next();
            if parser.takes("(") { call(parser, &name) } else { Ok(Expr::Field(name)) }
        }
        _ => Err(parser.unexpected()),
    }
}

fn call(parser: &mut Parser, name: &str) -> Result<Expr, Malformed> {
    let name = name.to_ascii_lowercase();
    if name == "bin" {
        let Token::Period(period) = parser.next() else {
            return Err(parser.wrong("bin wants a time: bin(5m)"));
        };
        parser.expects(")")?;
        return Ok(Expr::Bin(period.max(1)));
    }
    if let Some(sum) = Aggregate::named(&name) {
        return aggregate(parser, sum);
    }
    let Some((_, least, most)) = FUNCTIONS.iter().find(|(known, _, _)| *known == name) else {
        return Err(parser.wrong_back(2, format!("unknown function {name}")));
    };
    let mut arguments = vec![any(parser)?];
    while parser.takes(",") {
        arguments.push(any(parser)?);
    }
    parser.expects(")")?;
    if !(*least..=*most).contains(&arguments.len()) {
        return Err(parser.wrong(format!("wrong number of arguments for {name}")));
    }
    Ok(Expr::Call(name, arguments))
}

fn aggregate(parser: &mut Parser, sum: Aggregate) -> Result<Expr, Malformed> {
    if !parser.sums {
        return Err(parser.wrong_back(2, "aggregations stand in stats only"));
    }
    if sum == Aggregate::Count && (parser.takes("*") || parser.peek() == &Token::Sign(")")) {
        parser.expects(")")?;
        return Ok(Expr::Sum(sum, Box::new(Expr::Number(1.0))));
    }
    let of = any(parser)?;
    let mut sum = sum;
    if let Aggregate::Percentile(share) = &mut sum {
        parser.expects(",")?;
        let Token::Number(n) = parser.next() else {
            return Err(parser.wrong("pct wants a percentage: pct(@duration, 95)"));
        };
        *share = n;
    }
    parser.expects(")")?;
    Ok(Expr::Sum(sum, Box::new(of)))
}

/// Works a value out for one row.
pub(super) fn value(expr: &Expr, row: &Row<'_>) -> Cell {
    match expr {
        Expr::Field(name) => row.get(name),
        Expr::Number(n) => Cell::Number(*n),
        Expr::Words(words) => Cell::Words(words.clone()),
        Expr::Not(of) => Cell::truth(!value(of, row).is_true()),
        Expr::Minus(of) => value(of, row).number().map_or(Cell::Null, |n| Cell::Number(-n)),
        Expr::Binary(sign, a, b) => binary(sign, &value(a, row), || value(b, row)),
        Expr::Like(of, pattern) => Cell::truth(value(of, row).text().is_some_and(|text| pattern.is_match(&text))),
        Expr::In(of, among) => {
            let of = value(of, row);
            Cell::truth(among.iter().any(|one| equal(&of, &value(one, row))))
        }
        Expr::Bin(period) => match row.get("@timestamp") {
            Cell::Time(at) => Cell::Time(at - at.rem_euclid(*period)),
            _ => Cell::Null,
        },
        Expr::Call(name, arguments) => function(name, &arguments.iter().map(|of| value(of, row)).collect::<Vec<_>>()),
        // A sum is worked out for a group, and is a field of its row from then on.
        Expr::Sum(..) => Cell::Null,
    }
}

/// What two values make.
pub(super) fn binary(sign: &str, a: &Cell, b: impl FnOnce() -> Cell) -> Cell {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match sign {
        "and" => return Cell::truth(a.is_true() && b().is_true()),
        "or" => return Cell::truth(a.is_true() || b().is_true()),
        _ => {}
    }
    let b = b();
    let order = |fits: &[std::cmp::Ordering]| Cell::truth(a.compare(&b).is_some_and(|order| fits.contains(&order)));
    match sign {
        "=" => return Cell::truth(equal(a, &b)),
        "!=" => return Cell::truth(!equal(a, &b)),
        "<" => return order(&[Less]),
        "<=" => return order(&[Less, Equal]),
        ">" => return order(&[Greater]),
        ">=" => return order(&[Greater, Equal]),
        _ => {}
    }
    let (Some(a), Some(b)) = (a.number(), b.number()) else { return Cell::Null };
    let made = match sign {
        "+" => a + b,
        "-" => a - b,
        "*" => a * b,
        "/" => a / b,
        "%" => a % b,
        _ => a.powf(b),
    };
    if made.is_finite() { Cell::Number(made) } else { Cell::Null }
}

fn equal(a: &Cell, b: &Cell) -> bool {
    a.compare(b) == Some(std::cmp::Ordering::Equal)
}

/// What a function makes of its arguments, whose number was checked.
fn function(name: &str, arguments: &[Cell]) -> Cell {
    let nth = |n: usize| arguments.get(n).unwrap_or(&Cell::Null);
    let text = |n: usize| nth(n).text().unwrap_or_default();
    let words = Cell::Words;
    let numbers = || arguments.iter().filter_map(Cell::number);
    match name {
        "ispresent" => Cell::truth(*nth(0) != Cell::Null),
        "isempty" => Cell::truth(text(0).is_empty()),
        "isblank" => Cell::truth(text(0).trim().is_empty()),
        "coalesce" => arguments.iter().find(|cell| **cell != Cell::Null).cloned().unwrap_or(Cell::Null),
        "concat" => words(arguments.iter().filter_map(Cell::text).collect()),
        "greatest" => numbers().reduce(f64::max).map_or(Cell::Null, Cell::Number),
        "least" => numbers().reduce(f64::min).map_or(Cell::Null, Cell::Number),
        _ if *nth(0) == Cell::Null => Cell::Null,
        "strlen" => Cell::Count(text(0).chars().count() as u64),
        "toupper" => words(text(0).to_uppercase()),
        "tolower" => words(text(0).to_lowercase()),
        "trim" => words(text(0).trim().to_owned()),
        "replace" => words(text(0).replace(&text(1), &text(2))),
        "strcontains" => Cell::truth(text(0).contains(&text(1))),
        "substr" => {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, as it should")]
            let whole = |n: usize| nth(n).number().map(|n| n as usize);
            words(text(0).chars().skip(whole(1).unwrap_or(0)).take(whole(2).unwrap_or(usize::MAX)).collect())
        }
        _ => {
            let Some(n) = nth(0).number() else { return Cell::Null };
            Cell::Number(match name {
                "abs" => n.abs(),
                "ceil" => n.ceil(),
                _ => n.floor(),
            })
        }
    }
}
