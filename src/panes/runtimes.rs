//! Which runtimes AWS gives up, and when: read from `assets/runtimes.toml`, which a person can update.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::value::Tone;

#[derive(Deserialize)]
struct File {
    runtime: Vec<Runtime>,
}

/// One runtime and its dates; a date that is absent is not known.
#[derive(Debug, Clone, Deserialize)]
pub struct Runtime {
    id: String,
    deprecated: Option<NaiveDate>,
    create_block: Option<NaiveDate>,
    update_block: Option<NaiveDate>,
}

static RUNTIMES: LazyLock<HashMap<String, Runtime>> = LazyLock::new(|| {
    let file: Option<File> = toml::from_str(include_str!("../../assets/runtimes.toml")).ok();
    file.into_iter().flat_map(|file| file.runtime).map(|runtime| (runtime.id.clone(), runtime)).collect()
});

/// How long before its end a runtime is marked.
const SOON_DAYS: i64 = 180;

/// What there is to say about a runtime on a day: how bad, and a sentence. `None`: nothing, or unknown.
pub fn verdict(id: &str, now: DateTime<Utc>) -> Option<(Tone, String)> {
    let runtime = RUNTIMES.get(id)?;
    let today = now.date_naive();
    let past = |date: Option<NaiveDate>| date.filter(|date| *date <= today);
    if let Some(date) = past(runtime.update_block) {
        return Some((Tone::Bad, format!("{id}: deprecated, updates blocked since {date}")));
    }
    if let Some(date) = past(runtime.create_block) {
        return Some((Tone::Bad, format!("{id}: deprecated, no new functions since {date}")));
    }
    let deprecated = runtime.deprecated?;
    if deprecated <= today {
        return Some((Tone::Bad, format!("{id}: deprecated since {deprecated}")));
    }
    let left = (deprecated - today).num_days();
    (left <= SOON_DAYS).then(|| (Tone::Warn, format!("{id}: deprecated from {deprecated} on")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> DateTime<Utc> {
        format!("{day}T00:00:00Z").parse().unwrap()
    }

    #[test]
    fn the_file_reads() {
        assert!(RUNTIMES.len() > 20);
    }

    #[test]
    fn an_old_runtime_is_marked_and_a_new_one_is_not() {
        assert_eq!(verdict("python3.7", at("2026-11-21")).map(|(tone, _)| tone), Some(Tone::Bad));
        assert_eq!(verdict("python3.13", at("2026-11-21")), None);
        assert_eq!(verdict("cobol74", at("2026-11-21")), None);
    }
}
