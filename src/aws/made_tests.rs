//! What the lists tell of changes whose answers were lost.

use super::super::alias_call::Second;
use super::super::concurrency_call::Whose;
use super::super::far_end::{FarEnd, Reply};
use super::super::layer_policy::Grantee;
use super::super::mapping::MappingSetting;
use super::super::mapping::mapping;
use super::super::{LayerPolicy, Package, Split, Text, versions};
use super::*;

fn live() -> Alias {
    Alias {
        name: "live".into(),
        arn: "arn:aws:lambda:eu-west-1:1:function:f:live".into(),
        description: "production".into(),
        version: "11".into(),
        weights: vec![("12".into(), 0.1)],
        revision_id: None,
    }
}

#[test]
fn an_alias_tells_what_came_of_it() {
    let update = |version: Option<&str>, second: Option<Split>, description: Option<&str>| AliasCall::Update {
        seen: live(),
        version: version.map(Text::line),
        second,
        description: description.map(str::to_owned),
    };
    let promoted = Alias { version: "12".into(), weights: Vec::new(), ..live() };
    let promote = update(Some("12"), Some(Split(None)), None);
    assert!(promote.made(&[&promoted]) && !promote.made(&[&live()]) && !promote.made(&[]));
    let shift = update(None, Some(Split(Some(Second { version: "12".into(), permille: 250 }))), None);
    assert!(shift.made(&[&Alias { weights: vec![("12".into(), 0.25)], ..live() }]) && !shift.made(&[&live()]));
    let words = update(None, None, Some("new"));
    assert!(words.made(&[&Alias { description: "new".into(), ..live() }]) && !words.made(&[&live()]));
    let delete = AliasCall::Delete { seen: live() };
    assert!(delete.made(&[]) && !delete.made(&[&live()]));
    let (function, name, version) = ("f".into(), "live".into(), "11".into());
    let create = AliasCall::Create { function, name, version, second: None, description: String::new() };
    assert!(create.made(&[&live()]) && !create.made(&[]) && !create.made(&[&promoted]));
}

async fn published(numbers: &[(&str, &str)]) -> Vec<Version> {
    let told: Vec<String> = numbers
        .iter()
        .map(|(number, memory)| {
            format!(r#"{{"Version":"{number}","FunctionArn":"arn:aws:lambda:r:1:function:f:{number}","MemorySize":{memory}}}"#)
        })
        .collect();
    let far_end = FarEnd::of([Reply::json(&format!(r#"{{"Versions":[{}]}}"#, told.join(",")))]);
    let mut all = Vec::new();
    versions(far_end.aws().await, "f".into(), None, |page, _| all.extend(page)).await.unwrap();
    all
}

#[tokio::test]
async fn a_version_is_published_if_one_is_newer_than_before_and_nothing_is_told_where_none_would_be() {
    let all = published(&[("$LATEST", "512"), ("7", "128"), ("6", "128")]).await;
    let publish = |newest| VersionCall::Publish { seen: Box::new(all[0].clone()), newest, description: String::new() };
    let all: Vec<&Version> = all.iter().collect();
    assert_eq!([publish(Some(6)).made(&all), publish(Some(7)).made(&all)], [Some(true), Some(false)]);
    assert_eq!([publish(None).made(&all), publish(None).made(&all[..1])], [Some(true), Some(false)]);
    let same = VersionCall::Publish { seen: Box::new(all[1].clone()), newest: Some(7), description: String::new() };
    assert_eq!(same.made(&all), None, "AWS would have made nothing");
    let delete = VersionCall::Delete { seen: Box::new(all[2].clone()) };
    assert_eq!([delete.made(&all), delete.made(&all[..2])], [Some(false), Some(true)]);
}

#[test]
fn what_is_set_aside_tells_what_was_asked_for() {
    let of = || Whose { name: "f".into(), arn: "f".into() };
    let now = |reserved| Concurrency { reserved, provisioned: None };
    let stop = ConcurrencyCall::Reserve { of: of(), seen: None, executions: 0 };
    assert_eq!([stop.made(&now(Some(0))), stop.made(&now(None))], [Some(true), Some(false)]);
    let release = ConcurrencyCall::Release { of: of(), seen: None };
    assert_eq!([release.made(&now(None)), release.made(&now(Some(0)))], [Some(true), Some(false)]);
    let warm = ConcurrencyCall::Provision { of: of(), qualifier: "live".into(), seen: None, executions: 2 };
    let none = Concurrency { reserved: None, provisioned: Some(Vec::new()) };
    assert_eq!([warm.made(&now(None)), warm.made(&none)], [None, Some(false)], "what may not be read tells nothing");
}

#[test]
fn versions_and_statements_of_layers_are_there_or_gone() {
    let layer = || Text::known("arn:aws:lambda:r:1:layer:shared");
    let all = [LayerVersion::bare(2, &layer())];
    let delete = |version| LayerCall::Delete { layer: layer(), version };
    assert_eq!([1, 2].map(|version| delete(version).made_version(all.iter())), [Some(true), Some(false)]);
    let package = || Package::Object { bucket: "b".to_owned(), key: "k".to_owned() };
    let publish = |newest| LayerCall::Publish {
        layer: "shared".into(),
        package: package(),
        newest,
        description: String::new(),
        runtimes: Vec::new(),
        architectures: Vec::new(),
        license: String::new(),
    };
    let told = [None, Some(1), Some(2)].map(|newest| publish(newest).made_version(all.iter()));
    assert_eq!(told, [Some(true), Some(true), Some(false)]);
    assert!(publish(None).is_of("shared") && delete(1).is_of("shared") && !delete(1).is_of("other"));
    let (sid, seen) = ("a".into(), LayerPolicy::default());
    let share = LayerCall::Share { layer: layer(), version: 1, sid, grantee: Grantee::Everyone, seen };
    assert_eq!((share.made_statement([].iter()), share.made_version(all.iter())), (Some(false), None));
}

#[tokio::test]
async fn a_mapping_tells_its_state_and_its_settings() {
    let told = r#"{"UUID":"8f0c","EventSourceArn":"arn:aws:sqs:r:1:orders","FunctionArn":"arn:aws:lambda:r:1:function:f:live",
        "State":"Disabling","BatchSize":10,"FilterCriteria":{"Filters":[{"Pattern":"{\"a\": [1]}"}]}}"#;
    let now = mapping(&FarEnd::of([Reply::json(told)]).aws().await, "8f0c").await.unwrap().unwrap();
    let (seen, all) = (|| Box::new(now.clone()), [&now]);
    let switch = |on| MappingCall::Switch { seen: seen(), on }.made(&all);
    assert_eq!([switch(false), switch(true)], [Some(true), Some(false)]);
    let edit = |to: &str, function: Option<&str>| {
        let change = Change { setting: MappingSetting::BatchSize, from: "5".to_owned(), to: to.to_owned() };
        MappingCall::Edit { seen: seen(), changes: vec![change], function: function.map(str::to_owned) }.made(&all)
    };
    assert_eq!([edit("10", None), edit("11", None), edit("10", Some("f"))], [Some(true), Some(false), Some(false)]);
    let arn = "arn:aws:lambda:r:1:function:f:live";
    assert_eq!([edit("10", Some("f:live")), edit("10", Some(arn))], [Some(true); 2]);
    let filter = |patterns: &[&str]| {
        MappingCall::Filter { seen: seen(), patterns: patterns.iter().map(ToString::to_string).collect() }.made(&all)
    };
    assert_eq!(
        [filter(&[r#"{"a":[1]}"#]), filter(&[]), filter(&[r#"{"a":[2]}"#])],
        [Some(true), Some(false), Some(false)]
    );
    let delete = MappingCall::Delete { seen: seen(), save: None };
    assert_eq!([delete.made(&all), delete.made(&[])], [Some(false), Some(true)]);
    let new = |function: &str| {
        let source = now.source.clone();
        let (function, settings, patterns) = (function.to_owned(), Vec::new(), Vec::new());
        MappingCall::Create(Box::new(NewMapping {
            function,
            source,
            start_at: None,
            enabled: false,
            settings,
            patterns,
        }))
    };
    assert_eq!([new("f:live").made(&all), new("f").made(&all)], [Some(true), Some(false)]);
}
