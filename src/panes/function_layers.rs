//! How each layer of a function stands, for the facts beside the list: the newest, behind, gone, or another account's.

use super::known::{FactLists, KnownList};
use super::layer_usage::account;
use super::layer_versions;
use super::row::{LayerRef, PaneId, Scope};
use super::value::{Tone, Value};
use crate::aws::{Function, LayerUse, Text};

/// The pane that lists the versions of a layer.
const VERSIONS: PaneId = "layerversions";

/// The versions of each layer that is of the function's own account: AWS lists those of others to nobody else.
pub(super) fn lists(function: &Function) -> Vec<(PaneId, Scope)> {
    let used = function.common.layers.iter().filter_map(|arn| LayerUse::read(arn));
    let own = used.filter(|used| used.account == account(&function.arn));
    own.map(|used| (VERSIONS, scope(&used))).collect()
}

fn scope(used: &LayerUse) -> Scope {
    Scope::Layer(LayerRef { name: used.name.clone(), arn: used.layer.clone(), ours: true })
}

/// A line for each layer, in the order they are merged.
pub(super) fn lines(function: &Function, lists: &FactLists<'_>) -> Vec<Value> {
    let layers = &function.common.layers;
    if layers.is_empty() {
        return vec![Value::NotSet("none")];
    }
    layers.iter().map(|arn| line(arn, account(&function.arn), lists)).collect()
}

fn line(arn: &Text, own: &str, lists: &FactLists<'_>) -> Value {
    let Some(used) = LayerUse::read(arn) else { return Value::Text(arn.clone()) };
    let name = format!("{}:{}", used.name, used.version);
    let said = |tone, how: &str| Value::Marked(Text::line(format!("{name} · {how}")), tone);
    if used.account != own {
        return said(Tone::Plain, &format!("of {}", used.account));
    }
    let Some(list) = lists.get(VERSIONS, &scope(&used)) else { return said(Tone::Plain, "…") };
    let (there, newest) = versions(&list, used.version);
    match newest {
        Some(newest) if newest > used.version && there => said(Tone::Warn, &format!("{newest} is newest")),
        Some(newest) if newest == used.version => said(Tone::Good, "newest"),
        // What a list lacks does not exist only where the list is whole.
        _ if list.whole => said(Tone::Bad, "deleted, copy kept"),
        _ if list.problem.is_some() => said(Tone::Warn, "its versions cannot be read"),
        _ => said(Tone::Plain, "…"),
    }
}

/// Whether the list has the version, and the newest one that it has.
fn versions(list: &KnownList<'_>, version: i64) -> (bool, Option<i64>) {
    let numbers = || list.things::<layer_versions::Entry>().map(layer_versions::number);
    (numbers().any(|number| number == version), numbers().max())
}

#[cfg(test)]
mod tests {
    use super::super::functions::tests::function;
    use super::super::row::{Item, Row, RowKey};
    use super::*;

    fn told(arn: &str, rows: &[Row], whole: bool) -> (Tone, String) {
        let used = LayerUse::read(arn).unwrap();
        let list = KnownList { pane: VERSIONS, rows, whole, problem: None };
        match line(&Text::line(arn), "1", &FactLists(vec![(scope(&used), list)])) {
            Value::Marked(words, tone) => (tone, words.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn newest_behind_deleted_and_foreign_are_told_apart() {
        let row = |version: i64| Row {
            key: RowKey(Text::line(version.to_string())),
            unsettled: false,
            item: Item::new(layer_versions::Entry::test(version)),
        };
        let rows = [row(3), row(1)];
        let own = |version| format!("arn:aws:lambda:r:1:layer:common:{version}");
        assert_eq!(told(&own(3), &rows, true), (Tone::Good, "common:3 · newest".to_owned()));
        assert_eq!(told(&own(1), &rows, true), (Tone::Warn, "common:1 · 3 is newest".to_owned()));
        assert_eq!(told(&own(2), &rows, true), (Tone::Bad, "common:2 · deleted, copy kept".to_owned()));
        assert_eq!(told(&own(2), &rows, false), (Tone::Plain, "common:2 · …".to_owned()), "more may follow");
        assert_eq!(told("arn:aws:lambda:r:2:layer:pandas:18", &[], false).1, "pandas:18 · of 2");
    }

    #[test]
    fn only_layers_of_the_own_account_are_asked_for() {
        assert_eq!(lists(&function()).len(), 1);
        assert_eq!(lines(&function(), &FactLists::default()).len(), 1);
    }
}
