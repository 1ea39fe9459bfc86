//! lambdash, the terminal dashboard for AWS Lambda. This is the map of the program.
//!
//! Nine rooms, and who may look into whom is checked by `tests/it/architecture.rs`:
//!
//! - `aws`: Lambda as we speak of it; the one door to the SDK, and for every string from AWS.
//! - `panes`: what each list is, as data. One file is one pane.
//! - `keys`: what keys mean, in one table.
//! - `model`: everything the program knows.
//! - `update`: the only way the model changes, a pure function.
//! - `ui`: the screen as a pure function of the model.
//! - `runtime`: tasks, clocks, files and the terminal: the only place where things happen.
//! - `demo`: an AWS account in memory, the far end of `--demo` and of the tests.
//! - `cli`: arguments, environment and the configuration file, as settings.
//!
//! The one flow: event -> action -> update -> effects -> tasks -> messages -> update; draw looks at
//! the model and changes nothing. `ARCHITECTURE.md` tells it in five minutes.

mod aws;
pub mod cli;
pub mod demo;
mod keys;
mod model;
mod panes;
mod runtime;
mod ui;
mod update;

pub use runtime::{Clock, Demand, Ended, Engine, Flow, Ports, print, run, system as system_clock};

/// What the tests look at besides the screen.
pub mod testing {
    pub use crate::aws::{Text, read_event};
    pub use crate::keys::{Chord, reference};
    pub use crate::model::logs::{filter, range};
    pub use crate::model::{
        Connection, Gesture, Model, Mouse, Msg, Now, Options, Place, Refresh, Remember, Session, Size,
    };
    pub use crate::panes::ALL;
    pub use crate::runtime::Painter;
}

#[cfg(test)]
#[path = "lib_tests.rs"]
mod tests;

use aws::Text;
use model::{Model, Now, Session, Size};

/// The state at the start, as the settings want it, before the size of the screen is known. `now` dates what there is
/// to say about them.
pub fn start(settings: &cli::Settings, now: Now) -> Model {
    let session = Session {
        target: settings.target.clone(),
        demo: settings.demo,
        production: settings.production.clone(),
        ..Session::default()
    };
    let mut model = Model::new(session, settings.options.clone(), Size::default());
    model.clock.tell(now);
    for complaint in &settings.complaints {
        model.notices.caution(Text::line(complaint), now);
    }
    model
}
