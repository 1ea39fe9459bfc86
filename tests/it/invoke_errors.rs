//! Each documented error of an invocation by its name: the sentence, AWS's words, the request, what to do.

use lambdash::demo::{Demo, Fault, FunctionSeed};

use crate::assert_screen;
use crate::support::server::Server;
use crate::support::{Harness, clock};

/// Name, status, and words of the sentence (API reference, "Invoke", "Errors").
const ERRORS: [(&str, u16, &str); 36] = [
    ("DurableExecutionAlreadyStartedException", 409, "This durable name is already used"),
    ("EC2AccessDeniedException", 502, "lacks the EC2 network-interface permissions"),
    ("EC2ThrottledException", 502, "EC2 throttled Lambda"),
    ("EC2UnexpectedException", 502, "Unexpected EC2 error"),
    ("EFSIOException", 410, "Read or write error on the mounted file system"),
    ("EFSMountConnectivityException", 408, "cannot reach the EFS mount target"),
    ("EFSMountFailureException", 403, "The EFS mount was refused"),
    ("EFSMountTimeoutException", 408, "mounting timed out"),
    ("ENILimitReachedException", 502, "network-interface limit of the VPC"),
    ("InvalidParameterValueException", 400, "One of the parameters is not valid"),
    ("InvalidRequestContentException", 400, "not valid JSON, or a header is invalid"),
    ("InvalidRuntimeException", 502, "not supported any more"),
    ("InvalidSecurityGroupIDException", 502, "A security group of the function"),
    ("InvalidSubnetIDException", 502, "A subnet of the function"),
    ("InvalidZipFileException", 502, "cannot be unzipped"),
    ("KMSAccessDeniedException", 502, "KMS access denied for the function"),
    ("KMSDisabledException", 502, "KMS key of the function is disabled"),
    ("KMSInvalidStateException", 502, "a state that forbids decryption"),
    ("KMSNotFoundException", 502, "KMS key of the function was not found"),
    ("NoPublishedVersionException", 400, "no published version"),
    ("RecursiveInvocationException", 400, "recursive-loop detection"),
    ("RequestTooLargeException", 413, "over the limit: 6 MB synchronous, 1 MB as an event"),
    ("ResourceConflictException", 409, "being created or updated"),
    ("ResourceNotFoundException", 404, "does not exist (any more)"),
    ("ResourceNotReadyException", 502, "The function was inactive"),
    ("S3FilesMountConnectivityException", 408, "cannot reach the S3 Files access point"),
    ("S3FilesMountFailureException", 403, "The S3 Files mount was refused"),
    ("S3FilesMountTimeoutException", 408, "Mounting S3 Files timed out"),
    ("SerializedRequestEntityTooLargeException", 413, "too large once it is encoded"),
    ("ServiceException", 500, "Lambda had an internal error"),
    ("SnapStartException", 400, "afterRestore hook"),
    ("SnapStartNotReadyException", 409, "SnapStart is still preparing"),
    ("SnapStartTimeoutException", 408, "Restoring the snapshot timed out"),
    ("SubnetIPAddressLimitReachedException", 502, "no free IP address"),
    ("TooManyRequestsException", 429, "A limit of concurrency"),
    ("UnsupportedMediaTypeException", 415, "not declared to be JSON"),
];

#[tokio::test]
async fn every_documented_error_says_what_it_means_what_aws_said_and_what_to_do() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    let server = Server::start(demo.clone()).await.unwrap();
    for operation in ["Invoke", "InvokeWithResponseStream"] {
        let mut app = Harness::new(&server).await;
        app.resize(200, 60).keys("i");
        if operation != "Invoke" {
            app.keys("<ctrl-t><ctrl-t><ctrl-t>");
        }
        for (name, status, sentence) in ERRORS {
            demo.clear_faults();
            let message = format!("words of AWS about {name}");
            demo.fail(operation, Fault::Status { code: status, error: name.into(), message: message.clone() });
            demo.clear_journal();
            app.keys("<f5>").idle().await;
            // Words wrap; a line of the response is what stands right of its border.
            let said: Vec<String> = app
                .screen()
                .lines()
                .filter_map(|line| line.split_once('│').map(|(_, right)| right.trim().to_owned()))
                .collect();
            let said = said.join(" ");
            for words in ["✖ the call failed", &format!("✖ {name} · HTTP {status}"), sentence, &message, "request "]
            {
                assert!(said.contains(words), "{operation} {name}: no {words:?} in:\n{}", app.screen());
            }
            assert_eq!(demo.counts().get(operation), Some(&1), "{name}");
        }
    }
}

#[tokio::test]
async fn a_refusal_looks_like_a_refusal() {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api"));
    demo.put_function(FunctionSeed::named("stopped").behaviour("throttled"));
    let server = Server::start(demo.clone()).await.unwrap();
    let words = "Lambda was unable to decrypt the environment variables because KMS access was denied.";
    demo.fail_times(
        "Invoke",
        1,
        Fault::Status { code: 502, error: "KMSAccessDeniedException".into(), message: words.into() },
    );
    let mut app = Harness::new(&server).await;
    app.resize(130, 34).keys("i<f5>").idle().await;
    assert_screen!(app);
    demo.fail_times("Invoke", 1, Fault::Denied { action: "lambda:InvokeFunction".into() });
    app.keys("<shift-tab><ctrl-t><ctrl-t><f5>").idle().await;
    let screen = app.screen();
    assert!(screen.contains("✖ AccessDeniedException") && screen.contains("lambda:InvokeFunction"), "{screen}");
    app.keys("<esc>ji<f5>").idle().await;
    assert!(app.screen().contains("The concurrency reserved for this function is used up"), "{}", app.screen());
}

#[tokio::test]
async fn a_limit_that_was_met_is_named_and_a_key_leads_to_the_concurrency_of_the_function() {
    let demo = Demo::empty(clock());
    for name in ["a-first", "orders-api", "z-last"] {
        demo.put_function(FunctionSeed::named(name));
    }
    demo.put_function(FunctionSeed::named("stopped").behaviour("throttled"));
    let server = Server::start(demo.clone()).await.unwrap();
    let mut app = Harness::new(&server).await;
    // A filter there would hide the row.
    app.resize(130, 34).keys(":concurrency<enter>").idle().await.keys("/first<enter>:functions<enter>").idle().await;
    app.keys("/stopped<enter>i");
    assert!(!app.screen().contains("C concurrency"), "{}", app.screen());
    app.keys("<f5>").idle().await;
    assert_screen!(app);
    app.resize(80, 24);
    assert_screen!(app);
    app.resize(130, 34).keys("C").idle().await;
    assert!(app.screen().contains("Concurrency  "), "{}", app.screen());
    assert!(app.cursor_line().contains("stopped"), "{}", app.screen());
    app.keys("<esc>");
    assert!(app.screen().contains("stopped › Invoke"), "back to the run: {}", app.screen());
}
