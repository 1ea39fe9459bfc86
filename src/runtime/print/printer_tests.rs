use std::cell::RefCell;

use serde_json::{Value, json};

use super::*;
use crate::aws::far_end::{FarEnd, Reply};

/// Prints what the far end answers into memory, and notes what a person is told.
async fn printer<'a>(
    far_end: &FarEnd,
    out: &'a mut Vec<u8>,
    told: &'a RefCell<Vec<String>>,
) -> Printer<&'a mut Vec<u8>, impl Fn(&str) + 'a> {
    Printer {
        aws: far_end.aws().await,
        subject: Subject::of_group("/g".into()),
        form: Form { group: "/g".into(), json: false, colour: false },
        filter: LogFilter::parse("").unwrap(),
        out,
        tell: |words: &str| told.borrow_mut().push(words.to_owned()),
        follow: true,
        seen: Seen::default(),
        running: Running::default(),
        counts: Counts::default(),
    }
}

fn page(events: &[(i64, &str)]) -> Reply {
    let event = |(at, message): &(i64, &str)| -> Value {
        json!({"timestamp": at, "message": message, "logStreamName": "s", "eventId": format!("{at}{message}")})
    };
    Reply::json(&json!({"events": events.iter().map(event).collect::<Vec<_>>()}).to_string())
}

fn messages(out: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(out);
    text.lines().filter_map(|line| line.split_once(' ').map(|(_, message)| message.to_owned())).collect()
}

#[tokio::test]
async fn what_is_sent_late_is_found_once_among_the_last_minutes() {
    let now = Utc::now().timestamp_millis();
    let known = [(now - 200_000, "old"), (now, "new")];
    let late = [(now, "new"), (now - 150_000, "late"), (now - 200_000, "old")];
    let far_end = FarEnd::of([page(&known), page(&late), page(&late)]);
    let (mut out, told) = (Vec::new(), RefCell::default());
    let mut printer = printer(&far_end, &mut out, &told).await;
    let mut follows = Following::new(now - 250_000);
    printer.step(&mut follows, POLL).await.unwrap();
    assert_eq!(follows.due(), POLL * 2, "the poll comes first");
    follows.poll = Duration::from_mins(2);
    let due = follows.due();
    assert_eq!(due, Duration::from_secs(30));
    printer.step(&mut follows, due).await.unwrap();
    let due = follows.due();
    printer.step(&mut follows, due).await.unwrap();
    drop(printer);
    assert_eq!(messages(&out), ["old", "new", "late"]);
    let asked = far_end.journal();
    assert!(
        asked[1].contains(r#""startFromHead":false"#) && asked[1].contains(&(now - 250_000).to_string()),
        "{asked:?}"
    );
    assert!(told.borrow().is_empty());
}

#[tokio::test]
async fn a_full_page_without_a_token_is_not_taken_for_the_end() {
    let all: Vec<(i64, &str)> = (0..10_000).map(|n| (n, "x")).collect();
    let far_end = FarEnd::of([page(&all), page(&[(9_999, "x"), (9_999, "behind")])]);
    let (mut out, told) = (Vec::new(), RefCell::default());
    printer(&far_end, &mut out, &told).await.read(0, None).await.unwrap();
    assert!(far_end.journal()[1].contains(r#""startTime":9999"#), "{:?}", far_end.journal()[1]);
    assert_eq!((messages(&out).len(), messages(&out).last().map(String::as_str)), (10_001, Some("behind")));

    let all: Vec<(i64, &str)> = (0..10_000).map(|_| (7, "x")).collect();
    let far_end = FarEnd::of([page(&all), page(&[])]);
    printer(&far_end, &mut out, &told).await.read(7, None).await.unwrap();
    assert!(far_end.journal()[1].contains(r#""startTime":8"#), "it gets on");
    let told = told.into_inner();
    assert!(told[0].starts_with("more than 10000 events are of 1970-01-01T00:00:00.007Z"), "{told:?}");
}

#[tokio::test]
async fn a_filter_by_request_prints_what_the_function_printed_without_its_number() {
    let said = [
        (1, "START RequestId: 8f0c Version: 7"),
        (2, "no stock"),
        (3, "REPORT RequestId: 8f0c Duration: 9 ms"),
        (4, "START RequestId: 02b7 Version: 7"),
        (5, "sold"),
    ];
    let far_end = FarEnd::of([page(&said[..1]), page(&said[1..])]);
    let (mut out, told) = (Vec::new(), RefCell::default());
    let mut printer = printer(&far_end, &mut out, &told).await;
    printer.filter = LogFilter::parse("request:8f !start").unwrap();
    printer.read(0, None).await.unwrap();
    printer.read(0, None).await.unwrap();
    drop(printer);
    assert_eq!(messages(&out), ["no stock", "REPORT RequestId: 8f0c Duration: 9 ms"]);
}
