//! `lambdash invoke`: an invocation without a screen, from the binary itself, through pipes.

use std::io::Write as _;
use std::process::Stdio;

use lambdash::demo::{Demo, Fault, FunctionSeed};
use serde_json::Value;

use crate::piped::{command, end, refuses, run};
use crate::support::server::Server;
use crate::support::{PATIENCE, clock, invocations};

async fn account(behaviour: &str) -> (Demo, Server) {
    let demo = Demo::empty(clock());
    demo.put_function(FunctionSeed::named("orders-api").published(3).alias("live", "2").behaviour(behaviour));
    let server = Server::start(demo.clone()).await.unwrap();
    (demo, server)
}

fn object(out: &str) -> Value {
    assert_eq!(out.matches('\n').count(), 1, "one line: {out}");
    serde_json::from_str(out).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_printed_byte_for_byte_and_the_rest_is_said_beside_it() {
    let (demo, server) = account("echo").await;
    let payload = r#"{"b": 1.00, "a": 12345678901234567890123}"#;
    let (code, out, said) = run(&server.url, &format!("invoke orders-api:live --payload '{payload}'")).await;
    assert_eq!(code, 0, "{said}");
    assert!(out.contains(payload), "neither digits nor order were touched: {out}");
    assert!(said.starts_with("lambdash: success · version 2 · "), "{said}");
    assert!(!said.contains("REPORT"), "the log was not asked for: {said}");
    let (_, tailed, said) = run(&server.url, "invoke orders-api --tail").await;
    assert!(tailed.contains("{}"), "without a payload it gets an empty object: {tailed}");
    assert!(said.contains("\nREPORT RequestId: "), "{said}");
    let sent = invocations(&demo);
    assert_eq!(sent.len(), 2, "{sent:?}");
    assert!(sent[0].contains("live"), "{sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_comes_from_a_file_or_from_standard_input() {
    let (_, server) = account("echo").await;
    let (mut command, home) = command(&server.url, "invoke orders-api --payload-file event.json");
    std::fs::write(home.path().join("event.json"), "{\"from\": \"a file\"}").unwrap();
    command.current_dir(home.path());
    assert!(end(command).await.1.contains(r#"{"from": "a file"}"#));
    let (mut command, _home) = self::command(&server.url, "invoke orders-api --payload-file -");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{\"from\": \"a pipe\"}").unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(r#"{"from": "a pipe"}"#));
    refuses(&server.url, "invoke orders-api --payload-file nowhere.json", 2, "lambdash: not sent: nowhere.json: ")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_failed_has_a_code_of_its_own_and_its_error_is_the_answer() {
    let (_, server) = account("fail").await;
    let (code, out, said) = run(&server.url, "invoke orders-api").await;
    assert_eq!(code, 3, "{said}");
    assert!(serde_json::from_str::<Value>(&out).unwrap()["errorType"].is_string(), "{out}");
    assert!(said.starts_with("lambdash: the function failed (Unhandled) · version $LATEST · "), "{said}");
    let (code, out, _) = run(&server.url, "invoke orders-api --json --tail").await;
    let told = object(&out);
    assert_eq!((code, &told["functionError"], &told["statusCode"]), (3, &"Unhandled".into(), &200.into()));
    assert!(told["payload"]["errorType"].is_string(), "{told}");
    assert!(told["log"].as_array().unwrap().iter().any(|line| line.as_str().unwrap().starts_with("REPORT")), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_queued_and_a_dry_run_executes_nothing() {
    let (demo, server) = account("echo").await;
    let (code, out, said) = run(&server.url, "invoke orders-api --type event --json").await;
    assert_eq!((code, &object(&out)["statusCode"]), (0, &202.into()), "{said}");
    assert!(said.starts_with("lambdash: queued: "), "{said}");
    let (code, out, said) = run(&server.url, "invoke orders-api --type dry-run").await;
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(said.starts_with("lambdash: allowed; nothing was executed"), "{said}");
    assert_eq!(invocations(&demo).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_is_printed_and_one_that_breaks_off_is_no_success() {
    let (demo, server) = account("stream:0").await;
    let (code, out, said) = run(&server.url, "invoke orders-api --type ResponseStream").await;
    assert_eq!(code, 0, "{said}");
    let (_, told, _) = run(&server.url, "invoke orders-api --type ResponseStream --json").await;
    assert_eq!(object(&told)["payloadText"], out.as_str());
    demo.fail("InvokeWithResponseStream", Fault::Truncated);
    let (code, part, said) = run(&server.url, "invoke orders-api --type ResponseStream").await;
    assert_eq!(code, 1, "{said}");
    let some = part.starts_with("01 Größe") && part.len() < out.len() && out.starts_with(&part);
    assert!(some, "what had come is printed: {part}");
    assert!(said.starts_with("lambdash: the answer is not whole: ") && !said.contains("success"), "{said}");
    assert_eq!(invocations(&demo).len(), 3, "it is not asked again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_is_said_in_a_sentence_and_sent_once_at_most() {
    let (demo, server) = account("echo").await;
    let sentence = "lambdash: not sent: the payload is not JSON, line 1 column 2";
    refuses(&server.url, "invoke orders-api --payload '{a: 1}'", 2, sentence).await;
    let context = "invoke orders-api --type event --client-context '{}'";
    refuses(&server.url, context, 2, "lambdash: not sent: client context: it does not reach").await;
    refuses(&server.url, "invoke orders-api:", 2, "lambdash: not sent: \"orders-api:\" is no function").await;
    refuses(&server.url, "invoke orders-api -p -", 2, "lambdash: not sent: --payload takes JSON; standard").await;
    refuses(&server.url, "invoke orders-api --type later", 2, "error: invalid value 'later'").await;
    assert_eq!(invocations(&demo), [""; 0], "nothing was sent so far");
    let nobody = "lambdash: Could not invoke nobody: ResourceNotFoundException: ";
    let said = refuses(&server.url, "invoke nobody", 1, nobody).await;
    assert!(said.ends_with("Check the name and the region.\n"), "no key of a screen is named: {said}");
    demo.clear_journal();
    demo.fail("Invoke", Fault::ResetAfter);
    let said = refuses(&server.url, "invoke orders-api", 1, "lambdash: Could not invoke orders-api: ").await;
    assert!(said.contains("the function may have run. Look into its log (lambdash logs)"), "{said}");
    assert_eq!(invocations(&demo).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_read_only_session_nor_by_mistake_a_production_profile_is_invoked_in() {
    let (demo, server) = account("echo").await;
    let (mut command, _home) = command(&server.url, "invoke orders-api");
    command.env("LAMBDASH_READ_ONLY", "1");
    let (code, out, said) = end(command).await;
    assert_eq!((code, out.as_str()), (2, ""), "{said}");
    assert!(said.contains("read-only"), "{said}");
    assert_eq!(run(&server.url, "invoke orders-api --read-only").await.0, 2, "behind the command too");
    let in_production = |arguments: &str| {
        let (mut command, home) = self::command(&server.url, &format!("invoke orders-api {arguments}"));
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        std::fs::write(home.path().join(".aws/config"), "[profile orders-prod]\nregion = eu-west-1\n").unwrap();
        command.env("AWS_PROFILE", "orders-prod");
        async move {
            let ended = end(command).await;
            drop(home);
            ended
        }
    };
    let (code, _, said) = in_production("").await;
    assert_eq!(code, 2, "{said}");
    assert_eq!(said, "lambdash: not sent: orders-prod is a production profile; --yes invokes there too\n");
    assert_eq!(invocations(&demo), [""; 0]);
    assert_eq!(in_production("--type dry-run").await.0, 0, "a dry run executes nothing");
    assert_eq!(in_production("--yes").await.0, 0);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn ctrl_c_says_that_the_function_goes_on() {
    let (demo, server) = account("echo").await;
    let gate = demo.gate("Invoke");
    let (mut command, _home) = command(&server.url, "invoke orders-api");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    tokio::time::timeout(PATIENCE, gate.arrived(1)).await.unwrap();
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert_eq!(output.status.code(), Some(130));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "lambdash: stopped waiting; if the call had left, the function goes on\n");
    gate.open();
}
