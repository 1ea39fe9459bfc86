//! When a paged list ends: no marker, an empty one, or one that came before.

use std::collections::HashSet;

/// Where the next page begins, and where pages began before.
#[derive(Debug, Default)]
pub(super) struct Marker {
    seen: HashSet<String>,
}

impl Marker {
    /// The marker to send for the next page; `None` at the end of the list. An empty marker ends it
    /// (the API sends `""` at times), and so does one that repeats: following it would never end.
    pub fn next(&mut self, given: Option<&str>) -> Option<String> {
        let given = given.filter(|marker| !marker.is_empty())?;
        self.seen.insert(given.to_owned()).then(|| given.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_without_a_marker_with_an_empty_one_and_with_one_seen_before() {
        let mut marker = Marker::default();
        assert_eq!(marker.next(Some("a")).as_deref(), Some("a"));
        assert_eq!(marker.next(Some("b")).as_deref(), Some("b"));
        assert_eq!(marker.next(Some("a")), None);
        assert_eq!(marker.next(Some("")), None);
        assert_eq!(marker.next(None), None);
    }
}
