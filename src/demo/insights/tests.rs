use chrono::{DateTime, TimeDelta, Utc};

use super::super::log_group::LogGroup;
use super::super::record::Record;
use super::super::seed::FunctionSeed;
use super::lex::Malformed;
use super::rows::Source;
use super::{parse, pipeline};

fn minutes(n: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(n)
}

/// What a query makes of some lines, a minute apart: its fields, then its rows, newest first.
fn ask(query: &str, lines: &[&str]) -> Vec<Vec<String>> {
    let mut group = LogGroup::new(minutes(0));
    for (n, line) in (0..).zip(lines) {
        group.write("s", minutes(n).timestamp_millis(), minutes(n), [(*line).to_owned()]);
    }
    found(query, &group)
}

fn found(query: &str, group: &LogGroup) -> Vec<Vec<String>> {
    let sources: Vec<Source> =
        group.events(0, minutes(60).timestamp_millis(), i64::MAX).map(|event| Source::new(event, "/g")).collect();
    let found = pipeline::run(&parse::parse(query).unwrap(), &sources, 10_000);
    let cells = |row: &super::rows::Row<'_>| {
        found.shown.iter().map(|name| row.get(name).text().unwrap_or("–".into())).collect()
    };
    std::iter::once(found.shown.clone()).chain(found.rows.iter().map(cells)).collect()
}

fn flaw(query: &str) -> Malformed {
    parse::parse(query).unwrap_err()
}

const REPORT: &str = "REPORT RequestId: r-1\tDuration: 12.34 ms\tBilled Duration: 223 ms\tMemory Size: 512 MB\tMax Memory Used: 87 MB\tInit Duration: 210.00 ms\t";

#[test]
fn a_query_without_fields_shows_time_and_message_newest_first() {
    assert_eq!(
        ask("filter @message like \"a\" | limit 1", &["a1", "b", "a2"]),
        [["@timestamp", "@message"], ["1970-01-01 00:02:00.000", "a2"]]
    );
}

#[test]
fn the_figures_of_a_report_are_fields() {
    let fields =
        "fields @type, @requestId, @duration, @billedDuration, @initDuration, @memorySize, @maxMemoryUsed, @log";
    assert_eq!(
        ask(fields, &[REPORT])[1],
        ["REPORT", "r-1", "12.34", "223.0", "210.0", "5.12E8", "8.7E7", "123456789012:/g"]
    );
    let times_out = "2026-11-21T12:00:00.000Z 5f9c1b1e-0000-4000-8000-000000000000 Task timed out after 3.00 seconds";
    assert_eq!(ask("fields @requestId, @duration", &[times_out])[1], ["5f9c1b1e-0000-4000-8000-000000000000", "–"]);
}

#[test]
fn members_of_json_are_fields_by_their_path() {
    let line = r#"{"level":"ERROR","record":{"ms":7,"all":["x"]}}"#;
    assert_eq!(ask("fields level, record.ms, record.all.0, none.x", &[line])[1], ["ERROR", "7.0", "x", "–"]);
}

#[test]
fn conditions_bind_as_they_should() {
    let lines = ["1 a", "2 b", "3 a", "4 b"];
    let numbers = |filter: &str| -> String {
        let query = format!("parse @message \"* *\" as n, c | filter {filter} | sort n asc | display n");
        ask(&query, &lines)[1..].iter().map(|row| row[0].clone()).collect()
    };
    assert_eq!(numbers("c = \"a\" and n > 1 or n = 4"), "34");
    assert_eq!(numbers("c = \"a\" and (n > 1 or n = 4)"), "3");
    assert_eq!(numbers("not c = \"a\""), "24");
    assert_eq!(numbers("c not like /a/"), "24");
    assert_eq!(numbers("n in [1, 4]"), "14");
    assert_eq!(numbers("n + 1 * 2 >= 5 and ispresent(c) and not ispresent(d)"), "34");
}

#[test]
fn sums_are_by_their_keys_and_may_name_those_before_them() {
    let lines = ["a 1", "b 10", "a 3"];
    let query = "parse @message \"* *\" as k, n | stats count(*) as times, avg(n) as mean, mean * times as all, pct(n, 50) as p by k | sort times desc";
    assert_eq!(
        ask(query, &lines),
        [
            vec!["k", "times", "mean", "all", "p"],
            vec!["a", "2", "2.0", "4.0", "3.0"],
            vec!["b", "1", "10.0", "10.0", "10.0"]
        ]
    );
    assert_eq!(ask("stats count(*)", &[]), [["count(*)"], ["0"]]);
    assert_eq!(
        ask("stats count(*) as n by bin(2m) | sort n desc | limit 1", &lines)[1],
        ["1970-01-01 00:00:00.000", "2"]
    );
}

#[test]
fn parse_dedup_display_and_pattern() {
    let lines = ["user=7 took 3 ms", "user=8 took 40 ms", "user=7 took 5 ms", "other"];
    assert_eq!(
        ask("parse @message /user=(?<user>\\d+)/ | dedup user | display user", &lines),
        [["user"], ["–"], ["7"], ["8"]]
    );
    let patterns = ask("pattern @message", &lines);
    assert_eq!(patterns[1][..3], ["<*> took <*> ms", "0.75", "3"]);
    assert_eq!(ask("fields concat(toupper(\"x\"), substr(@message, 0, 4)) as s | limit 1", &lines), [["s"], ["Xothe"]]);
}

#[test]
fn what_is_not_understood_is_refused_with_its_place() {
    let at = |query: &str| (flaw(query).start, flaw(query).end);
    assert_eq!(at("fields @message | fliter x"), (18, 24));
    assert_eq!(flaw("fields @message | fliter x").message, "unexpected symbol found fliter at line 1 and position 19");
    assert_eq!(at("filter a ="), (10, 11));
    assert_eq!(at("stats mode(x)"), (6, 10));
    assert_eq!(at("filter count(*) > 1"), (7, 12));
    assert_eq!(at("limit 10001"), (6, 11));
    assert_eq!(at("filter a like /(/"), (14, 17));
    assert_eq!(at(""), (0, 1));
    assert_eq!(at("parse @message \"* *\" as a"), (24, 25));
}

#[test]
fn the_demo_itself_is_full_of_answers() {
    let mut group = LogGroup::new(minutes(0) + TimeDelta::hours(6));
    group.add_traffic(&Record::new(FunctionSeed::named("orders-api"), minutes(0)), 5);
    let rows = found(
        "filter @type = \"REPORT\" | stats count(*) as n, count(@initDuration) as cold, max(@duration) as ms",
        &group,
    );
    let number = |n: usize| rows[1][n].parse::<f64>().unwrap();
    assert!(number(0) > 500.0 && number(1) > 3.0 && number(2) > 100.0, "{rows:?}");
}
