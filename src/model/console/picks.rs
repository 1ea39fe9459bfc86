//! What can be chosen in the console: payloads, versions and aliases, names.

use super::sheet::{Choice, Pick, Picker, Picks};
use super::{Console, Listing, TEMPLATES};
use crate::aws::{LATEST, Text};
use crate::model::payloads::{FileName, Place, typed_path};
use crate::model::{Model, Question};
use crate::panes::{self, Invokee, Pane, Row, Scope, Value, bytes};

/// How important a column must be for its value to stand beside a version or an alias.
const IMPORTANT: u8 = 4;
/// What stands between the parts of a remark.
const BETWEEN: &str = " · ";

impl Model {
    /// The lists that the console asks for: those to choose a version or an alias from.
    pub fn console_questions(&self) -> Vec<Question> {
        match (self.picker(), &self.console.invokee) {
            (Some(Picker { picks: Picks::Qualifier | Picks::Second, .. }), Some(invokee)) => panes::QUALIFIERS
                .iter()
                .map(|pane| Question { pane: pane.id(), scope: Scope::Function(invokee.function.clone()) })
                .collect(),
            (None, Some(_)) if self.plans_burst() => self.burst_questions(),
            _ => Vec::new(),
        }
    }

    /// The places on disk that the console asks for.
    pub fn console_places(&self) -> Vec<Place> {
        let Some(picker) = self.picker().filter(|picker| !matches!(picker.picks, Picks::Qualifier | Picks::Second))
        else {
            return Vec::new();
        };
        let events = self.console.invokee.as_ref().map(|invokee| Place::Events(invokee.function.name.clone()));
        let folder = typed_path(picker.input.value()).filter(|_| picker.picks == Picks::Payload);
        events.into_iter().chain(folder.map(|(folder, _)| Place::Folder(folder))).collect()
    }

    /// What can be chosen now, of what fits what is typed.
    pub fn picks(&self, picker: &Picker) -> Vec<Pick> {
        let typed = picker.input.value();
        match picker.picks {
            Picks::Qualifier => fitting(self.qualifiers(), typed),
            Picks::Second => fitting(self.seconds(), typed),
            Picks::Name => self.names(typed),
            Picks::Payload => match typed_path(typed) {
                Some((folder, rest)) => self.files(&folder, &rest),
                None => fitting(self.payloads(), typed),
            },
        }
    }

    /// The last A/B, and what the payload can be sent to beside the chosen one.
    fn seconds(&self) -> Vec<Pick> {
        let here = self.console.invokee.as_ref().and_then(|invokee| invokee.qualifier.clone());
        let last = self.console.last_pair().map(|(runs, name)| Pick {
            section: "the last A/B",
            name: Text::line(name),
            remark: "the two runs as they were".to_owned(),
            choice: Choice::Pair(runs),
        });
        let others = self.qualifiers().into_iter().filter_map(|pick| match pick.choice {
            Choice::Invokee(invokee) if same_code(invokee.qualifier.as_ref(), here.as_ref()) => None,
            // It stands above, as the function itself.
            Choice::Invokee(invokee) if invokee.qualifier.as_deref() == Some(LATEST) => None,
            Choice::Invokee(invokee) => Some(Pick { choice: Choice::Second(invokee), ..pick }),
            _ => Some(pick),
        });
        let mut picks: Vec<Pick> = last.into_iter().chain(others).collect();
        if !picks.iter().any(Pick::is_choice) {
            picks.push(said("A/B", "there is no other code yet: publish a version (p in the Versions pane)"));
        }
        picks
    }

    fn qualifiers(&self) -> Vec<Pick> {
        const FIRST: &str = "the function itself";
        let Some(invokee) = &self.console.invokee else { return Vec::new() };
        let own = self.invokee_of_function().unwrap_or_else(|| Invokee {
            qualifier: None,
            versions: Vec::new(),
            ..invokee.clone()
        });
        let remark = "no qualifier: AWS takes $LATEST".to_owned();
        let mut picks =
            vec![Pick { section: FIRST, name: own.function.name.clone(), remark, choice: Choice::Invokee(own) }];
        for pane in panes::QUALIFIERS {
            let question = Question { pane: pane.id(), scope: Scope::Function(invokee.function.clone()) };
            let say = |remark: String| said(pane.rows(), &remark);
            let slot = self.store.list(&question);
            let rows = self.store.rows(&question);
            picks.extend(told_apart(
                in_order(pane, rows).into_iter().filter_map(|row| self.qualifier(pane, &question, row)).collect(),
            ));
            match slot.map(|slot| (slot.problem(), slot.answer())) {
                Some((Some(problem), _)) => picks.push(say(problem.sentence())),
                Some((None, Some(list))) if list.complete && rows.is_empty() => {
                    picks.push(say(pane.empty().0.to_owned()));
                }
                Some((None, Some(list))) if list.complete => {}
                _ => picks.push(say("being listed …".to_owned())),
            }
        }
        picks
    }

    fn qualifier(&self, pane: &'static dyn Pane, question: &Question, row: &Row) -> Option<Pick> {
        let invokee = pane.invokes(&question.scope, row)?;
        let name = invokee.qualifier.clone()?;
        let columns = pane.columns();
        let now = self.clock.now().wall;
        let cells = self.cells(question, &columns);
        let words = columns.iter().enumerate().skip(1).filter(|(_, column)| column.priority <= IMPORTANT);
        let words = words.filter_map(|(n, column)| match cells.get(row, n) {
            Value::Missing | Value::NotSet(_) | Value::Pending | Value::Unknown => None,
            value => Some(format!("{} {}", column.title.to_lowercase(), value.shown(now))),
        });
        // Cells are padded for their column; here they stand in a sentence.
        let words = words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
        let remark = words.collect::<Vec<_>>().join(BETWEEN);
        Some(Pick { section: pane.rows(), name, remark, choice: Choice::Invokee(invokee) })
    }

    /// The last payload, the saved events, the templates, and how files are loaded.
    fn payloads(&self) -> Vec<Pick> {
        let mut picks = Vec::new();
        if let Some(run) = self.console.own_runs().next() {
            let size = bytes(i64::try_from(run.invocation.payload.len()).unwrap_or(i64::MAX));
            let remark = format!("{size} · sent at {} UTC", run.started.wall.format("%H:%M:%S"));
            let name = Text::known("last payload");
            picks.push(Pick { section: "this session", name, remark, choice: Choice::Last });
        }
        picks.extend(self.events("saved for this function", Choice::Event));
        picks.extend(TEMPLATES.iter().enumerate().map(|(n, template)| Pick {
            section: "templates",
            name: Text::known(template.title),
            remark: template.remark.to_owned(),
            choice: Choice::Template(n),
        }));
        let remark = "type a path that begins with / ~/ ./ or ../".to_owned();
        picks.push(Pick {
            section: "files",
            name: Text::known("a file"),
            remark,
            choice: Choice::Folder("./".to_owned()),
        });
        picks
    }

    fn events(&self, section: &'static str, choice: impl Fn(String) -> Choice) -> Vec<Pick> {
        let Some(invokee) = &self.console.invokee else { return Vec::new() };
        match self.console.listings.get(&Place::Events(invokee.function.name.clone())) {
            Some(Listing { answer: Some(Ok(names)), .. }) => names
                .iter()
                .map(|file| Pick {
                    section,
                    name: file.name.clone(),
                    remark: size(file),
                    choice: choice(file.name.to_string()),
                })
                .collect(),
            Some(Listing { answer: Some(Err(why)), .. }) => vec![said(section, why)],
            _ => Vec::new(),
        }
    }

    /// The name that is typed, and those that there are.
    fn names(&self, typed: &str) -> Vec<Pick> {
        let typed = typed.trim();
        let known = self.events("replace", Choice::Save);
        let taken = known.iter().any(|pick| &*pick.name == typed);
        let mut picks = Vec::new();
        match crate::model::payloads::check_name(typed) {
            _ if taken => {}
            Ok(()) => picks.push(Pick {
                section: "save as",
                name: Text::line(typed),
                remark: "a new event".to_owned(),
                choice: Choice::Save(typed.to_owned()),
            }),
            Err(why) => picks.push(said("save as", &why)),
        }
        picks.extend(known.into_iter().filter(|pick| pick.name.contains(typed)));
        picks
    }

    fn files(&self, folder: &str, rest: &str) -> Vec<Pick> {
        const SECTION: &str = "files";
        match self.console.listings.get(&Place::Folder(folder.to_owned())) {
            Some(Listing { answer: Some(Ok(names)), .. }) => {
                let hidden = rest.starts_with('.');
                let fits = |file: &&FileName| file.name.starts_with(rest) && (hidden || !file.name.starts_with('.'));
                let picks: Vec<Pick> = names.iter().filter(fits).map(|file| in_folder(SECTION, folder, file)).collect();
                if picks.is_empty() { vec![said(SECTION, "no file here begins like this")] } else { picks }
            }
            Some(Listing { answer: Some(Err(why)), .. }) => vec![said(SECTION, why)],
            _ => vec![said(SECTION, "being read …")],
        }
    }

    /// The list that is chosen from, if one is on top.
    pub fn picker(&self) -> Option<&Picker> {
        match self.overlays.last() {
            Some(crate::model::Overlay::Console(super::Sheet::Pick(picker))) => Some(picker),
            _ => None,
        }
    }
}

impl Console {
    /// Forgets what was read from disk: it is looked at anew.
    pub fn forget_listings(&mut self) {
        self.listings.clear();
    }
}

/// What is the same of all of several tells none of them apart, and is left out.
fn told_apart(mut picks: Vec<Pick>) -> Vec<Pick> {
    let Some(first) = picks.first().filter(|_| picks.len() > 1) else { return picks };
    let shared: Vec<String> = first.remark.split(BETWEEN).map(str::to_owned).collect();
    let everywhere = |part: &&String| picks.iter().all(|pick| pick.remark.split(BETWEEN).any(|other| other == **part));
    let shared: Vec<String> = shared.iter().filter(everywhere).cloned().collect();
    for pick in &mut picks {
        let parts = pick.remark.split(BETWEEN).filter(|part| !shared.iter().any(|other| other == part));
        pick.remark = parts.collect::<Vec<_>>().join(BETWEEN);
    }
    picks
}

/// The rows as the pane shows them at first.
fn in_order<'a>(pane: &dyn Pane, rows: &'a [Row]) -> Vec<&'a Row> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    if let Some((column, reverse)) = pane.sorted() {
        rows.sort_by(|a, b| {
            let order = pane.cell(a, column).order(&pane.cell(b, column));
            if reverse { order.reverse() } else { order }
        });
    }
    rows
}

fn in_folder(section: &'static str, folder: &str, file: &FileName) -> Pick {
    let path = format!("{folder}{}", file.name);
    let (remark, choice) = if file.folder {
        ("folder".to_owned(), Choice::Folder(format!("{path}/")))
    } else {
        (size(file), Choice::File(path))
    };
    Pick { section, name: file.name.clone(), remark, choice }
}

fn size(file: &FileName) -> String {
    bytes(i64::try_from(file.size).unwrap_or(i64::MAX))
}

/// A line that only says something.
fn said(section: &'static str, words: &str) -> Pick {
    Pick { section, name: Text::default(), remark: words.to_owned(), choice: Choice::Nothing }
}

/// Those in which every typed word stands somewhere; what only says something stays.
/// What fits the words; a word if nothing does.
fn fitting(picks: Vec<Pick>, typed: &str) -> Vec<Pick> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let fits = |pick: &Pick| {
        let text = format!("{} {} {}", pick.section, pick.name, pick.remark).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let none = !picks.iter().any(|pick| pick.is_choice() && fits(pick));
    let mut picks: Vec<Pick> = picks.into_iter().filter(|pick| !pick.is_choice() || fits(pick)).collect();
    if none && !words.is_empty() {
        picks.push(said("", "nothing here has these words"));
    }
    picks
}

/// Both lead to the same code: no qualifier is `$LATEST`.
fn same_code(one: Option<&Text>, other: Option<&Text>) -> bool {
    let name = |qualifier: Option<&Text>| qualifier.map_or(LATEST, |qualifier| qualifier.as_str()).to_owned();
    name(one) == name(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_have_is_left_out_and_what_tells_them_apart_stays() {
        let pick = |remark: &str| Pick { remark: remark.to_owned(), ..said("versions", "") };
        let remarks = |picks| told_apart(picks).into_iter().map(|pick| pick.remark).collect::<Vec<_>>();
        let picks = vec![pick("modified 1 h · code a · REST API"), pick("modified 2 d · code b · REST API")];
        assert_eq!(remarks(picks), ["modified 1 h · code a", "modified 2 d · code b"]);
        assert_eq!(remarks(vec![pick("modified 1 h")]), ["modified 1 h"]);
    }
}
