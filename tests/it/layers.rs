//! Layers: the account's list, versions, who uses which, policies, and changes.

use lambdash::demo::{Demo, Fault, FunctionSeed};
use serde_json::{Value, json};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, READ, changes, clock, handed_out, words};

const OURS: &str = "arn:aws:lambda:{region}:123456789012:layer";

fn using(name: &str, layers: &[&str]) -> FunctionSeed {
    let layers = layers.iter().map(|layer| {
        let arn = if layer.starts_with("arn:") { (*layer).to_owned() } else { format!("{OURS}:{layer}") };
        json!({"Arn": arn, "CodeSize": 1_000_000})
    });
    FunctionSeed::named(name).with("Layers", layers.collect::<Vec<Value>>())
}

/// Two layers of our own, one of others, one that is deleted; functions that are up to date and behind.
async fn account() -> (Demo, Server) {
    let demo = Demo::empty(clock());
    let version = |day: u32, policy: Value| {
        json!({
            "Description": "what the shop shares", "CreatedDate": format!("2026-11-{day:02}T08:00:00.000+0000"),
            "CompatibleRuntimes": ["python3.13", "nodejs22.x"], "CompatibleArchitectures": ["arm64"],
            "LicenseInfo": "MIT", "Policy": policy,
        })
    };
    let partner = json!([{"Sid": "partner", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}}]);
    let open = json!([{"Sid": "all", "Principal": "*"}]);
    demo.put_layer(
        json!({"LayerName": "common", "Versions": [version(1, open), version(9, json!([])), version(18, partner)]}),
    );
    demo.put_layer(json!({"LayerName": "fonts", "Versions": [version(2, json!([]))]}));
    demo.put_function(using("api", &["common:3", "fonts:1"]));
    demo.put_function(using("worker", &["common:2"]));
    demo.put_function(using("legacy", &["common:1", "gone:4"]));
    demo.put_function(using("report", &["arn:aws:lambda:{region}:336392948345:layer:pandas:18"]));
    demo.put_function(FunctionSeed::named("plain"));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

fn denied(action: &str) -> Fault {
    Fault::Denied { action: action.to_owned() }
}

/// The layers of the account.
async fn layers(server: &Server) -> Harness {
    let mut app = Harness::new(server).await;
    app.resize(120, 30).keys(":layers<enter>").rest().await;
    app
}

async fn policy(demo: &Demo, version: u32) -> Value {
    let request = http::Request::get(format!("/2018-10-31/layers/common/versions/{version}/policy"));
    let answer = demo.handle(request.body(Vec::new()).unwrap()).await;
    let lambdash::demo::Answer::Response(response) = answer else { panic!("no response") };
    let told: Value = serde_json::from_slice(response.body()).unwrap();
    told["Policy"].as_str().map_or(Value::Null, |text| serde_json::from_str(text).unwrap())
}

#[tokio::test]
async fn layers_say_who_uses_them_and_who_is_behind_on_every_size_of_screen() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    assert_screen!(app);
    app.resize(200, 40).rest().await;
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
    // Counted out of the list of functions: no call for each.
    let journal = demo.journal();
    assert_eq!(journal.iter().filter(|line| line.starts_with("ListLayers")).count(), 1, "{journal:?}");
    assert!(!journal.iter().any(|line| line.starts_with("ListLayerVersions")), "{journal:?}");
}

#[tokio::test]
async fn versions_show_users_size_and_with_whom_they_are_shared() {
    let (_, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await;
    assert_screen!(app);
    app.resize(80, 24).rest().await;
    assert_screen!(app);
    app.resize(40, 10);
    assert_screen!(app);
}

#[tokio::test]
async fn among_the_changes_of_a_version_stands_where_it_is_shared() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("x");
    assert_screen!(app);
    app.keys("jj<enter>");
    assert!(words(&app).contains("! enter shows with whom the version is shared"), "{}", app.screen());
    app.keys("<esc><esc>1/api<enter><enter>").rest().await.keys("x");
    let said = "nothing can be changed in Configuration: e on the list of functions";
    assert!(words(&app).contains(said), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn every_function_on_an_old_version_is_named() {
    let (demo, server) = account().await;
    demo.remove_layer_version("common", 1);
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("]").rest().await;
    assert_screen!(app);
    app.resize(80, 24).keys("f");
    assert!(app.screen().contains("worker") && !app.screen().contains("api "), "{}", app.screen());
    // Enter leads to the function, and back.
    app.keys("<enter>").rest().await;
    assert!(app.screen().contains("legacy › Configuration"), "{}", app.screen());
    app.keys("<esc>").rest().await;
    assert!(app.screen().contains("common › Used by"), "{}", app.screen());
}

#[tokio::test]
async fn of_a_layer_of_others_the_users_are_known_and_nothing_can_be_changed() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("/pandas<enter><enter>").rest().await;
    assert_screen!(app);
    app.keys("n");
    assert!(app.screen().contains("only its owner can publish a version"), "{}", app.screen());
    app.keys("]").rest().await;
    assert!(app.screen().contains("○ newest here"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

#[tokio::test]
async fn of_a_layer_without_a_page_in_the_web_console_it_is_said_why() {
    let (_demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("/pandas<enter>o");
    assert!(words(&app).contains("the web console shows an account its own layers alone"), "{}", app.screen());
    app.keys("Yyc");
    let arn = "arn:aws:lambda:eu-west-1:336392948345:layer:pandas";
    let command = format!("aws lambda get-layer-version-by-arn --arn {arn}:18 --region eu-west-1");
    assert!(handed_out(&app).last().unwrap().starts_with(&command), "{:?}", handed_out(&app));
    assert_eq!(handed_out(&app)[0], arn);
    app.keys("<enter>").rest().await.keys("o");
    assert_eq!(handed_out(&app).len(), 2, "no page was opened: {}", app.screen());
    app.keys("<esc><esc>/gone<enter>").rest().await.keys("o");
    assert!(words(&app).contains("the layer is deleted: the web console has no page"), "{}", app.screen());
    app.keys("<esc>/fonts<enter>o");
    assert!(handed_out(&app).last().unwrap().ends_with("#/layers/fonts"), "{:?}", handed_out(&app));
}

#[tokio::test]
async fn a_statement_is_added_with_the_revision_that_was_seen() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("<enter>").rest().await;
    assert_screen!(app);
    app.keys("n").keys("agency<tab><tab>444455556666");
    assert_screen!(app);
    app.keys("<enter>").later(READ);
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.resize(120, 30).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["AddLayerVersionPermission common:3"]);
    let told = policy(&demo, 3).await;
    assert_eq!(told["Statement"][1]["Principal"]["AWS"], "arn:aws:iam::444455556666:root");
    app.rest().await;
    assert!(app.screen().contains("account 444455556666"), "{}", app.screen());
}

#[tokio::test]
async fn everybody_is_warned_of_in_red_and_wants_the_name_typed() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("j<enter>").rest().await;
    assert!(app.screen().contains("only this account may use this version"), "{}", app.screen());
    app.keys("nopen<tab>every");
    assert!(app.screen().contains("every AWS account there is"), "{}", app.screen());
    app.keys("<enter>").later(READ);
    assert_screen!(app);
    app.keys("<tab><enter>").later(READ);
    assert_screen!(app);
    app.keys("common:3<enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0], "another version's name was taken");
    app.keys("<backspace>2<enter>").idle().await;
    assert_eq!(changes(&demo).len(), 1, "{:?}", changes(&demo));
    assert_eq!(policy(&demo, 2).await["Statement"][0]["Principal"], "*");
}

#[tokio::test]
async fn an_organisation_is_asked_for_by_its_id() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("j<enter>").rest().await;
    app.keys("norg<tab><right><tab>o-short<enter>");
    assert!(app.screen().contains("10 to 32 small letters and digits"), "{}", app.screen());
    app.keys("123456789<enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(
        policy(&demo, 2).await["Statement"][0]["Condition"]["StringEquals"]["aws:PrincipalOrgID"],
        "o-short123456789"
    );
}

#[tokio::test]
async fn a_statement_is_removed_once_its_name_is_typed() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("<enter>").rest().await;
    app.keys("D").later(READ);
    assert_screen!(app);
    app.keys("partner<enter>").idle().await;
    assert_eq!(changes(&demo), ["RemoveLayerVersionPermission common:3 partner"]);
    assert_eq!(policy(&demo, 3).await, Value::Null);
}

#[tokio::test]
async fn a_policy_that_changed_since_it_was_seen_is_not_overwritten_and_the_difference_is_told() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("<enter>").rest().await;
    let uri = "/2018-10-31/layers/common/versions/3/policy";
    let body = json!({"StatementId": "intruder", "Action": "lambda:GetLayerVersion", "Principal": "*"});
    let _ = demo.handle(http::Request::post(uri).body(body.to_string().into_bytes()).unwrap()).await;
    demo.clear_journal();
    app.keys("D").later(READ).keys("partner<enter>").idle().await;
    assert!(app.screen().contains("intruder came (every AWS account)"), "{}", app.screen());
    let told = policy(&demo, 3).await;
    assert_eq!(told["Statement"].as_array().map(Vec::len), Some(2), "{told}");
}

#[tokio::test]
async fn a_version_is_deleted_once_its_name_is_typed_and_users_are_told_of() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("j").rest().await;
    app.keys("D").later(READ);
    assert_screen!(app);
    app.keys("common:2<enter>").idle().await;
    assert_eq!(changes(&demo), ["DeleteLayerVersion common:2"]);
    app.rest().await;
    app.keys("]").rest().await;
    assert!(app.line_with("worker").contains("✖ deleted"), "{}", app.screen());
}

#[tokio::test]
async fn a_version_that_somebody_else_deleted_is_not_deleted_once_more() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await.keys("j").rest().await;
    demo.remove_layer_version("common", 2);
    app.keys("D").later(READ).keys("common:2<enter>").idle().await;
    assert!(app.screen().contains("nothing was sent"), "{}", app.screen());
    assert_eq!(changes(&demo), [""; 0]);
}

fn zip() -> String {
    format!("{}/tests/data/two.zip", env!("CARGO_MANIFEST_DIR"))
}

#[tokio::test]
async fn a_version_is_published_from_a_zip_file() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await;
    app.keys("n").rest().await;
    assert_screen!(app);
    app.paste(&zip()).idle().await.keys("<tab>release four<enter>").later(READ);
    assert!(app.screen().contains("2 files, 204 B, 6 B unpacked"), "{}", app.screen());
    assert!(app.screen().contains("version 3 is the newest"), "{}", app.screen());
    app.keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["PublishLayerVersion common"]);
    assert!(app.screen().contains("version 4 of common"), "{}", app.screen());
    app.rest().await;
    assert!(app.line_with("204 B").contains("newest"), "{}", app.screen());
}

#[tokio::test]
async fn a_new_layer_is_published_from_the_list_of_layers() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("nnew one<enter>");
    assert!(app.screen().contains("1 to 140 letters"), "{}", app.screen());
    app.keys(&"<backspace>".repeat(4)).keys("<tab>").paste(&zip()).idle().await.keys("<enter>").later(READ);
    assert!(app.screen().contains("there is no layer of this name"), "{}", app.screen());
    app.keys("<tab><enter>").idle().await.rest().await;
    assert_eq!(changes(&demo), ["PublishLayerVersion new"]);
    assert!(app.line_with("new ").contains('1'), "{}", app.screen());
}

#[tokio::test]
async fn what_is_no_zip_file_is_not_sent() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("nnew<tab>").paste(&format!("{}/Cargo.toml", env!("CARGO_MANIFEST_DIR"))).idle().await;
    assert!(app.screen().contains("it is no zip"), "said while it is typed: {}", app.screen());
    app.keys("<enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    app.keys("<esc>nnew<tab>").paste("/nowhere/at-all.zip").idle().await;
    assert!(app.screen().contains("there is no file /nowhere/at-all.zip"), "{}", app.screen());
}

#[tokio::test]
async fn the_path_of_a_file_is_completed() {
    let (_, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("nnew<tab>").paste(&format!("{}/tests/data/tw", env!("CARGO_MANIFEST_DIR"))).idle().await;
    assert!(app.screen().contains("o.zip  right takes it"), "{}", app.screen());
    assert!(!app.screen().contains("there is no file"), "it is on its way:\n{}", app.screen());
    app.keys("<right>").idle().await;
    assert!(app.screen().contains("2 files, 204 B, 6 B unpacked"), "{}", app.screen());
}

#[tokio::test]
async fn a_file_that_is_being_looked_at_is_not_sent_yet() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    app.keys("nnew<tab>").paste(&zip()).keys("<enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), [""; 0]);
    app.keys("<enter>").later(READ).keys("<tab><enter>").idle().await;
    assert_eq!(changes(&demo), ["PublishLayerVersion new"]);
}

#[tokio::test]
async fn a_package_on_its_way_says_how_long_it_takes() {
    let (demo, server) = account().await;
    let mut app = layers(&server).await;
    let gate = demo.gate("PublishLayerVersion");
    app.keys("nnew<tab>").paste(&zip()).idle().await.keys("<enter>").later(READ).keys("<tab><enter>");
    crate::support::soon(gate.arrived(1)).await;
    app.later(std::time::Duration::from_secs(12));
    assert!(app.screen().contains("sending, 12 s"), "{}", app.screen());
    assert_eq!(app.wake_in(), Some(std::time::Duration::from_secs(1)), "the seconds go on");
    gate.open();
    app.idle().await;
    assert!(!app.screen().contains("sending,"), "{}", app.screen());
}

#[tokio::test]
async fn a_denied_policy_costs_the_one_column_and_a_denied_list_says_so() {
    let (demo, server) = account().await;
    demo.fail("GetLayerVersionPolicy", denied("lambda:GetLayerVersionPolicy"));
    let mut app = layers(&server).await;
    app.keys("<enter>").rest().await;
    assert!(app.screen().contains(" MB") && app.line_with("newest").contains('?'), "{}", app.screen());
    demo.fail("ListLayers", denied("lambda:ListLayers"));
    app.keys("<esc>r").idle().await;
    assert!(app.screen().contains("Could not list the layers: not allowed"), "{}", app.screen());
}

#[tokio::test]
async fn a_function_tells_how_each_of_its_layers_stands() {
    let (demo, server) = account().await;
    demo.put_function(using(
        "mixed",
        &["common:2", "fonts:1", "gone:4", "arn:aws:lambda:{region}:336392948345:layer:pandas:18"],
    ));
    let mut app = Harness::new(&server).await;
    app.resize(120, 30).keys("/mixed<enter><enter>").rest().await.keys("/group:layers<enter>");
    assert_screen!(app);
    demo.fail("ListLayerVersions", denied("lambda:ListLayerVersions"));
    app.keys("r").idle().await;
    assert!(app.line_with("fonts:1").contains("not known"), "{}", app.screen());
    let journal = demo.journal();
    assert!(!journal.iter().any(|line| line.starts_with("ListLayers")), "{journal:?}");
}

#[tokio::test]
async fn the_facts_beside_the_list_tell_how_each_layer_stands() {
    let (demo, server) = account().await;
    let foreign = "arn:aws:lambda:{region}:336392948345:layer:pandas:18";
    demo.put_function(using("mixed", &["common:2", "fonts:1", "gone:4", foreign]));
    let mut app = Harness::new(&server).await;
    demo.clear_journal();
    app.resize(160, 40).keys("/mixed<enter>").rest().await;
    let screen = app.screen();
    for said in
        ["common:2 · 3 is newest", "fonts:1 · newest", "gone:4 · deleted, copy kept", "pandas:18 · of 336392948345"]
    {
        assert!(screen.contains(said), "{said}\n{screen}");
    }
    let asked = || demo.journal().iter().filter(|line| line.starts_with("ListLayerVersions")).count();
    assert_eq!(asked(), 3, "one question for each layer of our own: {:?}", demo.journal());
    app.keys("j<home>").rest().await;
    assert_eq!(asked(), 3, "what is known is not asked again");
    // Where the facts are not on the screen nothing is asked for them.
    app.resize(80, 24).keys("r").rest().await;
    assert_eq!(asked(), 3, "{:?}", demo.journal());
    // Who may not list them is told there, and nowhere else: nothing on the screen hangs on it.
    demo.fail("ListLayerVersions", denied("lambda:ListLayerVersions"));
    let mut app = Harness::new(&server).await;
    app.resize(120, 40).keys("/mixed<enter>").rest().await;
    assert!(app.screen().contains("common:2 · its versions"), "{}", app.screen());
    assert!(!words(&app).contains("not allowed"), "{}", app.screen());
}
