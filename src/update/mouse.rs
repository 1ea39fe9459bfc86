//! The mouse: wheel, a row, a tab, a heading. All of it can be done with keys too.

use crate::keys::{self, Action, Context};
use crate::model::{Effect, Gesture, Model, Mouse, Place, Placed, PlacedTab, Spot, TableView, columns_at};

use super::{act, browse, console};

/// How many rows one notch of the wheel moves.
pub(super) const NOTCH: usize = 3;

/// Does what the mouse means.
pub fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if !model.options.mouse {
        return Vec::new();
    }
    let context = model.context();
    if model.overlays.is_empty() && model.views.place() == Place::Console {
        console::mouse(model, mouse);
        return Vec::new();
    }
    let action = match mouse.what {
        Gesture::Drag => return Vec::new(),
        Gesture::WheelUp => Action::Up,
        Gesture::WheelDown => Action::Down,
        Gesture::Click => return click(model, context, mouse),
    };
    // Where text is typed, the arrows step through what can be chosen, or scroll: nothing else is the wheel to do.
    let key = if action == Action::Up { "up" } else { "down" };
    let meant = key.parse().ok().and_then(|chord| keys::resolve(context, &[], chord));
    if meant != Some(action) {
        return Vec::new();
    }
    let steps = if matches!(context, Context::Palette | Context::Pick | Context::Choices) { 1 } else { NOTCH };
    (0..steps).flat_map(|_| act(model, context, action)).collect()
}

fn click(model: &mut Model, context: Context, mouse: Mouse) -> Vec<Effect> {
    let (Context::Table, Some(screen)) = (context, model.screen_of(model.pane(), model.size)) else {
        return Vec::new();
    };
    match screen.at(mouse.x, mouse.y) {
        Spot::Tabs => {
            let x = usize::from(mouse.x);
            let hit = |placed: &PlacedTab| (placed.x..placed.x + placed.width).contains(&x);
            if let Some(placed) = model.tabs(screen.tabs.width).into_iter().find(hit) {
                browse::show_pane(model, placed.pane);
            }
        }
        Spot::Heads { width } => {
            let hit = |placed: &Placed| (placed.x..placed.x + placed.width).contains(&mouse.x);
            if let Some(placed) = columns_at(model, width).into_iter().find(hit) {
                browse::sort_by(model, placed.column);
            }
        }
        Spot::Row(line) => {
            let table = model.views.table(model.views.pane());
            let line = table.map_or(0, TableView::offset) + line;
            if table.is_some_and(|table| line < table.order().len()) {
                browse::go(model, line);
            }
        }
        Spot::Nowhere => {}
    }
    Vec::new()
}

/// A click on a choice chooses it; one on the chosen one is Enter, where that only opens or takes. Nothing is sent or
/// agreed to by a click.
pub fn pointed(model: &mut Model, steps: isize) -> Vec<Effect> {
    if !model.options.mouse {
        return Vec::new();
    }
    let context = model.context();
    if steps != 0 {
        let action = if steps < 0 { Action::Up } else { Action::Down };
        return (0..steps.unsigned_abs()).flat_map(|_| act(model, context, action)).collect();
    }
    let opens = matches!(
        context,
        Context::Palette | Context::Actions | Context::Counterparts | Context::History | Context::Pick
    );
    if opens && !super::haste::agrees(model, context, Action::Accept) {
        return act(model, context, Action::Accept);
    }
    Vec::new()
}

/// Gives the mouse to the terminal, or takes it back.
pub fn toggle(model: &mut Model) -> Vec<Effect> {
    model.options.mouse = !model.options.mouse;
    let now = model.clock.now();
    let said = if model.options.mouse {
        "mouse on: wheel, click a row, a tab, a heading, into a payload; shift-drag selects text"
    } else {
        "mouse off: the terminal selects text"
    };
    model.notices.say(said, now);
    vec![Effect::Mouse(model.options.mouse)]
}
