//! The binary itself, between pipes, beside a server on this thread.

use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The program in an empty home, its arguments as typed, and what it is to know of the endpoint behind them.
pub fn command(url: &str, arguments: &str) -> (Command, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lambdash"));
    command.env_clear().env("HOME", home.path()).env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    command.env("AWS_EC2_METADATA_DISABLED", "true").args(shell_words::split(arguments).unwrap());
    command.args(["--endpoint-url", url, "--region", "eu-west-1"]).stdin(Stdio::null());
    (command, home)
}

/// Runs it to its end: the code, what was printed, what was said.
pub async fn run(url: &str, arguments: &str) -> (i32, String, String) {
    let (command, home) = command(url, arguments);
    let ended = end(command).await;
    drop(home);
    ended
}

/// The same for one that is prepared.
pub async fn end(mut command: Command) -> (i32, String, String) {
    let output: Output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// It prints nothing and ends with this code and a sentence that begins so; all that is said.
pub async fn refuses(url: &str, arguments: &str, code: i32, sentence: &str) -> String {
    let (told, out, said) = run(url, arguments).await;
    assert_eq!((told, out.as_str()), (code, ""), "{arguments}: {said}");
    assert!(said.starts_with(sentence), "{arguments}: {said}");
    said
}
