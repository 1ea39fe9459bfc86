//! How durations are spread: bins that grow with what they hold, and the values that so many lie below. Pure.

/// Where bins begin within each power of ten, from a tenth of a millisecond on, in tenths.
const STEPS: [u32; 6] = [10, 15, 20, 30, 50, 70];
/// The powers of ten, in microseconds: a tenth of a millisecond to seven hundred seconds.
const POWERS: [u32; 7] = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// Where each bin begins, in microseconds; the first one begins at nothing.
fn bounds() -> impl Iterator<Item = u32> {
    let steps = |power: u32| STEPS.into_iter().map(move |step| step.saturating_mul(power));
    std::iter::once(0).chain(POWERS.into_iter().flat_map(steps))
}

/// The bins from the first to the last one that hold something: where each begins, in microseconds, and how many
/// values it holds.
pub(super) fn bins(values: &[u32]) -> Vec<(u32, usize)> {
    let bounds: Vec<u32> = bounds().collect();
    let mut counts = vec![0_usize; bounds.len()];
    for value in values {
        let place = bounds.partition_point(|bound| bound <= value).saturating_sub(1);
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let first = counts.iter().position(|count| *count > 0).unwrap_or(0);
    let end = counts.iter().rposition(|count| *count > 0).map_or(0, |last| last + 1);
    bounds.into_iter().zip(counts).take(end).skip(first).collect()
}

/// The smallest value that so many of a hundred do not exceed (nearest rank), of each; `None` without values.
pub(super) fn percentiles<const N: usize>(values: &[u32], of: [usize; N]) -> Option<[u32; N]> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let last = *sorted.last()?;
    let nth = |percent: usize| (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    Some(of.map(|percent| sorted.get(nth(percent)).copied().unwrap_or(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_occurred() {
        let values: Vec<u32> = (1..=100).rev().collect();
        assert_eq!(percentiles(&values, [50, 90, 99, 100]), Some([50, 90, 99, 100]));
        assert_eq!(percentiles(&[7], [50, 99]), Some([7, 7]));
        assert_eq!(percentiles(&[1, 2], [50, 90]), Some([1, 2]));
        assert_eq!(percentiles(&[], [50]), None);
    }

    #[test]
    fn bins_grow_and_leave_no_gap() {
        assert_eq!(bins(&[1_000, 1_499, 1_500, 3_100]), [(1_000, 2), (1_500, 1), (2_000, 0), (3_000, 1)]);
        assert_eq!(bins(&[0, 99]), [(0, 2)]);
        assert_eq!(bins(&[u32::MAX]).len(), 1);
        assert_eq!(bins(&[]), []);
        let all: Vec<u32> = bounds().collect();
        assert!(all.is_sorted_by(|a, b| a < b), "{all:?}");
    }
}
