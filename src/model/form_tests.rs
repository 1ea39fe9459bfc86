//! Tests of filling in: a form whose fields hang on each other and on a list that comes in later.

use super::*;
use crate::aws::{Call, FunctionCall, Text};
use crate::panes::{
    self, Choice, Field, Item, KnownList, Memory, Offered, On, Operation, Plan, Row, RowKey, Scope, Target,
};
use chrono::DateTime;

/// Asks for a source; a queue also asks for a number, anything else for text of several lines. The
/// pointers come from another pane.
static OPERATION: Operation<u8> = Operation {
    key: "n",
    label: "new",
    offered: Offered::Always,
    needs: &["versions"],
    fields,
    confirm: panes::Confirm::Ask,
    target: |_| Target::of(Text::known("thing"), Text::known("arn:thing")),
    allowed: |on| if *on.thing == 0 { Err("it is nothing".to_owned()) } else { Ok(()) },
    does: |_, answers| {
        let memory = if answers.get("source") == "sqs" { answers.number("batch", 1..=10, "")? } else { 0 };
        Ok(Plan::of(call(i32::try_from(memory).unwrap_or(0))))
    },
    spoils: &[],
};

fn fields(on: &On<'_, u8>, answers: &Answers) -> Vec<Field> {
    let versions = on.known.rows::<u8>("versions").map(|n| Choice::plain(&n.to_string())).collect();
    let mut fields = vec![
        Field::choice(
            "source",
            "",
            "sqs",
            vec![Choice::plain("sqs"), Choice::plain("kinesis"), Choice::plain("kafka")],
        ),
        Field::choice("version", "", "7", versions),
    ];
    match answers.get("source") {
        "sqs" => fields.push(Field::number("batch", "1 to 10", "10", (1, 1, 10))),
        _ => fields.push(Field::lines("filter", "JSON", "{}")),
    }
    fields
}

fn call(memory: i32) -> Call {
    let (name, arn) = (Text::known("thing"), Text::known("arn:thing"));
    let memory = Some(memory);
    Call::Function(FunctionCall::Configure { name, arn, revision_id: None, memory, timeout: None, description: None })
}

fn scope() -> Question {
    Question { pane: "functions", scope: Scope::Account }
}

fn known<'a>(memory: &'a Memory, rows: &'a [Row]) -> Known<'a> {
    let lists = vec![KnownList { pane: "versions", rows, whole: true, problem: None }];
    Known { lists, late: None, memory, now: DateTime::UNIX_EPOCH, file: None }
}

fn form() -> Form {
    let memory = Memory::default();
    let known = known(&memory, &[]);
    let prepared = OPERATION.prepare(&Scope::Account, &1, None, None, &known).unwrap();
    Form::new(prepared, scope(), &known)
}

fn press(form: &mut Form, keys: &str) {
    let memory = Memory::default();
    for key in keys.split(' ') {
        match key {
            "down" => form.step(|at, last| Some(if at == last { 0 } else { at + 1 })),
            "up" => form.step(|at, last| Some(at.checked_sub(1).unwrap_or(last))),
            key => form.type_key(key.parse().unwrap()),
        }
        form.arrange(&known(&memory, &[]), &[]);
    }
}

fn labels(form: &Form) -> Vec<&'static str> {
    form.fields.iter().map(|filled| filled.field.label).collect()
}

#[test]
fn an_answer_brings_the_fields_that_go_with_it() {
    let mut form = form();
    assert_eq!(labels(&form), ["source", "version", "batch"]);
    press(&mut form, "down");
    assert_eq!((form.answers().get("source"), labels(&form)), ("kinesis", vec!["source", "version", "filter"]));
    press(&mut form, "up");
    assert_eq!((form.answers().get("source"), labels(&form)), ("sqs", vec!["source", "version", "batch"]));
}

#[test]
fn a_choice_is_found_by_typing_and_goes_round() {
    let mut form = form();
    press(&mut form, "k a");
    assert_eq!(form.answers().get("source"), "kafka");
    press(&mut form, "down");
    assert_eq!(form.answers().get("source"), "sqs");
    press(&mut form, "up up");
    assert_eq!(form.answers().get("source"), "kinesis");
}

#[test]
fn a_number_is_stepped_in_its_range_and_can_be_typed() {
    let mut form = form();
    form.focus = 2;
    press(&mut form, "left right right right");
    assert_eq!((form.answers().get("batch"), form.plan.as_ref().unwrap().call.clone()), ("10", call(10)));
    press(&mut form, "backspace backspace 7");
    assert_eq!(form.plan.as_ref().unwrap().call, call(7));
    press(&mut form, "7");
    assert_eq!(form.plan.as_ref().unwrap_err().why, "1 to 10, whole");
    press(&mut form, "backspace backspace x right");
    assert_eq!(form.answers().get("batch"), "1");
}

#[test]
fn what_comes_in_later_fills_what_was_not_touched_and_leaves_the_rest() {
    let mut form = form();
    form.focus = 2;
    press(&mut form, "left");
    let rows = [9_u8, 7].map(|n| Row { key: RowKey(Text::line(n.to_string())), unsettled: false, item: Item::new(n) });
    form.arrange(&known(&Memory::default(), &rows), &[]);
    assert_eq!((form.answers().get("version"), form.answers().get("batch")), ("7", "9"));
    form.focus = 1;
    form.step(|at, _| at.checked_sub(1));
    form.arrange(&known(&Memory::default(), &rows), &[]);
    assert_eq!(form.answers().get("version"), "9");
    let only = rows.get(1..).unwrap();
    form.arrange(&known(&Memory::default(), only), &[]);
    let gone = Err(Invalid::new("version", "9 is not there any more: choose another"));
    assert_eq!((form.answers().get("version"), &form.plan), ("9", &gone), "nothing else is sent in its place");
    form.step(|_, _| None);
    form.arrange(&known(&Memory::default(), only), &[]);
    assert_eq!((form.answers().get("version"), form.plan.is_ok()), ("7", true));
}

#[test]
fn lines_take_line_ends_and_a_paste() {
    let mut form = form();
    press(&mut form, "down");
    form.focus = 2;
    assert!(form.takes_lines());
    press(&mut form, "end enter x");
    assert_eq!(form.answers().get("filter"), "{}\nx");
    form.set_lines("[1]\n");
    form.paste("\r\n2");
    assert_eq!(form.lines().as_deref(), Some("\n2[1]"));
}

#[test]
fn what_is_not_allowed_says_why_and_complaints_move_the_keyboard() {
    let memory = Memory::default();
    let prepared = OPERATION.prepare(&Scope::Account, &0, None, None, &known(&memory, &[]));
    assert_eq!(prepared.unwrap_err(), "it is nothing");
    let mut form = form();
    form.focus = 2;
    press(&mut form, "backspace backspace");
    form.focus = 0;
    form.show_complaint();
    assert!(form.tried);
    assert_eq!(form.focus, 2);
}

#[test]
fn what_was_changed_is_told_with_what_stood_there_and_what_is_new_whole() {
    let mut form = form();
    form.focus = 2;
    press(&mut form, "backspace backspace");
    assert_eq!(form.changes(), [("source", None, "sqs".to_owned())], "an empty answer is none");
    form.prepared.key = Some(RowKey(Text::known("959a4599")));
    assert_eq!(form.changes().pop(), Some(("batch", Some("10".to_owned()), String::new())));
}

#[test]
fn the_first_digit_typed_replaces_the_number_that_was_offered() {
    let mut form = form();
    form.focus = 2;
    press(&mut form, "3");
    assert_eq!(form.answers().get("batch"), "3");
    press(&mut form, "0");
    assert_eq!(form.answers().get("batch"), "30", "and from then on it is typed");
}
