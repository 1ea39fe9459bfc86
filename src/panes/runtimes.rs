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

static RUNTIMES: LazyLock<HashMap<String, Runtime, foldhash::fast::RandomState>> = LazyLock::new(|| {
    let file: Option<File> = toml::from_str(include_str!("../../assets/runtimes.toml")).ok();
    file.into_iter().flat_map(|file| file.runtime).map(|runtime| (runtime.id.clone(), runtime)).collect()
});

/// How long before its end a runtime is marked.
const SOON_DAYS: i64 = 180;

/// How far AWS has given a runtime up, and since when or from when on.
#[derive(Debug, Clone, Copy)]
enum Given {
    /// Functions on it cannot be updated.
    Frozen(NaiveDate),
    /// No function can be made on it.
    Closed(NaiveDate),
    /// It gets no fixes.
    Deprecated(NaiveDate),
    /// It will get no fixes soon.
    Ending(NaiveDate),
}

impl Given {
    /// How far on a day; `None`: not at all, or unknown.
    fn up(id: &str, now: DateTime<Utc>) -> Option<Self> {
        let runtime = RUNTIMES.get(id)?;
        let today = now.date_naive();
        let past = |date: Option<NaiveDate>| date.filter(|date| *date <= today);
        let closed = || past(runtime.create_block).map(Self::Closed);
        let ends = |date: NaiveDate| {
            let soon = (date - today).num_days() <= SOON_DAYS;
            if date <= today { Some(Self::Deprecated(date)) } else { soon.then_some(Self::Ending(date)) }
        };
        past(runtime.update_block).map(Self::Frozen).or_else(closed).or_else(|| runtime.deprecated.and_then(ends))
    }

    fn tone(self) -> Tone {
        if matches!(self, Self::Ending(_)) { Tone::Warn } else { Tone::Bad }
    }
}

/// How bad it is to run on it on a day; `None`: nothing to say, or unknown. Asked of every cell on the screen.
pub fn grade(id: &str, now: DateTime<Utc>) -> Option<Tone> {
    Given::up(id, now).map(Given::tone)
}

/// What there is to say about a runtime on a day, in a sentence. `None`: nothing, or unknown.
pub fn verdict(id: &str, now: DateTime<Utc>) -> Option<String> {
    Some(match Given::up(id, now)? {
        Given::Frozen(date) => format!("{id}: deprecated, updates blocked since {date}"),
        Given::Closed(date) => format!("{id}: deprecated, no new functions since {date}"),
        Given::Deprecated(date) => format!("{id}: deprecated since {date}"),
        Given::Ending(date) => format!("{id}: deprecated from {date} on"),
    })
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
        let told = |id, day| (grade(id, at(day)), verdict(id, at(day)));
        let (tone, sentence) = told("python3.7", "2026-11-21");
        assert_eq!(tone, Some(Tone::Bad));
        assert!(sentence.is_some_and(|sentence| sentence.starts_with("python3.7: deprecated")));
        assert_eq!(told("python3.13", "2026-11-21"), (None, None));
        assert_eq!(told("cobol74", "2026-11-21"), (None, None));
    }
}
