//! Execution environments: a run occupies one until it is answered, and one that finds none free starts cold.

use std::collections::BTreeMap;

use super::Demo;
use super::account::Account;
use super::request::Asked;

/// The runs that are being answered, by function and qualifier.
#[derive(Debug, Default)]
pub(super) struct Busy(BTreeMap<(String, String), u64>);

impl Busy {
    /// Those of a function.
    pub fn of_function(&self, name: &str) -> u64 {
        self.0.iter().filter(|((function, _), _)| function == name).map(|(_, count)| count).sum()
    }

    /// Those of a function through one qualifier.
    pub fn through(&self, asked: &Asked) -> u64 {
        self.0.get(&place(asked)).copied().unwrap_or_default()
    }
}

/// A run that is being answered: counted until it is dropped.
pub(super) struct Occupied {
    demo: Demo,
    place: (String, String),
}

impl Drop for Occupied {
    fn drop(&mut self) {
        let mut account = self.demo.lock_account();
        if let Some(count) = account.busy.0.get_mut(&self.place) {
            *count = count.saturating_sub(1);
        }
    }
}

impl Demo {
    /// Counts a run from here on, if the request asks for one that is waited for.
    pub(super) fn occupy(&self, asked: &Asked) -> Option<Occupied> {
        let waits = match asked.operation.as_str() {
            "Invoke" => asked.header("x-amz-invocation-type").is_none_or(|kind| kind == "RequestResponse"),
            operation => operation == "InvokeWithResponseStream",
        };
        waits.then(|| {
            let place = place(asked);
            *self.lock_account().busy.0.entry(place.clone()).or_default() += 1;
            Occupied { demo: self.clone(), place }
        })
    }
}

impl Account {
    /// How many runs the function of a request has at once, that one among them.
    pub(super) fn at_once(&self, asked: &Asked) -> u64 {
        self.busy.of_function(asked.name.as_deref().unwrap_or_default())
    }
}

fn place(asked: &Asked) -> (String, String) {
    (asked.name.clone().unwrap_or_default(), asked.qualifier.clone().unwrap_or_default())
}
