//! Summing up: groups of rows, and what their values come to.

use std::collections::{BTreeSet, HashMap};

use super::cell::Cell;
use super::expr;
use super::rows::Row;
use super::syntax::{Aggregate, Expr, Named};

/// The key of a group, and its rows.
type Group<'r, 'a> = (Vec<(String, Cell)>, Vec<&'r Row<'a>>);

/// One row for each group, in the order in which the groups were met.
pub(super) fn stats<'a>(rows: &[Row<'a>], sums: &[Named], keys: &[Named]) -> Vec<Row<'a>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<Group<'_, 'a>> = Vec::new();
    for row in rows {
        let key: Vec<(String, Cell)> =
            keys.iter().map(|key| (key.name.clone(), expr::value(&key.value, row))).collect();
        let place = *places.entry(format!("{key:?}")).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, members)) = groups.get_mut(place) {
            members.push(row);
        }
    }
    if groups.is_empty() && keys.is_empty() {
        groups.push((Vec::new(), Vec::new()));
    }
    let summed = groups.into_iter().map(|(key, members)| {
        // A sum may be named in the sums after it.
        let mut row = Row { source: None, made: key };
        for sum in sums {
            let cell = value(&sum.value, &row, &members);
            row.make(&sum.name, cell);
        }
        row
    });
    summed.collect()
}

/// A value of a group: sums over its members, and what is calculated of them.
fn value(of: &Expr, row: &Row<'_>, members: &[&Row<'_>]) -> Cell {
    match of {
        Expr::Sum(aggregate, inner) => {
            summed(*aggregate, members.iter().map(|member| (expr::value(inner, member), member.get("@timestamp"))))
        }
        Expr::Binary(sign, a, b) => expr::binary(sign, &value(a, row, members), || value(b, row, members)),
        Expr::Minus(of) => value(of, row, members).number().map_or(Cell::Null, |n| Cell::Number(-n)),
        other => expr::value(other, row),
    }
}

/// What values, each with its time, come to.
fn summed(aggregate: Aggregate, values: impl Iterator<Item = (Cell, Cell)>) -> Cell {
    let values: Vec<(Cell, Cell)> = values.filter(|(cell, _)| *cell != Cell::Null).collect();
    let numbers: Vec<f64> = values.iter().filter_map(|(cell, _)| cell.number()).collect();
    #[expect(clippy::cast_precision_loss, reason = "counts of log events")]
    let count = numbers.len() as f64;
    let sum = || numbers.iter().sum::<f64>();
    let number = |n: Option<f64>| n.filter(|n| n.is_finite()).map_or(Cell::Null, Cell::Number);
    let by_time = |(_, a): &&(Cell, Cell), (_, b): &&(Cell, Cell)| a.compare(b).unwrap_or(std::cmp::Ordering::Equal);
    match aggregate {
        Aggregate::Count => Cell::Count(values.len() as u64),
        Aggregate::CountDistinct => {
            Cell::Count(values.iter().filter_map(|(cell, _)| cell.text()).collect::<BTreeSet<_>>().len() as u64)
        }
        Aggregate::Sum => number(Some(sum())),
        Aggregate::Avg => number(Some(sum() / count)),
        Aggregate::Min => number(numbers.iter().copied().reduce(f64::min)),
        Aggregate::Max => number(numbers.iter().copied().reduce(f64::max)),
        Aggregate::Stddev => {
            let mean = sum() / count;
            number(Some((numbers.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / count).sqrt()))
        }
        Aggregate::Earliest => values.iter().min_by(by_time).map_or(Cell::Null, |(cell, _)| cell.clone()),
        Aggregate::Latest => values.iter().max_by(by_time).map_or(Cell::Null, |(cell, _)| cell.clone()),
        Aggregate::Percentile(share) => number(percentile(numbers, share)),
    }
}

fn percentile(mut numbers: Vec<f64>, share: f64) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len().checked_sub(1)?;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let place = (share.clamp(0.0, 100.0) / 100.0 * last as f64).round() as usize;
    numbers.get(place).copied()
}
