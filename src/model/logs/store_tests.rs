use proptest::prelude::*;

use super::*;

fn event(at: i64, stream: &str, id: &str, message: &str) -> LogEvent {
    LogEvent::of(at, Text::line(stream), id, message)
}

fn told(store: &Store) -> Vec<&str> {
    (0..store.len()).filter_map(|n| store.get(n)).map(|event| event.message).collect()
}

#[test]
fn pages_from_either_end_make_one_row_in_order() {
    let mut store = Store::default();
    store.take(0, &[event(30, "s", "c", "3"), event(20, "s", "b", "2b"), event(20, "s", "a", "2a")], End::Old);
    store.take(0, &[event(40, "s", "d", "4"), event(30, "s", "c", "3")], End::New);
    let taken = store.take(0, &[event(10, "s", "x", "1"), event(20, "t", "a", "2c")], End::Old);
    assert_eq!(told(&store), ["1", "2a", "2b", "2c", "3", "4"]);
    assert_eq!(taken.fresh.iter().map(|mark| store.place(*mark)).collect::<Vec<_>>(), [Ok(0), Ok(3)]);
    assert_eq!((store.bytes(), store.dropped()), (9, 0));
}

#[test]
fn an_event_is_known_by_source_stream_and_number() {
    let mut store = Store::default();
    let page = [event(1, "s", "a", "x"), event(1, "s", "b", "x"), event(1, "t", "a", "x")];
    store.take(0, &page, End::New);
    assert!(store.take(0, &page, End::New).fresh.is_empty());
    store.take(1, &page, End::New);
    assert_eq!(store.len(), 6);
}

#[test]
fn where_a_service_numbers_nothing_equal_lines_of_a_page_are_as_many() {
    let mut store = Store::default();
    let page = [event(1, "s", "", "x"), event(1, "s", "", "x"), event(1, "s", "", "y")];
    store.take(0, &page, End::New);
    store.take(0, &page, End::New);
    assert_eq!(told(&store), ["x", "x", "y"]);
}

#[test]
fn what_live_tail_told_is_known_again_when_it_is_read() {
    let mut store = Store::default();
    store.take(0, &[event(1, "s", "a", "x")], End::New);
    let live = [event(1, "s", "", "x"), event(1, "s", "", "x"), event(2, "s", "", "y")];
    assert_eq!(store.take_live(0, &live).fresh.len(), 2, "the first one was read before");
    let page = [event(1, "s", "a", "x"), event(1, "s", "b", "x"), event(2, "s", "c", "y"), event(2, "s", "d", "y")];
    assert_eq!(store.take(0, &page, End::New).fresh.len(), 1);
    assert_eq!(store.take(0, &page, End::New).fresh.len(), 0);
    assert_eq!(told(&store), ["x", "x", "y", "y"]);
}

#[test]
fn the_oldest_go_when_there_is_no_room_and_old_ones_do_not_come() {
    let mut store = Store::new(10);
    for n in 0..5 {
        store.take(0, &[event(n, "s", &n.to_string(), "12345")], End::New);
    }
    assert_eq!((store.len(), store.dropped(), store.bytes()), (2, 3, 10));
    let taken = store.take(0, &[event(-1, "s", "old", "12345")], End::Old);
    assert_eq!((taken.full, taken.fresh.len(), store.len()), (true, 0, 2));
    assert!(store.texts.held() <= 2);
}

#[test]
fn what_was_made_harmless_is_held_as_it_was_written_too_and_its_room_is_counted() {
    let raw = "REPORT\tDuration: 4 ms\t\x1b[31mred";
    let mut store = Store::new(80);
    store.take(0, &[event(1, "s", "a", raw), event(2, "s", "b", "plain")], End::New);
    let written = |store: &Store, n| store.get(n).unwrap().as_written().into_owned();
    assert_eq!((written(&store, 0).as_str(), written(&store, 1).as_str()), (raw, "plain"));
    let held = event(1, "s", "a", raw);
    assert_eq!(store.bytes(), held.message.len() + held.written.as_str().len() + 5);
    store.take(0, &[event(3, "s", "c", &"x".repeat(70))], End::New);
    assert_eq!((store.len(), store.bytes()), (2, 75), "with the event its changes went");
}

#[test]
fn an_event_takes_32_bytes_beside_its_text() {
    assert_eq!(size_of::<Entry>(), 32);
}

#[test]
fn ten_thousand_events_of_one_millisecond_are_told_apart() {
    let mut store = Store::default();
    let page: Vec<LogEvent> = (0..10_000).map(|n| event(i64::MAX, "s", &n.to_string(), "x")).collect();
    store.take(0, &page, End::New);
    store.take(0, &page, End::New);
    assert_eq!(store.len(), 10_000);
}

proptest! {
    #[test]
    fn any_pages_and_live_events_give_each_event_once_and_in_order(
        all in prop::collection::vec((-3_i64..6, 0_u8..2, 0_u8..3), 1..40),
        cuts in prop::collection::vec((0_usize..40, 0_usize..40, 0_u8..3), 1..20),
    ) {
        // Each event has a number of its own; words repeat.
        let mut events: Vec<LogEvent> = all
            .iter()
            .enumerate()
            .map(|(n, (at, stream, word))| event(*at, &stream.to_string(), &format!("{n}"), &word.to_string()))
            .collect();
        events.sort_by_key(|event| event.at);
        let mut store = Store::default();
        let mut live_up_to = 0;
        for (a, b, how) in cuts {
            let (a, b) = (a.min(b).min(events.len()), a.max(b).min(events.len()));
            match how {
                // Live Tail tells each event at most once, in its order, without its number.
                0 => {
                    let from = live_up_to.max(a);
                    let batch: Vec<LogEvent> = events.get(from..b).unwrap_or_default().iter()
                        .map(|event| LogEvent { id: "".into(), ..event.clone() }).collect();
                    store.take_live(0, &batch);
                    live_up_to = live_up_to.max(b);
                }
                1 => drop(store.take(0, &events[a..b], End::New)),
                _ => {
                    let mut page = events[a..b].to_vec();
                    page.reverse();
                    store.take(0, &page, End::Old);
                }
            }
        }
        store.take(0, &events, End::New);
        let held: Vec<(i64, String, String)> = (0..store.len()).filter_map(|n| store.get(n))
            .map(|event| (event.at, event.stream.to_string(), event.message.to_owned())).collect();
        prop_assert!(held.is_sorted_by_key(|event| event.0));
        let sorted = |mut all: Vec<(i64, String, String)>| { all.sort(); all };
        let wanted = events.iter().map(|event| (event.at, event.stream.to_string(), event.message.to_string())).collect();
        prop_assert_eq!(sorted(held), sorted(wanted));
    }
}
