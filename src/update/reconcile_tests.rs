//! What is asked follows from what is visible, and from nothing else.

use std::time::Duration;

use chrono::DateTime;

use super::super::{update, wake_at};
use crate::aws::{Target, Text};
use crate::model::{Connection, Effect, Model, Msg, Now, Options, Question, Refresh, Session, Size, Ticket};
use crate::panes::{Item, LateRow, Piece, Row, RowKey, Value};

/// The core alone, with answers made by hand.
struct Core {
    model: Model,
    now: u64,
}

impl Core {
    fn new(refresh: Refresh) -> Self {
        let options = Options { refresh, ..Options::default() };
        Self { model: Model::new(Session::default(), options, Size { width: 100, height: 30 }), now: 0 }
    }

    fn take(&mut self, msg: Msg) -> Vec<Effect> {
        let now = Now { since: Duration::from_millis(self.now), wall: DateTime::UNIX_EPOCH };
        update(&mut self.model, now, msg)
    }

    fn later(&mut self, milliseconds: u64) -> Vec<Effect> {
        self.now += milliseconds;
        self.take(Msg::Tick)
    }

    fn wakes_in(&self) -> Option<u64> {
        wake_at(&self.model).map(|at| u64::try_from(at.as_millis()).unwrap() - self.now)
    }

    /// Connected, with the list of functions asked for; gives its question and ticket.
    fn connected(refresh: Refresh) -> (Self, Question, Ticket) {
        let mut core = Self::new(refresh);
        let effects = core.take(Msg::Tick);
        let [Effect::Connect { ticket, target, renews: false }] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!(*target, Target::default());
        let word = Text::known("x");
        let connection = Connection { profile: word.clone(), region: word.clone(), endpoint: None, partition: word };
        let effects = core.take(Msg::Connected { ticket: *ticket, answer: Ok(connection) });
        let [Effect::Load { question, ticket, place: None, recall: true, keep: true }] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        (core, question.clone(), *ticket)
    }

    /// With one function listed; gives its key and the ticket of its second question.
    fn listed(refresh: Refresh) -> (Self, Question, RowKey, Ticket) {
        let (mut core, question, ticket) = Self::connected(refresh);
        core.take(Msg::Page { question: question.clone(), ticket, rows: vec![row("a")], piece: Piece::Page(None) });
        core.take(Msg::Loaded { question: question.clone(), ticket, answer: Ok(()) });
        let late = core.model.store.late_in_flight().map(|(_, key)| key.clone()).next().unwrap();
        let latest = core.model.tickets.next();
        let slot = core.model.store.late_mut(&question, &late);
        slot.ask(latest, Duration::ZERO);
        (core, question, late, latest)
    }

    fn settled(&mut self, question: &Question, key: &RowKey, ticket: Ticket, unsettled: bool) {
        let answer = Ok(LateRow { cells: vec![Value::Missing; 4], unsettled, ..LateRow::default() });
        self.take(Msg::Late { question: question.clone(), key: key.clone(), ticket, answer });
    }
}

fn row(name: &'static str) -> Row {
    let key = RowKey(Text::known(name));
    Row { key, unsettled: false, item: Item::new(()) }
}

fn loads(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Load { .. })).count()
}

#[test]
fn a_question_on_its_way_is_not_asked_again_however_long_it_takes() {
    let (mut core, ..) = Core::connected(Refresh::AsPanesSay);
    for _ in 0..100 {
        assert_eq!(core.later(10_000), []);
    }
}

#[test]
fn who_we_are_is_asked_after_the_first_rows() {
    let (mut core, question, ticket) = Core::connected(Refresh::AsPanesSay);
    let effects = core.take(Msg::Page { question, ticket, rows: vec![row("a")], piece: Piece::Page(None) });
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Identify { .. })), "{effects:?}");
}

#[test]
fn an_answer_to_a_ticket_given_up_changes_nothing() {
    let (mut core, question, old) = Core::connected(Refresh::AsPanesSay);
    let effects = core.take(Msg::Key("r".parse().unwrap()));
    assert!(effects.contains(&Effect::Cancel(old)) && loads(&effects) == 1, "{effects:?}");
    core.take(Msg::Page { question: question.clone(), ticket: old, rows: vec![row("old")], piece: Piece::Page(None) });
    core.take(Msg::Loaded { question: question.clone(), ticket: old, answer: Ok(()) });
    assert_eq!(core.model.store.rows(&question).len(), 0);
    assert!(core.model.store.list(&question).unwrap().in_flight());
}

#[test]
fn an_answer_for_a_list_out_of_sight_is_filed_there_and_nowhere_else() {
    let (mut core, question, ticket) = Core::connected(Refresh::AsPanesSay);
    core.take(Msg::Page { question: question.clone(), ticket, rows: vec![row("a")], piece: Piece::Page(None) });
    let other = Question { pane: "configuration", ..question.clone() };
    let stray = core.model.tickets.next();
    core.model.store.list_mut(&other).ask(stray, Duration::ZERO);
    core.model
        .store
        .list_mut(&other)
        .amend(stray, |list| list.get_or_insert_default().page(vec![row("b"), row("c")], Piece::Page(None)));
    assert_eq!((core.model.store.rows(&question).len(), core.model.store.rows(&other).len()), (1, 2));
    let effects = core.take(Msg::Tick);
    assert!(effects.contains(&Effect::Cancel(stray)), "nobody looks at it: {effects:?}");
}

#[test]
fn the_list_wakes_us_when_it_is_a_minute_old() {
    let (mut core, question, key, ticket) = Core::listed(Refresh::AsPanesSay);
    core.settled(&question, &key, ticket, false);
    assert!(
        core.wakes_in().is_some_and(|wait| (1..=30_000).contains(&wait)),
        "the age in the header: {:?}",
        core.wakes_in()
    );
    assert_eq!(loads(&core.later(59_999)), 0);
    assert_eq!(core.wakes_in(), Some(1));
    assert_eq!(loads(&core.later(1)), 1);
}

#[test]
fn what_is_changing_wakes_us_in_two_seconds_and_what_has_settled_does_not() {
    let (mut core, question, key, ticket) = Core::listed(Refresh::Off);
    core.settled(&question, &key, ticket, true);
    assert_eq!(core.wakes_in(), Some(2000));
    let effects = core.later(2000);
    let [Effect::LoadLate { ticket, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    let ticket = *ticket;
    core.settled(&question, &key, ticket, false);
    assert!(core.wakes_in().is_none_or(|wait| wait > 2000), "{:?}", core.wakes_in());
}

#[test]
fn with_refresh_off_a_day_passes_without_a_question() {
    let (mut core, question, key, ticket) = Core::listed(Refresh::Off);
    core.settled(&question, &key, ticket, false);
    for _ in 0..24 {
        assert_eq!(core.later(3_600_000), []);
        assert!(core.wakes_in().is_none_or(|wait| wait >= 1000), "{:?}", core.wakes_in());
    }
}

#[test]
fn no_moment_is_awaited_that_is_already_past() {
    let (mut core, question, key, ticket) = Core::listed(Refresh::AsPanesSay);
    core.settled(&question, &key, ticket, false);
    for keys in ["j", "?", "<esc>", "/a<enter>", "<esc>", "2", "1", "-"] {
        for chord in crate::keys::Chord::sequence(keys).unwrap() {
            core.take(Msg::Key(chord));
        }
        core.later(1);
        assert!(core.wakes_in().is_none_or(|wait| wait > 0), "{keys}: {:?}", core.wakes_in());
    }
}
