//! Layers: what is published, who may use it, and what AWS says when that changes.

use serde_json::{Value, json};

use super::{empty, get, json_of, send};
use crate::demo::Demo;

const LAYER: &str = "/2018-10-31/layers/common";

fn demo() -> Demo {
    let demo = empty();
    demo.put_layer(json!({"LayerName": "common", "Versions": [{"Description": "one"}, {"Description": "two"}]}));
    demo
}

async fn post(demo: &Demo, uri: &str, body: Value) -> (u16, Value) {
    let answer = send(demo, "POST", uri, &[], &body.to_string()).await;
    (answer.status().as_u16(), json_of(&answer))
}

async fn status(demo: &Demo, method: &str, uri: &str) -> u16 {
    send(demo, method, uri, &[], "").await.status().as_u16()
}

fn grant(sid: &str) -> Value {
    json!({"StatementId": sid, "Action": "lambda:GetLayerVersion", "Principal": "111122223333"})
}

#[tokio::test]
async fn a_policy_comes_and_goes_with_its_statements_and_its_revision() {
    let demo = demo();
    let uri = format!("{LAYER}/versions/2/policy");
    assert_eq!(status(&demo, "GET", &uri).await, 404);
    let (code, first) = post(&demo, &uri, grant("a")).await;
    assert_eq!(code, 201);
    let told: Value = serde_json::from_str(first["Statement"].as_str().unwrap()).unwrap();
    assert_eq!(told["Principal"]["AWS"], "arn:aws:iam::111122223333:root");
    assert_eq!(post(&demo, &uri, grant("a")).await.0, 409);
    assert_eq!(post(&demo, &format!("{uri}?RevisionId=x"), grant("b")).await.0, 412);
    let revision = get(&demo, &uri).await["RevisionId"].as_str().unwrap().to_owned();
    assert_eq!(first["RevisionId"], revision.as_str());
    assert_eq!(post(&demo, &format!("{uri}?RevisionId={revision}"), grant("b")).await.0, 201);
    assert_ne!(get(&demo, &uri).await["RevisionId"], revision.as_str());
    assert_eq!(status(&demo, "DELETE", &format!("{uri}/a")).await, 204);
    assert_eq!(status(&demo, "DELETE", &format!("{uri}/a")).await, 404);
    assert_eq!(status(&demo, "DELETE", &format!("{uri}/b")).await, 204);
    assert_eq!(status(&demo, "GET", &uri).await, 404);
    let refused = json!({"StatementId": "c d", "Action": "lambda:GetLayerVersion", "Principal": "*"});
    assert_eq!(post(&demo, &uri, refused).await.0, 400);
}

#[tokio::test]
async fn a_deleted_number_is_not_given_again() {
    let demo = demo();
    assert_eq!(status(&demo, "DELETE", &format!("{LAYER}/versions/2")).await, 204);
    assert_eq!(status(&demo, "DELETE", &format!("{LAYER}/versions/2")).await, 204);
    assert_eq!(status(&demo, "GET", &format!("{LAYER}/versions/2")).await, 404);
    // "UEsDBA==" are the first four bytes of a zip file.
    let (code, made) = post(&demo, &format!("{LAYER}/versions"), json!({"Content": {"ZipFile": "UEsDBA=="}})).await;
    assert_eq!((code, &made["Version"], &made["Content"]["CodeSize"]), (201, &json!(3), &json!(4)));
    let listed = get(&demo, &format!("{LAYER}/versions")).await;
    assert_eq!(listed["LayerVersions"][0]["Version"], 3);
    let (code, _) = post(&demo, &format!("{LAYER}/versions"), json!({"Content": {"ZipFile": "aGVsbG8="}})).await;
    assert_eq!(code, 400);
}

#[tokio::test]
async fn layers_of_others_are_read_by_arn_if_they_are_public_and_are_in_no_list() {
    let demo = demo();
    let public = json!([{"Sid": "all", "Principal": "*"}]);
    demo.put_layer(json!({"LayerName": "open", "Owner": "336392948345", "Versions": [{"Policy": public}]}));
    demo.put_layer(json!({"LayerName": "shut", "Owner": "111122223333", "Versions": [{}]}));
    assert_eq!(get(&demo, "/2018-10-31/layers").await["Layers"].as_array().map(Vec::len), Some(1));
    let by_arn = |owner: &str, name: &str| {
        format!("/2018-10-31/layers?find=LayerVersion&Arn=arn:aws:lambda:us-east-1:{owner}:layer:{name}:1")
    };
    assert_eq!(get(&demo, &by_arn("336392948345", "open")).await["Version"], 1);
    assert_eq!(status(&demo, "GET", &by_arn("111122223333", "shut")).await, 403);
    assert_eq!(status(&demo, "GET", &by_arn("123456789012", "gone")).await, 404);
    let versions = "/2018-10-31/layers/arn:aws:lambda:us-east-1:336392948345:layer:open/versions";
    assert_eq!(status(&demo, "GET", versions).await, 403);
}
