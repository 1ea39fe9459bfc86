//! Pausing, resuming and deleting a mapping, and what all its changes have in common.

use super::super::field::{Field, FileUse, Invalid};
use super::super::operation::{Confirm, Offered, On, Operation, Plan, Target};
use super::super::value::Tone;
use crate::aws::{Call, Mapping, MappingCall};

/// Stops the records, or lets them flow again; the place in the source is kept.
pub(super) const SWITCH: Operation<Mapping> = Operation {
    key: "space",
    label: "pause/resume",
    offered: Offered::Always,
    needs: &[],
    fields: |_, _| Vec::new(),
    confirm: Confirm::Ask,
    target: |on| target(on),
    allowed: |on| settled(on.thing),
    does: |on, _| {
        let resume = !on.thing.is_on();
        let seen = Box::new(on.thing.clone());
        let mut plan = Plan::of(Call::Mapping(MappingCall::Switch { seen, on: resume }));
        plan.label = Some(if resume { "resume" } else { "pause" });
        let said = if resume {
            "What has gathered in the source is processed at once."
        } else {
            "Records gather in the source meanwhile, as long as it keeps them; the place in it is kept."
        };
        plan.warnings.push((if resume { Tone::Warn } else { Tone::Plain }, said.to_owned()));
        Ok(plan)
    },
    spoils: &["mappings"],
};

/// The label of the file that the configuration is saved to.
const FILE: &str = "save to";

/// Deletes the mapping; its configuration can be saved first.
pub(super) const DELETE: Operation<Mapping> = Operation {
    key: "D",
    label: "delete",
    offered: Offered::Always,
    needs: &[],
    fields: |_, _| {
        let hint = "a new file for its configuration as JSON, before it is deleted; empty saves nothing";
        vec![Field::file(FILE, hint, FileUse::New)]
    },
    confirm: Confirm::TypeName,
    target: |on| target(on),
    allowed: |on| settled(on.thing),
    does: |on, answers| {
        let path = answers.get(FILE);
        if !path.is_empty() {
            on.known.file(path).map_err(|why| Invalid::new(FILE, why))?;
        }
        let save = (!path.is_empty()).then(|| path.to_owned());
        let mut plan = Plan::of(Call::Mapping(MappingCall::Delete { seen: Box::new(on.thing.clone()), save }));
        let warning = if on.thing.source.kind.has_start() {
            "The place in the source is lost: a new mapping begins where it is told to."
        } else {
            "Messages stay in the source until somebody reads them or they expire."
        };
        plan.warnings.push((Tone::Bad, warning.to_owned()));
        if on.thing.is_on() {
            plan.warnings
                .push((Tone::Warn, "Pausing it (space) stops the records too and can be taken back.".to_owned()));
        }
        Ok(plan)
    },
    spoils: &["mappings"],
};

/// What is typed is the first block of the UUID; the title says what it joins.
pub(super) fn target(on: &On<'_, Mapping>) -> Target {
    let mapping = on.thing;
    Target::of(mapping.short(), mapping.arn.clone()).titled(format!("{} {}", mapping.joins(), mapping.short()))
}

/// AWS refuses changes while it is at one.
pub(super) fn settled(mapping: &Mapping) -> Result<(), String> {
    if mapping.is_settling() {
        let state = mapping.state.to_lowercase();
        return Err(format!("it is {state}: AWS takes no change until that is over"));
    }
    Ok(())
}
