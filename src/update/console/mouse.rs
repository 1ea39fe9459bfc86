//! The mouse in the console: the part that has the keyboard, the payload's cursor and selection, and scrolling.

use crate::model::body::View;
use crate::model::console::{Part, Places, window};
use crate::model::text_view::Motion;
use crate::model::{Gesture, Model, Mouse, Screen};
use crate::update::mouse::NOTCH;

/// Does what the mouse means.
pub fn mouse(model: &mut Model, mouse: Mouse) {
    let Some(screen) = Screen::of(model.size, false) else { return };
    let places = Places::of(&model.console, screen.body);
    let notch = isize::try_from(NOTCH).unwrap_or(1);
    match mouse.what {
        Gesture::Click => click(model, &places, mouse),
        Gesture::Drag if model.console.held => point(model, &places, mouse, true),
        Gesture::Drag => {}
        Gesture::WheelUp => wheel(model, &places, mouse, -notch),
        Gesture::WheelDown => wheel(model, &places, mouse, notch),
    }
}

/// Shows a run of the line, or gives the keyboard to a part. In the payload the cursor goes there, in a tree to the row; a second click folds it.
fn click(model: &mut Model, places: &Places, mouse: Mouse) {
    model.console.held = false;
    if let Some(run) = model.run_in_strip(places, mouse.x, mouse.y) {
        model.console.show(run);
        model.console.part = Part::Response;
    }
    let Some(part) = places.part_at(mouse.x, mouse.y) else { return };
    let here = model.console.part == part;
    if !here {
        // What was being typed was about the other part.
        model.console.ask = None;
        model.console.part = part;
    }
    if places.tabs.y == mouse.y && places.tabs.height > 0 {
        return;
    }
    match part {
        Part::Request => {
            model.console.ask = None;
            model.console.held = true;
            point(model, places, mouse, false);
        }
        Part::Response if here => {
            let place = model.laid_on_screen(part).view;
            let line = mouse.y.checked_sub(place.y).map(usize::from);
            if let (Some(line), Some(View::Tree(view))) = (line, model.console.view_of(part)) {
                view.point(line, window(place));
            }
        }
        Part::Response | Part::Log => {}
    }
}

fn point(model: &mut Model, places: &Places, mouse: Mouse, selects: bool) {
    let (line, cell) = places.in_editor(&model.console, mouse.x, mouse.y);
    if let Some(editor) = model.console.editor() {
        editor.point(line, cell, selects);
    }
}

/// Scrolls what is under the pointer; the keyboard stays where it is.
fn wheel(model: &mut Model, places: &Places, mouse: Mouse, rows: isize) {
    let part = places.part_at(mouse.x, mouse.y).unwrap_or(model.console.part);
    if part == Part::Request {
        if let Some(editor) = model.console.editor() {
            editor.turn(rows);
        }
        return;
    }
    let laid = model.laid_on_screen(part);
    model.scroll_console(part, &laid, Motion::By(rows));
}
