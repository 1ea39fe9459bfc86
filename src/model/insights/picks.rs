//! A list to choose a query from: those that come along, and earlier ones.

use tui_input::Input;

use super::kept::KeptQueries;
use super::ready;
use crate::panes::ago;

/// Which queries are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picks {
    /// Those that come along.
    Ready,
    /// Earlier ones.
    Earlier,
}

/// A list narrowed by typing.
#[derive(Debug)]
pub struct Picker {
    /// What is offered.
    pub picks: Picks,
    /// What is typed.
    pub input: Input,
    /// The place of the cursor.
    pub chosen: usize,
}

impl Picker {
    /// A list with nothing typed.
    pub fn new(picks: Picks) -> Self {
        Self { picks, input: Input::default(), chosen: 0 }
    }
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What it is called.
    pub name: String,
    /// What else there is to say.
    pub remark: String,
    /// What choosing it puts in.
    pub choice: Choice,
}

/// A query to be put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The query.
    pub text: String,
    /// The range of time that goes with it.
    pub range: Option<String>,
}

/// What fits the words typed.
pub fn picks(picker: &Picker, kept: &KeptQueries, now: chrono::DateTime<chrono::Utc>) -> Vec<Pick> {
    let words = picker.input.value().to_lowercase();
    let fits = |pick: &Pick| {
        let text = format!("{} {} {}", pick.name, pick.remark, pick.choice.text).to_lowercase();
        words.split_whitespace().all(|word| text.contains(word))
    };
    let all: Vec<Pick> = match picker.picks {
        Picks::Ready => ready()
            .iter()
            .map(|ready| Pick {
                name: ready.title.clone(),
                remark: ready.remark.clone(),
                choice: Choice { text: ready.text.clone(), range: None },
            })
            .collect(),
        Picks::Earlier => kept
            .newest_first()
            .map(|kept| Pick {
                name: kept.text.split_whitespace().collect::<Vec<_>>().join(" "),
                remark: format!("{} · {} · {}", ago(kept.at, now), kept.range, kept.names.join(", ")),
                choice: Choice { text: kept.text.clone(), range: Some(kept.range.clone()) },
            })
            .collect(),
    };
    all.into_iter().filter(fits).collect()
}
