//! Help, palette, copy menu and browser: what lies on top, and what leaves the program.

use std::time::Duration;

use lambdash::demo::Demo;
use lambdash::testing::{Chord, Msg, reference};

use crate::assert_screen;
use crate::support::{Harness, clock, handed_out, shop, showcase};

#[tokio::test]
async fn help_lists_the_keys_of_this_screen_those_of_what_lies_on_top_first() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    let console =
        ["Invoke console: response and log", "Invoke console: payload", "Typing a payload or a query", "Everywhere"];
    for (keys, sections) in [
        ("", ["Functions", "Lists", "Filter", "Typing a line", "Everywhere"].as_slice()),
        ("3", ["Versions", "Lists", "Filter", "Typing a line", "Everywhere"].as_slice()),
        ("1i<tab>", console.as_slice()),
        (
            "<esc>Q",
            ["Logs Insights: query", "Logs Insights: results", "Typing a payload or a query", "Everywhere"].as_slice(),
        ),
        ("<esc>l", ["Log", "Everywhere"].as_slice()),
        ("<esc>y", ["Copy menu", "Functions", "Lists", "Filter", "Typing a line", "Everywhere"].as_slice()),
    ] {
        app.keys(keys).idle().await;
        let seen = whole_help(&mut app);
        let titles: Vec<&str> = seen.iter().filter(|line| !line.starts_with(' ')).map(|line| line.trim()).collect();
        assert_eq!(titles, sections, "{keys}");
        // Of these only what does something in the pane on show.
        let pane = |title: &str| matches!(title, "Lists" | "Copy menu");
        for section in reference().iter().filter(|section| sections.contains(&&*section.title) && !pane(&section.title))
        {
            for (keys, what) in &section.lines {
                let begins = |line: &String| line.contains(keys.as_str()) && line.contains(&what[..what.len().min(30)]);
                assert!(seen.iter().any(begins), "{keys}: {what} of {} is not in the help", section.title);
            }
        }
    }
}

/// The lines of the help, without its frame, however long it is.
fn whole_help(app: &mut Harness) -> Vec<String> {
    app.keys("<f1>").resize(100, 400);
    let mut seen: Vec<String> = Vec::new();
    loop {
        let screen = app.screen();
        let inside = screen.lines().filter_map(|line| Some(line.split_once("│ ")?.1.rsplit_once('│')?.0.trim_end()));
        let inside: Vec<String> = inside.map(str::to_owned).collect();
        let known = (0..=inside.len()).rev().find(|n| seen.ends_with(&inside[..*n])).unwrap_or_default();
        seen.extend_from_slice(&inside[known..]);
        if !screen.contains(" more below ") {
            break;
        }
        app.keys("<pagedown>");
    }
    app.resize(100, 30).keys("<f1>");
    seen.retain(|line| !line.is_empty());
    seen
}

#[tokio::test]
async fn help_fits_a_screen_and_says_how_much_is_below() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("?");
    assert_screen!(app);
    app.keys("G");
    assert!(app.screen().contains(" end "));
    app.keys("k");
    assert!(app.screen().contains(" 1 more below "), "{}", app.screen());
}

#[tokio::test]
async fn the_palette_completes_and_runs() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys(":so");
    assert_screen!(app);
    app.keys("<tab>me<tab>");
    assert!(app.line_with(" :").contains(":sort memory"), "{}", app.screen());
    app.keys("<enter>");
    assert!(app.screen().contains("MEMORY ↑"), "{}", app.screen());
    app.keys(":<down><down><down><up><enter>").idle().await;
    assert!(
        app.screen().contains("› Versions") || app.screen().contains("› Configuration"),
        "a suggestion is chosen by arrows:\n{}",
        app.screen()
    );
    app.keys(":fn<enter>");
    assert!(app.line_with(" Functions  ").contains("Functions"));
}

#[tokio::test]
async fn a_command_that_is_none_names_its_nearest_match_and_stays_open() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys(":verions<enter>");
    assert!(app.screen().contains("there is no command \"verions\": perhaps versions?"), "{}", app.screen());
    app.keys("<ctrl-u>sort memry<enter>");
    assert!(app.screen().contains("there is no \"memry\": perhaps memory?"), "{}", app.screen());
    app.keys("<ctrl-u>sort<enter>");
    assert!(app.screen().contains("sort wants a name after it"), "{}", app.screen());
    app.keys("<ctrl-u>region nowhere<enter>");
    assert!(app.screen().contains("there is no \"nowhere\""), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("nowhere"));
}

#[tokio::test]
async fn commands_do_what_keys_do() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys(":filter orders-api<enter>");
    assert!(app.line_with(" Functions  /").contains("/orders-api"), "{}", app.screen());
    app.keys(":filter<enter>");
    assert!(!app.screen().contains("/orders-api"));
    app.keys(":problems<enter>");
    assert!(app.screen().contains("problems only"));
    app.keys("<esc>");
    let before = app.styled();
    app.keys(":theme dark<enter>");
    assert_ne!(app.styled(), before, "the colours changed");
    app.keys(":theme terminal<enter>");
    assert_eq!(app.styled(), before);
    app.keys(":messages<enter>");
    assert!(app.screen().contains("┌ Messages"));
    app.keys("<esc>:help<enter>");
    assert!(app.screen().contains("┌ Help"));
    app.keys("<esc>:invoke<enter>");
    assert!(app.screen().contains("› Invoke"));
    app.keys("<esc>:q<enter>");
    assert!(app.has_quit());
}

#[tokio::test]
async fn the_help_begins_with_what_it_was_called_from() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    let headings = |app: &mut Harness| -> Vec<String> {
        whole_help(app).into_iter().filter(|line| !line.starts_with(' ')).take(3).collect()
    };
    app.keys("i");
    assert_eq!(headings(&mut app)[..2], ["Invoke console: payload", "Invoke console: response and log"]);
    app.keys("<ctrl-g>").idle().await;
    assert_eq!(headings(&mut app)[..2], ["Invoke console: history", "Invoke console: payload"]);
    app.keys("<esc><ctrl-o>").idle().await;
    assert_eq!(headings(&mut app)[..2], ["Invoke console: choosing", "Invoke console: payload"]);
    app.keys("<esc><ctrl-p>");
    assert_eq!(headings(&mut app)[..2], ["Forms", "Invoke console: payload"]);
    app.keys("<esc><ctrl-f>");
    assert_eq!(
        headings(&mut app),
        ["Invoke console: words, path, file", "Invoke console: payload", "Invoke console: response and log"]
    );
}

#[tokio::test]
async fn region_and_profile_have_keys_that_begin_their_command() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("R");
    assert!(app.line_with(" :").contains(":region ") && app.screen().contains("region af-south-1"), "{}", app.screen());
    app.keys("us-west-2<enter>").idle().await;
    assert!(app.screen().lines().next().unwrap_or_default().contains("us-west-2"), "{}", app.screen());
    app.keys("R");
    assert!(app.line_with("in use").contains("region us-west-2"), "{}", app.screen());
    app.keys("<esc>P");
    assert!(app.line_with(" :").contains(":profile "), "{}", app.screen());
}

#[tokio::test]
async fn where_no_profile_can_be_chosen_a_sentence_says_so() {
    let demo = lambdash::demo::Demo::empty(crate::support::clock());
    let mut app = Harness::in_process(demo, |session, _| session.demo = true);
    app.idle().await;
    app.keys("P");
    assert!(app.screen().contains("the demo is one account in memory and has no profiles"), "{}", app.screen());
}

#[tokio::test]
async fn the_copy_menu_copies_and_says_what() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("/orders-api<enter>y");
    assert!(app.screen().lines().last().unwrap_or_default().starts_with(" copy:"), "{}", app.screen());
    app.keys("q");
    assert_eq!(handed_out(&app), [""; 0]);
    app.keys("ynyaycY");
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";
    let command =
        format!("aws lambda get-function --function-name orders-api --region eu-west-1 --endpoint-url {}", server.url);
    assert_eq!(handed_out(&app), ["orders-api", arn, &command, arn]);
    assert!(
        app.screen().contains("copied the ARN of orders-api (57 characters, through the terminal)"),
        "{}",
        app.screen()
    );
    app.keys("yj");
    let json: serde_json::Value = serde_json::from_str(handed_out(&app).last().unwrap()).unwrap();
    assert_eq!(json["name"], "orders-api");
}

#[tokio::test]
async fn the_web_console_is_the_one_of_the_partition() {
    let (_, server) = showcase().await;
    for (region, host) in [
        ("eu-west-1", "eu-west-1.console.aws.amazon.com"),
        ("us-gov-west-1", "console.amazonaws-us-gov.com"),
        ("cn-north-1", "console.amazonaws.cn"),
    ] {
        let mut app = Harness::with(&server, |session, _| session.target.region = Some(region.to_owned())).await;
        app.keys("/orders-api<enter>o");
        let url = format!("https://{host}/lambda/home?region={region}#/functions/orders-api");
        assert_eq!(handed_out(&app), [url.as_str()]);
        app.message(lambdash::testing::Msg::Browsed(Ok(url)));
        assert!(app.screen().contains("opened") && app.screen().contains(host), "{}", app.screen());
    }
}

#[tokio::test]
async fn the_help_is_narrowed_to_what_has_the_words() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.resize(80, 24).keys("?jjj/log several");
    assert_screen!(app, [(200, 60), (80, 24), (40, 10)]);
    assert!(app.screen().contains("mark the row") && !app.screen().contains("next pane"), "{}", app.screen());
    // Kept, it is no place to type in, and the keys scroll again.
    app.resize(80, 24).keys("<enter>k");
    assert!(app.screen().contains("Help  /log several  1 found"), "{}", app.screen());
    // What is typed anew and given up leaves the words as they were.
    app.keys("/ x<esc>");
    assert!(app.screen().contains("Help  /log several  1 found"), "{}", app.screen());
    app.keys("/zz");
    assert!(app.screen().contains("nothing here has these words"), "{}", app.screen());
    app.keys("<enter><esc>");
    assert!(app.screen().contains("filter: words") && app.screen().contains("┌ Help ─"), "{}", app.screen());
    app.keys("<esc>");
    assert!(!app.screen().contains("Help"), "{}", app.screen());
    // The key that opened it closes it at once, also while typing.
    app.keys("?/log<f1>");
    assert!(!app.screen().contains("Help"), "{}", app.screen());
}

#[tokio::test]
async fn what_is_typed_to_narrow_the_help_is_harmless() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("?/");
    for c in ["l", "\u{202e}", "\u{85}", "g"] {
        app.message(Msg::Key(c.parse().unwrap()));
    }
    assert!(app.screen().contains("Help  /l"), "{}", app.screen());
    let symbols: String = app.buffer().content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(!symbols.contains(['\u{202e}', '\u{85}']), "{symbols:?}");
}

#[tokio::test]
async fn facts_and_messages_are_narrowed_as_the_help_is() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("d/ARN");
    assert!(app.screen().contains("arn:aws:lambda") && !app.screen().contains("runtime "), "{}", app.screen());
    app.keys("<enter><esc><esc>!").paste("no command").keys("/listfunctions");
    assert!(app.screen().contains("ListFunctions") && !app.screen().contains("GetFunction "), "{}", app.screen());
    app.keys("<backspace>").paste("\n");
    assert!(app.screen().contains("/listfunction"), "{}", app.screen());
}

#[tokio::test]
async fn a_value_is_copied_by_itself_and_a_masked_one_while_it_is_revealed() {
    let (_, server) = shop().await;
    let mut app = Harness::new(&server).await;
    app.keys("y");
    assert!(!app.screen().contains("v value"), "{}", app.screen());
    app.keys("v<esc>/orders-api<enter><enter>").idle().await;
    app.keys("/role<enter>y");
    assert!(app.screen().contains("v value"), "{}", app.screen());
    app.keys("v");
    assert!(handed_out(&app).last().unwrap().starts_with("arn:aws:iam::"), "{:?}", handed_out(&app));
    app.keys("<esc>/TABLE<enter>yv");
    assert!(app.screen().contains("TABLE is masked"), "{}", app.screen());
    app.keys("vyv");
    assert_eq!(handed_out(&app).last().unwrap(), "orders");
}

/// Keys that came together, as a paste comes in a terminal that does not bracket it.
fn hasty(app: &mut Harness, keys: &str) {
    for chord in Chord::sequence(keys).unwrap() {
        app.message(Msg::Hasty(chord));
    }
}

#[tokio::test]
async fn a_command_that_ends_the_program_or_leaves_the_session_wants_enter_by_itself() {
    let demo = Demo::with_functions(clock(), 3);
    let mut app = Harness::in_process(demo, |_, _| {});
    app.idle().await;
    for line in [":q", "s:q", ":suspend", ":region us-east-1", ":region us-e<down>", ":invoke"] {
        hasty(&mut app, &format!("{line}<enter>"));
        app.idle().await;
        assert_eq!(app.demands(), [], "{line}");
        assert_eq!(&*app.model().session.region(), "eu-west-1", "{line}");
        let refused = app.screen().contains("enter came together with other keys, as in a paste: press it by itself");
        assert_eq!(refused, line != ":invoke", "{line}: {}", app.screen());
        app.keys("<esc>").later(Duration::from_mins(1));
    }
    hasty(&mut app, ":q");
    app.keys("<enter>");
    assert!(app.has_quit());
}
