//! What can be typed where logs are chosen by name, and what is to be said of it.

use std::time::Duration;

use super::TAG;
use super::tags::typed;
use crate::aws::{Problem, Text};
use crate::keys;
use crate::model::{Model, Overlay, Slot};
use crate::panes;

impl Model {
    /// The functions that are known, in the order of their list.
    pub fn function_list(&self) -> Vec<Text> {
        let first = panes::ALL.first().and_then(|pane| Some((pane, self.question_of(*pane)?)));
        let names = first.into_iter().flat_map(|(pane, question)| {
            let rows = self.store.rows(&question).iter();
            rows.map(|row| pane.name(row)).collect::<Vec<_>>()
        });
        names.collect()
    }

    /// When the list of functions was read last.
    pub fn functions_read(&self) -> Option<Duration> {
        let question = panes::ALL.first().and_then(|pane| self.question_of(*pane))?;
        self.store.list(&question).and_then(Slot::at)
    }

    /// How many functions are known, and whether these are all.
    fn functions_known(&self) -> (usize, bool) {
        let question = panes::ALL.first().and_then(|pane| self.question_of(*pane));
        let list = question.and_then(|question| self.store.list(&question)).and_then(Slot::answer);
        list.map_or((0, false), |list| (list.rows.len(), list.complete))
    }

    /// The tags of all functions that are known were looked at.
    pub fn knows_all_tags(&self) -> bool {
        self.lookup.tags.looked() >= self.functions_known().0
    }

    /// How far the tags were looked at, in words; nothing once all are known.
    pub fn tags_so_far(&self) -> Option<String> {
        let (all, complete) = self.functions_known();
        let more = if complete { "" } else { "+" };
        let looked = self.lookup.tags.looked().min(all);
        (looked < all || !complete).then(|| format!("{looked} of {all}{more} functions looked at so far"))
    }

    /// Functions, log groups and tags, while a command is typed that takes some: there may be thousands.
    pub(in crate::model) fn log_names(&self) -> Vec<(String, String)> {
        let Some(name) = self.typed_log() else { return Vec::new() };
        if name.starts_with(TAG) {
            let far = self.tags_so_far().map(|far| format!(" · {far}")).unwrap_or_default();
            let tags = self.lookup.tags.all().into_iter();
            let counted =
                |count: usize| if count == 1 { "1 function".to_owned() } else { format!("{count} functions") };
            return tags
                .map(|((key, value), count)| (typed(key, Some(value)), format!("{}{far}", counted(count))))
                .collect();
        }
        let functions = self.function_list().into_iter().map(|name| (name.to_string(), String::new()));
        let groups = self.lookup.groups.found().map(|name| (name.to_string(), "log group".to_owned()));
        functions.chain(groups).collect()
    }

    /// What is to be said where nothing fits what is typed.
    pub(in crate::model) fn looking(&self) -> String {
        let Some(typed) = self.typed_log() else { return String::new() };
        if typed.starts_with(TAG) {
            let refused = self.lookup.tags.problem().map(Problem::brief);
            return refused.or_else(|| self.tags_so_far()).unwrap_or_else(|| "no function has such a tag".to_owned());
        }
        if let Some(problem) = self.lookup.groups.problem() {
            return problem.brief();
        }
        match (typed, self.lookup.groups.is_looking()) {
            ("", _) => String::new(),
            (_, true) => "looking for log groups …".to_owned(),
            _ => "no function and no log group has this in its name; enter opens it all the same".to_owned(),
        }
    }

    /// The name that is typed in a command for logs.
    pub fn typed_log(&self) -> Option<&str> {
        match self.overlays.last() {
            Some(Overlay::Palette(palette)) => keys::typed_log(palette.input.value()),
            _ => None,
        }
    }
}
