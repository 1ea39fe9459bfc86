//! The account of `--demo`: everything is in it, and it moves.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::super::Demo;
use super::{NOON, all_functions, get, json_of, send, showcase};

#[tokio::test]
async fn a_search_goes_on_over_pages_and_finds_each_event_once() {
    let (demo, _) = showcase();
    demo.page_size(40);
    let target = [("x-amz-target", "Logs_20140328.FilterLogEvents")];
    let mut body = json!({"logGroupName": "/aws/lambda/orders-api", "startTime": (NOON - 120) * 1000});
    let mut ids = Vec::new();
    loop {
        let page = json_of(&send(&demo, "POST", "/", &target, &body.to_string()).await);
        ids.extend(page["events"].as_array().unwrap().iter().map(|event| event["eventId"].to_string()));
        match page.get("nextToken") {
            Some(token) => body["nextToken"] = token.clone(),
            None => break,
        }
    }
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert!(ids.len() > 100 && distinct.len() == ids.len(), "{} of {}", distinct.len(), ids.len());
}

/// How many events of a log group each owner of streams has from a moment on, in seconds since 1970: `[7]`.
async fn owners(demo: &Demo, group: &str, from: i64) -> BTreeMap<String, usize> {
    let target = [("x-amz-target", "Logs_20140328.FilterLogEvents")];
    let body = json!({"logGroupName": group, "startTime": from * 1000});
    let page = json_of(&send(demo, "POST", "/", &target, &body.to_string()).await);
    assert!(page.get("nextToken").is_none());
    let mut owners = BTreeMap::new();
    for event in page["events"].as_array().unwrap() {
        let stream = event["logStreamName"].as_str().unwrap().rsplit('/').next().unwrap();
        *owners.entry(stream.split_inclusive(']').next().unwrap().to_owned()).or_default() += 1;
    }
    owners
}

#[tokio::test]
async fn invocations_are_logged_in_the_streams_of_the_versions_that_aliases_lead_to() {
    let (demo, time) = showcase();
    let group = "/aws/lambda/orders-api";
    let before = owners(&demo, group, NOON - 1800).await;
    assert_eq!(before.keys().collect::<Vec<_>>(), ["[$LATEST]", "[10]", "[11]", "[12]"]);
    assert!(before["[11]"] > 5 * before["[12]"] && before["[12]"] > before["[10]"], "{before:?}");
    let uri = "/2015-03-31/functions/orders-api/aliases/live";
    let answer = send(&demo, "PUT", uri, &[], r#"{"FunctionVersion":"12","RoutingConfig":{}}"#).await;
    assert_eq!(answer.status(), 200, "{}", json_of(&answer));
    time.fetch_add(300, Ordering::SeqCst);
    let after = owners(&demo, group, NOON + 3).await;
    assert!(!after.contains_key("[11]") && after["[12]"] > 100, "{after:?}");
    send(&demo, "DELETE", "/2015-03-31/functions/orders-api", &[], "").await;
    time.fetch_add(300, Ordering::SeqCst);
    assert_eq!(owners(&demo, group, NOON + 303).await, BTreeMap::new(), "nobody reaches what is not there");
    let shared = owners(&demo, "/billing/shared", NOON - 3600).await;
    assert_eq!(shared.keys().collect::<Vec<_>>(), ["billing-invoice-run[$LATEST]", "billing-ledger[$LATEST]"]);
}

#[tokio::test]
async fn the_showcase_shows_every_state_runtime_and_source() {
    let (demo, _) = showcase();
    let listed: Vec<Value> = all_functions(&demo).await.concat();
    assert!(listed.len() >= 90, "{}", listed.len());
    let mut states = std::collections::BTreeSet::new();
    for function in &listed {
        let name = function["FunctionName"].as_str().unwrap();
        let got = get(&demo, &format!("/2015-03-31/functions/{name}")).await;
        states.insert(got["Configuration"]["State"].as_str().unwrap().to_owned());
        assert!(function["Description"].as_str().unwrap().encode_utf16().count() <= 256, "{name}");
        assert!(name.len() <= 64, "{name}");
    }
    for state in
        ["Active", "Pending", "Inactive", "Failed", "Deactivating", "Deactivated", "ActiveNonInvocable", "Deleting"]
    {
        assert!(states.contains(state), "{state}");
    }
    let mappings = get(&demo, "/2015-03-31/event-source-mappings").await;
    assert_eq!(mappings["EventSourceMappings"].as_array().map(Vec::len), Some(18));
    let layers = get(&demo, "/2018-10-31/layers").await;
    assert_eq!(layers["Layers"].as_array().map(Vec::len), Some(10));
}

#[tokio::test]
async fn the_showcase_moves_while_one_watches() {
    let (demo, time) = showcase();
    let uri = "/2015-03-31/functions/orders-preview-1842/configuration";
    assert_eq!(get(&demo, uri).await["State"], "Pending");
    let mut moved = 0;
    let before: Vec<Value> = all_functions(&demo).await.concat();
    time.fetch_add(95, Ordering::SeqCst);
    assert_eq!(get(&demo, uri).await["State"], "Active");
    for (then, now) in before.iter().zip(all_functions(&demo).await.concat()) {
        moved += usize::from(then["RevisionId"] != now["RevisionId"]);
    }
    // Deployments began at 30, 60 and 90 s; the last is still in progress.
    assert_eq!(moved, 2);
}

#[tokio::test]
async fn the_same_clock_gives_the_same_answers() {
    let (one, two) = (showcase().0, showcase().0);
    assert_eq!(all_functions(&one).await, all_functions(&two).await);
    assert_eq!(one.counts().get("ListFunctions"), Some(&3));
}
