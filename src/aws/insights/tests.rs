use super::super::far_end::{FarEnd, Reply};
use super::*;

fn query() -> Query {
    Query { groups: vec!["/aws/lambda/f".into()], from: 10, to: 20, text: "fields @message".to_owned() }
}

fn refused(name: &str, more: &str) -> Reply {
    Reply::Answer(400, vec![], format!(r#"{{"__type":"{name}","message":"no"{more}}}"#))
}

#[tokio::test]
async fn a_query_is_sent_once_whatever_comes_back() {
    let far_end = FarEnd::of([refused("ThrottlingException", "")]);
    let problem = start_query(far_end.aws().await, query()).await.unwrap_err();
    assert_eq!((problem.kind, far_end.journal().len()), (Kind::Throttled, 1));
    let sent = &far_end.journal()[0];
    for words in [r#""logGroupNames":["/aws/lambda/f"]"#, r#""startTime":10"#, r#""endTime":20"#, r#""limit":10000"#] {
        assert!(sent.contains(words), "no {words} in {sent}");
    }
}

#[tokio::test]
async fn a_read_only_session_may_ask_too() {
    let far_end = FarEnd::of([Reply::json(r#"{"queryId":"q-1"}"#)]);
    let started = start_query(far_end.read_only().await, query()).await;
    assert_eq!(started, Ok(Started::Running("q-1".into())));
}

#[tokio::test]
async fn a_query_that_is_not_understood_says_where() {
    let place = r#","queryCompileError":{"location":{"startCharOffset":3,"endCharOffset":6},"message":"unexpected symbol found foo"}"#;
    let far_end = FarEnd::of([refused("MalformedQueryException", place)]);
    let started = start_query(far_end.aws().await, query()).await.unwrap();
    assert_eq!(started, Started::Malformed(Flaw { said: "unexpected symbol found foo".into(), at: Some((3, 6)) }));
    let far_end = FarEnd::of([refused("MalformedQueryException", "")]);
    let started = start_query(far_end.aws().await, query()).await.unwrap();
    assert_eq!(started, Started::Malformed(Flaw { said: "no".into(), at: None }));
}

#[tokio::test]
async fn what_stands_in_the_way_of_a_query_says_what_to_do() {
    for (name, words) in [("LimitExceededException", "100 queries"), ("ResourceNotFoundException", "never ran")] {
        let far_end = FarEnd::of([refused(name, "")]);
        let problem = start_query(far_end.aws().await, query()).await.unwrap_err();
        assert!(problem.hint.contains(words), "{problem}");
    }
}

#[tokio::test]
async fn rows_that_lack_fields_are_columns_all_the_same() {
    let far_end = FarEnd::of([Reply::json(
        r#"{"status":"Running","statistics":{"recordsMatched":2.0,"recordsScanned":7.0,"bytesScanned":1234.0},"results":[
            [{"field":"@timestamp","value":"2026-11-21 12:00:00.000"},{"field":"n","value":"1.28E8"},{"field":"@ptr","value":"p1"}],
            [{"field":"@timestamp","value":"2026-11-21 12:00:01.000"},{"field":"why","value":"a\nb\u001b[31m"}]]}"#,
    )]);
    let results = query_results(far_end.aws().await, "q-1".into()).await.unwrap();
    assert_eq!(
        (results.status, results.scanned),
        (QueryStatus::Running, Scanned { matched: 2, events: 7, bytes: 1234 })
    );
    let columns: Vec<_> = results.columns.iter().map(|column| (column.name.as_str(), column.numeric)).collect();
    assert_eq!(columns, [("@timestamp", false), ("why", false), ("n", true)]);
    let rows: Vec<_> = results.rows.iter().map(|row| (row.pointer.as_deref(), row.cells.len())).collect();
    assert_eq!(rows, [(Some("p1"), 3), (None, 3)]);
    assert_eq!(results.rows[1].cells[1].as_deref(), Some("a\nb^[[31m"));
}

#[tokio::test]
async fn a_query_that_ended_by_itself_need_not_be_stopped() {
    let far_end = FarEnd::of([refused("InvalidParameterException", "")]);
    assert_eq!(stop_query(far_end.aws().await, "q-1".into()).await, Ok(()));
    let far_end = FarEnd::of([refused("AccessDeniedException", "")]);
    let problem = stop_query(far_end.aws().await, "q-1".into()).await.unwrap_err();
    assert!(problem.hint.contains("logs:StopQuery"), "{problem}");
}

#[tokio::test]
async fn a_group_that_only_begins_the_same_is_another_one() {
    let far_end = FarEnd::of([Reply::json(r#"{"logGroups":[{"logGroupName":"/aws/lambda/ff","storedBytes":9}]}"#)]);
    let sizes = group_sizes(far_end.aws().await, vec!["/aws/lambda/f".into()]).await.unwrap();
    assert_eq!(sizes, [GroupSize { group: "/aws/lambda/f".into(), stored: None }]);
}
