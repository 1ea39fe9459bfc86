//! The bytes that reach the terminal, and those that come from it.

use base64::Engine as _;

use crate::support::pty::{Pty, Start};

fn quit(pty: &mut Pty) {
    pty.keys("\x03");
    assert_eq!(pty.ended().0, 0);
    pty.assert_sane();
}

/// The parameters of every `CSI ... m` that was written.
fn styles(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let sequences = text.split("\x1b[").skip(1);
    let styles = sequences.filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    styles.collect()
}

#[test]
fn no_color_means_no_colour_and_every_meaning_stays() {
    let mut pty = Start::demo().env("NO_COLOR", "1").size(140, 40).go();
    pty.until("billing-");
    pty.keys("jj").until("✖ failed").until("DEMO");
    quit(&mut pty);
    let coloured = |style: &String| style.split([';', ':']).any(|n| matches!(n.parse(), Ok(30..=49 | 58 | 90..=107)));
    let styles = styles(&pty.bytes());
    assert_eq!(styles.iter().find(|style| coloured(style)), None);
    assert!(styles.iter().any(|style| style.split(';').any(|n| n == "7")), "nothing is reversed: {styles:?}");
}

#[test]
fn a_locale_without_unicode_gets_only_ascii() {
    let mut pty = Start::demo().env("LANG", "C").size(140, 40).go();
    pty.until("billing-");
    pty.keys("/media").until("media-");
    pty.keys("\r\r").until("media-");
    pty.keys("?").until("help");
    quit(&mut pty);
    let foreign = pty.bytes().iter().position(|byte| *byte >= 0x80);
    let around = foreign.map(|at| String::from_utf8_lossy(&pty.bytes()[at.saturating_sub(40)..at + 8]).into_owned());
    assert_eq!(around, None);
}

#[test]
fn what_aws_says_can_never_command_the_terminal() {
    let mut pty = Start::demo().size(200, 60).go();
    pty.until("billing-");
    pty.keys("/escape-codes\r").until("1 of 104").until("Prints").until("enter open");
    pty.keys("d").until("worse").until("esc close");
    pty.keys("\x1b").until("enter open");
    pty.keys("\r").until("StateReason").until("cost-centre");
    pty.keys("/ANSI\r").until("1 of").until("enter open");
    pty.keys("v").until("44mblue");
    pty.keys("i").until("\"hello\"");
    pty.keys("\x18").until("✔ success").until("clipboard");
    let mark = pty.mark();
    quit(&mut pty);
    let bytes = pty.bytes();
    let (screen, _) = bytes.split_at(mark);
    assert!(!screen.contains(&0x07), "bell");
    assert!(!screen.windows(2).any(|pair| pair == b"\x1b]" || pair == b"\x1bP"), "OSC or DCS");
    let text = String::from_utf8(screen.to_vec()).unwrap();
    let c1 = text.chars().find(|c| ('\u{80}'..='\u{9f}').contains(c) || *c == '\u{202e}');
    assert_eq!(c1, None);
    assert!(!styles(screen).iter().any(|style| style == "1;44"), "the data's own colours");
}

#[test]
fn copying_writes_the_arn_for_the_clipboard() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.keys("Y").until("copied the ARN");
    quit(&mut pty);
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    let sequence = text.split("\x1b]52;c;").nth(1).unwrap();
    let encoded: String = sequence.chars().take_while(|c| !c.is_control()).collect();
    let arn = String::from_utf8(base64::prelude::BASE64_STANDARD.decode(encoded).unwrap()).unwrap();
    assert!(arn.starts_with("arn:aws:lambda:") && arn.contains(":function:"), "{arn}");
}

#[test]
fn text_pasted_into_a_list_does_nothing() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.keys("\x1b[200~qqq iii\r\x1b[201~").until("pasted text does nothing here");
    quit(&mut pty);
}

#[test]
fn text_pasted_without_brackets_does_nothing_either() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.keys("if it quits, it was not safe: qqq\rqqq\r").until("pasted text does nothing here");
    quit(&mut pty);
}

#[test]
fn a_short_paste_without_brackets_opens_no_browser_sends_nothing_and_does_not_quit() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.keys("jIoq")
        .until("o came together")
        .until("q came together with other keys, as in a paste: press it by itself");
    assert!(!pty.screen().contains("dry run"), "{}", pty.screen());
    pty.keys(":q\r").until("enter came together with other keys, as in a paste: press it by itself");
    pty.keys("\x1b").until_gone("esc close");
    pty.keys("s:q\r").until("esc close");
    pty.keys("\x1b").until_gone("esc close");
    quit(&mut pty);
}

#[test]
fn a_command_that_a_program_types_at_once_is_run() {
    let mut pty = Start::demo().go();
    pty.until("billing-");
    pty.keys(":logs billing-webhook-relay\r").until("›  Log");
    pty.keys("\x1b").until("7 Mappings");
    pty.keys("/media\r").until("of 104");
    quit(&mut pty);
}

#[test]
fn a_held_key_moves_as_often_as_it_says() {
    let mut pty = Start::demo().size(80, 24).go();
    pty.until("billing-webhook-relay").until("DEMO  now");
    let count = pty.screen().lines().find_map(|line| line.trim().strip_prefix("Functions  ")?.parse().ok());
    let count: usize = count.unwrap();
    pty.keys("G").until_gone("billing-");
    let last = pty.cursor_line();
    let last = last.split_whitespace().find(|word| word.contains('-')).unwrap();
    pty.keys("g").until("billing-");
    pty.keys(&"j".repeat(count - 1)).until(last);
    assert!(pty.cursor_line().contains(last), "{}", pty.screen());
    quit(&mut pty);
}

#[test]
fn more_keys_than_fit_into_a_buffer_are_all_heard() {
    let mut pty = Start::demo().go();
    pty.until("billing-").until("DEMO  now");
    // Nothing comes after the last one, so nothing else can wake the reader for it.
    let keys = "j".repeat(3000) + "\x03";
    pty.keys(&keys);
    assert_eq!(pty.ended().0, 0);
    pty.assert_sane();
}
