//! Changes of aliases: what is sent, what is not, and what is said of it.

use super::super::call::Call;
use super::super::far_end::{FarEnd, Reply};
use super::*;

const FUNCTION: &str = "arn:aws:lambda:eu-west-1:123456789012:function:orders-api";

fn live() -> Alias {
    Alias {
        name: "live".into(),
        arn: format!("{FUNCTION}:live").into(),
        description: "serves production".into(),
        version: "11".into(),
        weights: vec![("12".into(), 0.1)],
        revision_id: Some("rev-1".into()),
    }
}

fn answer(version: &str, revision: &str) -> Reply {
    Reply::json(&format!(
        r#"{{"Name":"live","AliasArn":"{FUNCTION}:live","FunctionVersion":"{version}","Description":"serves production","RevisionId":"{revision}",
        "RoutingConfig":{{"AdditionalVersionWeights":{{"12":0.1}}}}}}"#
    ))
}

fn second(version: &'static str, permille: u16) -> Second {
    Second { version: version.into(), permille }
}

fn shift(permille: u16) -> AliasCall {
    AliasCall::Update {
        seen: live(),
        version: None,
        second: Some(Split(Some(second("12", permille)))),
        description: None,
    }
}

fn promote() -> AliasCall {
    AliasCall::Update { seen: live(), version: Some("12".into()), second: Some(Split(None)), description: None }
}

#[test]
fn sentences_say_who_gets_how_much() {
    let sentences = [
        (shift(250), "UpdateAlias live of orders-api: 75 % to 11, 25 % to 12"),
        (shift(333), "UpdateAlias live of orders-api: 66.7 % to 11, 33.3 % to 12"),
        (shift(0), "UpdateAlias live of orders-api: all to 11"),
        (promote(), "UpdateAlias live of orders-api: all to 12"),
        (AliasCall::Delete { seen: live() }, "DeleteAlias live of orders-api"),
    ];
    for (call, sentence) in sentences {
        assert_eq!(call.to_string(), sentence);
    }
}

#[test]
fn the_command_does_the_same() {
    assert_eq!(
        shift(333).command(),
        format!(
            "aws lambda update-alias --function-name {FUNCTION} --name live --routing-config '{{\"AdditionalVersionWeights\":{{\"12\":0.333}}}}' --revision-id rev-1"
        )
    );
    assert_eq!(
        promote().command(),
        format!(
            "aws lambda update-alias --function-name {FUNCTION} --name live --function-version 12 --routing-config '{{\"AdditionalVersionWeights\":{{}}}}' --revision-id rev-1"
        )
    );
    let create = AliasCall::Create {
        function: FUNCTION.into(),
        name: "next".into(),
        version: "$LATEST".into(),
        second: None,
        description: String::new(),
    };
    assert_eq!(
        create.command(),
        format!("aws lambda create-alias --function-name {FUNCTION} --name next --function-version '$LATEST'")
    );
}

#[tokio::test]
async fn only_what_changes_is_sent_and_an_empty_map_ends_a_split() {
    let far_end = FarEnd::of([answer("12", "rev-2")]);
    let done = Call::Alias(promote()).perform(far_end.aws().await).await.unwrap();
    assert_eq!(done.revision_id.as_deref(), Some("rev-2"));
    let journal = far_end.journal();
    assert_eq!(journal.len(), 1);
    assert!(journal[0].starts_with("PUT /2015-03-31/functions/arn") && journal[0].contains("/aliases/live "));
    for part in [r#""FunctionVersion":"12""#, r#""AdditionalVersionWeights":{}"#, r#""RevisionId":"rev-1""#] {
        assert!(journal[0].contains(part), "{part} is not in {journal:?}");
    }
    assert!(!journal[0].contains("Description"), "{journal:?}");
}

#[tokio::test]
async fn a_stale_revision_says_what_somebody_changed_and_overwrites_nothing() {
    let stale = Reply::error(412, "PreconditionFailedException", "The Revision Id provided does not match");
    let far_end = FarEnd::of([stale, answer("10", "rev-9")]);
    let problem = Call::Alias(shift(500)).perform(far_end.aws().await).await.unwrap_err();
    assert_eq!(problem.kind, Kind::Conflict);
    let said = "calls went 90 % to 11, 10 % to 12, and now go 90 % to 10, 10 % to 12. Nothing was overwritten";
    assert!(problem.said.contains(said), "{problem}");
    let journal = far_end.journal();
    assert_eq!(journal.iter().filter(|line| line.starts_with("PUT")).count(), 1, "{journal:?}");
    assert!(journal[1].starts_with("GET "), "{journal:?}");
}

#[tokio::test]
async fn an_alias_that_changed_meanwhile_is_not_deleted() {
    let far_end = FarEnd::of([answer("10", "rev-9")]);
    let problem = Call::Alias(AliasCall::Delete { seen: live() }).perform(far_end.aws().await).await.unwrap_err();
    assert_eq!(problem.kind, Kind::Conflict);
    assert!(problem.said.contains("It was not deleted"), "{problem}");
    assert!(far_end.journal().iter().all(|line| line.starts_with("GET")), "{:?}", far_end.journal());
}

#[tokio::test]
async fn an_alias_is_deleted_once_and_one_that_is_gone_is_as_good_as_deleted() {
    let far_end = FarEnd::of([answer("11", "rev-1"), Reply::Answer(204, vec![], String::new())]);
    Call::Alias(AliasCall::Delete { seen: live() }).perform(far_end.aws().await).await.unwrap();
    assert!(far_end.journal()[1].starts_with("DELETE "), "{:?}", far_end.journal());
    let far_end = FarEnd::of([Reply::error(404, "ResourceNotFoundException", "Cannot find alias arn")]);
    let done = Call::Alias(AliasCall::Delete { seen: live() }).perform(far_end.aws().await).await.unwrap();
    assert_eq!((done.said.is_some(), far_end.journal().len()), (true, 1));
}

#[tokio::test]
async fn a_read_only_session_changes_no_alias() {
    for call in [shift(100), promote(), AliasCall::Delete { seen: live() }] {
        let far_end = FarEnd::of([answer("11", "rev-1")]);
        let problem = Call::Alias(call).perform(far_end.read_only().await).await.unwrap_err();
        assert_eq!(problem.kind, Kind::ReadOnly);
        assert!(far_end.journal().iter().all(|line| line.starts_with("GET")), "{:?}", far_end.journal());
    }
}
