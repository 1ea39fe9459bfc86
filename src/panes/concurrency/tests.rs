//! What is set aside, in words and numbers.

use chrono::DateTime;

use super::super::known::{KnownList, Memory};
use super::super::row::Row;
use super::*;
use crate::aws::Problem;

fn part(qualifier: &'static str, status: &'static str, numbers: (u32, u32, u32)) -> Provisioned {
    let (requested, allocated, available) = numbers;
    let (qualifier, status) = (Text::known(qualifier), Text::known(status));
    let reason = (&*status == "FAILED").then(|| Text::known("FUNCTION_ERROR_INIT_FAILURE"));
    Provisioned { qualifier, requested, allocated, available, status, reason, modified: None }
}

fn cells(reserved: Option<u32>, provisioned: Vec<Provisioned>) -> Vec<String> {
    let row = told(Concurrency { reserved, provisioned: Some(provisioned) });
    row.cells.iter().map(|cell| cell.shown(DateTime::UNIX_EPOCH).into_owned()).collect()
}

#[test]
fn absent_and_zero_never_look_alike() {
    assert_eq!(cells(None, vec![]), ["unreserved", "–", "–", "nothing: it shares the account's pool", "–"]);
    assert_eq!(cells(Some(0), vec![]), ["0 STOPPED", "–", "throttled", "0: every invocation is throttled", "–"]);
    assert_eq!(cells(Some(200), vec![])[0], "200");
}

#[test]
fn the_part_that_needs_a_look_is_shown_first() {
    let parts = vec![part("live", "READY", (20, 20, 13)), part("next", "FAILED", (5, 0, 0))];
    let shown = cells(None, parts.clone());
    assert_eq!((shown[1].as_str(), shown[2].as_str()), ("next  0 of 5 · 0 free  +1", "failed"));
    assert_eq!(shown[4], "25 asked in all, for 2 versions and aliases", "each stands for itself below");
    let (tone, said) = outcome(Some(&Concurrency { reserved: None, provisioned: Some(parts.clone()) }), "next");
    assert_eq!(tone, Tone::Bad);
    assert!(said.contains("next: failed: FUNCTION_ERROR_INIT_FAILURE"), "{said}");
    let (tone, said) = outcome(Some(&Concurrency { reserved: None, provisioned: Some(parts) }), "live");
    assert_eq!((tone, said.contains("live: ready")), (Tone::Good, true), "that another one failed says nothing of it");
    let warming = told(Concurrency { reserved: None, provisioned: Some(vec![part("live", "IN_PROGRESS", (9, 3, 3))]) });
    assert!(warming.unsettled);
}

fn account_with(unreserved: u32) -> Row {
    let account =
        Account { concurrency: 1000, unreserved, code: 0, code_used: 0, unzipped: 0, zipped: 0, functions: 0 };
    Row { key: RowKey(Text::known("account")), unsettled: false, item: Item::new(account) }
}

#[test]
fn the_bar_is_the_whole_of_the_account_and_a_refusal_is_said() {
    let memory = Memory::default();
    let read = [told(Concurrency { reserved: Some(620), provisioned: Some(Vec::new()) })];
    let all: Vec<&LateRow> = read.iter().collect();
    let say = |rows: &[Row], problem: Option<&Problem>| {
        let lists = vec![KnownList { pane: "account", rows, whole: true, problem }];
        banner(&Known { lists, late: None, memory: &memory, now: DateTime::UNIX_EPOCH, file: None }, Some(&all))
    };
    let banner = say(&[account_with(380)], None);
    assert_eq!(&*banner.words[0], "380 of 1,000 unreserved · 620 reserved · 100 must stay");
    assert!((banner.parts.iter().map(|(share, _)| share).sum::<f64>() - 1.0).abs() < 1e-9, "{banner:?}");
    let little = say(&[account_with(40)], None);
    assert!(little.parts.iter().all(|(share, _)| *share >= 0.0), "{little:?}");
    let problem = Problem::new(crate::aws::Kind::Denied, "read the account's limits", "no", "Ask for it.");
    assert!(say(&[], Some(&problem)).words[0].contains("not allowed; ask for the permission"));
}

#[test]
fn what_is_kept_warm_is_not_called_reserved() {
    let (memory, rows) = (Memory::default(), [account_with(380)]);
    let say = |read: &[LateRow], whole: bool| {
        let all: Vec<&LateRow> = read.iter().collect();
        let lists = vec![KnownList { pane: "account", rows: &rows, whole: true, problem: None }];
        let known = Known { lists, late: None, memory: &memory, now: DateTime::UNIX_EPOCH, file: None };
        banner(&known, whole.then_some(all.as_slice())).words[0].to_string()
    };
    let row = |reserved, provisioned| told(Concurrency { reserved, provisioned });
    let warm = || Some(vec![part("live", "READY", (20, 20, 13))]);
    let read = [row(Some(600), warm()), row(None, warm())];
    assert_eq!(say(&read, true), "380 of 1,000 unreserved · 600 reserved · 20 provisioned beside that · 100 must stay");
    assert_eq!(say(&read[..1], false), "380 of 1,000 unreserved · 620 reserved or provisioned · 100 must stay");
    let hidden = say(&[row(Some(600), None), row(None, None)], true);
    assert!(hidden.contains("620 reserved or provisioned"), "{hidden}");
}
