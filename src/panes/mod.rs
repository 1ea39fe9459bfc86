//! What each list is, as data. One file is one pane.

pub mod account;
pub mod aliases;
mod cell;
mod compare;
pub mod concurrency;
pub mod configuration;
mod field;
mod figures;
mod function_layers;
pub mod functions;
mod health;
mod known;
mod layer_policy;
mod layer_publish;
mod layer_usage;
mod layer_users;
mod layer_versions;
pub mod layers;
pub mod mappings;
mod operation;
mod quantity;
mod row;
mod runtimes;
mod spec;
mod value;
pub mod versions;

pub use compare::{Counterpart, Part};
pub use field::{Answers, Choice, Field, FieldKind, FileUse, Invalid};
pub use known::{FactLists, Known, KnownList, Memory, Remember, SeenFile};
pub use operation::{Confirm, Head, Offered, Plan, Prepared, Target};
#[cfg(test)]
pub use operation::{On, Operation};
pub use quantity::Quantity;
pub use row::Item;
pub use row::{FunctionRef, LateRow, PaneId, Row, RowKey, Scope, ScopeKind};
pub use spec::{ColumnHead, Invokee, Pane, Piece, Tab, Width};
pub use value::{Tone, Value, ago, bytes, bytes_of, figure, grouped};

/// Every pane, in the order of tabs, help and README; those without a tab stand where they belong. The
/// first is where the program starts.
pub static ALL: &[&dyn Pane] = &[
    &functions::PANE,
    &configuration::PANE,
    &versions::PANE,
    &aliases::PANE,
    &layers::PANE,
    &layers::OWN,
    &layer_versions::PANE,
    &layer_users::PANE,
    &layer_policy::PANE,
    &concurrency::PANE,
    &account::PANE,
    &mappings::PANE,
];

/// The panes that have a tab, in their order.
pub fn tabs() -> impl Iterator<Item = &'static dyn Pane> {
    ALL.iter().copied().filter(|pane| pane.tab() == Tab::Shown)
}

/// The panes about the same thing, itself among them, in their order: one key steps through them.
pub fn beside(pane: &dyn Pane) -> impl Iterator<Item = &'static dyn Pane> + use<> {
    let (scope, tab) = (pane.scope(), pane.tab());
    ALL.iter().copied().filter(move |other| other.scope() == scope && other.tab() == tab)
}

/// The panes that list what a function can be invoked through.
pub static QUALIFIERS: [&dyn Pane; 2] = [&aliases::PANE, &versions::PANE];

/// The pane of that name.
pub fn find(id: PaneId) -> &'static dyn Pane {
    ALL.iter().copied().find(|pane| pane.id() == id).unwrap_or(&functions::PANE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pane_has_its_own_name() {
        let mut ids: Vec<_> = ALL.iter().map(|pane| pane.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
    }

    #[test]
    fn every_tab_has_a_key_and_the_first_pane_has_a_tab() {
        assert!(tabs().count() <= 7, "no key for {} panes", tabs().count());
        assert_eq!(ALL.first().map(|pane| pane.tab()), Some(Tab::Shown));
    }

    #[test]
    fn what_enter_opens_exists() {
        for pane in ALL {
            if let Some(opened) = pane.opens() {
                assert_eq!(find(opened).id(), opened, "{} opens a pane that is not in ALL", pane.id());
            }
        }
    }

    #[test]
    fn the_most_important_column_stays_when_it_gets_narrow() {
        for pane in ALL {
            assert!(pane.columns().iter().any(|column| column.priority == 0), "{}", pane.id());
        }
    }
}
