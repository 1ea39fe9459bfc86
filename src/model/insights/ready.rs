//! Queries that come along.

use std::sync::LazyLock;

use serde::Deserialize;

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Ready {
    /// What it is called.
    pub title: String,
    /// What it tells.
    pub remark: String,
    /// The query.
    pub text: String,
}

#[derive(Deserialize, Default)]
struct File {
    query: Vec<Ready>,
}

static READY: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/insights/queries.toml")).unwrap_or_default());

/// All of them, in the order in which they are offered; an editor begins with the first.
pub fn ready() -> &'static [Ready] {
    &READY.query
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_query_is_named_once_and_explained() {
        let titles: HashSet<&str> = ready().iter().map(|ready| ready.title.as_str()).collect();
        assert!(titles.len() == ready().len() && titles.len() >= 10, "{titles:?}");
        for ready in ready() {
            assert!(!ready.remark.is_empty() && ready.text.trim() == ready.text, "{}", ready.title);
        }
    }
}
