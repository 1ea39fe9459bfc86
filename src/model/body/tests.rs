//! Answers of every kind, and what they are called.

use base64::Engine as _;

use super::inside::ENGINES;
use super::*;

fn seen(bytes: &[u8]) -> (String, Vec<String>, Vec<String>) {
    let body = Body::of(bytes.to_vec());
    let names = body.names().map(|(name, _)| name.to_owned()).collect();
    (body.what().to_owned(), body.remarks().to_vec(), names)
}

fn names(bytes: &[u8]) -> Vec<String> {
    seen(bytes).2
}

#[test]
fn json_is_a_tree_and_its_text_and_its_bytes() {
    for (text, what) in [
        ("{\"a\":1}", "JSON"),
        ("null", "JSON null"),
        ("\"x\"", "JSON string"),
        (" 12 ", "JSON number"),
        ("[]", "JSON"),
    ] {
        let (kind, remarks, names) = seen(text.as_bytes());
        assert_eq!(
            (kind.as_str(), remarks.len(), names),
            (what, 0, ["tree", "text", "hex"].map(str::to_owned).to_vec())
        );
    }
}

#[test]
fn what_is_not_json_is_named_and_shown_as_what_it_is() {
    assert_eq!(seen(b"").0, "empty");
    assert_eq!(names(b""), Vec::<String>::new());
    assert_eq!((seen(b"{'a': 1}").0.as_str(), names(b"{'a': 1}")), ("text", vec!["text".into(), "hex".into()]));
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    assert_eq!((seen(png).0.as_str(), names(png)), ("PNG image", vec!["hex".into(), "text".into()]));
    assert_eq!(seen(b"\x1f\x8b\x08\0\0\0").0, "gzip data");
    assert_eq!(seen(b"RIFF\x10\0\0\0WEBPVP8 ").0, "WebP image");
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!((seen(&all).0.as_str(), seen(&all).1), ("binary data", vec!["not valid UTF-8 from byte 128 on".into()]));
    assert_eq!(seen(b"\0\0\0\0").0, "binary data");
    let broken = b"it was \xe9t\xe9 when the order of ten books and two pens was placed";
    assert_eq!((seen(broken).0.as_str(), names(broken)), ("text", vec!["text".into(), "hex".into()]));
    assert_eq!(seen("\u{feff}{}".as_bytes()).1, ["it begins with a byte order mark, which JSON may not"]);
}

#[test]
fn the_body_of_an_http_answer_is_opened() {
    let text = br#"{"statusCode":200,"body":"{\"ok\": true}"}"#;
    assert_eq!(names(text), ["tree", "text", "hex", "body as tree", "body as text", "body as hex"]);
    assert_eq!(seen(text).1, ["its body: JSON, 12 bytes"]);
    let image = br#"{"isBase64Encoded":true,"body":"iVBORw0KGgo"}"#;
    assert_eq!(
        (seen(image).1, &names(image)[3]),
        (vec!["its body: PNG image, 8 bytes".into()], &"body as hex".to_owned())
    );
    for packed in ["_-8=", "/+8", "/+8="] {
        let text = format!(r#"{{"isBase64Encoded":true,"body":"{packed}"}}"#);
        assert_eq!(seen(text.as_bytes()).1[0], "its body: binary data, 2 bytes", "{packed}");
    }
    let broken = br#"{"isBase64Encoded":true,"body":"not base64!"}"#;
    assert_eq!(
        (seen(broken).1, names(broken).len()),
        (vec!["isBase64Encoded is true, but the body is not base64".into()], 3)
    );
    assert_eq!(names(br#"{"body":"{}"}"#).len(), 3, "a body alone may be anything");
}

#[test]
fn what_came_packed_is_looked_at_as_what_it_was() {
    let packed = gzip::tests::packed(b"{\"ok\": true}");
    let (what, remarks, names) = seen(&packed);
    assert_eq!((what.as_str(), remarks), ("gzip data", vec!["unpacked: JSON, 12 B".to_owned()]));
    assert_eq!(names, ["unpacked tree", "unpacked text", "unpacked hex", "hex", "text"]);
    let body = Body::of(packed.clone());
    assert_eq!(
        (body.as_text().as_str(), body.bytes().len(), body.extension()),
        ("{\n  \"ok\": true\n}\n", packed.len(), "gz")
    );
    let inside = format!(r#"{{"isBase64Encoded":true,"body":"{}"}}"#, ENGINES[0].encode(&packed));
    let (_, remarks, names) = seen(inside.as_bytes());
    assert_eq!(remarks[1..], ["its body: unpacked: JSON, 12 B".to_owned()]);
    assert_eq!(names[3], "body as unpacked tree");
    let bomb = gzip::tests::packed(&vec![b'x'; 40 << 20]);
    let body = Body::of(bomb);
    assert_eq!(body.remarks(), ["unpacked: only the first 16.0 MB of it"]);
    assert!(body.held() < 17 << 20, "{}", body.held());
    let twice = gzip::tests::packed(&packed);
    assert_eq!(seen(&twice).1, ["unpacked: gzip data, 39 B"]);
}

#[test]
fn a_string_is_opened_by_itself_with_its_line_ends() {
    let window = Window { width: 80, height: 10 };
    let mut body = Body::of(br#"{"trace":"one\ntwo\u001b[31m"}"#.to_vec());
    body.open(window);
    assert!(body.opened().is_none(), "a container folds");
    body.open(window);
    let Some(View::Tree(view)) = body.view_mut() else { panic!() };
    view.go(super::super::text_view::Motion::By(1), window);
    body.open(window);
    let (Some(path), Some(View::Text(view))) = (body.opened(), body.view()) else { panic!() };
    assert_eq!((path, view.rows(window).map(|row| row.text).collect::<Vec<_>>()), (".trace", vec!["one", "two^[[31m"]));
    assert!(body.close() && !body.close());
}

#[test]
fn carriage_returns_between_values_are_no_harm() {
    let body = Body::of(b"{\r\n\"a\":\r1}".to_vec());
    let Some(View::Tree(view)) = body.view() else { panic!("{body:?}") };
    assert_eq!(view.tree().len(), 3);
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic_and_none_reach_the_terminal_as_they_are(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let body = Body::of(bytes);
        let window = Window { width: 40, height: 100 };
        for (_, view) in &body.views {
            if let View::Text(view) = view {
                proptest::prop_assert!(view.rows(window).all(|row| !row.text.chars().any(char::is_control)));
            }
        }
    }
}
