//! Two lists of lines laid beside each other: what is the same stands on one row.

/// More comparisons than this are not made: what is left then is laid side by side as it comes.
const MOST: usize = 1_000_000;

/// One row: the numbers of the lines that stand on it, from 0, and whether they are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The line on the left; `None` where only the right one has a line.
    pub left: Option<usize>,
    /// The line on the right.
    pub right: Option<usize>,
    /// The two lines are the same.
    pub same: bool,
}

/// Lays two lists beside each other so that as many lines as possible meet their like, in their order. Lines that were
/// replaced stand beside those that replaced them.
pub fn align<T: PartialEq>(left: &[T], right: &[T]) -> Vec<Row> {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left_rest, right_rest) = (left.get(head..).unwrap_or_default(), right.get(head..).unwrap_or_default());
    let tail = left_rest.iter().rev().zip(right_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = (
        left_rest.get(..left_rest.len() - tail).unwrap_or_default(),
        right_rest.get(..right_rest.len() - tail).unwrap_or_default(),
    );
    let met = |left, right| Row { left: Some(left), right: Some(right), same: true };
    let mut rows: Vec<Row> = (0..head).map(|n| met(n, n)).collect();
    let mut at = (0, 0);
    for (l, r) in common(middle.0, middle.1).into_iter().chain([(middle.0.len(), middle.1.len())]) {
        rows.extend(replaced(head, at, (l, r)));
        if (l, r) != (middle.0.len(), middle.1.len()) {
            rows.push(met(head + l, head + r));
        }
        at = (l + 1, r + 1);
    }
    let (left_tail, right_tail) = (left.len() - tail, right.len() - tail);
    rows.extend((0..tail).map(|n| met(left_tail + n, right_tail + n)));
    rows
}

/// The lines between two that meet: beside each other as far as both sides have some.
fn replaced(head: usize, from: (usize, usize), to: (usize, usize)) -> impl Iterator<Item = Row> {
    let (lefts, rights) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
    let nth = move |n: usize, start: usize, many: usize| (n < many).then_some(head + start + n);
    (0..lefts.max(rights)).map(move |n| Row { left: nth(n, from.0, lefts), right: nth(n, from.1, rights), same: false })
}

/// The longest common subsequence, as pairs of numbers.
fn common<T: PartialEq>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    if left.is_empty() || right.is_empty() || left.len().saturating_mul(right.len()) > MOST {
        return Vec::new();
    }
    // How many pairs there are behind each place; the last row and column are zero.
    let mut longest = vec![0_u32; (left.len() + 1) * width];
    let at = |longest: &[u32], l: usize, r: usize| longest.get(l * width + r).copied().unwrap_or_default();
    for (l, a) in left.iter().enumerate().rev() {
        for (r, b) in right.iter().enumerate().rev() {
            let best = if a == b {
                at(&longest, l + 1, r + 1) + 1
            } else {
                at(&longest, l + 1, r).max(at(&longest, l, r + 1))
            };
            if let Some(place) = longest.get_mut(l * width + r) {
                *place = best;
            }
        }
    }
    let (mut l, mut r) = (0, 0);
    let mut pairs = Vec::new();
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        if a == b {
            pairs.push((l, r));
            (l, r) = (l + 1, r + 1);
        } else if at(&longest, l + 1, r) >= at(&longest, l, r + 1) {
            l += 1;
        } else {
            r += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(left: &str, right: &str) -> String {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let sign = |lines: &[char], n: Option<usize>| n.map_or('.', |n| lines[n]);
        let row = |row: Row| {
            let (a, b) = (sign(&left, row.left), sign(&right, row.right));
            format!("{a}{}{b} ", if row.same { '=' } else { '~' })
        };
        align(&left, &right).into_iter().map(row).collect::<String>().trim().to_owned()
    }

    #[test]
    fn what_is_the_same_meets() {
        assert_eq!(told("abc", "abc"), "a=a b=b c=c");
        assert_eq!(told("abcd", "acd"), "a=a b~. c=c d=d");
        assert_eq!(told("ad", "abcd"), "a=a .~b .~c d=d");
        assert_eq!(told("axyd", "apd"), "a=a x~p y~. d=d");
        assert_eq!(told("abxcd", "aybcz"), "a=a .~y b=b x~. c=c d~z");
        assert_eq!(told("", "a"), ".~a");
        assert_eq!(told("", ""), "");
    }

    proptest! {
        #[test]
        fn no_line_is_lost_and_none_comes_twice(left in "[abc]{0,12}", right in "[abc]{0,12}") {
            let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
            let rows = align(&left, &right);
            let lefts: Vec<usize> = rows.iter().filter_map(|row| row.left).collect();
            let rights: Vec<usize> = rows.iter().filter_map(|row| row.right).collect();
            prop_assert_eq!(lefts, (0..left.len()).collect::<Vec<_>>());
            prop_assert_eq!(rights, (0..right.len()).collect::<Vec<_>>());
            let meet = |row: &Row| row.left.map(|n| left[n]) == row.right.map(|n| right[n]);
            prop_assert!(rows.iter().all(|row| row.same == meet(row) || !row.same));
        }
    }
}
