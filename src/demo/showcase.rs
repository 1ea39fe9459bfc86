//! The account of `--demo`, furnished from `assets/demo`.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::account::Account;
use super::history::History;
use super::layer_record::LayerRecord;
use super::mapping_record::MappingRecord;
use super::seed::{FunctionSeed, object};

const FUNCTIONS: &str = include_str!("../../assets/demo/functions.json");
const LAYERS: &str = include_str!("../../assets/demo/layers.json");
const MAPPINGS: &str = include_str!("../../assets/demo/mappings.json");

/// Puts everything in and lets it move.
pub(super) fn furnish(account: &mut Account) {
    for seed in read::<FunctionSeed>(FUNCTIONS) {
        account.put(seed);
    }
    account.layers = read::<Value>(LAYERS).into_iter().map(|layer| LayerRecord::of(&object(layer))).collect();
    let born = account.born;
    account.mappings = read::<Value>(MAPPINGS).into_iter().map(|seed| MappingRecord::of(seed, born)).collect();
    let settled = account.functions.values().filter(|record| {
        record.text("State") == "Active"
            && record.text("LastUpdateStatus") == "Successful"
            && record.pending_until.is_none()
    });
    account.history = History::of(settled.map(|record| record.name().to_owned()).collect::<Vec<_>>());
}

/// The entries of a list; the files are part of the program, and a test keeps them readable.
fn read<T: DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).unwrap_or_default()
}
