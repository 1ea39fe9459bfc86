//! The account as a whole: what it answers over the wire protocol.

mod layers;
mod logs;
mod reading;
mod running;
mod showcase;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use chrono::DateTime;
use http::{Request, Response};
use serde_json::Value;

use super::{Answer, Clock, Demo};

/// 2026-11-21T12:00:00Z.
const NOON: i64 = 1_795_262_400;

/// A clock that is moved by hand, in seconds.
fn clock() -> (Clock, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(NOON));
    let shown = time.clone();
    (Arc::new(move || DateTime::from_timestamp(shown.load(Ordering::SeqCst), 0).unwrap()), time)
}

fn empty() -> Demo {
    Demo::empty(clock().0)
}

/// The showcase without its latency.
fn showcase() -> (Demo, Arc<AtomicI64>) {
    let (clock, time) = clock();
    let demo = Demo::account(clock);
    demo.latency(Duration::ZERO);
    (demo, time)
}

async fn send(demo: &Demo, method: &str, uri: &str, headers: &[(&str, &str)], body: &str) -> Response<Vec<u8>> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    match demo.handle(request.body(body.as_bytes().to_vec()).unwrap()).await {
        Answer::Response(response) => response,
        other => panic!("no response: {other:?}"),
    }
}

fn json_of(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

fn header<'a>(response: &'a Response<Vec<u8>>, name: &str) -> Option<&'a str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

async fn get(demo: &Demo, uri: &str) -> Value {
    json_of(&send(demo, "GET", uri, &[], "").await)
}

async fn invoke(demo: &Demo, name: &str, payload: &str) -> Response<Vec<u8>> {
    let uri = format!("/2015-03-31/functions/{name}/invocations");
    send(demo, "POST", &uri, &[("x-amz-log-type", "Tail")], payload).await
}

async fn all_functions(demo: &Demo) -> Vec<Vec<Value>> {
    let mut pages = Vec::new();
    let mut marker = String::new();
    loop {
        let page = get(demo, &format!("/2015-03-31/functions?MaxItems=10000&Marker={marker}")).await;
        pages.push(page["Functions"].as_array().unwrap().clone());
        match page["NextMarker"].as_str() {
            Some(next) => marker = next.to_owned(),
            None => return pages,
        }
    }
}
