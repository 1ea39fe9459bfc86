//! The log of a function: read newest first, followed, filtered, and explained where there is nothing.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lambdash::demo::{Fault, FunctionSeed, LogQuirks};
use lambdash::testing::Gesture;

use crate::assert_screen;
use crate::support::logged::{GROUP, Logged as Account, STREAM, messages};
use crate::support::{Harness, START, handed_out, soon};

const RECORD: &str = r#"{"timestamp":"2026-11-21T11:59:00Z","level":"WARN","message":"low stock","order":{"id":7}}"#;

async fn told() -> Account {
    let account = Account::new().await;
    account.write(-3_000, "an older line").write(-100, "START RequestId: 8f0c Version: $LATEST");
    account.write(-99, "[INFO] order 42 received").write(-98, "[ERROR] no stock\n  at app.py:41\n  at pricing.py:17");
    account.write(-60, RECORD).write(-30, "\u{1b}[31mred\u{1b}[0m and \u{202e}turned").write(-2, "the newest");
    account
}

#[tokio::test]
async fn a_key_on_a_function_opens_its_log_at_the_newest_event() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_screen!(app);
    assert_eq!(account.demo.bodies("FilterLogEvents").len(), 1, "one call for the last 15 minutes");
    let asked = &account.demo.bodies("FilterLogEvents")[0];
    assert_eq!((&asked["logGroupName"], &asked["startFromHead"]), (&GROUP.into(), &false.into()));
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.keys("<esc>");
    assert!(app.line_with("Functions ").contains("Functions"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_new_is_followed_until_one_goes_up_and_each_event_is_shown_once() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    account.write(1, "one").write(2, "two");
    account.later(&mut app, 3).await;
    assert_eq!(messages(&app).last().map(String::as_str), Some("two"));
    app.keys("k");
    account.write(4, "three");
    account.later(&mut app, 3).await;
    assert!(
        app.screen().contains("not following") && app.screen().contains("1 new below · f follows"),
        "{}",
        app.screen()
    );
    app.keys("f");
    account.later(&mut app, 2).await;
    let shown = messages(&app);
    assert_eq!(shown[shown.len() - 3..], ["one", "two", "three"]);
    assert!(!app.screen().contains("not following"));
}

#[tokio::test]
async fn where_there_is_nothing_to_go_to_the_newest_is_still_followed() {
    let account = Account::new().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    for keys in ["k", "<ctrl-u>", "g"] {
        app.keys(keys).idle().await;
        assert!(!app.screen().contains("not following"), "{keys}:\n{}", app.screen());
    }
    app.mouse(10, 10, Gesture::WheelUp).idle().await;
    account.write(1, "one");
    account.later(&mut app, 6).await;
    app.keys("k").idle().await;
    account.write(7, "two");
    account.later(&mut app, 6).await;
    assert!(app.cursor_line().contains("two") && !app.screen().contains("not following"), "{}", app.screen());
    app.keys("k");
    assert!(app.cursor_line().contains("one") && app.screen().contains("not following"), "{}", app.screen());
}

#[tokio::test]
async fn an_event_that_arrives_late_stands_where_it_belongs() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    account.write(-5, "late");
    account.later(&mut app, 3).await;
    let shown = messages(&app);
    assert_eq!(shown[shown.len() - 2..], ["late", "the newest"]);
}

#[tokio::test]
async fn a_pause_asks_nothing_and_going_on_misses_nothing() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("<space>");
    let asked = account.asked();
    account.write(1, "while it paused");
    account.later(&mut app, 600).await;
    assert_eq!(account.asked(), asked);
    assert!(app.screen().contains("paused"), "{}", app.screen());
    app.keys("<space>").idle().await;
    assert!(app.screen().contains("while it paused"), "{}", app.screen());
}

#[tokio::test]
async fn digits_choose_the_time() {
    let account = told().await;
    account.write(-2 * 86_400, "of the day before yesterday");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    for (key, title, lines) in [
        ("0", "newest", 8),
        ("1", "from the beginning", 8),
        ("2", "last 1 m", 2),
        ("3", "last 5 m", 6),
        ("4", "last 15 m", 6),
        ("5", "last 30 m", 6),
        ("6", "last 1 h", 7),
    ] {
        app.keys(key).idle().await;
        assert!(app.screen().contains(title), "{key}: {}", app.screen());
        assert_eq!(messages(&app).len(), lines, "{key}: {}", app.screen());
    }
    app.keys("1").idle().await;
    assert_eq!(messages(&app)[0], "of the day before yesterday");
    assert!(app.cursor_line().contains("of the day before"), "{}", app.screen());
}

#[tokio::test]
async fn above_the_first_event_older_ones_are_read_however_old_they_are() {
    let account = told().await;
    account.write(-40 * 86_400, "of another month");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("gk").idle().await;
    assert_eq!(messages(&app)[..2], ["of another month", "an older line"]);
    assert!(app.cursor_line().contains("running"), "the cursor stays where it was: {}", app.screen());
    let asked = account.asked();
    app.keys("gk").idle().await;
    assert_eq!(account.asked(), asked, "nothing is older");
}

#[tokio::test]
async fn pages_are_followed_to_their_end() {
    let account = Account::new().await;
    for n in 0..95 {
        account.write(-200 + n, &format!("line {n}"));
    }
    account.demo.page_size(10);
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_eq!(account.asked(), 10);
    assert!(app.screen().contains(" 95   UTC"), "{}", app.screen());
    assert_eq!(messages(&app).last().map(String::as_str), Some("line 94"));
    app.keys("g");
    assert_eq!(messages(&app)[0], "line 0");
}

#[tokio::test]
async fn reading_can_be_stopped_and_gone_on_with() {
    let account = Account::new().await;
    for n in 0..95 {
        account.write(-200 + n, &format!("line {n}"));
    }
    account.demo.page_size(10);
    let mut app = account.app().await;
    let gate = account.demo.gate("FilterLogEvents");
    app.keys("l");
    gate.let_through(2);
    app.until("20 events so far · x stops").await;
    soon(gate.arrived(3)).await;
    app.keys("x");
    soon(gate.gone(1)).await;
    gate.open();
    app.idle().await;
    assert!(app.screen().contains(" 20   UTC"), "{}", app.screen());
    app.keys("gk").idle().await;
    assert!(app.screen().contains(" 30   UTC"), "{}", app.screen());
}

#[tokio::test]
async fn a_page_of_a_time_that_was_left_is_not_shown() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let gate = account.demo.gate("FilterLogEvents");
    app.keys("6");
    soon(gate.arrived(1)).await;
    app.keys("2");
    soon(gate.arrived(2)).await;
    gate.open();
    app.idle().await;
    assert_eq!(messages(&app).len(), 2, "{}", app.screen());
}

#[tokio::test]
async fn leaving_gives_up_what_is_on_its_way_and_coming_back_goes_on() {
    let account = told().await;
    let mut app = account.app().await;
    let gate = account.demo.gate("FilterLogEvents");
    app.keys("l");
    soon(gate.arrived(1)).await;
    app.keys("<esc>");
    // Left alone it would be given up by its own patience, after 15 s.
    let gone = tokio::time::timeout(Duration::from_secs(8), gate.gone(1)).await;
    assert!(gone.is_ok(), "the request goes on");
    gate.open();
    app.idle().await;
    let asked = account.asked();
    account.later(&mut app, 30).await;
    assert_eq!(account.asked(), asked, "nobody looks: nothing is asked");
    app.keys("l").idle().await;
    assert_eq!(messages(&app).len(), 6, "{}", app.screen());
}

#[tokio::test]
async fn words_show_only_the_events_that_have_them() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/stock");
    assert_eq!(messages(&app).len(), 2, "{}", app.screen());
    assert!(app.screen().contains("/stock  2 of 6"), "{}", app.screen());
    app.keys("<enter>");
    account.write(1, "out of stock").write(1, "something else");
    account.later(&mut app, 3).await;
    assert_eq!(messages(&app).len(), 3, "{}", app.screen());
    assert_screen!(app);
    app.keys("/x<esc>");
    assert_eq!(messages(&app).len(), 3, "esc brings the filter back that was: {}", app.screen());
    app.keys("<esc>");
    assert_eq!(messages(&app).len(), 8, "{}", app.screen());
    app.keys("/nowhere<enter>");
    assert!(app.screen().contains("no event fits the filter"), "{}", app.screen());
}

#[tokio::test]
async fn an_event_opens_whole_json_as_a_tree() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/low<enter><enter>");
    assert!(app.screen().contains("\"order\": {"), "{}", app.screen());
    assert_screen!(app);
    app.keys("<esc><esc>/no stock<enter><enter>");
    assert!(app.screen().contains("at pricing.py:17"), "{}", app.screen());
    app.keys("<esc><esc>");
    assert_eq!(messages(&app).len(), 6, "{}", app.screen());
}

#[tokio::test]
async fn an_opened_event_is_the_one_that_is_read_copied_and_stepped_from_whatever_comes() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    account.write(0, "the one that is read");
    account.later(&mut app, 2).await;
    app.keys("<enter>");
    // Beneath the title, which counts what comes.
    let read = |app: &Harness| app.screen().lines().skip(4).map(str::to_owned).collect::<Vec<_>>();
    let opened = read(&app);
    assert!(opened[1].contains("the one that is read"), "{opened:#?}");
    for second in 3..6 {
        account.write(second, "newer");
        account.later(&mut app, 2).await;
    }
    assert_eq!(read(&app), opened, "what is over the screen stays");
    app.keys("y");
    assert_eq!(handed_out(&app), ["the one that is read"]);
    app.keys("[]");
    assert_eq!(read(&app)[..9], opened[..9], "a step back and forth");
    app.keys("<esc>").idle().await;
    assert!(app.cursor_line().contains("the one that is read"), "{}", app.screen());
    assert!(app.screen().contains("3 new below"), "{}", app.screen());
}

#[tokio::test]
async fn the_indentation_of_a_line_is_a_part_of_it() {
    let account = Account::new().await;
    account
        .write(-3, "Traceback (most recent call last):")
        .write(-2, "  File \"app.py\", line 7")
        .write(-1, "    deep(1)");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let told = messages(&app);
    assert_eq!(told[1..], ["  File \"app.py\", line 7", "    deep(1)"], "{}", app.screen());
}

#[tokio::test]
async fn a_range_that_has_an_end_is_read_to_it_and_on_only_by_who_goes_past_it() {
    let account = told().await;
    account.write(-20, "behind the range");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("T11:58:00..11:59:00<enter>").idle().await;
    let title = app.line_with("› Log");
    assert!(title.contains("11:58:00 – 11-21 11:59:00 ") && !title.contains("following"), "{title}");
    app.keys("gG").idle().await;
    assert!(!app.screen().contains("behind the range"), "{}", app.screen());
    app.keys("j").idle().await;
    assert!(app.screen().contains("behind the range"), "{}", app.screen());
    let title = app.line_with("› Log");
    assert!(title.contains("11:58:00 – now · following"), "{title}");
}

#[tokio::test]
async fn a_log_that_is_refused_while_it_has_rows_says_what_to_do_on_every_screen() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let user = "User: arn:aws:iam::123456789012:user/mira is not authorized to perform: kms:Decrypt on the resource \
                associated with this ciphertext because no identity-based policy allows the kms:Decrypt action";
    let kms = Fault::Status { code: 400, error: "AccessDeniedException".to_owned(), message: user.to_owned() };
    account.demo.fail("FilterLogEvents", kms);
    account.later(&mut app, 2).await;
    assert!(!app.line_with("› Log").contains("following"), "{}", app.screen());
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
}

#[tokio::test]
async fn what_was_not_allowed_is_asked_again_by_itself_and_when_the_log_is_opened_again() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let expired = Fault::Status {
        code: 400,
        error: "ExpiredTokenException".to_owned(),
        message: "The security token included in the request is expired".to_owned(),
    };
    account.demo.fail("FilterLogEvents", expired.clone());
    account.later(&mut app, 2).await;
    assert!(app.screen().contains("sign in again, then r"), "{}", app.screen());
    account.demo.clear_faults();
    let asked = account.asked();
    account.write(10, "signed in again");
    account.later(&mut app, 30).await;
    assert_eq!(account.asked(), asked, "not every other second");
    account.later(&mut app, 30).await;
    assert!(app.screen().contains("signed in again"), "{}", app.screen());
    account.demo.fail("FilterLogEvents", expired);
    account.later(&mut app, 2).await;
    account.demo.clear_faults();
    account.write(63, "opened again");
    app.keys("<esc>").idle().await;
    app.keys("l").idle().await;
    assert!(app.screen().contains("opened again") && app.screen().contains("following"), "{}", app.screen());
}

#[tokio::test]
async fn a_log_that_nobody_answers_says_so_and_r_asks_anew() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let gate = account.demo.gate("FilterLogEvents");
    app.later(Duration::from_secs(2));
    app.later(Duration::from_secs(4));
    assert!(!app.screen().contains("no answer"), "{}", app.screen());
    assert_eq!(app.wake_in(), Some(Duration::from_secs(1)));
    app.later(Duration::from_secs(3));
    assert_screen!(app, [(120, 30), (80, 24), (40, 10)]);
    app.keys("r");
    assert!(!app.screen().contains("no answer"), "another question is on its way: {}", app.screen());
    account.write(0, "asked anew");
    gate.open();
    app.idle().await;
    assert!(app.screen().contains("asked anew"), "{}", app.screen());
}

#[tokio::test]
async fn of_several_logs_without_events_one_that_has_no_group_yet_is_not_the_answer() {
    let account = two().await;
    account.demo.put_function(FunctionSeed::named("orders-never"));
    let mut app = account.app().await;
    app.keys(":logs orders-api orders-enrich orders-never<enter>").idle().await;
    assert!(!app.screen().contains("Could not"), "a group that is not there yet is no trouble: {}", app.screen());
    app.keys("T2h..1h<enter>").idle().await;
    assert_screen!(app, [(120, 30), (40, 10)]);
}

#[tokio::test]
async fn long_lines_are_cut_or_wrapped_and_moments_shown_as_one_likes() {
    let account = told().await;
    account.write(-1, &format!("long {} end", "x".repeat(150)));
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert!(!app.screen().contains(" end"), "{}", app.screen());
    app.keys("w");
    assert!(app.screen().contains("xx end") && app.screen().contains("at pricing.py:17"), "{}", app.screen());
    app.keys("wt");
    assert!(app.screen().contains("11-21 11:59:58.000  8f0c              the newest"), "{}", app.screen());
    app.keys("t");
    assert!(app.screen().contains("  the newest") && !app.screen().contains("11:59:58"), "{}", app.screen());
}

#[tokio::test]
async fn a_group_that_is_not_there_yet_is_explained_and_looked_for() {
    let account = Account::new().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_screen!(app);
    account.write(1, "the first line");
    account.later(&mut app, 6).await;
    account.later(&mut app, 3).await;
    assert!(app.screen().contains("the first line"), "{}", app.screen());
}

#[tokio::test]
async fn every_reason_for_an_empty_log_says_what_to_do() {
    let account = Account::new().await;
    account.write(-7_200, "two hours ago");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert!(app.screen().contains("no events in /aws/lambda/orders-api (last 15 m)"), "{}", app.screen());
    app.keys("0").idle().await;
    assert!(app.screen().contains("two hours ago"), "{}", app.screen());
    account.demo.fail("FilterLogEvents", Fault::Denied { action: "logs:FilterLogEvents".to_owned() });
    app.keys("6").idle().await;
    assert!(app.screen().contains("The identity needs logs:FilterLogEvents"), "{}", app.screen());
    let asked = account.asked();
    account.later(&mut app, 59).await;
    assert_eq!(account.asked(), asked, "what is denied is asked again once a minute");
    account.later(&mut app, 1).await;
    assert_eq!(account.asked(), asked + 1);
    account.demo.clear_faults();
    let (code, error) = (400, "AccessDeniedException".to_owned());
    let message = "The specified KMS key does not exist or is not allowed to be used with this log group.".to_owned();
    account.demo.fail("FilterLogEvents", Fault::Status { code, error, message });
    app.keys("r").idle().await;
    assert!(app.screen().contains("needs kms:Decrypt"), "{}", app.screen());
    account.demo.clear_faults();
    app.keys("r").idle().await;
    assert!(app.screen().contains("no events in"), "{}", app.screen());
}

#[tokio::test]
async fn a_log_that_is_throttled_goes_on_by_itself_and_keeps_what_it_has() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let (code, error, message) = (400, "ThrottlingException".to_owned(), "Rate exceeded".to_owned());
    account.demo.fail("FilterLogEvents", Fault::Status { code, error, message });
    account.later(&mut app, 3).await;
    assert_eq!(messages(&app).len(), 6);
    assert!(app.screen().contains("throttled; we slow down and ask again"), "{}", app.screen());
    account.demo.clear_faults();
    account.write(3, "after it");
    account.later(&mut app, 60).await;
    assert!(
        app.screen().contains("after it") && !app.screen().contains("throttled; we slow down and ask again"),
        "{}",
        app.screen()
    );
}

#[tokio::test]
async fn a_version_has_its_own_streams_and_the_group_is_the_functions() {
    let account = Account::new().await;
    let logging = serde_json::json!({"LogFormat": "JSON", "LogGroup": "/shop/all"});
    account.demo.put_function(FunctionSeed::named("orders-api").with("LoggingConfig", logging).published(3));
    account.write_to("/shop/all", "2026/11/21/orders-api[2][aa]", -9, "of version two");
    account.write_to("/shop/all", "2026/11/21/orders-api[$LATEST][aa]", -8, "of the latest");
    account.write_to("/shop/all", "2026/11/21/billing[2][aa]", -7, "of another function");
    let mut app = account.app().await;
    app.keys("l").idle().await;
    assert_eq!(messages(&app), ["of version two", "of the latest"]);
    app.keys("<esc>3").idle().await;
    app.keys("/2<enter>l").idle().await;
    assert!(app.screen().contains("orders-api:2 › Log"), "{}", app.screen());
    assert_eq!(messages(&app), ["of version two"]);
}

/// The messages where a column says whose they are.
fn labelled(app: &Harness) -> Vec<String> {
    let screen = app.screen();
    let is_event = |line: &&str| line.chars().nth(4) == Some(':') && line.chars().nth(10) == Some('.');
    let squeeze = |line: &str| line.chars().skip(16).take(200).collect::<String>();
    let words = |line: &str| squeeze(line).split_whitespace().collect::<Vec<_>>().join(" ");
    screen.lines().filter(is_event).map(words).collect()
}

async fn two() -> Account {
    let account = told().await;
    account.demo.put_function(FunctionSeed::named("orders-enrich"));
    account.write_to("/aws/lambda/orders-enrich", STREAM, -97, "[ERROR] timeout calling geo service");
    account
}

#[tokio::test]
async fn marked_functions_are_one_log_with_a_column_that_says_whose_an_event_is() {
    let account = two().await;
    let mut app = account.app().await;
    app.keys("mjml").idle().await;
    assert!(
        app.screen().contains("orders-api + orders-enrich › Log   last 15 m · following · 2 sources"),
        "{}",
        app.screen()
    );
    assert_eq!(labelled(&app)[2..4], ["api 8f0c ERROR no stock ▸ 3 lines", "enrich ERROR timeout calling geo service"]);
    assert_screen!(app);
    app.keys("gjjj<tab>");
    assert_eq!(labelled(&app), ["enrich ERROR timeout calling geo service"]);
    assert!(app.screen().contains("1 of 2 sources"), "{}", app.screen());
    app.keys("<tab>");
    account.write_to("/aws/lambda/orders-enrich", STREAM, 1, "live one").write(2, "live two");
    account.later(&mut app, 3).await;
    app.keys("f").idle().await;
    let shown = labelled(&app);
    assert_eq!(shown[shown.len() - 2..], ["enrich live one", "api 8f0c live two"]);
}

#[tokio::test]
async fn each_source_is_listed_with_how_it_stands_and_is_hidden_and_shown_by_itself() {
    let account = two().await;
    let denied = Fault::Denied { action: "logs:FilterLogEvents".to_owned() };
    account.demo.fail("FilterLogEvents /shop/audit", denied);
    let mut app = account.app().await;
    app.keys(":logs orders-api orders-enrich /shop/audit orders-gone<enter>").idle().await;
    app.keys("s");
    assert_screen!(app);
    assert_screen!(app, [(80, 24), (40, 10)]);
    app.resize(120, 30).keys("kk");
    assert!(app.screen().contains("not allowed; needs logs:FilterLogEvents"), "{}", app.screen());
    app.keys("j<space>kkk<space>");
    assert!(app.screen().contains("Sources  2 of 4 shown"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("2 of 4 sources"), "{}", app.screen());
    let only_enrich = ["orders-enri… ERROR timeout calling geo service"];
    assert_eq!(labelled(&app), only_enrich);
    app.keys("s<tab>");
    app.keys("a<esc>").idle().await;
    assert_eq!(labelled(&app).len(), 7, "{}", app.screen());
}

#[tokio::test]
async fn what_a_log_does_is_said_on_a_narrow_screen_however_many_sources_it_has() {
    let account = two().await;
    let mut app = account.app().await;
    app.keys(":logs orders-api orders-enrich a-group-with-a-long-name another-one and-another<enter>").idle().await;
    for (width, said) in [
        (120, "orders-api +4 › Log   last 15 m · following · 5 sources "),
        (80, "orders-api +4 › Log   last 15 m · following · 5 sources "),
        (40, "orders-api +4 › Log   following "),
    ] {
        app.resize(width, 24);
        assert!(app.screen().contains(said), "{width}: {}", app.screen());
    }
    app.resize(80, 24).keys("LL");
    app.until("orders-api +4 › Log   live · $0.01/min ").await;
    app.resize(40, 24);
    assert!(app.screen().contains("live · $0.01/min"), "what is paid for outlives the counts: {}", app.screen());
}

#[tokio::test]
async fn a_command_takes_functions_and_any_log_groups() {
    let account = two().await;
    account.write_to("/shop/audit", "mine", -5, "of a group without a function");
    let mut app = account.app().await;
    app.keys(":logs orders-e<tab>");
    assert!(app.screen().contains("logs orders-enrich"), "{}", app.screen());
    app.keys(" /shop/audit<enter>").idle().await;
    assert!(app.screen().contains("orders-enrich + /shop/audit › Log"), "{}", app.screen());
    assert!(app.screen().contains("of a group without a function") && app.screen().contains("geo service"));
    app.keys(":logs<enter>");
    assert!(app.screen().contains("orders-api › Log"), "{}", app.screen());
}

#[tokio::test]
async fn an_alias_of_two_versions_shows_which_one_wrote_each_event() {
    let account = Account::new().await;
    account.demo.put_function(FunctionSeed::named("orders-api").published(8).weighted_alias("live", "7", "8", 0.1));
    for (version, seconds) in [("7", -9), ("8", -8), ("6", -7)] {
        account.write_to(GROUP, &format!("2026/11/21/[{version}]0a"), seconds, &format!("of version {version}"));
    }
    let mut app = account.app().await;
    app.keys("4").idle().await;
    app.keys("l").idle().await;
    assert_eq!(labelled(&app), ["7 of version 7", "8 of version 8"]);
}

#[tokio::test]
async fn a_run_of_the_console_leads_to_the_log_around_it() {
    let account = Account::new().await;
    account.write(-600, "long before").write(-3, "of somebody else");
    let mut app = account.app().await;
    app.keys("i<f5>").idle().await;
    app.keys("<tab>l").idle().await;
    assert!(app.screen().contains("› Invocation ") && !app.screen().contains("somebody else"), "{}", app.screen());
    let at = |app: &Harness, words: &str| {
        app.screen().find(words).unwrap_or_else(|| panic!("no {words} in {}", app.screen()))
    };
    assert!(!app.screen().contains("INIT_START"), "folded into the report: {}", app.screen());
    app.keys("u");
    assert!(at(&app, "INIT_START") < at(&app, "START   version") && at(&app, "START   version") < at(&app, "END"));
    assert!(at(&app, "END") < at(&app, " 75/128 MB"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("somebody else") && !app.screen().contains("long before"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("› Invoke"), "{}", app.screen());
}

/// The log of a run that was sent just now, before AWS has it.
async fn early() -> (Account, Harness) {
    let account = Account::new().await;
    account.write(-4, "before that").write(-3, "of somebody else");
    account.demo.log_quirks(LogQuirks { late: 5_000, ..LogQuirks::default() });
    let mut app = account.app().await;
    app.keys("i<f5>").idle().await;
    app.keys("<tab>l").idle().await;
    (account, app)
}

#[tokio::test]
async fn a_run_whose_log_comes_later_is_shown_alone_once_it_is_there() {
    let (account, mut app) = early().await;
    assert_screen!(app);
    account.later(&mut app, 6).await;
    assert!(!app.screen().contains("somebody else") && app.screen().contains("75/128 MB"), "{}", app.screen());
    app.keys("<esc>").idle().await;
    assert!(app.screen().contains("somebody else") && app.screen().contains("75/128 MB"), "{}", app.screen());
}

#[tokio::test]
async fn who_reads_on_elsewhere_is_not_called_away() {
    for keys in ["<esc>", "k", "/else<enter>"] {
        let (account, mut app) = early().await;
        app.keys(keys).idle().await;
        account.later(&mut app, 6).await;
        assert!(app.screen().contains("somebody else"), "after {keys}:\n{}", app.screen());
        assert!(!app.screen().contains("› Invocation"), "after {keys}:\n{}", app.screen());
    }
}

#[tokio::test]
async fn a_name_that_will_not_do_is_seen_while_it_is_mended() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    for (width, height) in [(80, 24), (40, 10)] {
        app.resize(width, height).keys("gS<ctrl-u>").paste("/none/x.log").keys("<enter>").idle().await;
        assert!(app.screen().contains("there is no folder"), "{}", app.screen());
        assert!(app.screen().contains("save as /none/x.log▌"), "{}", app.screen());
        app.keys("<esc>");
    }
}

#[tokio::test]
async fn on_a_narrow_screen_invocations_of_several_functions_say_whose_they_are() {
    let account = two().await;
    let mut app = account.app().await;
    app.keys(":logs orders-api orders-enrich<enter>v").idle().await;
    app.resize(80, 24);
    assert!(app.screen().contains("    TIME          SOURCE"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_shown_is_saved_as_text_or_as_json_lines_for_the_person_alone() {
    let account = told().await;
    let folder = tempfile::tempdir().unwrap();
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/stock<enter>");
    for name in ["evidence.log", "evidence.jsonl"] {
        let path = folder.path().join(name);
        app.keys("S<ctrl-u>").paste(path.to_str().unwrap()).keys("<enter>").idle().await;
        assert!(app.screen().contains("saved "), "{}", app.screen());
    }
    let text = std::fs::read_to_string(folder.path().join("evidence.log")).unwrap();
    assert!(text.starts_with("2026-11-21T11:58:22.000Z [ERROR] no stock\n  at app.py:41\n"), "{text}");
    let json = std::fs::read_to_string(folder.path().join("evidence.jsonl")).unwrap();
    let records: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((records.len(), &records[1]["message"], &records[0]["logGroup"]), (2, &RECORD.into(), &GROUP.into()));
    app.keys("S<ctrl-u>").paste(folder.path().join("evidence.log").to_str().unwrap()).keys("<enter>").idle().await;
    assert!(app.screen().contains("not saved: there is a file"), "{}", app.screen());
    assert!(app.screen().contains("save as "), "the name can be mended: {}", app.screen());
    app.keys("2<enter>").idle().await;
    assert!(folder.path().join("evidence.log2").exists() && !app.screen().contains("save as "), "{}", app.screen());
}

#[tokio::test]
async fn another_session_has_another_log() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("/stock<enter>");
    app.keys(":region us-east-1<enter>").idle().await;
    assert!(!app.screen().contains("› Log"), "{}", app.screen());
    // The same name in another region is another log: nothing of the first one is left.
    let asked = account.asked();
    app.keys("l").idle().await;
    assert!(account.asked() > asked && !app.screen().contains("/stock"), "{}", app.screen());
}

#[tokio::test]
async fn a_range_is_typed_and_what_is_no_range_is_said_while_it_is_typed() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("Tyesterdy");
    assert!(app.screen().contains("is no time: 2h"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("range yesterdy"), "what was typed is not lost: {}", app.screen());
    app.keys("<ctrl-u>1h<enter>").idle().await;
    assert_eq!(messages(&app).first().map(String::as_str), Some("an older line"), "{}", app.screen());
    app.keys("T11:58:20..11:58:22.5<enter>").idle().await;
    let body = account.demo.bodies("FilterLogEvents").pop().unwrap();
    let start: DateTime<Utc> = START.parse().unwrap();
    assert_eq!(body["startTime"], (start - TimeDelta::seconds(100)).timestamp_millis());
    assert!(app.screen().contains("11-21 11:58:20 – 11-21 11:58:22"), "{}", app.screen());
    assert_eq!(messages(&app).len(), 3, "{}", app.screen());
}

#[tokio::test]
async fn a_filter_pattern_is_searched_by_cloudwatch_logs_and_taken_back() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    let all = messages(&app).len();
    app.keys("p{ $.order.id = 7 }<enter>").idle().await;
    let body = account.demo.bodies("FilterLogEvents").pop().unwrap();
    assert_eq!(body["filterPattern"], "{ $.order.id = 7 }");
    assert_eq!(messages(&app).len(), 1, "{}", app.screen());
    assert!(app.screen().contains("only { $.order.id = 7 }"), "{}", app.screen());
    app.keys("p<ctrl-u>nowhere<enter>").idle().await;
    assert!(app.screen().contains("no events in /aws/lambda/orders-api with nowhere"), "{}", app.screen());
    app.keys("p<ctrl-u>{ $.<enter>").idle().await;
    assert!(app.screen().contains("Invalid filter pattern"), "{}", app.screen());
    app.keys("p<ctrl-u><enter>").idle().await;
    assert_eq!(messages(&app).len(), all, "{}", app.screen());
}

#[tokio::test]
async fn a_log_is_queried_with_logs_insights() {
    let account = told().await;
    let mut app = account.app().await;
    app.keys("l").idle().await;
    app.keys("Q").idle().await;
    assert!(app.screen().contains("orders-api › Logs Insights"), "{}", app.screen());
    app.keys("<esc>").idle().await;
    assert!(app.screen().contains("orders-api › Log "), "{}", app.screen());
}
