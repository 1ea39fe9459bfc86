//! Nobody means or agrees to what is not on the screen.

use crate::keys::{Action, Context};
use crate::model::console::Sheet;
use crate::model::{Model, Overlay, READABLE, Screen};

/// Nothing is drawn but that there is no room: no key means anything but to end the program or to stop it.
pub fn is_blind(model: &Model) -> bool {
    Screen::of(model.size, false).is_none()
}

/// Why a confirmation is not answered with yes: there is no room for what is sent, and where.
pub fn unread(model: &Model, context: Context, action: Action) -> Option<String> {
    let small = model.size.width < READABLE.width || model.size.height < READABLE.height;
    let agrees = match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.types() || confirm.sends,
        Some(Overlay::Console(Sheet::Sending(sending))) => sending.sends,
        _ => false,
    };
    (small && agrees && context == Context::Confirm && action == Action::Accept).then(|| {
        let (width, height) = (READABLE.width, READABLE.height);
        format!("nothing is sent: the terminal must be {width}x{height} to show what goes where")
    })
}
