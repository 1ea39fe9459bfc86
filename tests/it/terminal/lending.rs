//! The terminal lent to a shell or an editor, and taken again.

use rustix::process::Signal;

use crate::support::pty::{Pty, Start};

/// A shell with job control that shows when the program is stopped and continues it at an enter.
const JOB: &str = "set -m; $LAMBDASH --demo; echo stopped here; stty -a >modes; read line; fg >/dev/null; echo code $?";

fn quit(pty: &mut Pty) {
    pty.keys("\x03");
    assert_eq!(pty.ended().0, 0);
    pty.assert_sane();
}

#[test]
fn ctrl_z_stops_the_job_and_fg_brings_the_screen_back() {
    let mut pty = Start::script(JOB).go();
    pty.until("billing-");
    pty.keys("jj\x1a").until("stopped here");
    pty.assert_sane();
    pty.keys("\n").until("billing-");
    pty.assert_taken();
    pty.keys("\x03").until("code 0");
    pty.ended();
    pty.assert_sane();
}

#[test]
fn a_stopped_job_comes_back_as_large_as_the_terminal_is_by_then() {
    let mut pty = Start::script(JOB).go();
    pty.until("billing-");
    pty.keys("\x1a").until("stopped here");
    pty.resize_unseen(60, 12);
    pty.keys("\n").until("billing-");
    assert!(pty.screen().lines().last().unwrap().contains("open"), "{}", pty.screen());
    pty.keys("\x03").until("code 0");
    pty.ended();
    pty.assert_sane();
}

#[test]
fn ctrl_z_where_nobody_could_continue_the_program_comes_back_by_itself() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    let mark = pty.mark();
    pty.keys("\x1a");
    pty.until_bytes(mark, b"\x1b[?1049l");
    pty.until_taken_again(mark).until("billing-").assert_taken();
    quit(&mut pty);
}

#[test]
fn a_program_stopped_and_continued_by_others_draws_its_screen_anew() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.signal(Signal::STOP);
    let mark = pty.mark();
    pty.signal(Signal::CONT);
    pty.until_taken_again(mark).until("billing-").assert_taken();
    quit(&mut pty);
}

/// The console of the first function with an editor that is this script.
fn console(editor: &str) -> Pty {
    let start = Start::demo();
    let path = start.executable("the editor", &format!("#!/bin/sh\n{editor}\n"));
    let mut pty = start.env("EDITOR", &format!("'{path}' --wait")).go();
    pty.until("billing-");
    pty.keys("i").until("\"hello\"");
    pty
}

#[test]
fn the_editor_gets_the_payload_and_gives_it_back() {
    let script = "test \"$1\" = --wait && stty -a >modes && ls -l \"$2\" >rights && sed 's/world/moon/' \"$2\" >x && mv x \"$2\"";
    let mut pty = console(script);
    pty.keys("\x05").until("\"moon\"");
    pty.assert_taken();
    let modes = std::fs::read_to_string(pty.home().join("modes")).unwrap();
    assert!(modes.contains(" icanon") && modes.contains(" echo "), "{modes}");
    let rights = std::fs::read_to_string(pty.home().join("rights")).unwrap();
    assert!(rights.starts_with("-rw-------"), "{rights}");
    let path = rights.split_whitespace().last().unwrap();
    assert!(!std::path::Path::new(path).exists(), "{path} is left behind");
    quit(&mut pty);
}

#[test]
fn keys_pressed_in_the_editor_never_reach_the_program() {
    let mut pty = console("echo editing; read line; echo \"$line\" >heard; read more");
    pty.keys("\x05").until("editing");
    pty.keys("first line\nsecond line, and some that nobody reads\nqq\x1bqq").until("\"hello\"");
    pty.assert_taken();
    assert_eq!(std::fs::read_to_string(pty.home().join("heard")).unwrap(), "first line\n");
    pty.keys("\x1b[F!").until("!");
    assert!(!pty.screen().contains("qq") && pty.screen().contains("Invoke"), "{}", pty.screen());
    quit(&mut pty);
}

#[test]
fn an_editor_that_fails_leaves_the_payload_as_it_was() {
    let mut pty = console("echo broken >\"$2\"; exit 1");
    pty.keys("\x05").until("ended with exit status: 1").until("\"hello\"");
    quit(&mut pty);
    let mut pty = console("rm \"$2\"");
    pty.keys("\x05").until("could not be read").until("\"hello\"");
    quit(&mut pty);
}

#[test]
fn an_editor_that_is_not_there_is_named() {
    let mut pty = Start::demo().env("EDITOR", "no-such-editor").go();
    pty.until("billing-");
    pty.keys("i").until("\"hello\"");
    pty.keys("\x05").until("\"no-such-editor\" could not be started").until("set VISUAL or EDITOR").until("\"hello\"");
    pty.assert_taken();
    quit(&mut pty);
}

#[test]
fn what_the_editor_saves_is_kept_even_if_it_is_not_json() {
    let mut pty = console("printf '{\\r\\n\"a\": oops' >\"$2\"");
    // Byte for byte: the line end has two.
    pty.keys("\x05").until("not JSON yet: line 2").until("oops").until("Request  12 B");
    quit(&mut pty);
}

#[test]
fn what_the_editor_saves_and_is_no_text_is_refused_and_kept() {
    let mut pty = console("printf 'ab\\377c' >\"$2\"; echo \"$2\" >path");
    pty.keys("\x05").until("byte 2 of what the editor saved is not UTF-8").until("\"hello\"");
    let path = std::fs::read_to_string(pty.home().join("path")).unwrap();
    assert_eq!(std::fs::read(path.trim()).unwrap(), b"ab\xffc");
    std::fs::remove_file(path.trim()).unwrap();
    quit(&mut pty);
}

#[test]
fn ctrl_c_in_the_editor_is_the_editors() {
    let mut pty = console(
        "trap 'sed s/world/moon/ \"$2\" >x; mv x \"$2\"; exit 0' INT; echo editing; while :; do read line; done",
    );
    pty.keys("\x05").until("editing");
    pty.keys("\x03").until("\"moon\"");
    pty.assert_taken();
    quit(&mut pty);
}

/// As vim does when it is told to end.
#[test]
fn an_editor_that_leaves_the_terminal_raw_does_not_leave_it_so_for_the_shell() {
    let raw = "stty raw -echo; printf '\\033[?1049h\\033[?1000h\\033[?25l'; echo editing;";
    let mut pty = console(&format!("trap 'exit 1' TERM; {raw} while :; do read line; done"));
    pty.keys("\x05").until("editing");
    pty.signal(Signal::TERM);
    assert_eq!(pty.ended().0, 143);
    pty.assert_sane();
    let mut pty = console(&format!("{raw} printf '[7]' >\"$2\"; exit 0"));
    pty.keys("\x05").until("[7]");
    quit(&mut pty);
}

#[test]
fn a_program_told_to_end_asks_its_editor_to_end_first() {
    let mut pty =
        console("trap 'echo asked >asked; exit 0' TERM; echo \"$2\" >path; echo editing; while :; do read line; done");
    pty.keys("\x05").until("editing");
    pty.signal(Signal::TERM);
    assert_eq!(pty.ended().0, 143);
    assert!(pty.home().join("asked").exists());
    let path = std::fs::read_to_string(pty.home().join("path")).unwrap();
    assert!(!std::path::Path::new(path.trim()).exists(), "{path} is left behind");
    pty.assert_sane();
}
