//! What lies on top: opening, typing into, closing. And the small services: copying, browsing.

use crate::keys::{self, Action, Chord, Context};
use crate::model::{Effect, Menu, Model, Overlay, Pager, Palette};
use crate::panes;

use super::{browse, console, insights, logs, steps};

/// Opens what a key that works everywhere opens.
pub fn open(model: &mut Model, action: Action) -> Vec<Effect> {
    // The key that opened a text closes it.
    let top = model.overlays.last();
    let again = matches!(
        (action, top),
        (Action::Help, Some(Overlay::Help(_))) | (Action::Messages, Some(Overlay::Messages(_)))
    );
    if again {
        model.overlays.pop();
        return Vec::new();
    }
    let overlay = match action {
        Action::Help => Overlay::Help(Pager::default()),
        Action::Messages => Overlay::Messages(Pager::default()),
        Action::Yank if model.row().is_some() => Overlay::Yank,
        Action::Actions => {
            actions(model);
            return Vec::new();
        }
        Action::Palette => Overlay::Palette(Palette::default()),
        Action::PickRegion => Overlay::Palette(Palette { input: "region ".into(), ..Palette::default() }),
        Action::PickProfile => Overlay::Palette(Palette { input: "profile ".into(), ..Palette::default() }),
        _ => return Vec::new(),
    };
    // A profile that was made meanwhile is one to go to.
    let asks = matches!(overlay, Overlay::Palette(_)) && !model.session.demo;
    model.overlays.push(overlay);
    asks.then_some(Effect::Profiles).into_iter().collect()
}

/// The menu of what can be done to the row, with why something is not allowed.
fn actions(model: &mut Model) {
    let heads = model.operations();
    let entries = heads.iter().enumerate().filter_map(|(n, head)| Some((*head, model.prepare(n)?)));
    let mut entries: Vec<_> = entries.collect();
    let (now, elsewhere) = (model.clock.now(), model.pane().elsewhere());
    if entries.is_empty() {
        let way = elsewhere.map(|elsewhere| format!(": {}", elsewhere.way)).unwrap_or_default();
        model.notices.warn(format!("nothing can be changed in {}{way}", model.pane().title()), now);
    } else {
        entries.extend(elsewhere.map(|elsewhere| (elsewhere.head(), Err(elsewhere.way.to_owned()))));
        model.overlays.push(Overlay::Actions(Menu { entries, chosen: 0 }));
    }
}

/// A key that means nothing: in a text it is typed.
pub fn type_key(model: &mut Model, context: Context, chord: Chord) -> Vec<Effect> {
    let request = keys::edit(chord);
    match (context, model.overlays.last_mut()) {
        (Context::Editor, None) => console::type_key(model, chord),
        (Context::Ask, None) => console::type_ask(model, request),
        (Context::LogAsk, None) => logs::type_ask(model, request),
        (Context::Query, None) => insights::type_key(model, chord),
        (Context::Line, None) => insights::type_line(model, request),
        (_, Some(Overlay::Queries(_))) => {
            if let Some(request) = request {
                insights::type_on_picks(model, request);
            }
        }
        (_, Some(Overlay::Console(_))) => {
            if let Some(request) = request {
                console::type_on_sheet(model, request);
            }
        }
        (Context::Filter, _) => {
            if let Some(request) = request {
                type_words(model, request);
            }
        }
        (_, Some(Overlay::Palette(palette))) => {
            if let Some(request) = request {
                palette.input.handle(request);
                palette.chosen = None;
                palette.complaint = None;
            }
        }
        (_, Some(Overlay::Form(form))) => form.type_key(chord),
        (_, Some(Overlay::Actions(_))) => return super::operate::menu_key(model, chord),
        (_, Some(Overlay::Confirm(confirm))) if confirm.types() => {
            if let Some(request) = request {
                confirm.typed.handle(request);
            }
        }
        // Where no name is asked for, letters scroll as in any text.
        (_, Some(Overlay::Confirm(_))) => {
            if let Some(action) = keys::resolve(Context::Text, &[], chord) {
                scroll(model, action);
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Pasted text goes where text is typed, on one line where there is one; a list takes no commands
/// from a paste.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let context = model.context();
    if context == Context::Editor {
        if let Some(editor) = model.console.editor() {
            editor.paste(text);
        }
        return Vec::new();
    }
    if context == Context::Query {
        model.insights.editor.paste(text);
        return Vec::new();
    }
    if !context.types() {
        let now = model.clock.now();
        model.notices.warn("pasted text does nothing here; / filters, : takes commands", now);
        return Vec::new();
    }
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.paste(text);
        return Vec::new();
    }
    // A paste ends in no key press: a trailing line end never submits.
    for c in text.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }) {
        let request = tui_input::InputRequest::InsertChar(c);
        match model.overlays.last_mut() {
            Some(Overlay::Palette(palette)) => drop(palette.input.handle(request)),
            Some(Overlay::Confirm(confirm)) if confirm.types() => drop(confirm.typed.handle(request)),
            Some(Overlay::Confirm(_)) => {}
            None if context == Context::Ask => console::type_ask(model, Some(request)),
            None if context == Context::LogAsk => logs::type_ask(model, Some(request)),
            None if context == Context::Line => insights::type_line(model, Some(request)),
            Some(Overlay::Queries(_)) => insights::type_on_picks(model, request),
            Some(Overlay::Console(_)) => console::type_on_sheet(model, request),
            _ => type_words(model, request),
        }
    }
    Vec::new()
}

/// Types into the filter of the text on top, or of the list.
fn type_words(model: &mut Model, request: tui_input::InputRequest) {
    if let Some(pager) = model.overlays.last_mut().and_then(Overlay::pager) {
        pager.type_key(request);
    } else if let Some(table) = model.views.table_mut(model.views.pane()) {
        table.filter.handle(request);
        table.outdated = true;
    }
}

/// A key while the filter is typed.
pub fn filter(model: &mut Model, action: Action) -> Vec<Effect> {
    if model.overlays.last_mut().and_then(Overlay::pager).is_some() {
        return text(model, action);
    }
    match action {
        Action::Accept => {
            // What was looked for is found; an empty line looked for nothing.
            if model.views.table(model.views.pane()).is_some_and(|table| !table.filter.value().is_empty()) {
                browse::hold(model);
            }
            model.overlays.pop();
        }
        Action::Back => {
            let before = model.overlays.pop();
            let table = model.views.table_mut(model.views.pane());
            if let (Some(Overlay::Filter(before)), Some(table)) = (before, table) {
                table.filter = before.filter.into();
                table.outdated = true;
                if let Some(cursor) = before.cursor {
                    table.aim(cursor);
                }
            }
        }
        action => browse::step(model, action),
    }
    Vec::new()
}

/// A key on a text that scrolls, or on what it is narrowed to.
pub fn text(model: &mut Model, action: Action) -> Vec<Effect> {
    let pager = model.overlays.last_mut().and_then(Overlay::pager);
    match (action, pager) {
        (Action::Filter, Some(pager)) => pager.ask(),
        (Action::Accept, Some(pager)) => pager.keep(),
        (Action::Back, Some(pager)) => {
            if !pager.back() {
                model.overlays.pop();
            }
        }
        (Action::Back | Action::Leave, None) => drop(model.overlays.pop()),
        _ => scroll(model, action),
    }
    Vec::new()
}

fn scroll(model: &mut Model, action: Action) {
    let half = usize::from(model.size.height / 2);
    let Some(by) = steps::rows(action, half, half) else { return };
    if let Some(scroll) = model.overlays.last_mut().and_then(Overlay::scroll) {
        // Only the top end is known here; the other end is told when the text is laid out.
        scroll.line = scroll.line.saturating_add_signed(by);
    }
}

/// A key of the copy menu.
pub fn yank(model: &mut Model, action: Action) -> Vec<Effect> {
    if matches!(model.overlays.last(), Some(Overlay::Yank)) {
        model.overlays.pop();
    }
    let Some((question, row)) = model.row() else { return Vec::new() };
    let pane = model.pane();
    if action == Action::YankValue {
        return yank_value(model);
    }
    let (what, text) = match action {
        Action::YankName => ("the name", pane.name(row).to_string()),
        Action::YankArn => ("the ARN", pane.arn(&question.scope, row).map(|arn| arn.to_string()).unwrap_or_default()),
        Action::YankJson => ("the JSON, secrets masked,", pane.json(row)),
        Action::YankCommand => ("the AWS CLI command", model.session.as_command(&pane.command(&question.scope, row))),
        _ => return Vec::new(),
    };
    // What is the function's, not the row's, is called after the function.
    let of_function = match (action, &question.scope) {
        (Action::YankJson, _) => pane.json_is_whole(),
        (Action::YankArn, panes::Scope::Function(function)) => {
            pane.arn(&question.scope, row).as_ref() == Some(&function.arn)
        }
        (Action::YankCommand, _) => pane.json_is_whole(),
        _ => false,
    };
    let name = if of_function { question.scope.name() } else { pane.name(row) };
    copy(model, &format!("{what} of {name}"), text)
}

/// Copies the value in the row, in full; a masked one only while it can be read on the screen.
fn yank_value(model: &mut Model) -> Vec<Effect> {
    let Some((question, row)) = model.row() else { return Vec::new() };
    let pane = model.pane();
    let Some(column) = pane.value() else { return Vec::new() };
    let (name, now) = (pane.name(row), model.clock.now());
    let revealed = model.views.reveals(&question, &row.key);
    let text = match pane.cell(row, column) {
        panes::Value::Secret(secret) if revealed => secret.reveal().to_string(),
        panes::Value::Secret(_) => {
            model.notices.warn(format!("{name} is masked: v reveals it, then it can be copied"), now);
            return Vec::new();
        }
        panes::Value::Missing | panes::Value::NotSet(_) => String::new(),
        panes::Value::Runtime(id) => id.to_string(),
        panes::Value::Time(at) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        value => value.shown(now.wall).trim().to_owned(),
    };
    copy(model, &format!("the value of {name}"), text)
}

/// The most bytes that are copied: terminals drop longer OSC 52 sequences without a word.
pub const LONGEST: usize = 74_000;

/// Copies, and says what.
pub fn copy(model: &mut Model, what: &str, text: String) -> Vec<Effect> {
    copy_or(model, what, text, "")
}

/// Copies, and says what; of what is too long it says what to do `instead`.
pub fn copy_or(model: &mut Model, what: &str, text: String, instead: &str) -> Vec<Effect> {
    let now = model.clock.now();
    if text.is_empty() {
        model.notices.warn(format!("there is nothing to copy for {what}"), now);
        return Vec::new();
    }
    if text.len() > LONGEST {
        let size = panes::bytes(i64::try_from(text.len()).unwrap_or(i64::MAX));
        let then = if instead.is_empty() { String::new() } else { format!("; {instead}") };
        let why = format!("{what}: {size} is more than a terminal takes onto the clipboard (74 KB){then}");
        model.notices.warn(why, now);
        return Vec::new();
    }
    model.notices.say(format!("copied {what} ({} characters, through the terminal)", text.chars().count()), now);
    vec![Effect::Copy(text)]
}

/// The page of the row in the web console, on the host of the session's partition.
pub fn browse(model: &mut Model) -> Vec<Effect> {
    let Some((question, row)) = model.row() else { return Vec::new() };
    let region = model.session.region();
    let path = model.pane().console(&region, &question.scope, row);
    let url = format!("https://{}{path}", crate::aws::console_host(&region));
    vec![Effect::Browse(url)]
}

/// Shows a pane by its name.
pub fn show(model: &mut Model, pane: panes::PaneId) {
    browse::show_pane(model, panes::find(pane));
}
