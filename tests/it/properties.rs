//! Whatever happens in whatever order: no panic, nothing harmful in a cell, the cursor on a row, and
//! a read-only session that only reads.

use std::time::Duration;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use lambdash::testing::{Chord, Gesture, Msg, reference};
use proptest::prelude::*;

use crate::support::{Harness, clock};

/// Something that happens to the program or to the account.
#[derive(Debug, Clone)]
enum Event {
    Key(usize),
    Keys(usize),
    Type(String),
    Paste(String),
    Resize(u16, u16),
    Mouse(u16, u16, u8),
    Later(u64),
    Focus(bool),
    Answers(usize),
    Fail(usize, usize),
    Heal,
    Remove(usize),
    Put(usize),
    State(usize, usize),
}

const OPERATIONS: [&str; 5] =
    ["ListFunctions", "GetFunction", "GetCallerIdentity", "Invoke", "UpdateFunctionConfiguration"];
const NAMES: [&str; 6] = ["billing-ledger", "orders-api", "orders-worker", "media-resize", "search-index", "data-lake"];
const STATES: [&str; 4] = ["Pending", "Active", "Failed", "Melting"];
const NASTY: &str = "red \u{1b}[31m c1 \u{9b}2J bell \u{7} rtl \u{202e}end zwj 👩‍👩‍👧 wide 漢字\u{200b}";

/// What people press in one go.
const RUNS: [&str; 12] = [
    "i<f5>",
    "e<ctrl-u>1024<enter>",
    "<tab><enter>",
    "2s",
    "<esc><esc>1g",
    ":sort state<enter>",
    ":mappings<enter>",
    "<space><enter>",
    "D8<enter>",
    "n<tab>orders-api<tab>arn:aws:sqs:us-east-1:1:q<enter>",
    "t<f5>",
    ":region us-east-1<enter>",
];

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        12 => any::<usize>().prop_map(Event::Key),
        3 => any::<usize>().prop_map(Event::Keys),
        8 => (0_usize..60).prop_map(Event::Answers),
        2 => ".{0,6}".prop_map(Event::Type),
        1 => "(?s).{0,20}".prop_map(Event::Paste),
        2 => prop_oneof![Just((0, 0)), Just((1, 1)), (0_u16..140, 0_u16..40)].prop_map(|(w, h)| Event::Resize(w, h)),
        2 => (any::<u16>(), any::<u16>(), 0_u8..3).prop_map(|(x, y, what)| Event::Mouse(x % 160, y % 50, what)),
        3 => prop_oneof![Just(0_u64), Just(200), Just(2_000), Just(61_000), Just(3_600_000)].prop_map(Event::Later),
        1 => any::<bool>().prop_map(Event::Focus),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(operation, fault)| Event::Fail(operation, fault)),
        1 => Just(Event::Heal),
        1 => any::<usize>().prop_map(Event::Remove),
        1 => any::<usize>().prop_map(Event::Put),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(name, state)| Event::State(name, state)),
    ]
}

fn fault(n: usize, operation: &str) -> Fault {
    match n % 8 {
        0 => Fault::Denied { action: format!("lambda:{operation}") },
        1 => Fault::Throttled { retry_after: None },
        2 => Fault::BrokenJson,
        3 => Fault::HtmlBody,
        4 => Fault::Reset,
        5 => Fault::Hang,
        6 => Fault::Status { code: 501, error: "NotImplemented".to_owned(), message: NASTY.to_owned() },
        _ => Fault::Status { code: 400, error: "Odd\u{1b}[2JException".to_owned(), message: NASTY.to_owned() },
    }
}

/// Every key that means something somewhere, by the table that the help shows.
fn keys() -> Vec<Chord> {
    let names = reference()
        .into_iter()
        .flat_map(|section| section.lines)
        .flat_map(|(keys, _)| keys.split(", ").map(str::to_owned).collect::<Vec<_>>());
    names.filter_map(|key| key.parse().ok()).collect()
}

fn seed(name: &str, n: usize) -> FunctionSeed {
    let behaviour = ["echo", "fail", "escapes", "slow:5000"];
    FunctionSeed::named(name)
        .with("Description", NASTY)
        .variable("TOKEN", NASTY)
        .behaviour(behaviour[n % behaviour.len()])
}

async fn happen(app: &mut Harness, demo: &Demo, keys: &[Chord], event: &Event) {
    let gestures = [Gesture::Click, Gesture::WheelUp, Gesture::WheelDown];
    let name = |n: usize| NAMES[n % NAMES.len()];
    match event.clone() {
        Event::Key(n) => drop(app.message(Msg::Key(keys[n % keys.len()]))),
        Event::Keys(n) => drop(app.keys(RUNS[n % RUNS.len()])),
        Event::Type(text) => text.chars().filter_map(|c| c.to_string().parse().ok()).for_each(|chord| {
            app.message(Msg::Key(chord));
        }),
        Event::Paste(text) => drop(app.paste(&text)),
        Event::Resize(width, height) => drop(app.resize(width, height)),
        Event::Mouse(x, y, what) => drop(app.mouse(x, y, gestures[usize::from(what) % 3])),
        Event::Later(milliseconds) => drop(app.later(Duration::from_millis(milliseconds))),
        Event::Focus(has_it) => drop(app.message(Msg::Focus(has_it))),
        Event::Answers(n) => drop(app.some(n).await),
        Event::Fail(operation, n) => {
            let operation = OPERATIONS[operation % OPERATIONS.len()];
            demo.fail(operation, fault(n, operation));
        }
        Event::Heal => demo.clear_faults(),
        Event::Remove(n) => drop(demo.remove_function(name(n))),
        Event::Put(n) => demo.put_function(seed(name(n), n)),
        Event::State(n, state) => drop(demo.set_state(name(n), STATES[state % STATES.len()], NASTY, "")),
    }
}

fn check(app: &Harness) -> Result<(), TestCaseError> {
    for cell in &app.buffer().content {
        let harmful = |c: char| {
            c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c)
        };
        prop_assert!(!cell.symbol().chars().any(harmful), "{:?}", cell.symbol());
    }
    let model = app.model();
    let Some(question) = model.question() else { return Ok(()) };
    let empty = model.views.table(question.pane).is_none_or(|table| table.order().is_empty());
    prop_assert_eq!(model.row().is_none(), empty, "the cursor is on a row unless there is none");
    Ok(())
}

async fn live(events: &[Event], read_only: bool) -> Result<(), TestCaseError> {
    let demo = Demo::empty(clock());
    demo.page_size(4);
    NAMES.iter().enumerate().for_each(|(n, name)| demo.put_function(seed(name, n)));
    for (n, state) in ["Enabled", "Disabled", "Updating"].into_iter().enumerate() {
        let source = format!("arn:aws:sqs:{{region}}:123456789012:queue-{n}");
        demo.put_mapping(serde_json::json!({
            "FunctionName": NAMES[n], "EventSourceArn": source, "State": state, "LastProcessingResult": NASTY,
            "FilterCriteria": {"Filters": [{"Pattern": NASTY}]},
        }));
    }
    let mut app = Harness::in_process(demo.clone(), |session, _| session.target.read_only = read_only);
    let keys = keys();
    for event in events {
        happen(&mut app, &demo, &keys, event).await;
        check(&app)?;
    }
    app.some(1000).await;
    check(&app)?;
    // A query of Logs Insights costs, which is said, and changes nothing.
    let reads = |call: &&String| {
        ["Get", "List", "Filter", "Describe", "StartQuery", "StopQuery", "StartLiveTail"]
            .iter()
            .any(|verb| call.starts_with(verb))
            || call.ends_with(" DryRun")
    };
    let journal = demo.journal();
    let changes: Vec<&String> = journal.iter().filter(|call| !reads(call)).collect();
    prop_assert!(!read_only || changes.is_empty(), "{changes:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_two_hundred_events_leave_the_program_whole(events in prop::collection::vec(event(), 200), read_only: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live(&events, read_only))?;
    }
}
