use super::super::mapping::SourceKind;
use super::*;

fn verdict(pattern: &str, event: &str) -> Verdict {
    let patterns = patterns(pattern).unwrap();
    let record = records(SourceKind::Other, event).unwrap().remove(0);
    tried(&patterns, &record)
}

fn fits(pattern: &str, event: &str) -> bool {
    verdict(pattern, event).fits
}

#[test]
fn the_documented_rules_fit_what_they_say() {
    for (pattern, good, bad) in [
        // Null, empty, equals.
        (r#"{"id":[null]}"#, r#"{"id":null}"#, r#"{"id":"null"}"#),
        (r#"{"id":[null]}"#, r#"{"id":null}"#, r"{}"),
        (r#"{"name":[""]}"#, r#"{"name":""}"#, r#"{"name":" "}"#),
        (r#"{"name":["Alice"]}"#, r#"{"name":"Alice"}"#, r#"{"name":"alice"}"#),
        (r#"{"on":[true]}"#, r#"{"on":true}"#, r#"{"on":"true"}"#),
        // Numbers that are named fit as they are written.
        (r#"{"n":[300]}"#, r#"{"n":300}"#, r#"{"n":300.0}"#),
        (r#"{"n":[300]}"#, r#"{"n":300}"#, r#"{"n":"300"}"#),
        // And, or.
        (r#"{"a":["x"],"b":["y"]}"#, r#"{"a":"x","b":"y"}"#, r#"{"a":"x","b":"z"}"#),
        (r#"{"a":["x","y"]}"#, r#"{"a":"y"}"#, r#"{"a":"z"}"#),
        (r#"{"$or":[{"a":["x"]},{"b":["y"]}]}"#, r#"{"a":"z","b":"y"}"#, r#"{"a":"z","b":"z"}"#),
        (r#"{"c":[1],"$or":[{"a":["x"]},{"b":["y"]}]}"#, r#"{"a":"x","c":1}"#, r#"{"a":"x","c":2}"#),
        // Not: there must be a value.
        (r#"{"a":[{"anything-but":["x","y"]}]}"#, r#"{"a":"z"}"#, r#"{"a":"y"}"#),
        (r#"{"a":[{"anything-but":"x"}]}"#, r#"{"a":"z"}"#, r"{}"),
        (r#"{"a":[{"anything-but":[1]}]}"#, r#"{"a":2}"#, r#"{"a":1}"#),
        // Numeric.
        (r#"{"n":[{"numeric":["=",100]}]}"#, r#"{"n":1.0e2}"#, r#"{"n":101}"#),
        (r#"{"n":[{"numeric":[">",10,"<=",20]}]}"#, r#"{"n":20}"#, r#"{"n":10}"#),
        (r#"{"n":[{"numeric":[">",10]}]}"#, r#"{"n":10.5}"#, r#"{"n":"11"}"#),
        // Exists looks at leaves only.
        (r#"{"a":[{"exists":true}]}"#, r#"{"a":null}"#, r"{}"),
        (r#"{"a":{"b":[{"exists":false}]}}"#, r"{}", r#"{"a":{"b":1}}"#),
        (r#"{"p":{"street":[{"exists":true}]}}"#, r#"{"p":{"street":"x"}}"#, r#"{"p":{"street":{"no":1}}}"#),
        // Begins with, ends with, whatever the case.
        (r#"{"a":[{"prefix":"us-"}]}"#, r#"{"a":"us-east-1"}"#, r#"{"a":"eu-us-"}"#),
        (r#"{"a":[{"suffix":".png"}]}"#, r#"{"a":"x.png"}"#, r#"{"a":"x.PNG"}"#),
        (r#"{"a":[{"equals-ignore-case":"alice"}]}"#, r#"{"a":"ALICE"}"#, r#"{"a":"alices"}"#),
        // One of a list is enough; of objects in a list one must fit whole.
        (r#"{"a":["x"]}"#, r#"{"a":["w","x"]}"#, r#"{"a":["w"]}"#),
        (
            r#"{"a":{"b":[1],"c":[2]}}"#,
            r#"{"a":[{"b":1,"c":2},{"b":3,"c":4}]}"#,
            r#"{"a":[{"b":1,"c":4},{"b":3,"c":2}]}"#,
        ),
    ] {
        assert!(fits(pattern, good), "{pattern} should fit {good}");
        assert!(!fits(pattern, bad), "{pattern} should not fit {bad}");
    }
}

#[test]
fn a_verdict_says_why() {
    let pattern = r#"{"data":{"type":["placed",{"prefix":"re"}],"total":[{"numeric":[">",10]}]}}"#;
    let bad = verdict(pattern, r#"{"data":{"type":"sold","total":5}}"#);
    assert_eq!(
        bad.why,
        [r#"data.type is "sold", wanted "placed" or beginning with "re""#, "data.total is 5, wanted > 10"]
    );
    let good = verdict(pattern, r#"{"data":{"type":"placed","total":50}}"#);
    assert_eq!(good.why, [r#"data.type is "placed""#, "data.total is 50, > 10"]);
    assert_eq!(
        verdict(pattern, r"{}").why,
        [r#"data.type is not there, wanted "placed" or beginning with "re""#, "data.total is not there, wanted > 10"]
    );
    let plain = verdict(pattern, r#"{"data":"hello"}"#);
    assert_eq!(plain.why, [r#"data is "hello", and the pattern looks inside of it"#]);
    assert_eq!(verdict(r#"{"a":["x"]}"#, r#"{"a":{}}"#).why, ["a is an object, and rules look at values only"]);
}

#[test]
fn of_several_filters_one_is_enough() {
    let two = r#"[{"a":["x"]},{"b":["y"]}]"#;
    assert_eq!(verdict(two, r#"{"b":"y"}"#).why, [r#"filter 2: b is "y""#]);
    assert_eq!(verdict(two, r#"{"b":"z"}"#).why.len(), 2);
    assert!(verdict("", r#"{"b":"z"}"#).fits);
}

#[test]
fn a_pattern_that_aws_would_refuse_is_complained_about() {
    for (pattern, complaint) in [
        (r#"{"a":"x"}"#, r#"a: rules stand in a list: write ["x"]"#),
        (r#"{"a":{"b":[]}}"#, "a.b: an empty list"),
        (r#"{"a":{}}"#, "a: an empty object"),
        (r"{}", "an empty pattern"),
        (r"[1]", "a pattern is an object"),
        (r#"{"a":[["x"]]}"#, "a list inside a list"),
        (r#"{"a":[{"wildcard":"x*"}]}"#, "\"wildcard\" is no operator of Lambda's filters"),
        (r#"{"a":[{"prefix":1}]}"#, "\"prefix\" wants a string"),
        (r#"{"a":[{"exists":"yes"}]}"#, "true or false"),
        (r#"{"a":[{"numeric":[">"]}]}"#, "an operator and a number"),
        (r#"{"a":[{"numeric":["<",5,">",1]}]}"#, "a range begins with"),
        (r#"{"a":[{"anything-but":["x",1]}]}"#, "not both"),
        (r#"{"a":[{"prefix":"x","suffix":"y"}]}"#, "one operator"),
        (r#"{"$or":[{"a":[1]}]}"#, "$or: wants a list of two objects"),
        (r#"[{"a":[1]},{"a":1}]"#, "filter 2: a: rules stand in a list"),
        ("{", "not JSON"),
    ] {
        let why = patterns(pattern).unwrap_err();
        assert!(why.contains(complaint), "{pattern}: {why}");
    }
    let long = format!(r#"{{"a":["{}"]}}"#, "x".repeat(4096));
    assert!(patterns(&long).unwrap_err().contains("at most 4096"));
}

#[test]
fn records_are_decoded_as_lambda_decodes_them() {
    let pattern = |field: &str| patterns(&format!(r#"{{"{field}":{{"type":["placed"]}}}}"#)).unwrap();
    let encoded = "eyJ0eXBlIjogInBsYWNlZCJ9";
    for (kind, field, event) in [
        (SourceKind::Sqs, "body", r#"{"Records":[{"body":"{\"type\": \"placed\"}"}]}"#.to_owned()),
        (SourceKind::Kinesis, "data", format!(r#"{{"kinesis":{{"data":"{encoded}","partitionKey":"1"}}}}"#)),
        (SourceKind::Msk, "value", format!(r#"{{"records":{{"orders-0":[{{"value":"{encoded}"}}]}}}}"#)),
        (SourceKind::Mq, "data", format!(r#"{{"messages":[{{"data":"{encoded}"}}]}}"#)),
        (SourceKind::Kafka, "value", r#"{"value":{"type":"placed"}}"#.to_owned()),
    ] {
        let record = records(kind, &event).unwrap().remove(0);
        assert!(tried(&pattern(field), &record).fits, "{kind:?}");
    }
    let plain = records(SourceKind::Sqs, r#"{"body":"Result: 5"}"#).unwrap().remove(0);
    let prefix = patterns(r#"{"body":[{"prefix":"Result: "}]}"#).unwrap();
    assert!(tried(&prefix, &plain).fits);
    for kind in SourceKind::ALL {
        assert_eq!(records(kind, sample(kind)).unwrap().len(), 1, "{kind:?}");
    }
}

#[test]
fn patterns_are_laid_out_and_read_back() {
    let texts = [Text::known(r#"{"a":["x"]}"#), Text::known(r#"{"b":[{"prefix":"y"}]}"#)];
    let back: Vec<String> = patterns(&laid_out(&texts)).unwrap().into_iter().map(|pattern| pattern.text).collect();
    assert_eq!(back, texts.map(|text| text.to_string()));
    assert_eq!(laid_out(&[]), "");
    assert_eq!(&*ascii("{\"a\":\n\t[ \"x\" ]}"), r#"{"a":["x"]}"#);
}

proptest::proptest! {
    #[test]
    fn no_text_and_no_record_make_it_panic(pattern in ".{0,60}", event in ".{0,60}") {
        if let (Ok(patterns), Ok(records)) = (patterns(&pattern), records(SourceKind::Kinesis, &event)) {
            for record in records {
                let _ = tried(&patterns, &record);
            }
        }
    }
}

#[test]
fn what_is_good_of_an_item_that_does_not_fit_is_no_reason() {
    let told = verdict(r#"{"a":{"b":[1],"c":[2]}}"#, r#"{"a":[{"b":1,"c":4},{"b":1,"c":2}]}"#);
    assert_eq!((told.fits, told.why), (true, vec!["a.b is 1".to_owned(), "a.c is 2".to_owned()]));
    let told = verdict(r#"{"$or":[{"a":["x"],"b":["y"]},{"c":[1]}],"d":[2]}"#, r#"{"a":"x","b":"z","c":1,"d":3}"#);
    assert_eq!((told.fits, told.why), (false, vec!["d is 3, wanted 2".to_owned()]), "one of the two did fit");
}

#[test]
fn a_pattern_looks_at_what_stands_in_its_or_too() {
    let all = patterns(r#"{"body":[1],"$or":[{"a":["x"]},{"b":["y"],"$or":[{"c":[1]},{"d":[2]}]}]}"#).unwrap();
    assert_eq!(all[0].looks_at().collect::<Vec<_>>(), ["body", "a", "b", "c", "d"]);
}
