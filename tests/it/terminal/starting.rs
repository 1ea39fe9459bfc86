//! Starting, resizing, and every reason why there is nothing to show.

use std::process::{Command, Stdio};

use lambdash::demo::Demo;

use crate::support::clock;
use crate::support::pty::{Pty, Start, program};
use crate::support::server::Server;

fn quit(mut pty: Pty) {
    pty.keys("\x03");
    assert_eq!(pty.ended().0, 0);
    pty.assert_sane();
}

#[test]
fn it_starts_takes_the_terminal_and_draws() {
    let pty = Start::demo().go();
    pty.until("DEMO").until("billing-");
    pty.assert_taken();
    quit(pty);
}

#[test]
fn a_broken_file_that_asks_for_read_only_mode_gets_it_and_is_told_of_as_of_now() {
    let start = Start::demo();
    let folder = start.home().join(".config/lambdash");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.toml"), "read_only = true\nregion = \n").unwrap();
    let mut pty = start.go();
    pty.until("READ-ONLY").until("billing-");
    pty.keys("!").until("line 2").until("now");
    assert!(!pty.screen().contains(" y ago"), "{}", pty.screen());
    quit(pty);
}

#[test]
fn any_size_is_survived_and_the_state_is_kept() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.keys("/media").until("media-");
    for (width, height) in
        [(80, 24), (40, 10), (20, 5), (5, 2), (1, 1), (1, 200), (200, 1), (300, 100), (0, 0), (2, 1), (100, 30)]
    {
        pty.resize(width, height);
    }
    pty.until("/media");
    quit(pty);
}

#[test]
fn without_a_terminal_there_is_one_sentence_and_no_escape() {
    let run = Command::new(program()).arg("--demo").stdin(Stdio::null()).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(run.stdout.is_empty());
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(said, "lambdash: standard input and output must be a terminal; start it in one, without pipes\n");
}

#[test]
fn a_pipe_on_one_side_and_a_terminal_that_cannot_are_one_sentence_too() {
    let cases = [
        ("$LAMBDASH --demo </dev/null; echo code $?", "must be a terminal"),
        ("{ $LAMBDASH --demo; echo code $? >&2; } | cat", "must be a terminal"),
        ("TERM=dumb $LAMBDASH --demo; echo code $?", "TERM=dumb cannot show a screen"),
        ("unset TERM; $LAMBDASH --demo; echo code $?", "TERM is not set"),
    ];
    for (script, sentence) in cases {
        let mut pty = Start::script(script).go();
        pty.until(sentence).until("code 2");
        pty.ended();
        assert!(!pty.bytes().contains(&0x1b), "{script}");
    }
}

#[test]
fn an_unknown_profile_is_named_with_what_to_do() {
    let pty = Start::with(&["--profile", "nobody", "--region", "eu-west-1"]).go();
    pty.until("not connected").until("nobody").until("r tries again");
    quit(pty);
}

#[test]
fn without_a_region_the_screen_says_how_to_give_one() {
    let start = Start::with(&[]).env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    let pty = start.go();
    pty.until("no region is given").until("--region");
    quit(pty);
}

#[test]
fn without_credentials_the_screen_says_where_to_get_them() {
    let pty = Start::with(&["--region", "eu-west-1"]).go();
    pty.until("no credentials were found").until("aws sso login");
    quit(pty);
}

/// Whoever signs in elsewhere writes new keys into the file: `r` reads it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials_that_came_meanwhile_are_found_by_r() {
    let demo = Demo::with_functions(clock(), 3);
    let server = Server::start(demo).await.unwrap();
    let start = Start::with(&["--endpoint-url", &server.url, "--region", "eu-west-1"]);
    let folder = start.home().join(".aws");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |text: &str| std::fs::write(folder.join("credentials"), text).unwrap();
    write("[default]\naws_access_key_id = AKIDEXAMPLE\n");
    let mut pty = start.go();
    pty.until("profile missing").until("r tries again");
    write("[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n");
    pty.keys("r").until("Functions  3");
    quit(pty);
}

/// A program of others may say whatever it likes, and as much.
#[test]
fn what_a_credential_process_says_is_a_harmless_sentence_of_it() {
    let start = Start::with(&["--region", "eu-west-1"]);
    let says = "printf '\\033[31mAKIAIOSFODNN7EXAMPLE\\033]0;title\\007 was refused, password=hunter2\\n' >&2";
    let more = "i=0; while [ $i -lt 200 ]; do echo 'and so on, and so on, and so on, and so on' >&2; i=$((i+1)); done";
    let process = start.executable("process", &format!("#!/bin/sh\n{says}; {more}; exit 3\n"));
    std::fs::create_dir_all(start.home().join(".aws")).unwrap();
    std::fs::write(start.home().join(".aws/config"), format!("[default]\ncredential_process = {process}\n")).unwrap();
    let mut pty = start.size(120, 30).go();
    pty.until("was refused").until("Check the profile");
    pty.keys("!").until("was refused").until("and so …");
    let bytes = String::from_utf8_lossy(&pty.bytes()).into_owned();
    assert!(!bytes.contains("AKIAIOSFODNN7EXAMPLE") && !bytes.contains("hunter2") && !bytes.contains("\x1b]0;"));
    quit(pty);
}

#[test]
fn profiles_that_are_made_meanwhile_can_be_gone_to_and_files_that_broke_are_named() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut pty = Start::at(&format!("http://127.0.0.1:{port}")).go();
    pty.until("OFFLINE");
    let folder = pty.home().join(".aws");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config"), "[profile late]\nregion = eu-west-1\n").unwrap();
    pty.keys("P").until("profile late");
    pty.keys("\x1b").until_gone("profile late");
    std::fs::write(folder.join("config"), "garbage\n").unwrap();
    pty.keys("P").until("Could not read the AWS configuration files");
    quit(pty);
}

#[test]
fn an_endpoint_where_nobody_listens_is_named_and_tried_again() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let pty = Start::at(&url).go();
    pty.until("OFFLINE").until(&url).until("r tries now");
    quit(pty);
}
