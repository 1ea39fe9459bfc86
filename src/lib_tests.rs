//! Every operation of every pane, driven from its key to the request: in a session that may change things, in a
//! read-only one, and in one that is read-only in the gateway alone.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;

use crate::demo::{Demo, Fault, FunctionSeed, http_client};
use crate::keys::Chord;
use crate::model::{Model, Msg, Now, Options, Overlay, Session, Size};
use crate::panes::ALL;
use crate::{Engine, Ports};

/// One operation: the way to its row, what comes before it, what is filled in, and the request that follows.
struct Drive {
    pane: &'static str,
    key: &'static str,
    way: &'static str,
    /// The operation that must have been done before, if any.
    after: Option<&'static str>,
    fill: &'static str,
    request: &'static str,
}

const fn drive(
    pane: &'static str,
    key: &'static str,
    way: &'static str,
    fill: &'static str,
    request: &'static str,
) -> Drive {
    Drive { pane, key, way, after: None, fill, request }
}

const VERSIONS: &str = "/orders-api<enter>3";
const ALIASES: &str = "/orders-api<enter>4";
const LAYERS: &str = ":layers<enter>";
const LAYER: &str = ":layers<enter>/common<enter><enter>";
const POLICY: &str = ":layers<enter>/common<enter><enter><enter>";
const POOLED: &str = ":concurrency<enter>/orders-api<enter>";
const OWN: &str = ":concurrency<enter>/media-thumbs<enter>";
const MAPPINGS: &str = ":mappings<enter>";
const QUEUE: &str = "<tab>orders-api<tab>arn:aws:sqs:eu-west-1:123456789012:fresh";

const DRIVES: &[Drive] = &[
    drive("functions", "e", "/orders-api<enter>", "<ctrl-u>1024", "UpdateFunctionConfiguration"),
    drive("versions", "n", VERSIONS, "a note", "PublishVersion"),
    drive("versions", "D", "/orders-api<enter>3G", "", "DeleteFunction"),
    drive("aliases", "w", ALIASES, "<ctrl-u>50", "UpdateAlias"),
    drive("aliases", "e", ALIASES, "<right>", "UpdateAlias"),
    drive("aliases", "p", ALIASES, "", "UpdateAlias"),
    drive("aliases", "b", ALIASES, "", "UpdateAlias"),
    drive("aliases", "D", ALIASES, "", "DeleteAlias"),
    drive("aliases", "n", ALIASES, "fresh", "CreateAlias"),
    drive("layers", "n", LAYERS, "fresh<tab>s3://123456789012-code/key", "PublishLayerVersion"),
    drive("layerversions", "n", LAYER, "s3://123456789012-code/key", "PublishLayerVersion"),
    drive("layerversions", "D", LAYER, "", "DeleteLayerVersion"),
    drive("layerpolicy", "n", POLICY, "friends<tab><tab>111122223333", "AddLayerVersionPermission"),
    drive("layerpolicy", "D", POLICY, "", "RemoveLayerVersionPermission"),
    drive("concurrency", "e", POOLED, "<ctrl-u>50", "PutFunctionConcurrency"),
    drive("concurrency", "0", POOLED, "", "PutFunctionConcurrency"),
    Drive { after: Some("0"), ..drive("concurrency", "b", POOLED, "", "DeleteFunctionConcurrency") },
    drive("concurrency", "u", OWN, "", "DeleteFunctionConcurrency"),
    drive("concurrency", "n", POOLED, "", "PutProvisionedConcurrencyConfig"),
    Drive { after: Some("n"), ..drive("concurrency", "D", POOLED, "", "DeleteProvisionedConcurrencyConfig") },
    drive("mappings", "space", MAPPINGS, "", "UpdateEventSourceMapping"),
    drive("mappings", "e", MAPPINGS, "<ctrl-u>5", "UpdateEventSourceMapping"),
    drive("mappings", "t", MAPPINGS, "{\"body\":{\"total\":[1]}}", "UpdateEventSourceMapping"),
    drive("mappings", "D", MAPPINGS, "", "DeleteEventSourceMapping"),
    drive("mappings", "n", MAPPINGS, QUEUE, "CreateEventSourceMapping"),
];

/// How a session is read-only.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ReadOnly {
    No,
    Yes,
    /// Nothing above the gateway knows of it.
    InTheGateway,
}

fn account() -> Demo {
    let at = "2026-11-21T12:00:00Z".parse().unwrap();
    let demo = Demo::empty(Arc::new(move || at));
    let api = FunctionSeed::named("orders-api").published(4);
    demo.put_function(api.weighted_alias("live", "3", "4", 0.1).alias("staging", "4"));
    // Something is there to be published.
    demo.patch_function("orders-api", &json!({"Timeout": 30}));
    demo.put_function(FunctionSeed::named("media-thumbs").reserved(120));
    demo.put_layer(json!({"LayerName": "common", "Versions": [{
        "CreatedDate": "2026-11-01T08:00:00.000+0000",
        "Policy": [{"Sid": "partner", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}],
    }]}));
    demo.put_mapping(json!({
        "FunctionName": "orders-api:live", "EventSourceArn": "arn:aws:sqs:{region}:123456789012:orders", "BatchSize": 10,
    }));
    demo
}

/// The program, and its time.
struct App {
    engine: Engine,
    now: Arc<Mutex<Duration>>,
}

impl App {
    async fn start(demo: &Demo, read_only: ReadOnly) -> Self {
        let mut session = Session::default();
        session.target.region = Some("eu-west-1".to_owned());
        session.target.read_only = read_only != ReadOnly::No;
        let now = Arc::new(Mutex::new(Duration::ZERO));
        let told = now.clone();
        let wall = "2026-11-21T12:00:00Z".parse().unwrap();
        let clock = Arc::new(move || Now { since: *told.lock().unwrap(), wall });
        let options = Options { cache: false, ..Options::default() };
        let model = Model::new(session, options, Size { width: 160, height: 50 });
        let ports = Ports { http: Some(http_client(demo.clone())), ..Ports::default() };
        let mut app = Self { engine: Engine::new(model, ports, clock), now };
        app.engine.feed(Msg::Resize(Size { width: 160, height: 50 }));
        app.engine.idle().await;
        app.engine.model_mut().session.target.read_only = read_only == ReadOnly::Yes;
        app
    }

    /// Presses keys one by one, each answered before the next.
    async fn keys(&mut self, keys: &str) {
        for chord in Chord::sequence(keys).unwrap() {
            self.engine.feed(Msg::Key(chord));
            self.wait(Duration::from_millis(400)).await;
        }
    }

    /// Lets time pass.
    async fn wait(&mut self, time: Duration) {
        *self.now.lock().unwrap() += time;
        self.engine.feed(Msg::Tick);
        self.engine.idle().await;
    }

    /// An operation from its key to its end, and back to the list.
    async fn operate(&mut self, key: &str, fill: &str) {
        self.send(key, fill).await;
        self.keys("<esc><esc><esc>").await;
    }

    /// An operation from its key to the question whether it is meant.
    async fn ask(&mut self, key: &str, fill: &str) {
        let key = if key.chars().count() > 1 { format!("<{key}>") } else { key.to_owned() };
        self.keys(&key).await;
        if matches!(self.engine.model().overlays.last(), Some(Overlay::Form(_))) {
            self.keys(fill).await;
            self.keys("<f5>").await;
        }
    }

    /// What is on the screen.
    fn screen(&self) -> String {
        let mut canvas = crate::ui::Canvas::default();
        canvas.begin(Size { width: 160, height: 50 });
        self.engine.draw(&mut canvas);
        let cells = canvas.cells(canvas.area).content;
        cells
            .chunks(160)
            .map(|line| line.iter().flat_map(|cell| cell.symbol().chars()).collect::<String>() + "\n")
            .collect()
    }

    /// An operation from its key to its answer.
    async fn send(&mut self, key: &str, fill: &str) {
        self.ask(key, fill).await;
        // The warnings come before the name.
        for _ in 0..2 {
            let Some(Overlay::Confirm(confirm)) = self.engine.model().overlays.last() else { break };
            let keys = match (confirm.types(), confirm.sends) {
                (true, _) => format!("{}<enter>", confirm.target.name),
                (false, true) => "<enter>".to_owned(),
                (false, false) => "<tab><enter>".to_owned(),
            };
            self.keys(&keys).await;
        }
    }
}

/// The program where an operation can be begun.
async fn ready(drive: &Drive, demo: &Demo, read_only: ReadOnly) -> App {
    let mut app = App::start(demo, read_only).await;
    app.keys(drive.way).await;
    assert_eq!(app.engine.model().pane().id(), drive.pane, "{} leads elsewhere", drive.way);
    if let Some(before) = drive.after {
        app.operate(before, "").await;
        app.keys(drive.way).await;
    }
    app
}

/// What is said of a change whose answer is lost, at first and in the end.
async fn lost(drive: &Drive, fault: Fault) -> [String; 2] {
    let demo = account();
    let mut app = ready(drive, &demo, ReadOnly::No).await;
    demo.fail(drive.request, fault);
    let said = |app: &App| {
        let shown = app.engine.model().notices.shown().map(|notice| notice.text.to_string());
        shown.collect::<Vec<_>>().join("\n")
    };
    app.send(drive.key, drive.fill).await;
    let first = said(&app);
    // A long way from there the outcome is looked for all the same.
    app.keys("1").await;
    app.wait(Duration::from_secs(4)).await;
    let requests = demo.journal().into_iter().filter(|line| line.starts_with(drive.request)).count();
    assert_eq!(requests, 1, "{} {}", drive.pane, drive.key);
    [first, said(&app)]
}

/// The changes that reached the account, and whether the gateway held something back.
async fn driven(drive: &Drive, read_only: ReadOnly) -> (Vec<String>, bool) {
    let demo = account();
    let mut app = ready(drive, &demo, read_only).await;
    app.operate(drive.key, drive.fill).await;
    let reads = |line: &String| ["Get", "List", "Filter"].iter().any(|verb| line.starts_with(verb));
    let held = app.engine.model().notices.messages().any(|message| message.text.contains("read-only"));
    (demo.journal().into_iter().filter(|line| !reads(line)).collect(), held)
}

#[test]
fn every_operation_of_every_pane_is_driven() {
    let all: BTreeSet<(&str, &str)> =
        ALL.iter().flat_map(|pane| pane.operations().into_iter().map(|head| (pane.id(), head.key))).collect();
    let driven: BTreeSet<(&str, &str)> = DRIVES.iter().map(|drive| (drive.pane, drive.key)).collect();
    assert_eq!(driven, all);
}

#[tokio::test]
async fn every_operation_makes_its_request_in_a_session_that_may_change_things() {
    for drive in DRIVES {
        let (changes, _) = Box::pin(driven(drive, ReadOnly::No)).await;
        let made = changes.last().is_some_and(|line| line.starts_with(drive.request));
        assert!(made, "{} {} made {changes:?}", drive.pane, drive.key);
    }
}

#[tokio::test]
async fn every_operation_waits_for_a_confirmation_that_names_profile_account_region_and_arn() {
    for drive in DRIVES {
        let demo = account();
        let mut app = ready(drive, &demo, ReadOnly::No).await;
        demo.clear_journal();
        app.ask(drive.key, drive.fill).await;
        let asks = matches!(app.engine.model().overlays.last(), Some(Overlay::Confirm(_)));
        assert!(asks, "{} {} asks nothing", drive.pane, drive.key);
        let screen = app.screen();
        let dialog = screen.split_once('┌').map_or("", |(_, dialog)| dialog);
        assert!(dialog.contains("default 123456789012 · eu-west-1"), "{} {}:\n{screen}", drive.pane, drive.key);
        // A layer that is to be made new has none yet.
        let arn = ["arn:aws:lambda:eu-west-1:123456789012:", "its ARN is made of its name"];
        assert!(arn.iter().any(|arn| dialog.contains(arn)), "{} {} names no ARN:\n{screen}", drive.pane, drive.key);
        let sent = demo.journal().into_iter().filter(|line| line.starts_with(drive.request)).count();
        assert_eq!(sent, 0, "{} {} is sent before it is agreed to", drive.pane, drive.key);
    }
}

#[tokio::test]
async fn no_operation_makes_a_request_in_a_read_only_session() {
    for drive in DRIVES {
        let (changes, _) = Box::pin(driven(drive, ReadOnly::Yes)).await;
        assert_eq!(changes, [""; 0], "{} {}", drive.pane, drive.key);
    }
}

#[tokio::test]
async fn of_every_operation_whose_answer_is_lost_it_is_said_that_it_was_done() {
    for drive in DRIVES {
        let [_, last] = Box::pin(lost(drive, Fault::ResetAfter)).await;
        assert!(last.contains("it was done, though its answer was lost"), "{} {}: {last}", drive.pane, drive.key);
        assert!(!last.contains("may have been"), "{} {}: {last}", drive.pane, drive.key);
    }
}

#[tokio::test]
async fn of_every_operation_that_was_lost_on_its_way_it_is_said_that_it_was_not_done() {
    for drive in DRIVES {
        let [first, last] = Box::pin(lost(drive, Fault::Reset)).await;
        assert!(!first.contains("not done"), "{} {}: too early to tell: {first}", drive.pane, drive.key);
        assert!(last.contains("it was not done"), "{} {}: {last}", drive.pane, drive.key);
        assert!(!last.contains("may have been"), "{} {}: {last}", drive.pane, drive.key);
    }
}

#[tokio::test]
async fn the_gateway_alone_holds_every_operation_back() {
    for drive in DRIVES {
        let (changes, held) = Box::pin(driven(drive, ReadOnly::InTheGateway)).await;
        assert_eq!(changes, [""; 0], "{} {}", drive.pane, drive.key);
        assert!(held, "{} {} never came to the gateway", drive.pane, drive.key);
    }
}
