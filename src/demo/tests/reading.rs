//! Reading the account: pages, what lists omit, errors by name.

use serde_json::{Value, json};

use super::super::{Demo, FunctionSeed};
use super::{all_functions, clock, empty, get, header, json_of, send};

#[tokio::test]
async fn functions_come_in_pages_of_fifty_and_the_last_has_no_marker() {
    let pages = all_functions(&Demo::with_functions(clock().0, 120)).await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
    let names: std::collections::BTreeSet<_> = pages.iter().flatten().map(|f| f["FunctionName"].to_string()).collect();
    assert_eq!(names.len(), 120);
}

#[tokio::test]
async fn an_account_of_exactly_one_page_ends_with_it() {
    assert_eq!(all_functions(&Demo::with_functions(clock().0, 50)).await.len(), 1);
    assert_eq!(all_functions(&empty()).await, [Vec::<Value>::new()]);
}

#[tokio::test]
async fn pages_can_be_made_tiny() {
    let demo = Demo::with_functions(clock().0, 5);
    demo.page_size(2);
    assert_eq!(all_functions(&demo).await.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
}

#[tokio::test]
async fn the_list_omits_what_get_function_tells() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a").tag("team", "orders").reserved(7));
    let listed = &all_functions(&demo).await[0][0];
    for field in ["State", "StateReason", "LastUpdateStatus", "RuntimeVersionConfig", "Tags"] {
        assert!(listed.get(field).is_none(), "{field}");
    }
    let got = get(&demo, "/2015-03-31/functions/a").await;
    assert_eq!(got["Configuration"]["State"], "Active");
    assert_eq!(got["Tags"], json!({"team": "orders"}));
    assert_eq!(got["Concurrency"]["ReservedConcurrentExecutions"], 7);
    assert_eq!(listed["RevisionId"], got["Configuration"]["RevisionId"]);
}

#[tokio::test]
async fn a_qualified_function_has_neither_tags_nor_concurrency() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a").tag("team", "orders").reserved(7).published(3).alias("live", "2"));
    let got = get(&demo, "/2015-03-31/functions/a?Qualifier=live").await;
    assert_eq!(got["Configuration"]["Version"], "2");
    assert!(got["Configuration"]["FunctionArn"].as_str().unwrap().ends_with(":function:a:live"));
    assert!(got.get("Tags").is_none() && got.get("Concurrency").is_none());
    let missing = send(&demo, "GET", "/2015-03-31/functions/a?Qualifier=4", &[], "").await;
    assert_eq!(header(&missing, "x-amzn-errortype"), Some("ResourceNotFoundException"));
}

#[tokio::test]
async fn every_answer_has_a_request_id_and_errors_their_name() {
    let response = send(&empty(), "GET", "/2015-03-31/functions/nobody", &[], "").await;
    assert_eq!(response.status(), 404);
    assert_eq!(header(&response, "x-amzn-requestid").map(str::len), Some(36));
    assert_eq!(
        json_of(&response)["Message"],
        "Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody"
    );
}

#[tokio::test]
async fn a_function_of_another_account_is_denied_as_nobody_there_let_us_in() {
    let demo = empty();
    demo.put_function(FunctionSeed::named("a"));
    let path = "/2015-03-31/functions/arn:aws:lambda:us-east-1:999988887777:function:a";
    for (method, path, action) in
        [("GET", path.to_owned(), "GetFunction"), ("POST", format!("{path}/invocations"), "InvokeFunction")]
    {
        let response = send(&demo, method, &path, &[], "{}").await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "x-amzn-errortype")),
            (403, Some("AccessDeniedException"))
        );
        let message = json_of(&response)["Message"].as_str().unwrap().to_owned();
        assert!(
            message.contains(&format!(
                "perform: lambda:{action} on resource: arn:aws:lambda:us-east-1:999988887777:function:a "
            )),
            "{message}"
        );
    }
    let own = "/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:a";
    assert_eq!(send(&demo, "GET", own, &[], "").await.status(), 200);
}

#[tokio::test]
async fn what_the_account_lacks_is_an_unknown_operation() {
    let response = send(&empty(), "GET", "/2020-04-22/code-signing-configs", &[], "").await;
    assert_eq!(
        (response.status().as_u16(), header(&response, "x-amzn-errortype")),
        (404, Some("UnknownOperationException"))
    );
}

#[tokio::test]
async fn sts_answers_in_xml_who_is_asking() {
    let response = send(&empty(), "POST", "/", &[], "Action=GetCallerIdentity&Version=2011-06-15").await;
    let body = String::from_utf8_lossy(response.body()).into_owned();
    assert!(body.contains("<Account>123456789012</Account>"), "{body}");
}
