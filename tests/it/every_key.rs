//! Every key that a help names does something, or says why not, on every screen that has a help.

use std::collections::BTreeSet;
use std::time::Duration;

use lambdash::Demand;
use lambdash::demo::{Demo, FunctionSeed};
use lambdash::testing::{ALL, Chord, Msg, reference};
use serde_json::{Value, json};

use crate::support::{Harness, clock};

/// A screen, and how to get there.
struct Place {
    /// The heading of its keys in the help.
    title: &'static str,
    /// What is pressed to get there; what is asked on the way is answered before the next.
    way: &'static [&'static str],
    /// What else is pressed there, in turn, until a key does something: none goes up from the first line.
    then: &'static [&'static str],
    /// Columns and lines of the terminal.
    size: (u16, u16),
}

const fn place(title: &'static str, way: &'static [&'static str], then: &'static [&'static str]) -> Place {
    Place { title, way, then, size: (120, 24) }
}

/// The same on a small terminal, where what does not fit scrolls.
const fn small(title: &'static str, way: &'static [&'static str], then: &'static [&'static str]) -> Place {
    Place { size: (40, 10), ..place(title, way, then) }
}

/// What does nothing, and is not to: the first pane is on show, and there is no way back from it.
const NOTHING: [(&str, &[&str]); 2] = [("1", &[]), ("esc", &[])];

const LIST: &[&str] = &["j", "G", "<right><right>", "2<esc>"];
const TEXT: &[&str] = &["jj", "G", "<right>", "/a<enter>"];
const CHOICE: &[&str] = &["<down><down>", "jj"];
const NONE: &[&str] = &[];

const HELP: &str = "Help, messages and details";

const LISTS: &[Place] = &[
    place("Lists", &[], LIST),
    place("Lists", &["2"], LIST),
    place("Lists", &["3"], LIST),
    place("Lists", &["4"], LIST),
    place("Lists", &["5"], LIST),
    place("Lists", &["6"], LIST),
    place("Lists", &["7"], LIST),
];

const BEHIND: &[Place] = &[
    place("Lists", &["5", "<enter>"], LIST),
    place("Lists", &["5", "<enter>", "]"], LIST),
    place("Lists", &["5", "<enter>", "<enter>"], LIST),
];

const ON_TOP: &[Place] = &[
    place("Filter", &["/o"], CHOICE),
    place("Filter", &["?", "/a"], CHOICE),
    place("Command palette", &[":", "re"], CHOICE),
    place("Copy menu", &["2", "/TIER<enter>", "vy"], NONE),
    place(HELP, &["?"], TEXT),
    place(HELP, &["d"], TEXT),
    place("What to compare with", &["3", "="], CHOICE),
    place("Comparison", &["3", "m", "j=", "u"], TEXT),
    place("Actions menu", &["4", "x"], CHOICE),
    place("Forms", &["e"], NONE),
    place("Forms: a field with a list to choose from", &["4", "w"], CHOICE),
    place("Forms: a field of several lines", &["7", "t"], &["{\"body\":[\"x\"]}"]),
    small("Confirmations", &["e<ctrl-u>1024<enter>"], CHOICE),
];

const BODY: &[&str] = &["jj", "G", "<right>", "/1<enter>", "<esc><ctrl-l>", "[", "<alt-left>"];

const CONSOLE: &[Place] = &[
    place(
        "Invoke console: payload",
        &["i"],
        &["x<f5>", "x", "x<ctrl-u>", "<ctrl-a>", "<ctrl-a><alt-c>", "<ctrl-f>o<enter>"],
    ),
    place("Invoke console: response and log", &["i<f5>", "<f5>"], BODY),
    small("Invoke console: response and log", &["ji<f5>", "<f5>", "<tab>"], BODY),
    place("Invoke console: words, path, file", &["i<f5>", "/1"], CHOICE),
    place("Invoke console: choosing", &["i<ctrl-o>"], &["<down>", "/"]),
    place("Invoke console: choosing", &["i<ctrl-q>"], CHOICE),
    place("Invoke console: choosing", &["i<f8>"], CHOICE),
    place("Forms", &["i<ctrl-p>"], NONE),
    place("Forms", &["i<f9>"], NONE),
    small("Confirmations", &["i<f9>", "<enter>"], CHOICE),
    place("Invoke console: history", &["i<f5>", "<f5>", "<ctrl-g>"], &["j", "mj"]),
    place("What to compare with", &["i<f5>", "<f5>", "<f5>", "<f7>"], CHOICE),
    place("Invoke console: A/B", &["i<f8>", "<enter>"], &["jj", "G"]),
];

const LOGS: &[Place] = &[
    place("Log", &["l"], &["kk", "g", "/o<enter>", "<right>", "m"]),
    place(
        "Log: one event",
        &["l", "/card<enter>", "<enter>"],
        &["jj", "G", "<right>", "[", "<esc><esc>/much<enter><enter>w<right>"],
    ),
    place("Log: invocations", &["l", "v"], &["j", "G"]),
    place("Log: sources", &[":logs api orders-api<enter>", "s"], &["j", "<space>"]),
    place("Log: filter, columns, file", &["l", "/o"], &["<up><up>"]),
    place("Log: filter, columns, file", &["l", "T"], &["<up><up>"]),
    place("Log: filter, columns, file", &["l", "Jor"], &["<up><up>"]),
];

const INSIGHTS: &[Place] = &[
    place("Logs Insights: query", &["Q"], &["x", "x<ctrl-u>", "<f5>"]),
    place("Logs Insights: results", &["Q<f5>"], &["j", "G", "/o<enter>", "<right>", "5"]),
    place("Logs Insights: one record", &["Q<f5>", "<enter>"], &["j", "G", "/o<enter>", "<right>"]),
    place("Logs Insights: range, filter, file", &["Q<ctrl-t>"], NONE),
    place("Invoke console: choosing", &["Q<ctrl-o>"], CHOICE),
];

/// A small account with something in every pane.
fn account() -> Demo {
    let demo = Demo::empty(clock());
    demo.queries_last(Duration::ZERO);
    let layer = |name: &str| json!([{"Arn": format!("arn:aws:lambda:{{region}}:123456789012:layer:{name}:1")}]);
    let api = FunctionSeed::named("api").variable("TIER", "gold").with("Layers", layer("common")).behaviour("huge:40");
    let api = api.published(4).alias("live", "3").alias("next", "2").alias("old", "1").reserved(5);
    demo.put_function(api.tag("team", "orders"));
    demo.put_function(FunctionSeed::named("billing-ledger").behaviour("fail-long").with("Layers", layer("common")));
    demo.put_function(FunctionSeed::named("orders-api").published(2).alias("live", "2").with("Layers", layer("fonts")));
    let version = |n: u64, policy: Value| json!({"Version": n, "Policy": policy});
    let may = |sid: &str| json!({"Sid": sid, "Principal": {"AWS": "arn:aws:iam::111122223333:root"}});
    let versions = json!([version(1, json!([])), version(2, json!([may("a"), may("b")]))]);
    demo.put_layer(json!({"LayerName": "common", "Versions": versions}));
    demo.put_layer(json!({"LayerName": "fonts", "Versions": [version(1, json!([]))]}));
    for (function, queue) in [("api", "a"), ("billing-ledger", "b")] {
        let source = format!("arn:aws:sqs:{{region}}:123456789012:{queue}");
        demo.put_mapping(json!({"FunctionName": function, "EventSourceArn": source, "BatchSize": 10}));
    }
    log(&demo);
    demo
}

/// Two runs in the logs of two functions.
fn log(demo: &Demo) {
    for (n, function) in ["api", "orders-api", "api"].into_iter().enumerate() {
        let (group, stream) = (format!("/aws/lambda/{function}"), "2026/11/21/[$LATEST]0a1b");
        let id = format!("5f9c1b1e-0000-4000-8000-00000000000{n}");
        let lines = [
            format!("START RequestId: {id} Version: $LATEST"),
            format!("[ERROR] order {n} failed\n  at process (index.js:42:11)"),
            r#"{"level":"ERROR","message":"card declined","order":{"id":43,"items":[1,2]}}"#.to_owned(),
            format!("\u{1b}[31m{} told\u{1b}[0m", "much is ".repeat(40)),
            format!("END RequestId: {id}"),
            format!(
                "REPORT RequestId: {id}\tDuration: 12.34 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 87 MB\t"
            ),
        ];
        let start = clock()().timestamp_millis() - 60_000;
        for (line, text) in (0_i64..).zip(lines) {
            demo.put_log_event_at(&group, stream, start + i64::try_from(n).unwrap() * 1_000 + line, &text);
        }
    }
}

async fn reach(place: &Place, then: &str) -> (Harness, Demo) {
    let demo = account();
    let mut app = Harness::in_process(demo.clone(), |_, _| {});
    app.resize(place.size.0, place.size.1).idle().await;
    for keys in place.way.iter().chain([&then]) {
        app.keys(keys).idle().await.later(Duration::from_secs(1)).idle().await;
    }
    // What any key does is not what this one does.
    app.keys("<f12>").idle().await;
    (app, demo)
}

/// What a person sees, and what went out.
fn seen(app: &Harness, demo: &Demo) -> (String, usize, usize) {
    (app.styled(), app.demands().len(), demo.journal().len())
}

/// Where one is, beside the row under the cursor: what has the keyboard, how many rows there are, what is told.
fn standing(app: &Harness) -> (&'static str, &'static str, usize, usize) {
    let model = app.model();
    let rows = model.views.table(model.views.pane()).map_or(0, |table| table.order().len());
    (model.context().title(), model.views.pane(), rows, model.notices.shown().count())
}

/// The first key of each line that the help has for what has the keyboard, and for everywhere. That its other keys
/// mean the same is a property of the table.
fn named(app: &Harness, title: &str, everywhere: bool) -> Vec<Chord> {
    let model = app.model();
    let own = |named: &str| {
        named == title || (everywhere && named == "Everywhere") || (title == "Lists" && named == model.pane().title())
    };
    // The help says nothing of how it is read itself.
    let of_help = reference().into_iter().filter(|section| title == HELP && section.title == HELP);
    let sections = model.help().into_iter().chain(of_help).filter(|section| own(&section.title));
    let lines = sections.flat_map(|section| section.lines);
    let chords = lines.map(|(keys, _)| keys.split(", ").next().unwrap().parse::<Chord>().unwrap());
    chords.filter(|chord| !(model.context().types() && chord.typed().is_some())).collect()
}

/// The keys that do nothing in any of the situations, and the pane behind it all.
async fn idle_keys(place: &Place, everywhere: bool) -> (Vec<String>, &'static str) {
    let (app, _) = reach(place, "").await;
    assert_eq!(app.model().context().title(), place.title, "{:?} leads to\n{}", place.way, app.screen());
    let mut keys = named(&app, place.title, everywhere);
    assert!(keys.len() > 1, "{:?}", place.way);
    for then in [""].iter().chain(place.then) {
        let (mut idle, mut here) = (Vec::new(), None);
        for key in std::mem::take(&mut keys) {
            let (mut app, demo) = match here.take() {
                Some(app) => app,
                None => reach(place, then).await,
            };
            let (before, state) = (seen(&app, &demo), standing(&app));
            app.message(Msg::Key(key)).idle().await;
            if seen(&app, &demo) == before {
                idle.push(key);
            }
            // Moving and sorting lead to no other screen, and are no reason to begin anew.
            here = (standing(&app) == state).then_some((app, demo));
        }
        keys = idle;
    }
    let wanted = |key: &String| !NOTHING.contains(&(key.as_str(), place.way));
    let idle = keys.iter().map(ToString::to_string).filter(wanted);
    (idle.map(|key| format!("{key} at {:?} ({})", place.way, place.title)).collect(), app.model().views.pane())
}

/// Presses every key at all these places; the panes that are behind them.
async fn press_all(places: &[Place]) -> BTreeSet<&'static str> {
    let (mut idle, mut panes) = (Vec::new(), BTreeSet::new());
    for (n, place) in places.iter().enumerate() {
        let (keys, pane) = idle_keys(place, n == 0).await;
        idle.extend(keys);
        panes.insert(pane);
    }
    assert!(idle.is_empty(), "nothing comes of\n{}", idle.join("\n"));
    panes
}

#[tokio::test]
async fn of_lists_that_have_a_tab() {
    assert_eq!(press_all(LISTS).await.len(), 7);
}

/// Those that others are made of are never on show themselves.
#[tokio::test]
async fn of_lists_behind_others() {
    let panes = press_all(BEHIND).await;
    let all: BTreeSet<&str> = ALL.iter().map(|pane| pane.id()).collect();
    assert_eq!(panes.len() + 7 + ["ownlayers", "account"].len(), all.len(), "{all:?}");
}

#[tokio::test]
async fn of_what_lies_on_top() {
    press_all(ON_TOP).await;
}

#[tokio::test]
async fn of_the_console() {
    press_all(CONSOLE).await;
}

#[tokio::test]
async fn of_logs() {
    press_all(LOGS).await;
}

#[tokio::test]
async fn of_insights() {
    press_all(INSIGHTS).await;
}

/// What somebody could have pasted, in any order: every key that is a character, with tabs and ends of lines between.
fn pasted(seed: usize) -> Vec<Chord> {
    let plain = ('!'..='~').map(|c| if c == '<' { "lt".to_owned() } else { c.to_string() });
    let named = ["enter", "tab", "space"].iter().cycle().take(30).map(ToString::to_string);
    let mut keys: Vec<Chord> = plain.chain(named).map(|key| key.parse().unwrap()).collect();
    let (mut mixed, mut n) = (Vec::new(), seed);
    while !keys.is_empty() {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        mixed.push(keys.swap_remove((n >> 33) % keys.len()));
    }
    mixed
}

/// What came of keys that nobody meant: what went out that is no reading, and what the terminal was asked for.
async fn come_of_paste(place: &Place, seed: usize) -> Vec<String> {
    let (mut app, demo) = reach(place, "").await;
    demo.clear_journal();
    let before = app.demands().len();
    for keys in pasted(seed).chunks(16) {
        for key in keys {
            app.message(Msg::Hasty(*key));
        }
        app.idle().await;
    }
    let reads = ["Get", "List", "Describe", "Filter", "StopQuery"];
    let sent = demo.journal().into_iter().filter(|call| !reads.iter().any(|verb| call.starts_with(verb)));
    let harmless = |demand: &Demand| matches!(demand, Demand::Copy(_) | Demand::Mouse(_));
    let asked = app.demands()[before..].iter().filter(|demand| !harmless(demand)).map(|demand| format!("{demand:?}"));
    sent.chain(asked).collect()
}

async fn paste_into_all(places: &[Place]) {
    for (seed, place) in places.iter().enumerate() {
        assert_eq!(come_of_paste(place, seed).await, [""; 0], "{:?} ({}), seed {seed}", place.way, place.title);
    }
}

#[tokio::test]
async fn of_a_paste_that_comes_as_keys_nothing_is_sent_changed_opened_or_ended() {
    for places in [LISTS, BEHIND, ON_TOP] {
        paste_into_all(places).await;
    }
}

#[tokio::test]
async fn of_a_paste_that_comes_as_keys_into_a_console_or_a_log_nothing_is_sent_either() {
    for places in [CONSOLE, LOGS, INSIGHTS] {
        paste_into_all(places).await;
    }
}

#[test]
fn every_heading_of_the_help_is_a_place() {
    let places = [LISTS, BEHIND, ON_TOP, CONSOLE, LOGS, INSIGHTS].into_iter().flatten();
    let known: BTreeSet<&str> = places.map(|place| place.title).chain(["Everywhere"]).collect();
    // What typing does is a matter of unit tests.
    let apart = |title: &str| title.ends_with(": changes") || title.starts_with("Typing ");
    for section in reference().iter().filter(|section| !apart(&section.title)) {
        assert!(known.contains(&*section.title), "{}", section.title);
    }
}
