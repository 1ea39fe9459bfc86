//! Log groups over the wire: pages as uneven as AWS's, and live tails with what ends them.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use aws_smithy_eventstream::frame::read_message_from;
use chrono::TimeDelta;
use futures_util::{Stream, StreamExt as _};
use http::Request;
use serde_json::{Value, json};

use super::super::{Answer, Demo, Fault, FunctionSeed, LogQuirks, TailEnd};
use super::{NOON, clock, empty, json_of, send};

async fn ask(demo: &Demo, operation: &str, body: &Value) -> Value {
    let target = format!("Logs_20140328.{operation}");
    json_of(&send(demo, "POST", "/", &[("x-amz-target", &target)], &body.to_string()).await)
}

/// All events of a group, page by page, in the order they came; and how many pages there were.
async fn events(demo: &Demo, mut body: Value) -> (Vec<Value>, usize) {
    let (mut events, mut pages) = (Vec::new(), 0);
    loop {
        let page = ask(demo, "FilterLogEvents", &body).await;
        events.extend(page["events"].as_array().unwrap().clone());
        pages += 1;
        match page.get("nextToken") {
            Some(token) => body["nextToken"] = token.clone(),
            None => return (events, pages),
        }
    }
}

/// The frames of a live tail: what kind, and what it says.
async fn tail(demo: &Demo, groups: &[&str], pattern: Option<&str>) -> impl Stream<Item = (String, Value)> + Unpin {
    let arns: Vec<String> =
        groups.iter().map(|group| format!("arn:aws:logs:eu-west-1:123456789012:log-group:{group}")).collect();
    let body = json!({"logGroupIdentifiers": arns, "logEventFilterPattern": pattern});
    let request = Request::post("/").header("x-amz-target", "Logs_20140328.StartLiveTail");
    match demo.handle(request.body(body.to_string().into_bytes()).unwrap()).await {
        Answer::Stream(response) => {
            let frames = response.into_body().stream().filter_map(async |bytes| {
                let bytes = bytes.ok().filter(|bytes| !bytes.is_empty())?;
                let message = read_message_from(&mut bytes.clone()).unwrap();
                let header = |name: &str| {
                    let header = message.headers().iter().find(|header| header.name().as_str() == name)?;
                    Some(header.value().as_string().ok()?.as_str().to_owned())
                };
                let kind = header(":event-type").or_else(|| header(":exception-type")).unwrap();
                Some((kind, serde_json::from_slice(message.payload()).unwrap()))
            });
            Box::pin(frames)
        }
        other => panic!("no stream: {other:?}"),
    }
}

fn messages(update: &Value) -> Vec<&str> {
    update["sessionResults"].as_array().unwrap().iter().map(|event| event["message"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn pages_repeat_shuffle_and_come_empty_and_nothing_is_missing() {
    let demo = empty();
    (0..100).for_each(|n| demo.put_log_event_at("g", "s", 1_000 + n / 10, &format!("line {n}")));
    demo.page_size(7);
    demo.log_quirks(LogQuirks { repeated: 3, hollow: true, shuffled: true, late: 0 });
    let (found, pages) = events(&demo, json!({"logGroupName": "g"})).await;
    let ids: BTreeSet<&str> = found.iter().map(|event| event["eventId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 100);
    assert!(found.len() > 140 && pages > 40, "{} events on {pages} pages", found.len());
    assert!(!found.is_sorted_by_key(|event| event["timestamp"].as_i64()));
}

#[tokio::test]
async fn a_page_ends_at_a_megabyte_and_strange_lines_come_as_they_are() {
    let demo = empty();
    let strange = ["x".repeat(262_118), "\u{1b}[31mhalf".to_owned(), "a\0b\r\nc\n".to_owned(), "\t".repeat(10_000)];
    for (at, line) in (-1..).zip(&strange) {
        demo.put_log_event_at("g", "s", at * 5_000_000_000_000, line);
    }
    (0..5).for_each(|_| demo.put_log_event("g", "s", &strange[0]));
    let (found, pages) = events(&demo, json!({"logGroupName": "g"})).await;
    assert_eq!((found.len(), pages), (9, 2));
    assert_eq!(found[0]["timestamp"], -5_000_000_000_000_i64);
    assert!(strange.iter().all(|line| found.iter().any(|event| event["message"] == line.as_str())));
}

#[tokio::test]
async fn the_newest_come_first_when_asked_for_since_2024() {
    let demo = empty();
    (0..10).for_each(|n| demo.put_log_event_at("g", "s", NOON * 1000 + n / 2, &n.to_string()));
    demo.page_size(3);
    let body = |from: i64| json!({"logGroupName": "g", "startTime": from, "startFromHead": false});
    let (found, pages) = events(&demo, body(NOON * 1000)).await;
    let told: Vec<_> = found.iter().map(|event| event["message"].as_str().unwrap()).collect();
    assert_eq!((told, pages), (vec!["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"], 4));
    let refused = ask(&demo, "FilterLogEvents", &body(5)).await;
    assert_eq!(refused["__type"], "InvalidParameterException");
}

#[tokio::test]
async fn a_line_that_turns_up_late_is_of_the_past_and_read_from_now_on() {
    let (clock, time) = clock();
    let demo = Demo::empty(clock);
    demo.put_log_event("g", "s", "in time");
    time.fetch_add(60, Ordering::SeqCst);
    demo.put_log_event_at("g", "s", NOON * 1000 - 5_000, "late");
    let (found, _) = events(&demo, json!({"logGroupName": "g"})).await;
    let told: Vec<_> =
        found.iter().map(|event| (event["message"].as_str().unwrap(), &event["ingestionTime"])).collect();
    assert_eq!(told, [("late", &json!((NOON + 60) * 1000)), ("in time", &json!(NOON * 1000))]);
}

#[tokio::test]
async fn a_live_tail_tells_what_comes_into_its_groups_and_nothing_of_before() {
    let demo = empty();
    demo.put_log_event("a", "s", "before");
    demo.put_log_event("b", "s", "before");
    let mut frames = tail(&demo, &["a", "b"], Some("line")).await;
    assert_eq!(frames.next().await.unwrap().0, "initial-response");
    let (kind, start) = frames.next().await.unwrap();
    assert_eq!((kind.as_str(), start["logGroupIdentifiers"].as_array().unwrap().len()), ("sessionStart", 2));
    demo.put_log_event("a", "s", "line 1");
    let (kind, update) = frames.next().await.unwrap();
    assert_eq!((kind.as_str(), messages(&update)), ("sessionUpdate", vec!["line 1"]));
    assert_eq!(update["sessionMetadata"]["sampled"], false);
    demo.put_log_event("a", "s", "something else");
    demo.put_log_event("b", "s", "line 2");
    let (_, update) = frames.next().await.unwrap();
    assert_eq!(messages(&update), ["line 2"]);
    assert_eq!(update["sessionResults"][0]["logGroupIdentifier"], "123456789012:b");
    assert_eq!(demo.journal(), ["StartLiveTail a+b"]);
}

#[tokio::test]
async fn a_live_tail_says_every_second_that_nothing_came_and_ends_after_three_hours() {
    let (clock, time) = clock();
    let demo = Demo::empty(clock);
    demo.put_log_event("a", "s", "before");
    let mut frames = tail(&demo, &["a"], None).await.skip(2);
    let (kind, update) = frames.next().await.unwrap();
    assert_eq!((kind.as_str(), messages(&update).len()), ("sessionUpdate", 0));
    time.fetch_add(3 * 3600, Ordering::SeqCst);
    assert_eq!(frames.next().await.unwrap().0, "SessionTimeoutException");
    assert_eq!(frames.next().await, None);
}

#[tokio::test]
async fn of_more_than_500_events_a_live_tail_tells_a_sample() {
    let demo = empty();
    demo.put_log_event("a", "s", "before");
    let mut frames = tail(&demo, &["a"], None).await.skip(2);
    (0..1_200).for_each(|n| demo.put_log_event("a", "s", &n.to_string()));
    let (_, update) = frames.next().await.unwrap();
    assert_eq!((messages(&update).len(), &update["sessionMetadata"]["sampled"]), (400, &json!(true)));
}

#[tokio::test]
async fn live_tails_end_as_they_are_told_to() {
    let ends = [
        (TailEnd::TimedOut, Some("SessionTimeoutException")),
        (TailEnd::Failed, Some("SessionStreamingException")),
        (TailEnd::Reset, None),
    ];
    for (how, last) in ends {
        let demo = empty();
        demo.put_log_event("a", "s", "before");
        demo.fail_times("StartLiveTail", 1, Fault::TailEnds { after: 1, how });
        let mut frames = tail(&demo, &["a"], None).await.skip(2);
        demo.put_log_event("a", "s", "line");
        assert_eq!(frames.next().await.unwrap().0, "sessionUpdate");
        assert_eq!(frames.next().await.map(|(kind, _)| kind).as_deref(), last, "{how:?}");
    }
}

#[tokio::test]
async fn a_live_tail_of_what_is_not_there_is_refused_by_name() {
    let demo = empty();
    let refusal = async |groups: Value| {
        let answer = ask(&demo, "StartLiveTail", &json!({ "logGroupIdentifiers": groups })).await;
        answer["__type"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(refusal(json!(["arn:aws:logs:eu-west-1:1:log-group:x"])).await, "ResourceNotFoundException");
    assert_eq!(refusal(json!(["x"])).await, "InvalidParameterException");
    assert_eq!(refusal(json!(["arn:aws:logs:eu-west-1:1:log-group:x:*"])).await, "InvalidParameterException");
    assert_eq!(refusal(json!(vec!["x"; 11])).await, "InvalidParameterException");
}

#[tokio::test]
async fn what_functions_log_by_themselves_is_read_once_however_often_one_looks() {
    let (clock, time) = clock();
    let demo = Demo::empty(clock);
    let mut seed = FunctionSeed::named("busy");
    seed.life.invoked_every_seconds = Some(2);
    demo.put_function(seed);
    let from = NOON * 1000;
    let mut polled = BTreeSet::new();
    for _ in 0..30 {
        time.fetch_add(2, Ordering::SeqCst);
        let (found, _) = events(&demo, json!({"logGroupName": "/aws/lambda/busy", "startTime": from})).await;
        polled.extend(found.iter().map(|event| event["eventId"].as_str().unwrap().to_owned()));
    }
    time.fetch_add(60, Ordering::SeqCst);
    let to = from + TimeDelta::seconds(50).num_milliseconds();
    let (found, _) = events(&demo, json!({"logGroupName": "/aws/lambda/busy", "startTime": from, "endTime": to})).await;
    assert!(found.len() > 80, "{}", found.len());
    assert!(found.iter().all(|event| polled.contains(event["eventId"].as_str().unwrap())));
}
