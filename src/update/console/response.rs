//! The response and the log: moving in them, folding, searching, cutting to a path, copying, saving.

use tui_input::InputRequest;

use crate::keys::{Action, Console as Key};
use crate::model::body::{Body, View};
use crate::model::console::{Ask, Part, Progress, Wanted};
use crate::model::{Effect, Model, NO_TEXT, NO_TREE, ONE_VIEW};
use crate::update::{overlays, steps};

use super::{burst, find};

/// Does what a key means in a view.
pub(super) fn press(model: &mut Model, key: Key) {
    let (window, now) = (model.console_window(), model.clock.now());
    match key {
        Key::Unfold => {
            if let Some(body) = model.console.body_mut() {
                body.open(window);
            }
        }
        Key::UnfoldAll => match model.console.view_mut() {
            Some(View::Tree(view)) => view.toggle_all(window),
            _ => model.notices.warn(NO_TREE, now),
        },
        Key::NextView if model.console.body_mut().is_some_and(Body::next_view) => {}
        Key::NextView => model.notices.warn(ONE_VIEW, now),
        Key::Wrap => match model.console.view_mut() {
            Some(View::Text(view)) => view.toggle_wrap(),
            _ => model.notices.warn(NO_TEXT, now),
        },
        Key::Search => ask(model, Wanted::Words),
        Key::Path => ask(model, Wanted::Path),
        Key::Save => ask(model, Wanted::File),
        _ => {}
    }
}

/// Moves what the part with the keyboard shows.
pub(super) fn scroll(model: &mut Model, action: Action) {
    let part = model.console.part;
    let laid = model.laid_on_screen(part);
    if let Some(motion) = steps::motion(action, laid.window()) {
        model.scroll_console(part, &laid, motion);
    }
}

/// Closes the nearest thing that was opened in a view: a value by itself, a search, a path.
pub(super) fn close(model: &mut Model) -> bool {
    if model.console.part == Part::Request {
        return false;
    }
    let window = model.console_window();
    if model.console.part == Part::Response && model.console.body_mut().is_some_and(Body::close) {
        return true;
    }
    match model.console.view_mut() {
        Some(view) if view.hits().is_some() => view.search("", window),
        Some(View::Tree(view)) if !view.path().is_empty() => view.cut("", window).is_ok(),
        _ => false,
    }
}

pub(super) fn next_hit(model: &mut Model, forward: bool) {
    let window = model.console_window();
    let now = model.clock.now();
    let Some(view) = model.console.view_mut() else { return };
    if view.hits().is_none() {
        model.notices.warn("nothing is looked for yet: / asks for words", now);
    } else if !view.next_hit(forward, window) {
        model.notices.warn("not found in what is shown", now);
    }
}

/// Asks for a line about the part that has the keyboard.
fn ask(model: &mut Model, wanted: Wanted) {
    let now = model.clock.now();
    let likely = match (wanted, model.console.view_mut()) {
        (Wanted::Words, Some(View::Tree(_) | View::Text(_))) => Some(String::new()),
        (Wanted::Words, Some(View::Hex(_))) => None,
        (Wanted::Path, Some(View::Tree(view))) if view.path().is_empty() => Some(".".to_owned()),
        (Wanted::Path, Some(View::Tree(view))) => Some(view.path().to_owned()),
        _ => None,
    };
    let likely = if wanted == Wanted::File { file_name(model) } else { likely };
    let why = match (likely, wanted) {
        (Some(likely), _) => {
            model.console.ask = Some(Ask::with(wanted, &likely));
            return;
        }
        (None, Wanted::Words | Wanted::Find) => "there is no text here to look into",
        (None, Wanted::Path) => "a path leads into JSON, and no tree is shown here",
        (None, Wanted::File) => "there is nothing to save here",
    };
    model.notices.warn(why, now);
}

/// A name for what came back: whose it is, when it was asked for, and of what kind.
fn file_name(model: &Model) -> Option<String> {
    let run = model.console.run()?;
    let (extension, empty) = match (model.console.part, &run.progress) {
        (Part::Log, _) => ("log", run.log().is_none_or(|log| log.len() == 0)),
        (_, Progress::Answered(answer)) => {
            (answer.body.extension(), answer.body.bytes().is_empty() && answer.spill().is_none())
        }
        _ => return None,
    };
    let at = run.started.wall.format("%Y%m%d-%H%M%S");
    (!empty).then(|| format!("{}-{at}.{extension}", run.invokee.function.name))
}

/// A key that is typed into the line.
pub fn type_ask(model: &mut Model, request: Option<InputRequest>) {
    if let (Some(request), Some(ask)) = (request, &mut model.console.ask) {
        // The first dot of a path stands there already: who types it all the same means no second one.
        let again = ask.wanted == Wanted::Path && ask.input.value() == "." && request == InputRequest::InsertChar('.');
        if !again {
            ask.input.handle(request);
        }
        ask.complaint = None;
        if ask.wanted == Wanted::Find {
            return find::typed(model);
        }
    }
    let window = model.console_window();
    let Some((wanted, typed)) = model.console.ask.as_ref().map(|ask| (ask.wanted, ask.input.value().to_owned())) else {
        return;
    };
    let complaint = match (wanted, model.console.view_mut()) {
        // Both take effect as they are typed.
        (Wanted::Words, Some(view)) => (!view.search(&typed, window)).then(|| "not found".to_owned()),
        (Wanted::Path, Some(View::Tree(view))) => view.cut(&typed, window).err(),
        _ => None,
    };
    if let Some(ask) = &mut model.console.ask {
        ask.complaint = complaint;
    }
}

/// A key that ends the line.
pub fn asked(model: &mut Model, action: Action) -> Vec<Effect> {
    let window = model.console_window();
    match action {
        Action::Accept => return accept(model),
        Action::Console(key @ (Key::NextHit | Key::PreviousHit)) => super::step_hit(model, key == Key::NextHit),
        Action::Back => {
            let ask = model.console.ask.take();
            match (ask.map(|ask| ask.wanted), model.console.view_mut()) {
                (Some(Wanted::Find), _) => drop(find::close(model)),
                (Some(Wanted::Words), Some(view)) => drop(view.search("", window)),
                (Some(Wanted::Path), Some(View::Tree(view))) => drop(view.cut("", window)),
                _ => {}
            }
        }
        _ => {}
    }
    Vec::new()
}

fn accept(model: &mut Model) -> Vec<Effect> {
    // A line with a complaint stays: it can be mended.
    let Some(ask) = model.console.ask.as_ref().filter(|ask| ask.complaint.is_none()) else { return Vec::new() };
    let path = ask.input.value().trim().to_owned();
    if ask.wanted != Wanted::File || path.is_empty() {
        model.console.ask = None;
        return Vec::new();
    }
    // The name stays until the file is written: it can be mended, too.
    let Some(run) = model.console.run() else { return Vec::new() };
    let saves = match (model.console.part, &run.progress) {
        (Part::Log, _) => run.log().map(|log| Effect::Save { path, bytes: log.logged().as_bytes().to_vec().into() }),
        (_, Progress::Answered(answer)) => Some(match answer.spill() {
            Some(from) => Effect::SaveFile { path, from: from.to_owned() },
            None => Effect::Save { path, bytes: answer.body.bytes().clone() },
        }),
        _ => None,
    };
    saves.into_iter().collect()
}

/// A file was written, so its name is not needed any more.
pub fn saved(model: &mut Model) {
    model.console.ask.take_if(|ask| ask.wanted == Wanted::File);
}

/// What is copied, where nothing more telling can be said of it.
const SHOWN: &str = "what this part shows";

/// Copies what the part shows: a log as it was logged, an answer as text. What is folded is copied too.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let Some(run) = model.console.run() else { return Vec::new() };
    let (what, text) = match (model.console.part, &run.progress) {
        (Part::Log, _) => {
            ("the log as it was logged", run.log().map(|log| log.logged().to_owned()).unwrap_or_default())
        }
        (_, Progress::Answered(answer)) => {
            let laid_out = matches!(answer.body.view(), Some(View::Tree(_)));
            (if laid_out { "all of it, laid out" } else { SHOWN }, answer.body.as_text())
        }
        (_, Progress::Failed(problem)) => (SHOWN, problem.sentence()),
        (_, Progress::Burst(_)) => (SHOWN, burst::text(model).unwrap_or_default()),
        _ => (SHOWN, String::new()),
    };
    overlays::copy_or(model, what, text, "S saves it to a file")
}

/// Copies the value under the cursor, as written.
pub(super) fn copy_value(model: &mut Model) -> Vec<Effect> {
    let found = match model.console.run().map(|run| &run.progress) {
        Some(Progress::Answered(answer)) if model.console.part == Part::Response => match answer.body.view() {
            Some(View::Tree(view)) => {
                let path = view.tree().path(view.cursor()).unwrap_or_default();
                view.tree().source(view.cursor()).map(|source| (path, source.to_owned()))
            }
            _ => None,
        },
        _ => None,
    };
    let now = model.clock.now();
    let Some((path, source)) = found else {
        model.notices.warn("there is no value under the cursor; y copies what this part shows", now);
        return Vec::new();
    };
    overlays::copy(model, &path, source)
}
