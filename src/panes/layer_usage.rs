//! Who uses which version of a layer: counted out of the list of functions, without a call.

use std::collections::{BTreeMap, HashMap};

use super::known::Known;
use super::row::LayerRef;
use crate::aws::{Function, LayerUse, Text};

/// The pane whose rows are the functions.
pub(super) const FUNCTIONS: &str = "functions";

/// How many functions use which version of a layer.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Usage(BTreeMap<i64, usize>);

impl Usage {
    /// How many functions use it. No function has two versions of a layer.
    pub fn functions(&self) -> usize {
        self.0.values().sum()
    }

    /// How many use this version.
    pub fn of(&self, version: i64) -> usize {
        self.0.get(&version).copied().unwrap_or(0)
    }

    /// How many use a version older than this one.
    pub fn behind(&self, newest: i64) -> usize {
        self.0.range(..newest).map(|(_, functions)| functions).sum()
    }

    /// The newest version that is used.
    pub fn newest(&self) -> Option<i64> {
        self.0.last_key_value().map(|(version, _)| *version)
    }

    /// In words, newest first: `3 on 14, 1 on 12`.
    pub fn words(&self) -> Text {
        let parts = self.0.iter().rev().map(|(version, functions)| format!("{functions} on {version}"));
        Text::line(parts.collect::<Vec<_>>().join(", "))
    }
}

/// The layers that functions use, by the layer's ARN; `None` as long as the list of functions is not whole.
pub(super) fn all(known: &Known<'_>) -> Option<HashMap<Text, (LayerRef, Usage)>> {
    if !known.whole(FUNCTIONS) {
        return None;
    }
    let mut all: HashMap<Text, (LayerRef, Usage)> = HashMap::new();
    for function in known.rows::<Function>(FUNCTIONS) {
        for used in function.common.layers.iter().filter_map(|arn| LayerUse::read(arn)) {
            let of_layer = all.entry(used.layer.clone()).or_insert_with(|| {
                let ours = account(&function.arn) == used.account.as_str();
                (LayerRef { name: used.name.clone(), arn: used.layer.clone(), ours }, Usage::default())
            });
            *of_layer.1.0.entry(used.version).or_default() += 1;
        }
    }
    Some(all)
}

/// The functions that use a layer, each with the version it has.
pub(super) fn users<'a>(known: &Known<'a>, layer: &Text) -> Vec<(&'a Function, i64)> {
    let used = |function: &'a Function| {
        let mut uses = function.common.layers.iter().filter(|arn| arn.starts_with(layer.as_str()));
        let used = uses.find_map(|arn| LayerUse::read(arn).filter(|used| used.layer == *layer))?;
        Some((function, used.version))
    };
    known.rows::<Function>(FUNCTIONS).filter_map(used).collect()
}

/// How many functions use which version of one layer; `None` as long as the list of functions is not whole.
pub(super) fn of(known: &Known<'_>, layer: &Text) -> Option<Usage> {
    if !known.whole(FUNCTIONS) {
        return None;
    }
    let mut usage = Usage::default();
    for (_, version) in users(known, layer) {
        *usage.0.entry(version).or_default() += 1;
    }
    Some(usage)
}

/// The account in an ARN.
pub(super) fn account(arn: &str) -> &str {
    arn.split(':').nth(4).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_is_whoever_has_an_older_version() {
        let usage = Usage(BTreeMap::from([(14, 3), (12, 1), (9, 2)]));
        assert_eq!((usage.functions(), usage.behind(14), usage.of(12), usage.newest()), (6, 3, 1, Some(14)));
        assert_eq!(usage.words(), "3 on 14, 1 on 12, 2 on 9");
        assert_eq!(Usage::default().newest(), None);
        assert_eq!(account("arn:aws:lambda:eu-west-1:123456789012:function:a"), "123456789012");
        assert_eq!(account("a"), "");
    }
}
