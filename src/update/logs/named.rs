//! Logs that are chosen by name: functions, log groups, and all functions with a tag.

use super::{MOST, leave_out, open, show, subjects};
use crate::aws::Text;
use crate::keys;
use crate::model::logs::{Reach, Subject};
use crate::model::lookup::{TAG, Wish};
use crate::model::{Model, Place};
use crate::update::lookup;

/// Opens the logs of functions, or of log groups, by their names.
pub fn open_named(model: &mut Model, names: &str) {
    if names.trim().is_empty() {
        return open(model);
    }
    let (tags, names): (Vec<&str>, Vec<&str>) = keys::log_names(names).partition(|name| name.starts_with(TAG));
    let subjects: Vec<Subject> = names.into_iter().flat_map(|name| named(model, name)).collect();
    let wishes: Vec<Wish> = tags.iter().filter_map(|tag| Wish::read(tag)).collect();
    if wishes.len() < tags.len() {
        let now = model.clock.now();
        return model.notices.warn("a tag is written tag:key=value, or tag:key for all its values", now);
    }
    if !wishes.is_empty() && wishes == model.logs.tags {
        return model.views.go(Place::Logs);
    }
    show(model, &subjects, Reach::default());
    if !wishes.is_empty() {
        model.logs.tags = wishes;
        gather(model);
    }
}

fn named(model: &Model, name: &str) -> Vec<Subject> {
    match model.invokee_named(name) {
        Some(invokee) => subjects(model, &invokee),
        None => vec![Subject::of_group(Text::line(name))],
    }
}

/// Puts the logs of the functions that have the tags asked for, as far as they are known, to those on show.
pub fn gather(model: &mut Model) {
    let now = model.clock.now();
    let mut names = lookup::tagged(model).into_iter();
    while model.logs.sources.len() < MOST {
        let Some(name) = names.next() else { return };
        for subject in named(model, &name) {
            model.logs.add(subject, now);
        }
    }
    leave_out(model, names.len());
}
