//! Trees: what is shown, folded, found and filtered.

use super::super::json_path;
use super::*;

fn tree(text: &str) -> JsonTree {
    JsonTree::read(&Arc::new(text.to_owned())).unwrap()
}

/// The rows as a person sees them.
fn rows(tree: &JsonTree) -> Vec<String> {
    let line = |row: TreeRow<'_>| {
        let key = row.key.map(|key| format!("{key}: ")).unwrap_or_default();
        let folded = row.folded.map(|members| format!(" {members} …")).unwrap_or_default();
        let comma = if row.comma { "," } else { "" };
        format!("{}{key}{}{folded}{comma}", "  ".repeat(row.depth), row.value)
    };
    (0..tree.len()).filter_map(|n| tree.row(n)).map(line).collect()
}

const ORDER: &str =
    r#"{"id":1.000000000000000000000001, "items" : [{"sku":"X,","n":[ ]},{"sku":"Y"}],"a":{"b":{"c":null}}, "id":2 }"#;

#[test]
fn the_rows_are_the_text_laid_out() {
    for text in [ORDER, "null", "[]", " [1,[2,[]],{}] ", "\"x: {\"", "{\"a\" : {\"b\" :\n [ 1 ,2 ] } }", "[[[]]]"] {
        let tree = tree(text);
        assert_eq!(rows(&tree), json::lay_out(text).unwrap(), "{text}");
    }
}

#[test]
fn what_is_folded_is_counted_and_comes_back() {
    let mut tree = tree(ORDER);
    let whole = rows(&tree);
    assert_eq!(tree.toggle(2), Some(2));
    assert!(tree.folds(2) && !tree.folds(1));
    assert_eq!(rows(&tree)[2], "  \"items\": [ 2 …,");
    assert_eq!(rows(&tree)[3], "  \"a\": {");
    assert_eq!(tree.toggle(2), Some(2));
    assert_eq!(rows(&tree), whole);
    tree.fold_from(1);
    assert_eq!(tree.len(), 6);
    tree.fold_from(9);
    assert_eq!(rows(&tree), whole);
}

#[test]
fn a_value_folds_what_it_stands_in() {
    let mut tree = tree(ORDER);
    assert_eq!(rows(&tree)[4], "      \"sku\": \"X,\",");
    assert_eq!(tree.toggle(4), Some(3), "the cursor goes to what was folded");
    assert_eq!(rows(&tree)[3], "    { 2 …,");
}

#[test]
fn a_path_shows_a_part_and_says_where_it_ends() {
    let mut tree = tree(ORDER);
    let mut show = |path: &str| {
        let answer = tree.show(&json_path::parse(path).unwrap());
        answer.map(|_| rows(&tree))
    };
    assert_eq!(show(".items[0].sku").unwrap(), ["\"X,\""]);
    assert_eq!(show(".items[-1]").unwrap(), ["{", "  \"sku\": \"Y\"", "}"]);
    assert_eq!(show(".items[].sku").unwrap(), ["\"X,\"", "\"Y\""]);
    assert_eq!(show(".id").unwrap(), ["2"], "the last of two members of one name");
    let lost = show(".items[0].price").unwrap_err();
    assert_eq!((lost.step, lost.there.as_str()), (2, "there are sku, n"));
    assert_eq!(show(".items.x").unwrap_err().there, "it is an array of 2");
    assert_eq!(show(".a.b.c.d").unwrap_err().there, "it is a value without members");
    assert_eq!(show(".").unwrap().len(), json::lay_out(ORDER).unwrap().len());
}

#[test]
fn a_row_knows_its_path_and_its_source() {
    let mut tree = tree(ORDER);
    assert_eq!(tree.path(4).unwrap(), ".items[0].sku");
    assert_eq!(tree.path(0).unwrap(), ".");
    assert_eq!(tree.source(4).unwrap(), "\"X,\"");
    assert_eq!(tree.source(3).unwrap(), r#"{"sku":"X,","n":[ ]}"#);
    assert_eq!(tree.source(0).unwrap(), ORDER.trim());
    for n in 0..tree.len() {
        let path = json_path::parse(&tree.path(n).unwrap()).unwrap();
        let source = tree.source(n).unwrap().to_owned();
        let mut other = tree.clone();
        other.show(&path).unwrap();
        // Of two members of one name only the last one has a path.
        assert!(other.source(0).unwrap() == source || source.starts_with("1.0"), "{path:?}");
    }
    tree.fold_from(1);
    assert_eq!(tree.path(2).unwrap(), ".items");
}

#[test]
fn what_is_found_behind_a_fold_is_opened() {
    let mut tree = tree(ORDER);
    tree.fold_from(0);
    assert_eq!(tree.len(), 1);
    let at = ORDER.find("\"Y\"").unwrap();
    let row = tree.reveal(at).unwrap();
    assert_eq!(rows(&tree)[row].trim(), "\"sku\": \"Y\"");
    tree.show(&json_path::parse(".a").unwrap()).unwrap();
    assert_eq!(tree.reveal(at), None, "it is not within what is shown");
}

#[test]
fn depth_and_breadth_are_no_danger() {
    let mut deep = tree(&format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)));
    assert_eq!(deep.len(), 200_001);
    deep.fold_from(1);
    assert_eq!(deep.len(), 3);
    let broad = tree(&format!("[{}0]", "0,".repeat(200_000)));
    assert_eq!(broad.len(), 200_003);
    assert!(JsonTree::read(&Arc::new("{,}".to_owned())).is_none());
}

/// Any JSON, small.
fn any_json() -> impl proptest::strategy::Strategy<Value = serde_json::Value> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        "\\PC{0,6}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            proptest::collection::vec(("\\PC{0,4}", inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest::proptest! {
    #[test]
    fn any_json_is_shown_as_it_is_laid_out(value in any_json(), pretty in proptest::bool::ANY) {
        let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
        let tree = tree(&text);
        proptest::prop_assert_eq!(rows(&tree), json::lay_out(&text).unwrap());
        for n in 0..tree.len() {
            let path = json_path::parse(&tree.path(n).unwrap()).unwrap();
            let mut part = tree.clone();
            part.show(&path).unwrap();
            let shown: serde_json::Value = serde_json::from_str(part.source(0).unwrap()).unwrap();
            let source: serde_json::Value = serde_json::from_str(tree.source(n).unwrap()).unwrap();
            proptest::prop_assert_eq!(shown, source);
        }
    }

    #[test]
    fn no_order_of_folds_panics(value in any_json(), presses in proptest::collection::vec(0_usize..40, 0..30)) {
        let mut tree = tree(&value.to_string());
        for press in presses {
            if let Some(row) = tree.toggle(press) {
                proptest::prop_assert!(row < tree.len());
            }
            proptest::prop_assert!((0..tree.len()).all(|n| tree.row(n).is_some()));
        }
    }
}
